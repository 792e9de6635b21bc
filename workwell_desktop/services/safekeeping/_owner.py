"""Who does an action: ``owner_kind``, ``owner`` and ``owner_name`` say it together, and are asked as one question."""

from collections.abc import Iterable, Mapping
from typing import Any

from workwell_desktop.domain import apart
from workwell_desktop.domain.apart import owner_with
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value
from workwell_desktop.store import Conflict, Reader, Unit

_KIND = ("action", "owner_kind")
_WHOM = {("action", "owner"): OwnerKind.STAFF, ("action", "owner_name"): OwnerKind.OTHER}


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


def follow(unit: Unit, found: Conflict, value: Value | None) -> None:
    """Somebody who was chosen by name or as a colleague makes the action theirs, whatever kind stood there."""
    kind = _WHOM.get((found.kind, found.field))
    if kind is None or value is None:
        return
    record = unit.reader.get(Action, found.record)
    owner, name = owner_with(kind, record.owner, record.owner_name)
    wanted: dict[str, Any] = {"owner_kind": kind, "owner": owner, "owner_name": name}
    unit.set(Action, found.record, **{each: one for each, one in wanted.items() if one != getattr(record, each)})


def names(reader: Reader, found: Conflict, people: Mapping[Id, Person]) -> dict[str, str]:
    """By answer, who is meant by it, where it is more than a kind of person. Where it is asked who it is and not which
    kind, nobody of ours means whoever else does it: by name, or as a kind."""
    if (found.kind, found.field) in _WHOM:
        record = reader.get(Action, found.record)
        person = people.get(record.owner) if record.owner and found.field != "owner" else None
        whoever = (person.name if person else record.owner_name if found.field == "owner" else "") or ""
        return {str(None): whoever or str(record.owner_kind or "")}
    if not is_owner(found):
        return {}
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
    return owner_with(value, *beside), frozenset(waits)
