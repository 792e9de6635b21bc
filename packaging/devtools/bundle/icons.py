"""Draws the program's icon, a marigold half sun over three lines of writing, in every form that a system wants.

Run with the environment's Python, for it needs Pillow: ``python -m devtools.bundle.icons FOLDER``. The colours are
those of ``ui/tokens.toml``; the shapes are those of the mark in the window.
"""

import sys
import tomllib
from pathlib import Path

from PIL import Image, ImageDraw

from devtools import ROOT
from devtools.bundle.icons_sizes import SIZES

_UNITS = 36  # the mark's 28 units and a margin of four around them
_FINE = 2048
_LINES = ((14.5, 27.0), (19.5, 18.0), (24.5, 10.0))


def colours() -> dict[str, str]:
    """Ground, sun and writing, as the light theme has them."""
    tokens = tomllib.loads((ROOT / "ui" / "tokens.toml").read_text(encoding="utf-8"))
    light = tokens["colour"]["light"]
    return {"ground": light["ground"], "sun": light["marigold"], "writing": light["brand"]}


def svg() -> str:
    """The icon as a drawing of its own, for desktops that scale it themselves."""
    paint = colours()
    lines = "".join(
        f'<rect x="4.5" y="{4 + top}" width="{width}" height="3" rx="1.5" fill="{paint["writing"]}"/>'
        for top, width in _LINES
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_UNITS} {_UNITS}">'
        f'<rect width="{_UNITS}" height="{_UNITS}" rx="8" fill="{paint["ground"]}"/>'
        f'<path d="M7 16a11 11 0 0 1 22 0z" fill="{paint["sun"]}"/>{lines}</svg>\n'
    )


def drawn(size: int) -> Image.Image:
    """The icon as pixels, drawn large and brought down once."""
    paint, unit = colours(), _FINE / _UNITS
    image = Image.new("RGBA", (_FINE, _FINE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, _FINE - 1, _FINE - 1), 8 * unit, fill=paint["ground"])
    pen.pieslice((7 * unit, 5 * unit, 29 * unit, 27 * unit), 180, 360, fill=paint["sun"])
    for top, width in _LINES:
        box = (4.5 * unit, (4 + top) * unit, (4.5 + width) * unit, (7 + top) * unit)
        pen.rounded_rectangle(box, 1.5 * unit, fill=paint["writing"])
    return image.resize((size, size), Image.Resampling.LANCZOS)


def write(folder: Path) -> None:
    """Everything into one folder: a PNG of each size, the drawing, and what Windows and macOS take."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "workwell.svg").write_text(svg(), encoding="utf-8")
    for size in SIZES:
        drawn(size).save(folder / f"{size}.png")
    drawn(256).save(folder / "workwell.ico", sizes=[(size, size) for size in SIZES if size <= 256])
    drawn(1024).save(folder / "workwell.icns")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
