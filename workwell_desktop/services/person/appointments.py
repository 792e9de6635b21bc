"""Talks at a fixed moment: booked, moved, called off; who knows of a home visit; and who is in two places at once.

The moment, the place and who talks stand in the talk itself (``contacts``); what is here is the rest of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.appointments import LONGEST, USUAL_MINUTES, Appointment, ends_at, overlap
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.domain.participants import Need, Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import present_episode, staff_names, working_here
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.services.person.contacts import MODES
from workwell_desktop.store import Reader

SHORTEST = 5
SOON = timedelta(minutes=15)
"""How long before it begins an appointment is called to mind."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A talk at a fixed moment. ``minutes`` long; ``knows`` and ``back_by`` are asked for a home visit."""

    purpose: str
    at: datetime
    minutes: int = USUAL_MINUTES
    mode: str = "room"
    place: str = ""
    owner: Id | None = None
    interpreter: bool = False
    language: str = ""
    knows: Id | None = None
    back_by: datetime | None = None
    block: Id | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Something else at the same time. ``own`` is the staff member's; else it is the person's other appointment."""

    at: datetime
    minutes: int
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """One appointment as a page shows it."""

    contact: Contact
    appointment: Appointment
    name: str
    called: str
    owner: str
    knows: str
    ends: datetime | None
    needs_interpreter: bool
    language: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """A word inside the window. ``kind``: ``soon`` begins within a quarter of an hour, ``back`` means that somebody
    on a home visit was to be back by ``at`` and has not said so; ``mine`` where it is the acting person's own."""

    kind: str
    contact: Id
    participant: Id
    appointment: Id
    name: str
    owner: str
    at: datetime
    mine: bool


