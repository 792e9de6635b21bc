"""The first tab: what matters, where we are, what next, what gets in the way, the measures, so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from workwell_desktop.desktop.kit import (
    ActionFacts,
    Card,
    Clear,
    Columns,
    Event,
    Field,
    Fixed,
    IconMark,
    KindHead,
    LongText,
    Measure,
    ObstacleLine,
    SummaryList,
    Tag,
    Timeline,
    Words,
    clock_words,
    filled,
    quiet,
    row,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.item_words import act_words, due_words, what_words
from workwell_desktop.desktop.pages.record.event_words import event_words
from workwell_desktop.desktop.pages.session.measures import measure_facts
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import Obstacle, ObstacleStatus, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services import measures, participants, record
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.measure_views import MeasureView
from workwell_desktop.services.record_views import ObstacleView, Overview, StepView
from workwell_desktop.services.work_views import WorkView

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.record.page import RecordPage

MATTERS = ("what_matters", "lives_with", "good_at")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tab shows. ``measures`` is None for somebody who may not see scores."""

    view: Overview
    measures: tuple[MeasureView, ...] | None


def read(desk: Desk, participant: Id) -> Shown:
    """On the worker."""
    seen = measures.measures(desk, participant) if desk.may(Act.READ_SCORES, Response) else None
    return Shown(record.overview(desk, participant), seen)


def lay(page: RecordPage, shown: Shown) -> None:
    """Three cards above, three below; What next first where there is one column."""
    view = shown.view
    following = _next(page, view)
    page.add(
        Columns([(_matters(page, view), 37), (_where(page, view.work), 38), (following, 32)], first_when_one=following)
    )
    parts: list[tuple[Card, int | str | Fixed]] = [(_obstacles(page, view), 44)]
    if shown.measures is not None:
        parts.append((_measures(page, shown.measures), 38))
    parts.append((_so_far(page, view), 25))
    page.add(Columns([*parts]), stretch=1)


def _matters(page: RecordPage, view: Overview) -> Card:
    desk, said = page.context.desk, view.matters
    card = Card(text("record.matters", name=view.banner.called))
    note = ""
    if said.at is not None:
        day = short_day(said.at.astimezone(LONDON).date(), page.context.today(), weekday=False)
        note = text("record.matters_note", day=day, by=said.by_name)
    if not desk.may(Act.EDIT_PARTICIPANT, Participant):
        card.add(Words(said.words or text("record.matters_none"), reading=True), Words(note, "note", "soft"))
        card.rule()
        return card.add(
            SummaryList(
                [(text(f"record.{name}"), getattr(said, name) or text("record.value.none")) for name in MATTERS[1:]]
            )
        ).end()
    words = LongText(said.words, lines=3, most=8)
    words.setAccessibleName(text("record.matters", name=view.banner.called))
    line = Words(note or text("record.matters_ask"), "note", "soft")
    lives, good = LongText(said.lives_with, lines=2), LongText(said.good_at, lines=2)
    controls: dict[str, Any] = {"what_matters": words, "lives_with": lives, "good_at": good}
    before = {"what_matters": said.words, "lives_with": said.lives_with, "good_at": said.good_at}

    def save() -> None:
        new = {name: control.value() for name, control in controls.items()}
        changed = {name: value for name, value in new.items() if value != before[name]}
        if not changed:
            return
        before.update(changed)
        who = page.who

        def kept(_one: object) -> None:
            if page.tab == "overview" and page.saved_line is line:
                line.say(text("record.saved", time=clock_words(page.context.clock.now().astimezone(LONDON))))

        page.run(lambda: participants.edit(desk, who, **changed), kept)

    page.pending, page.saved_line = save, line
    for control in controls.values():
        control.done.connect(save)
    card.add(words, line).rule()
    return card.add(
        Columns([(Field(text("record.lives_with"), lives), 1), (Field(text("record.good_at"), good), 1)])
    ).end()


def _where(page: RecordPage, work: WorkView | None) -> Card:
    today = page.context.today()
    update = quiet(text("record.update_work"), partial(page.open_page, "work"), "pen-line")
    card = Card(text("record.where"))
    if work is None:
        return card.add(Words(text("record.work_unknown"), tone="soft")).add_left(update).end()
    told = work.details
    rows = []
    job = ", ".join(part for part in (told.job_title, told.employer) if part)
    rows.append((text("record.job"), job or text("record.value.none")))
    rows.append((text("record.work_now"), work_words(work, today)))
    if told.usual_hours is not None or told.usual_pattern:
        hours = text("record.hours", hours=f"{told.usual_hours.normalize():f}") if told.usual_hours is not None else ""
        rows.append((text("record.usual_week"), ", ".join(part for part in (hours, told.usual_pattern or "") if part)))
    if told.evidence is not None:
        rows.append((text("record.evidence"), evidence_words(work, today)))
    if told.employer:
        day = short_day(work.agreed_to_talk, today, weekday=False) if work.agreed_to_talk else ""
        rows.append(
            (text("record.employer"), text("record.agreed_to_talk", day=day) if day else text("record.no_talk"))
        )
    return card.add(SummaryList(rows)).add_left(update).end()


