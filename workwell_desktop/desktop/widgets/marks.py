"""The circle of a radio and the box of a check, as they are painted."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from workwell_desktop.desktop.theme import icons
from workwell_desktop.desktop.theme.theme import theme


def _edge(on: bool, *, enabled: bool) -> QColor:
    """What was answered stays as plain to see when it can be changed no more; only what was not chosen steps back."""
    if enabled:
        return theme().colour("brand" if on else "edge")
    return theme().colour("text_soft" if on else "line")


def ring(painter: QPainter, box: QRectF, on: bool, *, enabled: bool = True) -> None:
    """Draws a radio's circle: a plum ring around a white dot when chosen."""
    colours = theme().colour
    edge = _edge(on, enabled=enabled)
    width = box.width() * (0.31 if on else 0.085)
    painter.setPen(QPen(edge, width))
    painter.setBrush(colours("card"))
    inset = width / 2
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def tick_box(painter: QPainter, box: QRectF, on: bool, *, enabled: bool = True) -> None:
    """Draws a check's box: plum with a tick when on."""
    colours = theme().colour
    edge = _edge(on, enabled=enabled)
    painter.setPen(QPen(edge, theme().px(2)))
    painter.setBrush(edge if on else colours("card"))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme().px(4), theme().px(4))
    if on:
        inset = box.width() / 8
        icons.paint(painter, "check", QColor(colours("on_brand")), box.adjusted(inset, inset, -inset, -inset))
