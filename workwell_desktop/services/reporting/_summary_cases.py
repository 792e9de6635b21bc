"""The whole caseload of a period as one plain row for each person, read kind by kind: no record is opened alone.

Nothing here names anybody: a row has no name, no number, no birth date and no id when it is finished.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.duties import EQUALITY, EqualityAnswers, MainCondition
from workwell_desktop.domain.episodes import Contact, Episode, EpisodeStatus, Mode, Referral, Response, ResponseStatus
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.participants import (
    Agreement,
    AgreementKind,
    Participant,
    WorkSituation,
)
from workwell_desktop.domain.plans import Action, Adjustment, Obstacle, Plan, PlanStatus
from workwell_desktop.domain.records import Id, Record
from workwell_desktop.domain.sessions import Discussion, Funding
from workwell_desktop.services.reporting._summary_measures import Answered, scored
from workwell_desktop.store import Reader

Progress = Callable[[int, int], None]
"""Steps done, steps in all."""

STEPS = 18
_TOLD_FROM_AFAR = frozenset({"text"})
_WITH_THE_PERSON = frozenset({Mode.INTERVIEW.value, Mode.PHONE.value})


_NOTHING_SAID: Mapping[str, str] = MappingProxyType({})
_NOTHING: Mapping[str, tuple[Decimal, Decimal | None]] = MappingProxyType({})


@dataclass(slots=True)
class Case:
    """One person in the period. Codes as the records have them; "" where the records do not say."""

    team: str = ""
    since: str = ""
    """The day of the referral, ISO; of the opening where the referral has none."""
    came_in: bool = False
    closed: bool = False
    waiting: bool = False
    reason: str = ""
    source: str = ""
    wait: int | None = None
    """Days from ``since`` to the first meeting up to the end of the period; below nought where that is not known."""
    work_start: str = ""
    work_now: str = ""
    evidence: str = ""
    employer: str = ""
    agreement: str = ""
    plan: str = ""
    """Type of the plan that was signed; "?" where it has none."""
    discussed: bool = False
    funded: bool = False
    years: int | None = None
    needs: frozenset[str] = frozenset()
    condition: str = ""
    beside: Sequence[str] = ()
    equality: Mapping[str, str] = field(default_factory=lambda: _NOTHING_SAID)
    """By question of ``duties.EQUALITY`` what the person chose to say."""
    obstacles: Sequence[str] = ()
    actions: Sequence[tuple[str, str]] = ()
    changes: Sequence[str] = ()
    measured: Mapping[str, tuple[Decimal, Decimal | None]] = field(default_factory=lambda: _NOTHING)
    """By measure, the first value and the last of a later time."""


@dataclass(slots=True)
class _Found:
    """A case on its way, with the ids by which the other kinds find it."""

    case: Case
    person: str
    until: str
    closed_work: str


class _Reading:
    def __init__(self, reader: Reader, progress: Progress | None) -> None:
        self._reader, self._progress, self._done = reader, progress, 0

    def rows(self, cls: type[Record], *names: str) -> Sequence[tuple[str | None, ...]]:
        found = self._reader.columns(cls, *names)
        self.step()
        return found

    def step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, STEPS)


def read_cases(reader: Reader, first: date, last: date, now: datetime, progress: Progress | None = None) -> list[Case]:
    """Everybody with an episode that was open on a day from ``first`` to ``last``; of several the one begun last."""
    begin, end = first.isoformat(), last.isoformat()
    reading = _Reading(reader, progress)
    by_episode = _episodes(reading, begin, end)
    by_person = {one.person: one for one in by_episode.values()}
    _people(reading, by_person, last)
    _work(reading, by_person)
    _meetings(reading, by_episode, by_person, end)
    _agreements(reading, by_person, end)
    _plans(reading, by_episode, end)
    _talked_about(reading, by_person, begin, end)
    _items(reading, by_episode)
    _told(reading, by_person, end)
    _measures(reading, reader, by_person, end, now)
    return [one.case for one in by_person.values()]


def _episodes(reading: _Reading, begin: str, end: str) -> dict[str, _Found]:
    referrals = {row[0]: row[1:] for row in reading.rows(Referral, "id", "source", "received_on")}
    newest: dict[str, tuple[tuple[str, str], _Found]] = {}
    names = ("id", "scope", "team", "referral", "status", "opened_on", "closed_on", "closure_reason", "closed_work")
    for key, person, team, referral, status, opened, closed, reason, closed_work in reading.rows(Episode, *names):
        source, received = referrals.get(referral, (None, None))
        since = received or opened or ""
        if since > end or (status == EpisodeStatus.CLOSED and (closed or since) < begin):
            continue
        place = (since, key or "")
        before = newest.get(person or "")
        if before is not None and before[0] > place:
            continue
        is_closed = status == EpisodeStatus.CLOSED and (closed or since) <= end
        case = Case(
            team=team or "",
            since=since,
            came_in=since >= begin,
            closed=is_closed,
            waiting=not is_closed and status == EpisodeStatus.WAITING,
            reason=(reason or "") if is_closed else "",
            source=source or "",
        )
        until = min(closed or end, end) if is_closed else end
        found = _Found(case, person or "", until, closed_work or "")
        newest[person or ""] = (place, found)
    return {place[1]: found for place, found in newest.values()}


def _people(reading: _Reading, people: dict[str, _Found], last: date) -> None:
    known: dict[str, int] = {}
    for who, born, needs in reading.rows(Participant, "id", "birth_date", "needs"):
        found = people.get(who or "")
        if found is None:
            continue
        if born:
            if born not in known:
                known[born] = age(date.fromisoformat(born), last)
            found.case.years = known[born]
        if needs and needs != "[]":
            found.case.needs = frozenset(json.loads(needs))


def _work(reading: _Reading, people: dict[str, _Found]) -> None:
    told: dict[str, list[tuple[str, str, str, str, str]]] = defaultdict(list)
    for who, day, key, status, evidence, employer in reading.rows(
        WorkSituation, "scope", "told_on", "id", "status", "evidence", "employer_contact"
    ):
        if who in people:
            told[who].append((day or "", key or "", status or "", evidence or "", employer or ""))
    for person, lines in told.items():
        found = people[person]
        lines.sort()
        days = [line[0] for line in lines]
        seen = [line for line in lines if line[0] <= found.until]
        if seen:
            # what was known when the person came in, else the first that was told
            begun = bisect_right(days, found.case.since) - 1
            found.case.work_start = seen[max(0, begun)][2]
            found.case.evidence = seen[max(0, begun)][3]
            found.case.work_now, found.case.employer = seen[-1][2], seen[-1][4]
    _papers(reading, people)
    for found in people.values():
        if found.case.closed and found.closed_work:
            found.case.work_now = found.closed_work


def _papers(reading: _Reading, people: dict[str, _Found]) -> None:
    """A paper that was looked at counts before what was told: the one of the day somebody came, else the first."""
    papers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for who, first, noted, kind in reading.rows(AbsenceEvidence, "scope", "starts_on", "recorded_on", "kind"):
        if who in people and kind and (noted or "") <= people[who].until:
            papers[who].append((first or "", kind))
    for person, lines in papers.items():
        case = people[person].case
        lines.sort()
        case.evidence = lines[max(0, bisect_right([line[0] for line in lines], case.since) - 1)][1]


def _meetings(reading: _Reading, episodes: dict[str, _Found], people: dict[str, _Found], end: str) -> None:
    first: dict[str, str] = {}

    def met(episode: str | None, who: str | None, at: str) -> None:
        found = episodes.get(episode) if episode else people.get(who or "")
        if found is not None and (found.person not in first or at < first[found.person]):
            first[found.person] = at

    for episode, who, mode, done in reading.rows(Contact, "episode", "scope", "mode", "done_at"):
        if done and mode not in _TOLD_FROM_AFAR:
            met(episode, who, done)
    for episode, who, mode, started in reading.rows(Response, "episode", "scope", "mode", "started_at"):
        if started and mode in _WITH_THE_PERSON:
            met(episode, who, started)
    for person, at in first.items():
        case = people[person].case
        day = london_day(datetime.fromisoformat(at))
        if day.isoformat() <= end and case.since:
            case.wait = (day - date.fromisoformat(case.since)).days


def _agreements(reading: _Reading, people: dict[str, _Found], end: str) -> None:
    newest: dict[str, tuple[str, str]] = {}
    names = ("scope", "kind", "at", "id", "given", "withdrawn_at")
    for who, kind, at, key, given, withdrawn in reading.rows(Agreement, *names):
        place = (at or "", key or "")
        if (
            kind == AgreementKind.TAKE_PART
            and who in people
            and place[0][:10] <= end
            and place >= newest.get(who, place)
        ):
            newest[who] = place
            gone = bool(withdrawn) and str(withdrawn)[:10] <= end
            people[who].case.agreement = "withdrawn" if gone else "agreed" if given else "declined"


def _plans(reading: _Reading, episodes: dict[str, _Found], end: str) -> None:
    newest: dict[str, str] = {}
    signed = {PlanStatus.SIGNED.value, PlanStatus.SUPERSEDED.value}
    for episode, status, kind, agreed in reading.rows(Plan, "episode", "status", "type", "agreed_on"):
        found = episodes.get(episode or "")
        if found is not None and status in signed and agreed and newest.get(episode or "", "") <= agreed <= end:
            newest[episode or ""] = agreed
            found.case.plan = kind or "?"


def _talked_about(reading: _Reading, people: dict[str, _Found], begin: str, end: str) -> None:
    for who, at in reading.rows(Discussion, "scope", "decided_at"):
        if at and who in people and begin <= _day(at) <= end:
            people[who].case.discussed = True
    for who, at in reading.rows(Funding, "scope", "at"):
        if at and who in people and begin <= _day(at) <= end:
            people[who].case.funded = True


def _items(reading: _Reading, episodes: dict[str, _Found]) -> None:
    for episode, kind in reading.rows(Obstacle, "episode", "kind"):
        if episode in episodes:
            case = episodes[episode].case
            case.obstacles = (*case.obstacles, kind or "")
    for episode, kind, status in reading.rows(Action, "episode", "kind", "status"):
        if episode in episodes:
            case = episodes[episode].case
            case.actions = (*case.actions, (kind or "", status or ""))
    for episode, answer in reading.rows(Adjustment, "episode", "answer"):
        if episode in episodes:
            case = episodes[episode].case
            case.changes = (*case.changes, answer or "")


def _told(reading: _Reading, people: dict[str, _Found], end: str) -> None:
    """What each person told last, up to the end: for counts alone."""
    newest: dict[tuple[str, str], tuple[str, str]] = {}

    def newer(what: str, who: str | None, day: str | None, at: str | None, key: str | None) -> bool:
        place = (at or "", key or "")
        if who not in people or (day or "") > end or place < newest.get((what, who or ""), place):
            return False
        newest[what, who or ""] = place
        return True

    names = ("scope", "told_on", "at", "id", "main", "beside")
    for who, day, at, key, main, beside in reading.rows(MainCondition, *names):
        if newer("condition", who, day, at, key):
            case = people[who or ""].case
            case.condition, case.beside = main or "", tuple(json.loads(beside or "[]"))
    for who, day, at, key, *codes in reading.rows(EqualityAnswers, "scope", "told_on", "at", "id", *EQUALITY):
        if newer("equality", who, day, at, key):
            said = {name: code for name, code in zip(EQUALITY, codes, strict=True) if code}
            people[who or ""].case.equality = said


def _measures(reading: _Reading, reader: Reader, people: dict[str, _Found], end: str, now: datetime) -> None:
    """Of each form the first filling since the referral and the last one up to the end."""
    first: dict[tuple[str, str], Answered] = {}
    last: dict[tuple[str, str], Answered] = {}
    names = ("id", "scope", "status", "form_url", "form_digest", "completed_at")
    for key, who, status, url, digest, at in reading.rows(Response, *names):
        found = people.get(who or "")
        if found is None or status != ResponseStatus.COMPLETED or not at or not url:
            continue
        if not found.case.since <= _day(at) <= end:
            continue
        one = Answered(Id(key or ""), url, digest, at)
        place = (found.person, one.form)
        if place not in first or (at, one.response) < (first[place].at, first[place].response):
            first[place] = one
        if place not in last or (at, one.response) > (last[place].at, last[place].response):
            last[place] = one
    values = scored(reader, {one.response: one for one in (*first.values(), *last.values())}.values(), now)
    for place, one in first.items():
        later = last[place]
        after = values.get(later.response, {}) if later.response != one.response else {}
        taken = {code: (value, after.get(code)) for code, value in values.get(one.response, {}).items()}
        if taken:
            case = people[place[0]].case
            case.measured = {**case.measured, **taken}
    reading.step()


def _day(at: str) -> str:
    """The London day of a moment as a table has it."""
    return london_day(datetime.fromisoformat(at)).isoformat()


def team_codes(cases: Iterable[Case], known: Iterable[str]) -> list[str]:
    """The teams in their order, and "" where somebody has none."""
    teams = list(known)
    there = {case.team for case in cases}
    return [*teams, *sorted(there - set(teams) - {""}), *([""] if "" in there else [])]
