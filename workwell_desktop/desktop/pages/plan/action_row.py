"""One action as three fields: what, one owner, by when."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import (
    Clear,
    DateField,
    DropDown,
    Field,
    Fixed,
    TextField,
    column,
    text,
)
from workwell_desktop.desktop.pages.plan import drafts
from workwell_desktop.desktop.pages.plan.body import StepBody, show_at
from workwell_desktop.desktop.pages.plan.drafts import Typed
from workwell_desktop.desktop.pages.plan.rows import CellField, FieldRow, MoreButton, Share, level
from workwell_desktop.domain.plans import ActionStatus, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning.plan_views import ActionRow, Owner, PlanView

SHARES: tuple[tuple[str, Share], ...] = (("what", 1), ("owner", Fixed(160)), ("by", Fixed(118)), ("more", Fixed(52)))


def shares(may: bool) -> tuple[tuple[str, Share], ...]:
    """The columns; the last, of what else can be done, only where it can be done."""
    return SHARES if may else SHARES[:-1]


def owner_code(owner: Owner | None) -> str | None:
    """The option of the drop-down that stands for an owner."""
    if owner is None:
        return None
    return str(owner.person) if owner.kind is OwnerKind.STAFF else owner.kind.value


def owner_options(view: PlanView, present: Owner | None = None) -> list[tuple[str, str]]:
    """Those who can own an action, with somebody else last; who owns it now stays even if they left."""
    options = [(owner_code(one) or "", one.name) for one in view.owners]
    if view.employer is None:
        options.append((OwnerKind.EMPLOYER.value, text("plan.the_employer_owner")))
    code = owner_code(present)
    if present is not None and code not in {each for each, _name in options} and present.kind is not OwnerKind.OTHER:
        options.append((code or "", present.name))
    return [*options, (OwnerKind.OTHER.value, text("plan.somebody_else"))]


class ActionFields(Clear):
    """The fields of one action; ``about`` is the obstacle, for whoever hears them."""

    def __init__(self, step: StepBody, about: str, now: ActionRow | None, more: MoreButton) -> None:
        super().__init__()
        self.step = step
        today = step.page.context.today()
        self.first = TextField(now.text if now else "")
        owner = now.owner if now else None
        self.owner = DropDown(owner_options(step.view, owner), owner_code(owner), empty=True)
        self.due = DateField(now.due if now else None, today=today, width=118)
        self.other = TextField(owner.name if owner is not None and owner.kind is OwnerKind.OTHER else "")
        said = {"obstacle": about, "action": now.text if now else text("plan.new_action")}
        self.fields: dict[str, Field] = {
            "text": CellField(text("plan.action.what", name=step.called), self.first, text("plan.name.what", **said)),
            "owner": CellField(text("plan.action.owner"), self.owner, text("plan.name.owner", **said)),
            "due": CellField(text("plan.action.by"), self.due, text("plan.name.by", **said)),
        }
        box = column(self, (24, 0, 0, 0), 4)
        widgets = (*self.fields.values(), *((level(more),) if step.may else ()))
        cells: list[tuple[Any, Share]] = [
            (cell, share) for cell, (_name, share) in zip(widgets, shares(step.may), strict=True)
        ]
        box.addWidget(FieldRow(cells))
        self.fields["name"] = Field(text("plan.other_name"), self.other)
        box.addWidget(self.fields["name"])
        self.owner.edited.connect(self._show_other)
        self._show_other()

    @property
    def controls(self) -> list[Any]:
        return [self.first, self.owner, self.due, self.other]

    def owned_by(self) -> OwnedBy | None:
        """Who was chosen."""
        chosen = self.owner.value()
        if chosen is None:
            return None
        if chosen in {kind.value for kind in OwnerKind}:
            return OwnedBy(OwnerKind(chosen), name=self.other.value() or None)
        return OwnedBy(OwnerKind.STAFF, Id(chosen))

    @property
    def whole(self) -> bool:
        """Whether it has words, one owner and one date."""
        named = self.owner.value() != OwnerKind.OTHER.value or self.other.value()
        return bool(self.first.value() and self.owner.value() and named and self.due.day())

    def check(self) -> list[Field]:
        """Says at each field what lacks; all fields."""
        lacks = {
            "text": not self.first.value() and text("errors.field.text_missing"),
            "owner": not self.owner.value() and text("errors.field.owner_missing"),
            "due": self.due.fault() or (not self.due.value() and text("errors.field.date_missing")),
            "name": self.owner.value() == OwnerKind.OTHER.value
            and not self.other.value()
            and text("errors.field.name_missing"),
        }
        for name, fault in lacks.items():
            self.fields[name].show_error(fault or "")
        return list(self.fields.values())

    def show_error(self, error: Exception) -> bool:
        """Shows what the service refused at its field."""
        fields = dict(self.fields)
        if self.owner.value() == OwnerKind.OTHER.value:
            fields["owner"] = fields["name"]
        return show_at(fields, error)

    def _show_other(self) -> None:
        self.fields["name"].setVisible(self.owner.value() == OwnerKind.OTHER.value)


class ActionEdit(ActionFields):
    """An action that is there: each field is saved when it is left."""

    def __init__(self, step: StepBody, now: ActionRow, about: str) -> None:
        self.now = now
        desk = step.desk

        def finish(status: ActionStatus) -> Any:
            return lambda: step.do(lambda: obstacles.finish_action(desk, now.action, status))

        employer = text("plan.not_for_employer" if now.for_employer else "plan.for_employer")
        acts: list[tuple[str, Callable[[], Any]]] = [
            (employer, lambda: step.do(self._toggle)),
            (text("plan.action_remove"), lambda: step.do(lambda: obstacles.remove_action(desk, now.action))),
        ]
        if now.status is ActionStatus.OPEN:
            acts[:0] = [
                (text("plan.action_done"), finish(ActionStatus.DONE)),
                (text("plan.action_not_needed"), finish(ActionStatus.NOT_NEEDED)),
            ]
        else:
            acts.insert(0, (text("plan.action_open"), finish(ActionStatus.OPEN)))
        more = MoreButton(text("plan.more_about", action=now.text), acts)
        super().__init__(step, about, now, more)
        for name, field in (("text", "text"), ("owner", "owner"), ("due", "due"), ("name", "owner_name")):
            self.fields[name].belongs_to(now.action, field)
        for control in self.controls:
            control.set_read_only(not step.may)
        if step.may:
            step.saves(self.controls, self._save, self.fields)
        if now.status is not ActionStatus.OPEN:
            self.fields["text"].setToolTip(text(f"plan.status.{now.status.value}"))
            self.first.setAccessibleDescription(text(f"plan.status.{now.status.value}"))

    def check(self) -> list[Field]:
        return super().check() if self.step.may else []

    def _toggle(self) -> None:
        obstacles.change_action(self.step.desk, self.now.action, for_employer=not self.now.for_employer)

    def _save(self) -> Callable[[], Any] | None:
        if not self.whole:
            self.check()
            return None
        for field in self.fields.values():
            field.show_error("")
        desk, words, owner, due = self.step.desk, self.first.value(), self.owned_by(), self.due.day()
        action = self.now.action
        return lambda: obstacles.change_action(desk, action, text=words, owner=owner, due=due)


class DraftAction(ActionFields):
    """One that is being written: it is saved by itself once words, owner and date are there."""

    def __init__(self, step: StepBody, obstacle: Id, about: str, gone: Callable[[], Any]) -> None:
        self._obstacle, self._gone, self._saving = obstacle, gone, False
        more = MoreButton(text("plan.more_about", action=text("plan.new_action")), [(text("plan.drop"), self._drop)])
        super().__init__(step, about, None, more)
        for control in self.controls:
            control.done.connect(self._try)

    @property
    def begun(self) -> bool:
        """Whether anything was written."""
        return any(bool(control.value()) for control in self.controls)

    @property
    def open(self) -> bool:
        """Whether it was begun and is not on its way into the store."""
        return self.begun and not self._saving

    def typed(self) -> Typed:
        """What stands in the fields."""
        return self.first.value(), self.owner.value(), self.due.value(), self.other.value()

    def set_typed(self, typed: Typed) -> None:
        """Shows it again."""
        for control, value in zip(self.controls, typed, strict=True):
            control.set_value(value)
        self._show_other()

    def _try(self) -> None:
        if not self.whole or self._saving:
            return
        self._saving = True
        desk, view, obstacle = self.step.desk, self.step.view, self._obstacle
        words, owner, due = self.first.value(), self.owned_by(), self.due.day()

        def failed(error: Exception) -> None:
            self._saving = False
            if not self.show_error(error):
                self.step.page.fail(error)

        def done(result: Any) -> None:
            self._gone()
            self.step.page.focus_next = text("plan.more_about", action=words)
            self.step.page.saved(result)

        def work() -> Id:
            made = obstacles.add_action(desk, view.participant, words, owner, due, obstacle=obstacle)
            drafts.forget(desk, obstacle)
            return made

        self.step.page.run(work, done, failed)

    def _drop(self) -> None:
        desk, obstacle = self.step.desk, self._obstacle
        self.step.page.run(lambda: drafts.forget(desk, obstacle))
        self._gone()
        self.hide()
        self.deleteLater()
