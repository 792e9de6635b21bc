"""One change at work from asking to what came of it: what we ask, what the employer said, how it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Choice,
    Columns,
    DateField,
    DropDown,
    Field,
    Foot,
    SummaryList,
    TextField,
    Words,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import Adjustment, AdjustmentStatus, Effect, EmployerAnswer
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import adjustments, plans
from workwell_desktop.services.planning.plan_views import AdjustmentRow

ANSWER = ("answer", "answer_note", "answered_by", "answered_on")
GOES = ("status", "effect", "effect_note", "funding", "trial_until", "review_on")
DAYS = ("answered_on", "trial_until", "review_on")


@dataclass(frozen=True)
class Found:
    """The change, who of ours thought of it, and the employer's name."""

    one: AdjustmentRow
    asked_by: str
    employer: str
    about: str
    plan: Id | None


class ChangePage(PersonForm):
    """``participant`` and ``adjustment``."""

    route = "change"
    help_topic = "change"

    def build(self) -> None:
        super().build()
        self._found: Found | None = None

    def read(self, desk: Desk, params: Any) -> Found:
        around = adjustments.around(desk, Id(params["adjustment"]))
        plan = plans.newest_plan(desk, self.who)
        return Found(around.one, around.asked_by, around.employer, around.obstacle, plan)

    def lay(self, found: Found) -> None:
        self._found = found
        one, today = found.one, self.context.today()
        employer = found.employer or text("plan.the_employer")
        self.set_title(one.text, text("change.note", employer=employer))
        self._may = self.context.desk.may(Act.EDIT_PLAN, Adjustment)
        asked = Card(text("change.asked"), gap=10)
        lines = [(text("change.by"), found.asked_by)] if found.asked_by else []
        if found.about:
            lines.append((text("change.about"), found.about))
        if one.reason:
            lines.append((text("change.reason"), one.reason))
        for name in ("asked_on", "starts_on", "ends_on"):
            day = getattr(one, name)
            if day is not None:
                lines.append((text(f"change.{name}"), long_day(day, today)))
        asked.add(SummaryList(lines)) if lines else asked.add(Words(text("change.nothing_more"), tone="soft"))
        asked.add(Words(text("change.request"), "note", "soft"))
        self._make(one, employer)
        said = Card(text("change.said", employer=employer), gap=10)
        for name in ANSWER:
            said.add(self.fields[name])
        goes = Card(text("change.goes"), gap=10)
        for name in GOES:
            goes.add(self.fields[name])
        self.add(Columns([(asked.end(), 1), (said.end(), 1), (goes.end(), 1)]))
        self.add_end()
        self._stored = self._values()
        for name, field in self.fields.items():
            if self._may:
                field.control.done.connect(self._answered if name in ANSWER else self._goes)
            else:
                field.control.set_read_only(True)
        to_plan = partial(self.go, "plan", participant=str(self.who), step="changes")
        buttons = [self.back_button()]
        if found.plan is not None:
            buttons.append(outlined(text("change.to_plan"), to_plan, "pen-line"))
        self.set_foot(Foot(*buttons))

    def leave(self) -> None:
        if self.fields and self._may:
            self._answered()
            self._goes()

    def _make(self, one: AdjustmentRow, employer: str) -> None:
        today = self.context.today()
        answers = [(each.value, text(f"plan.answer.{each.value}")) for each in EmployerAnswer]
        states = [(each.value, text(f"change.status_of.{each.value}")) for each in AdjustmentStatus]
        effects = [(each.value, text(f"change.effect_of.{each.value}")) for each in Effect]
        answer = DropDown(answers, one.answer, empty=text("plan.not_asked"))
        self.fields = {
            "answer": Field(text("change.answer"), answer, hint=text("change.answer_hint")),
            "answer_note": Field(text("change.answer_note"), TextField(one.answer_note or "")),
            "answered_by": Field(text("change.answered_by"), TextField(one.answered_by or "")),
            "answered_on": Field(text("change.answered_on"), DateField(one.answered_on, today=today, past=True)),
            "status": Field(text("change.status"), DropDown(states, one.status, empty=text("change.not_said"))),
            "effect": Field(text("change.effect"), Choice(effects, one.effect, columns=2)),
            "effect_note": Field(text("change.effect_note"), TextField(one.effect_note or ""), optional=True),
            "funding": Field(
                text("change.funding"), TextField(one.funding or ""), hint=text("change.funding_hint"), optional=True
            ),
            "trial_until": Field(text("change.trial_until"), DateField(one.trial_until, today=today), optional=True),
            "review_on": Field(text("change.review_on"), DateField(one.review_on, today=today)),
        }
        self.belong(one.adjustment)

    def _values(self) -> dict[str, Any]:
        return {
            name: field.control.day() if name in DAYS else field.control.value() or None
            for name, field in self.fields.items()
        }

    def _answered(self) -> None:
        values = self._changed(ANSWER)
        if values is None or self._found is None:
            return
        desk, which = self.context.desk, self._found.one.adjustment
        answer = EmployerAnswer(values["answer"]) if values["answer"] else None
        by, on, note = values["answered_by"] or "", values["answered_on"], values["answer_note"]
        self._keep(ANSWER, lambda: adjustments.record_answer(desk, which, answer, note, by=by, on=on))

    def _goes(self) -> None:
        values = self._changed(GOES)
        if values is None or self._found is None:
            return
        desk, which = self.context.desk, self._found.one.adjustment
        status = AdjustmentStatus(values.pop("status")) if values["status"] else values.pop("status")
        effect = Effect(values.pop("effect")) if values["effect"] else values.pop("effect")
        self._keep(GOES, lambda: adjustments.record_how_it_goes(desk, which, status=status, effect=effect, **values))

    def _changed(self, names: tuple[str, ...]) -> dict[str, Any] | None:
        """What stands in these fields, or None where nothing changed or one cannot be read."""
        if any(self.fields[name].control.fault() for name in names):
            return None
        values = {name: value for name, value in self._values().items() if name in names}
        return None if all(self._stored[name] == value for name, value in values.items()) else values

    def _keep(self, names: tuple[str, ...], work: Any) -> None:
        before: Mapping[str, Any] = dict(self._stored)
        self._stored = {**self._stored, **{name: self._values()[name] for name in names}}

        def failed(error: Exception) -> None:
            self._stored = dict(before)
            self.refused(error)

        def kept(_nothing: object) -> None:
            for field in self.fields.values():
                field.show_error("")
            self.errors.show_links([])
            self.saved()
            self._follow()

        self.run(work, kept, failed)

    def _follow(self) -> None:
        """An answer has a day from now on, and one that is no yes takes back that the change is there."""
        if self._found is None:
            return
        desk, which = self.context.desk, self._found.one.adjustment

        def show(one: AdjustmentRow) -> None:
            if not self.fields:
                return
            day, status = self.fields["answered_on"].control, self.fields["status"].control
            if not day.hasFocus():
                day.set_day(one.answered_on)
            if not status.hasFocus():
                status.set_value(one.status.value if one.status else None)
            self._stored = {**self._stored, "answered_on": one.answered_on, "status": status.value()}

        self.run(lambda: adjustments.find(desk, which), show)
