"""The plan by keyboard from obstacles to signed papers; a change asks again; nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import planning
from tests.desktop.pages.at_work import NOW, AtWork, choose, focus, press, tab_to, write
from tests.desktop.pages.planning import BOTH, PRIYA, click, documents, draw, go_on, ready, say_yes, view
from tests.desktop.reader import Role, find, find_all, says, typed
from tests.services.conftest import OFF_SICK, PASSPHRASE, dani
from workwell_desktop.catalogue import Catalogue
from workwell_desktop.desktop.days import parse_day
from workwell_desktop.desktop.kit import DropDown
from workwell_desktop.desktop.pages.assessment.values import time_of as answer_time
from workwell_desktop.desktop.pages.employment.advice import AdvicePage
from workwell_desktop.desktop.pages.employment.change import ChangePage
from workwell_desktop.desktop.pages.person.contact_fields import time_of as talk_time
from workwell_desktop.desktop.pages.plan.reading import days_words, read_days, read_times, times_words
from workwell_desktop.desktop.pages.plan.rows import MoreButton
from workwell_desktop.domain import screen
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.papers import Approval, ApprovalHow, PaperKind, PaperStatus
from workwell_desktop.domain.participants import PaperFormat, Participant
from workwell_desktop.domain.plans import (
    AdjustmentStatus,
    EmployerAnswer,
    Obstacle,
    ObstacleStatus,
    OwnerKind,
    PlanStatus,
)
from workwell_desktop.domain.returning import DAYS
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.employment import advice
from workwell_desktop.services.employment import work as telling
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.planning import adjustments, plans


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "made.workwell"
    planning.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with planning.begin(made, tmp_path) as found:
        found.workspace.navigator.routes.add("change", ChangePage)
        found.workspace.navigator.routes.add("advice", AdvicePage)
        yield found


def space(name: str) -> None:
    """Goes to a control by Tab and presses it."""
    tab_to(name)
    press(Qt.Key.Key_Space)


def test_a_plan_goes_from_obstacles_to_signed_papers_by_keyboard(work: AtWork) -> None:
    work.go("plan")
    space("Begin a plan")
    page = work.page
    assert "0 of 2 have one" in says(page)

    space("Add an action for Low back pain")
    assert focus().accessibleName() == "Action for Low back pain: new action"
    write("Walk for 15 minutes a day")
    press(Qt.Key.Key_Tab)
    write("Dani")
    press(Qt.Key.Key_Tab)
    assert not view(work).obstacles[0].actions
    write("25 11")
    press(Qt.Key.Key_Tab)
    (action,) = view(work).obstacles[0].actions
    assert (action.text, action.due) == ("Walk for 15 minutes a day", date(2026, 11, 25))
    assert action.owner is not None
    assert action.owner.kind is OwnerKind.PARTICIPANT
    assert "1 of 2 have one" in says(page)
    assert "Saved on this computer, 10:42am" in says(page)

    space("Leave for now, with a reason: Sick pay ends")
    write("After Christmas")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert view(work).obstacles[1].left_reason == "After Christmas"

    go_on()
    tab_to("Words for a change at work or for what gets in the way")
    write("chair")
    settle()
    (ask, *_rest) = [one for one in find_all(work.page, Role.Button) if one.accessibleName().startswith("Ask for this")]
    space(ask.accessibleName())
    asked = view(work).adjustments[0]
    tab_to(f"Answer: {asked.text}")
    write("Agreed")
    press(Qt.Key.Key_Tab)
    assert view(work).adjustments[0].answer is EmployerAnswer.AGREED

    go_on()
    space("Add a week")
    tab_to("Week 1: days")
    write("Mon to Fri")
    press(Qt.Key.Key_Tab)
    write("9am to 3pm")
    press(Qt.Key.Key_Tab)
    (week,) = view(work).weeks
    assert (week.starts_on, week.days, week.hours) == (date(2026, 11, 30), DAYS[:5], Decimal(30))
    assert "This is a check, not a block." in says(work.page)
    tab_to("Look at the plan again on")
    write("8 12")
    press(Qt.Key.Key_Tab)
    assert view(work).review_on == date(2026, 12, 8)

    go_on()
    for paper in ("Dani’s copy", "GP summary", "Employer copy"):
        space(f"Note the answer: {paper}")
        choose("In the room")
        space("Dani has seen it" if paper.startswith("Dani") else "Dani agrees")
    assert says(work.page).count("Agreed 10:42am") == 2
    assert "Seen 10:42am" in says(work.page)
    draw(find(work.page, Role.Canvas, "Danielle Marsh signs here"))
    space("I have read this plan, or it was read to me. I agree with it. I can change my mind.")
    tab_to("Passphrase of Maya Okafor")
    write(PASSPHRASE)
    tab_to("Clinician who signs too")
    write("Priya")
    tab_to("Passphrase of the clinician")
    write(PASSPHRASE)
    go_on()

    assert view(work).status is PlanStatus.SIGNED, says(work.page)
    assert [one.status for one in documents(work)] == [PaperStatus.COMPLETE] * 3
    assert "Signed. 3 papers are in the register." in says(work.page)
    assert "Signed Tuesday 24 November" in says(work.page) or "Signed today" in says(work.page)
    click(work.page, Role.Button, "Open plans and papers")
    assert work.page.route == "papers"


def test_an_action_without_owner_and_date_is_not_saved_and_stays_as_typed(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan")
    click(page, Role.Button, "Add an action for Low back pain")
    typed(page, "Action for Low back pain: new action", "Walk")
    go_on()
    assert "2 answers need another look" in says(page)
    assert "Say who does it: one owner." in says(page)
    assert not view(work).obstacles[0].actions
    field = find(page, Role.EditableText, "Action for Low back pain: new action")
    assert field.text() == "Walk"  # type: ignore[attr-defined]


def test_an_action_that_was_begun_is_found_again(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan")
    click(page, Role.Button, "Add an action for Low back pain")
    typed(page, "Action for Low back pain: new action", "Walk")
    typed(page, "Date of new action, for Low back pain", "25 11")
    work.go("papers")
    page = work.go("plan")
    assert find(page, Role.EditableText, "Action for Low back pain: new action").text() == "Walk"  # type: ignore[attr-defined]
    assert find(page, Role.EditableText, "Date of new action, for Low back pain").text() == "25 11"  # type: ignore[attr-defined]
    combo = find(page, Role.ComboBox, "Owner of new action, for Low back pain")
    combo.setCurrentText(PRIYA)  # type: ignore[attr-defined]
    combo.activated.emit(combo.currentIndex())  # type: ignore[attr-defined]
    settle()
    (action,) = view(work).obstacles[0].actions
    assert (action.owner.name if action.owner else "", action.due) == (PRIYA, date(2026, 11, 25))
    work.go("papers")
    page = work.go("plan")
    assert not find_all(page, Role.EditableText, "Action for Low back pain: new action")


def test_by_telephone_it_is_noted_who_read_it_out(work: AtWork) -> None:
    plan = ready(work)
    page = work.go("plan", step="sign")
    click(page, Role.Button, "Note the answer: GP summary")
    click(page, Role.RadioButton, "By telephone")
    assert find(page, Role.ComboBox, "Who read it out").currentText() == "Maya Okafor"  # type: ignore[attr-defined]
    click(page, Role.Button, "Dani agrees")
    with work.desk.read() as reader:
        (said,) = reader.list(Approval, scope=work.dani)
    assert (said.how, said.read_out_by, said.approved) == (ApprovalHow.TELEPHONE, work.desk.me, True)
    assert view(work).plan == plan


def test_another_row_does_not_take_away_what_is_being_written(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan")
    click(page, Role.Button, "Add an action for Low back pain")
    typed(page, "Action for Low back pain: new action", "Walk")
    obstacles.finish_obstacle(work.desk, view(work).obstacles[1].obstacle)
    settle()
    assert "It no longer gets in the way." in says(page)
    field = find(page, Role.EditableText, "Action for Low back pain: new action")
    assert field.text() == "Walk"  # type: ignore[attr-defined]


def test_a_changed_plan_asks_for_agreement_again(work: AtWork) -> None:
    plan = ready(work)
    say_yes(work, plan, *BOTH)
    page = work.go("plan", step="sign")
    assert says(page).count("Agreed 10:42am") == 2
    assert find(page, Role.Button, "Sign and make the 3 papers")
    adjustments.ask_for(work.desk, work.dani, "Start at 9am, not 5am")
    page = work.go("plan", step="sign")
    assert says(page).count("Changed: ask again") == 2
    go_no = find(page, Role.Button, "Sign and make the paper")
    assert go_no.isEnabled()
    click(page, Role.Button, "Note the answer: Employer copy")
    click(page, Role.Button, "Dani says no")
    assert "Say how" in says(page)
    click(page, Role.RadioButton, "On paper")
    work.clock.set(NOW + timedelta(minutes=5))
    typed(page, "Why not, if Dani gives a reason (if you want)", "Not yet")
    click(page, Role.Button, "Dani says no")
    assert "Refused 10:47am" in says(page)


def test_a_change_that_is_asked_for_is_noted_by_keyboard_and_leads_to_where_it_is_made(work: AtWork) -> None:
    plan = ready(work)
    with work.desk.unit() as unit:
        unit.set(Participant, work.dani, paper_format=PaperFormat.HIGH_CONTRAST)
    page = work.go("plan", step="sign")
    assert "high contrast" in says(page), "the format of the person's own paper, beside its picture"

    def space(name: str) -> None:
        control = find(work.page, Role.Button, name)
        control.setFocus()
        QTest.keyClick(control, Qt.Key.Key_Space)
        settle()

    space("Note the answer: Employer copy")
    room = find(page, Role.RadioButton, "In the room")
    room.setFocus()
    QTest.keyClick(room, Qt.Key.Key_Space)
    space("Dani wants a change first")
    assert "Write what Dani wants to be different" in says(page)
    typed(page, "Why not, if Dani gives a reason (if you want)", "Say nothing of standing")
    space("Dani wants a change first")
    assert "Each obstacle gets an action" in says(work.page)
    (answer,) = [one for one in papers.approvals(work.desk, plan) if one.kind is PaperKind.EMPLOYER_SUMMARY]
    assert (answer.state, answer.reason) == ("refused", "Wants a change: Say nothing of standing")


def test_what_is_missing_is_said_before_signing(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan", step="sign")
    assert "There is no action yet." in says(page)
    assert not [one for one in find_all(page, Role.Button) if one.accessibleName().startswith("Sign")]
    click(page, Role.Button, "Go to Actions")
    assert "Each obstacle gets an action" in says(page)


def test_times_and_days_are_read_as_people_write_them() -> None:
    assert read_days("Mon, Wed and Fri") is None
    assert read_days("mon wed fri") == ("mon", "wed", "fri")
    assert read_days("Tuesday-Thursday") == ("tue", "wed", "thu")
    assert days_words(("mon", "tue", "wed", "thu")) == "Mon to Thu"
    assert days_words(("mon", "wed", "fri")) == "Mon Wed Fri"
    assert read_times("9am to 3:30pm") == ("09:00", "15:30")
    assert read_times("09.15-17:00") == ("09:15", "17:00")
    assert read_times("nine") is None
    assert read_times("25:00 to 3pm") is None
    assert times_words("09:00", "15:30") == "9am to 3:30pm"


def test_what_a_screen_in_welsh_shows_of_days_and_times_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that could not read its own words would lose the days of a week that nobody touched."""
    monkeypatch.setattr(screen._Screen, "words", Catalogue("cy"))
    for days in (("mon", "tue", "wed", "thu"), ("mon", "wed", "fri"), ("tue", "sat", "sun")):
        assert days_words(days) != ""
        assert read_days(days_words(days)) == days
    assert days_words(("mon", "tue", "wed", "thu")) == "Llun tan Iau"
    assert times_words("09:00", "15:30") == "9yb tan 3:30yp"
    assert read_times("9yb tan 3:30yp") == ("09:00", "15:30")
    assert read_times("9am to 3:30pm") == ("09:00", "15:30")
    assert (talk_time("2yp"), answer_time("12:30yb")) == (time(14), time(0, 30))
    sunday = date(2026, 11, 22)
    assert parse_day("yfory", sunday) == parse_day("tomorrow", sunday) == date(2026, 11, 23)


