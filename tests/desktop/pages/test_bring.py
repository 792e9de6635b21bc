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
from workwell_desktop.desktop.pages.bring import BringPage
from workwell_desktop.desktop.pages.record import RecordPage
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import BringRequest, Lane, Why
from workwell_desktop.services import session_pages, sessions


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


def test_who_is_on_the_agenda_already_is_told_so_and_keeps_the_question(work: AtWork) -> None:
    planned(work)
    for question in ("Ready?", "And then?"):
        open_page(work, "bring", participant=meeting.participant(work, "Danielle"))
        write(question)
        go_on()
    assert "on the agenda of this session already" in says(work.page)
    assert find_all(work.page, Role.EditableText, "Question for the team")[0].value() == "And then?"  # type: ignore[attr-defined]