def needs(desk: Desk, participant: Id) -> tuple[bool, str]:
    """Whether an interpreter is asked for, and for which language, as the record says."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        return _needs(reader.get(Participant, participant))


def book(desk: Desk, participant: Id, booking: Booking) -> Id:
    """Plans the talk and what it needs; gives the talk. Raises FieldsInvalid and writes nothing.

    Who is in two places at once is warned before (``clashes``), never stopped.
    """
    desk.allow(Act.RECORD_CONTACT, Appointment)
    _check(booking, desk.clock.now(), booking.owner or desk.me)
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        episode = present_episode(unit.reader, participant)
        talk = unit.add(
            Contact(
                id=new_id(),
                scope=participant,
                episode=episode.id if episode else None,
                purpose=booking.purpose.strip(),
                mode=Code(booking.mode),
                place=words_or_none(booking.place),
                due=london_day(booking.at),
                at=booking.at,
                owner=working_here(unit.reader, booking.owner or desk.me),
                status=ContactStatus.PLANNED,
                block=booking.block,
            )
        )
        unit.add(
            Appointment(
                id=new_id(),
                scope=participant,
                contact=talk,
                minutes=booking.minutes,
                interpreter=booking.interpreter,
                language=words_or_none(booking.language),
                interpreter_booked=False if booking.interpreter else None,
                knows=working_here(unit.reader, booking.knows) if booking.knows else None,
                back_by=booking.back_by,
                sequence=0,
            )
        )
    return talk


def move(desk: Desk, contact: Id, at: datetime, minutes: int | None = None) -> None:
    """Another moment, and where given another length; when somebody is expected back moves with it."""
    desk.allow(Act.RECORD_CONTACT, Appointment)
    if at <= desk.clock.now():
        raise FieldsInvalid((("at", "moment_has_passed"),))
    if minutes is not None and not SHORTEST <= minutes <= LONGEST:
        raise FieldsInvalid((("minutes", "minutes_impossible"),))
    with desk.unit() as unit:
        talk, one = _of(unit.reader, contact)
        shift = at - talk.at if talk.at is not None else timedelta(0)
        unit.set(Contact, contact, at=at, due=london_day(at))
        given: dict[str, Any] = {"minutes": minutes} if minutes is not None else {}
        back = one.back_by + shift if one.back_by is not None else None
        unit.set(Appointment, one.id, sequence=(one.sequence or 0) + 1, back_by=back, **given)


def cancel(desk: Desk, contact: Id, note: str = "") -> None:
    """Called off, by whomever: nobody has to say why."""
    desk.allow(Act.RECORD_CONTACT, Appointment)
    with desk.unit() as unit:
        _talk, one = _of(unit.reader, contact)
        given: dict[str, Any] = {
            "status": ContactStatus.CANCELLED,
            "done_at": desk.clock.now(),
            "note": words_or_none(note),
        }
        unit.set(Contact, contact, **given)
        unit.set(Appointment, one.id, sequence=(one.sequence or 0) + 1)


def interpreter_booked(desk: Desk, contact: Id, *, booked: bool = True) -> None:
    """Whether the interpreter is booked."""
    desk.allow(Act.RECORD_CONTACT, Appointment)
    with desk.unit() as unit:
        _talk, one = _of(unit.reader, contact)
        unit.set(Appointment, one.id, interpreter_booked=booked)


def back(desk: Desk, contact: Id) -> None:
    """ "I am back": who was on a home visit says so, or whoever heard from them."""
    desk.allow(Act.RECORD_CONTACT, Appointment)
    with desk.unit() as unit:
        (one,) = unit.reader.list(Appointment, contact=contact, limit=1)
        unit.set(Appointment, one.id, back_at=desk.clock.now())


def view(desk: Desk, contact: Id) -> AppointmentView | None:
    """One appointment; None where the talk has no fixed moment."""
    desk.allow(Act.READ, Appointment)
    with desk.read() as reader:
        talk = reader.get(Contact, contact)
        found = reader.list(Appointment, contact=contact, limit=1)
        if not found or talk.at is None:
            return None
        person = reader.get(Participant, talk.scope)
        names = staff_names(reader)
    one = found[0]
    asked, language = _needs(person)
    return AppointmentView(
        contact=talk,
        appointment=one,
        name=person.name,
        called=person.called,
        owner=names.get(talk.owner, "") if talk.owner else "",
        knows=names.get(one.knows, "") if one.knows else "",
        ends=ends_at(talk, one),
        needs_interpreter=asked,
        language=one.language or language,
    )


def clashes(
    desk: Desk, participant: Id, at: datetime, minutes: int, *, owner: Id | None = None, besides: Id | None = None
) -> tuple[Clash, ...]:
    """What else the same member of staff, or the same person, has at that time. It warns and stops nobody."""
    desk.allow(Act.READ, Appointment)
    span = (at, at + timedelta(minutes=minutes))
    who = owner or desk.me
    begin, end = at - timedelta(minutes=LONGEST), span[1]
    with desk.read() as reader:
        near = reader.list(Contact, order_by=("at", "id"), status=ContactStatus.PLANNED, at__gt=begin, at__lt=end)
        near = [one for one in near if one.id != besides and (one.owner == who or one.scope == participant)]
        lengths = {one.contact: one for one in reader.list(Appointment, contact={one.id for one in near})}
        names = {one.id: one.name for one in reader.list(Participant, id={one.scope for one in near})}
    found = []
    for one in near:
        over = ends_at(one, lengths.get(one.id))
        if one.at is not None and over is not None and overlap(span, (one.at, over)):
            length = int((over - one.at).total_seconds() // 60)
            found.append(Clash(one.at, length, names.get(one.scope, ""), one.owner == who))
    return tuple(found)


def of_participant(desk: Desk, participant: Id) -> tuple[AppointmentView, ...]:
    """What is booked with one person, soonest first."""
    desk.allow(Act.READ, Appointment)
    with desk.read() as reader:
        talks = reader.list(
            Contact, order_by=("at", "id"), scope=participant, status=ContactStatus.PLANNED, at__ne=None
        )
    return tuple(found for one in talks if (found := view(desk, one.id)) is not None)


def reminders(desk: Desk) -> tuple[Reminder, ...]:
    """What is called to mind now, inside the window alone: what begins soon, and who was to be back and is not."""
    desk.allow(Act.READ, Appointment)
    now = desk.clock.now()
    with desk.read() as reader:
        return tuple(
            sorted(_reminders(reader, desk.me, now), key=lambda one: (one.kind != "back", one.at, one.contact))
        )


def _reminders(reader: Reader, me: Id, now: datetime) -> Iterator[Reminder]:
    waiting = reader.list(Appointment, back_by__le=now, back_at=None)
    begins = reader.list(
        Contact, status=ContactStatus.PLANNED, owner=me, at__gt=now - timedelta(minutes=1), at__le=now + SOON
    )
    talks = {one.id: one for one in reader.list(Contact, id={one.contact for one in waiting if one.contact})}
    talks |= {one.id: one for one in begins}
    if not talks:
        return
    names = {one.id: one.name for one in reader.list(Participant, id={one.scope for one in talks.values()})}
    people = staff_names(reader)
    for one in waiting:
        talk = talks.get(one.contact) if one.contact else None
        if talk is None or one.back_by is None or talk.status in (ContactStatus.CANCELLED, ContactStatus.MISSED):
            continue
        if me in (talk.owner, one.knows):
            owner = people.get(talk.owner, "") if talk.owner else ""
            name = names.get(talk.scope, "")
            yield Reminder("back", talk.id, talk.scope, one.id, name, owner, one.back_by, talk.owner == me)
    for talk in begins:
        if talk.at is not None:
            name = names.get(talk.scope, "")
            yield Reminder("soon", talk.id, talk.scope, talk.id, name, people.get(me, ""), talk.at, True)


def _needs(person: Participant) -> tuple[bool, str]:
    asked = bool(person.needs & {Need.INTERPRETER.value, Need.SIGN_LANGUAGE.value})
    return asked, person.language or ""


def _of(reader: Reader, contact: Id) -> tuple[Contact, Appointment]:
    talk = reader.get(Contact, contact)
    found = reader.list(Appointment, contact=contact, limit=1)
    if talk.status is not ContactStatus.PLANNED or not found:
        raise Locked()
    return talk, found[0]


def _check(booking: Booking, now: datetime, owner: Id) -> None:
    problems: list[tuple[str, str]] = []
    if not booking.purpose.strip():
        problems.append(("purpose", "purpose_missing"))
    if booking.mode not in MODES:
        problems.append(("mode", "mode_unknown"))
    if booking.at <= now:
        problems.append(("at", "moment_has_passed"))
    if not SHORTEST <= booking.minutes <= LONGEST:
        problems.append(("minutes", "minutes_impossible"))
    if booking.mode in ("room", "home") and not booking.place.strip():
        problems.append(("place", "place_missing"))
    if booking.mode == "home":
        if booking.knows is None or booking.knows == owner:
            problems.append(("knows", "knows_missing"))
        if booking.back_by is None or booking.back_by < booking.at + timedelta(minutes=booking.minutes):
            problems.append(("back_by", "back_too_early"))
    if problems:
        raise FieldsInvalid(tuple(problems))
