"""Two answers as a person is shown them: who, when, on which computer, and what each of them had before their eyes."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.records import Id, Record
from workwell_desktop.domain.sessions import Session
from workwell_desktop.domain.values import Value
from workwell_desktop.services.safekeeping._called import named
from workwell_desktop.services.safekeeping._used_in import UsedIn
from workwell_desktop.store import Conflict, HistoryLine, Reader


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
    phone: str = ""
    email: str = ""
    """How to ask whoever wrote it."""
    before: "Answer | None" = None
    """What stood there when they wrote, where they did not all see the same."""
    unseen: tuple[str, ...] = ()
    """Whose answers they could not have seen."""
    settled: bool = False
    """Whether it is itself a choice between earlier answers, made on one computer while another chose too."""


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What is to be chosen. ``before`` is the answer that stood before all of them, None where there was none, or
    where they did not all see the same one: then each says its own."""

    participant: Id
    record: Id
    record_kind: str
    field: str
    answers: tuple[Answer, ...]
    before: Answer | None
    left: int
    """How many questions of this person wait for a choice, this one too."""
    what: str
    """Which of the records of its kind it is, in its own words; empty where there is one alone."""
    deletion: bool
    """Whether it is asked if the record is kept (False) or taken away (True)."""
    used_in: tuple[UsedIn, ...]
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Of the people whose ids stand among the answers."""
    may: bool = True
    """Whether the person who acts may choose here."""
    sensitive: bool = False
    """Whether a reason has to be written."""
    held: bool = False
    """Whether signing, and papers for an employer, wait for it."""
    amends: bool = False
    """Whether something that was signed or locked stands for one of the answers."""
    mergeable: bool = False
    """Whether all answers can be kept in one."""
    place: int = 1
    """Which of the ``left`` it is, from 1, in the order in which they are asked."""
    places: tuple[str, ...] = ()
    """Of an order: beside each answer what it would stand behind, empty for the first of all."""
    place_before: str = ""
    """Of an order: behind what it stood before."""
    called: tuple[str, Value] | None = None
    """Of a record without words of its own, the field and what it holds by which it is told from others."""
    whose: str = ""
    """The name of the person whose record it is, where it is one person's."""
    bounds: tuple[Value | None, Value | None] = (None, None)
    """The least and the most that a question of a form takes."""
    others: tuple[tuple[Value, str], ...] = ()
    """What else the field may hold, with its words, where that is data of the site, of the store or of a form."""
    why_kept: bool = True
    """Whether a reason can be written down: of a restricted note it stands within the note."""
    restricted: bool = False
    """Whether it is about a note that few may read."""


@dataclass(frozen=True, slots=True)
class Known:
    """The people and the computers of the store, for the words about an answer."""

    people: Mapping[Id, Person]
    devices: Mapping[Id, str]
    here: Id


def known(reader: Reader, here: Id) -> Known:
    """Read once for a page."""
    devices = {device.id: device.name or "" for device in reader.list(Device)}
    return Known({person.id: person for person in reader.list(Person)}, devices, here)


def answer(who: Known, line: HistoryLine, value: Value | None) -> Answer:
    """One change as an answer."""
    person = who.people.get(line.author)
    return Answer(
        change=line.change,
        value=value,
        author=line.author,
        by_name=person.name or "" if person else "",
        profession=person.profession.value if person and person.profession else "",
        at=line.at,
        device_name=who.devices.get(line.device, ""),
        here=line.device == who.here,
        phone=person.phone or "" if person else "",
        email=person.email or "" if person else "",
    )


def answers(who: Known, one: Conflict, lines: Mapping[str, HistoryLine]) -> tuple[tuple[Answer, ...], Answer | None]:
    """Every answer, with what its author had before their eyes; and what all of them had, where it is the same."""
    seen = [_before(who, lines, head.change) for head in one.heads]
    same = len({each.change if each else "" for each in seen}) == 1
    made = []
    for head, before in zip(one.heads, seen, strict=True):
        found = answer(who, lines[head.change], head.value)
        others = (each for each in one.heads if each.change != head.change and each.author != head.author)
        names = {who.people[each.author].name or "" for each in others if each.author in who.people}
        made.append(
            dataclasses.replace(
                found,
                before=None if same else before,
                unseen=tuple(sorted(name for name in names if name)),
                settled=len({lines[each].value for each in lines[head.change].replaces if each in lines}) > 1,
            )
        )
    return tuple(made), seen[0] if same and seen else None


def kept_or_gone(who: Known, reader: Reader, one: Conflict, lines: Mapping[str, HistoryLine]) -> tuple[Answer, ...]:
    """Somebody took it away, and somebody else wrote in it: whoever wrote last wants it kept."""
    found = tuple(answer(who, lines[head.change], head.value) for head in one.heads)
    if any(each.value is False for each in found):
        return found
    written = [line for line in reader.history(one.record) if line.field != one.field and line.is_head]
    if not written:
        return found
    last = max(written, key=lambda line: (line.at, line.change))
    return (*found, answer(who, last, False))


def behind(
    reader: Reader, record: Record | None, keys: Sequence[Value | None], people: Mapping[Id, Person]
) -> tuple[str, ...]:
    """Beside each key of an order, what the record would stand behind; nothing for the first of all."""
    if record is None:
        return ()
    group = next(
        (name for name in ("session", "obstacle", "plan", "episode", "response") if hasattr(record, name)), None
    )
    same = {group: getattr(record, group)} if group else {}
    others = [one for one in reader.list(type(record), scope=record.scope, **same) if one.id != record.id]
    others.sort(key=lambda one: (getattr(one, "position", None) or "", one.id))
    found = []
    for key in keys:
        before = [one for one in others if (getattr(one, "position", None) or "") < str(key or "")]
        found.append(named(reader, before[-1], people) if before else "")
    return tuple(found)


def amended(reader: Reader, one: Conflict) -> bool:
    """Whether a signature or a lock stands for one of the answers."""
    return bool(reader.covered(head.change for head in one.heads)) or (
        one.kind in KINDS and _locked(reader, reader.find(KINDS[one.kind], one.record))
    )


def _locked(reader: Reader, record: Record | None) -> bool:
    session = reader.find(Session, getattr(record, "session", None)) if record is not None else None
    return session is not None and session.locked_at is not None


def _before(who: Known, lines: Mapping[str, HistoryLine], change: str) -> Answer | None:
    replaced = [lines[one] for one in lines[change].replaces if one in lines]
    if not replaced:
        return None
    line = max(replaced, key=lambda each: (each.at, each.change))
    return answer(who, line, line.value)
