"""The design tokens of ``ui/tokens.toml``: the one source of every colour, size and measure on the screen."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from workwell_desktop import assets


class TypeToken(NamedTuple):
    """One size of type in pixels at 100 %."""

    size: int
    line: int
    weight: int


class Tokens(NamedTuple):
    """The file as it stands; sizes are pixels at 100 % text."""

    table: Mapping[str, Any]

    def colour(self, scheme: str, role: str) -> str:
        """``#rrggbb`` of a role in ``light`` or ``dark``; KeyError for an unknown role."""
        return str(self.table["colour"][scheme][role])

    def colours(self, scheme: str) -> Mapping[str, str]:
        """Every role of a scheme."""
        return dict(self.table["colour"][scheme])

    def type(self, name: str) -> TypeToken:
        """A type size: note, body, label, section, heading, page, display."""
        entry = self.table["type"][name]
        return TypeToken(entry["size"], entry["line"], entry["weight"])

    def measure(self, name: str) -> int:
        """A measure in pixels."""
        return int(self.table["measure"][name])

    def space(self, name: str) -> int:
        """A space in pixels: xs, s, m, l, xl, xxl, page_margin, gutter."""
        return int(self.table["space"][name])

    @property
    def family(self) -> str:
        return str(self.table["font"]["family"])

    @property
    def fallback(self) -> list[str]:
        return list(self.table["font"]["fallback"])

    def reflow(self, name: str) -> int:
        """A client width or height, divided by the text scale, at which the layout changes."""
        return int(self.table["reflow"][name])


@cache
def tokens() -> Tokens:
    """Read once."""
    return Tokens(assets.table(assets.ui("tokens.toml")))
