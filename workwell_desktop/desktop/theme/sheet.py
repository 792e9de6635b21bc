"""The style sheet made from ``ui/style.qss``: ``@role`` is a colour, ``px(n)`` and ``sp(n)`` are scaled sizes."""

import re
from collections.abc import Mapping
from functools import cache

from workwell_desktop import assets
from workwell_desktop.desktop.theme.scale import Scale

_PLACE = re.compile(r"@([a-z_0-9]+)|\b(px|sp)\((\d+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def template() -> str:
    """The designer's sheet without its comments."""
    return _COMMENT.sub("", assets.ui("style.qss").read_text(encoding="utf-8"))


_SIDE = re.compile(r"\b(border|padding|margin|top|bottom)(-)(left|right)\b")


def from_the_right(source: str) -> str:
    """The sheet of a window that is read from right to left: an edge at the left is one at the right."""
    return _SIDE.sub(lambda found: f"{found[1]}{found[2]}{'left' if found[3] == 'right' else 'right'}", source)


def render(source: str, colours: Mapping[str, str], scale: Scale) -> str:
    """The sheet for Qt; KeyError for a colour role that the tokens lack."""

    def place(match: re.Match[str]) -> str:
        role, kind, size = match.groups()
        if role:
            return colours[role]
        return f"{scale.px(int(size)) if kind == 'px' else scale.space(int(size))}px"

    return _PLACE.sub(place, source)
