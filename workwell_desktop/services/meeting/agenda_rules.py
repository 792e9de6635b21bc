"""Fills an agenda from the caseload by the rules of the site pack: whom, why, to which lane, with which question.

    episodes of the team ─┐
    risks, requests, …   ─┼─▶ suggestions(desk, session) ─▶ a person looks ─▶ fill(desk, session, chosen)
    rules of the site    ─┘

Nobody is put on an agenda by a rule alone, and nobody stands on one twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.episodes import Episode, Response, ResponseStatus, RiskConversation, RiskStatus
from workwell_desktop.domain.names import with_likes
from workwell_desktop.domain.plans import Action, ActionStatus, Plan, PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AgendaItem, BringRequest, Discussion, Lane, Session, SessionStatus, Why
from workwell_desktop.domain.site import AgendaRule
from workwell_desktop.services._reads import of_now, present_episodes
from workwell_desktop.services.caseload._caseload import Caseload, read_caseload
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting.agenda import NewCase, all_questions, put_on
from workwell_desktop.services.meeting.carried import carried_over, still_waiting
from workwell_desktop.services.meeting.session_views import Suggestion
from workwell_desktop.services.meeting.sessions import open_session
from workwell_desktop.store import Reader

FIRST_LOOK_BACK = timedelta(days=28)
"""How far back a finished assessment is new where the team has not met before."""


@dataclass(slots=True)
class _Reasons:
    """What was found for one person."""

    why: set[Why] = field(default_factory=set)
    question: str | None = None
    presenter: Id | None = None
    lane: Lane | None = None
    carried_from: Id | None = None
    request: Id | None = None
    since: date | None = None
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class _Look:
    """What each rule is handed: one session, its day, and when the team met last."""

    session: Session
    day: date
    met: datetime
    found: dict[Id, _Reasons]


def suggestions(desk: Desk, session: Id) -> tuple[Suggestion, ...]:
    """Whom the site's rules bring to this session and who is not on its agenda yet: urgent first, then by name."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    caseload = read_caseload(desk)
    with desk.read() as reader:
        look = _looked(desk, reader, open_session(reader, session))
        there = {item.participant for item in reader.list(AgendaItem, session=session)}
    team = look.session.team
    mine = {
        one
        for one in caseload.open
        if one not in there and (team is None or caseload.episodes[one].team in (team, None))
    }
    like = with_likes(caseload.names(mine & look.found.keys()))
    made = [_suggestion(desk, caseload, one, look.found[one], one in like) for one in mine & look.found.keys()]
    lanes = list(Lane)
    return tuple(sorted(made, key=lambda one: (lanes.index(one.lane), one.name.casefold(), one.participant)))


def fill(desk: Desk, session: Id, chosen: Iterable[Suggestion]) -> tuple[Id, ...]:
    """Puts the chosen ones on the agenda in one step; gives the agenda items. Who is there already is passed over."""
    desk.allow(Act.PREPARE_SESSION, AgendaItem)
    made = []
    with desk.unit() as unit:
        found = open_session(unit.reader, session)
        there = {item.participant for item in unit.reader.list(AgendaItem, session=session)}
        for one in chosen:
            if one.participant in there:
                continue
            there.add(one.participant)
            case = NewCase(
                participant=one.participant,
                lane=one.lane,
                question=one.question,
                presenter=one.presenter,
                why=frozenset(one.why),
                carried_from=one.carried_from,
            )
            made.append(put_on(desk, unit, found, case))
    return tuple(made)


def _looked(desk: Desk, reader: Reader, session: Session) -> _Look:
    day = london_day(session.starts_at) if session.starts_at else desk.clock.today()
    before = reader.list(
        Session, order_by="-starts_at", limit=1, team=session.team, starts_at__lt=session.starts_at, id__ne=session.id
    )
    met = before[0].starts_at if before and before[0].starts_at else desk.clock.now() - FIRST_LOOK_BACK
    look = _Look(session, day, met, defaultdict(_Reasons))
    for rule in desk.site.agenda:
        _RULES[rule.why](reader, rule, look)
        for reasons in look.found.values():
            reasons.lane = reasons.lane or rule.lane
    return look


def _risk(reader: Reader, _rule: AgendaRule, look: _Look) -> None:
    for one in reader.list(RiskConversation, status=RiskStatus.OPEN):
        look.found[one.scope].why.add(Why.RISK)


