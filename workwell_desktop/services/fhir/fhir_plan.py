"""The work of a case as FHIR R4: answers, scores, obstacles, goals, actions, plan, what a session said, papers."""

from datetime import date
from decimal import Decimal

from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.papers import Document, PaperStatus
from workwell_desktop.domain.plans import (
    Action,
    ActionStatus,
    Adjustment,
    EmployerAnswer,
    Goal,
    Obstacle,
    ObstacleStatus,
    OwnerKind,
    Plan,
    PlanStatus,
    ReturnWeek,
)
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Contribution, Discussion, Session
from workwell_desktop.forms import Item, Run
from workwell_desktop.services.fhir.fhir_parts import (
    OURS,
    Resource,
    binary,
    coded,
    day,
    derived,
    moment,
    note,
    to,
    urn,
)


def questionnaire_response(one: Response, run: Run) -> Resource:
    """The answers as the form emits them, with whose and by whom."""
    emitted = run.response(str(one.status or ResponseStatus.IN_PROGRESS), one.completed_at or one.started_at)
    made = {**emitted, "id": one.id, "subject": to(one.scope), "author": to(one.author)}
    made["identifier"] = {"system": f"{OURS}form-digest", "value": one.form_digest}
    return made


def score(one: Response, item: Item, value: Decimal, number: int) -> Resource:
    """One calculated score of one response."""
    codes = [{"system": code.system, "code": code.code, "display": code.display} for code in item.code]
    return {
        "resourceType": "Observation",
        "id": derived(one.id, f"score {number}"),
        "status": "final",
        "category": [
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}]}
        ],
        "code": {"coding": codes, "text": item.text or item.link_id},
        "subject": to(one.scope),
        "effectiveDateTime": moment(one.completed_at),
        "derivedFrom": [to(one.id)],
        "valueQuantity": {"value": value, "system": "http://unitsofmeasure.org", "code": "{score}"},
    }


def obstacle(one: Obstacle) -> Resource:
    """What gets in the way: an observation, never a condition."""
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "final",
        "code": coded("obstacle", one.kind),
        "subject": to(one.scope),
        "effectiveDateTime": day(one.noted_on),
        "valueString": one.text,
        "interpretation": [coded("obstacle-status", one.status or ObstacleStatus.OPEN)],
        "note": note(one.left_reason),
    }


def goal(one: Goal) -> Resource:
    """What the person wants."""
    return {
        "resourceType": "Goal",
        "id": one.id,
        "lifecycleStatus": "active",
        "achievementStatus": coded("goal-level", str(one.level)) if one.level is not None else None,
        "description": {"text": one.text},
        "subject": to(one.scope),
        "target": [{"dueDate": day(one.by)}] if one.by else [],
    }


def task(one: Action) -> Resource:
    """One thing, one owner, one date."""
    status = {
        ActionStatus.OPEN: "accepted",
        ActionStatus.DONE: "completed",
        ActionStatus.NOT_NEEDED: "cancelled",
        ActionStatus.BLOCKED: "on-hold",
    }
    owner = to(one.owner, one.owner_name)
    if one.owner_kind is OwnerKind.PARTICIPANT:
        owner = to(one.scope)
    return {
        "resourceType": "Task",
        "id": one.id,
        "status": status[one.status or ActionStatus.OPEN],
        "intent": "plan",
        "code": coded("action", one.kind),
        "description": one.text,
        "focus": to(one.obstacle),
        "for": to(one.scope),
        "encounter": to(one.discussion),
        "owner": owner,
        "restriction": {"period": {"end": day(one.due)}} if one.due else None,
        "executionPeriod": {"end": day(one.done_on)} if one.done_on else None,
        "note": note(one.effect),
    }


def change_at_work(one: Adjustment) -> Resource:
    """A change that is asked of the employer, and their answer."""
    answered = one.answer not in (None, EmployerAnswer.ASKED)
    refused = one.answer in (EmployerAnswer.REFUSED, EmployerAnswer.NOT_NOW)
    return {
        "resourceType": "Task",
        "id": one.id,
        "status": "rejected" if refused else "accepted" if answered else "requested",
        "intent": "proposal",
        "code": coded("change-at-work", one.code or "own"),
        "businessStatus": coded("employer-answer", one.answer, one.answer_note) if one.answer else None,
        "description": one.text,
        "focus": to(one.obstacle),
        "for": to(one.scope),
        "requester": to(one.asked_by),
        "reasonCode": {"text": one.reason} if one.reason else None,
        "executionPeriod": {"start": day(one.starts_on)} if one.status and one.starts_on else None,
        "output": [
            {"type": coded("change-at-work", name), "valueString": words}
            for name, words in (
                ("status", one.status),
                ("effect", one.effect),
                ("effect-note", one.effect_note),
                ("funding", one.funding),
                ("answered-by", one.answered_by),
                ("trial-until", day(one.trial_until)),
            )
            if words
        ],
        "restriction": {"period": {"start": day(one.starts_on), "end": day(one.ends_on)}}
        if one.starts_on or one.ends_on
        else None,
    }


