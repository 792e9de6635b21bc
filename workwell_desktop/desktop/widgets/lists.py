"""List rows of 54 and the grouped list that holds them: heads with counts, rows that are clickable as a whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.buttons import Button, row_button
from workwell_desktop.desktop.widgets.layouts import Clear, column, row, rule
from workwell_desktop.desktop.widgets.tag import Tag
from workwell_desktop.desktop.widgets.turning import Turning
from workwell_desktop.desktop.widgets.words import IconMark, Words

_WORDS = 170
"""Pixels at 100 % for what a row says; with less, its time and its act come below."""


@dataclass(frozen=True)
class RowFacts:
    """One row: who, what, when, and the one act. ``when_tint`` makes the time a tag (due, risk, done, info)."""

    title: str
    line: str = ""
    icon: str = ""
    icon_role: str = "text_soft"
    when: str = ""
    when_tint: str = ""
    act: str = ""
    on_act: Callable[[], object] | None = None
    on_open: Callable[[], object] | None = None
    told_apart: str = ""
    """Date of birth and first line of address, where two people have like names."""


class ListRow(QFrame):
    """A row that opens on a click anywhere, Return or Space; its act has a button of its own."""

    opened = Signal()

    def __init__(self, facts: RowFacts) -> None:
        super().__init__()
        self.facts = facts
        self._hover = False
        box = row(self, (16, 6, 12, 6), 12)
        if facts.icon:
            box.addWidget(IconMark(facts.icon, facts.icon_role), 0, Qt.AlignmentFlag.AlignVCenter)
        lines = column(None, (0, 0, 0, 0), 1)
        lines.addWidget(Words(facts.title, "label"))
        second = ". ".join(part for part in (facts.line, facts.told_apart) if part)
        if second:
            lines.addWidget(Words(second, "note", "soft"))
        parts, end = Turning(first=_WORDS), row(None, (0, 0, 0, 0), 12)
        parts.addLayout(lines, 5)
        box.addLayout(parts, 1)
        if facts.when:
            holder = Clear()
            inner = row(holder, (0, 0, 0, 0), 0)
            when: QWidget = Tag(facts.when, facts.when_tint) if facts.when_tint else Words(facts.when, "note", "soft")
            inner.addWidget(when, 0 if facts.when_tint else 1, Qt.AlignmentFlag.AlignVCenter)
            inner.addStretch(0)
            end.addWidget(holder, 2)
        self.button: Button | None = None
        if facts.act:
            self.button = row_button(facts.act, facts.on_act)
            self.button.setAccessibleName(f"{facts.act}: {facts.title}")
            holder = Clear()
            inner = row(holder, (0, 0, 0, 0), 0)
            inner.addStretch(1)
            inner.addWidget(self.button)
            end.addWidget(holder, 2)
        if end.count():
            parts.addLayout(end, 2 * end.count())
        act = facts.on_open or facts.on_act
        if act is not None:
            self.opened.connect(act)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(
            ", ".join(part for part in (facts.title, facts.line, facts.told_apart, facts.when) if part)
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()

    def restyle(self) -> None:
        self.setMinimumHeight(theme().measure("list_row"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._neighbour(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._hover and self.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            painter = QPainter(self)
            painter.fillRect(QRect(1, 0, self.width() - 2, self.height()), theme().colour("brand_soft"))
            painter.end()
        super().paintEvent(event)

    def _neighbour(self, step: int) -> None:
        parent = self.parentWidget()
        rows = [] if parent is None else [found for found in parent.findChildren(ListRow) if found.isVisible()]
        place = rows.index(self) + step if self in rows else -1
        if 0 <= place < len(rows):
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)


class RowList(Clear):
    """Groups of rows: ``(head, rows)``; a head is shown with its count, an empty head is not shown."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[RowFacts]]] = (), *, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._box = column(self, (0, 0, 0, 0), 0)
        self.rows: list[ListRow] = []
        self.show_groups(groups)

    def show_groups(self, groups: Sequence[tuple[str, Sequence[RowFacts]]]) -> None:
        """Shows other rows."""
        while self._box.count():
            item = self._box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = []
        first = True
        for head, facts in groups:
            if not facts:
                continue
            for place, one in enumerate(facts):
                if not first:
                    self._box.addWidget(rule())
                first = False
                if head and place == 0:
                    self._box.addWidget(_head(head, len(facts)))
                made = ListRow(one)
                self.rows.append(made)
                self._box.addWidget(made)


def _head(words: str, count: int) -> QWidget:
    whole = Clear()
    box = row(whole, (16, 8, 16, 6), 8)  # the ring of the row below covers no word
    box.addWidget(Words(words, "note", "neutral", weight=600, wrap=False))
    box.addWidget(Words(str(count), "note", "soft", wrap=False))
    box.addStretch(1)
    return whole
