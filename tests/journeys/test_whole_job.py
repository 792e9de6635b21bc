"""One person's whole way through the window: from an empty computer to the signed plan as a file that is verified."""

import json
from pathlib import Path

import pytest

from tests.journeys.hands import Hands
from tests.journeys.steps import (
    add_the_chair,
    ask_about_work,
    ask_phq9,
    begin_a_store,
    meet,
    note_what_gets_in_the_way,
    paper_words,
    plan_and_sign,
    record_the_talk,
    save_papers,
    take_the_referral,
)
from workwell_desktop import cli
from workwell_desktop.app import DesktopScreen
from workwell_desktop.services.safekeeping import places


@pytest.mark.timeout(120)
def test_from_an_empty_computer_to_a_signed_plan_on_paper(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_a_store(hands)
    add_the_chair(hands)
    take_the_referral(hands)
    ask_phq9(hands)
    record_the_talk(hands)
    ask_about_work(hands)
    note_what_gets_in_the_way(hands)
    meet(hands)
    plan_and_sign(hands)
    saved = save_papers(hands, tmp_path, monkeypatch)
    store = places.last_store()
    assert store is not None
    for file in saved.values():
        assert cli.main(["verify", str(file), "--store", str(store), "--json"], DesktopScreen()) == 0
        verdict = json.loads(capsys.readouterr().out)
        assert verdict["status"] == "complete", verdict
    employer = paper_words(saved["Employer"].read_bytes())
    assert "Sit or stand by turns" in employer or "Northgate" in employer
    for words in ("PHQ", "depress", "Low mood", "back pain"):
        assert words.casefold() not in employer.casefold(), f"the employer reads {words!r}"
