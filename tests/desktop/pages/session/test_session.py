"""The session: run by keyboard, nothing typed lost, the quorum, one owner and one date."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, choose, focus, press, tab_to, write
from tests.desktop.pages.meeting import CONTROL, SHIFT, go_on, open_page
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.papers import TeamDocument
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Outcome, Presence, SessionStatus, Topics
from workwell_desktop.services.meeting import agenda, discussions, session_pages, sessions
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("session") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found


def test_two_cases_are_prepared_run_and_locked_by_keyboard(work: AtWork) -> None:
    open_page(work, "sessions")
    assert focus().accessibleName() == "New session"
    press(Qt.Key.Key_Return)
    assert focus().accessibleName() == "Day"
    write("24 11")
    tab_to("Time")
    write("2pm")
    tab_to("Chair")
    write("Helen")
    tab_to("Note-taker (if you want)")
    write("Maya")
    go_on()
    (line,) = session_pages.list_sessions(work.desk)
    assert (line.invited, line.starts_at.isoformat()) == (2, "2026-11-24T14:00:00+00:00")

    assert focus().accessibleName() == "Name from the caseload"
    write("dani")
    press(Qt.Key.Key_Return)
    write("pri")
    press(Qt.Key.Key_Return)
    tab_to("Question for the team")
    write("Is driving safe for him?")
    press(Qt.Key.Key_PageUp, modifier=CONTROL)
    assert focus().accessibleName() == "Question for the team"
    write("Can Dani do half days?")
    tab_to("Yes")
    press(Qt.Key.Key_Space)
    tab_to("What Dani says about the question")
    write("I want to try.")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down, 2)
    go_on()

    page = work.page
    assert (page.route, focus().accessibleName()) == ("session", "Everybody invited is here")
    press(Qt.Key.Key_Return)
    tab_to("Back to the case")
    press(Qt.Key.Key_Return)
    assert "2 of 2 here, quorum met" in says(page)
    tab_to("Decision")
    write("Half days from Monday.")
    press(Qt.Key.Key_Tab)
    write("It fits her week.")
    press(Qt.Key.Key_Tab)
    choose("Carry on")
    press(Qt.Key.Key_A, modifier=CONTROL | SHIFT)
    assert focus().accessibleName() == "What is to be done"
    write("Ask the depot for half days")
    press(Qt.Key.Key_Tab)
    write("Maya")
    tab_to("By when")
    write("+3d")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    go_on()
    assert says(page.case).splitlines()[0] == "Marlon Price"
    assert focus().accessibleName() == "Decision"
    write("He drives again after the check.")
    tab_to("Why")
    write("The GP says so.")
    press(Qt.Key.Key_Tab)
    choose("Refer on")
    go_on()

    assert (work.page.route, focus().accessibleName()) == ("signoff", "Passphrase of Helen Frost")
    assert "Half days from Monday." in says(work.page)
    write(PASSPHRASE)
    go_on()
    view = meeting.view(work, line.session)
    assert (view.status, view.locked_by) == (SessionStatus.LOCKED, "Helen Frost")
    first, second = meeting.cases(work, line.session)
    assert (first.decision, first.outcome, first.own_words) == (
        "Half days from Monday.",
        Outcome.CARRY_ON,
        "I want to try.",
    )
    assert [(one.text, one.owner_name, one.due) for one in first.actions] == [
        ("Ask the depot for half days", "Maya Okafor", date(2026, 11, 27))
    ]
    assert (second.question, second.outcome, second.provisional) == ("Is driving safe for him?", Outcome.REFER_ON, True)
    with work.desk.read() as reader:
        assert reader.list(TeamDocument)[0].present == {"chair"}
    assert "signed by the chair" in says(work.page)


def test_below_the_quorum_there_is_information_alone_and_the_bar_says_why(work: AtWork) -> None:
    made = meeting.session(work, chair_here=False)
    page = open_page(work, "session", session=made)
    words = says(page)
    assert "1 of 2 here, quorum not met" in words
    assert "Still needed: the chair, a registered clinician." in words
    assert [one.accessibleName() for one in find_all(page, Role.RadioButton)] == ["Information"]
    typed(page, "Decision", "Marked as heard.")
    click(page, Role.RadioButton, "Information")
    go_on()
    assert meeting.cases(work, made)[0].outcome is Outcome.INFORMATION
    (helen,) = [one for one in meeting.view(work, made).attendees if one.chair]
    sessions.attend(work.desk, helen.attendance, Presence.REMOTE)
    settle()
    assert "2 of 2 here, quorum met" in says(page)
    assert find(page, Role.RadioButton, "Carry on").isEnabled()


def test_an_action_without_owner_or_date_is_not_saved_and_stays_as_typed(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    press(Qt.Key.Key_A, modifier=CONTROL | SHIFT)
    write("Ring the depot")
    click(page, Role.Button, "Add the action")
    settle()
    assert "Say who does it: one owner." in says(page)
    assert "Give a date." in says(page)
    assert find(page, Role.EditableText, "What is to be done").value() == "Ring the depot"  # type: ignore[attr-defined]
    with work.desk.read() as reader:
        assert reader.count(Action) == 0
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert not find_all(page, Role.EditableText, "What is to be done")
    press(Qt.Key.Key_PageUp, modifier=CONTROL)
    assert find(page, Role.EditableText, "What is to be done").value() == "Ring the depot"  # type: ignore[attr-defined]


def test_words_are_saved_when_the_field_is_left_and_after_a_pause(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    typed(page, "Decision", "Wait a week")
    assert meeting.cases(work, made)[0].decision is None
    assert "Saved on this computer" not in says(page)
    press(Qt.Key.Key_Tab)
    assert meeting.cases(work, made)[0].decision == "Wait a week"
    assert "Saved on this computer, 10:42am" in says(page)
    write("She asks for it")
    page.decision._saving[0]._timer.timeout.emit()
    assert meeting.cases(work, made)[0].rationale == "She asks for it"
    assert focus().accessibleName() == "Why"
    assert meeting.cases(work, made)[0].decided_at is None


def test_another_case_never_carries_over_what_was_typed_for_the_last(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    typed(page, "Decision", "Only for Dani")
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert find(page, Role.EditableText, "Decision").value() == ""  # type: ignore[attr-defined]
    assert [one.decision for one in meeting.cases(work, made)] == ["Only for Dani", None]


def test_what_a_colleague_writes_meanwhile_comes_beside_what_is_being_typed(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    typed(page, "Decision", "Wait a week")
    about = meeting.cases(work, made)[0].discussion
    discussions.note_decision(work.desk, about, decision=None, rationale="Her knee.", outcome=None)
    settle()
    assert find(page, Role.EditableText, "Why").value() == "Her knee."  # type: ignore[attr-defined]
    press(Qt.Key.Key_Tab)
    view = meeting.cases(work, made)[0]
    assert (view.decision, view.rationale) == ("Wait a week", "Her knee.")


def test_what_each_of_us_brings_keeps_facts_and_opinion_apart(work: AtWork) -> None:
    made = meeting.session(work)
    sessions.attend(work.desk, sessions.invite(work.desk, made, meeting.person(work, "Priya Nair")), Presence.PRESENT)
    page = open_page(work, "session", session=made)
    assert "Not heard yet: Helen, Priya" in says(page)
    click(page, Role.Button, "Add what Priya brings")
    settle()
    assert focus().accessibleName() == "Facts from Priya Nair"
    write("Neck is looser.")
    press(Qt.Key.Key_Tab)
    assert focus().accessibleName() == "Opinion of Priya Nair"
    write("Three more visits.")
    tab_to("Decision")
    (line,) = meeting.cases(work, made)[0].contributions
    assert (line.name, line.facts, line.opinion) == ("Priya Nair", "Neck is looser.", "Three more visits.")
    assert "Thinks: Three more visits." in says(page)
    assert "Not heard yet: Helen" in says(page)


def test_somebody_who_did_not_agree_is_not_shown(work: AtWork) -> None:
    made = meeting.session(work)
    discussions.agree_to_discuss(work.desk, meeting.cases(work, made)[0].discussion, Topics.NO)
    page = open_page(work, "session", session=made)
    assert "This person did not agree to be discussed." in says(page)
    assert "I want to go back." not in says(page)
    assert find(page, Role.EditableText, "Decision").isReadOnly()  # type: ignore[attr-defined]
    go_on()
    assert says(page.case).splitlines()[0] == "Marlon Price"


def test_the_timer_counts_by_the_clock_of_the_program(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    work.clock.set(work.clock.now() + timedelta(minutes=6))
    page.timing.show()
    assert "10:48am, 6 of 8 minutes" in says(page.bar)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert "10:48am, 0 of 8 minutes" in says(page.bar)
    press(Qt.Key.Key_PageUp, modifier=CONTROL)
    assert "10:48am, 6 of 8 minutes" in says(page.bar)
    open_page(work, "sessions")
    work.clock.set(work.clock.now() + timedelta(minutes=20))
    assert "11:08am, 6 of 8 minutes" in says(work.back().bar)


def test_a_sleep_is_no_time_at_the_table(work: AtWork) -> None:
    page = open_page(work, "session", session=meeting.session(work))
    for minutes, counted in ((6, 6), (60, 6), (1, 7)):
        work.clock.set(work.clock.now() + timedelta(minutes=minutes))
        page.timing.show()
        assert f", {counted} of 8 minutes" in says(page.bar)


def test_each_key_is_in_sight_in_large_print_too(work: AtWork) -> None:
    """Issue: each act has a visible key; where the decision stands alone they stand at its end."""
    theme().choose(percent=200)
    work.workspace.window().resize(1280, 642)
    page = open_page(work, "session", session=meeting.session(work))
    settle()
    assert not page.panels.wide()
    page.tabs.set_value("decision")
    settle()
    for key in ("Ctrl+Enter", "Ctrl+PgDn", "Ctrl+Shift+A"):
        assert key in says(page.decision), key


def test_a_decision_that_lacks_something_says_so_and_keeps_what_is_there(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    typed(page, "Decision", "Carry on as now")
    go_on()
    words = says(page)
    assert "Write why the team decided so." in words
    assert "Choose what becomes of the case." in words
    assert find(page, Role.EditableText, "Decision").value() == "Carry on as now"  # type: ignore[attr-defined]
    assert meeting.cases(work, made)[0].decided_at is None


def test_who_is_here_is_changed_in_the_room_and_a_guest_is_added(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    click(page, Role.Button, "Change who is here")
    settle()
    typed(page, "Guest", "Ada Lark")
    click(page, Role.Button, "Add the guest")
    settle()
    chosen = find(page, Role.ComboBox, "Presence of Helen Frost")
    chosen.setFocus()
    write("Sent")
    press(Qt.Key.Key_Return)
    assert {(one.name, one.presence) for one in meeting.view(work, made).attendees} >= {("Ada Lark", Presence.PRESENT)}
    assert "2 of 3 here" in says(page) or "3 of 3 here" in says(page)


def test_a_clinician_brings_something_and_decides_nothing(work: AtWork) -> None:
    made = meeting.session(work)
    sessions.attend(work.desk, sessions.invite(work.desk, made, meeting.person(work, "Priya Nair")), Presence.PRESENT)
    work.desk.person = replace(work.desk.person, roles=frozenset({"clinician"}))
    page = open_page(work, "session", session=made)
    assert find(page, Role.EditableText, "Decision").isReadOnly()  # type: ignore[attr-defined]
    assert not find_all(page, Role.Button, "Add an action")
    assert not find(page, Role.Button, "Agree and go to case 2").isEnabled()
    go_on()
    assert meeting.cases(work, made)[0].decided_at is None
    click(page, Role.Button, "Add what Priya brings")
    settle()
    write("Neck is looser.")
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert meeting.cases(work, made)[0].contributions[0].facts == "Neck is looser."


def test_undo_takes_the_words_out_of_the_field_again(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    typed(page, "Decision", "Wait a week")
    page.agenda.change.setFocus()
    assert meeting.cases(work, made)[0].decision == "Wait a week"
    work.desk.store.undo(work.desk.identity)
    settle()
    assert meeting.cases(work, made)[0].decision is None
    assert find(page, Role.EditableText, "Decision").value() == ""  # type: ignore[attr-defined]


def test_who_tells_the_person_how_and_by_when_is_kept(work: AtWork) -> None:
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    tab_to("Who tells Dani")
    write("Helen")
    tab_to("By")
    find(page, Role.EditableText, "By").selectAll()  # type: ignore[attr-defined]
    write("27 11")
    press(Qt.Key.Key_Tab)
    (one, _other) = meeting.cases(work, made)
    assert (one.tell_owner_name, one.tell_how, one.tell_by) == ("Helen Frost", "phone", date(2026, 11, 27))


def test_at_200_per_cent_each_part_is_reached_and_agreed_from(work: AtWork) -> None:
    made = meeting.session(work)
    theme().choose(percent=200)
    work.window.resize(1280, 642)
    page = open_page(work, "session", session=made)
    assert (work.window.width(), work.window.height()) == (1280, 642)
    assert not find_all(page, Role.EditableText, "Decision")
    page.tabs.set_value("decision")
    settle()
    typed(page, "Decision", "Half days")
    typed(page, "Why", "It fits")
    click(page, Role.RadioButton, "Carry on")
    page.tabs.set_value("case")
    go_on()
    assert meeting.cases(work, made)[0].outcome is Outcome.CARRY_ON
    assert says(page.case).splitlines()[0] == "Marlon Price"


def test_looking_at_a_session_to_come_does_not_start_it_and_saying_who_is_here_does(work: AtWork) -> None:
    desk = work.desk
    helen = meeting.person(work, "Helen Frost")
    made = sessions.create_session(desk, Id(min(desk.person.teams)), work.clock.now(), place=None, chair=helen)
    page = open_page(work, "session", session=made)
    assert "1 of 1 coming, quorum will be met" in says(page)
    assert "No case is on the agenda" in says(page)
    assert meeting.view(work, made).status is SessionStatus.PLANNED
    click(page, Role.Button, "Change who is here")
    settle()
    click(page, Role.Button, "Everybody invited is here")
    settle()
    assert meeting.view(work, made).status is SessionStatus.RUNNING
    assert "1 of 1 here, quorum met" in says(page)
    agenda.add_case(desk, made, meeting.participant(work, "Danielle"))
    # whoever learns here sees that there is a case, and nothing is refused
    desk.person = replace(desk.person, roles=frozenset({"observer"}))
    work.go("sessions")
    words = says(open_page(work, "session", session=made))
    assert "The cases are not for your role" in words
    assert "A case you may not see" in words
    assert "Danielle" not in words
    assert "Your role does not include" not in words


def test_the_table_says_how_long_somebody_is_off_and_what_was_tried_and_preparing_has_no_table(work: AtWork) -> None:
    who = meeting.participant(work, "Danielle")
    tried = obstacles.add_action(
        work.desk, who, "Ring the depot", owner=OwnedBy(OwnerKind.PARTICIPANT), due=date(2026, 11, 24)
    )
    obstacles.finish_action(work.desk, tried, effect="They offer nights")
    made = meeting.session(work)
    page = open_page(work, "session", session=made)
    words = says(page.case)
    assert "Off sick" in words
    assert "days, since" in words
    assert "Tried: Ring the depot: done. They offer nights." in words
    assert "at the table now" in page.agenda.cases.rows()[0].accessibleName()
    page = open_page(work, "prepare", session=made)
    rows = [one.accessibleName() for one in page.cases.list.rows()]
    assert ["shown beside" in one for one in rows] == [True, False]
    assert not any("at the table" in one for one in rows)


def test_today_leads_to_the_case_it_names(work: AtWork) -> None:
    made = meeting.session(work)
    second = meeting.view(work, made).agenda[1].item
    page = open_page(work, "session", session=made, case=second)
    assert says(page.case).splitlines()[0] == "Marlon Price"
    page = open_page(work, "prepare", session=made, case=second)
    assert "2 Marlon Price" in says(page.editor)


def test_the_time_a_case_was_given_is_in_the_record_and_goes_on_from_there(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    work.clock.set(work.clock.now() + timedelta(minutes=3))
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    settle()
    assert meeting.view(work, session).agenda[0].seconds == 180
    open_page(work, "sessions")
    open_page(work, "session", session=session, case=meeting.cases(work, session)[0].item)
    assert "3 of 8 minutes" in says(work.page)


def test_what_costs_money_is_kept_with_its_cost_and_who_approved_it(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    click(work.page, Role.Button, "Add something that costs money")
    settle()
    assert focus().accessibleName() == "What it is for"
    click(work.page, Role.Button, "Add the cost")
    assert says(work.page).count("This is needed.") >= 3
    typed(work.page, "What it is for", "Driving lessons")
    typed(work.page, "Cost", "240.50")
    tab_to("Approved by")
    write("Helen")
    click(work.page, Role.Button, "Add the cost")
    settle()
    assert "£240.50, approved by Helen Frost" in says(work.page)
    click(work.page, Role.Button, "Remove the cost: Driving lessons")
    settle()
    assert meeting.cases(work, session)[0].funding == ()


def test_advice_is_drafted_by_those_who_may_issue_it_and_says_that_it_is_a_draft(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    click(work.page, Role.Button, "Draft advice")
    tab_to("For which paper")
    write("a fit")
    tab_to("Who would issue it")
    write("Helen")
    typed(work.page, "Draft words", "Lighter work for two weeks.")
    click(work.page, Role.Button, "Keep the draft")
    settle()
    assert "Draft for a fit note, Helen Frost" in says(work.page)
    assert [one.text for one in meeting.cases(work, session)[0].advice] == ["Lighter work for two weeks."]


def test_a_case_withdrawn_leaves_the_table_and_can_come_back(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    act = next(one for one in page.acts() if one.words == "Withdraw the case: The person asked for it")
    act.run()
    settle()
    assert "2 Marlon Price" in says(work.page)
    assert meeting.view(work, session).agenda[0].withdrawn is not None
    press(Qt.Key.Key_PageUp, modifier=CONTROL)
    settle()
    click(work.page, Role.Button, "Bring it back")
    settle()
    assert meeting.view(work, session).agenda[0].withdrawn is None


def test_the_head_of_the_record_is_said_in_the_room_and_a_deputy_takes_the_chair(work: AtWork) -> None:
    session = meeting.session(work)
    open_page(work, "session", session=session)
    click(work.page, Role.Button, "Change who is here")
    settle()
    click(work.page, Role.CheckBox, "The confidentiality statement was read out")
    typed(work.page, "Interests declared (if you want)", "Priya knows the employer")
    press(Qt.Key.Key_Tab)
    settle()
    view = meeting.view(work, session)
    assert (view.confidentiality_read, view.recorded, view.interests) == (True, False, "Priya knows the employer")
    offered = [one for one in find_all(work.page, Role.ComboBox) if one.accessibleName() == "Chair"]
    assert len(offered) == 1
    assert [offered[0].itemText(one) for one in range(offered[0].count())] == ["Choose one", "Helen Frost"]  # type: ignore[attr-defined]
    assert "Nobody else here has the role to take the chair." in says(work.page)
    with work.desk.unit() as unit:
        unit.set(Person, meeting.person(work, "Priya Nair"), roles=frozenset({"chair", "clinician"}))
    settle()
    assert "Nobody else here" not in says(work.page)
