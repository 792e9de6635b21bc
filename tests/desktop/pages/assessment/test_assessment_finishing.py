"""Repeats, finishing, correcting, undo, keys and narrow windows of the assessment, on a real store."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop.conftest import settle
from tests.desktop.pages.at_work import JOB, SEVERAL, AtWork, begun, focus, press, write
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.assessing.test_response_records import form as form_of_records
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.records import Code
from workwell_desktop.domain.values import Coding
from workwell_desktop.services.assessing import library


def test_a_repeating_group_grows_and_shrinks(work: AtWork) -> None:
    response = begun(work, "work-and-health")
    work.page.show_part(3)
    settle()
    typed(work.page, "What gets in the way?", "The stairs")
    click(work.page, Role.Button, "Add another: In your own words")
    settle()
    fields = find_all(work.page, Role.EditableText, "What gets in the way?")
    assert len(fields) == 2
    assert focus() is fields[1]
    write("The early shift")
    press(Qt.Key.Key_Tab)
    said = [value for path, value in work.answers(response).items() if path.endswith("/wh-obs-text")]
    assert sorted(map(str, said)) == ["The early shift", "The stairs"]
    click(work.page, Role.Button, "Remove In your own words, 1")
    settle()
    (left,) = find_all(work.page, Role.EditableText, "What gets in the way?")
    assert left is fields[1]


def test_complete_names_what_is_missing_and_then_completes(work: AtWork) -> None:
    response = begun(work, "work-and-health")
    work.page.show_part(work.page.last())
    settle()
    assert work.page.heading.plain() == "Check and finish"
    click(work.page, Role.Button, "Complete the assessment")
    settle()
    click(work.page.errors, Role.Button, "How are things with work right now?")
    settle()
    assert work.page.heading.plain() == "Work now"
    click(work.page, Role.RadioButton, "I am off sick")
    work.page.show_part(work.page.last())
    settle()
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    with work.desk.read() as reader:
        assert reader.get(Response, response).status is ResponseStatus.COMPLETED
    assert "Work and health conversation is complete and saved." in says(work.window)


def test_a_completed_form_is_read_only_until_it_is_corrected(work: AtWork) -> None:
    filling = work.filled("phq-4", {f"phq4-{number}": SEVERAL for number in range(1, 5)})
    work.go("assessment", response=filling.response)
    cells = find_all(work.page, Role.RadioButton)
    assert cells
    assert not any(cell.isEnabled() for cell in cells)
    assert "Completed today, 10:42am" in says(work.window)
    click(work.page, Role.Button, "Correct an answer")
    settle()
    assert all(cell.isEnabled() for cell in find_all(work.page, Role.RadioButton))


def test_who_may_not_ask_reads_what_was_asked_and_begins_nothing(work: AtWork) -> None:
    filling = work.filled("work-and-health", {"wh-status": 2, "wh-job": "Nurse"}, complete=False)
    work.desk.person = replace(work.desk.person, roles=frozenset({Code("chair")}))
    page = work.go("assessment")
    assert "You may read what was asked, and not ask yourself." in says(page)
    assert not find_all(page, Role.Button, "Start: PHQ-9")
    page = work.go("assessment", response=filling.response)
    field = find(page, Role.EditableText, JOB)
    assert field.value() == "Nurse"  # type: ignore[attr-defined]
    QTest.keyClicks(field, "!")
    work.go("record")
    assert work.answers(filling.response)["wh-job"] == "Nurse"


def test_what_was_entered_in_error_says_so_and_is_counted_nowhere(work: AtWork) -> None:
    filling = work.filled("phq-4", {f"phq4-{number}": 1 for number in range(1, 5)})
    page = work.go("assessment", response=filling.response)
    next(act for act in page.acts() if act.words == "Mark as entered in error").run()
    settle()
    assert "Entered in error. It is kept, and counted nowhere." in says(work.page)
    assert not any(cell.isEnabled() for cell in find_all(work.page, Role.RadioButton))


def test_the_site_offers_the_next_form_and_a_person_decides(work: AtWork) -> None:
    begun(work, "phq-4")
    for figure in "3333":
        write(figure)
        settle()
    click(work.page, Role.Button, "Complete PHQ-4")
    settle()
    assert "PHQ-4 is complete and saved." in says(work.window)
    click(work.page, Role.Button, "Start PHQ-9")
    settle()
    assert work.page.filling.form.title == "PHQ-9"


def test_undo_elsewhere_is_shown_on_the_page(work: AtWork) -> None:
    response = begun(work, "work-and-health")
    typed(work.page, JOB, "Nurse")
    press(Qt.Key.Key_Tab)
    work.desk.store.undo(work.desk.identity)
    settle()
    assert "wh-job" not in work.answers(response)
    assert find(work.page, Role.EditableText, JOB).value() == ""  # type: ignore[attr-defined]


def test_another_form_of_another_response_carries_nothing_over(work: AtWork) -> None:
    begun(work, "work-and-health")
    typed(work.page, JOB, "Nurse")
    other = work.filled("work-and-health", {"wh-status": 2}, complete=False)
    work.go("assessment", response=other.response)
    assert find(work.page, Role.EditableText, JOB).value() == ""  # type: ignore[attr-defined]
    assert "wh-job" not in work.answers(other.response)


def test_keys_lead_from_part_to_part(work: AtWork) -> None:
    begun(work, "work-and-health")
    QTest.keyClick(focus(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert work.page.heading.plain() == "What the job asks and what I can do now"
    QTest.keyClick(focus(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert work.page.heading.plain() == "Work now"


def test_a_grid_can_be_shown_as_single_questions(work: AtWork) -> None:
    response = begun(work, "gad-7")
    write("2")
    settle()
    click(work.page, Role.Button, "Show single questions")
    settle()
    chosen = [radio for radio in find_all(work.page, Role.RadioButton) if radio.isChecked()]  # type: ignore[attr-defined]
    assert [radio.accessibleName() for radio in chosen] == ["More than half the days"]
    given = work.answers(response)["gad7-1"]
    assert isinstance(given, Coding)


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_wider_than_the_window(work: AtWork, percent: int) -> None:
    from workwell_desktop.desktop.theme.theme import theme

    begun(work, "work-and-health")
    theme().choose(percent=percent)
    work.window.resize(1280, 720)
    settle()
    for part in range(len(work.page.parts) + 1):
        work.page.show_part(part)
        settle()
        assert work.window.width() == 1280
        inside = work.page.scroller.inside
        assert inside.width() <= work.page.scroller.viewport().width(), part


def test_a_completed_form_names_the_records_that_it_makes(work: AtWork) -> None:
    library.import_form(work.desk, form_of_records("answer.value"))
    work.go("assessment", form="http://example.org/form")
    write("4")
    click(work.page, Role.Button, "Complete Form")
    settle()
    assert "Observation: Pain" in says(work.page)
    click(work.page, Role.Button, "Read: Form")
    settle()
    assert "Observation: Pain" in says(work.page)
