"""The assessment through the real window and a real store: by keyboard alone, live conditions, and nothing lost."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import HOURS, JOB, AtWork, begun, choose, focus, press, tab_to, write
from tests.desktop.reader import Role, click, find, find_all, says, typed
from workwell_desktop.domain.values import PartialDate
from workwell_desktop.errors import DiskFull
from workwell_desktop.services.assessing import assessments, risk


def test_a_form_is_chosen_and_begun_by_keyboard(work: AtWork) -> None:
    work.go("assessment")
    assert "Danielle Marsh" in says(work.window)
    tab_to("I ask, in the room")
    choose("I ask, by phone or video")
    tab_to("Start: PHQ-9")
    press(Qt.Key.Key_Return)
    assert work.page.filling.form.title == "PHQ-9"
    assert work.page.filling.mode == "phone"
    # going back does not begin it again
    count = len(assessments.list_responses(work.desk, work.dani))
    work.go("record")
    work.back()
    assert len(assessments.list_responses(work.desk, work.dani)) == count


def test_phq9_by_keyboard_alone_opens_the_risk_panel_after_item_nine(work: AtWork) -> None:
    response = begun(work, "phq-9")
    assert focus().accessibleName().startswith("Little interest")
    for figure in "22321210":
        write(figure)
        settle()
    assert "Stop and talk now" not in says(work.window)
    assert "Not calculated" in says(work.window)
    assert "8 of 9 answered" in says(work.window)
    write("1")
    settle()
    words = says(work.window)
    assert "Stop and talk now" in words
    assert "Dani answered “Several days” to question 9" in words
    assert "Samaritans: 116 123" in words
    assert "14" in words
    assert "in the range often called moderate" in words
    assert "Saved on this computer, 10:42am" in words
    (opened,) = risk.open_ones(work.desk, work.dani)
    assert (opened.question, opened.answer) == ("question 9", "Several days")
    given = work.answers(response)
    assert [given[f"phq9-{number}"].display for number in (1, 4, 9)] == [  # type: ignore[union-attr]
        "More than half the days",
        "More than half the days",
        "Several days",
    ]
    # it cannot be sent away by taking the answer back
    write("0")
    settle()
    assert "Stop and talk now" in says(work.window)
    tab_to("Record what was done")
    press(Qt.Key.Key_Return)
    assert work.page.route == "risk"


def test_the_first_page_of_work_and_health_by_keyboard_alone(work: AtWork) -> None:
    response = begun(work, "work-and-health")
    assert focus().accessibleName() == "I am at work and managing"
    choose("I am off sick")
    tab_to(JOB)
    write("Team leader")
    tab_to(HOURS)
    write("37.5")
    tab_to("When did you go off sick?")
    write("12 10 2026")
    press(Qt.Key.Key_Tab)
    choose("A fit note")
    press(Qt.Key.Key_Tab)
    assert focus().accessibleName() == "Until what date does it run?"
    write("+2w")
    tab_to("We talk, and it helps")
    choose("We talk a little")
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    given = work.answers(response)
    assert given["wh-job"] == "Team leader"
    assert given["wh-hours-usual"] == Decimal("37.5")
    assert given["wh-off-since"] == PartialDate(2026, 10, 12)
    assert given["wh-evidence-until"] == PartialDate(2026, 12, 8)
    assert given["wh-employer"].display == "We talk a little"  # type: ignore[union-attr]
    assert work.page.heading.plain() == "What the job asks and what I can do now"
    assert focus().accessibleName().startswith("0")


def test_a_condition_shows_a_question_at_once_and_the_others_stay_the_same_widgets(work: AtWork) -> None:
    begun(work, "work-and-health")
    assert not find_all(work.page, Role.EditableText, HOURS)
    job = find(work.page, Role.EditableText, JOB)
    click(work.page, Role.RadioButton, "I am off sick")
    settle()
    assert find(work.page, Role.EditableText, JOB) is job
    hours = find(work.page, Role.EditableText, HOURS)
    click(work.page, Role.RadioButton, "I am out of work")
    settle()
    assert not find_all(work.page, Role.EditableText, HOURS)
    assert find(work.page, Role.EditableText, "When did you last work?")
    click(work.page, Role.RadioButton, "I am off sick")
    settle()
    assert find(work.page, Role.EditableText, HOURS) is hours


def test_what_is_typed_survives_going_away_and_coming_back(work: AtWork) -> None:
    response = begun(work, "work-and-health")
    click(work.page, Role.RadioButton, "I am off sick")
    settle()
    typed(work.page, JOB, "Team leader, parcel")
    work.go("record")  # in the middle of a word
    work.back()
    assert work.answers(response)["wh-job"] == "Team leader, parcel"
    field = find(work.page, Role.EditableText, JOB)
    assert field.value() == "Team leader, parcel"  # type: ignore[attr-defined]
    # and so do words that are no answer
    typed(work.page, HOURS, "about 30")
    work.go("record")
    work.back()
    assert "wh-hours-usual" not in work.answers(response)
    hours = find(work.page, Role.EditableText, HOURS)
    assert hours.value() == "about 30"  # type: ignore[attr-defined]
    assert "Enter a number" in says(work.window)
    hours.clear()  # type: ignore[attr-defined]
    typed(work.page, HOURS, "30")
    press(Qt.Key.Key_Tab)
    assert work.answers(response)["wh-hours-usual"] == Decimal(30)
    work.go("record")
    work.back()
    assert find(work.page, Role.EditableText, HOURS).value() == "30"  # type: ignore[attr-defined]


def test_a_pause_in_typing_saves(work: AtWork) -> None:
    response = begun(work, "work-and-health")
    typed(work.page, JOB, "Nurse")
    assert "wh-job" not in work.answers(response)
    work.page._pause.timeout.emit()  # two seconds later
    assert work.answers(response)["wh-job"] == "Nurse"
    assert "Saved on this computer, 10:42am" in says(work.window)


def test_an_answer_out_of_bounds_is_kept_named_and_linked_to(work: AtWork) -> None:
    response = begun(work, "work-and-health")
    click(work.page, Role.RadioButton, "I am off sick")
    settle()
    typed(work.page, HOURS, "390")
    press(Qt.Key.Key_Tab)
    assert "Enter a number from 0 to 100" in says(work.window)
    assert work.answers(response)["wh-hours-usual"] == Decimal(390)
    click(work.page, Role.Button, "Next: What the job asks and what I can do now")
    settle()
    assert work.page.heading.plain() == "Work now"
    assert "1 answer needs another look:" in says(work.window)
    click(work.page.errors, Role.Button, HOURS)
    settle()
    assert focus().accessibleName() == HOURS
    find(work.page, Role.EditableText, HOURS).clear()  # type: ignore[attr-defined]
    write("39")
    press(Qt.Key.Key_Tab)
    assert "needs another look" not in says(work.window)


def test_what_is_missing_is_said_only_after_next(work: AtWork) -> None:
    begun(work, "work-and-health")
    assert "This question needs an answer" not in says(work.window)
    click(work.page, Role.Button, "Next: What the job asks and what I can do now")
    settle()
    assert "This question needs an answer" in says(work.window)
    click(work.page, Role.RadioButton, "Rather not say")
    settle()
    assert "This question needs an answer" not in says(work.window)


def test_last_time_stands_beside_each_question_and_can_be_used(work: AtWork) -> None:
    work.clock.set(at_work.BEFORE)
    work.filled("work-and-health", {"wh-status": 2, "wh-job": "Team leader, parcels"})
    work.clock.set(at_work.NOW)
    response = begun(work, "work-and-health")
    assert "17 November, Maya Okafor" in says(work.window)
    click(work.page, Role.Button, f"Use this: Team leader, parcels. {JOB}")
    settle()
    assert work.answers(response)["wh-job"] == "Team leader, parcels"
    assert not find_all(work.page, Role.Button, f"Use this: Team leader, parcels. {JOB}")


def test_an_error_keeps_what_was_typed_and_says_that_it_is_not_saved(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = begun(work, "work-and-health")

    def full(*_given: object) -> None:
        raise DiskFull

    with monkeypatch.context() as broken:
        broken.setattr(assessments, "answer", full)
        typed(work.page, JOB, "Nurse")
        press(Qt.Key.Key_Tab)
    assert find(work.page, Role.EditableText, JOB).value() == "Nurse"  # type: ignore[attr-defined]
    assert "not saved" in says(work.page.foot)
    assert "wh-job" not in work.answers(response)
    work.page.flush()
    assert work.answers(response)["wh-job"] == "Nurse"
    assert "Saved on this computer" in says(work.page.foot)


def test_an_answer_that_opens_the_talk_is_shown_before_the_talk_is_drawn(work: AtWork) -> None:
    """The answer waits for nothing that is made for the talk, which is said at once and there with the next turn."""
    begun(work, "phq-9")
    page = work.page
    asked = next(row for row in page.shot.rows if row.link_id == "phq9-9")
    before = set(page.findChildren(QWidget))
    page.saving.answered(asked.path, asked.options[1].value)
    assert set(page.findChildren(QWidget)) == before
    settle()
    assert "Stop and talk now" in says(page)
    assert find(page, Role.Button, "Record what was done").isVisible()