def test_weeks_are_filled_in_by_one_act_and_each_says_more_when_asked(work: AtWork) -> None:
    telling.record(work.desk, work.dani, replace(OFF_SICK, usual_hours=Decimal(40)))
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan", step="return")
    click(page, Role.Button, "Fill in the weeks")
    settle()
    assert [one.hours for one in view(work).weeks] == [Decimal(hours) for hours in (10, 20, 30, 40)]
    assert "Fill in the weeks" not in says(page)
    (more,) = (one for one in page.findChildren(MoreButton) if one.accessibleName() == "More about week 1")
    for act, typed_in in (("Add what is left out for now", "Heavy parcels"), ("Add where", "Depot, by bus")):
        next(one for one in more.menu_of_acts.actions() if one.text() == act).trigger()
        settle()
        write(typed_in)
    press(Qt.Key.Key_Tab)
    settle()
    (week, *_others) = view(work).weeks
    assert (week.duties_out, week.place) == ("Heavy parcels", "Depot, by bus")
    assert "for the employer to say; Acas can help" in says(page)
    assert find(page, Role.Graphic, "Week 1, 10 hours: Tuesday 5 hours, Thursday 5 hours")


def test_the_catalogue_is_narrowed_down_by_what_is_hard_kind_and_box(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan", step="changes")
    for name, code in (("What is hard", "LFT"), ("Kind of change", "equipment"), ("Box of a fit note", "adaptations")):
        (control,) = (one for one in page.findChildren(DropDown) if one.accessibleName() == name)
        control.set_value(code)
        control.done.emit()
        settle()
    said = says(page)
    assert "A trolley, hoist or other help with lifting" in said
    assert "headphones" not in said.lower()


def test_what_came_of_a_change_is_noted_beside_the_employers_answer(work: AtWork) -> None:
    made = adjustments.ask_for(work.desk, work.dani, "Start at 9am")
    page = work.go("change", adjustment=str(made))
    assert "What we write is a request until they say so." in says(page)
    page.fields["status"].control.set_value("in_place")
    page.fields["status"].control.done.emit()
    settle()
    assert "Note first that the employer said yes" in says(page)
    page.fields["status"].control.set_value(None)
    page.fields["answer"].control.set_value("trial")
    page.fields["answer"].control.done.emit()
    settle()
    page.fields["answered_by"].control.setFocus()
    write("Shift manager")
    page.fields["status"].control.set_value("in_place")
    page.fields["status"].control.done.emit()
    page.fields["effect_note"].control.setFocus()
    write("Sleeps through")
    press(Qt.Key.Key_Tab)
    settle()
    found = adjustments.find(work.desk, made)
    assert (found.answer, found.answered_by, found.answered_on) == (
        EmployerAnswer.TRIAL,
        "Shift manager",
        date(2026, 11, 24),
    )
    assert (found.status, found.effect_note) == (AdjustmentStatus.IN_PLACE, "Sleeps through")
    assert "Saved on this computer" in says(page)


def test_a_draft_of_advice_is_written_from_the_plan_by_who_may_issue_it(work: AtWork) -> None:
    adjustments.ask_for(work.desk, work.dani, "Start at 9am")
    page = work.go("advice")
    assert "It is not a fit note and not a report" in says(page)
    click(page, Role.RadioButton, "A fit note")
    author = page.fields["author"].control
    assert [author.itemText(place) for place in range(1, author.count())] == [PRIYA]
    author.set_value(author.itemData(1))
    click(page, Role.Button, "Write it from the plan")
    settle()
    assert page.fields["words"].control.value() == "Start at 9am."
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle()
    (one,) = advice.drafts(work.desk, work.dani)
    assert (one.author_name, one.text, one.for_gp) == (PRIYA, "Start at 9am.", False)
    assert "Draft for a fit note, Priya Nair" in says(work.page)
    assert work.page.fields["words"].control.value() == ""


def test_the_employers_words_are_kept_beside_the_answer(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    made = adjustments.ask_for(work.desk, work.dani, "Sit or stand by turns")
    adjustments.record_answer(work.desk, made, EmployerAnswer.TRIAL)
    page = work.go("plan", step="changes")
    typed(page, "What was said about Sit or stand by turns", "For 2 weeks")
    work.go("plan", step="return")
    assert view(work).adjustments[0].answer_note == "For 2 weeks"


def test_an_obstacle_can_be_added_with_its_kind(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan")
    click(page, Role.Button, "Add an obstacle")
    typed(page, "What gets in the way, in Dani’s words", "Parcels of 12 kg")
    click(page, Role.Button, "Save the obstacle")
    assert "Choose one: person, workplace or around it." in says(page)
    click(page, Role.RadioButton, "Workplace")
    click(page, Role.Button, "Save the obstacle")
    with work.desk.read() as reader:
        found = reader.list(Obstacle, text="Parcels of 12 kg", status=ObstacleStatus.OPEN)
    assert len(found) == 1


def test_the_tip_goes_with_the_obstacle_and_leads_to_the_changes_that_fit(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    page = work.go("plan")
    assert "For “Low back pain” these may help" in says(page)
    click(page, Role.Button, "Look in the library")
    settle()
    assert "fit “Low back pain”" in says(page)
    assert "The employer copy says what helps and until when." in says(page)


def test_a_tip_says_that_others_asked_only_where_they_did(work: AtWork) -> None:
    plans.open_plan(work.desk, work.dani)
    first = adjustments.find_adjustments(work.desk, work.dani)[0]
    (before,) = [one for one in adjustments.tips(work.desk, work.dani) if one.text == "Low back pain"]
    assert not before.asked
    other = referrals.create(
        work.desk, NewReferral(ReferralSource.SELF, "Back", who=dani(given_name="Daniel", nhs_number=None))
    )
    adjustments.ask_for(work.desk, other.participant, first.text, code=first.code)
    (after,) = [one for one in adjustments.tips(work.desk, work.dani) if one.text == "Low back pain"]
    assert (after.asked, after.changes) == (True, (first.text,))
    adjustments.ask_for(work.desk, work.dani, first.text, code=first.code)
    assert first.text not in adjustments.tips(work.desk, work.dani)[0].changes


def test_a_step_begins_at_its_top(work: AtWork) -> None:
    """Also where one has scrolled down in the step before: which step this is stands there."""
    work.window.resize(1366, 748)
    work.go("plan")
    space("Begin a plan")
    go_on()
    for _step in range(2):
        scroller = work.page.scroller
        assert scroller is not None
        scroller.verticalScrollBar().setValue(scroller.verticalScrollBar().maximum())
        assert scroller.verticalScrollBar().value() > 0
        go_on()
        assert scroller.verticalScrollBar().value() == 0
