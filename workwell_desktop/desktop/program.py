"""The way through the window: gate, work, lock, another person, the end. What a person may reach from where.

gate (first run | unlock | recovery)  ──▶  workspace  ── Ctrl+L, rest, sleep ──▶  unlock  ──▶  the same place, or
                                                                                               Today for another

Behind the lock the store is closed and nobody's key is left; what stays is the way to where one was.
"""

import gc
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workwell_desktop.assets import product
from workwell_desktop.desktop import chosen_files
from workwell_desktop.desktop.copies import copies
from workwell_desktop.desktop.gate import Begun, Gate, GateFacts, Join, NewStore
from workwell_desktop.desktop.operations import Operations
from workwell_desktop.desktop.pages.opening.unlock import UnlockPage
from workwell_desktop.desktop.shell.window import Window
from workwell_desktop.desktop.speaking import speak
from workwell_desktop.desktop.theme.fonts import load_more_fonts
from workwell_desktop.domain.clock import Clock
from workwell_desktop.errors import WorkWellError

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.assessment.handed import HandedScreen
    from workwell_desktop.desktop.shell.navigator import Way
    from workwell_desktop.desktop.shell.workspace import Workspace
    from workwell_desktop.desktop.suspend import Suspend
    from workwell_desktop.services.desk import Desk

_AFTER_PAINT = 20
"""Milliseconds from the first paint to the slow imports: two threads that import hold each other up."""

MakeWorkspace = Callable[["Desk", "Program"], "Workspace"]
"""Makes the workspace of a signed-in person; handed in by ``app``."""


FIRST = "today"
"""The page that a person begins at."""


class _Left(NamedTuple):
    person: str
    way: "Way"


