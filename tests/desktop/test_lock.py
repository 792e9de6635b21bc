"""What stands behind the lock: no key, no open store, no page; and what locks besides a key: rest and sleep."""

import ctypes
import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator
from ctypes import wintypes
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop import laptop
from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, TOM, Laptop, at_the_laptop
from tests.desktop.reader import Role, find, says
from tests.support.tree import ROOT
from workwell_desktop.desktop import suspend
from workwell_desktop.desktop.pages.session.projector import Projector
from workwell_desktop.desktop.screenshots import wait_for
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Presence
from workwell_desktop.services.administration import audit, partnership
from workwell_desktop.services.meeting import agenda, session_pages, sessions


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locking") / "made.workwell"
    laptop.make(path)
    return path


@pytest.fixture
def at(qapp: QApplication, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path))
    with at_the_laptop(made, tmp_path) as found:
        assert wait_for(qapp, lambda: found.program._preloading is not None)
        found.unlock(MAYA)
        yield found


def test_neither_desk_nor_key_is_left_behind_the_lock(at: Laptop) -> None:
    at.go("participants")
    desk = at.desk
    left = [weakref.ref(desk), weakref.ref(desk.identity), weakref.ref(desk.store)]
    del desk
    at.program.lock()
    at.rest()
    gc.collect()
    assert [one() for one in left] == [None, None, None]
    assert "Marsh" not in says(at.window)


def test_the_computers_other_users_may_open_the_store_meanwhile(at: Laptop, tmp_path: Path) -> None:
    store = at.desk.store
    at.program.lock()
    at.rest()
    assert store.closed
    assert not store._lock.is_locked
    at.unlock(MAYA)
    kinds = [one.kind for one in audit.my_own(at.desk)]
    assert kinds[:2] == [AuditKind.UNLOCKED, AuditKind.LOCKED]


def test_what_is_being_typed_is_in_the_store_before_it_is_closed(at: Laptop) -> None:
    at.go("settings", section="partnership")
    field = find(at.window, Role.EditableText, "Phone")
    field.setFocus()
    QTest.keyClicks(field, "01632 960 555")
    at.program._rest.timeout.emit()
    at.rest()
    assert at.program.workspace is None
    at.unlock(MAYA)
    assert find(at.window, Role.EditableText, "Phone").text() == "01632 960 555"  # type: ignore[attr-defined]
    assert (at.page.route, at.page.tabs.value()) == ("settings", "partnership")


def test_a_change_is_told_once_after_the_lock(at: Laptop) -> None:
    at.program.lock()
    at.rest()
    at.unlock(MAYA)
    told: list[object] = []
    at.program.operations.changed.connect(told.append)
    partnership.change(at.desk, phone="01632 960 100")
    settle()
    assert len(told) == 1


def watching(at: Laptop) -> suspend.Suspend:
    found = at.program.suspend
    assert found is not None
    assert found.watching
    return found


def test_the_lid_that_is_closed_locks(at: Laptop) -> None:
    found = watching(at)
    found.prepare(False)
    assert at.program.workspace is not None, "waking up alone locks nothing"
    found.prepare(True)
    settle()
    assert at.program.workspace is None
    assert not found.watching, "nothing is left to lock"


def test_a_time_of_day_that_ran_ahead_locks_at_the_first_touch(at: Laptop) -> None:
    watching(at)
    at.clock.set(at.clock.now() + timedelta(seconds=suspend.MOST / 2))
    QTest.keyClick(at.window.windowHandle(), Qt.Key.Key_Shift)
    assert at.program.workspace is not None
    at.clock.set(at.clock.now() + timedelta(hours=8))
    QTest.keyClick(at.window.windowHandle(), Qt.Key.Key_Shift)
    settle()
    assert at.program.workspace is None


def test_a_tick_that_comes_far_too_late_locks(at: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    found = watching(at)
    found.look()
    assert at.program.workspace is not None
    monkeypatch.setattr(suspend, "MOST", -suspend.TICK / 1000 - 1)
    found._tick.timeout.emit()
    settle()
    assert at.program.workspace is None


@pytest.mark.parametrize(("message", "word", "locked"), [(0x218, 4, True), (0x218, 7, False), (0x219, 4, False)])
def test_windows_says_it_by_a_message(at: Laptop, message: int, word: int, locked: bool) -> None:
    told = wintypes.MSG(None, message, word, 0, 0, wintypes.POINT(0, 0))
    messages = suspend._Messages(watching(at))
    assert messages.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(told)) == (False, 0)
    settle()
    assert (at.program.workspace is None) is locked


_OVER_A_BUS = """
import os
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from workwell_desktop.desktop.suspend import Suspend
from workwell_desktop.domain.clock import SystemClock

app = QCoreApplication([])
login = QDBusConnection.connectToBus(os.environ["DBUS_SESSION_BUS_ADDRESS"], "login")
login.registerService("org.freedesktop.login1")
suspend = Suspend(SystemClock())
suspend.watch()
print(suspend.listen_to(QDBusConnection.sessionBus()))
suspend.slept.connect(lambda: (print("slept"), app.quit()))
said = QDBusMessage.createSignal("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
said.setArguments([True])
QTimer.singleShot(0, lambda: login.send(said))
QTimer.singleShot(20000, app.quit)
app.exec()
"""


def test_logind_says_it_over_the_bus() -> None:
    try:
        done = subprocess.run(
            ["dbus-run-session", "--", sys.executable, "-c", _OVER_A_BUS],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no D-Bus daemon on this computer")
    assert done.stdout.split() == ["True", "slept"], done.stderr


def at_the_table(at: Laptop) -> tuple[Projector, str]:
    """A running session with one case at the table, shown to the room; gives the second window and the case."""
    desk = at.desk
    with desk.read() as reader:
        who = reader.list(Participant)[0].id
    session = sessions.create_session(desk, Id(min(desk.person.teams)), at.clock.now(), chair=desk.me)
    agenda.add_case(desk, session, who, question="First?")
    sessions.start_session(desk, session)
    for one in session_pages.view_session(desk, session).attendees:
        sessions.attend(desk, one.attendance, Presence.PRESENT)
    at.go("session", session=session)
    at.rest()
    at.page.instead.room.toggle()
    at.rest()
    (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, Projector) and one.isVisible())
    return window, str(at.page._item)


def test_at_the_lock_the_rooms_window_shows_its_card_at_once_and_never_comes_back_by_itself(at: Laptop) -> None:
    window, case = at_the_table(at)
    states = [window.resting]
    at.program.lock()
    states.append(window.resting)
    assert window.isVisible(), "the room sees a card, not the desk behind it"
    at.rest()
    at.unlock(MAYA)
    at.rest()
    states.append(window.resting)
    assert states == [False, True, True]
    assert (at.page.route, str(at.page._item), at.page.instead.room.state()) == ("session", case, "resting")
    at.page.instead.room.toggle()
    at.rest()
    assert not window.resting
    window.close()


def test_a_running_session_rests_after_its_own_time_and_other_pages_after_theirs(at: Laptop) -> None:
    usual = at.program._rest.interval()
    window, _case = at_the_table(at)
    pace = at.desk.site.pace
    assert at.program._rest.interval() == pace.session_lock_after_minutes * 60_000
    at.go("participants")
    assert at.program._rest.interval() == usual == pace.lock_after_minutes * 60_000
    window.close()


def test_somebody_else_who_signs_in_does_not_find_the_rooms_window(at: Laptop) -> None:
    window, _case = at_the_table(at)
    at.program.lock()
    at.rest()
    at.unlock(TOM)
    at.rest()
    assert not window.isVisible()
