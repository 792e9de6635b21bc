"""Sizes and colours of paper, read from the design tokens. Lengths are points."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from workwell_desktop import assets
from workwell_desktop.documents.blocks import PaperStyle

A4 = (595.276, 841.89)
_LARGE = frozenset({PaperStyle.LARGE, PaperStyle.LARGE_HIGH_CONTRAST})
_CONTRAST = frozenset({PaperStyle.HIGH_CONTRAST, PaperStyle.LARGE_HIGH_CONTRAST, PaperStyle.CREAM})


@dataclass(frozen=True)
class Style:
    """One way to set a page. ``cards`` says that tables become cards."""

    body: float
    title: float
    heading: float
    small_heading: float
    least: float
    line: float
    margin: float
    cards: bool
    field_height: float
    ink_room: float
    """How much higher a field for ink is."""
    ink: str
    heading_ink: str
    soft: str
    rule: str
    quote_ground: str
    bar: str
    marigold: str
    weight: float = 1
    """How much heavier rules and frames are than on a standard paper."""
    ground: str | None = None
    """The colour of the whole page, where it is not the white of the paper."""

    @property
    def width(self) -> float:
        """Of the text."""
        return A4[0] - 2 * self.margin

    @property
    def gap(self) -> float:
        """Between two blocks."""
        return self.body * 0.6


@cache
def _tokens() -> dict[str, Any]:
    return assets.table(assets.ui("tokens.toml"))


@cache
def style(name: PaperStyle) -> Style:
    """The measures of a paper style."""
    tokens = _tokens()
    paper = tokens["paper"]
    large = name in _LARGE
    simple = name is PaperStyle.SIMPLE
    size = paper["large" if large else "simple" if simple else "standard"]
    body = float(size["body"])
    made = Style(
        body=body,
        title=float(size["title"]),
        heading=float(size["heading"]),
        small_heading=body + 1 if not large else body + 1.5,
        least=float(size["least"]),
        line=float(size["leading"]),
        margin=float(paper["margin_large" if large else "margin"]),
        cards=large or simple,
        field_height=124 if large else 108 if simple else 92,
        ink_room=48 if large else 22,
        ink=paper["ink"],
        heading_ink=paper["heading"],
        soft=paper["soft"],
        rule=paper["line"],
        quote_ground=paper["quote_ground"],
        bar=paper["bar"],
        marigold=tokens["colour"]["light"]["marigold"],
    )
    return _contrasted(made, paper["high_contrast"], name) if name in _CONTRAST else made


def _contrasted(made: Style, colours: dict[str, Any], name: PaperStyle) -> Style:
    ground = colours["cream"] if name is PaperStyle.CREAM else None
    return replace(
        made,
        ink=colours["ink"],
        heading_ink=colours["heading"],
        soft=colours["soft"],
        rule=colours["line"],
        bar=colours["bar"],
        quote_ground=ground or colours["white"],
        weight=float(colours["weight"]),
        ground=ground,
    )
