"""How somebody comes in."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.coming_in import FIELDS, day_problems, source_problems, work_problems
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.episodes import (
    Episode,
    EpisodeStatus,
    Referral,
    ReferralSource,
)
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.services._reads import latest_work, present_episode, standing, working_here
from workwell_desktop.services.coming_in.agreements import agreement_of
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, ParticipantDetails
from workwell_desktop.services.coming_in.participants import participant_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work import situation_of
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.store import Reader, Unit


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral, whole: who, from where, why, what they agreed to. Either ``who`` is new or ``participant`` is known.

    ``received_on`` None is today. ``coach`` None leaves it to the team; ``accept`` begins the programme at once, which
    needs the agreement to take part and a coach (the person who acts, where none is named). ``whole`` asks for what
    the source needs (``domain.coming_in.ASKED``).
    """

    source: ReferralSource
    reason: str
    who: ParticipantDetails | None = None
    participant: Id | None = None
    received_on: date | None = None
    referrer_name: str | None = None
    referrer_contact: str | None = None
    organisation: str | None = None
    referrer_role: str | None = None
    reference: str | None = None
    person_knows: bool | None = None
    heard_from: str | None = None
    whole: bool = False
    agreements: tuple[AgreementDetails, ...] = ()
    work: WorkDetails | None = None
    team: Id | None = None
    coach: Id | None = None
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Referred:
    """What a referral made."""

    participant: Id
    referral: Id
    episode: Id


@dataclass(frozen=True, slots=True)
class WaitingReferral:
    """A referral that nobody has taken on. ``by`` is the day of the first contact that the site promises."""

    referral: Id
    episode: Id
    participant: Id
    name: str
    birth_date: date | None
    address: str
    source: ReferralSource | None
    referrer_name: str
    reason: str
    received_on: date | None
    by: date | None
    read: bool
    team: Id | None
    coach: Id | None
    agreed: frozenset[AgreementKind] = field(default_factory=frozenset)


def create(desk: Desk, new: NewReferral) -> Referred:
    """Person (where new), referral, agreements, work situation and episode, in one unit of work.

    Raises FieldsInvalid, and BadInput where the person is in an episode already.
    """
    desk.allow(Act.CREATE_REFERRAL, Referral)
    made = checked(desk, new)
    with desk.unit() as unit:
        return written(desk, unit, new, made)


def checked(desk: Desk, new: NewReferral) -> Participant | None:
    """The record of somebody new, or None for somebody known, when nothing stands in the way. Raises FieldsInvalid.

    What is wrong with the person and with the referral is said together.
    """
    desk.allow(Act.CREATE_REFERRAL, Referral)
    if (new.who is None) == (new.participant is None):
        raise TypeError("either a new person or a known one")
    found = _problems(desk, new)
    try:
        made = participant_of(desk, new.who) if new.who is not None else None
    except FieldsInvalid as trouble:
        raise FieldsInvalid((*trouble.problems, *found)) from None
    if found:
        raise FieldsInvalid(tuple(found))
    return made


def written(desk: Desk, unit: Unit, new: NewReferral, made: Participant | None) -> Referred:
    """Writes what ``checked`` has seen into a unit that is open, so that several come in together or not at all."""
    desk.allow(Act.CREATE_REFERRAL, Referral)
    if made is not None:
        if made.nhs_number and unit.reader.count(Participant, nhs_number=made.nhs_number):
            raise FieldsInvalid((("nhs_number", "number_taken"),))
        return _written(desk, unit, unit.add(made), new)
    known = unit.reader.get(Participant, new.participant or Id(""))
    running = present_episode(unit.reader, known.id)
    if running is not None and running.status is not EpisodeStatus.CLOSED:
        raise BadInput("episode_open")
    days = _days(desk, new, known.birth_date)
    if days:
        raise FieldsInvalid(tuple(days))
    return _written(desk, unit, known.id, new)


def waiting(desk: Desk) -> tuple[WaitingReferral, ...]:
    """Referrals that wait in the teams of the person who acts, the one promised soonest first."""
    desk.allow(Act.READ, Referral)
    with desk.read() as reader:
        episodes = reader.list(Episode, status=EpisodeStatus.WAITING)
        teams = desk.person.teams
        episodes = [
            one for one in episodes if one.coach == desk.me or not teams or one.team is None or one.team in teams
        ]
        people = {one.id: one for one in reader.list(Participant, id={one.scope for one in episodes})}
        received = {one.id: one for one in reader.list(Referral, id={one.referral for one in episodes if one.referral})}
        agreed = _agreed(reader, [one.scope for one in episodes])
    found = [
        _waiting(desk, one, people[one.scope], received.get(one.referral) if one.referral else None, agreed)
        for one in episodes
        if one.scope in people
    ]
    return tuple(sorted(found, key=lambda one: (one.by or date.max, one.name, one.episode)))


def get(desk: Desk, referral: Id) -> Referral:
    """What came with a referral."""
    desk.allow(Act.READ, Referral)
    with desk.read() as reader:
        return reader.get(Referral, referral)


