"""A word inside the window, on whatever page one is: an appointment begins soon, or somebody is not back from a visit.

Nothing leaves the window: no notification of the system could be read over a shoulder, or on a locked screen.
"""

from functools import partial

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import Alert, Clear, clock_words, column, outlined, text
from workwell_desktop.desktop.shell.context import Context
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.appointments import Appointment
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.person import appointments
from workwell_desktop.services.person.appointments import Reminder

EVERY_MS = 60_000
LATER_MS = 3_000
"""When the page in front has long been there."""
MOST = 2
"""Lines at once: the others come when these are answered."""


class Reminding(Clear):
    """Stands above the page; empty while there is nothing to say. It looks once a minute."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._box = column(self, (0, 0, 0, 0), 0)
        self._shown: tuple[Reminder, ...] = ()
        self._answered: frozenset[Id] = frozenset()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.hide()
        if context.desk.may(Act.READ, Appointment):
            self._timer.start()
            # after the page in front has asked for what it shows
            QTimer.singleShot(0, self, self.look)
        if context.desk.may(Act.MANAGE_PEOPLE, Person):
            QTimer.singleShot(LATER_MS, self, self.keep)

    def keep(self) -> None:
        """What an administrator's unlocking renews without being asked: the list of certificates taken back."""
        desk = self._context.desk

        def work() -> bool:
            # loads what reads certificates, for which nobody waits who opens a store
            from workwell_desktop.services.administration import revocation

            return revocation.keep_fresh(desk)

        self._context.operations.run(self, work, None, lambda _error: None)

    def look(self) -> None:
        """Asks what is to be called to mind now."""
        desk = self._context.desk
        self._context.operations.run(self, lambda: appointments.reminders(desk), self.show_these, lambda _error: None)

    def show_these(self, found: tuple[Reminder, ...]) -> None:
        """Shows them, and says aloud what is new."""
        found = tuple(one for one in found if one.kind == "back" or one.contact not in self._answered)[:MOST]
        if found == self._shown:
            return
        new, self._shown = [one for one in found if one not in self._shown], found
        while self._box.count():
            item = self._box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in found:
            bar = self._bar(one)
            self._box.addWidget(bar)
            if one in new:
                bar.say_aloud()
        self.setVisible(bool(found))

    def _bar(self, one: Reminder) -> Alert:
        at = clock_words(one.at.astimezone(LONDON))
        if one.kind == "soon":
            title = text("reminder.soon", name=one.name, time=at)
            act = outlined(text("reminder.open"), partial(self._open, one), "calendar")
            return Alert(title, "", "info", act=act, on_close=partial(self._close, one))
        if one.mine:
            act = outlined(text("reminder.i_am_back"), partial(self._back, one), "house")
            return Alert(text("reminder.back_mine", time=at), text("reminder.back_mine_line"), "risk", act=act)
        act = outlined(text("reminder.they_are_back", name=one.owner), partial(self._back, one), "house")
        title = text("reminder.back_theirs", owner=one.owner, time=at)
        return Alert(title, text("reminder.back_theirs_line"), "risk", act=act)

    def _open(self, one: Reminder) -> None:
        self._close(one)
        self._context.navigator.go("appointment", participant=str(one.participant), contact=str(one.contact))

    def _close(self, one: Reminder) -> None:
        self._answered |= {one.contact}
        self.show_these(tuple(each for each in self._shown if each != one))

    def _back(self, one: Reminder) -> None:
        desk = self._context.desk
        self._context.operations.run(
            self, lambda: appointments.back(desk, one.contact), lambda _no: self.look(), lambda _error: None
        )
