"""Who comes to sessions: for the chair, reached from the list, and said in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import NOW, AtWork, press
from tests.desktop.pages.meeting import open_page
from tests.desktop.reader import Role, find, find_all, says
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.pages.meetings.attendance import AttendancePage
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Presence
from workwell_desktop.services.meeting import agenda, agenda_rules, session_pages, sessions, sign_off


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attendance") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        found.workspace.navigator.routes.add("attendance", AttendancePage)
        yield found


def held(work: AtWork, days: int, presence: Presence) -> Id:
    """A locked session to which Helen came, and Maya as ``presence`` says."""
    helen, desk = meeting.person(work, "Helen Frost"), work.desk
    made = sessions.create_session(
        desk, Id(min(desk.person.teams)), NOW - timedelta(days=days), chair=helen, note_taker=desk.me
    )
    sessions.start_session(desk, made)
    for one in session_pages.view_session(desk, made).attendees:
        sessions.attend(desk, one.attendance, Presence.PRESENT if one.person == helen else presence)
    sign_off.sign_off(desk, made, PASSPHRASE)
    return made


def test_whoever_missed_most_in_a_row_stands_first_and_is_reached_by_keyboard(work: AtWork) -> None:
    held(work, 21, Presence.PRESENT)
    held(work, 14, Presence.APOLOGIES)
    held(work, 7, Presence.ABSENT)
    work.desk.person = replace(work.desk.person, roles=work.desk.person.roles | {"chair"})
    page = open_page(work, "sessions")
    find(page, Role.Button, "Who comes to sessions").setFocus()
    press(Qt.Key.Key_Space)
    settle()
    assert work.page.route == "attendance"
    table = work.page.findChild(QTableView)
    model = table.model()
    rows = [[str(model.index(line, column).data() or "") for column in range(5)] for line in range(model.rowCount())]
    assert "Maya Okafor" in rows[0][0]
    assert "missed the last 2" in " ".join(rows[0])
    assert "came to 1 of 3" in " ".join(rows[0])
    assert "Helen Frost" in rows[1][0]


def test_it_is_for_the_chair_alone(work: AtWork) -> None:
    page = open_page(work, "sessions")
    assert find_all(page, Role.Button, "Who comes to sessions") == []
    page = open_page(work, "attendance")
    assert "Who comes to sessions is shown to those who take the chair." in says(page)
    assert work.page.findChild(QTableView) is None


def test_before_the_first_session_it_says_so(work: AtWork) -> None:
    work.desk.person = replace(work.desk.person, roles=work.desk.person.roles | {"chair"})
    assert "No session was held yet" in says(open_page(work, "attendance"))


def test_the_list_says_what_was_carried_over_and_not_taken_up(work: AtWork) -> None:
    session = meeting.session(work)
    agenda.carry_rest(work.desk, session, "No time was left")
    sign_off.sign_off(work.desk, session, PASSPHRASE)
    page = open_page(work, "sessions")
    assert "2 carried over and not taken up" in says(page)
    later = sessions.create_session(
        work.desk, Id(min(work.desk.person.teams)), NOW + timedelta(days=7), chair=meeting.person(work, "Helen Frost")
    )
    agenda_rules.fill(work.desk, later, agenda_rules.suggestions(work.desk, later))
    settle()
    assert "not taken up" not in says(work.page)
