"""Spelling while one writes: a wavy line under words that no dictionary knows, and on F7 what may have been meant.

    a long text gets the focus ─▶ its marks, made once ─ words ─▶ a thread of their own: the dictionary ─▶ the marks

The dictionary is read when the first long text is written in, and never waits for the store nor the store for it.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit, QWidget

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.operations import Change, Operations
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.fields import LongText
from workwell_desktop.desktop.widgets.words import button_words
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.spelling import OwnWord, Word, words_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import spelling

_PAUSE = 250
"""Milliseconds after the last key before the words are looked at."""

_KIND = "own_word"


class Spelling(QObject):
    """One for whoever is signed in; ``close`` when they leave."""

    looked = Signal()
    """More is known about words."""

    def __init__(self, desk: Desk, operations: Operations) -> None:
        super().__init__()
        self._desk, self._operations = desk, operations
        self._reading = operations.beside()
        self._asked: set[str] = set()
        self._wrong: set[str] = set()
        self._own: frozenset[str] = frozenset()
        self._app = QApplication.instance()
        if isinstance(self._app, QApplication):
            self._app.focusChanged.connect(self._focus_moved)
        operations.changed.connect(self._changed)
        self._began = False

    def close(self) -> None:
        """No text is looked at any more."""
        if isinstance(self._app, QApplication):
            self._app.focusChanged.disconnect(self._focus_moved)
        self._operations.changed.disconnect(self._changed)
        self._reading.close()

    def next_word(self) -> None:
        """In the text that is written in: the next word with a wavy line, and what may have been meant."""
        field = QApplication.focusWidget()
        marks = field.findChild(Marks) if isinstance(field, LongText) else None
        if isinstance(marks, Marks):
            marks.next_word()
        elif field is not None:
            announce(text("spelling.no_text"), field)

    def is_wrong(self, word: str) -> bool:
        """Whether the word was looked at, and nobody knows it."""
        return word in self._wrong and word.replace("’", "'") not in self._own

    def look(self, words: Iterable[str]) -> None:
        """Looks at those words that nobody asked about before; ``looked`` tells."""
        fresh = frozenset(words) - self._asked
        if not fresh:
            self.looked.emit()
            return
        self._asked |= fresh
        self._reading.run(self, lambda: spelling.unknown(fresh), self._learn)

    def suggest(self, menu: "SpellingMenu", word: str) -> None:
        """Puts what may have been meant into a menu, when it is found."""
        self._reading.run(menu, lambda: spelling.suggestions(word), menu.offer)

    def add(self, word: str) -> None:
        """The partnership's own word from now on."""
        desk = self._desk
        self._operations.run(self, lambda: spelling.add_word(desk, word))

    def _learn(self, wrong: frozenset[str]) -> None:
        self._wrong |= wrong
        self.looked.emit()

    def _changed(self, records: frozenset[Change]) -> None:
        if self._began and any(kind == _KIND for kind, _record, _scope in records):
            self._read_own()

    def _read_own(self) -> None:
        desk = self._desk
        self._operations.run(self, lambda: spelling.own_words(desk), self._know)

    def _know(self, found: tuple[OwnWord, ...]) -> None:
        self._own = frozenset(one.text or "" for one in found)
        self.looked.emit()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, LongText) and not now.isReadOnly() and now.findChild(Marks) is None:
            if not self._began:
                self._began = True
                self._read_own()
            Marks(now, self)


