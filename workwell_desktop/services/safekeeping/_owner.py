"""Who does an action: ``owner_kind``, ``owner`` and ``owner_name`` say it together, and are asked as one question."""

from collections.abc import Iterable, Mapping
from typing import Any

from workwell_desktop.domain import apart
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value
from workwell_desktop.store import Conflict, Reader, Unit

_KIND = ("action", "owner_kind")


def is_owner(one: Conflict) -> bool:
    """Whether it is asked which kind of person does an action."""
    return (one.kind, one.field) == _KIND


def as_one(found: Iterable[Conflict]) -> list[Conflict]:
    """Without those that are settled with the kind of owner."""
    every = list(found)
    kinds = {one.record for one in every if is_owner(one)}
    return [one for one in every if one.record not in kinds or one.field not in apart.WITH_OWNER]


def settle_beside(unit: Unit, found: Conflict, value: Value | None) -> None:
    """Settles and sets who it is, as the same hand wrote it that wrote the answer which was chosen."""
    wanted: dict[str, Any]
    together, waits = _meant(unit.reader, found, value)
    record = unit.reader.get(Action, found.record)
    for name, whom in zip(apart.WITH_OWNER, together, strict=True):
        if name in waits:
            unit.settle((found.record, name), whom)
        elif whom != getattr(record, name):
            wanted = {name: whom}
            unit.set(Action, found.record, **wanted)


def names(reader: Reader, found: Conflict, people: Mapping[Id, Person]) -> dict[str, str]:
    """By answer, who is meant by it, where it is more than a kind of person."""
    said = {}
    for head in found.heads:
        (owner, name), _waits = _meant(reader, found, head.value)
        person = people.get(Id(str(owner))) if owner else None
        words = (person.name or "") if person else str(name or "")
        if words:
            said[str(head.value)] = words
    return said


def _meant(
    reader: Reader, found: Conflict, value: Value | None
) -> tuple[tuple[Value | None, Value | None], frozenset[str]]:
    """``owner`` and ``owner_name`` that go with a kind of owner, and which of them wait for a choice themselves."""
    chosen = next((head for head in found.heads if head.value == value), None)
    record = reader.get(Action, found.record)
    beside: list[Value | None] = []
    waits = set()
    for name in apart.WITH_OWNER:
        other = reader.conflict(f"{found.record}/{name}")
        if other is None:
            beside.append(getattr(record, name))
            continue
        waits.add(name)
        same = [head.value for head in other.heads if chosen is not None and head.author == chosen.author]
        given = [head.value for head in other.heads if head.value is not None]
        beside.append(same[0] if same else given[0] if len(given) == 1 else None)
    return apart.owner_with(value, *beside), frozenset(waits)
