"""The catalogue of changes at work: ``resources/adjustments/*.csv``, which a partnership may replace."""

from dataclasses import dataclass
from functools import cache

from workwell_desktop.domain.evidence import Option
from workwell_desktop.domain.records import Code
from workwell_desktop.domain.reference import AdjustmentRow, load_adjustments, load_barriers

BOXES = {
    "P": Option.PHASED.value,
    "H": Option.ALTERED_HOURS.value,
    "D": Option.AMENDED_DUTIES.value,
    "A": Option.ADAPTATIONS.value,
}
"""The four boxes of a fit note by their letter in the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One change at work. ``helps`` are stems of the words of what it helps with, ``searched`` is in small letters;
    ``barriers`` are codes of ``barriers.csv``, ``boxes`` of ``domain.evidence.Option`` in the order of a fit note."""

    code: Code
    text: str
    group: str
    note: str | None
    helps: frozenset[str]
    searched: str
    barriers: frozenset[str]
    boxes: tuple[str, ...]


@cache
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the file; a wrong line is named by file, line and field."""
    barriers = load_barriers()
    words = {barrier.code: barrier.words for barrier in barriers}
    return tuple(_row(line, words) for line in load_adjustments(barriers=barriers))


def stems(text: str) -> frozenset[str]:
    """Words that say something, cut so that "lifting" meets "lift"."""
    bare = "".join(letter if letter.isalpha() else " " for letter in text.lower())
    return frozenset(_stem(word) for word in bare.split() if len(word) > 3)


def _stem(word: str) -> str:
    for ending in ("ing", "ness", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _row(line: AdjustmentRow, barriers: dict[str, str]) -> Row:
    helped = " ".join(words for code, words in barriers.items() if code in line.barriers)
    return Row(
        code=Code(line.code),
        text=line.text,
        group=line.category,
        note=line.note or None,
        helps=stems(helped),
        searched=f"{line.text} {helped} {line.note}".lower(),
        barriers=frozenset(code for code in barriers if line.helps_with(code)),
        boxes=tuple(option for letter, option in BOXES.items() if letter in line.boxes),
    )
