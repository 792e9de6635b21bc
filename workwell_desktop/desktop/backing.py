"""Backups without asking, while somebody works: the day's own, and a word where none could be made for too long."""

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import Alert, Clear, column, outlined, text
from workwell_desktop.desktop.shell.context import Context
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import backups
from workwell_desktop.services.safekeeping.backups import BackupState

FIRST_MS = 60_000
"""From signing in to the first look: nobody who has just come in waits for a copy."""
EVERY_MS = 30 * 60_000


class Backing(Clear):
    """Stands above the page; empty while backups are as the rule wants them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._box = column(self, (0, 0, 0, 0), 0)
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.hide()
        if not context.desk.rehearsal:
            self._timer.start(FIRST_MS)

    def look(self) -> None:
        """Makes the day's backup where there is none yet, and says so where none could be made for too long."""
        self._timer.start(EVERY_MS)
        desk = self._context.desk
        self._context.operations.run(self, lambda: _looked(desk), self.show_state, lambda _error: self._ask(desk))

    def _ask(self, desk: Desk) -> None:
        self._context.operations.run(self, lambda: backups.state(desk), self.show_state, lambda _error: None)

    def show_state(self, state: BackupState) -> None:
        """One line, with the way to where it is put right; closed, it stays away until the next unlock."""
        while self._box.count():
            item = self._box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        wanted = state.late and not self._closed
        if wanted:
            act = outlined(text("settings.backup_see"), self._open, "save")
            why = text(f"errors.{state.failed}") if state.failed else text("settings.backup_late_note")
            title = text("settings.backup_late" if state.last else "settings.backup_none")
            bar = Alert(title, why, "due", act=act, on_close=self._close)
            self._box.addWidget(bar)
            bar.say_aloud()
        self.setVisible(wanted)

    def _open(self) -> None:
        self._context.navigator.go("settings", section="computer")

    def _close(self) -> None:
        self._closed = True
        self.hide()


def _looked(desk: Desk) -> BackupState:
    backups.daily(desk)
    return backups.state(desk)
