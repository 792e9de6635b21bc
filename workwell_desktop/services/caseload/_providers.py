"""The providers of Today that come with the product. Each reads its kind of record once, for everybody in the focus."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.episodes import (
    Contact,
    ContactStatus,
    EpisodeStatus,
    Referral,
    RiskConversation,
    RiskStatus,
)
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import (
    Action,
    ActionStatus,
    Adjustment,
    AdjustmentStatus,
    EmployerAnswer,
    OwnerKind,
    Plan,
    PlanStatus,
    Signatory,
    SignatureOutcome,
)
from workwell_desktop.domain.records import KINDS, Id, is_restricted
from workwell_desktop.domain.sessions import AgendaItem, Discussion, Session, SessionStatus
from workwell_desktop.services._reads import is_of_now
from workwell_desktop.services._restricted import may_read_kind
from workwell_desktop.services.caseload._arranging import urgency
from workwell_desktop.services.caseload._caseload import read_caseload
from workwell_desktop.services.caseload.today_views import Focus, Route, TodayItem, Urgency
from workwell_desktop.services.coming_in import tries
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment._absence import papers_of_everybody, standing_for
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.meeting._session_cards import in_lanes
from workwell_desktop.store import Reader

TRIED = (EmployerAnswer.AGREED, EmployerAnswer.AGREED_WITH_CHANGE, EmployerAnswer.TRIAL)


def item(
    focus: Focus,
    kind: str,
    record: Id,
    participant: Id,
    due: date | None,
    *,
    page: str,
    at: datetime | None = None,
    words: dict[str, object] | None = None,
    params: dict[str, str] | None = None,
) -> TodayItem:
    """An item about one person; its group and its days follow from ``due``."""
    return TodayItem(
        kind=kind,
        record=record,
        participant=participant,
        name=focus.names[participant],
        urgency=urgency(focus, due),
        due=due,
        at=at,
        days=(due - focus.today).days if due else 0,
        words=words or {},
        route=Route(page, {"participant": participant, **(params or {})}),
    )


def risks(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Risk conversations that nobody has recorded. One about a person without a coach is everybody's; who may not read
    such is told that there is one, and no answer."""
    told = desk.may(Act.READ, RiskConversation)
    coached = read_caseload(desk).episodes
    for one in reader.list(RiskConversation, order_by=("raised_at", "id"), status=RiskStatus.OPEN):
        episode = coached.get(one.scope)
        nobodys = focus.owner is not None and one.scope in focus.open and (episode is None or episode.coach is None)
        if not (nobodys or focus.holds(one.scope, one.handed_to)):
            continue
        yield TodayItem(
            kind="risk",
            record=one.id,
            participant=one.scope,
            name=focus.names[one.scope],
            urgency=Urgency.RISK,
            due=focus.today,
            at=None,
            days=0,
            words={
                "form": one.form_title or "",
                "question": one.question or "",
                "answer": one.answer or "",
                "raised_at": one.raised_at,
            }
            if told
            else {},
            route=Route("risk", {"participant": one.scope, "risk": one.id}),
        )


