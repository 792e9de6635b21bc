"""Actions that somebody began to write: kept on this computer until they are whole, or left out."""

from typing import TypeAlias

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import typed

Typed: TypeAlias = tuple[str, str | None, str, str]
"""Words, owner, day and the name of another owner, as they stand in the fields."""

_FIELDS = ("action", "owner", "due", "name")


def keep(desk: Desk, obstacle: Id, given: Typed) -> None:
    """Keeps what was typed about one obstacle."""
    if desk.may(Act.EDIT_OWN_SETTINGS):
        for field, value in zip(_FIELDS, given, strict=True):
            typed.keep(desk, obstacle, field, value or "")


def kept(desk: Desk, obstacles: list[Id]) -> dict[str, Typed]:
    """What was typed and not finished, by obstacle."""
    if not desk.may(Act.EDIT_OWN_SETTINGS):
        return {}
    found = {}
    for one in obstacles:
        words = typed.of(desk, one)
        if words:
            what, owner, due, name = (words.get(field, "") for field in _FIELDS)
            found[str(one)] = (what, owner or None, due, name)
    return found


def forget(desk: Desk, obstacle: Id) -> None:
    """It was saved, or left out."""
    if desk.may(Act.EDIT_OWN_SETTINGS):
        typed.forget(desk, obstacle)
