"""Shows the page of the place that the navigator is at, and passes changes on to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workwell_desktop.desktop.copies import copies
from workwell_desktop.desktop.operations import Change
from workwell_desktop.desktop.shell.context import Context
from workwell_desktop.desktop.shell.navigator import Place
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.theme.theme import refresh


class Host(QWidget):
    """Holds one page at a time: nothing of another person's page stays behind."""

    shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shell")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.page: Page | None = None
        self._context: Context | None = None
        self._participant = ""

    def serve(self, context: Context) -> None:
        """Follows a navigator."""
        self._context = context
        context.navigator.leaving.connect(self._leave)
        context.navigator.went.connect(self._show)
        context.operations.changed.connect(self._changed)

    def _leave(self, place: Place) -> None:
        if self.page is not None:
            place.memory = self.page.keep()
            self.page.leave()

    def _show(self, place: Place) -> None:
        if self._context is None:
            return
        participant = place.params.get("participant", "")
        if participant and participant != self._participant:
            copies().forget()
            self._participant = participant
        made: Page = self._context.navigator.routes.maker(place.route)(self._context)
        old, self.page = self.page, made
        if old is not None:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._box.addWidget(made)
        made.open(place.params, dict(place.memory))
        refresh(made)
        self.shown.emit(made)

    def _changed(self, records: frozenset[Change]) -> None:
        if self.page is not None:
            self.page.changed(records)

    def clear(self) -> None:
        """Nobody is signed in."""
        if self.page is not None:
            self._box.removeWidget(self.page)
            self.page.hide()
            self.page.deleteLater()
            self.page = None
