"""One of many options, found by typing a part of its words."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.choices import Option
from workwell_desktop.desktop.widgets.text_field import TextField
from workwell_desktop.domain.screen import text

_SHOWN = 8


class TypeAhead(TextField):
    """``code()`` is the code of the option whose words stand in the field; ``value()`` what stands there.

    With ``free`` other words are an answer too; without, they are kept and named as a fault.
    """

    def __init__(self, options: Sequence[Option], *, free: bool = False, width: int = 0) -> None:
        self._options = list(options)
        self._free = free
        super().__init__("", width=width)
        found = QCompleter(QStringListModel([words for _code, words in self._options], self), self)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setMaxVisibleItems(_SHOWN)
        found.activated.connect(lambda _words: self._finished())
        self.setCompleter(found)
        self.restyle()

    def code(self) -> str | None:
        """The option that is meant; None for none, and for other words."""
        said = self.value().casefold()
        return next((code for code, words in self._options if words.casefold() == said), None)

    def set_code(self, code: str | None) -> None:
        """Shows an option, or none."""
        self.set_value(next((words for own, words in self._options if own == code), ""))

    def fault(self) -> str | None:
        if not self.value() or self._free or self.code() is not None:
            return None
        return text("fields.no_such_option")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down shows what there is, also before anything is typed."""
        found = self.completer()
        listed = found.popup() if found is not None else None
        if event.key() == Qt.Key.Key_Down and found is not None and listed is not None and not listed.isVisible():
            found.setCompletionPrefix(self.value())
            if not found.completionCount():
                found.setCompletionPrefix("")
            found.complete()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """The list goes first: while it is open Qt does not say that the field is left."""
        found = self.completer()
        listed = found.popup() if found is not None else None
        if listed is not None and listed.isVisible():
            listed.hide()
        return super().focusNextPrevChild(onward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Words that fit one option alone are that option."""
        said = self.value().casefold()
        fits = [words for _code, words in self._options if said and said in words.casefold()]
        if not self._free and len(fits) == 1 and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.set_value(fits[0])
        super().focusOutEvent(event)

    def restyle(self) -> None:
        super().restyle()
        found = self.completer()
        listed = found.popup() if found is not None else None
        if listed is not None:
            listed.setObjectName("listed")
            listed.setFont(theme().font("body"))
