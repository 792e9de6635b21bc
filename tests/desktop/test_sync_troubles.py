"""Whatever stands in the way of the hub has its sentence in the window, work goes on, and what is only here is said."""

import time
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desktop.laptop import Laptop
from tests.desktop.reader import Role, find, find_all, says, typed
from tests.desktop.two_laptops import comes
from workwell_desktop import errors
from workwell_desktop.desktop import syncing
from workwell_desktop.domain.participants import Participant
from workwell_desktop.errors import WorkWellError
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.desk import Desk
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.client import SyncReport
from workwell_desktop.sync.hub.wire import Address
from workwell_desktop.sync.standing import Account

OUT_OF_REACH, NOT_SYNCING = "The hub is not in reach.", "It does not sync."
IN_THE_WAY = (
    (errors.HubUnreachable(), "The hub did not answer.", OUT_OF_REACH),
    (errors.HubStopped(state="57P01"), "The hub ended the connection.", OUT_OF_REACH),
    (errors.HubProxy(status="403"), "(it answered 403)", OUT_OF_REACH),
    (errors.HubPortal(), "as hotels and guest networks do", OUT_OF_REACH),
    (errors.HubCertificate(), "The server that answered could not prove that it is", NOT_SYNCING),
    (errors.HubExpired(), "Check the date on this computer first", NOT_SYNCING),
    (errors.HubPlain(), "The way to this hub is not encrypted", NOT_SYNCING),
    (errors.HubFull(), "disk is full, so nothing more was sent", NOT_SYNCING),
    (errors.HubReadOnly(), "The hub only lets itself be read just now.", NOT_SYNCING),
    (errors.HubTooNew(least="0.9.0"), "The hub asks for version 0.9.0 of the program", NOT_SYNCING),
    (errors.HubIncompatible(), "tables are of another version than this program", NOT_SYNCING),
    (errors.HubRefused(), "The hub did not let this login in.", NOT_SYNCING),
    (errors.HubOfAnother(), "This hub belongs to another partnership", NOT_SYNCING),
    (errors.HubTrouble(), "The hub could not do that just now.", NOT_SYNCING),
)
"""What ended a try, a part of its sentence, and what the rail says."""
WENT = (
    (SyncReport(restored=True), "The hub had been set back to an earlier day."),
    (SyncReport(healed=True, forks=2), "What was written here went to the hub as from a computer of its own"),
    (SyncReport(forks=2), "Two computers write as this one"),
    (SyncReport(refused={"scope": 2}), "This computer may no longer write there."),
    (SyncReport(refused={"brand_new": 1}), "They are safe here and are offered again at each sync."),
    (SyncReport(kept_back=frozenset({"a"})), "A case is no longer shared with you. It goes from this computer once"),
    (SyncReport(revoked=frozenset({"a", "b"})), "2 cases are no longer shared with you and were taken off"),
    (SyncReport(clock_off=600), "This computer’s clock is 10 minutes off."),
)
"""What one that went through has to say."""


class Line:
    """A line to a hub on which nothing ever comes."""

    def listen(self) -> None: ...

    def close(self) -> None: ...

    def cut(self) -> None: ...

    floods = False
    """Whether somebody says without end that there is news."""

    def wait(self, seconds: float) -> bool:
        if self.floods:
            return True
        time.sleep(seconds)
        return False


class Hub:
    """What the next try meets."""

    def __init__(self) -> None:
        self.meets: WorkWellError | SyncReport = SyncReport()
        self.at: list[float] = []
        """When it was asked."""

    def reached(self, *_given: object) -> Line:
        if isinstance(self.meets, WorkWellError):
            raise self.meets
        return Line()

    def sync(self, store: Any, _link: Line, clock: Any, _progress: object = None) -> SyncReport:
        self.at.append(time.monotonic())
        if isinstance(self.meets, WorkWellError):
            raise self.meets
        standing.keep_synced(store, clock.now().isoformat())
        return self.meets


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    made = Hub()
    monkeypatch.setattr(client, "reached", made.reached)
    monkeypatch.setattr(client, "sync", made.sync)
    pace = syncing.Pace(rest=60, quick=60, every=600, again=(600.0,), look=0.01, least=0.1)
    monkeypatch.setattr(syncing, "PACE", pace)
    return made


def only_here(desk: Desk) -> int:
    return desk.store.only_here().changes


def test_each_trouble_is_said_work_goes_on_and_what_is_only_here_stays_in_sight(
    at_laptop_working: Laptop, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = at_laptop_working
    one.unlock()
    standing.keep_account(one.desk.store, Account(Address("hub.example.org"), "laptop", "secret"))
    with one.desk.read() as reader:
        dani = reader.list(Participant)[0].id
    page = one.go("sync")
    under_way = page.context.syncing
    went: list[object] = []
    under_way.synced.connect(went.append)
    under_way.begin()
    assert comes(lambda: len(went) == 1)
    monkeypatch.setattr(Line, "floods", True)
    assert comes(lambda: len(hub.at) >= 4)
    monkeypatch.setattr(Line, "floods", False)
    gaps = [later - earlier for earlier, later in pairwise(hub.at[1:])]
    assert min(gaps) > 0.09, "kept busy by who only says that there is news"
    every: list[tuple[WorkWellError | SyncReport, str, str]] = [*IN_THE_WAY]
    every += [(met, said, "Synced") for met, said in WENT]
    for number, (met, said, rail) in enumerate(every):
        name = type(met).__name__ if isinstance(met, WorkWellError) else str(met)
        failed, before = isinstance(met, WorkWellError), len(went)
        hub.meets = met
        one.clock.set(one.clock.now() + timedelta(seconds=1))
        # work goes on
        participants.edit(one.desk, dani, town=f"Town {number}")
        QTest.keyClick(one.window, Qt.Key.Key_F9)
        if failed:
            assert comes(lambda: under_way.now.failed == one.clock.now()), name
        else:
            assert comes(lambda at=before: len(went) > at), name  # type: ignore[misc]
        one.rest()
        there = says(one.window)
        assert said in there, (name, there)
        assert rail in there, (name, there)
        assert f"{only_here(one.desk)} changes since 10:42am exist only here" in there, name
        assert ("The last sync did not go through." in there) is failed, name
        assert page._button.isEnabled(), name
    # the Tab key reads as the eye does: what is only here, then the card beside it
    now: QWidget | None = find(page, Role.Button, "Open the record: Danielle Marsh")
    assert now is not None
    now.setFocus()
    stops: list[QWidget] = []
    while find(page, Role.EditableText, "File from a colleague") not in stops:
        QTest.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        assert page.isAncestorOf(now), "reached without leaving the page"
        stops.append(now)
    assert find(page, Role.Button, "See what others changed in my cases") in stops
    # from the keyboard too, with the hub as it was at the worst
    details = one.go("details", participant=str(dani))
    assert comes(lambda: bool(find_all(details, Role.EditableText, "Town")))
    find(details, Role.EditableText, "Town").selectAll()  # type: ignore[attr-defined]
    typed(details, "Town", "Hebble")
    QTest.keyClick(find(details, Role.EditableText, "Town"), Qt.Key.Key_Tab)
    assert comes(lambda: participants.get(one.desk, dani).town == "Hebble")
