"""The first tab: what matters, where we are, what next, what gets in the way, the measures, so far."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    ActionFacts,
    Button,
    Card,
    Clear,
    Columns,
    Event,
    IconMark,
    KindHead,
    Measure,
    ObstacleLine,
    SummaryList,
    Tag,
    Timeline,
    Words,
    filled,
    quiet,
    row,
    rule,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.caseload.item_words import act_words, due_words, what_words
from workwell_desktop.desktop.pages.employment.work_words import work_words
from workwell_desktop.desktop.pages.record.event_words import event_words
from workwell_desktop.desktop.pages.record.matters import matters_card
from workwell_desktop.desktop.pages.record.one_screen import OneScreen, Part
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.desktop.pages.session.measures import measure_facts
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.plans import Obstacle, ObstacleStatus, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing import measures
from workwell_desktop.services.assessing.measure_views import MeasureView
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkView
from workwell_desktop.services.person import record
from workwell_desktop.services.person.record_views import EventView, ObstacleView, Overview, StepView

SO_FAR = 6
"""Lines of the card "so far"."""
THEN = 1
"""Steps named after the next one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tab shows. ``measures`` is None for somebody who may not see scores."""

    view: Overview
    measures: tuple[MeasureView, ...] | None


def read(desk: Desk, participant: Id) -> Shown:
    """On the worker."""
    seen = measures.measures(desk, participant) if desk.may(Act.READ_SCORES, Response) else None
    return Shown(record.overview(desk, participant), seen)


def lay(page: RecordSheet, shown: Shown) -> None:
    """Three cards above, three below; What next first where there is one column."""
    view = shown.view
    following = _next(page, view)
    page.add(
        Columns(
            [(matters_card(page, view), 37), (_where(page, view.work), 38), (following, 32)], first_when_one=following
        )
    )
    parts = [(_obstacles(page, view), 44)]
    if shown.measures is not None:
        parts.append((_measures(page, shown.measures), 38))
    parts.append((_so_far(page, view), 25))
    below = Columns([(part.card, share) for part, share in parts])
    page.add(below, stretch=1)
    if page.scroller is not None and not page.writing:
        OneScreen(page.scroller, below, [part for part, _share in parts])


def _where(page: RecordSheet, work: WorkView | None) -> Card:
    today = page.context.today()
    update = Button(text("record.update"), partial(page.open_page, "work"), kind="link")
    update.setAccessibleName(text("record.update_work"))
    card = Card(text("record.where"), corner=update)
    if work is None:
        return card.add(Words(text("record.work_unknown"), tone="soft")).end()
    told = work.details
    rows = []
    job = ", ".join(part for part in (told.job_title, told.employer) if part)
    rows.append((text("record.job"), job or text("record.value.none")))
    rows.append((text("record.work_now"), work_words(work, today)))
    if told.usual_hours is not None or told.usual_pattern:
        hours = text("record.hours", hours=f"{told.usual_hours.normalize():f}") if told.usual_hours is not None else ""
        rows.append((text("record.usual_week"), ", ".join(part for part in (hours, told.usual_pattern or "") if part)))
    if work.evidence is not None:
        rows.append((text("record.evidence"), evidence_words(work, today)))
    if told.employer:
        day = short_day(work.agreed_to_talk, today, weekday=False) if work.agreed_to_talk else ""
        rows.append(
            (text("record.employer"), text("record.agreed_to_talk", day=day) if day else text("record.no_talk"))
        )
    return card.add(SummaryList(rows)).end()


def evidence_words(work: WorkView, today: date) -> str:
    """ "Fit note to 6 December"."""
    said = text(f"today.evidence.{work.evidence.value}") if work.evidence else ""
    until = work.evidence_until
    return text("record.until", said=said, day=short_day(until, today, weekday=False)) if until else said


def _next(page: RecordSheet, view: Overview) -> Card:
    today = page.context.today()
    if not view.next:
        card = Card(text("record.next"))
        ended = view.banner.episode_status == "closed"
        card.add(Words(text("record.ended" if ended else "record.nothing_next")))
        if ended:
            card.add_left(quiet(text("record.what_was_noted"), partial(page.open_page, "ending"), "flag"))
            return card.add_left(
                filled(text("record.new_referral"), partial(page.open_page, "referral"), "user-plus")
            ).end()
        if view.banner.episode_status == "waiting":
            return card.add_left(
                filled(text("record.read_referral"), partial(page.open_page, "coming-in"), "inbox")
            ).end()
        return card.add_left(filled(text("record.plan_talk"), partial(page.open_page, "contact"), "phone")).end()
    first, *later = view.next
    when, tint = due_words(first, today)
    card = Card(text("record.next"), corner=Tag(when, tint or "due") if when else None)
    card.add(Words(what_words(first)))
    params = {name: str(value) for name, value in first.route.params.items()}
    if first.kind != "risk":
        card.add_left(filled(act_words(first), lambda: page.go(first.route.page, **params), "arrow-right"))
    else:
        card.add(Words(text("record.risk_above"), "note", "soft"))
    for one in later[:THEN]:
        line = Clear()
        box = row(line, (0, 0, 0, 0), 8)
        box.addWidget(IconMark("calendar", "text_soft", 18))
        box.addWidget(
            Words(text("record.then", what=what_words(one), when=due_words(one, today)[0]), "note", "soft"), 1
        )
        card.add(line)
    if all(one.kind != "contact" for one in view.next):
        card.add_left(Button(text("record.plan_talk"), partial(page.open_page, "contact"), kind="link"))
    return card.end()


def _obstacles(page: RecordSheet, view: Overview) -> Part:
    note = text("record.obstacle_counts", open=view.open_obstacles, done=view.done_obstacles)
    add = None
    if page.context.desk.may(Act.EDIT_PLAN, Obstacle):
        add = Button(text("record.add"), partial(page.open_page, "obstacle"), kind="link")
        add.setAccessibleName(text("record.edit_obstacles"))
    card = Card(text("record.obstacles"), note if view.obstacles else "", corner=add, gap=3)
    today, called = page.context.today(), view.banner.called
    units: list[list[QWidget]] = []
    swaps: list[tuple[QWidget, QWidget]] = []
    for place, (kind, found) in enumerate(groupby(view.obstacles, key=lambda one: one.kind)):
        head: list[QWidget] = [rule()] if place else []
        head.append(KindHead(_mark(kind.value)))
        for one in found:
            line = _obstacle(one, today, called)
            card.add(*head, line)
            units.append([*head, line])
            head = []
            if len(one.steps) > 1:
                brief = _obstacle(one, today, called, brief=True)
                brief.setParent(card)
                brief.hide()
                card.add(brief)
                swaps.append((line, brief))
    for step in view.loose:
        units.append([ObstacleLine(step.text, when=_owner(step, called))])
        card.add(*units[-1])
    if not page.context.desk.may(Act.READ, Obstacle):
        card.add(Words(text("record.obstacles_apart"), tone="soft"))
    elif not units:
        card.add(Words(text("record.no_obstacles"), tone="soft"))
    more = _more(card, partial(page.open_page, "obstacle"))
    card.end()
    return Part(card, units, more, lambda count: text("record.more_obstacles", count=count), swaps)


def _more(card: Card, go: Callable[[], Any]) -> Button:
    """The line that says how much is left out, and leads there."""
    more = Button("", go, kind="link")
    more.setParent(card)
    more.hide()
    card.add_left(more)
    return more


def _mark(kind: str) -> str:
    return "around" if kind == "context" else kind


def _owner(step: StepView, called: str) -> str:
    if step.owner_kind is OwnerKind.PARTICIPANT:
        return called
    return step.owner_name or (text(f"today.owner.{step.owner_kind.value}") if step.owner_kind else "")


def _obstacle(one: ObstacleView, today: date, called: str, *, brief: bool = False) -> ObstacleLine:
    when, tint = short_day(one.due, today) if one.due else "", ""
    if one.status is ObstacleStatus.DONE:
        when, tint = text("record.done"), "done"
    elif one.status is ObstacleStatus.LEFT:
        when, tint = text("record.left"), "neutral"
    elif one.late:
        when, tint = text("record.late", count=one.late), "due"
    steps = [ActionFacts(step.text, _owner(step, called)) for step in one.steps]
    if brief and steps:
        said = text("record.step_and_more", text=steps[0].words, count=len(steps) - 1)
        steps = [ActionFacts(said, steps[0].owner)]
    return ObstacleLine(one.text, steps, when=when, when_tint=tint)


def _measures(page: RecordSheet, found: tuple[MeasureView, ...]) -> Part:
    over_time = partial(page.open_page, "measures")
    table = Button(text("measures.see_all"), over_time, kind="link") if found else None
    card = Card(text("record.measures"), corner=table)
    if table is not None:
        table.setAccessibleName(text("measures.see_all_whole"))
    else:
        card.add(Words(text("record.no_measures"), tone="soft"))
        if page.context.desk.may(Act.ASSESS, Response):
            card.add_left(quiet(text("record.act.assess"), partial(page.choose, "assessments"), "plus"))
        return Part(card.end(), [])
    units: list[list[QWidget]] = []
    for place, one in enumerate(found):
        unit: list[QWidget] = [rule()] if place else []
        unit.append(Measure(measure_facts(one, direction=True)))
        card.add(*unit)
        units.append(unit)
    more = _more(card, over_time)
    return Part(card.end(), units, more, lambda count: text("record.more_measures", count=count))


def _so_far(page: RecordSheet, view: Overview) -> Part:
    today = page.context.today()
    card = Card(text("record.so_far"))
    lines = [
        Event(short_day(sitting[0].on, today, weekday=False), _sitting_words(sitting), sitting[0].by_name)
        for sitting in _sittings(view.so_far)[:SO_FAR]
    ]
    timeline = Timeline(lines)
    if lines:
        card.add(timeline)
    else:
        card.add(Words(text("record.nothing_yet"), tone="soft"))
    card.add_left(Button(text("record.see_everything"), partial(page.choose, "everything"), kind="link")).end()
    return Part(card, [[line] for line in timeline.lines])


def _sittings(events: tuple[EventView, ...]) -> list[list[EventView]]:
    """Forms that one person asked on one day stand together; everything else by itself."""
    found: list[list[EventView]] = []
    for one in events:
        last = found[-1][-1] if found else None
        together = last is not None and one.kind == last.kind == "measures"
        if together and last is not None and (one.on, one.by_name) == (last.on, last.by_name):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _sitting_words(sitting: list[EventView]) -> str:
    return text("record.measures_answered", count=len(sitting)) if len(sitting) > 1 else event_words(sitting[0])


__all__ = ["Shown", "evidence_words", "lay", "read"]
