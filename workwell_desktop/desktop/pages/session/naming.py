"""One quiet line where what is written names somebody else: it warns, and never stops anybody."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt

from workwell_desktop.desktop.kit import Clear, Field, IconMark, Page, Words, announce, row, text
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.third_parties import Mention, Third
from workwell_desktop.services.person import third_parties


class NamedLine(Clear):
    """Hidden while nobody else is named. ``look`` reads the words of a case on the store's thread."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._words = ""
        box = row(self, (0, 2, 0, 0), 6)
        box.addWidget(IconMark("users-round", "due", 16), 0, Qt.AlignmentFlag.AlignTop)
        self.said = Words("", "note", "due")
        box.addWidget(self.said, 1)
        self.hide()

    def look(self, discussion: Id, words: str) -> None:
        """Says whom ``words`` name."""
        if words == self._words:
            return
        self._words, desk = words, self._page.context.desk
        if not words:
            self._say(())
            return

        def found(named: tuple[Mention, ...]) -> None:
            if words == self._words:
                self._say(named)

        self._page.run(lambda: third_parties.named(desk, discussion, words), found)

    def forget(self) -> None:
        """Another case is at the table."""
        self._words = ""
        self._say(())

    def _say(self, named: tuple[Mention, ...]) -> None:
        lines = [
            text(f"session.named.{who.value}", who=", ".join(one.words for one in named if one.who is who))
            for who in Third
            if any(one.who is who for one in named)
        ]
        said = " ".join(lines)
        if said and said != self.said.plain():
            announce(said, self)
        self.said.say(said)
        self.setVisible(bool(said))


class Naming(QObject):
    """Looks at fields when they are left. A field gets its line with the first name that is found in it."""

    def __init__(self, page: Page, discussion: Callable[[], Id | None]) -> None:
        super().__init__(page)
        self._page, self._discussion = page, discussion
        self._lines: dict[Field, NamedLine] = {}

    def watch(self, field: Field) -> None:
        """Follows what is typed in ``field``."""
        field.control.done.connect(lambda: self._left(field))

    def forget(self) -> None:
        """Another case is at the table: what was said of the last one goes."""
        for line in self._lines.values():
            line.forget()

    def _left(self, field: Field) -> None:
        control: Any = field.control
        discussion, words = self._discussion(), control.value()
        if discussion is None or control.isReadOnly() or (not words and field not in self._lines):
            return
        if field not in self._lines:
            self._lines[field] = NamedLine(self._page)
            layout = field.layout()
            assert layout is not None  # noqa: S101 - a field is made with one
            layout.addWidget(self._lines[field])
        self._lines[field].look(discussion, words)
