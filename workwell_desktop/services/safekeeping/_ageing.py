"""Until when the rules keep each of many records, in a number of statements that does not grow with the people.

closed and long ago ──▶ newest talk, answers and referral ──▶ rule that keeps longest ──▶ past its day
(nearly everybody is left out by the first step, and costs one short row)
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.duties import MainCondition
from workwell_desktop.domain.episodes import ClosureReason, Contact, Episode, EpisodeStatus, Referral, Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.retention import Facts, KeptUntil, kept_until
from workwell_desktop.domain.site import RetentionRule
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Standing:
    """The day of the last contact, what it was, and until when which rule keeps the record."""

    last: date
    what: str
    until: KeptUntil


@dataclass(slots=True)
class _Ended:
    """What the programmes of one person say together."""

    open: bool = False
    closed: str = ""
    died: bool = False


def standing_of(
    reader: Reader, rules: Collection[RetentionRule], today: date, only: Id | None = None
) -> dict[Id, Standing]:
    """How records stand, by person: nobody who is being helped, and nobody for whom no rule holds. ``only`` for one
    person, whenever their programme ended; of all together those whom no rule can have let go of yet are left out."""
    if not rules:
        return {}
    ended = _ended(reader, only)
    after_death = (rule.years if rule.years_after_death is None else rule.years_after_death for rule in rules)
    shortest = min(*(rule.years for rule in rules), *after_death)
    latest = (today - timedelta(days=365 * shortest)).isoformat()
    born = {Id(who): day for who, day in _born(reader, only)}
    wanted = [
        who
        for who in born
        if (end := ended.get(who)) is None or (not end.open and (only is not None or not end.closed > latest))
    ]
    if not wanted:
        return {}
    conditions = _conditions(reader, only)
    contacts = _contacts(reader, wanted, ended)
    found = {}
    for who, (last, what) in contacts.items():
        day = born[who]
        facts = Facts(
            last,
            date.fromisoformat(day) if day else None,
            who in ended and ended[who].died,
            conditions.get(who, frozenset()),
        )
        until = kept_until(rules, facts)
        if until is not None:
            found[who] = Standing(last, what, until)
    return found


def _ended(reader: Reader, only: Id | None) -> dict[Id, _Ended]:
    if only is None:
        rows = reader.columns(Episode, "scope", "status", "closed_on", "closure_reason")
    else:
        rows = [
            (one.scope, one.status, one.closed_on.isoformat() if one.closed_on else None, one.closure_reason)
            for one in reader.list(Episode, scope=only)
        ]
    found: dict[Id, _Ended] = {}
    for scope, status, closed_on, reason in rows:
        end = found.setdefault(scope, _Ended())
        end.open = end.open or status != EpisodeStatus.CLOSED
        end.closed = max(end.closed, closed_on or "")
        end.died = end.died or reason == ClosureReason.DIED
    return found


def _born(reader: Reader, only: Id | None) -> list[tuple[Id, str | None]]:
    if only is None:
        return [(who, day) for who, day in reader.columns(Participant, "id", "birth_date")]
    found = reader.find(Participant, only)
    return [(only, found.birth_date.isoformat() if found.birth_date else None)] if found is not None else []


def _conditions(reader: Reader, only: Id | None) -> dict[Id, frozenset[str]]:
    if only is None:
        rows = reader.columns(MainCondition, "scope", "main")
    else:
        rows = [(one.scope, one.main) for one in reader.list(MainCondition, scope=only)]
    found: dict[Id, set[str]] = {}
    for scope, main in rows:
        if main is not None:
            found.setdefault(scope, set()).add(str(main))
    return {who: frozenset(groups) for who, groups in found.items()}


def _contacts(reader: Reader, wanted: list[Id], ended: Mapping[Id, _Ended]) -> dict[Id, tuple[date, str]]:
    """The last contact of each person: of several on one day the one whose name is last in the alphabet."""
    days: dict[Id, tuple[date, str]] = {}

    def take(who: Id, day: date, what: str) -> None:
        if who not in days or days[who] < (day, what):
            days[who] = (day, what)

    for who in wanted:
        if who in ended and ended[who].closed:
            take(who, date.fromisoformat(ended[who].closed), "closed")
    for who, moment in reader.newest(Contact, "done_at", wanted).items():
        take(who, london_day(datetime.fromisoformat(moment)), "contact")
    for who, moment in reader.newest(Response, "completed_at", wanted).items():
        take(who, london_day(datetime.fromisoformat(moment)), "answers")
    for who, day in reader.newest(Referral, "received_on", wanted).items():
        take(who, date.fromisoformat(day), "referral")
    return days


__all__ = ["Standing", "standing_of"]
