"""The bundled face, loaded into Qt, with figures of one width."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from workwell_desktop import assets
from workwell_desktop.desktop.theme.tokens import tokens

_FILES = "AtkinsonHyperlegibleNext*.ttf"


@cache
def load_fonts() -> tuple[int, ...]:
    """Adds the upright weights to the application; Qt's numbers for them."""
    files = sorted(path for path in assets.resource("fonts").glob(_FILES) if "Italic" not in path.name)
    return tuple(QFontDatabase.addApplicationFont(str(path)) for path in files)


def make_font(pixels: int, weight: int) -> QFont:
    """The face at a size; figures are proportional (1111 narrower than 8888) unless tnum is asked for."""
    font = QFont([tokens().family, *tokens().fallback])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
