"""Forgets what was copied here: nothing of one person goes into another's record, and nothing outlives the lock."""

from functools import cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication


class Copies(QObject):
    """Notes whether the clipboard was last filled while this program was in front."""

    def __init__(self) -> None:
        super().__init__()
        self._ours = False
        QApplication.clipboard().dataChanged.connect(self._filled)

    def _filled(self) -> None:
        self._ours = QApplication.applicationState() is Qt.ApplicationState.ApplicationActive

    def forget(self) -> None:
        """Empties the clipboard when what is in it came from here; what another program put there stays."""
        clipboard = QApplication.clipboard()
        if self._ours or clipboard.ownsClipboard():
            clipboard.clear()
            self._ours = False


@cache
def copies() -> Copies:
    """The application's."""
    return Copies()