def _carried_over(reader: Reader, _rule: AgendaRule, look: _Look) -> None:
    """Cases of the team's locked sessions that were carried over and have not been put on any agenda since."""
    held = [one.id for one in reader.list(Session, team=look.session.team, status=SessionStatus.LOCKED)]
    carried = carried_over(reader, session=held) if held else []
    if not carried:
        return
    waiting = still_waiting(reader, carried)
    asked = [one.discussion for one in waiting if one.discussion]
    questions = {one.id: one.question for one in reader.list(Discussion, id=asked)}
    for item in waiting:
        reasons = look.found[item.participant]  # type: ignore[index]
        reasons.why.add(Why.CARRIED_OVER)
        reasons.carried_from, reasons.presenter = item.id, item.presenter
        reasons.question = reasons.question or (questions.get(item.discussion) if item.discussion else None)


def _asked_for(reader: Reader, _rule: AgendaRule, look: _Look) -> None:
    asked: dict[Id, list[BringRequest]] = defaultdict(list)
    for one in reader.list(BringRequest, order_by="at", agenda_item=None, dropped_at=None):
        asked[one.scope].append(one)
    for scope, requests in asked.items():
        reasons = look.found[scope]
        reasons.why.add(Why.ASKED_FOR)
        reasons.request, reasons.question = requests[-1].id, all_questions(requests) or reasons.question
        reasons.lane = reasons.lane or min(
            (one.lane for one in requests if one.lane), key=list(Lane).index, default=None
        )


def _overdue_actions(reader: Reader, rule: AgendaRule, look: _Look) -> None:
    latest = look.day - timedelta(days=rule.days)
    for one in of_now(reader, reader.list(Action, status=ActionStatus.OPEN, due__lt=latest)):
        reasons = look.found[one.scope]
        reasons.why.add(Why.OVERDUE_ACTIONS)
        reasons.overdue += 1


def _review_due(reader: Reader, rule: AgendaRule, look: _Look) -> None:
    """The review that the last decision set, or the review of a signed plan."""
    until = look.day + timedelta(days=rule.days)
    last: dict[Id, Discussion] = {}
    for one in reader.list(Discussion, order_by="decided_at", decided_at__ne=None):
        last[one.scope] = one
    present = present_episodes(reader.list(Episode, scope=last.keys())) if last else {}
    for scope, decided in last.items():
        counts = present.get(scope)
        if counts and counts.opened_on and decided.decided_at and london_day(decided.decided_at) < counts.opened_on:
            continue  # what an earlier programme was to look at again is over
        if decided.next_review is not None and decided.next_review <= until:
            reasons = look.found[scope]
            reasons.why.add(Why.REVIEW_DUE)
            reasons.since = decided.next_review
            reasons.question = reasons.question or decided.question
    for plan in of_now(reader, reader.list(Plan, status=PlanStatus.SIGNED, review_on__le=until)):
        reasons = look.found[plan.scope]
        reasons.why.add(Why.REVIEW_DUE)
        reasons.since = reasons.since or plan.review_on


def _new_assessment(reader: Reader, _rule: AgendaRule, look: _Look) -> None:
    for one in reader.list(Response, status=ResponseStatus.COMPLETED, completed_at__ge=look.met):
        look.found[one.scope].why.add(Why.NEW_ASSESSMENT)


_RULES: dict[Why, Callable[[Reader, AgendaRule, _Look], None]] = {
    Why.RISK: _risk,
    Why.CARRIED_OVER: _carried_over,
    Why.ASKED_FOR: _asked_for,
    Why.OVERDUE_ACTIONS: _overdue_actions,
    Why.REVIEW_DUE: _review_due,
    Why.NEW_ASSESSMENT: _new_assessment,
}


def _suggestion(desk: Desk, caseload: Caseload, one: Id, reasons: _Reasons, like: bool) -> Suggestion:
    person = caseload.people[one]
    order = [rule.why for rule in desk.site.agenda]
    return Suggestion(
        participant=one,
        name=person.name,
        born=person.birth_date,
        address=person.address if like else None,
        why=tuple(sorted(reasons.why, key=order.index)),
        lane=reasons.lane or Lane.DISCUSS,
        question=reasons.question,
        presenter=reasons.presenter or caseload.episodes[one].coach,
        since=reasons.since,
        overdue=reasons.overdue,
        carried_from=reasons.carried_from,
        request=reasons.request,
    )
