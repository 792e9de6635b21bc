"""The tab "Everything, by date": the episodes at a glance, every line of what happened, and the history of each."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from workwell_desktop.desktop.kit import (
    Card,
    DropDown,
    Empty,
    Quote,
    RowFacts,
    RowList,
    Words,
    long_day,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.codes import code_words
from workwell_desktop.desktop.pages.person_form import field_words, value_words
from workwell_desktop.desktop.pages.record.event_words import event_words
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.desktop.widgets.lanes import Lane, LanesPicture, Span
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import record
from workwell_desktop.services.person.record_views import EventView, FieldLine

LANES = {
    "talks": frozenset({"contact", "contact_missed", "contact_cancelled", "told", "risk_raised", "risk_recorded"}),
    "forms": frozenset({"measures"}),
    "sessions": frozenset({"session", "addendum"}),
    "plan": frozenset({"obstacle", "action_done", "plan", "signed", "signing_declined", "signing_unable"}),
    "papers": frozenset(
        {
            "paper",
            "paper_approved",
            "paper_refused",
            "paper_given",
            "brought",
            "brought_removed",
            "brought_agreed",
            "brought_refused",
            "brought_given",
        }
    ),
    "work": frozenset({"work", "back_at_work", "evidence"}),
}
"""Kinds of events by lane, from the top; what stands in none is in "the rest" of the choice alone."""

REST = "rest"
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What happened, newest first, and the first and last day of each episode."""

    events: tuple[EventView, ...]
    episodes: tuple[tuple[date, date | None], ...]


def read_everything(desk: Desk, who: Id) -> Shown:
    """On the worker."""
    return Shown(record.everything(desk, who), record.episodes(desk, who))


def lay_everything(page: RecordSheet, found: Shown) -> None:
    """The picture, the choice of a lane, and the lines by day; a line opens the history of its record."""
    today = page.context.today()
    if not found.events:
        card = Card(text("record.tab.everything"))
        card.add(Empty(text("record.nothing_yet"), icon_name="history"))
        page.add(card.end())
        page.add_end()
        return
    if found.episodes:
        page.add(_picture(found, today))
    options = [(code, text(f"record.lane.{code}")) for code in (*LANES, REST) if _of(found.events, code)]
    choice = DropDown(options, page.lane or None, empty=text("record.lane.all"), width=260)
    choice.setAccessibleName(text("record.lane_choice"))
    card = Card(text("record.tab.everything"), text("record.everything_note"), corner=choice, flush=True)
    rows = _rows(page, _of(found.events, page.lane) if page.lane else found.events, today)
    card.add(rows)

    def choose() -> None:
        page.lane = choice.value() or ""
        page.ask()

    choice.done.connect(choose)
    page.add(card.end())
    page.add_end()


def _of(events: tuple[EventView, ...], lane: str) -> tuple[EventView, ...]:
    if lane == REST:
        placed = frozenset().union(*LANES.values())
        return tuple(one for one in events if one.kind not in placed)
    return tuple(one for one in events if one.kind in LANES.get(lane, ()))


def _picture(found: Shown, today: date) -> Card:
    lanes = [(code, tuple(one.on for one in _of(found.events, code))) for code in LANES]
    spans = [Span(first, last or max(first, today)) for first, last in found.episodes]
    said = [text("record.lane_said", lane=text(f"record.lane.{code}"), count=len(days)) for code, days in lanes]
    ends = [(long_day(one.first, today), long_day(one.last, today)) for one in spans]
    spoken = [text("record.span_said", first=first, last=last) for first, last in ends]
    card = Card(text("record.episodes", count=len(spans)), gap=6)
    drawn = [Lane(text(f"record.lane.{code}"), days) for code, days in lanes]
    card.add(LanesPicture(drawn, spans, today, " ".join([*spoken, *said])))
    return card.end()


def _rows(page: RecordSheet, events: tuple[EventView, ...], today: date) -> RowList:
    groups: dict[str, list[RowFacts]] = {}
    for one in events:
        opened = partial(ask_history, page, one)
        facts = RowFacts(event_words(one), one.by_name, on_open=opened, act=text("record.history"), on_act=opened)
        groups.setdefault(long_day(one.on, today), []).append(facts)
    return RowList(list(groups.items()), name=text("record.tab.everything"))


def ask_history(page: RecordSheet, one: EventView) -> None:
    """Every value that the record of a line ever had."""
    desk, who = page.context.desk, page.who
    page.run(lambda: record.field_history(desk, who, one.record), lambda lines: _show_history(page, one, lines))


def _show_history(page: RecordSheet, one: EventView, lines: tuple[FieldLine, ...]) -> None:
    today = page.context.today()
    page.clear_body()
    card = Card(text("record.history_of", what=event_words(one)), text("record.history_note"))
    back = outlined(text("record.back_to_everything"), page.ask, "arrow-left")
    card.add_left(back)
    by_field: dict[str, list[FieldLine]] = {}
    for line in lines:
        if not (type(line.value) is str and _ID.fullmatch(line.value)):  # an id says nothing to anybody
            by_field.setdefault(line.field, []).append(line)
    for field, values in by_field.items():
        card.rule().add(Words(field_words(one.record_kind, field), "label"))
        for line in values:
            when = moment_words(line.at.astimezone(LONDON), today)
            note = text("record.history_line", by=line.by_name, when=when)
            now = text("record.history_now") if line.present else ""
            words = value_words(line.value, today, _called(line, code_words(field, one.record_kind)))
            card.add(Quote(words, now, note))
    page.add(card.end())
    page.add_end()
    back.setFocus()


def _called(line: FieldLine, words: Callable[[str], str]) -> Callable[[str], str]:
    """What the site or a list calls a code comes before the words of the program."""
    return lambda code: line.codes.get(code) or words(code)
