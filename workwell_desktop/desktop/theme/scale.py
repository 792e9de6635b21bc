"""Text from 100 to 200 % in six steps: type, fields, buttons and icons grow fully, spacing by a third of it."""

from typing import NamedTuple

STEPS = (100, 120, 140, 160, 180, 200)
"""Percent; remembered per person."""

WIDE = 1.12
"""From a client width of 1800 the text grows by this."""


def nearest_step(percent: int) -> int:
    """The step that a remembered number means today."""
    return min(STEPS, key=lambda step: abs(step - percent))


class Scale(NamedTuple):
    """``percent`` is one of STEPS; ``wide`` says that the window has room for larger text."""

    percent: int = 100
    wide: bool = False

    @property
    def factor(self) -> float:
        return self.percent / 100 * (WIDE if self.wide else 1.0)

    def px(self, size: float) -> int:
        """A size that grows with the text."""
        return round(size * self.factor)

    def space(self, size: float) -> int:
        """A distance, which grows by a third of the text's growth."""
        return round(size * (1 + (self.factor - 1) / 3))

    def larger(self) -> "Scale":
        return Scale(_step(self.percent, 1), self.wide)

    def smaller(self) -> "Scale":
        return Scale(_step(self.percent, -1), self.wide)


def _step(percent: int, by: int) -> int:
    place = STEPS.index(percent) + by
    return STEPS[max(0, min(place, len(STEPS) - 1))]
