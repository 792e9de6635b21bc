"""A table of two-line cells: the caseload, a library. Rows speak in full words; Up and Down move, Return opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.clock import clock_text, paint_clock
from workwell_desktop.desktop.widgets.facing import faced_in

_ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """``first`` (600 when ``strong``) over ``second``; ``tint`` makes the second a tag; ``clock`` is (now, weeks)
    under its words; ``match`` and ``match_second`` are places (from, to) marked as found."""

    first: str = ""
    second: str = ""
    strong: bool = False
    tint: str = ""
    clock: tuple[int, int] | None = None
    match: tuple[tuple[int, int], ...] = ()
    match_second: tuple[tuple[int, int], ...] = ()
    number: bool = False
    """Set at the right."""

    def spoken(self) -> str:
        """In full words."""
        words = [clock_text(*self.clock)] if self.clock else [self.first, self.second]
        return ", ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` of the width left over ``least`` pixels at 100 %."""

    head: str
    share: int = 1
    least: int = 90


@dataclass(frozen=True, slots=True)
class TableRow:
    """``key`` is what ``opened`` carries; ``spoken`` is said instead of the cells where given."""

    key: str
    cells: Sequence[Cell]
    spoken: str = ""


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.rows: list[TableRow] = []

    def replace(self, rows: Sequence[TableRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.spoken()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken if row.spoken and index.column() == 0 else cell.spoken()
        if role == Qt.ItemDataRole.UserRole:
            return cell
        if role == _ROW:
            return row
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Delegate(QStyledItemDelegate):
    """Paints one cell, or in one column the cells of a row below each other."""

    stacked = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(90), theme().measure("list_row"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option_any: Any = option
        cell: Cell = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, px, colours = QRectF(option_any.rect), theme().px, theme().colour
        chosen = bool(option_any.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, colours("selected_row"))
            if index.column() == 0:
                painter.fillRect(
                    faced_in(painter, box, QRectF(box.x(), box.y(), px(4), box.height())), colours("brand")
                )
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), colours("line"))
        left = px(16) if index.column() == 0 else px(4)
        inner = faced_in(painter, box, box.adjusted(left, px(7), -px(6), -px(7)))
        if self.stacked:
            self._below_each_other(painter, inner, index.data(_ROW).cells)
        else:
            self._lines(painter, inner, cell)
        painter.restore()

    def _below_each_other(self, painter: QPainter, box: QRectF, cells: Sequence[Cell]) -> None:
        """The first cell alone, the others in two columns under it."""
        step, half = theme().px(46), box.width() / 2
        self._lines(painter, box, cells[0])
        top = box.y() + (step if cells[0].second else theme().px(27))
        for place, cell in enumerate(cells[1:]):
            across, down = place % 2, place // 2
            part = QRectF(box.x() + across * half, top + down * step, half - theme().px(8), step)
            self._lines(painter, part, cell)

    def _lines(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        px = theme().px
        two = bool(cell.second or cell.clock)
        first = QRectF(box.x(), box.y(), box.width(), px(21) if two else box.height())
        if cell.clock is not None:
            _words(painter, first, clock_text(*cell.clock), "note", "text")
            if cell.clock[0] > 0:
                bar = QRectF(box.x(), box.y() + px(24), min(px(112), box.width()), px(10))
                paint_clock(painter, faced_in(painter, box, bar), *cell.clock)
            return
        # one line cells stand with the first lines of their neighbours
        first = QRectF(box.x(), box.y(), box.width(), px(21))
        _words(painter, first, cell.first, "label" if cell.strong else "body", "text", cell.match, right=cell.number)
        second = QRectF(box.x(), box.y() + px(21), box.width(), px(19))
        if cell.second and cell.tint:
            painter.setFont(theme().font("note", 600))
            wide = min(painter.fontMetrics().horizontalAdvance(cell.second) + px(14), round(box.width()))
            tag = faced_in(painter, box, QRectF(second.x(), second.y(), wide, px(20)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour(f"{cell.tint}_ground"))
            painter.drawRoundedRect(tag, px(4), px(4))
            painter.setPen(theme().colour(f"{cell.tint}_text"))
            words = painter.fontMetrics().elidedText(cell.second, Qt.TextElideMode.ElideRight, wide - px(8))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
        elif cell.second:
            _words(painter, second, cell.second, "note", "text_soft", cell.match_second)


def _words(
    painter: QPainter,
    box: QRectF,
    words: str,
    kind: str,
    role: str,
    match: tuple[tuple[int, int], ...] = (),
    *,
    right: bool = False,
) -> None:
    painter.setFont(theme().font(kind))
    metrics = painter.fontMetrics()
    for start, end in match:
        x = box.x() + metrics.horizontalAdvance(words[:start])
        wide = metrics.horizontalAdvance(words[start:end])
        mark = QRectF(x - 1, box.y(), wide + 2, box.height())
        painter.fillRect(mark, theme().colour("search_match"))
        painter.fillRect(QRectF(x, box.bottom() - 2, wide, 1.5), theme().colour("text"))
    painter.setPen(theme().colour(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(box.width()))
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)


class Table(QTableView):
    """``opened(key)`` on Return or a double or single click; ``moved(key)`` when another row is in front."""

    opened = Signal(str)
    moved = Signal(str)

    def __init__(self, columns: Sequence[Column], rows: Sequence[TableRow] = (), *, name: str) -> None:
        super().__init__()
        self._least = 0
        self.setAccessibleName(name)
        self._model = _Model(columns)
        self.setModel(self._model)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(lambda index: self.opened.emit(self._model.rows[index.row()].key))
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.moved.emit(self.key()))
        self.restyle()
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Shows other rows; the one in front stays in front where it still is there."""
        before = self.key()
        self._model.replace(rows)
        keys = [row.key for row in rows]
        if keys:
            self.selectRow(keys.index(before) if before in keys else 0)

    def key(self) -> str:
        """The row in front; empty when there is none."""
        row = self.currentIndex().row()
        return self._model.rows[row].key if 0 <= row < len(self._model.rows) else ""

    def step(self, by: int) -> None:
        """Another row to the front, for a search field above that keeps the focus."""
        count = len(self._model.rows)
        if count:
            self.selectRow(max(0, min(self.currentIndex().row() + by, count - 1)))

    def hold_height(self, least: int) -> None:
        """Never lower than this, in pixels at 100 %: for a page on which it has what room is left."""
        self._least = least
        self.setMinimumHeight(theme().px(least))

    def restyle(self) -> None:
        if self._least:
            self.hold_height(self._least)
        self.horizontalHeader().setFont(theme().font("note", 600))
        self.horizontalHeader().setFixedHeight(theme().measure("table_head"))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.key():
                self.opened.emit(self.key())
            return
        super().keyPressEvent(event)

    def _share(self) -> None:
        columns = self._model.columns
        room = self.viewport().width()
        stacked = self.window().width() / theme().scale.factor < theme().tokens.reflow("two_columns_from")
        self._delegate.stacked = stacked
        self.horizontalHeader().setVisible(not stacked)
        tall = theme().px(46) * (1 + len(columns) // 2) + theme().px(10) if stacked else theme().measure("list_row")
        if self.verticalHeader().defaultSectionSize() != tall:
            self.verticalHeader().setDefaultSectionSize(tall)
        for place in range(1, len(columns)):
            self.setColumnHidden(place, stacked)
        if stacked:
            self.setColumnWidth(0, room)
            return
        least = [theme().px(column.least) for column in columns]
        over = max(0, room - sum(least))
        shares = sum(column.share for column in columns) or 1
        widths = [least[place] + over * column.share // shares for place, column in enumerate(columns)]
        if widths:
            widths[-1] = max(least[-1], room - sum(widths[:-1]))
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
