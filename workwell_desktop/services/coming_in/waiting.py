"""The waiting list: every referral that nobody has taken on, with how long, how often tried, and who helps from here.

Everything is read kind by kind for the whole list, so that 500 lines cost as many reads as one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.coming_in import EligibilityAnswer, Helper, Triage, newest_answers, newest_triage
from workwell_desktop.domain.episodes import Contact, Referral
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.records import Id
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.coming_in import eligibility, referrals, tries
from workwell_desktop.services.coming_in.eligibility import State
from workwell_desktop.services.coming_in.referrals import WaitingReferral
from workwell_desktop.services.coming_in.tries import Reach
from workwell_desktop.services.desk import Desk


class Show(StrEnum):
    """Which of those who wait are shown."""

    ALL = "all"
    LATE = "late"
    """The day of the first talk has passed and nobody has been reached."""
    TRIED_ALL = "tried_all"
    QUESTIONS = "questions"
    """A question of the partnership is open, or another service fits better."""
    NOT_DECIDED = "not_decided"
    MINE = "mine"
    """I am the coach."""


class Sort(StrEnum):
    AGE = "age"
    """Who has waited longest stands first."""
    FIRST_TALK = "first_talk"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Line:
    """One who waits. ``days`` since the referral came; ``late`` days since the first talk was due, nought or more."""

    one: WaitingReferral
    organisation: str
    person_knows: bool | None
    days: int | None
    late: int
    tries: int
    reach: Reach
    questions: State
    helper: Helper | None
    coach: str
    team: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The list as asked for. ``of`` is how many wait in all; ``tries`` how often the partnership tries; ``teams``
    are those that somebody waits for."""

    lines: tuple[Line, ...]
    of: int
    tries: int
    teams: tuple[tuple[Id, str], ...]


def view(desk: Desk, show: Show = Show.ALL, sort: Sort = Sort.AGE, team: Id | None = None) -> Waiting:
    """Those who wait in the teams of the person who acts."""
    desk.allow(Act.READ, Referral)
    every = _lines(desk)
    teams = {line.one.team: line.team for line in every if line.one.team is not None}
    chosen = [line for line in every if (team is None or line.one.team == team) and _shown(desk, line, show)]
    return Waiting(
        tuple(sorted(chosen, key=_KEYS[sort])),
        len(every),
        desk.site.pace.contact_tries,
        tuple(sorted(teams.items(), key=lambda one: (one[1], one[0]))),
    )


def line_of(desk: Desk, participant: Id) -> Line | None:
    """The line of one person who waits, or None."""
    desk.allow(Act.READ, Referral)
    return next((line for line in _lines(desk) if line.one.participant == participant), None)


def _lines(desk: Desk) -> list[Line]:
    waiting = referrals.waiting(desk)
    people, today = {one.participant for one in waiting}, desk.clock.today()
    with desk.read() as reader:
        received = {one.id: one for one in reader.list(Referral, id={one.referral for one in waiting if one.referral})}
        talks = _by_episode(reader.list(Contact, scope=people))
        said: dict[Id | None, list[EligibilityAnswer]] = defaultdict(list)
        for answer in reader.list(EligibilityAnswer, scope=people):
            said[answer.referral].append(answer)
        decided: dict[Id | None, list[Triage]] = defaultdict(list)
        for made in reader.list(Triage, scope=people):
            decided[made.referral].append(made)
        staff = staff_names(reader)
        teams = {one.id: one.name or "" for one in reader.list(Team)}
    found = []
    for one in waiting:
        referral = received.get(one.referral)
        reach = tries.reach_of(talks[one.episode], desk.site.pace.contact_tries)
        decision = newest_triage(decided[one.referral])
        overdue = (today - one.by).days if one.by is not None and reach is not Reach.REACHED else 0
        found.append(
            Line(
                one=one,
                organisation=referral.organisation or "" if referral else "",
                person_knows=referral.person_knows if referral else None,
                days=tries.since(one.received_on, today),
                late=max(0, overdue),
                tries=tries.count(talks[one.episode]),
                reach=reach,
                questions=eligibility.state_of(desk.site, newest_answers(said[one.referral]), one.birth_date, today),
                helper=decision.helper if decision is not None else None,
                coach=staff.get(one.coach, "") if one.coach else "",
                team=teams.get(one.team, "") if one.team else "",
            )
        )
    return found


def _by_episode(talks: Iterable[Contact]) -> dict[Id | None, list[Contact]]:
    found: dict[Id | None, list[Contact]] = defaultdict(list)
    for one in talks:
        found[one.episode].append(one)
    return found


def _shown(desk: Desk, line: Line, show: Show) -> bool:
    if show is Show.LATE:
        return line.late > 0
    if show is Show.TRIED_ALL:
        return line.reach is Reach.TRIED_ALL
    if show is Show.QUESTIONS:
        return line.questions in (State.OPEN, State.ELSEWHERE)
    if show is Show.NOT_DECIDED:
        return line.helper is None
    return show is Show.ALL or line.one.coach == desk.me


def _age(line: Line) -> tuple[int, str, str]:
    return (-(line.days if line.days is not None else -1), line.one.name.casefold(), line.one.episode)


def _first_talk(line: Line) -> tuple[date, bool, str, str]:
    reached = line.reach is Reach.REACHED
    return (date.max if reached else line.one.by or date.max, reached, line.one.name.casefold(), line.one.episode)


def _name(line: Line) -> tuple[str, str]:
    return (line.one.name.casefold(), line.one.episode)


_KEYS = {Sort.AGE: _age, Sort.FIRST_TALK: _first_talk, Sort.NAME: _name}
