"""Erasing somebody's record for good: looked at first, decided by a person, agreed to by another where the site asks.

look ──▶ decided (reason, second person) ──▶ warrant in the log ──▶ gone here ──sync──▶ gone on every laptop
                                                                └──▶ `workwell hub erase` ──▶ gone at the hub
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.erasure import Erasure, ErasureReason, erasure_id
from workwell_desktop.domain.papers import TeamDocument
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import ADMINISTRATOR, Partnership
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import AgendaItem
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.safekeeping import backups, retention
from workwell_desktop.store import Reader
from workwell_desktop.sync import standing

LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A backup of this computer that holds the record. ``until`` is the last day on which it can lie there by rule, as
    long as a backup is made each month; None where somebody has to take it away. ``name`` has its folder before it
    where that is not the one in use."""

    name: str
    until: date | None


@dataclass(frozen=True, slots=True)
class WillGo:
    """What erasing somebody means. ``minutes`` are papers of team meetings at which they were talked about: these are
    about others too, and stay. ``helped``: they are being helped now. ``second``: another person has to agree."""

    case: Id
    name: str
    entries: int
    papers: int
    minutes: int
    backups: tuple[HeldBy, ...]
    helped: bool
    second: bool
    rule: str
    may: bool
    """Whether whoever looks may carry it out."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why, and who agrees: their id and passphrase, typed at this window."""

    reason: str
    second: Id | None = None
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Lately:
    """``records`` that were erased; ``unsent``: something in them had been on this computer alone."""

    records: int
    unsent: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log of what was erased; it names nobody. ``only_here``: something of it had existed on this
    computer alone; ``on_this`` when this computer erased it; ``hub`` whether this computer has one."""

    erasure: Id
    case: Id
    at: datetime | None
    reason: ErasureReason | None
    rule: str
    decided_by: str
    second: str
    changes: int
    papers: int
    minutes: int
    backups_until: date | None
    hub_at: datetime | None
    hub: bool
    on_this: bool
    only_here: bool


def look(desk: Desk, case: Id) -> WillGo:
    """What would go and what would stay; nothing is changed. Raises NotFound."""
    desk.allow(Act.ERASE)
    with desk.read() as reader:
        return _look(desk, reader, case)


def erase(desk: Desk, case: Id, decision: Decision) -> Entry:
    """Erases a record here, and writes the warrant by which every other computer and the hub erase it.

    There is no way back. Raises NoPermission for anybody but an administrator; FieldsInvalid ``reason``
    (``choose_one``), ``second`` (``erase_second``); BadInput ``erase_not_due`` where the reason is the rule and
    that is not met; WrongPassphrase of the second person; NotFound.
    """
    desk.allow(Act.ERASE)
    desk.only_administrators(Act.ERASE)
    if decision.reason not in set(ErasureReason):
        raise FieldsInvalid((("reason", "choose_one"),))
    reason = ErasureReason(decision.reason)
    with desk.read() as reader:
        goes = _look(desk, reader, case)
        person = reader.get(Participant, case)
        rule = retention.must_be_due(desk, reader, person) if reason is ErasureReason.RETENTION else None
    second = _agreed(desk, decision) if goes.second else None
    lasting = [one.until for one in goes.backups]
    with desk.unit() as unit:
        unit.undoable = False
        unit.add(
            Erasure(
                id=erasure_id(case),
                scope=unit.reader.list(Partnership)[0].scope,
                case=case,
                reason=reason,
                rule=Code(rule) if rule else None,
                decided_by=desk.me,
                second=second,
                at=desk.clock.now(),
                changes=goes.entries,
                papers=goes.papers,
                backups_until=max((day for day in lasting if day is not None), default=None),
            )
        )
        # why a case was not reached stood with the team's agenda in older versions
        for item in unit.reader.list(AgendaItem, participant=case, carried_reason__ne=None):
            unit.set(AgendaItem, item.id, carried=True, carried_reason=None)
    desk.store.follow_erasures()
    return next(one for one in log(desk) if one.case == case)


def log(desk: Desk) -> tuple[Entry, ...]:
    """Everything that was ever erased, the last one first."""
    desk.allow(Act.ERASE)
    here = {one.scope: one for one in desk.store.erased()}
    hub = standing.is_enrolled(desk.store)
    with desk.read() as reader:
        ours = staff(reader)
        found = [
            Entry(
                erasure=one.id,
                case=one.case,
                at=one.at,
                reason=one.reason,
                rule=one.rule or "",
                decided_by=name_of(ours, one.decided_by),
                second=name_of(ours, one.second) if one.second else "",
                changes=one.changes or 0,
                papers=one.papers or 0,
                minutes=_minutes(reader, one.case),
                backups_until=one.backups_until,
                hub_at=one.hub_at,
                hub=hub,
                on_this=one.case in here,
                only_here=one.case in here and here[one.case].only_here > 0,
            )
            for one in reader.list(Erasure)
            if one.case is not None
        ]
    return tuple(sorted(found, key=lambda one: one.at.isoformat() if one.at else "", reverse=True))


def lately(desk: Desk) -> Lately | None:
    """What went from this computer in the last two weeks, for everybody who works here; None for nothing."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    since = (desk.clock.now() - LATELY).timestamp() * 1000
    found = [one for one in desk.store.erased() if one.at >= since and one.changes]
    return Lately(len(found), any(one.only_here for one in found)) if found else None


