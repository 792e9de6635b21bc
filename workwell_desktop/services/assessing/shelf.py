"""The lists on the library's shelf: changes at work, and national services (see ``directory``)."""

from functools import cache

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormVersion
from workwell_desktop.domain.reference import (
    AdjustmentRow,
    Barrier,
    ServiceRow,
    load_adjustments,
    load_barriers,
    load_services,
)
from workwell_desktop.services.desk import Desk


def changes(desk: Desk, words: str = "") -> tuple[tuple[AdjustmentRow, tuple[str, ...]], ...]:
    """The changes at work that hold all of ``words``, each with what it helps with, in the order of the list."""
    desk.allow(Act.READ, FormVersion)
    said = {barrier.code: barrier.words for barrier in _barriers()}
    found = []
    for row in _adjustments():
        helps = tuple(said[code] for code in sorted(row.barriers) if code in said)
        if _holds(words, row.text, row.note, *helps):
            found.append((row, helps))
    return tuple(found)


def _holds(words: str, *where: str) -> bool:
    said = " ".join(where).casefold()
    return all(word in said for word in words.casefold().split())


@cache
def _barriers() -> tuple[Barrier, ...]:
    return load_barriers()


@cache
def _adjustments() -> tuple[AdjustmentRow, ...]:
    return load_adjustments()


@cache
def national_services() -> tuple[ServiceRow, ...]:
    """The list that comes with the program, read once."""
    return load_services()