def care_plan(
    one: Plan, goals: list[Goal], tasks: list[Id], weeks: list[ReturnWeek], supersedes: Id | None
) -> Resource:
    """One version of the plan, with its weeks of going back as activities of its own."""
    status = {
        PlanStatus.DRAFT: "draft",
        PlanStatus.SIGNING: "draft",
        PlanStatus.SIGNED: "active",
        PlanStatus.SUPERSEDED: "revoked",
    }
    return {
        "resourceType": "CarePlan",
        "id": one.id,
        "identifier": [{"system": f"{OURS}plan-version", "value": str(one.version or 1)}],
        "replaces": [to(supersedes)] if supersedes else [],
        "status": status[one.status or PlanStatus.DRAFT],
        "intent": "plan",
        "category": [coded("plan", one.type)],
        "description": one.what_matters,
        "subject": to(one.scope),
        "period": {"start": day(one.agreed_on), "end": day(one.review_on)},
        "goal": [to(each.id) for each in goals],
        "activity": [{"reference": to(each)} for each in tasks] + [{"detail": _week(week)} for week in weeks],
        "note": note(one.strengths, one.if_worse, one.function, one.gp_problem, one.gp_request, one.gp_risk),
    }


def session_encounter(one: Discussion, session: Session | None) -> Resource:
    """One case at one session: only what concerns this person."""
    return {
        "resourceType": "Encounter",
        "id": one.id,
        "status": "finished" if one.decided_at else "planned",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "VR"},
        "type": [coded("encounter", "mdt-session")],
        "subject": to(one.scope),
        "period": {"start": moment(session.starts_at) if session else moment(one.decided_at)},
        "reasonCode": [{"text": one.question}] if one.question else [],
    }


def contribution(one: Contribution) -> Resource:
    """What one discipline brought; fact before opinion."""
    return {
        "resourceType": "Communication",
        "id": one.id,
        "status": "completed",
        "category": [coded("discipline", one.discipline)],
        "subject": to(one.scope),
        "encounter": to(one.discussion),
        "sent": moment(one.at),
        "sender": to(one.author),
        "payload": [{"contentString": words} for words in (one.facts, one.opinion) if words],
    }


def decision(one: Discussion) -> Resource:
    """What the team decided and why."""
    return {
        "resourceType": "Communication",
        "id": derived(one.id, "decision"),
        "status": "completed",
        "category": [coded("outcome", one.outcome)],
        "subject": to(one.scope),
        "encounter": to(one.id),
        "sent": moment(one.decided_at),
        "payload": [{"contentString": words} for words in (one.decision, one.rationale, one.dissent) if words],
        "note": note(one.own_words, one.options),
    }


def document_reference(one: Document) -> Resource:
    """A paper of the register, by the hash of its file."""
    return {
        "resourceType": "DocumentReference",
        "id": one.id,
        "identifier": [{"system": f"{OURS}sha256", "value": one.file.sha256}] if one.file else [],
        "status": "superseded" if one.status is PaperStatus.SUPERSEDED else "current",
        "docStatus": "final" if one.status is PaperStatus.COMPLETE else "preliminary",
        "type": coded("paper", one.kind),
        "subject": to(one.scope),
        "date": moment(one.made_at),
        "author": [to(one.made_by)],
        "content": [
            {
                "attachment": {
                    "contentType": one.file.media_type,
                    "size": one.file.size,
                    "url": urn(binary(one.file.sha256)),
                    "title": one.recipient_name,
                }
                if one.file
                else {"title": str(one.kind)}
            }
        ],
    }


def _week(one: ReturnWeek) -> Resource:
    hours = f"{one.hours.normalize():f}" if one.hours is not None else None
    return {
        "kind": "Task",
        "status": "scheduled",
        "code": coded("activity", "return-week"),
        "scheduledPeriod": {"start": day(one.starts_on)} if isinstance(one.starts_on, date) else None,
        "description": "; ".join(
            part
            for part in (
                hours,
                ", ".join(sorted(one.days)),
                one.start,
                one.finish,
                one.duties,
                one.duties_out,
                one.place,
            )
            if part
        ),
    }
