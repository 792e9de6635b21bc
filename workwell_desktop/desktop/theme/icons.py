"""Lucide's line icons (ISC), tinted with a colour of the tokens; always beside words, so they carry no name."""

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workwell_desktop import assets
from workwell_desktop.desktop.theme.theme import theme

_POINTING = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "corner-down-right", "undo-2", "redo-2", "log-out"}
)
_TURNED = "~"
_DRAWING = re.compile(r"(<svg\b[^>]*>)(.*)(</svg>)", re.DOTALL)


def _facing(name: str) -> str:
    """Where one reads from the right, what points to a side is drawn as in a mirror."""
    turned = name in _POINTING and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"{_TURNED}{name}" if turned else name


@cache
def _source(name: str) -> str:
    drawing = assets.resource("icons", f"{name.removeprefix(_TURNED)}.svg").read_text(encoding="utf-8")
    if not name.startswith(_TURNED):
        return drawing
    return _DRAWING.sub(r'\1<g transform="translate(24 0) scale(-1 1)">\2</g>\3', drawing)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def paint(painter: QPainter, name: str, colour: QColor, box: QRectF) -> None:
    """Draws an icon into ``box``."""
    _renderer(_facing(name), colour.name()).render(painter, box)


@cache
def _pixmap(name: str, colour: str, size: int, gap: int, ratio: float) -> QPixmap:
    """The icon in a square, with ``gap`` empty pixels at its right; with ``-gap`` at its left."""
    drawing = _renderer(name, colour)
    left, gap = max(-gap, 0), abs(gap)
    made = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    drawing.render(painter, QRectF(left, 0, size, size))
    painter.end()
    return made


@cache
def _tinted(name: str, drawn: str, colour: str, size: int, gap: int, ratio: float) -> QPixmap:
    """The same shape in another colour, without reading its drawing a second time."""
    made = _pixmap(name, drawn, size, gap, ratio).copy()
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRect(QRectF(0, 0, size + abs(gap), size))
    painter.end()
    return made


def pixmap(name: str, role: str = "text", size: int = 20) -> QPixmap:
    """``size`` is pixels at 100 % text; FileNotFoundError for an icon that is not bundled."""
    return _pixmap(_facing(name), theme().colour(role).name(), theme().px(size), 0, _ratio())


ICON_GAP = 6
"""Between icon and words of a button, which Qt's sheet would set too close."""


def spaced_icon(name: str, role: str, size: int = 20) -> QIcon:
    """For buttons: with room between it and the words."""
    from_the_right = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _icon(name, role, "text_soft", size, theme().px(ICON_GAP) * (-1 if from_the_right else 1))


def icon(name: str, role: str = "text", size: int = 20, disabled: str = "text_soft") -> QIcon:
    """For buttons and menus."""
    return _icon(name, role, disabled, size, 0)


def _icon(name: str, role: str, disabled: str, size: int, gap: int) -> QIcon:
    name, colour, side, ratio = _facing(name), theme().colour(role).name(), theme().px(size), _ratio()
    made = QIcon(_pixmap(name, colour, side, gap, ratio))
    made.addPixmap(_tinted(name, colour, theme().colour(disabled).name(), side, gap, ratio), QIcon.Mode.Disabled)
    return made


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
