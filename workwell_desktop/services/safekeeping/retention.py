"""Whose record has been kept as long as the site's rules ask: a list for a person to decide on. Nothing goes by itself.

closed cases ──rules of the site──▶ due, with the rule and its source ──▶ keep longer, with a reason · erase
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.duties import MainCondition
from workwell_desktop.domain.episodes import ClosureReason, Contact, Episode, EpisodeStatus, Referral, Response
from workwell_desktop.domain.erasure import KeepReason, KeptLonger
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.retention import Facts, KeptUntil, kept_until
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader

MOST_YEARS = 30
"""For which a record may be kept longer at a time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision to keep a record longer: until when, why, and whose."""

    until: date
    reason: KeepReason | None
    by: str


@dataclass(frozen=True, slots=True)
class Aged:
    """One closed record. ``last`` is the day of the last contact, and ``what`` says which (``contact``, ``answers``,
    ``closed``, ``referral``); ``until`` the day up to which the rule keeps it; ``kept`` the newest decision."""

    case: Id
    name: str
    born: date | None
    last: date
    what: str
    until: date
    rule: str
    label: str
    source: str
    kept: Kept | None

    def due(self, today: date) -> bool:
        """Whether somebody has to decide."""
        return self.until < today and (self.kept is None or self.kept.until < today)


def review(desk: Desk) -> tuple[Aged, ...]:
    """Every record that is past its day by the rules, those that nobody has decided on first, the oldest first."""
    desk.allow(Act.ERASE)
    today = desk.clock.today()
    with desk.read() as reader:
        found = [one for one in _aged(desk, reader) if one.until < today]
    return tuple(sorted(found, key=lambda one: (not one.due(today), one.until, one.name)))


def standing(desk: Desk, case: Id) -> Aged | None:
    """How one record stands by the rules, due or not; None while the person is being helped. Raises NotFound."""
    desk.allow(Act.ERASE)
    with desk.read() as reader:
        return aged_of(desk, reader, reader.get(Participant, case))


def keep_longer(desk: Desk, case: Id, until: date | None, reason: str) -> None:
    """Decides that a record stays until a day. Raises FieldsInvalid ``until`` (``keep_until_missing``,
    ``keep_until_past``, ``keep_until_far``) and ``reason`` (``choose_one``); NotFound."""
    desk.allow(Act.ERASE)
    today = desk.clock.today()
    wrong = []
    if until is None:
        wrong.append(("until", "keep_until_missing"))
    elif until <= today:
        wrong.append(("until", "keep_until_past"))
    elif until > today + timedelta(days=366 * MOST_YEARS):
        wrong.append(("until", "keep_until_far"))
    if reason not in set(KeepReason):
        wrong.append(("reason", "choose_one"))
    if wrong:
        raise FieldsInvalid(tuple(wrong))
    with desk.unit() as unit:
        person = unit.reader.get(Participant, case)
        aged = aged_of(desk, unit.reader, person)
        unit.add(
            KeptLonger(
                id=new_id(),
                scope=unit.reader.list(Partnership)[0].scope,
                case=case,
                until=until,
                reason=KeepReason(reason),
                rule=Code(aged.rule) if aged is not None else None,
                decided_by=desk.me,
                at=desk.clock.now(),
            )
        )


def aged_of(desk: Desk, reader: Reader, person: Participant) -> Aged | None:
    """How one record stands by the rules; None while the person is being helped, and where no rule holds."""
    episodes = reader.list(Episode, scope=person.id)
    return _one(desk, reader, person, episodes, _kept(reader, (person.id,)).get(person.id))


def must_be_due(desk: Desk, reader: Reader, person: Participant) -> str:
    """The rule that is met. Raises BadInput ``erase_not_due``."""
    aged = aged_of(desk, reader, person)
    if aged is None or not aged.due(desk.clock.today()):
        raise BadInput("erase_not_due")
    return aged.rule


def _aged(desk: Desk, reader: Reader) -> Iterable[Aged]:
    rules = desk.site.retention.rules
    if not rules:
        return
    today = desk.clock.today()
    shortest = min(min(rule.years, rule.years_after_death or rule.years) for rule in rules)
    episodes: defaultdict[Id, list[Episode]] = defaultdict(list)
    for one in reader.list(Episode):
        episodes[one.scope].append(one)
    kept = _kept(reader)
    for person in reader.list(Participant):
        mine = episodes.get(person.id, [])
        closed = max((one.closed_on for one in mine if one.closed_on is not None), default=None)
        # nearly everybody is left out here, before anything else of theirs is read
        if closed is not None and closed + timedelta(days=365 * shortest) > today:
            continue
        found = _one(desk, reader, person, mine, kept.get(person.id))
        if found is not None:
            yield found


def _one(desk: Desk, reader: Reader, person: Participant, episodes: list[Episode], kept: Kept | None) -> Aged | None:
    if any(one.status is not EpisodeStatus.CLOSED for one in episodes):
        return None
    days = list(_contacts(reader, person, episodes))
    if not days:
        return None
    last, what = max(days)
    until = _until(desk, reader, person, last, episodes)
    if until is None:
        return None
    rule = until.rule
    return Aged(
        case=person.id,
        name=person.name,
        born=person.birth_date,
        last=last,
        what=what,
        until=until.day,
        rule=rule.code,
        label=rule.label,
        source=rule.source,
        kept=kept,
    )


def _until(desk: Desk, reader: Reader, person: Participant, last: date, episodes: list[Episode]) -> KeptUntil | None:
    conditions = {str(one.main) for one in reader.list(MainCondition, scope=person.id) if one.main is not None}
    died = any(one.closure_reason is ClosureReason.DIED for one in episodes)
    facts = Facts(last, person.birth_date, died, conditions)
    return kept_until(desk.site.retention.rules, facts)


def _contacts(reader: Reader, person: Participant, episodes: list[Episode]) -> Iterable[tuple[date, str]]:
    for episode in episodes:
        if episode.closed_on is not None:
            yield episode.closed_on, "closed"
    for contact in reader.list(Contact, scope=person.id):
        if contact.done_at is not None:
            yield london_day(contact.done_at), "contact"
    for response in reader.list(Response, scope=person.id):
        if response.completed_at is not None:
            yield london_day(response.completed_at), "answers"
    for referral in reader.list(Referral, scope=person.id):
        if referral.received_on is not None:
            yield referral.received_on, "referral"


def _kept(reader: Reader, cases: Iterable[Id] | None = None) -> dict[Id, Kept]:
    wanted = None if cases is None else set(cases)
    ours = staff(reader)
    found = [one for one in reader.list(KeptLonger) if one.case is not None and one.until is not None]
    found.sort(key=lambda one: (one.at.isoformat() if one.at else "", one.id))
    return {
        one.case: Kept(one.until, one.reason, name_of(ours, one.decided_by))
        for one in found
        if one.case is not None and one.until is not None and (wanted is None or one.case in wanted)
    }