def mark_read(desk: Desk, referral: Id) -> None:
    """Notes that somebody has read the referral; the first time counts."""
    desk.allow(Act.EDIT_EPISODE, Referral)
    with desk.unit() as unit:
        if unit.reader.get(Referral, referral).read_at is None:
            unit.set(Referral, referral, read_at=desk.clock.now())


def accept(desk: Desk, episode: Id, coach: Id | None = None) -> None:
    """Takes somebody on: the programme begins today with this coach, the person who acts where none is named.

    Raises BadInput where the person has not agreed to take part.
    """
    desk.allow(Act.EDIT_EPISODE, Episode)
    with desk.unit() as unit:
        now = unit.reader.get(Episode, episode)
        if now.status is not EpisodeStatus.WAITING:
            raise Locked()
        if AgreementKind.TAKE_PART not in _agreed(unit.reader, [now.scope]).get(now.scope, frozenset()):
            raise BadInput("not_agreed_to_take_part")
        who = working_here(unit.reader, coach or desk.me)
        work = latest_work(unit.reader, now.scope)
        clock = desk.site.clock_for(work.status).code if work and work.status else None
        unit.set(
            Episode,
            episode,
            status=EpisodeStatus.ACTIVE,
            coach=who,
            opened_on=desk.clock.today(),
            clock=Code(clock) if clock else None,
        )
        if now.referral and unit.reader.get(Referral, now.referral).read_at is None:
            unit.set(Referral, now.referral, read_at=desk.clock.now())


def _problems(desk: Desk, new: NewReferral) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if not new.reason.strip():
        problems.append(("reason", "reason_missing"))
    problems += _days(desk, new, new.who.birth_date if new.who is not None else None)
    if new.whole:
        told = {name: getattr(new, name) for name in FIELDS}
        problems += source_problems(new.source, told)
    if new.accept and not any(one.kind is AgreementKind.TAKE_PART and one.given for one in new.agreements):
        problems.append(("agreements", "not_agreed_to_take_part"))
    return problems


def _days(desk: Desk, new: NewReferral, born: date | None) -> list[tuple[str, str]]:
    found = day_problems(received=new.received_on, born=born, today=desk.clock.today())
    if new.work is None:
        return found
    return found + work_problems(since=new.work.since, until=new.work.evidence_until, born=born)


def _written(desk: Desk, unit: Unit, participant: Id, new: NewReferral) -> Referred:
    today = desk.clock.today()
    told: dict[str, Any] = {name: _told(getattr(new, name)) for name in FIELDS}
    referral = unit.add(
        Referral(
            id=new_id(),
            scope=participant,
            source=new.source,
            received_on=new.received_on or today,
            reason=new.reason.strip(),
            recorded_by=desk.me,
            read_at=desk.clock.now() if new.accept else None,
            **told,
        )
    )
    for said in new.agreements:
        unit.add(agreement_of(desk, participant, said))
    if new.work is not None:
        unit.add(situation_of(desk, participant, new.work))
    team = new.team or (Id(min(desk.person.teams)) if desk.person.teams else None)
    clock = desk.site.clock_for(new.work.status).code if new.work is not None else None
    episode = unit.add(
        Episode(
            id=new_id(),
            scope=participant,
            referral=referral,
            team=team,
            coach=working_here(unit.reader, new.coach or desk.me) if new.coach or new.accept else None,
            status=EpisodeStatus.ACTIVE if new.accept else EpisodeStatus.WAITING,
            opened_on=today if new.accept else None,
            clock=Code(clock) if clock and new.accept else None,
        )
    )
    return Referred(participant, referral, episode)


def _told(value: str | bool | None) -> str | bool | None:
    return value.strip() or None if isinstance(value, str) else value


def _agreed(reader: Reader, people: list[Id]) -> dict[Id, frozenset[AgreementKind]]:
    by_person: dict[Id, list[Agreement]] = defaultdict(list)
    for one in reader.list(Agreement, scope=set(people)):
        by_person[one.scope].append(one)
    return {
        who: frozenset(kind for (kind, _, _), one in standing(said).items() if one.given and one.withdrawn_at is None)
        for who, said in by_person.items()
    }


def _waiting(
    desk: Desk,
    episode: Episode,
    who: Participant,
    referral: Referral | None,
    agreed: dict[Id, frozenset[AgreementKind]],
) -> WaitingReferral:
    received = referral.received_on if referral else None
    return WaitingReferral(
        referral=referral.id if referral else Id(""),
        episode=episode.id,
        participant=who.id,
        name=who.name,
        birth_date=who.birth_date,
        address=who.address or "",
        source=referral.source if referral else None,
        referrer_name=referral.referrer_name or "" if referral else "",
        reason=referral.reason or "" if referral else "",
        received_on=received,
        by=working_days_after(received, desk.site.pace.first_contact_working_days) if received else None,
        read=referral is not None and referral.read_at is not None,
        team=episode.team,
        coach=episode.coach,
        agreed=agreed.get(who.id, frozenset()),
    )
