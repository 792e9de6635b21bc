"""What the four steps have in common: they save each field when it is left, and are drawn anew only for new rows."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Clear, Field, LongText, Page, Words, column, quiet, row, text
from workwell_desktop.desktop.pages.plan.stage import Stage
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.desktop.widgets.reading_age import ReadingAge
from workwell_desktop.domain.screen import has
from workwell_desktop.domain.site import PhraseUse
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import plan_words, plans
from workwell_desktop.services.planning.plan_views import PlanView

Work = Callable[[], Any]

_PHRASES = frozenset(use.value for use in PhraseUse)
_MEASURED = ("strengths", "if_worse", "function")
"""Texts in our words that the participant or the employer reads."""


class StepBody(Clear):
    """One step. ``may`` is False for a plan that is signed, or for somebody who may only read."""

    def __init__(self, page: Stage, view: PlanView, *, may: bool) -> None:
        super().__init__()
        self.page, self.view, self.may = page, view, may
        self.box = column(self, (0, 0, 0, 0), 10)
        self._savings: list[Saving] = []
        self.build()

    # What a step overrides

    def build(self) -> None:
        """Draws the step."""

    def tip(self) -> QWidget | None:
        """What stays in sight below the step while it is worked on."""
        return None

    def shape(self, view: PlanView) -> object:
        """What is drawn anew when it differs: rows, not what stands in their fields."""
        return None

    def update_view(self, view: PlanView) -> None:
        """Says counts anew; rows are the same."""
        self.view = view

    def unfinished(self) -> list[Field]:
        """Fields that stand in the way of the next step, checked."""
        return []

    def kept(self) -> dict[str, Any]:
        """What was typed and is no record yet, for the step drawn anew."""
        return {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Gets it back."""

    # What a step uses

    @property
    def desk(self) -> Desk:
        return self.page.context.desk

    @property
    def called(self) -> str:
        """The name that the person likes."""
        return self.page.called

    @property
    def employer(self) -> str:
        """The employer's name, or words for one."""
        return self.view.employer or text("plan.the_employer")

    def dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return any(saving.dirty for saving in self._savings)

    def flush(self) -> None:
        """Saves what is being typed."""
        for saving in list(self._savings):
            saving.flush()

    def do(self, work: Work, done: Callable[[Any], Any] | None = None) -> None:
        """One act by a button."""
        self.page.do(work, done)

    def saves(
        self, controls: list[Any], save: Callable[[], Work | None], fields: Mapping[str, Field] | None = None
    ) -> None:
        """Saves when one of the controls is left; what the service refuses is said at the field it names."""
        failed = failing(self.page, dict(fields or {}))
        self._savings.append(Saving(self.page, controls, save, self.page.saved, failed))

    def plan_text(self, name: str, *, lines: int = 2, may: bool = True) -> Field:
        """One of the plan's texts."""
        use = name if name in _PHRASES else PhraseUse.ANY.value
        control = LongText(getattr(self.view, name) or "", lines=lines, use=use)
        field = Field(
            text(f"plan.text.{name}", name=self.called), control, hint=text(f"plan.text_hint.{name}", name=self.called)
        )
        control.set_read_only(not (self.may and may))
        desk, plan = self.desk, self.view.plan
        field.belongs_to(plan, name)

        def save() -> Work:
            words = control.value()
            return lambda: plans.set_plan_text(desk, plan, name, words)

        self.saves([control], save)
        if name in _MEASURED:
            line = ReadingAge(control)
            field.add_below(line)
            line.setVisible(bool(line.plain()))
        if name in plan_words.WRITTEN and self.may and may and not control.value():
            self._offer_words(name, field)
        return field

    def _offer_words(self, name: str, field: Field) -> None:
        """An empty text can be written from what was chosen; whoever writes then changes it."""
        desk, plan = self.desk, self.view.plan
        line = Clear()
        beside = row(line, (0, 4, 0, 0), 10)
        said = Words("", "note", "soft")

        def put(words: str) -> None:
            said.say("" if words else text("plan_words.nothing"))
            if words and not field.control.value():
                field.control.insertPlainText(words)
                field.focus()
                line.hide()

        write = quiet(
            text("plan_words.write"), lambda: self.page.run(lambda: plan_words.written(desk, plan, name), put)
        )
        write.setAccessibleName(text("plan_words.write_name", field=field.label))
        beside.addWidget(write)
        beside.addWidget(said, 1)
        field.add_below(line)


def show_at(fields: Mapping[str, Field], error: Exception) -> bool:
    """Shows an error at the fields it names; False where it names none of them."""
    if not fields or not isinstance(error, BadInput):
        return False
    problems = error.problems if isinstance(error, FieldsInvalid) else (("", error.reason),)
    shown = False
    for name, reason in problems:
        field = fields.get(name) or (next(iter(fields.values())) if not isinstance(error, FieldsInvalid) else None)
        if field is not None:
            field.show_error(reason_words(reason))
            shown = True
    return shown


def failing(page: Page, fields: Mapping[str, Field]) -> Callable[[Exception], None]:
    """What to do with an error: at the fields it names, else at the top of the page."""

    def failed(error: Exception) -> None:
        if not show_at(fields, error):
            page.fail(error)

    return failed


def reason_words(reason: str) -> str:
    """The short sentence for a field, else the long one."""
    for key in (f"errors.field.{reason}", f"errors.reason.{reason}"):
        if has(key):
            return text(key)
    return text("errors.bad_input")
