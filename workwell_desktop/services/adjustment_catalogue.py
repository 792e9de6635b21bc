"""The catalogue of changes at work: ``resources/adjustments/*.csv``, which a partnership may replace."""

import csv
from dataclasses import dataclass
from functools import cache

from workwell_desktop import assets
from workwell_desktop.domain.records import Code


@dataclass(frozen=True, slots=True)
class Row:
    """One change at work. ``helps`` are stems of the words of what it helps with, ``searched`` is in small letters."""

    code: Code
    text: str
    group: str
    note: str | None
    helps: frozenset[str]
    searched: str


@cache
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the file."""
    with assets.resource("adjustments", "barriers.csv").open(encoding="utf-8", newline="") as file:
        barriers = {line["code"]: line["words"] for line in csv.DictReader(file)}
    with assets.resource("adjustments", "adjustments.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(line, barriers) for line in csv.DictReader(file))


def stems(text: str) -> frozenset[str]:
    """Words that say something, cut so that "lifting" meets "lift"."""
    bare = "".join(letter if letter.isalpha() else " " for letter in text.lower())
    return frozenset(_stem(word) for word in bare.split() if len(word) > 3)


def _stem(word: str) -> str:
    for ending in ("ing", "ness", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _row(line: dict[str, str], barriers: dict[str, str]) -> Row:
    helped = " ".join(barriers.get(code, "") for code in line["barriers"].split())
    note = line["note"] or None
    return Row(
        code=Code(line["code"]),
        text=line["text"],
        group=line["category"],
        note=note,
        helps=stems(helped),
        searched=f"{line['text']} {helped} {note or ''}".lower(),
    )