def seconds(desk: Desk) -> tuple[tuple[Id, str], ...]:
    """Who can agree to an erasure beside whoever acts, by name."""
    desk.allow(Act.ERASE)
    with desk.read() as reader:
        found = [one for one in staff(reader).values() if one.active is not False and one.id != desk.me]
    may = [(one.id, one.name or "") for one in found if desk.site.allows(one.roles, Act.ERASE)]
    return tuple(sorted(may, key=lambda one: one[1]))


def was_erased(reader: Reader, case: str) -> Erasure | None:
    """The erasure of a case, for whoever is about to take it in again."""
    found = reader.find(Erasure, erasure_id(case))
    return found if found is not None and found.case is not None else None


def _agreed(desk: Desk, decision: Decision) -> Id:
    """The second person, who typed their own passphrase."""
    if decision.second is None or decision.second == desk.me:
        raise FieldsInvalid((("second", "erase_second"),))
    with desk.lent(decision.second, decision.passphrase) as other:
        other.allow(Act.ERASE)
    return decision.second


def _look(desk: Desk, reader: Reader, case: Id) -> WillGo:
    person = reader.get(Participant, case)
    entries, papers = desk.store.holds_of(case)
    aged = retention.aged_of(desk, reader, person)
    due = aged is not None and aged.due(desk.clock.today())
    episodes = reader.list(Episode, scope=case)
    return WillGo(
        case=case,
        name=person.name,
        entries=entries,
        papers=papers,
        minutes=_minutes(reader, case),
        backups=tuple(_holding(desk)),
        helped=any(one.status is not EpisodeStatus.CLOSED for one in episodes),
        second=desk.site.retention.second_person,
        rule=aged.label if aged is not None and due else "",
        may=ADMINISTRATOR in desk.person.roles,
    )


def by_hand(desk: Desk, before: datetime) -> tuple[str, ...]:
    """Names of backups here that are older than a moment, and that no rule takes away; somebody has to."""
    desk.allow(Act.ERASE)
    return tuple(one.name for one in _holding(desk, before) if one.until is None)


def _holding(desk: Desk, before: datetime | None = None) -> Iterable[HeldBy]:
    if not desk.may(Act.EDIT_OWN_SETTINGS):
        return
    folder = backups.state(desk).folder
    found = backups.known(desk)
    # the rule reaches into the folder in use
    ruled = {one.file: one.moment for one in found if one.file.parent == folder and not one.by_hand}
    for one in found:
        if before is not None and one.moment > before:
            continue
        day = None
        if one.file in ruled:
            day = desk.site.backups.last_day(one.moment, ruled.values(), desk.clock.now())
        yield HeldBy(
            one.file.name if one.file.parent == folder else str(one.file), london_day(day) if day is not None else None
        )


def _minutes(reader: Reader, case: Id) -> int:
    sessions = {one.session for one in reader.list(AgendaItem, participant=case) if one.session is not None}
    if not sessions:
        return 0
    return sum(one.session in sessions and one.file is not None for one in reader.list(TeamDocument))


__all__ = ["Decision", "Entry", "HeldBy", "WillGo", "by_hand", "erase", "log", "look", "seconds", "was_erased"]
