"""Behind glass: a restricted note that somebody may open once for a reason; and, for whoever answers, who did."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Field,
    LongText,
    Words,
    clock_words,
    column,
    long_day,
    outlined,
    risk_button,
    text,
)
from workwell_desktop.desktop.pages.duties.sheet import DutySheet, rows
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.duties import BrokenGlass
from workwell_desktop.domain.records import Id, Record, kind_of
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import glass
from workwell_desktop.services.duties.glass import GlassView


def broken(desk: Desk, who: Id, kind: type[Record]) -> tuple[GlassView, ...]:
    """Who opened notes of this kind, for those who are to know."""
    if not desk.may(Act.READ, BrokenGlass):
        return ()
    return tuple(one for one in glass.of_participant(desk, who) if one.kind == kind_of(kind))


def lay(page: DutySheet, kind: type[Record], show: Callable[[Any], QWidget]) -> None:
    """That there is a note behind glass, with the way in where the pack gives one; ``show`` draws one note."""
    if not page.context.desk.may(Act.BREAK_GLASS, kind):
        page.add(Alert(text("duties.restricted"), text("duties.restricted_line"), "info", icon_name="lock"))
        return
    page.add(_Pane(page, kind, show))


def lay_broken(page: DutySheet, seen: tuple[GlassView, ...]) -> None:
    """A card for each time, those that nobody has looked at first."""
    for one in sorted(seen, key=lambda each: each.seen_at is not None):
        page.add(_card(page, one))


class _Pane(Card):
    """closed ──reason──▶ the notes, until the page is left."""

    def __init__(self, page: DutySheet, kind: type[Record], show: Callable[[Any], QWidget]) -> None:
        super().__init__(text("duties.glass.title"), text("duties.restricted_kind"), gap=10)
        self._page, self._kind, self._show = page, kind, show
        hint = text("duties.glass.why_hint")
        self._why = Field(text("duties.glass.why"), LongText(lines=2), hint=hint)
        self._button = risk_button(text("duties.glass.break"), self._break, "lock-open")
        self._notes = Clear()
        self._box = column(self._notes, (0, 0, 0, 0), 12)
        self._told = Words("", "note")
        self.add(Words(text("duties.glass.line")), self._told, self._why)
        self.add_left(self._button)
        self.add(self._notes)
        desk = page.context.desk
        page.run(lambda: glass.told(desk, kind), self._say_told)

    def _say_told(self, names: tuple[str, ...]) -> None:
        """Who will read it, or that nobody here has a role that does."""
        told, nobody = text("duties.glass.told", names=", ".join(names)), text("duties.glass.told_nobody")
        self._told.say(told if names else nobody)

    def _break(self) -> None:
        desk, who, why = self._page.context.desk, self._page.who, self._why.control.value()
        act = glass.open_concerns if kind_of(self._kind) == "safeguarding" else glass.open_disclosures
        self._button.setEnabled(False)
        self._page.run(lambda: act(desk, who, why), self._opened, self._refused)

    def _opened(self, notes: tuple[Any, ...]) -> None:
        self._why.hide()
        self._button.hide()
        bar = Alert(text("duties.glass.broken"), text("duties.glass.broken_line"), "due")
        self._box.addWidget(bar)
        for one in notes:
            self._box.addWidget(self._show(one))
        bar.say_aloud()

    def _refused(self, error: Exception) -> None:
        self._button.setEnabled(True)
        if isinstance(error, FieldsInvalid):
            self._why.show_error(text("errors.field.glass_reason_missing"))
            self._why.focus()
            return
        self._page.fail(error)


def _card(page: DutySheet, one: GlassView) -> Card:
    card = Card(text("duties.glass.by", name=one.by_name), text("duties.glass.of"), gap=10)
    said = [(text("duties.glass.when"), _moment(page, one.at)), (text("duties.glass.reason"), one.reason)]
    if one.seen_at is not None:
        said.append((text("duties.glass.seen"), f"{one.seen_by}, {_moment(page, one.seen_at)}"))
    card.add(rows(said))
    if one.seen_at is None:
        work = partial(_look, one.glass)
        act = partial(page.record, work, text("duties.glass.seen_done"))
        card.add_left(outlined(text("duties.glass.look"), act, "eye"))
    return card


def _look(one: Id, desk: Desk) -> None:
    glass.looked_at(desk, one)


def _moment(page: DutySheet, at: Any) -> str:
    if at is None:
        return ""
    local = at.astimezone(LONDON)
    return text("dates.day_at", day=long_day(local.date(), page.context.today()), time=clock_words(local))