class Program(QObject):
    """One for the application. ``ended`` of ``app`` closes the store after ``close``."""

    def __init__(
        self,
        gate: Gate,
        operations: Operations,
        clock: Clock,
        make_workspace: MakeWorkspace,
        window: Window | None = None,
    ) -> None:
        super().__init__()
        self.gate, self.operations, self.clock = gate, operations, clock
        self._make_workspace = make_workspace
        self.window = window or Window()
        self.language = ""
        """Spoken instead of what whoever signs in has chosen: for pictures and tests."""
        self._page: QWidget | None = None
        self._work: Workspace | None = None
        self._person = ""
        self._resting: tuple[QWidget, ...] = ()
        self._minutes = 10
        self._later = False
        self._left: _Left | None = None
        self.suspend: Suspend | None = None
        self._handed: HandedScreen | None = None
        self._ends: list[Callable[[], object]] = []
        self._preloading: threading.Thread | None = None
        self._after_paint = QTimer(self)
        self._after_paint.setSingleShot(True)
        self._after_paint.setInterval(_AFTER_PAINT)
        self._after_paint.timeout.connect(self._begin_preloading)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.lock)
        self.window.used.connect(self._used)
        self.window.closing.connect(self._closing)

    def start(self) -> None:
        """Shows the first page; what is slow is imported after it has been painted."""
        copies()
        chosen_files.remember_none()
        speak(self.language or self.gate.language())
        self.show_gate()
        self.window.show()

    @property
    def workspace(self) -> "Workspace | None":
        """What the signed-in person works in; None while nobody is."""
        return self._work if self._page is None else None

    # The gate

    def show_gate(self) -> None:
        """Unlock where a store is known, the first run where none is."""
        try:
            facts = self.gate.facts()
        except WorkWellError as error:
            # a store that is damaged, or none at all any more: say so, and offer the other ways
            self.show_first_run(error=error)
            return
        if facts is None or not facts.people:
            self.show_first_run()
            return
        self.window.set_rehearsal(facts.rehearsal)
        page = UnlockPage(facts, self.clock)
        page.painted.connect(self._preload)
        page.asked.connect(lambda person, passphrase: self._unlock(page, person, passphrase))
        page.rescue.connect(lambda person, passphrase: self._rescue(page, person, passphrase))
        page.forgotten.connect(lambda person: self._show_recovery(facts, person))
        page.other.connect(lambda: self.show_first_run(can_go_back=True))
        self._put(page)

    def show_first_run(self, *, can_go_back: bool = False, error: WorkWellError | None = None) -> None:
        """Begin, look around, open or bring back."""
        from workwell_desktop.desktop.pages.opening.first_run import FirstRunPage

        page = FirstRunPage(self.gate, can_go_back=can_go_back)
        page.painted.connect(self._preload)
        page.back.connect(self.show_gate)
        page.go_on.connect(self.enter)
        page.begin.connect(lambda new: self._create(page, new))
        page.demo.connect(lambda: self._look_around(page))
        page.open_store.connect(lambda path: self._choose(page, path))
        page.restore.connect(lambda backup, path: self._restore(page, backup, path))
        page.invitation.connect(lambda file, code: self._look_at_invitation(page, file, code))
        page.join.connect(lambda told: self._join(page, told))
        self._put(page)
        if error is not None:
            page.refused(error)

    def _show_recovery(self, facts: GateFacts, person: str) -> None:
        from workwell_desktop.desktop.pages.opening.recover import RecoverPage

        page = RecoverPage(self.gate, facts, person)
        page.back.connect(self.show_gate)

        def ask(code: str, who: str, passphrase: str) -> None:
            self._end_work()
            self.operations.run(page, lambda: self.gate.recover(code, who, passphrase), self.enter, page.refused)

        page.asked.connect(ask)
        self._put(page)

    def _unlock(self, page: UnlockPage, person: str, passphrase: str) -> None:
        def done(desk: "Desk") -> None:
            page.opened()
            self.enter(desk)

        self.operations.run(page, lambda: self.gate.unlock(person, passphrase), done, page.refused)

    def _rescue(self, page: UnlockPage, person: str, passphrase: str) -> None:
        """What can be read of a damaged store; what came over is said where the store is looked after."""

        def done(desk: "Desk") -> None:
            page.opened()
            self.enter(desk)
            if self._work is not None:
                self._work.navigator.go("settings", section="computer")

        self.operations.run(page, lambda: self.gate.rescue(person, passphrase), done, page.refused)

    def _create(self, page: Any, new: NewStore) -> None:
        def done(begun: Begun) -> None:
            page.show_code(begun)

        self._end_work()
        self.operations.run(page, lambda: self.gate.create(new), done, page.refused)

    def _look_at_invitation(self, page: Any, file: Path, code: str) -> None:
        self.operations.run(page, lambda: self.gate.invited(file, code), page.show_guests, page.refused)

    def _join(self, page: Any, told: Join) -> None:
        self._end_work()
        work: Any = partial(self.gate.join, told)
        self.operations.run(page, work, page.show_code, page.refused, page.show_far)

    def _look_around(self, page: Any) -> None:
        self._end_work()
        self.operations.run(page, self.gate.demo, self.enter, page.refused)

    def _choose(self, page: Any, path: Path) -> None:
        self._end_work()
        self.operations.run(page, lambda: self.gate.choose(path), lambda _facts: self.show_gate(), page.refused)

    def _restore(self, page: Any, backup: Path, path: Path) -> None:
        self._end_work()
        self.operations.run(
            page, lambda: self.gate.restore(backup, path), lambda _facts: self.show_gate(), page.refused
        )

    def _put(self, page: QWidget) -> None:
        old, self._page = self._page, page
        # the title of a page may hold a name, and a locked window shows it in the task bar
        self.window.setWindowTitle(product())
        self.window.put(page)
        if old is not None:
            self.window.drop(old)

    def _preload(self) -> None:
        """The page stands: now what is slow may begin, after the window has answered what came in meanwhile."""
        self._after_paint.start()

    def _begin_preloading(self) -> None:
        load_more_fonts()
        if self._preloading is None:
            # what stands now stays to the end: never looked through again. Only before anybody has signed in: what is
            # left of their work at the lock is to go
            gc.freeze()
            gc.enable()
            self._preloading = threading.Thread(target=self.gate.preload, name="preload", daemon=True)
            self._preloading.start()

    # Work

    def enter(self, desk: "Desk") -> None:
        """Somebody is signed in: back to where they were, or a workspace of their own."""
        left, self._left = self._left, None
        self._end_work()
        self._person = str(desk.me)
        self._work = work = self._make_workspace(desk, self)
        self.window.set_rehearsal(desk.rehearsal)
        self.window.put(work)
        resting, self._resting = self._resting, ()
        if left is not None and left.person == self._person:
            work.adopt(resting)
            work.navigator.follow(left.way)
        else:
            _close(resting)
            work.navigator.go(FIRST)
        if self._page is not None:
            self.window.drop(self._page)
            self._page = None
        facts = self.gate.facts()
        self._minutes = facts.lock_minutes if facts is not None else 10
        if not self._later:
            self._rest.setInterval(self._minutes * 60_000)
        self._rest.start()
        self._watch_sleep()

    def rest_after(self, minutes: int | None) -> None:
        """A running session rests later; None is the usual time again."""
        self._later = minutes is not None
        self._rest.setInterval((minutes or self._minutes) * 60_000)

    def lock(self) -> None:
        """The unlock page comes before everything. What was typed is saved, then the store is closed: who comes back
        opens it anew, and finds the page and the field where they were."""
        if self._handed is not None:
            self._handed.leave()
            left = self._left
            self._end_handing()
        elif self._work is not None and self._page is None:
            self._resting = self._work.rest_windows()
            left = _Left(self._person, self._work.navigator.rest())
        else:
            return
        self._rest.stop()
        if self.suspend is not None:
            self.suspend.rest()
        copies().forget()
        chosen_files.forget()
        self._end_work()
        self._left = left
        # after what the page has just asked to be saved: one thread does both, in order
        self.operations.run(None, self.gate.close, None, lambda _error: None)
        self.show_gate()

    def hand_over(self, screen: "HandedScreen") -> None:
        """A participant gets the laptop: ``screen`` is all there is until whoever signed in gives their passphrase.
        After a rest or a sleep, and after a crash, that is the unlock page."""
        if self._work is None or self._page is not None:
            return
        left = _Left(self._person, self._work.navigator.rest())
        self._work.close_windows()
        copies().forget()
        chosen_files.forget()
        self._end_work()
        self._left, self._handed = left, screen
        self.window.may_close = self._may_close
        screen.asked.connect(lambda passphrase: self._take_back(screen, passphrase))
        self._put(screen)

    def _take_back(self, screen: "HandedScreen", passphrase: str) -> None:
        def done(desk: "Desk") -> None:
            self._end_handing()
            self.enter(desk)

        person = self._person
        screen.leave()
        self.operations.run(screen, lambda: self.gate.unlock(person, passphrase), done, screen.refused)

    def _end_handing(self) -> None:
        """The laptop is back."""
        handed, self._handed = self._handed, None
        self.window.may_close = lambda: True
        if handed is not None:
            handed.end()

    def _may_close(self) -> bool:
        """In somebody else's hands the window stays; only the end of the whole session closes it."""
        app = QGuiApplication.instance()
        ending = isinstance(app, QGuiApplication) and app.isSavingSession()
        if not ending and self._handed is not None:
            self._handed.give_back()
        return ending

    def _watch_sleep(self) -> None:
        """Nobody who lifts the lid is to find an open record."""
        if self.suspend is None:
            from workwell_desktop.desktop.suspend import Suspend

            self.suspend = Suspend(self.clock)
            self.suspend.slept.connect(self.lock)
        self.suspend.watch()

    def at_end(self, act: Callable[[], object]) -> None:
        """``act`` is called when the person who signs in now makes room for another, or their store is closed."""
        self._ends.append(act)

    def _end_work(self) -> None:
        """Nothing of whoever worked here stays, nor of a store that is about to be closed."""
        self._left = None
        self._end_acts()
        if self._work is not None:
            work, self._work = self._work, None
            work.menus.close()
            work.navigator.forget()
            work.host.clear()
            self.window.drop(work)

    def _end_acts(self) -> None:
        ends, self._ends = self._ends, []
        for act in ends:
            act()

    def _used(self) -> None:
        if self.suspend is not None:
            # the first touch after a sleep comes before it does anything
            self.suspend.look()
        if self._rest.isActive():
            self._rest.start()

    def _closing(self) -> None:
        work = self.workspace
        if work is not None and work.host.page is not None:
            work.host.page.leave()
        if self._handed is not None:
            self._handed.leave()
        if self._work is not None:
            self._work.close_windows()
        _close(self._resting)

    def close(self) -> None:
        """Waits for what is under way; afterwards the store may be closed."""
        self._rest.stop()
        chosen_files.forget()
        if self.suspend is not None:
            self.suspend.rest()
        self._after_paint.stop()
        self._end_acts()
        self.operations.close()
        if self._preloading is not None:
            self._preloading.join()


def _close(windows: Iterable[QWidget]) -> None:
    for window in windows:
        window.close()
