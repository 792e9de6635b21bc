"""How somebody's time with us ends, and how a case goes from one coach to another.

Leaving is one act and no failure: nothing but a reason has to be noted, and to choose to leave is a reason. The fields
of an ending are those of the service summary: reason, work then, goals, measures again, onward support, own view.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import (
    ClosureReason,
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Handover,
    Onward,
    Response,
    ResponseStatus,
    RiskConversation,
    RiskStatus,
)
from workwell_desktop.domain.participants import Participant, WorkSituation, WorkStatus
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.plans import Action, ActionStatus, Goal, Plan, PlanStatus
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, Locked
from workwell_desktop.services._reads import latest_work, present_episode, working_here
from workwell_desktop.services.administration import grants
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader, Unit

OPEN_ACTIONS = (ActionStatus.OPEN, ActionStatus.BLOCKED)


@dataclass(frozen=True, slots=True)
class Ending:
    """What is noted when an episode ends. All but the reason may stay open.

    ``follow_up``: plan the talks that the site holds some weeks after the end, because the person said yes to them.
    """

    work: WorkStatus | None = None
    onward: frozenset[Onward] = frozenset()
    onward_note: str = ""
    own_view: str = ""
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class EndingView:
    """What is looked at before an episode ends, and what was noted when it did (``episode`` is closed then)."""

    episode: Episode
    closed_by: str
    work: WorkStatus | None
    goals: tuple[Goal, ...]
    risk_open: bool
    open_actions: int
    planned_talks: int
    plan_unsigned: bool
    measured_on: date | None
    """The day of the newest answers to a form."""
    follow_up_on: tuple[date, ...]
    """The days on which the site asks how it goes, were it to end today."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may take a case on, or lead a talk."""

    person: Id
    name: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """The case was handed over before."""

    on: date | None
    giver: str
    taker: str
    note: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """Who has the case now, who could have it, and what goes with it."""

    episode: Id | None
    """None where there is no episode that could be handed over."""
    coach: Id | None
    coach_name: str
    team: Id | None
    colleagues: tuple[Colleague, ...]
    teams: tuple[tuple[Id, str], ...]
    talks: int
    """Planned talks of the present coach with this person: they go with the case."""
    actions: int
    """Open actions of the present coach: they stand in the plan, and stay theirs until the plan says otherwise."""
    earlier: tuple["Before", ...]
    """Newest first."""


def view(desk: Desk, participant: Id) -> EndingView:
    """Raises BadInput ``no_episode`` for somebody who never had one."""
    desk.allow(Act.READ, Episode)
    today = desk.clock.today()
    done = [ResponseStatus.COMPLETED, ResponseStatus.AMENDED]
    with desk.read() as reader:
        reader.get(Participant, participant)
        episode = present_episode(reader, participant)
        if episode is None:
            raise BadInput("no_episode")
        work = latest_work(reader, participant)
        answered = [one.completed_at for one in reader.list(Response, scope=participant, status=done)]
        plans = reader.list(Plan, order_by="-version", scope=participant, episode=episode.id)
        return EndingView(
            episode=episode,
            closed_by=name_of(staff(reader), episode.closed_by),
            work=work.status if work else None,
            goals=tuple(reader.list(Goal, order_by=("position", "id"), scope=participant, episode=episode.id)),
            risk_open=bool(reader.count(RiskConversation, scope=participant, status=RiskStatus.OPEN)),
            open_actions=reader.count(Action, scope=participant, episode=episode.id, status=OPEN_ACTIONS),
            planned_talks=reader.count(Contact, scope=participant, status=ContactStatus.PLANNED),
            plan_unsigned=bool(plans) and plans[0].status in (PlanStatus.DRAFT, PlanStatus.SIGNING),
            measured_on=max((london_day(at) for at in answered if at is not None), default=None),
            follow_up_on=_follow_up_days(desk, today),
        )


def close(desk: Desk, episode: Id, reason: ClosureReason, said: Ending | None = None) -> None:
    """Ends the episode today, with its reason and what was said; talks that were planned are cancelled.

    Raises BadInput while a risk conversation is open: that stays until a named person records it.
    """
    desk.allow(Act.CLOSE_EPISODE, Episode)
    with desk.unit() as unit:
        close_in(desk, unit, unit.reader.get(Episode, episode), reason, said or Ending())


def close_in(desk: Desk, unit: Unit, now: Episode, reason: ClosureReason, said: Ending) -> None:
    """``close`` within a unit that is open, for an act that does more in one."""
    desk.allow(Act.CLOSE_EPISODE, Episode)
    if now.status is EpisodeStatus.CLOSED:
        raise Locked()
    if unit.reader.count(RiskConversation, scope=now.scope, status=RiskStatus.OPEN):
        raise BadInput("risk_open")
    for talk in unit.reader.list(Contact, scope=now.scope, status=ContactStatus.PLANNED):
        unit.set(Contact, talk.id, status=ContactStatus.CANCELLED)
    unit.set(
        Episode,
        now.id,
        status=EpisodeStatus.CLOSED,
        closed_on=desk.clock.today(),
        closed_by=desk.me,
        closure_reason=reason,
        closed_work=said.work,
        onward=frozenset(one.value for one in said.onward),
        onward_note=said.onward_note.strip() or None,
        own_view=said.own_view.strip() or None,
    )
    if reason is ClosureReason.CHOSE_TO_LEAVE:
        grants.no_longer_discussed(desk, unit, now.scope)
    if said.work is not None:
        _told_at_the_end(desk, unit, now.scope, said.work)
    if said.follow_up and reason is not ClosureReason.DIED:
        _plan_follow_up(desk, unit, now)


