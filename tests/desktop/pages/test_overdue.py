"""Overdue actions head the page on which an agenda is prepared."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.meeting import open_page
from tests.desktop.reader import Role, click, find_all, says
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.sessions import Topics
from workwell_desktop.services import discussions, obstacles
from workwell_desktop.services.obstacles import OwnedBy


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
    words = says(work.page)
    assert words.index("1 Danielle Marsh: Ask for the scan") < words.index("1 Danielle Marsh: Ring the employer")
    assert "Maya Okafor, 9 days overdue" in words
    assert words.index("Begin with what is overdue") < words.index("Add a case")
    assert "Book a room" not in words
    click(work.page, Role.Button, "Show all 4")
    settle()
    assert "Book a room" in says(work.page)
    assert not find_all(work.page, Role.Button, "Show all 4")


def test_nobody_who_said_no_is_named_by_an_action(work: AtWork) -> None:
    session = meeting.session(work)
    late(work, "Marlon", "Ring Marlon", 3)
    discussions.agree_to_discuss(work.desk, meeting.cases(work, session)[1].discussion, Topics.NO)
    assert "Begin with what is overdue" not in says(open_page(work, "prepare", session=session))
