"""Two people answered one question apart: a person chooses, never a clock. Every answer stays kept."""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import NotFound
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Conflict, Reader


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers: who gave it, as what, when and on which computer."""

    change: str
    value: Value | None
    author: Id
    by_name: str
    profession: str
    at: datetime
    device_name: str
    here: bool
    """Whether it was written on this computer."""


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What is to be chosen. ``before`` is the answer that stood before both, None where there was none."""

    participant: Id
    record: Id
    record_kind: str
    field: str
    answers: tuple[Answer, ...]
    before: Answer | None
    left: int
    """How many questions of this person wait for a choice, this one too."""


def of_participant(desk: Desk, participant: Id) -> tuple[ConflictView, ...]:
    """Everything of one person that waits for a choice."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = reader.conflicts(participant)
        return tuple(_view(desk, reader, one, len(found)) for one in found)


def everything(desk: Desk) -> tuple[ConflictView, ...]:
    """Everything in the store that waits for a choice."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = reader.conflicts()
        return tuple(_view(desk, reader, one, len(found)) for one in found)


def settle(desk: Desk, record: Id, field: str, value: Value | None) -> None:
    """Chooses one of the answers, or another. Raises NotFound where nothing waits for a choice there any more."""
    desk.allow(Act.SETTLE_CONFLICT)
    with desk.unit() as unit:
        if unit.reader.conflict(f"{record}/{field}") is None:
            raise NotFound("conflict")
        unit.settle((record, field), value)


def _view(desk: Desk, reader: Reader, one: Conflict, left: int) -> ConflictView:
    people = {person.id: person for person in reader.list(Person)}
    devices = {device.id: device.name or "" for device in reader.list(Device)}
    lines = {line.change: line for line in reader.history(one.record, one.field)}
    answers = tuple(
        _answer(desk, people, devices, head.change, head.value, head.author, head.at, lines[head.change].device)
        for head in one.heads
    )
    replaced = [change for head in one.heads for change in lines[head.change].replaces if change in lines]
    before = None
    if replaced:
        line = lines[replaced[0]]
        before = _answer(desk, people, devices, line.change, line.value, line.author, line.at, line.device)
    return ConflictView(one.scope, one.record, one.kind, one.field, answers, before, left)


def _answer(
    desk: Desk,
    people: dict[Id, Person],
    devices: dict[Id, str],
    change: str,
    value: Value | None,
    author: Id,
    at: datetime,
    device: Id,
) -> Answer:
    who = people.get(author)
    return Answer(
        change=change,
        value=value,
        author=author,
        by_name=who.name or "" if who else "",
        profession=who.profession.value if who and who.profession else "",
        at=at,
        device_name=devices.get(device, ""),
        here=device == desk.identity.device,
    )
