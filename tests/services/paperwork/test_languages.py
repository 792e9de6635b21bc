"""Papers in the person's own language: who is offered which, and what a copy says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.services.paperwork.test_papers import STRUGGLING, words_of
from tests.services.paperwork.test_reading_copies import signed
from workwell_desktop.domain import language_packs
from workwell_desktop.domain.language_packs import packs
from workwell_desktop.domain.papers import PaperKind, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat, Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.errors import BadInput
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import handouts, languages, reading_copies

Refer = Callable[..., Referred]


def test_a_draft_is_offered_to_whoever_looks_after_the_site_and_to_nobody_else(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    who = refer(work=STRUGGLING).participant
    with desk.unit() as unit:
        unit.set(Participant, who, language="Polish")
    found = languages.offered(desk, who)
    assert [one.code for one in found if one.theirs] == ["pl"]
    assert len(found) == 7
    assert all(one.draft for one in found)
    coach = colleague("Ann Lee", Profession.COACH, "coach", None)
    assert languages.offered(coach, who) == ()
    with pytest.raises(BadInput) as refused:
        handouts.handout(coach, who, PaperKind.SERVICE_CARD, language="pl")
    assert refused.value.reason == "language_not_offered"


def test_a_checked_pack_is_offered_to_everybody(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    who = refer(work=STRUGGLING).participant
    romanian = next(pack for pack in packs() if pack.language == "ro")
    checked = replace(romanian, checker="Ion Pop", checked_on=date(2026, 12, 1))
    monkeypatch.setattr(language_packs, "packs", lambda: (checked,))
    monkeypatch.setattr(languages, "packs", lambda: (checked,))
    coach = colleague("Ann Lee", Profession.COACH, "coach", None)
    assert [one.draft for one in languages.offered(coach, who)] == [False]


def test_a_copy_of_the_plan_is_in_the_language_that_was_chosen(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    document = signed(desk, who)
    said = words_of(reading_copies.give_copy(desk, document, PaperFormat.STANDARD, ReleaseHow.PRINTED, "ro"))
    for part in (
        "Aceasta este o copie de citit",
        "Draft translation, not checked",
        "Viață în pericol",
        "Life in danger",
    ):
        assert part in said
    assert "Back with my team" in said
    with pytest.raises(BadInput):
        reading_copies.reading_copy(desk, document, PaperFormat.STANDARD, "xx")


def test_the_card_of_whom_to_call_can_be_in_their_language_and_what_is_shown_at_work_is_not(
    desk: Desk, refer: Refer
) -> None:
    who = refer(work=STRUGGLING).participant
    card = words_of(handouts.handout(desk, who, PaperKind.SERVICE_CARD, language="cy").pdf)
    assert "Pwy i’w ffonio" in card
    assert "To text, at any time" in card
    with pytest.raises(BadInput):
        handouts.handout(desk, who, PaperKind.PHASED_RETURN, language="cy")
