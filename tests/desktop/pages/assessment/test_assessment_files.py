"""A finished assessment out as a FHIR file and in again, as a person does it in the window."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages.at_work import SEVERAL, AtWork
from tests.desktop.reader import Role, click, find_all, says
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import Code, new_id

SAVE, BRING_IN = "Save as a FHIR file", "Bring in a FHIR file"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that is chosen in both windows."""
    file = tmp_path / "PHQ-4.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    return file


def finished(work: AtWork) -> str:
    filling = work.filled("phq-4", {f"phq4-{number}": SEVERAL for number in range(1, 5)})
    work.go("assessment", response=filling.response)
    return filling.response


def test_a_finished_assessment_is_saved_with_its_scores_and_one_clear_sentence(work: AtWork, place: Path) -> None:
    response = finished(work)
    click(work.page, Role.Button, SAVE)
    settle()
    assert "never give it to an employer" in says(work.window)
    kinds = [one["resource"]["resourceType"] for one in json.loads(place.read_bytes())["entry"]]
    assert kinds[0] == "QuestionnaireResponse"
    assert "Observation" in kinds
    with work.desk.read() as reader:
        told = [one for one in reader.events() if one.kind is AuditKind.EXPORTED]
    assert [one.record for one in told] == [response]


def test_a_file_of_another_store_comes_in_and_stands_in_the_list(work: AtWork, place: Path) -> None:
    finished(work)
    click(work.page, Role.Button, SAVE)
    made = json.loads(place.read_bytes())
    for one in made["entry"]:
        one["resource"]["id"] = new_id()
    place.write_text(json.dumps(made), encoding="utf-8")
    work.go("assessment")
    click(work.page, Role.Button, BRING_IN)
    settle()
    assert "The assessment came in from the file." in says(work.window)
    assert len(find_all(work.page, Role.Button, "Read: PHQ-4")) == 2
    with work.desk.read() as reader:
        assert reader.count(Response) == 2


def test_what_is_refused_says_why_and_changes_nothing(work: AtWork, place: Path) -> None:
    finished(work)
    click(work.page, Role.Button, SAVE)
    work.go("assessment")
    click(work.page, Role.Button, BRING_IN)
    settle()
    assert "That assessment is in this record already." in says(work.window)
    made = json.loads(place.read_bytes())
    made["entry"][0]["resource"]["identifier"]["value"] = "0" * 64
    place.write_text(json.dumps(made), encoding="utf-8")
    click(work.page, Role.Button, BRING_IN)
    settle()
    assert "Please bring that very form into the library first." in says(work.window)
    place.write_text("{}", encoding="utf-8")
    click(work.page, Role.Button, BRING_IN)
    settle()
    assert "That file holds no answers to a questionnaire" in says(work.window)
    with work.desk.read() as reader:
        assert reader.count(Response) == 1


def test_an_open_form_and_a_role_without_the_right_have_no_way_out(work: AtWork, place: Path) -> None:
    filling = work.filled("phq-4", {"phq4-1": SEVERAL}, complete=False)
    work.go("assessment", response=filling.response)
    assert not find_all(work.page, Role.Button, SAVE)
    finished(work)
    assert find_all(work.page, Role.Button, SAVE)
    work.desk.person = replace(work.desk.person, roles=frozenset({Code("chair")}))
    work.go("assessment")
    assert not find_all(work.page, Role.Button, BRING_IN)
    work.go("assessment", response=filling.response)
    assert not find_all(work.page, Role.Button, SAVE)
    assert not place.exists()
