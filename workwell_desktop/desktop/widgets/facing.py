"""Where what a part draws by itself belongs, when the window is read from right to left."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget


def faced(part: QWidget, box: QRect | QRectF) -> QRectF:
    """``box`` as it is drawn from left to right, or its mirror image in ``part``."""
    here = QRectF(box)
    if part.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
        return here
    return QRectF(part.width() - here.x() - here.width(), here.y(), here.width(), here.height())


def faced_point(part: QWidget, point: QPointF) -> QPointF:
    """As ``faced``, for a point."""
    return faced(part, QRectF(point.x(), point.y(), 0, 0)).topLeft()


def faced_in(painter: QPainter, whole: QRectF, box: QRectF) -> QRectF:
    """As ``faced``, for a cell that is drawn for a table."""
    if painter.layoutDirection() is not Qt.LayoutDirection.RightToLeft:
        return box
    return QRectF(whole.left() + whole.right() - box.right(), box.y(), box.width(), box.height())
