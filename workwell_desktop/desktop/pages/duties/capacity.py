"""Capacity: one decision for which it was doubted. Where nobody doubts it there is nothing to do here."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import Alert, Card, Choice, Columns, DateField, Field, Foot, LongText, TextField, text
from workwell_desktop.desktop.pages.duties.sheet import DutySheet, Work, rows
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import CapacityOutcome, CapacityRecord
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import capacity
from workwell_desktop.services.duties.capacity import Assessed, CapacityView


def read(desk: Desk, who: Id) -> Any:
    """Decisions before, and whether the person who acts may record one."""
    found = capacity.of_participant(desk, who) if desk.may(Act.READ, CapacityRecord) else ()
    return found, desk.may(Act.RECORD_CAPACITY)


def lay(page: DutySheet, found: Any, kept: dict[str, object]) -> None:
    """That everybody is presumed to decide stands first."""
    decisions, may = found
    page.add(Alert(text("duties.mind.presume", name=page.called), text("duties.mind.presume_line"), "info"))
    earlier = page.listed(
        text("duties.mind.earlier"), [_decision(page, one) for one in decisions], text("duties.mind.none"), "scale"
    )
    if not may:
        page.add(earlier)
        page.add_end()
        page.set_foot(Foot(page.back_button()))
        return
    page.add(Columns([(_form(page, kept), 3), (earlier, 2)]))
    page.add_end()
    page.send(text("duties.mind.record"), partial(_gathered, page), text("duties.mind.done"))


def _form(page: DutySheet, kept: dict[str, object]) -> Card:
    today = page.context.today()
    outcomes = [(one.value, text(f"duties.mind.outcome.{one.value}")) for one in CapacityOutcome]
    fields = {
        "decision": Field(text("duties.mind.decision"), TextField(), hint=text("duties.mind.decision_hint")),
        "doubt": Field(text("duties.mind.doubt"), LongText(lines=2)),
        "help_given": Field(text("duties.mind.help"), LongText(lines=2), hint=text("duties.mind.help_hint")),
        "outcome": Field(text("duties.mind.came"), Choice(outcomes)),
        "best_interests": Field(text("duties.mind.best"), LongText(lines=2), hint=text("duties.mind.best_hint")),
        "involved": Field(text("duties.mind.involved"), TextField(), hint=text("duties.mind.involved_hint")),
        "assessed_by": Field(text("duties.mind.who"), TextField(page.context.desk.person.name or "")),
        "assessed_on": Field(text("duties.mind.when"), DateField(today, today=today, past=True)),
    }
    card = page.form(text("duties.mind.new"), "", fields, kept)

    def chosen() -> None:
        lacks = fields["outcome"].control.value() == CapacityOutcome.LACKS.value
        for name in ("best_interests", "involved"):
            fields[name].setVisible(lacks)

    fields["outcome"].control.done.connect(chosen)
    chosen()
    return card.end()


def _gathered(page: DutySheet) -> Work | None:
    outcome, who = page.value("outcome"), page.who
    if not outcome:
        page.missing("outcome", "choice_unknown")
        return None
    told = Assessed(
        decision=page.value("decision"),
        doubt=page.value("doubt"),
        help_given=page.value("help_given"),
        outcome=CapacityOutcome(outcome),
        assessed_on=page.value("assessed_on") or page.context.today(),
        assessed_by=page.value("assessed_by"),
        best_interests=page.value("best_interests"),
        involved=page.value("involved"),
    )
    return lambda desk: capacity.record(desk, who, told)


def _decision(page: DutySheet, one: CapacityView) -> Any:
    return rows(
        [
            (text("duties.mind.decision"), one.decision),
            (text("duties.mind.came"), text(f"duties.mind.outcome.{one.outcome.value}")),
            (text("duties.mind.doubt"), one.doubt),
            (text("duties.mind.help"), one.help_given),
            (text("duties.mind.best"), one.best_interests),
            (text("duties.mind.involved"), one.involved),
            (text("duties.mind.who"), text("duties.by", name=one.assessed_by, day=page.day(one.assessed_on))),
        ]
    )
