"""Talks with the participant, planned, done or missed."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.appointments import Appointment
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import FieldsInvalid, Locked
from workwell_desktop.services._reads import present_episode, working_here
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import after_birth
from workwell_desktop.store import Unit

MODES = frozenset({"phone", "video", "room", "home", "text"})


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A talk that is to be. ``due`` is its day; ``at`` the moment where one is fixed, and then ``due`` follows."""

    purpose: str
    mode: str
    due: date | None = None
    at: datetime | None = None
    place: str | None = None
    owner: Id | None = None
    """Who talks; None is the person who plans."""


@dataclass(frozen=True, slots=True)
class ContactView:
    """A planned talk. ``days`` from today to its day; negative is overdue."""

    contact: Contact
    name: str
    birth_date: date | None
    address: str
    days: int


def plan(desk: Desk, participant: Id, details: ContactDetails) -> Id:
    """Plans a talk. Raises FieldsInvalid without a purpose, a day or a known way to talk."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    _check(details)
    with desk.unit() as unit:
        talk = _talk(desk, unit, participant, details)
        return unit.add(replace(talk, status=ContactStatus.PLANNED))


def hand_to(desk: Desk, contact: Id, owner: Id) -> None:
    """Gives a planned talk to somebody else who works here. Raises BadInput for somebody who left."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    with desk.unit() as unit:
        _planned(unit.reader.get(Contact, contact))
        unit.set(Contact, contact, owner=working_here(unit.reader, owner))


def move(desk: Desk, contact: Id, *, due: date | None = None, at: datetime | None = None) -> None:
    """Puts a planned talk on another day or moment."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    if due is None and at is None:
        raise FieldsInvalid((("due", "date_missing"),))
    with desk.unit() as unit:
        _planned(unit.reader.get(Contact, contact))
        unit.set(Contact, contact, due=london_day(at) if at else due, at=at)
        _count_change(unit, contact)


def done(desk: Desk, contact: Id, note: str = "", *, at: datetime | None = None) -> None:
    """Records that the talk took place, now or ``at`` an earlier moment."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    _finish(desk, contact, ContactStatus.DONE, note, at)


def missed(desk: Desk, contact: Id, note: str = "") -> None:
    """Records that we tried and the person was not there. A fact, never a failure."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    _finish(desk, contact, ContactStatus.MISSED, note, None)


def cancel(desk: Desk, contact: Id, note: str = "") -> None:
    """Takes a planned talk out."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    _finish(desk, contact, ContactStatus.CANCELLED, note, None)


def record(desk: Desk, participant: Id, details: ContactDetails, note: str = "") -> Id:
    """Records a talk that nobody had planned, as done now or at ``details.at``."""
    desk.allow(Act.RECORD_CONTACT, Contact)
    now = desk.clock.now()
    at = details.at or now
    if at > now:
        raise FieldsInvalid((("at", "date_in_future"),))
    _check(ContactDetails(details.purpose, details.mode, at=at))
    with desk.unit() as unit:
        talk = _talk(desk, unit, participant, details)
        done = replace(talk, due=london_day(at), status=ContactStatus.DONE, done_at=at, note=note or None)
        return unit.add(done)


def planned(desk: Desk, *, until: date, owner: Id | None = None) -> tuple[ContactView, ...]:
    """Talks that are due by ``until``, overdue ones first; of one member of staff or of all."""
    desk.allow(Act.READ, Contact)
    today = desk.clock.today()
    with desk.read() as reader:
        found = reader.list(Contact, order_by=("due", "at", "id"), status=ContactStatus.PLANNED, due__le=until)
        people = reader.list(Participant, id={one.scope for one in found})
    known = {one.id: one for one in people}
    return tuple(
        ContactView(
            one,
            known[one.scope].name,
            known[one.scope].birth_date,
            known[one.scope].address or "",
            (one.due - today).days,
        )
        for one in found
        if one.due is not None and one.scope in known and (owner is None or one.owner == owner)
    )


def of_participant(desk: Desk, participant: Id) -> tuple[Contact, ...]:
    """All talks with one person, newest first."""
    desk.allow(Act.READ, Contact)
    with desk.read() as reader:
        return tuple(reader.list(Contact, order_by=("-due", "-id"), scope=participant))


def _talk(desk: Desk, unit: Unit, participant: Id, details: ContactDetails) -> Contact:
    """The talk as it was described, in the person's present episode. Raises NotFound for an unknown person."""
    on = london_day(details.at) if details.at else details.due
    after_birth(unit.reader, participant, **{"at" if details.at else "due": on})
    episode = present_episode(unit.reader, participant)
    return Contact(
        id=new_id(),
        scope=participant,
        episode=episode.id if episode else None,
        purpose=details.purpose.strip(),
        mode=Code(details.mode),
        place=details.place or None,
        due=on,
        at=details.at,
        owner=working_here(unit.reader, details.owner or desk.me),
    )


def _finish(desk: Desk, contact: Id, status: ContactStatus, note: str, at: datetime | None) -> None:
    now = desk.clock.now()
    if at is not None and at > now:
        raise FieldsInvalid((("at", "date_in_future"),))
    with desk.unit() as unit:
        _planned(unit.reader.get(Contact, contact))
        unit.set(Contact, contact, status=status, done_at=at or now, note=note or None)
        if status is ContactStatus.CANCELLED:
            _count_change(unit, contact)


def _count_change(unit: Unit, contact: Id) -> None:
    """A calendar file made from now on takes the place of the one before."""
    for one in unit.reader.list(Appointment, contact=contact):
        unit.set(Appointment, one.id, sequence=(one.sequence or 0) + 1)


def _planned(contact: Contact) -> None:
    if contact.status is not ContactStatus.PLANNED:
        raise Locked()


def _check(details: ContactDetails) -> None:
    problems: list[tuple[str, str]] = []
    if not details.purpose.strip():
        problems.append(("purpose", "purpose_missing"))
    if details.mode not in MODES:
        problems.append(("mode", "mode_unknown"))
    if details.due is None and details.at is None:
        problems.append(("due", "date_missing"))
    if problems:
        raise FieldsInvalid(tuple(problems))
