"""Lucide's line icons (ISC), tinted with a colour of the tokens; always beside words, so they carry no name."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workwell_desktop import assets
from workwell_desktop.desktop.theme.theme import theme


@cache
def _source(name: str) -> str:
    return assets.resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def paint(painter: QPainter, name: str, colour: QColor, box: QRectF) -> None:
    """Draws an icon into ``box``."""
    _renderer(name, colour.name()).render(painter, box)


@cache
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = _renderer(name, colour)
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, role: str = "text", size: int = 20) -> QPixmap:
    """``size`` is pixels at 100 % text; FileNotFoundError for an icon that is not bundled."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _pixmap(name, theme().colour(role).name(), theme().px(size), ratio)


ICON_GAP = 6
"""Between icon and words of a button, which Qt's sheet would set too close."""


@cache
def _spaced(name: str, colour: str, size: int, gap: int, ratio: float) -> QPixmap:
    plain = _pixmap(name, colour, size, ratio)
    made = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, plain)
    painter.end()
    return made


def spaced_icon(name: str, role: str, size: int = 20) -> QIcon:
    """For buttons: with room at its right."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    side, gap = theme().px(size), theme().px(ICON_GAP)
    made = QIcon(_spaced(name, theme().colour(role).name(), side, gap, ratio))
    made.addPixmap(_spaced(name, theme().colour("text_soft").name(), side, gap, ratio), QIcon.Mode.Disabled)
    return made


def icon(name: str, role: str = "text", size: int = 20, disabled: str = "text_soft") -> QIcon:
    """For buttons and menus."""
    made = QIcon(pixmap(name, role, size))
    made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made