def contacts(_desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Talks that are planned; those for after the end as well, such as asking how it goes some weeks later."""
    for one in reader.list(Contact, status=ContactStatus.PLANNED, **_due(focus, "due")):
        asked = focus.holds(one.scope, one.owner) or focus.owned(one.scope, one.owner)
        if asked and one.due is not None:
            words: dict[str, object] = {
                "purpose": one.purpose or "",
                "mode": str(one.mode or ""),
                "place": one.place or "",
            }
            yield item(
                focus,
                "contact",
                one.id,
                one.scope,
                one.due,
                page="contact",
                at=one.at,
                words=words,
                params={"contact": one.id},
            )


def actions(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Open actions of a plan, whoever does them; what somebody else does is asked about."""
    present = read_caseload(desk).episodes
    found = [
        one
        for one in reader.list(Action, status=ActionStatus.OPEN, **_due(focus, "due"))
        if one.due is not None and focus.holds(one.scope, one.owner) and is_of_now(one, present)
    ]
    people = staff(reader) if found else {}
    for one in found:
        words: dict[str, object] = {
            "text": one.text or "",
            "owner_kind": (one.owner_kind or OwnerKind.STAFF).value,
            "owner": name_of(people, one.owner) or one.owner_name or "",
            "mine": one.owner == desk.me,
        }
        yield item(focus, "action", one.id, one.scope, one.due, page="plan", words=words, params={"action": one.id})


def adjustments(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Changes at work to look at again: a trial that ends, an answer that is awaited or was "not now"."""
    found = {
        one.id: one
        for field in ("review_on", "trial_until")
        for one in reader.list(Adjustment, **{f"{field}__ne": None, **_due(focus, field)})
    }
    present = read_caseload(desk).episodes
    for one in found.values():
        if not is_of_now(one, present):
            continue
        trial = one.trial_until if one.answer in TRIED else None
        due = min((day for day in (one.review_on, trial) if day is not None), default=None)
        done = one.answer is EmployerAnswer.REFUSED or one.answer is None or one.status is AdjustmentStatus.ENDED
        if due is not None and not done and focus.within(due) and focus.holds(one.scope):
            yield item(
                focus,
                "adjustment_review",
                one.id,
                one.scope,
                due,
                page="change",
                words={"text": one.text or ""},
                params={"adjustment": one.id},
            )


def plans(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Plans that wait for a signature, and plans whose review is due."""
    present = read_caseload(desk).episodes
    signing = {one.id: one for one in reader.list(Plan, status=PlanStatus.SIGNING) if is_of_now(one, present)}
    awaited: dict[Id, list[Signatory]] = defaultdict(list)
    if signing:
        for one in reader.list(
            Signatory, order_by=("position", "id"), plan=set(signing), outcome=SignatureOutcome.AWAITED
        ):
            if one.plan is not None:
                awaited[one.plan].append(one)
    for plan in signing.values():
        waiting = awaited.get(plan.id, [])
        for_me = any(one.person is not None and one.person == focus.owner for one in waiting)
        if waiting and focus.holds(plan.scope, focus.owner if for_me else None):
            words: dict[str, object] = {
                "type": plan.type.value if plan.type else "",
                "label": desk.site.plans[plan.type].label if plan.type and plan.type in desk.site.plans else "",
                "awaited": tuple(one.role.value for one in waiting if one.role),
                "place": "",
            }
            yield item(
                focus, "plan_to_sign", plan.id, plan.scope, None, page="plan", words=words, params={"plan": plan.id}
            )
    for plan in reader.list(Plan, status=PlanStatus.SIGNED, **_due(focus, "review_on")):
        if plan.review_on is not None and focus.holds(plan.scope) and is_of_now(plan, present):
            yield item(focus, "plan_review", plan.id, plan.scope, plan.review_on, page="plan", params={"plan": plan.id})


def tellings(_desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """People who have not heard yet what a session decided about them."""
    for one in reader.list(Discussion, told_at=None, decided_at__ne=None):
        if focus.holds(one.scope, one.tell_owner) and focus.within(one.tell_by):
            yield item(
                focus,
                "tell",
                one.id,
                one.scope,
                one.tell_by,
                page="tell",
                words={"decided_at": one.decided_at, "how": str(one.tell_how or "")},
                params={"discussion": one.id},
            )


def referrals(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Referrals that nobody has taken on: the coach's own, and those of the team that have no coach."""
    caseload = read_caseload(desk)
    waiting = {
        one: episode
        for one in (caseload.episodes if focus.owner is not None else focus.people & caseload.episodes.keys())
        if (episode := caseload.episodes[one]).status is EpisodeStatus.WAITING
        and (one in focus.people or (focus.owner is not None and episode.coach is None and one in caseload.team))
    }
    if not waiting:
        return
    received = {one.id: one for one in reader.list(Referral, id={e.referral for e in waiting.values() if e.referral})}
    talks: dict[Id | None, list[Contact]] = defaultdict(list)
    for talk in reader.list(Contact, scope=set(waiting)):
        talks[talk.episode].append(talk)
    most = desk.site.pace.contact_tries
    for one, episode in waiting.items():
        referral = received.get(episode.referral) if episode.referral else None
        reach = tries.reach_of(talks[episode.id], most)
        due = None
        if referral and referral.received_on and reach is not tries.Reach.REACHED:
            due = working_days_after(referral.received_on, desk.site.pace.first_contact_working_days)
        if one in focus.open and focus.within(due):
            words: dict[str, object] = {
                "source": referral.source.value if referral and referral.source else "",
                "reach": reach.value,
                "tries": tries.count(talks[episode.id]),
                "of": most,
            }
            yield item(focus, "referral", episode.id, one, due, page="coming-in", words=words)


def evidence(desk: Desk, _reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Fit notes and other evidence that run out."""
    papers = papers_of_everybody(desk)
    work = read_caseload(desk).work
    for one in focus.people:
        told = work.get(one)
        if told is None or told.status is not WorkStatus.OFF_SICK or not focus.holds(one):
            continue
        stands = standing_for(papers.get(one, []), told, focus.today)
        if stands is not None and stands.until is not None and focus.within(stands.until):
            kind = stands.kind.value if stands.kind else ""
            yield item(focus, "evidence", stands.record, one, stands.until, page="work", words={"evidence": kind})


def conflicts(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Two answers to one field, written apart: a person chooses; of a restricted note somebody who may read it."""
    for one in reader.conflicts():
        if is_restricted(one.kind) and not may_read_kind(desk, one.kind, reader.find(KINDS[one.kind], one.record)):
            continue
        if focus.holds(one.scope):
            yield item(
                focus,
                "conflict",
                one.record,
                one.scope,
                None,
                page="conflict",
                words={"record_kind": one.kind, "field": one.field, "values": len(one.heads)},
                params={"record": one.record, "field": one.field},
            )


def _due(focus: Focus, field: str) -> dict[str, Any]:
    return {f"{field}__le": focus.until} if focus.until is not None else {}


def cases(_desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Cases on the agenda of a session that is still to come or running; first of all those without a question."""
    sessions = {
        one.id: one
        for one in reader.list(Session, status=[SessionStatus.PLANNED, SessionStatus.RUNNING])
        if one.starts_at is not None and london_day(one.starts_at) >= focus.today
    }
    if not sessions:
        return
    lines = reader.list(AgendaItem, order_by=("position", "id"), session=set(sessions))
    questions = {one.id: one.question for one in reader.list(Discussion, session=set(sessions))}
    for session in sessions.values():
        agenda = in_lanes(one for one in lines if one.session == session.id)
        for number, one in enumerate(agenda, start=1):
            if one.participant is None or not focus.holds(one.participant) or session.starts_at is None:
                continue
            asked = bool(questions.get(one.discussion) if one.discussion else None)
            yield item(
                focus,
                "session_case" if asked else "case_question",
                one.id,
                one.participant,
                london_day(session.starts_at),
                page="session" if session.status is SessionStatus.RUNNING else "prepare",
                at=session.starts_at,
                words={"number": number},
                params={"session": session.id, "case": one.id},
            )
