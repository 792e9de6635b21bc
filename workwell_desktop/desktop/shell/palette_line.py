"""A line of the list that Ctrl+K opens: icon, words, and at its end or below what tells it apart."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.facing import faced_in

NOTE = Qt.ItemDataRole.UserRole
_SIDE, _ICON, _GAP = 12, 20, 12
_LEAST = 540
_LEADING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ENDING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Line(QStyledItemDelegate):
    """As tall as a list row of the pages; a note that has no room beside the words stands below them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # before the list is laid out a line has no width yet
        below = self._below(max(option.rect.width(), theme().px(_LEAST)), index)
        return QSize(theme().px(120), theme().measure("list_row" if below else "button"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        px, colours, whole = theme().px, theme().colour, QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, colours("brand_soft"))
        side = px(_ICON)
        mark = QRectF(whole.x() + px(_SIDE), whole.center().y() - side / 2, side, side)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            icon.paint(painter, faced_in(painter, whole, mark).toRect())
        words, note = _said(index)
        left = mark.right() + px(_GAP)
        room = QRectF(left, whole.y(), whole.right() - px(_SIDE) - left, whole.height())
        first, second = room, room
        if self._below(option.rect.width(), index):
            first = QRectF(room.x(), room.y() + px(5), room.width(), room.height() / 2 - px(3))
            second = QRectF(room.x(), room.center().y() + px(1), room.width(), room.height() / 2 - px(5))
        _draw(painter, faced_in(painter, whole, first).toRect(), words, "body", "text", _LEADING)
        ending = _ENDING if first is second else _LEADING
        _draw(painter, faced_in(painter, whole, second).toRect(), note, "note", "text_soft", ending)
        painter.restore()

    def _below(self, width: int, index: QModelIndex | QPersistentModelIndex) -> bool:
        words, note = _said(index)
        wide = QFontMetrics(theme().font("body")).horizontalAdvance(words)
        wide += QFontMetrics(theme().font("note")).horizontalAdvance(note)
        return wide + theme().px(2 * _SIDE + _ICON + 3 * _GAP) > width


def _said(index: QModelIndex | QPersistentModelIndex) -> tuple[str, str]:
    note = str(index.data(NOTE) or "")
    return str(index.data(Qt.ItemDataRole.DisplayRole)).removesuffix(f"\n{note}"), note


def _draw(painter: QPainter, box: QRect, words: str, kind: str, role: str, flags: Qt.AlignmentFlag) -> None:
    painter.setFont(theme().font(kind))
    painter.setPen(theme().colour(role))
    painter.drawText(box, flags, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width()))