def work_words(work: WorkView, today: date) -> str:
    """ "Off sick 43 days, since 12 Oct"."""
    said = text(f"participants.status.{work.details.status.value}")
    if work.details.since is None or work.days is None:
        return said
    day = short_day(work.details.since, today, weekday=False)
    return text("record.since", said=said, count=work.days, day=day)


def evidence_words(work: WorkView, today: date) -> str:
    """ "Fit note to 6 December"."""
    said = text(f"today.evidence.{work.details.evidence.value}") if work.details.evidence else ""
    until = work.details.evidence_until
    return text("record.until", said=said, day=short_day(until, today, weekday=False)) if until else said


def _next(page: RecordPage, view: Overview) -> Card:
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
                filled(text("record.read_referral"), partial(page.open_page, "referrals"), "inbox")
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
    for one in later[:2]:
        line = Clear()
        box = row(line, (0, 0, 0, 0), 8)
        box.addWidget(IconMark("calendar", "text_soft", 18))
        box.addWidget(
            Words(text("record.then", what=what_words(one), when=due_words(one, today)[0]), "note", "soft"), 1
        )
        card.add(line)
    if all(one.kind != "contact" for one in view.next):
        card.add_left(quiet(text("record.plan_talk"), partial(page.open_page, "contact"), "phone"))
    return card.end()


def _obstacles(page: RecordPage, view: Overview) -> Card:
    note = text("record.obstacle_counts", open=view.open_obstacles, done=view.done_obstacles)
    card = Card(text("record.obstacles"), note if view.obstacles else "", gap=3)
    today = page.context.today()
    for place, (kind, found) in enumerate(groupby(view.obstacles, key=lambda one: one.kind)):
        if place:
            card.rule()
        card.add(KindHead(_mark(kind.value)))
        for one in found:
            card.add(_obstacle(one, today, view.banner.called))
    for step in view.loose:
        card.add(ObstacleLine(step.text, when=_owner(step, view.banner.called)))
    if not view.obstacles and not view.loose:
        card.add(Words(text("record.no_obstacles"), tone="soft"))
    if page.context.desk.may(Act.EDIT_PLAN, Obstacle):
        card.add_left(quiet(text("record.edit_obstacles"), partial(page.open_page, "obstacle"), "plus"))
    return card.end()


def _mark(kind: str) -> str:
    return "around" if kind == "context" else kind


def _owner(step: StepView, called: str) -> str:
    if step.owner_kind is OwnerKind.PARTICIPANT:
        return called
    return step.owner_name or (text(f"today.owner.{step.owner_kind.value}") if step.owner_kind else "")


def _obstacle(one: ObstacleView, today: date, called: str) -> ObstacleLine:
    when, tint = short_day(one.due, today) if one.due else "", ""
    if one.status is ObstacleStatus.DONE:
        when, tint = text("record.done"), "done"
    elif one.status is ObstacleStatus.LEFT:
        when, tint = text("record.left"), "neutral"
    elif one.late:
        when, tint = text("record.late", count=one.late), "due"
    return ObstacleLine(
        one.text, [ActionFacts(step.text, _owner(step, called)) for step in one.steps], when=when, when_tint=tint
    )


def _measures(page: RecordPage, found: tuple[MeasureView, ...]) -> Card:
    card = Card(text("record.measures"))
    if not found:
        card.add(Words(text("record.no_measures"), tone="soft"))
        return card.add_left(quiet(text("record.act.assess"), partial(page.choose, "assessments"), "plus")).end()
    for place, one in enumerate(found):
        if place:
            card.rule()
        card.add(Measure(measure_facts(one, direction=True)))
    return card.end()


def _so_far(page: RecordPage, view: Overview) -> Card:
    today = page.context.today()
    card = Card(text("record.so_far"))
    lines = [Event(short_day(one.on, today, weekday=False), event_words(one), one.by_name) for one in view.so_far]
    card.add(Timeline(lines) if lines else Words(text("record.nothing_yet"), tone="soft"))
    return card.add_left(quiet(text("record.see_everything"), partial(page.choose, "everything"))).end()


__all__ = ["Shown", "evidence_words", "lay", "read", "work_words"]
