"""What goes wrong in a meeting, one test each: nothing is lost, and nobody is shown who must not be."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, focus, press, write
from tests.desktop.pages.meeting import CONTROL, SHIFT, go_on, open_page
from tests.desktop.pages.session.test_projector import heard, second_windows, shown
from tests.desktop.reader import Role, click, find, find_all, says, typed
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.pages.session.agenda_rows import AgendaRow
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Attendance, Outcome, Presence, SessionStatus
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.meeting import agenda, discussions, session_pages, sessions
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trouble") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found
        for window in second_windows():
            window.close()


def agreed(work: AtWork, session: Id) -> None:
    """Every case decided, so that the session can be locked."""
    for case in meeting.cases(work, session):
        discussions.decide(work.desk, case.discussion, decision="Go on", rationale="It helps", outcome=Outcome.CARRY_ON)


def deputy(work: AtWork, name: str = "Ada Lark") -> Id:
    """A second colleague whose role chairs meetings."""
    from workwell_desktop.domain.people import Profession

    new = NewPerson(
        name=name, profession=Profession.DOCTOR, roles=frozenset({"chair"}), passphrase=PASSPHRASE,
        registration_number="7000002", teams=work.desk.person.teams,
    )  # fmt: skip
    return people.add(work.desk, new)


def test_the_chair_leaves_and_a_deputy_takes_the_chair(work: AtWork) -> None:
    session, ada = meeting.session(work), deputy(work)
    sessions.attend(work.desk, sessions.invite(work.desk, session, ada), Presence.PRESENT)
    page = open_page(work, "session", session=session)
    (helen,) = [one for one in meeting.view(work, session).attendees if one.chair]
    sessions.attend(work.desk, helen.attendance, Presence.PART)
    press(Qt.Key.Key_H, modifier=CONTROL | SHIFT)
    chair = find(page, Role.ComboBox, "Chair")
    chair.setFocus()
    write("Ada")
    press(Qt.Key.Key_Tab)
    settle()
    assert meeting.view(work, session).chair == ada
    assert "quorum met" in says(page.bar)
    agreed(work, session)
    page = open_page(work, "signoff", session=session)
    typed(page, "Passphrase of Ada Lark", PASSPHRASE)
    go_on()
    settle()
    assert meeting.view(work, session).locked_by == "Ada Lark"


def test_a_case_withdrawn_in_the_middle_is_not_asked_for_again_and_the_rest_is_locked(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    typed(page, "Decision", "Half a thou")
    next(one for one in page.acts() if one.words == "Withdraw the case: It is not ready").run()
    settle()
    first, second = meeting.cases(work, session)
    assert (first.withdrawn, first.decision, first.decided_at) == ("not_ready", "Half a thou", None)
    assert meeting.view(work, session).undecided == (second.item,)
    assert find(page.agenda, Role.Button, "1 Danielle Marsh, What next?, withdrawn")
    typed(page, "Decision", "Go on")
    typed(page, "Why", "It helps")
    click(page, Role.RadioButton, "Carry on")
    go_on()
    settle()
    assert work.page.route == "signoff"
    typed(work.page, "Passphrase of Helen Frost", PASSPHRASE)
    go_on()
    settle()
    assert meeting.view(work, session).status is SessionStatus.LOCKED


def test_the_participant_joins_and_the_name_of_another_goes_from_the_screen(work: AtWork) -> None:
    session = meeting.session(work, questions=("Can Sharon drive the person?", "Ready?"))
    page = open_page(work, "session", session=session)
    window = shown(work)
    assert "Sharon" in heard(window)
    click(page, Role.Button, "Back to the case")
    next(one for one in page.acts() if one.words == "Say who is here for this person").run()
    assert focus().accessibleName() == "Who is here for Dani"
    press(Qt.Key.Key_End)
    settle()
    assert meeting.cases(work, session)[0].there is None, "an arrow only moves the choice"
    press(Qt.Key.Key_Return)
    settle()
    assert meeting.cases(work, session)[0].there == "both"
    assert focus().accessibleName() == "Who is here for Dani", "the focus stays where it was"
    assert "Dani and a supporter are here." in says(page)
    click(page, Role.Button, "Words to keep off the screen")
    settle()
    assert focus().accessibleName() == "Words to keep off the screen"
    write("Sharon")
    press(Qt.Key.Key_Tab)
    settle()
    assert "Sharon" not in heard(window)
    assert "somebody else" in heard(window)
    click(page, Role.Button, "Back to the case")
    there = find(page, Role.ComboBox, "Who is here for Dani")
    there.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Tab)
    settle()
    assert meeting.cases(work, session)[0].there is None
    assert "Names of other people" not in says(page)


def test_the_clock_passes_midnight_and_the_session_goes_on(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    work.clock.set(datetime(2026, 11, 24, 23, 57, tzinfo=UTC))
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    work.clock.set(datetime(2026, 11, 25, 0, 4, tzinfo=UTC))
    page.timing.show()
    assert "12:04am, 7 of 8 minutes" in says(page.bar)
    typed(page, "Decision", "Go on")
    typed(page, "Why", "It helps")
    click(page, Role.RadioButton, "Carry on")
    go_on()
    settle()
    second = meeting.cases(work, session)[1]
    assert second.decided_at == datetime(2026, 11, 25, 0, 4, tzinfo=UTC)
    assert second.seconds == 7 * 60
    assert second.tell_by == date(2026, 11, 27), "working days count from the day of the decision"
    assert [one.session for one in session_pages.list_sessions(work.desk, day=date(2026, 11, 24))] == [session]


def test_the_page_that_died_comes_back_at_the_same_case(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    typed(page, "Decision", "Wait a week")
    page.agenda.change.setFocus()
    # nothing of the page is left, not even what it remembers
    work.workspace.navigator.forget()
    page = open_page(work, "session", session=session)
    assert says(page.case).splitlines()[0] == "Marlon Price"
    assert page.decision.decision.value() == "Wait a week"


def test_the_same_person_in_two_roles_is_one_person_in_the_quorum(work: AtWork) -> None:
    """Chair, presenter and clinician at once; and asked a second time on another laptop."""
    session = meeting.session(work)
    helen = meeting.person(work, "Helen Frost")
    for line in meeting.view(work, session).agenda:
        agenda.set_presenter(work.desk, line.item, helen)
    view = meeting.view(work, session)
    with work.desk.unit() as unit:
        unit.add(
            Attendance(
                id=new_id(), scope=view.team, session=session, person=helen, name="Helen Frost",
                presence=Presence.PRESENT,
            )
        )  # fmt: skip
        maya = next(one for one in view.attendees if one.person == work.desk.me)
        unit.set(Attendance, maya.attendance, presence=Presence.APOLOGIES)
    found = meeting.view(work, session).quorum
    assert (found.here, found.invited, found.met) == (1, 2, True)
    page = open_page(work, "session", session=session)
    assert "1 of 2 here, quorum met" in says(page.bar)
    assert meeting.cases(work, session)[0].allowed_outcomes == tuple(Outcome)


def test_an_owner_who_has_left_is_not_offered_and_their_old_action_is_given_to_another(work: AtWork) -> None:
    session = meeting.session(work)
    priya, who = meeting.person(work, "Priya Nair"), meeting.participant(work, "Danielle")
    sessions.attend(work.desk, sessions.invite(work.desk, session, priya), Presence.APOLOGIES)
    old = obstacles.add_action(work.desk, who, "Ring the depot", OwnedBy(OwnerKind.STAFF, priya), date(2026, 11, 20))
    with work.desk.unit() as unit:
        unit.set(Person, priya, active=False)
    page = open_page(work, "session", session=session)
    assert "Priya Nair works here no more" in says(page)
    press(Qt.Key.Key_A, modifier=CONTROL | SHIFT)
    owner = find(page, Role.ComboBox, "Owner")
    offered = [owner.itemText(place) for place in range(owner.count())]  # type: ignore[attr-defined]
    assert "Helen Frost" in offered
    assert not [one for one in offered if "Priya" in one]
    click(page, Role.Button, "Leave it")
    give = find(page, Role.ComboBox, "Give to somebody else: Ring the depot")
    give.setFocus()
    write("Helen")
    press(Qt.Key.Key_Return)
    settle()
    with work.desk.read() as reader:
        was = reader.get(Action, old)
        (now,) = [one for one in reader.list(Action, scope=who) if one.status is ActionStatus.OPEN]
    assert (was.status, was.owner, was.effect) == (ActionStatus.NOT_NEEDED, priya, "Helen Frost")
    assert (now.text, now.due) == ("Ring the depot", date(2026, 11, 24))
    assert now.owner == meeting.person(work, "Helen Frost")
    assert "works here no more" not in says(page)


def test_a_session_with_no_cases_is_locked_with_a_sentence(work: AtWork) -> None:
    helen, desk = meeting.person(work, "Helen Frost"), work.desk
    session = sessions.create_session(desk, Id(min(desk.person.teams)), work.clock.now(), chair=helen)
    sessions.start_session(desk, session)
    for one in meeting.view(work, session).attendees:
        sessions.attend(desk, one.attendance, Presence.PRESENT)
    page = open_page(work, "session", session=session)
    assert "No case is on the agenda" in says(page)
    press(Qt.Key.Key_PageDown, modifier=CONTROL)
    press(Qt.Key.Key_E, modifier=CONTROL | SHIFT)
    settle()
    assert work.page.route == "signoff"
    typed(work.page, "Passphrase of Helen Frost", PASSPHRASE)
    go_on()
    settle()
    assert meeting.view(work, session).status is SessionStatus.LOCKED
    assert "signed by the chair" in says(work.page)


def test_sixty_cases_stay_in_order_and_the_one_in_front_in_sight(work: AtWork) -> None:
    session = meeting.session(work)
    from tests.benchmarks.caseload import fill_caseload, fill_session

    session = fill_session(work.desk, fill_caseload(work.desk, 60), work.clock.now() + timedelta(hours=1))
    page = open_page(work, "session", session=session)
    rows = page.agenda.cases.rows()
    assert len(rows) == 60
    for _ in range(45):
        press(Qt.Key.Key_PageDown, modifier=CONTROL)
    assert "46 of 60" in says(page.agenda)
    assert page.agenda.cases.rows() == rows, "no row is made anew"
    assert focus() is page.decision.decision, "the next case is written at once"
    front = rows[45]
    assert front.visibleRegion().boundingRect().height() == front.height(), "the case in front is in sight"
    front.setFocus()
    press(Qt.Key.Key_End)
    assert focus() is rows[59]
    press(Qt.Key.Key_Up)
    assert isinstance(focus(), AgendaRow)
    press(Qt.Key.Key_Space)
    settle()
    assert "59 of 60" in says(page.agenda)
    assert [one for one in find_all(page.agenda, Role.Button) if "at the table now" in one.accessibleName()] == [
        rows[58]
    ]
    stops = [one for one in rows if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [rows[58]], "the Tab key does not go through sixty rows"


def test_every_act_of_the_room_has_a_key_and_the_page_names_them(work: AtWork) -> None:
    page = open_page(work, "session", session=meeting.session(work))
    keys = {one.words: one.key for one in page.acts() if one.key}
    assert keys == {
        "Next case": "Ctrl+PgDown", "Case before": "Ctrl+PgUp", "Write the decision": "Ctrl+Shift+D",
        "Add an action": "Ctrl+Shift+A", "Change who is here": "Ctrl+Shift+H",
        "Go through what is overdue": "Ctrl+Shift+O", "Show the case to the room": "Ctrl+Shift+P",
        "Show nothing to the room": "Ctrl+Shift+N", "End the session": "Ctrl+Shift+E",
    }  # fmt: skip
    words = says(page)
    for key in ("Ctrl+PgDn", "Ctrl+PgUp", "Ctrl+Shift+H", "Ctrl+Shift+P", "Ctrl+Shift+E", "Ctrl+Shift+A", "Ctrl+Enter"):
        assert key in words, f"{key} stands nowhere on the page"
    press(Qt.Key.Key_D, modifier=CONTROL | SHIFT)
    assert focus() is page.decision.decision
