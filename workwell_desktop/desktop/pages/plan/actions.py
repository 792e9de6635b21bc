"""Step 1: what matters, goals, and each obstacle with its actions; an action has one owner and one date."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Card,
    Choice,
    Clear,
    Field,
    IconMark,
    Marker,
    Quote,
    TextField,
    Words,
    column,
    outlined,
    quiet,
    row,
    text,
)
from workwell_desktop.desktop.pages.plan import drafts
from workwell_desktop.desktop.pages.plan.action_row import ActionEdit, DraftAction, shares
from workwell_desktop.desktop.pages.plan.body import StepBody, failing
from workwell_desktop.desktop.pages.plan.drafts import Typed
from workwell_desktop.desktop.pages.plan.goals import GoalsCard
from workwell_desktop.desktop.pages.plan.rows import HeadRow
from workwell_desktop.desktop.pages.plan.tip import TipBar
from workwell_desktop.domain.plans import ObstacleKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.planning import adjustments
from workwell_desktop.services.planning.plan_views import ObstacleRow, PlanView

MARKERS = {ObstacleKind.PERSON: "person", ObstacleKind.WORKPLACE: "workplace", ObstacleKind.CONTEXT: "around"}


class ActionsStep(StepBody):
    """Picture 07-plan-actions."""

    def build(self) -> None:
        self._rows: dict[Id, ActionEdit] = {}
        self._drafts: dict[Id | None, DraftAction] = {}
        self._places: dict[Id | None, Any] = {}
        self._holders: dict[Id, Clear] = {}
        view = self.view
        card = Card(text("plan.actions_title"), self._covered(view), gap=2)
        self._count = card.note
        card.add(self._matters())
        card.add(
            HeadRow(
                [(text(f"plan.action.{name}", name=self.called), share) for name, share in shares(self.may)], indent=24
            )
        )
        for one in view.obstacles:
            card.add(self._obstacle(one))
        if view.loose_actions:
            card.add(Words(text("plan.loose"), "label"))
            for action in view.loose_actions:
                card.add(self._action(action, text("plan.loose")))
        if not view.obstacles:
            card.add(Words(text("plan.no_obstacles"), "note", "soft"))
        if self.may:
            self._add_line = column()
            card.body.addLayout(self._add_line)
            self._add_button = quiet(text("plan.add_obstacle"), self.new_obstacle, "plus")
            card.add_left(self._add_button)
        self.box.addWidget(card)
        self.box.addWidget(GoalsCard(self))
        self.box.addStretch(1)

    def shape(self, view: PlanView) -> object:
        return (
            [
                (one.obstacle, one.text, one.kind, one.done, one.left_reason, [each.action for each in one.actions])
                for one in view.obstacles
            ],
            [each.action for each in view.loose_actions],
            [one.goal for one in view.goals],
            [each.status for one in view.obstacles for each in one.actions],
        )

    def update_view(self, view: PlanView) -> None:
        super().update_view(view)
        if self._count is not None:
            self._count.say(self._covered(view))

    def unfinished(self) -> list[Field]:
        found: list[Field] = [field for draft in self._drafts.values() if draft.begun for field in draft.check()]
        for one in self._rows.values():
            found += one.check()
        return found

    def flush(self) -> None:
        super().flush()
        desk = self.desk
        for obstacle, draft in self._drafts.items():
            if obstacle is not None and draft.open:
                self.page.run(partial(drafts.keep, desk, obstacle, draft.typed()))

    def kept(self) -> dict[str, Any]:
        return {str(key or ""): draft.typed() for key, draft in self._drafts.items() if draft.open}

    def restore(self, kept: dict[str, Any]) -> None:
        there = {one.obstacle for one in self.view.obstacles}
        for key, typed in kept.items():
            if key in there:
                self.new_action(Id(key), typed)

    @property
    def first_words(self) -> QWidget | None:
        """Where writing goes on: the first action, whoever has some already."""
        return next((row.first for row in self._rows.values()), None) if self.may else None

    def first_action(self, action: str) -> ActionEdit | None:
        """The row of one action, for whoever came here about it."""
        return self._rows.get(Id(action))

    def _matters(self) -> Clear:
        """The person's own words on one line; a press turns them into a field."""
        holder = Clear()
        box = column(holder)
        words = self.view.what_matters
        if not words:
            box.addWidget(self.plan_text("what_matters"))
            return holder
        line = Clear()
        beside = row(line, (0, 0, 0, 0), 8)
        beside.addWidget(Quote(text("plan.matters_line", words=words)), 1)
        if self.may:

            def write() -> None:
                field = self.plan_text("what_matters")
                box.addWidget(field)
                field.control.setFocus()
                line.hide()

            change = Button(text("plan.matters_change"), write, kind="link")
            change.setAccessibleName(text("plan.matters_change_name", name=self.called))
            beside.addWidget(change)
        box.addWidget(line)
        return holder

    def tip(self) -> QWidget | None:
        """Filled once the catalogue and what others asked for have been looked at."""
        if not self.may:
            return None
        bar = TipBar(self._look_in_library)
        desk, who = self.desk, self.view.participant
        bare = [one.obstacle for one in self.view.obstacles if not one.actions]
        order = [*bare, *(one.obstacle for one in self.view.obstacles)]
        self.page.context.operations.run(
            bar,
            lambda: adjustments.tips(desk, who),
            lambda found: bar.show_tips(found, order, self._holders),
            self.page.fail,
        )
        return bar

    def _look_in_library(self, obstacle: Id) -> None:
        """All changes at work that fit, on the next step."""
        self.page.look_for = next((one.text for one in self.view.obstacles if one.obstacle == obstacle), "")
        self.page.show_step(1)

    def _covered(self, view: PlanView) -> str:
        return text("plan.covered", count=view.covered, of=len(view.obstacles)) if view.obstacles else ""

    def _obstacle(self, one: ObstacleRow) -> Clear:
        holder = Clear()
        self._holders[one.obstacle] = holder
        box = column(holder, (0, 4, 0, 0), 0)
        head = row(None, (2, 0, 0, 0), 8)
        head.addWidget(Marker(MARKERS[one.kind]))
        head.addWidget(Words(one.text, "label"), 1)
        if self.may and one.actions:
            add = Button(text("plan.add_action"), lambda: self.new_action(one.obstacle), kind="link")
            add.setAccessibleName(text("plan.add_action_for", obstacle=one.text))
            head.addWidget(add)
        head.addWidget(Words(text(f"parts.kind_{MARKERS[one.kind]}"), "note", "soft", wrap=False))
        box.addLayout(head)
        for action in one.actions:
            box.addWidget(self._action(action, one.text))
        place = column(None, (0, 0, 0, 0), 4)
        box.addLayout(place)
        self._places[one.obstacle] = place
        if one.left_reason or one.done:
            box.addWidget(self._left(one))
        elif not one.actions:
            box.addWidget(self._uncovered(one))
        return holder

    def _action(self, action: Any, about: str) -> ActionEdit:
        made = ActionEdit(self, action, about)
        self._rows[action.action] = made
        return made

    def _uncovered(self, one: ObstacleRow) -> Clear:
        line = Clear()
        box = row(line, (24, 0, 0, 0), 8)
        if not one.covered:
            box.addWidget(IconMark("triangle-alert", "due"))
        box.addWidget(Words(text("plan.by_change" if one.covered else "plan.no_action"), "body", wrap=False))
        if self.may:
            add = quiet(text("plan.add_action"), lambda: self.new_action(one.obstacle), "plus")
            add.setAccessibleName(text("plan.add_action_for", obstacle=one.text))
            leave = quiet(text("plan.leave"), lambda: self.leave_for_now(one))
            leave.setAccessibleName(text("plan.leave_name", obstacle=one.text))
            box.addWidget(add)
            box.addWidget(leave)
        box.addStretch(1)
        return line

    def _left(self, one: ObstacleRow) -> Clear:
        line = Clear()
        box = row(line, (24, 0, 0, 0), 8)
        words = text("plan.left", reason=one.left_reason) if one.left_reason else text("plan.obstacle_done")
        box.addWidget(Words(words, "note", "soft"), 1)
        if self.may:
            again = Button(
                text("plan.again"),
                lambda: self.do(lambda: obstacles.finish_obstacle(self.desk, one.obstacle, done=False)),
                kind="link",
            )
            again.setAccessibleName(text("plan.again_name", obstacle=one.text))
            box.addWidget(again)
        return line

    # New ones

    def new_action(self, obstacle: Id, typed: Typed | None = None) -> None:
        """An action that is saved once it has words, one owner and one date."""
        about = next(one.text for one in self.view.obstacles if one.obstacle == obstacle)
        draft = self._drafts.get(obstacle)
        if draft is None:
            draft = DraftAction(self, obstacle, about, lambda: self._drafts.pop(obstacle, None))
            self._drafts[obstacle] = draft
            self._places[obstacle].addWidget(draft)
        if typed is not None:
            draft.set_typed(typed)
        else:
            draft.first.setFocus()

    def leave_for_now(self, one: ObstacleRow) -> None:
        """No action, and why."""
        place = self._places[one.obstacle]
        if place.count():
            return
        holder = Clear()
        box = column(holder, (24, 0, 0, 0), 6)
        control = TextField()
        field = Field(text("plan.leave_reason", obstacle=one.text), control)
        box.addWidget(field)

        def save() -> None:
            words = control.value()
            self.page.run(
                lambda: obstacles.leave_obstacle(self.desk, one.obstacle, words),
                self.page.saved,
                failing(self.page, {"reason": field}),
            )

        box.addWidget(outlined(text("plan.leave_save"), save))
        place.addWidget(holder)
        control.setFocus()

    def new_obstacle(self) -> None:
        """What gets in the way, in the person's words, and its kind."""
        if self._add_line.count():
            return
        holder = Clear()
        box = column(holder, (0, 4, 0, 4), 6)
        words = TextField()
        kind = Choice([(one.value, text(f"parts.kind_{MARKERS[one]}")) for one in ObstacleKind], columns=3)
        fields = {
            "text": Field(text("plan.obstacle_text", name=self.called), words),
            "kind": Field(text("plan.obstacle_kind"), kind),
        }
        for field in fields.values():
            box.addWidget(field)

        def save() -> None:
            chosen = kind.value()
            if chosen is None:
                fields["kind"].show_error(text("plan.kind_missing"))
                return
            said = words.value()
            self.page.run(
                lambda: obstacles.add_obstacle(self.desk, self.view.participant, ObstacleKind(chosen), said),
                self.page.saved,
                failing(self.page, fields),
            )

        box.addWidget(outlined(text("plan.obstacle_save"), save, "plus"))
        self._add_line.addWidget(holder)
        words.setFocus()
