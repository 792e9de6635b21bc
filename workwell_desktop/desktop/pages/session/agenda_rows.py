"""The cases of an agenda in their lanes, drawn row by row. Rows are kept: the next case changes two of them."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from workwell_desktop.desktop.kit import Clear, Scroll, Words, column, date_words, row, text, theme
from workwell_desktop.desktop.pages.session.order import drop, reading_order
from workwell_desktop.desktop.theme.icons import pixmap
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.domain.sessions import Lane
from workwell_desktop.services.meeting.session_views import AgendaLine

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_ICON = 18
_LEFT, _TOP, _RIGHT, _GAP = 14, 4, 12, 10
"""Pixels at 100 %."""
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

Line = tuple[str, str, str]
"""Words, type and colour of one line of a row."""


class AgendaRow(QAbstractButton):
    """One case: a click, Return or Space brings it to the table; Up, Down, Home and End go through the list.

    It draws itself: sixty rows of labels would take longer to set up than the rest of the page.
    """

    opened = Signal(str)

    def __init__(self, line: AgendaLine, *, here: bool, apart: str = "", table: bool = True) -> None:
        super().__init__()
        self._table = table
        self.item, self._here = str(line.item), False
        self._facts: tuple[object, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._width = 0
        self._places: list[tuple[QRect, Line]] | None = None
        self._icon = ("circle", "edge")
        self.clicked.connect(lambda _on: self.opened.emit(self.item))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_line(line, here=here, apart=apart)

    def show_line(self, line: AgendaLine, *, here: bool, apart: str = "") -> None:
        """Shows the case as it stands now; what is the same is not drawn anew."""
        facts = (line, here, apart)
        if facts == self._facts:
            return
        self._facts, self._here = facts, here
        self._icon = state_icon(line, here=here)
        name = line.name if line.named else text("session.unnamed" if line.known else "session.unknown")
        asked = line.question or text("session.no_question") if line.named else ""
        second = " ".join(part if part[-1] in ".?!" else f"{part}." for part in (asked, apart) if part)
        second = second if asked and apart else second.removesuffix(".")
        late = text("session.late") if line.late else ""
        made: tuple[Line, ...] = (
            (f"{line.number}  {name}", "label" if here else "body", "text"),
            (second, "note", "text_soft"),
            (late, "note", "due"),
        )
        self._lines = tuple(one for one in made if one[0])
        state = text(f"session.state.{state_of(line, here=here and self._table)}")
        shown = text("session.state.shown") if here and not self._table else ""
        words = (text("session.agenda_row", number=line.number, name=name), second, late, state, shown)
        self.setAccessibleName(", ".join(part for part in words if part))
        self._places = None
        if self._width:
            self.fit(self._width)
        self.update()

    def fit(self, width: int) -> None:
        """Takes the height that its words need in ``width``. It is told, and not asked by the layout, which would
        work out the words of sixty rows a dozen times over."""
        self._width, self._places = width, None
        words = sum(box.height() for box, _line in self._laid())
        self.setFixedHeight(max(theme().measure("agenda_row"), words + 2 * theme().space(_TOP)))

    def sizeHint(self) -> QSize:
        return QSize(theme().measure("agenda"), theme().measure("agenda_row"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().measure("agenda_row"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        elif key in _KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go(_KEYS[key], from_here=True)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            self._go(0 if key == Qt.Key.Key_Home else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme().colour
        if self._here:
            painter.fillRect(self.rect(), QColor(colour("brand_soft")))
            painter.fillRect(faced(self, QRectF(0, 0, theme().px(4), self.height())), QColor(colour("brand")))
        side = theme().px(_ICON)
        name, role = self._icon
        mark = faced(self, QRectF(theme().space(_LEFT), (self.height() - side) // 2, side, side))
        painter.drawPixmap(mark.topLeft(), pixmap(name, role, _ICON))
        laid = self._laid()
        down = (self.height() - sum(box.height() for box, _line in laid)) // 2
        for box, (words, kind, tone) in laid:
            painter.setFont(theme().font(kind))
            painter.setPen(colour(tone))
            painter.drawText(faced(self, box.translated(0, down)), _FLAGS, words)
        painter.end()

    def _laid(self) -> list[tuple[QRect, Line]]:
        """Where each line stands, from the top of the first."""
        if self._places is None:
            self._places = self._place(self._width or self.width())
        return self._places

    def _place(self, width: int) -> list[tuple[QRect, Line]]:
        left = theme().space(_LEFT) + theme().px(_ICON) + theme().space(_GAP)
        room = max(theme().px(60), width - left - theme().space(_RIGHT))
        found, down = [], 0
        for one in self._lines:
            words, kind, _tone = one
            box = QFontMetrics(theme().font(kind)).boundingRect(0, 0, room, 10_000, _FLAGS, words)
            found.append((QRect(left, down, room, box.height()), one))
            down += box.height()
        return found

    def _go(self, place: int, *, from_here: bool = False) -> None:
        holder = self.parentWidget()
        rows = holder.rows() if isinstance(holder, AgendaList) else []
        if from_here:
            place += rows.index(self) if self in rows else len(rows)
        if rows and place < len(rows) and (place >= 0 or not from_here):
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)


class AgendaList(Clear):
    """The Tab key comes to the case in front; from there Up and Down go through all of them."""

    opened = Signal(str)
    fitted = Signal()
    """The rows have taken other heights."""

    def __init__(self, *, table: bool = True) -> None:
        """``table`` where a room looks at the case in front; while it is prepared no table stands there yet."""
        super().__init__()
        self._table = table
        self._box = column(self)
        self._rows: dict[str, AgendaRow] = {}
        self._order: tuple[tuple[str, Lane], ...] | None = None
        self._fitted: tuple[object, ...] = ()

    def show_agenda(self, agenda: Sequence[AgendaLine], item: str, *, tell_apart: bool = False) -> None:
        """Shows the cases with ``item`` in front; rows are made anew only for another order."""
        order = tuple((str(line.item), line.lane) for line in agenda)
        apart = _apart(agenda) if tell_apart else {}
        if order != self._order:
            self._lay(agenda, item, apart)
            self._order = order
        for line in agenda:
            here = str(line.item) == item
            self._rows[str(line.item)].show_line(line, here=here, apart=apart.get(str(line.item), ""))
        stop = self._rows.get(item) or next(iter(self._rows.values()), None)
        for one in self._rows.values():
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def restyle(self) -> None:
        if self._fitted:
            self._fit(self.width())

    def _fit(self, width: int) -> None:
        """Another width, another size of the text or another face: the rows take other heights."""
        fitted = (width, theme().px(100), theme().measure("agenda_row"), theme().font("body").key())
        if fitted != self._fitted:
            self._fitted = fitted
            for one in self._rows.values():
                one.fit(width)
            self.fitted.emit()

    def rows(self) -> list[AgendaRow]:
        """All of them, in order."""
        return list(self._rows.values())

    def row(self, item: str) -> AgendaRow | None:
        """The row of a case."""
        return self._rows.get(item)

    def _lay(self, agenda: Sequence[AgendaLine], item: str, apart: dict[str, str]) -> None:
        kept, self._rows = self._rows, {}
        held = next((key for key, one in kept.items() if one.hasFocus()), None)
        for one in kept.values():
            self._box.removeWidget(one)
        drop(self._box)
        self._fitted, width = (), self.width() if self._fitted else 0
        for lane, lines in groupby(agenda, key=lambda line: line.lane):
            head = Clear()
            words = Words(text(f"session.lane.{lane.value}"), "note", "soft", weight=600)
            row(head, (14, 4, 14, 2), 0).addWidget(words)
            self._box.addWidget(head)
            for line in lines:
                key = str(line.item)
                made = kept.pop(key, None)
                if made is None:
                    made = AgendaRow(line, here=key == item, apart=apart.get(key, ""), table=self._table)
                    made.opened.connect(self.opened)
                self._rows[key] = made
                self._box.addWidget(made)
        for gone in kept.values():
            gone.hide()
            gone.deleteLater()
        if not agenda:
            holder = Clear()
            row(holder, (14, 4, 14, 6), 0).addWidget(Words(text("session.no_cases"), "note", "soft"))
            self._box.addWidget(holder)
        if width:
            self._fit(width)
        reading_order(self)
        if held in self._rows:
            self._rows[held].setFocus(Qt.FocusReason.OtherFocusReason)


def bring_into_sight(scroll: Scroll, row_: AgendaRow) -> None:
    """Scrolls so that the case and its neighbours can be seen, once everything is laid out."""
    QTimer.singleShot(0, row_, lambda: scroll.ensureWidgetVisible(row_, 0, 2 * row_.height()))


def state_of(line: AgendaLine, *, here: bool) -> str:
    """``carried``, ``withdrawn``, ``provisional``, ``done``, ``here`` or ``ahead``."""
    if here:
        return "here"
    if line.withdrawn:
        return "withdrawn"
    if line.carried:
        return "carried"
    if line.decided:
        return "provisional" if line.provisional else "done"
    return "ahead"


def state_icon(line: AgendaLine, *, here: bool) -> tuple[str, str]:
    """The icon of a state and its colour."""
    return {
        "here": ("circle-dot", "brand"),
        "carried": ("history", "text_soft"),
        "withdrawn": ("minus", "text_soft"),
        "provisional": ("circle-dashed", "due"),
        "done": ("circle-check", "done"),
        "ahead": ("circle", "edge"),
    }[state_of(line, here=here)]


def _apart(agenda: Sequence[AgendaLine]) -> dict[str, str]:
    """Date of birth and address by item, where somebody else on the agenda has a like name."""
    last = [line.name.split(" ")[-1] for line in agenda]
    found = {}
    for line, name in zip(agenda, last, strict=True):
        if last.count(name) > 1 and line.named:
            born = text("session.born", day=date_words(line.born)) if line.born else ""
            found[str(line.item)] = ", ".join(part for part in (born, line.address or "") if part)
    return found
