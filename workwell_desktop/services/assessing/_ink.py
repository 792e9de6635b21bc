"""What somebody drew, as the picture that is kept of it, and back."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workwell_desktop.documents.kinds import Ink

LARGEST = 2_000_000
"""Bytes of a picture that is read back: a signature is a few thousand."""
_NUMBER = r"-?[0-9]{1,7}\.[0-9]"
_DRAWN = re.compile(
    rf'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ({_NUMBER}) ({_NUMBER})">'
    rf'((?:<polyline fill="none" stroke="black" points="(?:{_NUMBER},{_NUMBER} ?)*"/>)*)</svg>'
)
_POINTS = re.compile(r'points="([^"]*)"')


def svg(ink: "Ink") -> bytes:
    """The strokes as they were drawn, to be looked at apart from the paper."""
    paths = "".join(
        '<polyline fill="none" stroke="black" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y in stroke.points) + '"/>'
        for stroke in ink.strokes
    )
    size = f'viewBox="0 0 {ink.width:.1f} {ink.height:.1f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{paths}</svg>'.encode()


def drawn(svg: bytes) -> "Ink | None":
    """The strokes of a picture that ``svg`` made; None for any other, which nobody here draws."""
    if len(svg) > LARGEST or (found := _DRAWN.fullmatch(svg.decode("utf-8", "replace"))) is None:
        return None
    from workwell_desktop.documents.kinds import Ink, Stroke

    width, height = float(found[1]), float(found[2])
    if width <= 0 or height <= 0:
        return None
    strokes = (
        Stroke(tuple((float(x), float(y)) for x, y in (point.split(",") for point in points.split())))
        for points in _POINTS.findall(found[3])
    )
    return Ink(tuple(strokes), width, height)
