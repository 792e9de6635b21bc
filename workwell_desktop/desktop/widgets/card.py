"""The card: a white sheet with a title; the quotation; the summary list; the label with a value."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.buttons import Button
from workwell_desktop.desktop.widgets.layouts import Clear, column, row, rule, spaced
from workwell_desktop.desktop.widgets.turning import Turning
from workwell_desktop.desktop.widgets.words import Heading, Words


class Card(QFrame):
    """``add`` puts things below each other; ``note`` stands at the right of the title, or any widget as ``corner``.

    ``flush`` lets what is added reach the edges, for lists whose lines go right across.
    """

    def __init__(
        self,
        title: str = "",
        note: str = "",
        *,
        corner: QWidget | None = None,
        gap: int = 6,
        kind: str = "section",
        flush: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self.body = column(self, (1, 12, 1, 8) if flush else (16, 12, 16, 14), gap)
        self.heading: Heading | None = None
        self.note: Words | None = None
        if title or note or corner:
            head = row(None, (15, 0, 15, 2) if flush else (0, 0, 0, 0), 12)
            words = Turning(needs=self._head_needs)
            head.addLayout(words, 1)
            if title:
                self.heading = Heading(title, kind)
                words.addWidget(self.heading, 1)
                self.setAccessibleName(title)
            if note:
                self.note = Words(note, "note", "soft")
                words.addWidget(self.note, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            if corner is not None:
                head.addWidget(corner, 0, Qt.AlignmentFlag.AlignVCenter)
            self.body.addLayout(head)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _head_needs(self) -> int:
        """The title and its note on one line; with less room the note stands below."""
        parts = [one.sizeHint().width() for one in (self.heading, self.note) if one is not None]
        return sum(parts) + theme().space(12) * (len(parts) - 1) if len(parts) > 1 else 0

    def add(self, *widgets: QWidget, stretch: int = 0) -> "Card":
        """Puts widgets below what is there."""
        for widget in widgets:
            self.body.addWidget(widget, stretch)
        return self

    def add_left(self, widget: QWidget) -> "Card":
        """A button or tag that keeps its own width."""
        self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        return self

    def rule(self) -> "Card":
        """A hairline."""
        self.body.addWidget(rule())
        return self

    def end(self) -> "Card":
        """What follows is kept at the top; the rest of the card stays empty."""
        self.body.addStretch(1)
        return self

    def clear(self) -> None:
        """Takes away everything but the title."""
        first = 1 if self.heading or self.note else 0
        while self.body.count() > first:
            item = self.body.takeAt(self.body.count() - 1)
            empty(item)


def empty(item: object) -> None:
    """Removes what a layout held; the widgets go with the next turn of the event loop."""
    widget = item.widget() if hasattr(item, "widget") else None
    if widget is not None:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
        return
    inner = item.layout() if hasattr(item, "layout") else None
    while inner is not None and inner.count():
        empty(inner.takeAt(0))


class Quote(QFrame):
    """The person's own words, or the question for the team, on lilac with a plum bar."""

    def __init__(self, words: str, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setProperty("part", "quote")
        box = column(self, (12, 8, 12, 8), 2)
        if title:
            box.addWidget(Words(title, "note", "neutral", weight=600))
        box.addWidget(Words(words, "body", reading=True))
        if note:
            box.addWidget(Words(note, "note", "soft"))


class SummaryList(Clear):
    """What is said under which name, in two columns; a third may hold a button to change it."""

    def __init__(self, rows: Sequence[tuple[str, str] | tuple[str, str, Button]] = (), *, ruled: bool = False) -> None:
        super().__init__()
        self._ruled = ruled
        self._grid = QGridLayout(self)
        spaced(self._grid, (0, 0, 0, 0), 7)
        self._grid.setColumnStretch(1, 1)
        self.restyle()
        self._row = 0
        for line in rows:
            self.add(*line)

    def restyle(self) -> None:
        self._grid.setHorizontalSpacing(theme().space(20))

    def add(self, name: str, value: str | QWidget, act: QWidget | None = None) -> None:
        """One line more."""
        if self._ruled and self._row:
            self._grid.addWidget(rule(), self._row, 0, 1, 3)
            self._row += 1
        top = Qt.AlignmentFlag.AlignTop
        label = Words(name, "note", "soft", wrap=False)
        shown = Words(value) if isinstance(value, str) else value
        if isinstance(shown, Words) and isinstance(value, str):
            shown.setAccessibleName(f"{name}: {shown.plain()}")
        self._grid.addWidget(label, self._row, 0, top)
        self._grid.addWidget(shown, self._row, 1, top)
        if act is not None:
            self._grid.addWidget(act, self._row, 2, top | Qt.AlignmentFlag.AlignRight)
        self._row += 1
