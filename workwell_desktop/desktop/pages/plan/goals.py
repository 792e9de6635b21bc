"""What the person wants, in their words, each with a day if they like."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import Button, Card, DateField, Fixed, TextField, Words, text
from workwell_desktop.desktop.pages.plan.body import StepBody
from workwell_desktop.desktop.pages.plan.rows import CellField, FieldRow, HeadRow, Share
from workwell_desktop.services.planning import plans
from workwell_desktop.services.planning.plan_views import GoalRow

SHARES: tuple[tuple[str, Share], ...] = (("what", 1), ("by", Fixed(122)), ("more", Fixed(96)))


class GoalsCard(Card):
    """Goals there are, and one line for one more."""

    def __init__(self, step: StepBody) -> None:
        super().__init__(text("plan.goals", name=step.called), text("plan.goals_note"))
        self._step = step
        self.add(HeadRow([(text(f"plan.goal.{name}"), share) for name, share in SHARES]))
        for one in step.view.goals:
            self.add(self._goal(one))
        if step.may:
            self.add(self._new())
        elif not step.view.goals:
            self.add(Words(text("plan.no_goals"), "note", "soft"))

    def _goal(self, one: GoalRow) -> FieldRow:
        step = self._step
        desk = step.desk
        words = TextField(one.text)
        by = DateField(one.by, today=step.page.context.today(), width=122)
        drop = Button(text("plan.remove"), lambda: step.do(lambda: plans.remove_goal(desk, one.goal)), kind="link")
        drop.setAccessibleName(text("plan.goal_remove", goal=one.text))
        if not step.may:
            drop.hide()
        for control in (words, by):
            control.set_read_only(not step.may)
        cells = {
            "text": CellField(text("plan.goal.what"), words, text("plan.goal_name", goal=one.text)),
            "by": CellField(text("plan.goal.by"), by, text("plan.goal_by", goal=one.text)),
        }
        for name, cell in cells.items():
            cell.belongs_to(one.goal, name)

        def save() -> Callable[[], Any] | None:
            said, day = words.value(), by.day()
            if by.fault() or not said:
                return None
            return lambda: plans.change_goal(desk, one.goal, text=said, by=day)

        if step.may:
            step.saves([words, by], save, cells)
        return FieldRow([(cells["text"], 1), (cells["by"], Fixed(122)), (drop, Fixed(96))])

    def _new(self) -> FieldRow:
        step = self._step
        desk, who = step.desk, step.view.participant
        words = TextField()
        by = DateField(today=step.page.context.today(), width=122)
        cells = {
            "text": CellField(text("plan.goal.what"), words, text("plan.goal_new")),
            "by": CellField(text("plan.goal.by"), by, text("plan.goal_new_by")),
        }

        def save() -> Callable[[], Any] | None:
            said, day = words.value(), by.day()
            if by.fault() or not said:
                return None
            return lambda: plans.add_goal(desk, who, said, by=day)

        add = Button(text("plan.goal_add"), step.flush, kind="link")
        step.saves([words], save, cells)
        return FieldRow([(cells["text"], 1), (cells["by"], Fixed(122)), (add, Fixed(96))])
