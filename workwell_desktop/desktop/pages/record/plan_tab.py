"""The tab Plan: what is to be done, by whom and by when, wherever it was decided; below it the versions of the plan."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Empty,
    RowFacts,
    RowList,
    filled,
    long_day,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind, Plan, PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import obstacles, record_actions, record_lists
from workwell_desktop.services.person.record_actions import RecordAction


@dataclass(frozen=True, slots=True)
class Planned:
    """What the tab shows; ``plans`` is None for somebody who may read no plan."""

    actions: tuple[RecordAction, ...]
    plans: tuple[record_lists.PlanVersion, ...] | None


def read_plans(desk: Desk, who: Id) -> Planned:
    """Actions, and versions of the plan."""
    actions = record_actions.actions_of(desk, who) if desk.may(Act.READ, Action) else ()
    return Planned(actions, record_lists.plans_of(desk, who) if desk.may(Act.READ, Plan) else None)


def lay_plans(page: RecordSheet, found: Planned) -> None:
    """Actions first: they are what one comes for."""
    newer = sum(1 for one in found.actions if one.since_plan)
    if newer and found.plans is not None:
        page.add(Alert("", text("record_plan.newer", count=newer), "due"))
    newest = _newest(page, found)
    if found.actions:
        page.add(_actions(page, found.actions, newest))
        newest = None
    if found.plans is not None:
        _lay_versions(page, found.plans, newest)
    elif not found.actions:
        card = Card(text("record_plan.actions"), flush=True)
        card.add(Empty(text("record_plan.none"), text("record_plan.none_line"), icon_name="circle-check"))
        page.add(card.end())
    page.add_end()


def _newest(page: RecordSheet, found: Planned) -> Button | None:
    """In the head of the first card: below a long list of actions it would be out of sight."""
    if not found.plans:
        return None
    return filled(text("record.open_plan"), partial(page.open_page, "plan", plan=str(found.plans[0].plan)), "pen-line")


def _actions(page: RecordSheet, found: tuple[RecordAction, ...], newest: Button | None) -> Card:
    waits = (ActionStatus.OPEN, ActionStatus.BLOCKED)
    waiting = [one for one in found if one.status in waits]
    count = text("record_plan.open", count=len(waiting))
    card = Card(text("record_plan.actions"), count, corner=newest, flush=True)
    ended = [one for one in found if one.status not in waits]
    groups = [
        (text("record_plan.to_do"), [_row(page, one) for one in waiting]),
        (text("record_plan.ended"), [_row(page, one) for one in ended]),
    ]
    card.add(RowList([(head, rows) for head, rows in groups if rows], name=text("record_plan.actions")))
    return card.end()


def _row(page: RecordSheet, one: RecordAction) -> RowFacts:
    today = page.context.today()
    desk = page.context.desk
    owner = text("record_plan.theirs") if one.owner_kind is OwnerKind.PARTICIPANT else one.owner_name
    parts = [owner or text(f"today.owner.{one.owner_kind.value}")]
    if one.obstacle:
        parts.append(text("record_plan.against", obstacle=one.obstacle))
    if one.session_on:
        parts.append(text("record_plan.session", day=short_day(one.session_on, today)))
    if one.effect:
        parts.append(one.effect)
    when, tint = _when(page, one)
    may = one.status is ActionStatus.OPEN and desk.may(Act.EDIT_PLAN, Action)
    opened = partial(page.open_page, "plan", action=str(one.action)) if desk.may(Act.READ, Plan) else None

    def finish() -> None:
        page.run(lambda: obstacles.finish_action(desk, one.action), lambda _done: None)

    return RowFacts(
        title=one.text,
        line=". ".join(parts),
        icon="circle-check" if one.status is ActionStatus.DONE else "circle-dashed",
        icon_role="done" if one.status is ActionStatus.DONE else "text_soft",
        when=when,
        when_tint=tint,
        act=text("record_plan.is_done") if may else "",
        on_act=finish if may else None,
        on_open=opened or (lambda: None),
    )


def _when(page: RecordSheet, one: RecordAction) -> tuple[str, Any]:
    today = page.context.today()
    if one.status is ActionStatus.DONE:
        return text("record_plan.done_on", day=short_day(one.done_on, today)) if one.done_on else "", "done"
    if one.status is not ActionStatus.OPEN:
        return text(f"record_plan.status.{one.status.value}"), "neutral"
    if one.overdue_days:
        return text("record_plan.late", count=one.overdue_days), "due"
    return text("record_plan.by", day=short_day(one.due, today)) if one.due else "", ""


def _lay_versions(page: RecordSheet, found: tuple[record_lists.PlanVersion, ...], newest: Button | None = None) -> None:
    today, plans = page.context.today(), page.context.desk.site.plans
    card = Card(text("record.plans"), corner=newest, flush=True)
    if not found:
        begin = filled(text("record.begin_plan"), partial(page.open_page, "plan"), "pen-line")
        card.add(Empty(text("record.no_plan"), text("record.no_plan_line"), begin, icon_name="pen-line"))
        page.add(card.end())
        return
    rows = []
    for one in found:
        parts = []
        if one.agreed_on:
            parts.append(text("record.agreed_on", day=long_day(one.agreed_on, today)))
        if one.review_on:
            parts.append(text("record.review_on", day=long_day(one.review_on, today)))
        plan = plans.get(one.type) if one.type else None
        kind = text("record.plan_named", label=plan.label) if plan else text("record.plans")
        status = one.status or PlanStatus.DRAFT
        rows.append(
            RowFacts(
                title=text("record.plan_title", kind=kind, version=one.version),
                line=". ".join(parts),
                icon="file-text",
                when=text(f"record.plan_status.{status.value}"),
                when_tint={PlanStatus.SIGNING: "due", PlanStatus.SIGNED: "done"}.get(status, ""),
                on_open=partial(page.open_page, "plan", plan=str(one.plan)),
            )
        )
    card.add(RowList([("", rows)], name=text("record.plans")))
    page.add(card.end())