class Marks(QObject):
    """The wavy lines of one text. They are drawn over it and change nothing in it: no undo step, nothing to save."""

    def __init__(self, field: LongText, speller: Spelling) -> None:
        super().__init__(field)
        self._field, self._speller = field, speller
        self._words: list[Word] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.look)
        field.textChanged.connect(self._timer.start)
        speller.looked.connect(self._draw)
        field.done.connect(self.look)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        field.customContextMenuRequested.connect(self._menu_at)
        self.look()

    @property
    def wrong(self) -> tuple[Word, ...]:
        """The words that are marked now, from the beginning of the text to its end."""
        return tuple(word for word in self._words if self._speller.is_wrong(word.text))

    def look(self) -> None:
        """Looks at the text as it stands, but for the word that is being typed."""
        place = self._place() if self._field.hasFocus() else -1
        self._words = [word for word in words_in(self._field.toPlainText()) if word.end != place]
        self._speller.look({word.text for word in self._words})

    def next_word(self) -> None:
        """Chooses the next marked word, from the first again after the last, and opens its menu."""
        self.look()
        place = self._place()
        found = next((word for word in self.wrong if word.start >= place), next(iter(self.wrong), None))
        if found is None:
            announce(text("spelling.nothing"), self._field)
            return
        cursor = self._cursor(found)
        self._field.setTextCursor(cursor)
        self._open(found, self._field.viewport().mapToGlobal(self._field.cursorRect(cursor).bottomLeft()))

    def put(self, word: Word, instead: str) -> None:
        """Writes another word in the place of one, as one step that can be undone."""
        cursor = self._cursor(word)
        cursor.insertText(instead)
        self._field.setTextCursor(cursor)
        self.look()

    def _menu_at(self, point: QPoint) -> None:
        """By the mouse or the menu key: what may have been meant, or what a text always offers."""
        place = self._place(self._field.cursorForPosition(point))
        found = next((word for word in self.wrong if word.start <= place <= word.end), None)
        where = self._field.viewport().mapToGlobal(point)
        if found is not None:
            self._open(found, where)
            return
        menu = self._field.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _open(self, word: Word, where: QPoint) -> None:
        menu = SpellingMenu(self._field, self, self._speller, word)
        menu.popup(where)
        self._speller.suggest(menu, word.text)

    def _draw(self) -> None:
        self._field.setExtraSelections([self._selection(word) for word in self.wrong])

    def _selection(self, word: Word) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(theme().colour("risk"))
        selection.format = look
        selection.cursor = self._cursor(word)
        return selection

    def _cursor(self, word: Word) -> QTextCursor:
        words = self._field.toPlainText()
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(_units(words[: word.start]))
        cursor.setPosition(_units(words[: word.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _place(self, cursor: QTextCursor | None = None) -> int:
        """Where a cursor stands, in letters as Python counts them."""
        at = (cursor or self._field.textCursor()).position()
        units = self._field.toPlainText().encode("utf-16-le")
        return len(units[: 2 * at].decode("utf-16-le", errors="ignore"))


class SpellingMenu(QMenu):
    """What may have been meant, and below it what a text always offers."""

    def __init__(self, field: LongText, marks: Marks, speller: Spelling, word: Word) -> None:
        super().__init__(field)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(text("spelling.menu", word=word.text))
        self._marks, self._word = marks, word
        self._waiting = self.addAction(text("spelling.looking"))
        self._waiting.setEnabled(False)
        self._rule = self.addSeparator()
        add = self.addAction(button_words(text("spelling.add", word=word.text)))
        add.triggered.connect(lambda _on=False: speller.add(word.text))
        usual = field.createStandardContextMenu()
        usual.setParent(self)
        self.addSeparator()
        self.addActions(usual.actions())

    def offer(self, suggestions: tuple[str, ...]) -> None:
        """Puts what was found at the top; the first is chosen already."""
        self.removeAction(self._waiting)
        if not suggestions:
            none = self.addAction(text("spelling.none"))
            none.setEnabled(False)
            self.insertAction(self._rule, none)
            return
        for one in suggestions:
            action = self.addAction(button_words(one))
            action.triggered.connect(lambda _on=False, instead=one: self._marks.put(self._word, instead))
            self.insertAction(self._rule, action)
        self.setActiveAction(self.actions()[0])


def _units(words: str) -> int:
    """How many places the document counts for these letters: two for each beyond the first 65,536."""
    return len(words.encode("utf-16-le")) // 2
