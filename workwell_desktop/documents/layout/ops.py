"""What is put on a page: marks at a place, each belonging to an element of the structure or to none.

Lengths are points, ``down`` counts from the top of the page (or of the slice that a mark belongs to).
"""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from workwell_desktop.documents.blocks import SignatureField


class Piece(NamedTuple):
    """A stretch of one line in one face and one direction, ``right`` points from where the line begins.

    ``language`` (BCP 47) is set where it is another than that of the element that the line belongs to.
    """

    face: str
    text: str
    right: float = 0
    language: str | None = None
    rtl: bool = False


@dataclass(eq=False)
class Element:
    """A node of the structure tree. Content and widgets are added while the pages are painted."""

    tag: str
    alt: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list["Element"] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    """(page index, MCID) pairs, in order."""
    language: str | None = None
    """BCP 47, where it is another than the paper's."""
    widget: tuple[int, "FieldMark"] | None = None

    def add(self, tag: str, **more: Any) -> "Element":
        """A new last kid."""
        kid = Element(tag, **more)
        self.kids.append(kid)
        return kid


@dataclass(frozen=True)
class TextMark:
    """One line: pieces from the left to the right, each where it says from ``x`` on, standing on the base line at
    ``down``. ``width`` is the room that they take."""

    x: float
    down: float
    size: float
    colour: str
    pieces: tuple[Piece, ...]
    width: float = 0


@dataclass(frozen=True)
class BoxMark:
    """A rectangle whose top left corner is at (x, down)."""

    x: float
    down: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    line: float = 1
    dashed: bool = False


@dataclass(frozen=True)
class PathMark:
    """A path: ("m", x, down), ("l", x, down), ("c", six numbers) or ("z",) relative to (x, down)."""

    x: float
    down: float
    steps: tuple[tuple[Any, ...], ...]
    fill: str | None = None
    stroke: str | None = None
    line: float = 1


@dataclass(frozen=True)
class FieldMark:
    """The rectangle of an empty signature field."""

    x: float
    down: float
    width: float
    height: float
    field: SignatureField


@dataclass(frozen=True)
class SlantMark:
    """Pale words across the middle of a page, a line each; never part of the structure, and said in real text too."""

    lines: tuple[tuple[tuple[str, str], ...], ...]
    size: float
    colour: str


Mark: TypeAlias = TextMark | BoxMark | PathMark | FieldMark | SlantMark


@dataclass
class Placed:
    """A mark and the element that it is part of; None makes it an artifact."""

    mark: Mark
    element: Element | None = None

    def lower(self, by: float) -> "Placed":
        """The same mark further down."""
        if isinstance(self.mark, SlantMark):
            return self
        return Placed(replace(self.mark, down=self.mark.down + by), self.element)

    def mirrored(self, page: float) -> "Placed":
        """The same mark as far from the right edge of a page (``page`` points wide) as it stood from the left.

        Its own shape stays: nobody could read a mirrored letter or code.
        """
        mark = self.mark
        if isinstance(mark, SlantMark):
            return self
        if isinstance(mark, PathMark):
            across = [number for step in mark.steps for number in step[1::2]]
            return Placed(replace(mark, x=page - mark.x - max(across) - min(across)), self.element)
        return Placed(replace(mark, x=page - mark.x - mark.width), self.element)


@dataclass
class Slice:
    """A horizontal strip that is never cut. ``gap`` is the space above it, dropped at the top of a page."""

    height: float
    marks: list[Placed] = field(default_factory=list)
    keep: bool = False
    """Stays on the page of the next slice."""
    gap: float = 0
    owner: Element | None = None
    """The element under the root that it belongs to."""
    above: "Slice | None" = None
    """What is said again, as an artifact, where a page begins with this slice: the headings of a table."""
    whole: str | None = None
    """Slices of one name stay on one page where they fit on one at all."""
