"""Sentences that are often needed, put into the text that is written in: F8. They are the partnership's own, and what
is put in is then changed as any words are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.widgets.fields import LongText
from workwell_desktop.desktop.widgets.words import button_words
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.site import Phrase, PhraseUse
from workwell_desktop.services.desk import Desk

_WIDEST = 70
"""Letters of a sentence that a menu shows."""


class Phrases:
    """Those of the site pack, as it stands when they are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self) -> None:
        """Those for the text that has the focus stand first, the others behind what they are for."""
        field = QApplication.focusWidget()
        phrases = self._desk.site.phrases
        if not isinstance(field, LongText) or field.isReadOnly() or not phrases:
            if field is not None:
                announce(text("phrases.nothing" if isinstance(field, LongText) else "phrases.no_text"), field)
            return
        menu = QMenu(field)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(text("phrases.menu"))
        for one in (one for one in phrases if one.use == field.use):
            _offer(menu, field, one)
        menu.addSeparator()
        for use in PhraseUse:
            others = [one for one in phrases if one.use is use and use != field.use]
            if others:
                more = menu.addMenu(text(f"phrases.use.{use.value}"))
                for one in others:
                    _offer(more, field, one)
        menu.popup(field.viewport().mapToGlobal(field.cursorRect().bottomLeft()))
        menu.setActiveAction(menu.actions()[0])


def _offer(menu: QMenu, field: LongText, one: Phrase) -> None:
    short = one.words if len(one.words) <= _WIDEST else one.words[: _WIDEST - 1].rstrip() + "…"
    action = menu.addAction(button_words(short))
    action.setToolTip(one.words)
    action.triggered.connect(lambda _on=False: _put(field, one.words))


def _put(field: LongText, words: str) -> None:
    """At the cursor, with a space where words would touch; one step for undo."""
    cursor = field.textCursor()
    before = field.toPlainText()[: cursor.selectionStart()]
    cursor.insertText(("" if not before or before[-1].isspace() else " ") + words)
    field.setTextCursor(cursor)
