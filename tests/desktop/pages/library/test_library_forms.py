"""One form from a file to its use: looked at, taken in, tried, offered, compared, its rights written down, retired."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from tests.desktop.conftest import settle
from tests.desktop.pages.at_work import AtWork, focus, press, tab_to, write
from tests.desktop.reader import Role, click, find, find_all, says, typed
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.people import FormStatus
from workwell_desktop.domain.records import Code
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.assessing.library import FormEntry

OWN = "https://partnership.example/forms/own"
LIFT, RAMP = "Is the lift working?", "Is the ramp clear?"


def questionnaire(version: str = "1", words: str = LIFT, url: str = OWN) -> bytes:
    """Two questions; a yes to the first asks the second."""
    asks = [{"question": "first", "operator": "=", "answerBoolean": True}]
    items: list[dict[str, Any]] = [
        {"linkId": "first", "type": "boolean", "text": words},
        {"linkId": "second", "type": "string", "text": "Since when?", "enableWhen": asks},
    ]
    head = {"resourceType": "Questionnaire", "status": "active", "url": url, "version": version, "title": "Our own"}
    return json.dumps({**head, "item": items}).encode()


def held(work: AtWork, version: str = "1", words: str = LIFT) -> FormEntry:
    return library.import_form(work.desk, questionnaire(version, words), FormStatus.HELD)


def statuses(work: AtWork) -> dict[str | None, str]:
    return {one.version: one.status.value for one in library.list_forms(work.desk, retired=True) if one.url == OWN}


def test_from_a_pasted_path_to_a_question_that_is_asked_by_keyboard_alone(work: AtWork, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_bytes(questionnaire())
    page = work.go("library")
    tab_to("Take in forms")
    press(Qt.Key.Key_Return)
    tab_to("File or folder")
    write(f'"{file}"')
    press(Qt.Key.Key_Return)
    assert "1 form is ready." in says(work.page)
    assert OWN not in {one.url for one in library.list_forms(work.desk, retired=True)}
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert "Nothing stands in the way of this form." in says(work.page)
    assert statuses(work) == {"1": "held"}
    tab_to("Offer this version")
    press(Qt.Key.Key_Space)
    assert statuses(work) == {"1": "active"}
    assert "Our own is offered now" in says(work.page)
    work.go("assessment", form=OWN)
    assert LIFT in says(work.page)
    assert page is not work.page


def test_each_problem_is_said_with_its_link_id_and_what_to_do(work: AtWork, tmp_path: Path) -> None:
    broken = json.loads(questionnaire())
    broken["item"].append({"linkId": "first", "type": "string", "text": "Twice"})
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "twice.json").write_text(json.dumps(broken))
    (tmp_path / "forms" / "words.json").write_text("Dear all")
    page = work.go("form-import")
    page.look([tmp_path / "forms"])
    settle()
    assert "2 cannot be used" in says(page)
    assert "Two items have the linkId “first”" in says(page)
    assert "At linkId first" in says(page)
    assert "What to do: ask the author to give each item a linkId of its own." in says(page)
    press(Qt.Key.Key_Down)
    assert "The file is not JSON" in says(page)
    assert find_all(page, Role.Button, "Take in 1 form") == []


def test_a_folder_can_be_dropped_on_the_page(work: AtWork, tmp_path: Path) -> None:
    (tmp_path / "own.json").write_bytes(questionnaire())
    page = work.go("form-import")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    keys, buttons, act = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enters = QDragEnterEvent(QPoint(9, 9), act, mime, buttons, keys)
    page.dragEnterEvent(enters)
    assert enters.isAccepted()
    page.dropEvent(QDropEvent(QPointF(9, 9), act, mime, buttons, keys))
    settle()
    assert "1 form is ready." in says(page)


def test_a_path_that_is_not_there_keeps_what_was_written(work: AtWork, tmp_path: Path) -> None:
    page = work.go("form-import")
    typed(page, "File or folder", str(tmp_path / "gone"))
    click(page, Role.Button, "Look at it")
    settle()
    assert "There is no file or folder at that path." in says(page)
    assert page.path.value() == str(tmp_path / "gone")


def test_two_hundred_forms_are_taken_in_and_listed(work: AtWork, tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number}.json").write_bytes(questionnaire(url=f"{OWN}{number}"))
    page = work.go("form-import")
    page.look([tmp_path])
    settle()
    click(page, Role.Button, "Take in 200 forms")
    settle()
    assert "200 forms came in. They wait to be tried and offered." in says(page)
    assert "200 are here already." in says(page)
    assert find_all(page, Role.Button, "Take in 200 forms") == []
    work.go("library")
    assert sum(1 for row in work.page.table.model().rows if row.cells[2].first == "Not offered yet") == 200


def test_trying_a_form_out_asks_like_the_real_page_and_keeps_nothing(work: AtWork) -> None:
    one = held(work)
    before = work.desk.store.vector()
    work.go("form", form=one.form)
    click(work.page, Role.Button, "Try it out")
    settle()
    page = work.page
    assert "Trying it out: nothing is kept." in says(page)
    assert "Since when?" not in says(page)
    click(page, Role.RadioButton, "Yes")
    settle()
    typed(page, "Since when?", "May")
    press(Qt.Key.Key_Tab)
    assert page.filling.run.answers() == {"first": True, "second": "May"}
    assert "nothing is kept" in says(page.foot)
    assert "saved" not in says(page).lower().replace("saved state", "")
    click(page, Role.Button, "Complete Our own")
    settle()
    assert "With a person, this could be completed as it stands." in says(page)
    work.back()
    work.go("form-try", form=one.form)
    assert work.page.filling.run.answers() == {}
    assert work.desk.store.vector() == before
    with work.desk.read() as reader:
        assert reader.count(Response) == 0


def test_a_risk_in_a_trial_is_named_and_opens_no_conversation(work: AtWork) -> None:
    phq9 = next(one for one in library.list_forms(work.desk) if one.url.endswith("phq-9"))
    page = work.go("form-try", form=phq9.form)
    last = next(row for row in page.filling.rows() if row.link_id == "phq9-9")
    page.saving.answered("phq9-9", last.options[2].value)
    settle()
    assert "With a person, this answer opens the conversation about risk." in says(page)
    with work.desk.read() as reader:
        from workwell_desktop.domain.episodes import RiskConversation

        assert reader.count(RiskConversation) == 0


def test_what_was_begun_on_a_version_goes_on_in_its_own_words(work: AtWork) -> None:
    first = held(work)
    library.activate_form(work.desk, first.form)
    begun = assessments.start(work.desk, work.dani, OWN)
    assessments.answer(work.desk, begun, "first", True)
    second = held(work, "2", RAMP)
    work.go("form", form=second.form)
    click(work.page, Role.Button, "Offer this version")
    settle()
    assert "1 assessment that was begun on another version goes on in that one." in says(work.page)
    assert statuses(work) == {"1": "retired", "2": "active"}
    page = work.go("assessment", response=begun.response)
    assert (LIFT in says(page), RAMP in says(page)) == (True, False)
    typed(page, "Since when?", "May")
    press(Qt.Key.Key_Tab)
    assert work.answers(begun.response) == {"first": True, "second": "May"}
    work.go("assessment", form=OWN)
    assert RAMP in says(work.page)


def test_versions_stand_side_by_side(work: AtWork) -> None:
    held(work)
    second = held(work, "2", RAMP)
    page = work.go("form", form=second.form, tab="versions")
    said = says(page)
    assert "1 thing changed" in said
    assert said.index("Worded differently") < said.index("Before") < said.index(LIFT) < said.rindex(RAMP)
    assert find(page, Role.Button, "Open: Version 1").isEnabled()


def test_rights_are_written_down_and_what_is_missing_is_named_at_its_field(work: AtWork) -> None:
    one = held(work)
    page = work.go("form", form=one.form)
    assert "Nobody has written down who holds these words." in says(page)
    click(page, Role.Button, "To its rights")
    settle()
    click(work.page, Role.Button, "Write it down")
    settle()
    click(work.page, Role.RadioButton, "They may be shown: we hold a licence")
    typed(work.page, "Holder", "A publisher")
    click(work.page, Role.Button, "Keep this record")
    settle()
    assert "Say where the permission can be read" in says(work.page)
    typed(work.page, "What is allowed", "Use in this partnership")
    typed(work.page, "Where it can be read", "Letter of 3 May")
    click(work.page, Role.Button, "Keep this record")
    settle()
    assert "Tuesday 24 November, Maya Okafor" in says(work.page)
    assert "May be shown, by licence" in says(work.page)


def test_words_without_a_licence_are_neither_offered_nor_tried_nor_compared(work: AtWork) -> None:
    held(work)
    second = held(work, "2", RAMP)
    page = work.go("form", form=second.form, tab="rights")
    click(page, Role.Button, "Write it down")
    settle()
    click(page, Role.RadioButton, "They may not be shown; only the score is entered")
    typed(page, "Holder", "A publisher")
    click(page, Role.Button, "Keep this record")
    settle()
    for tab in ("about", "versions", "rights"):
        work.go("form", form=second.form, tab=tab)
        assert RAMP not in says(work.page)
        assert find_all(work.page, Role.Button, "Try it out") == []
        assert find_all(work.page, Role.Button, "Offer this version") == []
    work.go("form-try", form=second.form)
    assert RAMP not in says(work.page)


def test_who_may_only_read_is_offered_reading_alone(work: AtWork, tmp_path: Path) -> None:
    one = held(work)
    work.desk.person = replace(work.desk.person, roles=frozenset({Code("coach")}))
    page = work.go("form", form=one.form, tab="rights")
    names = {button.accessibleName() or button.text() for button in find_all(page, Role.Button)}
    assert names & {"Offer this version", "Put it away", "Write it down"} == set()
    assert "Try it out" in names
    page = work.go("form-import")
    assert "Forms are taken in by somebody else" in says(page)
    page.look([tmp_path])
    settle()
    assert "Your role does not include this." in says(page)


def test_a_retired_form_can_be_offered_again(work: AtWork) -> None:
    one = held(work)
    library.activate_form(work.desk, one.form)
    page = work.go("form", form=one.form)
    click(page, Role.Button, "Stop offering it")
    settle()
    assert statuses(work) == {"1": "retired"}
    click(work.page, Role.Button, "Offer this version")
    settle()
    assert statuses(work) == {"1": "active"}
    assert focus() is not None
