"""The plan: one draft for an episode, gathered in the person's words; signed versions are followed by new ones."""

from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Participant, WorkStatus
from workwell_desktop.domain.plans import Goal, Plan, PlanStatus, PlanType, Signatory
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, Locked
from workwell_desktop.services._reads import latest_work, present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import after_birth, key_after, needed_episode, words_or_none
from workwell_desktop.store import Reader

TEXTS = frozenset({"what_matters", "strengths", "if_worse", "function", "gp_problem", "gp_request", "gp_risk"})
"""Fields of a plan that hold words."""


def open_plan(desk: Desk, participant: Id) -> Id:
    """The draft of the episode that runs; made where there is none, as the next version of what was signed before.

    Its type comes from the work situation, its words from the version before or from the record.
    """
    desk.allow(Act.EDIT_PLAN, Plan)
    with desk.unit() as unit:
        episode = needed_episode(unit.reader, participant)
        plans = unit.reader.list(Plan, order_by="version", episode=episode.id)
        for found in reversed(plans):
            if found.status in (PlanStatus.DRAFT, PlanStatus.SIGNING):
                return found.id
        before = plans[-1] if plans else None
        person = unit.reader.get(Participant, participant)
        work = latest_work(unit.reader, participant)
        status = (work.status if work else None) or WorkStatus.STRUGGLING
        texts = (
            {name: getattr(before, name) for name in TEXTS - {"gp_risk"}}
            if before
            else {
                "what_matters": person.what_matters,
                "strengths": person.good_at,
            }
        )
        return unit.add(
            Plan(
                id=new_id(),
                scope=participant,
                episode=episode.id,
                type=desk.site.plan_for(status).type,
                version=(before.version or 0) + 1 if before else 1,
                status=PlanStatus.DRAFT,
                supersedes=before.id if before else None,
                **texts,
            )
        )


def newest_plan(desk: Desk, participant: Id) -> Id | None:
    """The plan to show: the draft, else the last version of the newest episode; None where there is none."""
    desk.allow(Act.READ, Plan)
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        plans = reader.list(Plan, order_by="version", episode=episode.id) if episode else []
    return plans[-1].id if plans else None


def set_plan_type(desk: Desk, plan: Id, plan_type: PlanType) -> None:
    """Stay in work, return to work, or seek work."""
    desk.allow(Act.EDIT_PLAN, Plan)
    with desk.unit() as unit:
        draft(unit.reader, plan)
        unit.set(Plan, plan, type=plan_type)


def set_plan_text(desk: Desk, plan: Id, field: str, words: str | None) -> None:
    """Writes one of ``TEXTS``; empty takes it away. What the GP hears of risk is a clinician's to add."""
    desk.allow(Act.SIGN_AS_CLINICIAN if field == "gp_risk" else Act.EDIT_PLAN, Plan)
    if field not in TEXTS:
        raise BadInput("no_such_field")
    with desk.unit() as unit:
        draft(unit.reader, plan)
        given: dict[str, Any] = {field: words_or_none(words)}
        unit.set(Plan, plan, **given)


def set_review(desk: Desk, plan: Id, review_on: date) -> None:
    """When everybody looks again; not in the past."""
    desk.allow(Act.EDIT_PLAN, Plan)
    if review_on < desk.clock.today():
        raise BadInput("date_past")
    with desk.unit() as unit:
        draft(unit.reader, plan)
        unit.set(Plan, plan, review_on=review_on)


def add_goal(desk: Desk, participant: Id, text: str, *, by: date | None = None) -> Id:
    """What the person wants, in their words."""
    desk.allow(Act.EDIT_PLAN, Goal)
    if not text.strip():
        raise BadInput("text_missing")
    with desk.unit() as unit:
        after_birth(unit.reader, participant, by=by)
        beside = unit.reader.list(Goal, scope=participant)
        return unit.add(
            Goal(
                id=new_id(),
                scope=participant,
                episode=needed_episode(unit.reader, participant).id,
                text=text.strip(),
                by=by,
                position=key_after(one.position for one in beside),
            )
        )


def change_goal(
    desk: Desk, goal: Id, *, text: str | None = None, by: date | None = None, level: int | None = None
) -> None:
    """Other words, another date, or how far it is reached (-2 to +2)."""
    desk.allow(Act.EDIT_PLAN, Goal)
    if level is not None and not -2 <= level <= 2:
        raise BadInput("level_out_of_range")
    given: dict[str, Any] = {"text": words_or_none(text), "by": by, "level": level}
    with desk.unit() as unit:
        after_birth(unit.reader, unit.reader.get(Goal, goal).scope, by=by)
        unit.set(Goal, goal, **{name: value for name, value in given.items() if value is not None})


def remove_goal(desk: Desk, goal: Id) -> None:
    """Takes a goal away."""
    desk.allow(Act.EDIT_PLAN, Goal)
    with desk.unit() as unit:
        unit.delete(Goal, goal)


def change_the_plan(desk: Desk, plan: Id) -> Id:
    """Goes back to writing. Before the first signature the same version opens again; a signed one is followed by
    a new version, which supersedes it when it is signed."""
    desk.allow(Act.EDIT_PLAN, Plan)
    with desk.unit() as unit:
        found = unit.reader.get(Plan, plan)
        if found.status is PlanStatus.DRAFT:
            return plan
        signatories = unit.reader.list(Signatory, plan=plan)
        if found.status is PlanStatus.SIGNING and not any(one.at for one in signatories):
            for one in signatories:
                unit.delete(Signatory, one.id)
            unit.set(Plan, plan, status=PlanStatus.DRAFT, agreed_on=None)
            return plan
        if found.status is PlanStatus.SIGNING:
            unit.set(Plan, plan, status=PlanStatus.SUPERSEDED)
        participant = found.scope
    return open_plan(desk, participant)


def draft(reader: Reader, plan: Id) -> Plan:
    """The plan, while it may still be written; Locked once signing began."""
    found = reader.get(Plan, plan)
    if found.status is not PlanStatus.DRAFT:
        raise Locked()
    return found
