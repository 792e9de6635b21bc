"""The bundled face, loaded into Qt, with figures of one width."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from workwell_desktop import assets
from workwell_desktop.desktop.theme.tokens import tokens

_FACE = "AtkinsonHyperlegibleNext"
_FIRST = ("400Regular", "600SemiBold")
_MORE = ("500Medium", "700Bold")


@cache
def load_fonts() -> tuple[int, ...]:
    """Adds the two weights that the unlock page is set in; Qt's numbers for them."""
    return tuple(_load(weight) for weight in _FIRST)


@cache
def load_more_fonts() -> tuple[int, ...]:
    """Adds the other weights, once a page has been painted."""
    return tuple(_load(weight) for weight in _MORE)


def _load(weight: str) -> int:
    return QFontDatabase.addApplicationFont(str(assets.resource("fonts", f"{_FACE}_{weight}.ttf")))


def make_font(pixels: int, weight: int) -> QFont:
    """The face at a size; figures are proportional (1111 narrower than 8888) unless tnum is asked for."""
    font = QFont([tokens().family, *tokens().fallback])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