def handover_view(desk: Desk, participant: Id) -> HandoverView:
    """What the page of handing over shows."""
    desk.allow(Act.READ, Episode)
    with desk.read() as reader:
        reader.get(Participant, participant)
        episode = present_episode(reader, participant)
        people = staff(reader)
        teams = {one.id: one.name or "" for one in reader.list(Team, order_by="name")}
        running = episode is not None and episode.status is not EpisodeStatus.CLOSED
        coach = episode.coach if episode else None
        return HandoverView(
            episode=episode.id if episode is not None and running else None,
            coach=coach,
            coach_name=name_of(people, coach),
            team=episode.team if episode else None,
            colleagues=_colleagues(desk, reader, teams, but=coach),
            teams=tuple(teams.items()),
            talks=reader.count(Contact, scope=participant, status=ContactStatus.PLANNED, owner=coach) if coach else 0,
            actions=reader.count(Action, scope=participant, status=OPEN_ACTIONS, owner=coach) if coach else 0,
            earlier=tuple(
                Before(
                    london_day(one.at) if one.at else None,
                    name_of(people, one.before),
                    name_of(people, one.after),
                    one.note or "",
                )
                for one in reader.list(Handover, order_by=("-at", "-id"), scope=participant)
            ),
        )


def hand_over(
    desk: Desk,
    episode: Id,
    coach: Id,
    team: Id | None = None,
    *,
    note: str = "",
    told: bool | None = None,
) -> None:
    """Gives the case to another coach, and to another team where one is named; their planned talks go with it.

    Raises BadInput for somebody who left.
    """
    desk.allow(Act.EDIT_EPISODE, Episode)
    with desk.unit() as unit:
        now = unit.reader.get(Episode, episode)
        if now.status is EpisodeStatus.CLOSED:
            raise Locked()
        fields: dict[str, Id] = {"coach": working_here(unit.reader, coach)}
        if team is not None:
            fields["team"] = unit.reader.get(Team, team).id
        unit.set(Episode, episode, **fields)
        if now.coach is not None and now.coach != coach:
            for talk in unit.reader.list(Contact, scope=now.scope, status=ContactStatus.PLANNED, owner=now.coach):
                unit.set(Contact, talk.id, owner=coach)
        unit.add(
            Handover(
                id=new_id(),
                scope=now.scope,
                episode=episode,
                before=now.coach,
                after=coach,
                team=team,
                note=note.strip() or None,
                told=told,
                at=desk.clock.now(),
                recorded_by=desk.me,
            )
        )


def colleagues(desk: Desk) -> tuple[Colleague, ...]:
    """Everybody here who may record a talk: whoever can own the next step."""
    desk.allow(Act.READ, Person)
    with desk.read() as reader:
        return _colleagues(desk, reader, {}, but=None, act=Act.RECORD_CONTACT)


def _colleagues(
    desk: Desk, reader: Reader, teams: dict[Id, str], *, but: Id | None, act: Act = Act.EDIT_EPISODE
) -> tuple[Colleague, ...]:
    kind = "contact" if act is Act.RECORD_CONTACT else "episode"
    return tuple(
        Colleague(one.id, one.name or "", tuple(sorted(name for team, name in teams.items() if team in one.teams)))
        for one in reader.list(Person, order_by=("name", "id"))
        if one.id != but and one.active is not False and desk.site.allows(one.roles, act, kind)
    )


def _told_at_the_end(desk: Desk, unit: Unit, participant: Id, status: WorkStatus) -> None:
    """The work situation says the same from today on; what was known of the job stays, the absence does not."""
    before = latest_work(unit.reader, participant)
    if before is not None and before.status is status:
        return
    today = desk.clock.today()
    if before is not None and before.told_on == today:
        unit.set(WorkSituation, before.id, status=status)
        return
    made = WorkSituation(id=new_id(), scope=participant, told_on=today, status=status, recorded_by=desk.me)
    if before is not None and status is not WorkStatus.OUT_OF_WORK:
        made = replace(
            made,
            job_title=before.job_title,
            employer=before.employer,
            employer_person=before.employer_person,
            usual_hours=before.usual_hours,
            usual_pattern=before.usual_pattern,
            employer_contact=before.employer_contact,
        )
    unit.add(made)


def _follow_up_days(desk: Desk, end: date) -> tuple[date, ...]:
    days = (end + timedelta(weeks=weeks) for weeks in desk.site.pace.follow_up_weeks)
    return tuple(day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0) for day in days)


def _plan_follow_up(desk: Desk, unit: Unit, episode: Episode) -> None:
    """A talk on each of the days, one that falls on a weekend on the Monday after."""
    weeks = desk.site.pace.follow_up_weeks
    for count, day in zip(weeks, _follow_up_days(desk, desk.clock.today()), strict=True):
        unit.add(
            Contact(
                id=new_id(),
                scope=episode.scope,
                episode=episode.id,
                purpose=text("ending.follow_up_purpose", count=count),
                mode=Code("phone"),
                due=day,
                owner=episode.coach or desk.me,
                status=ContactStatus.PLANNED,
            )
        )


__all__ = [
    "Colleague",
    "Ending",
    "EndingView",
    "HandoverView",
    "close",
    "close_in",
    "colleagues",
    "hand_over",
    "handover_view",
    "view",
]
