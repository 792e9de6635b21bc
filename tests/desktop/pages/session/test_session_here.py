"""Who is here: a choice is taken and not come past, and a part of the time says from when to when."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import meeting
from tests.desktop.pages.at_work import AtWork, focus, press, write
from tests.desktop.pages.meeting import CONTROL, SHIFT, open_page
from tests.desktop.reader import Role, find, find_all, says, typed
from workwell_desktop.desktop.pages.session.times import moment_of
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Presence
from workwell_desktop.services.meeting import sessions
from workwell_desktop.services.meeting.session_views import Attendee


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("here") / "made.workwell"
    meeting.make(path)
    return path


@pytest.fixture
def work(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with meeting.begin(made, tmp_path) as found:
        yield found


def helen(work: AtWork, session: Id) -> Attendee:
    """The chair as the record has her."""
    return next(one for one in meeting.view(work, session).attendees if one.chair)


def test_letters_on_the_way_to_a_name_ask_nobody(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_H, modifier=CONTROL | SHIFT)
    field = find(page, Role.ComboBox, "One more of ours")
    field.setFocus()
    write("Priya N")
    assert field.currentText() == "Priya Nair"  # type: ignore[attr-defined]
    press(Qt.Key.Key_Tab)
    settle()
    assert len(meeting.view(work, session).attendees) == 2, "to come past a name asks nobody"
    assert field.value() is None  # type: ignore[attr-defined]
    field.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    settle()
    assert len(meeting.view(work, session).attendees) == 2, "Escape puts it back"
    write("Priya")
    press(Qt.Key.Key_Return)
    settle()
    assert [one.presence for one in meeting.view(work, session).attendees if one.name == "Priya Nair"] == [
        Presence.PRESENT
    ]


def test_a_choice_in_the_open_list_is_taken_at_once(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_H, modifier=CONTROL | SHIFT)
    field = find(page, Role.ComboBox, "One more of ours")
    field.setFocus()
    field.showPopup()  # type: ignore[attr-defined]
    settle()
    view = field.view()  # type: ignore[attr-defined]
    view.setCurrentIndex(view.model().index(field.findText("Priya Nair"), 0))  # type: ignore[attr-defined]
    QTest.keyClick(view, Qt.Key.Key_Return)
    settle()
    assert "Priya Nair" in [one.name for one in meeting.view(work, session).attendees]


def test_arrows_move_a_presence_and_leaving_it_takes_it(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_H, modifier=CONTROL | SHIFT)
    field = find(page, Role.ComboBox, "Presence of Helen Frost")
    field.setFocus()
    press(Qt.Key.Key_Down)
    settle()
    assert helen(work, session).presence is Presence.PRESENT
    assert "quorum met" in says(page.bar)
    press(Qt.Key.Key_Tab)
    settle()
    assert helen(work, session).presence is Presence.REMOTE


def test_somebody_who_was_there_for_a_part_has_a_from_and_a_to(work: AtWork) -> None:
    session = meeting.session(work)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_H, modifier=CONTROL | SHIFT)
    assert not find_all(page, Role.EditableText, "Helen Frost was here from")
    began = meeting.view(work, session).started_at
    assert began is not None
    work.clock.set(began + timedelta(minutes=45))
    find(page, Role.ComboBox, "Presence of Helen Frost").setFocus()
    write("Here for")
    press(Qt.Key.Key_Return)
    settle()
    assert (helen(work, session).here, helen(work, session).left_at) == (False, began + timedelta(minutes=45))
    start = began.astimezone(LONDON)
    came, left = start + timedelta(minutes=5), start + timedelta(minutes=40)
    for name, words in (("from", f"{came:%H:%M}"), ("to", f"{came - timedelta(minutes=1):%H:%M}")):
        find(page, Role.EditableText, f"Helen Frost was here {name}").setFocus()
        focus().selectAll()  # type: ignore[attr-defined]
        write(words)
        press(Qt.Key.Key_Tab)
    settle()
    assert "Give an end that is not before the start." in says(page)
    assert helen(work, session).left_at == began + timedelta(minutes=45), "nothing half is kept"
    find(page, Role.EditableText, "Helen Frost was here to").setFocus()
    focus().selectAll()  # type: ignore[attr-defined]
    write(f"{left:%H:%M}")
    press(Qt.Key.Key_Tab)
    settle()
    found = helen(work, session)
    assert (found.presence, found.came_at, found.left_at) == (Presence.PART, came, left)
    assert "Give an end" not in says(page)
    assert "quorum not met" in says(page.bar)
    find(page, Role.EditableText, "Helen Frost was here to").setFocus()
    focus().selectAll()  # type: ignore[attr-defined]
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Tab)
    settle()
    assert (helen(work, session).here, helen(work, session).left_at) == (True, None), "an empty end: still here"
    assert "quorum met" in says(page.bar)


def test_a_time_that_cannot_be_read_is_said_at_its_field(work: AtWork) -> None:
    session = meeting.session(work)
    sessions.attend(work.desk, helen(work, session).attendance, Presence.PART)
    before = helen(work, session)
    page = open_page(work, "session", session=session)
    press(Qt.Key.Key_H, modifier=CONTROL | SHIFT)
    typed(page, "Helen Frost was here to", "99")
    press(Qt.Key.Key_Tab)
    settle()
    assert "Give a time like 09:30." in says(page)
    assert helen(work, session) == before


def test_a_time_after_midnight_is_that_of_the_day_after() -> None:
    began = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    assert moment_of(time(0, 10), began) == datetime(2026, 11, 25, 0, 10, tzinfo=UTC)
    assert moment_of(time(22, 15), began) == datetime(2026, 11, 24, 22, 15, tzinfo=UTC), "who came early came today"
    assert moment_of(time(9, 0), datetime(2026, 7, 1, 8, 30, tzinfo=UTC)).astimezone(UTC) == datetime(
        2026, 7, 1, 8, 0, tzinfo=UTC
    ), "clocks in London"


def test_f6_goes_through_bar_agenda_case_and_decision_and_escape_leaves_a_panel(work: AtWork) -> None:
    page = open_page(work, "session", session=meeting.session(work))
    page.bar.end.setFocus()
    seen = []
    for _ in range(4):
        press(Qt.Key.Key_F6)
        seen.append(
            next(
                name
                for name, part in (
                    ("agenda", page.agenda),
                    ("case", page.case),
                    ("decision", page.decision),
                    ("bar", page.bar),
                )
                if part.isAncestorOf(focus())
            )
        )
    assert seen == ["agenda", "case", "decision", "bar"]
    press(Qt.Key.Key_H, modifier=CONTROL | SHIFT)
    assert not find_all(page, Role.Button, "Open record")
    press(Qt.Key.Key_Escape)
    settle()
    assert find(page, Role.Button, "Open record")
    assert focus() is page.agenda.change
