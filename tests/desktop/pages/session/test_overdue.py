"""Overdue actions head the page on which an agenda is prepared."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, focus, press
from tests.desktop.pages.meeting import open_page
from tests.desktop.reader import Role, click, find, find_all, says
from workwell_desktop.domain.participants import WorkSituation
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.sessions import Topics
from workwell_desktop.services.meeting import discussions
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("overdue") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found


def late(work: AtWork, given: str, words: str, days: int) -> None:
    due = work.clock.today() - timedelta(days=days)
    who = meeting.participant(work, given)
    obstacles.add_action(work.desk, who, words, OwnedBy(OwnerKind.STAFF, work.desk.me), due)


def test_they_stand_above_the_cases_the_longest_overdue_first(work: AtWork) -> None:
    session = meeting.session(work)
    assert "Begin with what is overdue" not in says(open_page(work, "prepare", session=session))
    for days, words in ((4, "Ring the employer"), (9, "Ask for the scan"), (2, "Write to the GP"), (1, "Book a room")):
        late(work, "Danielle", words, days)
    settle()
    shown = work.page.overdue
    words = says(shown)
    assert "1 Danielle Marsh: Ask for the scan" in words
    assert "Maya Okafor, 9 days overdue" in words
    assert "Ring the employer" not in words, "one line is in sight until somebody asks for all"
    words = says(work.page)
    assert words.index("Begin with what is overdue") < words.index("Name from the caseload")
    click(work.page, Role.Button, "Show all 4")
    settle()
    words = says(shown)
    assert words.index("Ask for the scan") < words.index("Ring the employer") < words.index("Book a room")
    assert not find_all(work.page, Role.Button, "Show all 4")


def test_the_session_begins_with_them_and_each_leads_to_its_action(work: AtWork) -> None:
    session = meeting.session(work)
    for days in range(1, 41):
        late(work, "Marlon", f"Ask for paper {days}", days)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_O, modifier=meeting.CONTROL | meeting.SHIFT)
    settle()
    assert find(page.agenda, Role.Button, "40 overdue actions")
    assert focus().accessibleName().startswith("Ask for paper 40, 2 Marlon Price. Maya Okafor")
    assert "Ask for paper 32" not in says(page), "eight lines are in sight until somebody asks for all"
    click(page, Role.Button, "Show all 40")
    settle()
    assert focus().accessibleName().startswith("Ask for paper 32, ")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle()
    assert says(page.case).splitlines()[0] == "Marlon Price"
    assert focus().accessibleName() == "It is done: Ask for paper 31", "before the longest overdue of the case"
    press(Qt.Key.Key_Space)
    settle()
    assert len(meeting.view(work, session).overdue) == 39
    assert find(page.agenda, Role.Button, "39 overdue actions")
    assert focus().accessibleName() == "It is done: Ask for paper 40"


def test_what_an_employer_without_a_name_owes_is_not_laid_on_the_person(work: AtWork) -> None:
    session = meeting.session(work)
    who, due = meeting.participant(work, "Marlon"), work.clock.today() - timedelta(days=3)
    with work.desk.unit() as unit:
        for one in unit.reader.list(WorkSituation, scope=who):
            unit.set(WorkSituation, one.id, employer=None)
    obstacles.add_action(work.desk, who, "Say who covers", OwnedBy(OwnerKind.EMPLOYER), due)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_O, modifier=meeting.CONTROL | meeting.SHIFT)
    assert focus().accessibleName() == "Say who covers, 2 Marlon Price. The employer, 3 days overdue"
    press(Qt.Key.Key_Return)
    settle()
    assert "Say who covers. The employer, by" in says(page.case)


def test_nobody_who_said_no_is_named_by_an_action(work: AtWork) -> None:
    session = meeting.session(work)
    late(work, "Marlon", "Ring Marlon", 3)
    discussions.agree_to_discuss(work.desk, meeting.cases(work, session)[1].discussion, Topics.NO)
    assert "Begin with what is overdue" not in says(open_page(work, "prepare", session=session))
