"""Who looked at what, printed, gave or was refused it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import AuditLine


@dataclass(frozen=True, slots=True)
class AuditView:
    """One event: ``text(f"audit.said.{kind}")``. ``participant_name`` is empty where none is meant or they went."""

    event: str
    kind: AuditKind
    at: datetime
    person: Id
    person_name: str
    participant: Id | None
    participant_name: str
    record: Id | None
    detail: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Which events: of one of ours, about one participant, of a kind, from the first London day to the last."""

    person: Id | None = None
    participant: Id | None = None
    kind: AuditKind | None = None
    first: date | None = None
    last: date | None = None


def find(desk: Desk, sought: Sought, limit: int | None = None) -> tuple[AuditView, ...]:
    """The events that fit, of the whole store, newest first."""
    desk.allow(Act.READ_AUDIT)
    return _found(desk, sought, limit)


def find_own(desk: Desk, sought: Sought, limit: int | None = None) -> tuple[AuditView, ...]:
    """As ``find``, among what the person who acts did."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return _found(desk, replace(sought, person=desk.me, participant=None), limit)


def of_participant(desk: Desk, participant: Id, limit: int | None = None) -> tuple[AuditView, ...]:
    """Everything that was looked at, printed or given of one person, newest first."""
    desk.allow(Act.READ_AUDIT)
    return _events(desk, None, participant, None, limit)


def of_person(desk: Desk, person: Id, limit: int | None = None) -> tuple[AuditView, ...]:
    """Everything that one of ours did, newest first."""
    desk.allow(Act.READ_AUDIT)
    return _events(desk, person, None, None, limit)


def latest(desk: Desk, kinds: Collection[AuditKind] | None = None, limit: int = 500) -> tuple[AuditView, ...]:
    """The newest events of everybody, of all kinds or of some."""
    desk.allow(Act.READ_AUDIT)
    return _events(desk, None, None, kinds, limit)


def my_own(desk: Desk, limit: int = 100) -> tuple[AuditView, ...]:
    """What the person who acts did: everybody may see their own."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return _events(desk, desk.me, None, None, limit)


def _found(desk: Desk, sought: Sought, limit: int | None) -> tuple[AuditView, ...]:
    kinds = (sought.kind,) if sought.kind is not None else None
    since = datetime.combine(sought.first, time.min, LONDON) if sought.first else None
    before = datetime.combine(sought.last + timedelta(days=1), time.min, LONDON) if sought.last else None
    return _events(desk, sought.person, sought.participant, kinds, limit, since, before)


def _events(
    desk: Desk,
    person: Id | None,
    participant: Id | None,
    kinds: Collection[AuditKind] | None,
    limit: int | None,
    since: datetime | None = None,
    before: datetime | None = None,
) -> tuple[AuditView, ...]:
    with desk.read() as reader:
        found = reader.events(
            person=person, participant=participant, kinds=kinds, since=since, before=before, limit=limit
        )
        named = {one.participant for one in found if one.participant}
        people = {one.id: one.name for one in reader.list(Participant, id=named)} if named else {}
        ours = staff(reader)
    return tuple(_view(one, name_of(ours, one.person), people) for one in found)


def _view(one: AuditLine, person_name: str, people: dict[Id, str]) -> AuditView:
    return AuditView(
        event=one.id,
        kind=one.kind,
        at=one.at,
        person=one.person,
        person_name=person_name,
        participant=one.participant,
        participant_name=people.get(one.participant, "") if one.participant else "",
        record=one.record,
        detail=one.detail or "",
    )
