"""Which parts are asked now, and which follows which: a part whose questions are all hidden is passed over."""

from collections.abc import Sequence
from dataclasses import dataclass

from workwell_desktop.desktop.kit import text
from workwell_desktop.desktop.pages.assessment.lines import Part
from workwell_desktop.desktop.pages.assessment.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Order:
    """``asked`` are numbers of parts; behind the last stands the part that checks everything."""

    parts: tuple[Part, ...]
    asked: tuple[int, ...]

    @property
    def check(self) -> int:
        """The number of the part that checks everything."""
        return len(self.parts)

    def titled(self) -> list[tuple[int, str]]:
        """Every part that can be opened, with its title."""
        return [*((part, self.parts[part].title) for part in self.asked), (self.check, text("assessment.check"))]

    def after(self, part: int) -> int:
        """The part that follows."""
        return next((one for one in self.asked if one > part), self.check)

    def before(self, part: int) -> int | None:
        """The part before; None before the first."""
        return next((one for one in reversed(self.asked) if one < part), None)

    def place(self, part: int) -> int:
        """Where a part stands among those that are asked, from 0."""
        return sum(1 for one in self.asked if one < part)


def order_of(parts: Sequence[Part], shot: Snapshot) -> Order:
    """The order as it is now."""
    shown = {row.page for row in shot.rows if row.shown and row.item.type != "group"}
    asked = tuple(place for place, part in enumerate(parts) if shown.intersection(part.pages))
    return Order(tuple(parts), asked or (0,))
