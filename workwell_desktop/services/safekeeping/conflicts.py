"""Two people answered one question apart: a person chooses, never a clock. Every answer stays kept."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.participants import Participant, Settling
from workwell_desktop.domain.people import Device, Person, Team
from workwell_desktop.domain.records import Code, Id, Record, Scope, is_restricted, new_id, scope_of
from workwell_desktop.domain.sessions import AgendaItem, Attendance, Contribution, Session
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import NoPermission, NotFound
from workwell_desktop.services._restricted import may_read_kind
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping._apart import session_of
from workwell_desktop.services.safekeeping._used_in import UsedIn, used_in
from workwell_desktop.store import DELETED, Conflict, Reader


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
    what: str
    """Which of the records of its kind it is, in its own words; empty where there is one alone."""
    deletion: bool
    """Whether it is asked if the record is kept (False) or taken away (True)."""
    used_in: tuple[UsedIn, ...]
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Of the people whose ids stand among the answers."""


@dataclass(frozen=True, slots=True)
class WaitingChoice:
    """How much waits for a choice about one person, or of one session; about neither, both are None."""

    participant: Id | None
    session: Id | None
    name: str
    """The person's, or the team's."""
    starts_at: datetime | None
    count: int


def of_participant(desk: Desk, participant: Id) -> tuple[ConflictView, ...]:
    """Everything of one person that waits for a choice."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = _readable(desk, reader, reader.conflicts(participant))
        return tuple(_view(desk, reader, one, len(found)) for one in found)


def of_the_rest(desk: Desk) -> tuple[ConflictView, ...]:
    """What is about no participant and no session: people, teams, the site."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = [
            one
            for one in _readable(desk, reader, reader.conflicts())
            if scope_of(one.kind) is not Scope.PARTICIPANT and session_of(reader, one) is None
        ]
        return tuple(_view(desk, reader, one, len(found)) for one in found)


def of_everything(desk: Desk) -> tuple[ConflictView, ...]:
    """Everything in the store that waits for a choice."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = _readable(desk, reader, reader.conflicts())
        return tuple(_view(desk, reader, one, len(found)) for one in found)


def waiting(desk: Desk) -> tuple[WaitingChoice, ...]:
    """Everything in the store that waits for a choice, a line for each person and each session; persons first."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        counted = Counter(_about(reader, one) for one in _readable(desk, reader, reader.conflicts()))
        lines = []
        for (participant, session), count in counted.items():
            who, held = reader.find(Participant, participant), reader.find(Session, session)
            team = reader.find(Team, held.team) if held else None
            name = who.name if who else (team.name or "") if team else ""
            lines.append(WaitingChoice(participant, session, name, held.starts_at if held else None, count))
    return tuple(sorted(lines, key=lambda one: (one.participant is None, one.session is None, one.name)))


def _about(reader: Reader, one: Conflict) -> tuple[Id | None, Id | None]:
    if scope_of(one.kind) is Scope.PARTICIPANT:
        return one.scope, None
    return None, session_of(reader, one)


def of_session(desk: Desk, session: Id) -> tuple[ConflictView, ...]:
    """What two note-takers wrote differently at one session: of the meeting, its cases, and what was said of them."""
    desk.allow(Act.READ)
    with desk.read() as reader:
        found = _readable(desk, reader, [one for one in reader.conflicts() if session_of(reader, one) == session])
        return tuple(_view(desk, reader, one, len(found)) for one in found)


def settle(desk: Desk, record: Id, field: str, value: Value | None, why: str = "") -> None:
    """Chooses one of the answers, or another, and keeps why. For a deletion the value is True to take it away.

    Raises NotFound where nothing waits for a choice there any more.
    """
    desk.allow(Act.SETTLE_CONFLICT)
    with desk.unit() as unit:
        found = unit.reader.conflict(f"{record}/{field}")
        if found is None or not _readable(desk, unit.reader, [found]):
            raise NotFound("conflict")
        if found.kind in KINDS and not desk.may(Act.SETTLE_CONFLICT, KINDS[found.kind]):
            raise NoPermission(role="", act=Act.SETTLE_CONFLICT.value)
        unit.settle((record, field), value)
        # why one answer to a restricted note was chosen would stand where everybody reads
        if why.strip() and scope_of(found.kind) is Scope.PARTICIPANT and not is_restricted(found.kind):
            unit.add(
                Settling(
                    id=new_id(),
                    scope=found.scope,
                    of=record,
                    of_kind=Code(found.kind),
                    field=Code(field),
                    why=why.strip(),
                    at=desk.clock.now(),
                    by=desk.me,
                )
            )


def _readable(desk: Desk, reader: Reader, found: Iterable[Conflict]) -> list[Conflict]:
    """Without those about a kind of record, or a restricted note, that the person who acts may not read."""
    return [
        one
        for one in found
        if (one.kind not in KINDS or is_restricted(one.kind) or desk.may(Act.READ, KINDS[one.kind]))
        and (not is_restricted(one.kind) or may_read_kind(desk, one.kind, reader.find(KINDS[one.kind], one.record)))
    ]


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
    deletion = one.field == DELETED
    if deletion:
        answers, before = _to_keep(desk, reader, people, devices, one, answers), None
    record = reader.find(KINDS[one.kind], one.record) if one.kind in KINDS else None
    uses = used_in(reader, one.kind, one.field, one.scope, record)
    what = _named(record) or _whose(reader, record, people)
    shown = {str(answer.value) for answer in (*answers, before) if answer is not None}
    names = {str(person.id): person.name or "" for person in people.values() if str(person.id) in shown}
    return ConflictView(one.scope, one.record, one.kind, one.field, answers, before, left, what, deletion, uses, names)


def _whose(reader: Reader, record: Record | None, people: Mapping[Id, Person]) -> str:
    """Whose line of a session it is: who was there, who spoke, whose case."""
    if isinstance(record, Attendance):
        person = people.get(record.person) if record.person else None
        return (person.name if person else record.name) or ""
    if isinstance(record, Contribution):
        return (people[record.author].name or "") if record.author and record.author in people else ""
    if isinstance(record, AgendaItem) and record.participant:
        who = reader.find(Participant, record.participant)
        return who.name if who else ""
    return ""


def _to_keep(
    desk: Desk,
    reader: Reader,
    people: dict[Id, Person],
    devices: dict[Id, str],
    one: Conflict,
    found: tuple[Answer, ...],
) -> tuple[Answer, ...]:
    """Somebody took it away, and somebody else wrote in it: whoever wrote last wants it kept."""
    if any(answer.value is False for answer in found):
        return found
    written = [line for line in reader.history(one.record) if line.field != DELETED and line.is_head]
    if not written:
        return found
    last = max(written, key=lambda line: (line.at, line.change))
    return (*found, _answer(desk, people, devices, last.change, False, last.author, last.at, last.device))


def _named(record: Record | None) -> str:
    """What a person would call this record among others of its kind."""
    for name in ("text", "purpose", "form_title", "question", "what"):
        words = getattr(record, name, None)
        if isinstance(words, str) and words:
            return words
    return ""


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
        phone=who.phone or "" if who else "",
        email=who.email or "" if who else "",
    )
