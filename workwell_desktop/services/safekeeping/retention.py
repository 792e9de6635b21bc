"""Whose record has been kept as long as the site's rules ask: a list for a person to decide on. Nothing goes by itself.

closed cases ──rules of the site──▶ due, with the rule and its source ──▶ keep longer, with a reason · erase
"""

from dataclasses import dataclass
from datetime import date, timedelta

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.erasure import KeptLonger
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.safekeeping._ageing import Standing, standing_of
from workwell_desktop.store import Reader

MOST = 300
"""Records that are listed at once; the next ones follow when these are decided on."""
MOST_YEARS = 30
"""For which a record may be kept longer at a time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision to keep a record longer: until when, why, and whose."""

    until: date
    reason: str
    """In the words of the site's list; empty where none is known."""
    by: str
    words: str = ""
    """Somebody's own, from the person's record."""


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


@dataclass(frozen=True, slots=True)
class Review:
    """The first records that are past their day, how many wait for a decision in all, and how many are not listed."""

    aged: tuple[Aged, ...]
    due: int
    more: int


def review(desk: Desk) -> Review:
    """Every record that is past its day by the rules, those that nobody has decided on first, the oldest first."""
    desk.allow(Act.ERASE)
    today = desk.clock.today()
    with desk.read() as reader:
        stands = standing_of(reader, desk.site.retention.rules, today)
        kept = _kept(reader)
        past = sorted(
            (who in kept and kept[who].until >= today, one.until.day, who)
            for who, one in stands.items()
            if one.until.day < today
        )
        shown = [who for _decided, _day, who in past[:MOST]]
        people = {one.id: one for one in reader.list(Participant, id=shown)} if shown else {}
        found = [_aged(desk, people[who], stands[who], kept.get(who)) for who in shown]
    found.sort(key=lambda one: (not one.due(today), one.until, one.name))
    return Review(tuple(found), sum(not decided for decided, _day, _who in past), len(past) - len(found))


def standing(desk: Desk, case: Id) -> Aged | None:
    """How one record stands by the rules, due or not; None while the person is being helped. Raises NotFound."""
    desk.allow(Act.ERASE)
    with desk.read() as reader:
        return aged_of(desk, reader, reader.get(Participant, case))


def keep_longer(desk: Desk, case: Id, until: date | None, reason: str, words: str = "") -> None:
    """Decides that a record stays until a day, for a reason of the site's list; ``words`` of one's own go into the
    person's record. Raises FieldsInvalid ``until`` (``keep_until_missing``, ``keep_until_past``, ``keep_until_far``),
    ``reason`` (``choose_one``) and ``words`` (``keep_words_missing``); NotFound."""
    desk.allow(Act.ERASE)
    today = desk.clock.today()
    wrong = []
    if until is None:
        wrong.append(("until", "keep_until_missing"))
    elif until <= today:
        wrong.append(("until", "keep_until_past"))
    elif until > today + timedelta(days=366 * MOST_YEARS):
        wrong.append(("until", "keep_until_far"))
    chosen = next((one for one in desk.site.retention.keep if one.code == reason), None)
    if chosen is None:
        wrong.append(("reason", "choose_one"))
    elif chosen.words and not words.strip():
        wrong.append(("words", "keep_words_missing"))
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
                reason=Code(reason),
                rule=Code(aged.rule) if aged is not None else None,
                decided_by=desk.me,
                at=desk.clock.now(),
            )
        )
        unit.set(Participant, case, kept_why=words.strip() or None)


def aged_of(desk: Desk, reader: Reader, person: Participant) -> Aged | None:
    """How one record stands by the rules; None while the person is being helped, and where no rule holds."""
    stands = standing_of(reader, desk.site.retention.rules, desk.clock.today(), only=person.id).get(person.id)
    return _aged(desk, person, stands, _kept(reader).get(person.id)) if stands is not None else None


def must_be_due(desk: Desk, reader: Reader, person: Participant) -> str:
    """The rule that is met. Raises BadInput ``erase_not_due``."""
    aged = aged_of(desk, reader, person)
    if aged is None or not aged.due(desk.clock.today()):
        raise BadInput("erase_not_due")
    return aged.rule


def _aged(desk: Desk, person: Participant, stands: Standing, kept: "_Decided | None") -> Aged:
    rule = stands.until.rule
    return Aged(
        case=person.id,
        name=person.name,
        born=person.birth_date,
        last=stands.last,
        what=stands.what,
        until=stands.until.day,
        rule=rule.code,
        label=rule.label,
        source=rule.source,
        kept=None if kept is None else _said(desk, person, kept),
    )


def _said(desk: Desk, person: Participant, kept: "_Decided") -> Kept:
    label = next((one.label for one in desk.site.retention.keep if one.code == kept.reason), "")
    return Kept(kept.until, label, kept.by, person.kept_why or "")


@dataclass(frozen=True, slots=True)
class _Decided:
    until: date
    reason: str
    by: str


def _kept(reader: Reader) -> dict[Id, _Decided]:
    """The newest decision on each case."""
    ours = staff(reader)
    found = [one for one in reader.list(KeptLonger) if one.case is not None and one.until is not None]
    found.sort(key=lambda one: (one.at.isoformat() if one.at else "", one.id))
    return {
        one.case: _Decided(one.until, one.reason or "", name_of(ours, one.decided_by))
        for one in found
        if one.case is not None and one.until is not None
    }
