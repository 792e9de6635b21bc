"""From the caseload to the agenda in three acts at most: open the record, bring, write the question (domain.md 4.1)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work, meeting
from tests.desktop.pages.at_work import AtWork, focus, press, write
from tests.desktop.pages.meeting import CONTROL, SHIFT, go_on, open_page
from tests.desktop.reader import Role, click, find_all, says
from workwell_desktop.desktop.pages.meetings.bring import BringPage
from workwell_desktop.desktop.pages.record import RecordPage
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import BringRequest, Lane, SessionStatus, Why
from workwell_desktop.services.meeting import bringing, session_pages, sessions


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bring") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        for route, page in (("bring", BringPage), ("record", RecordPage)):
            found.workspace.navigator.routes.add(route, page)
        yield found


def planned(work: AtWork) -> Id:
    helen = meeting.person(work, "Helen Frost")
    starts = at_work.NOW + timedelta(days=1)
    return sessions.create_session(work.desk, Id(min(work.desk.person.teams)), starts, chair=helen)


def test_a_case_goes_from_the_record_to_the_agenda_in_three_acts(work: AtWork) -> None:
    session = planned(work)
    open_page(work, "record", participant=meeting.participant(work, "Danielle"))
    press(Qt.Key.Key_B, modifier=CONTROL | SHIFT)
    settle()
    assert focus().accessibleName() == "Question for the team"
    assert "The next session is on Wednesday 25 November" in says(work.page)
    write("Ready for full days?")
    go_on()
    (line,) = session_pages.view_session(work.desk, session).agenda
    assert (line.question, line.lane, line.why) == ("Ready for full days?", Lane.DISCUSS, (Why.ASKED_FOR,))
    assert work.page.route == "record"


def test_without_a_session_the_question_waits(work: AtWork) -> None:
    open_page(work, "bring", participant=meeting.participant(work, "Danielle"))
    assert "waits for the next agenda" in says(work.page)
    write("Ready?")
    go_on()
    with work.desk.read() as reader:
        assert [one.question for one in reader.list(BringRequest)] == ["Ready?"]


def test_without_a_question_nothing_is_brought_and_what_is_typed_stays(work: AtWork) -> None:
    session = planned(work)
    open_page(work, "bring", participant=meeting.participant(work, "Danielle"))
    go_on()
    assert "Write what the team is asked." in says(work.page)
    write("Half a sen")
    open_page(work, "sessions")
    open_page(work, "bring", participant=meeting.participant(work, "Danielle"))
    assert focus().value() == "Half a sen"  # type: ignore[attr-defined]
    assert session_pages.view_session(work.desk, session).agenda == ()


def test_the_rules_bring_people_and_one_press_puts_them_on_the_agenda(work: AtWork) -> None:
    open_page(work, "bring", participant=meeting.participant(work, "Danielle"))
    write("Ready?")
    go_on()
    session = planned(work)
    open_page(work, "prepare", session=session)
    press(Qt.Key.Key_F, modifier=CONTROL | SHIFT)
    settle()
    assert "Asked for." in says(work.page)
    assert len(find_all(work.page, Role.CheckBox, "Danielle Marsh")) == 1
    click(work.page, Role.Button, "Add 1 to the agenda")
    settle()
    assert [line.question for line in session_pages.view_session(work.desk, session).agenda] == ["Ready?"]
    assert focus().accessibleName() == "Question for the team"


def test_who_is_taken_out_is_not_added(work: AtWork) -> None:
    open_page(work, "bring", participant=meeting.participant(work, "Danielle"))
    write("Ready?")
    go_on()
    session = planned(work)
    open_page(work, "prepare", session=session)
    press(Qt.Key.Key_F, modifier=CONTROL | SHIFT)
    click(work.page, Role.CheckBox, "Danielle Marsh")
    settle()
    button = next(one for one in find_all(work.page, Role.Button) if one.accessibleName() == "Add 0 to the agenda")
    assert not button.isEnabled()
    assert session_pages.view_session(work.desk, session).agenda == ()


def test_who_is_on_the_agenda_already_leads_to_their_line(work: AtWork) -> None:
    planned(work)
    for _time in range(2):
        open_page(work, "bring", participant=meeting.participant(work, "Danielle"))
        if work.page.route == "bring":
            write("Ready?")
            go_on()
    assert work.page.route == "prepare"
    assert "Danielle Marsh is on this agenda already, as case 1." in says(work.page)
    assert focus().value() == "Ready?"  # type: ignore[attr-defined]


def test_a_question_typed_while_somebody_else_brought_the_case_is_not_lost(work: AtWork) -> None:
    session, dani = planned(work), meeting.participant(work, "Danielle")
    open_page(work, "bring", participant=dani)
    write("And then?")
    bringing.bring(work.desk, dani, "Ready?")
    go_on()
    settle()
    assert work.page.route == "prepare"
    assert "You wrote: And then?" in says(work.page)
    click(work.page, Role.Button, "Add these words to the question")
    settle()
    assert [line.question for line in session_pages.view_session(work.desk, session).agenda] == ["Ready? And then?"]
    assert "You wrote" not in says(work.page)


def test_a_question_that_answered_itself_is_taken_back(work: AtWork) -> None:
    dani = meeting.participant(work, "Danielle")
    bringing.bring(work.desk, dani, "Ready?")
    open_page(work, "bring", participant=dani)
    assert "Asked by Maya Okafor" in says(work.page)
    click(work.page, Role.Button, "Take it back: Ready?")
    settle()
    assert bringing.waiting_for(work.desk, dani) == ()
    assert "Ready?" not in says(work.page)


def test_days_before_the_session_the_keys_do_not_start_it(work: AtWork) -> None:
    session = planned(work)
    open_page(work, "prepare", session=session)
    go_on()
    assert session_pages.view_session(work.desk, session).status is SessionStatus.PLANNED
