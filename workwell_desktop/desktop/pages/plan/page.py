"""The plan of one person in four steps, with the true paper beside it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Change,
    Clear,
    PageAct,
    Params,
    clock_words,
    column,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_banner import show_person
from workwell_desktop.desktop.pages.plan.actions import ActionsStep
from workwell_desktop.desktop.pages.plan.body import StepBody
from workwell_desktop.desktop.pages.plan.changes import ChangesStep
from workwell_desktop.desktop.pages.plan.check import CheckStep
from workwell_desktop.desktop.pages.plan.frame import change_words, make_foot, no_plan, paper_acts, state_bar, stepper
from workwell_desktop.desktop.pages.plan.preview import PlanPaper
from workwell_desktop.desktop.pages.plan.shown import PAPER_PAGES, STEPS, Shown, read
from workwell_desktop.desktop.pages.plan.stage import Stage
from workwell_desktop.desktop.pages.plan.weeks import ReturnStep
from workwell_desktop.desktop.shell.focus import first_control, first_to_use, focus_again, focus_key
from workwell_desktop.desktop.widgets.layouts import reveal
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.paperwork.paper_views import PaperLine
from workwell_desktop.services.planning import plans
from workwell_desktop.services.planning.signing_together import Signed


class PlanPage(Stage):
    """``participant``; ``plan`` for one version, else the newest; ``step`` by name; ``action`` to begin at."""

    route = "plan"
    nav = "papers"
    help_topic = "plan"

    def build(self) -> None:
        self._step = 0
        self._body: StepBody | None = None
        self._paper: PlanPaper | None = None
        self._now: Shown | None = None
        self._saved_words = ""
        self._tip: Clear | None = None
        self.focus_next = ""
        self.look_for = ""
        self.held = False
        self._pending = False
        self._loading = False
        self.called = ""
        self.look = ""

    def enter(self, params: Params) -> None:
        self._who = Id(params["participant"])
        self._plan = Id(params["plan"]) if params.get("plan") else None
        self._step = STEPS.index(params["step"]) if params.get("step") in STEPS else 0
        self.run(self._reading(), self._first)

    def recall(self, memory: dict[str, Any]) -> None:
        if memory.get("step", self._step) != self._step:
            self.show_step(memory["step"])

    def remember(self) -> dict[str, Any]:
        return {"step": self._step}

    def leave(self) -> None:
        if self._body is not None:
            self._body.flush()

    def changed(self, records: frozenset[Change]) -> None:
        if any(scope == self._who for _kind, _record, scope in records):
            self.reload()

    def acts(self) -> tuple[PageAct, ...]:
        view = self._now.view if self._now is not None else None
        if view is None:
            return ()
        found = [
            PageAct(text("plan.next_step"), lambda: self._turn(1), "Ctrl+PgDown"),
            PageAct(text("plan.step_before"), lambda: self._turn(-1), "Ctrl+PgUp"),
            PageAct(text("plan.open_papers"), lambda: self.go("papers")),
            PageAct(text("record.act.find_service"), self._find_service, "Ctrl+Shift+S"),
            *paper_acts(self.called, self.show_paper),
        ]
        body = self._body
        if isinstance(body, ActionsStep) and body.may:
            found.append(PageAct(text("plan.add_obstacle"), body.new_obstacle))
        if isinstance(body, ReturnStep) and body.may:
            found.append(PageAct(text("plan.add_week"), body.add_week))
        if view.status is not PlanStatus.DRAFT and self._may_edit():
            found.append(PageAct(change_words(view), self.change_plan))
        return tuple(found)

    def _find_service(self) -> None:
        """A service that is chosen becomes an action of the plan."""
        self.go("services", participant=str(self._who))

    def first_focus(self) -> QWidget | None:
        action = self.params.get("action")
        if action and isinstance(self._body, ActionsStep):
            row = self._body.first_action(action)
            if row is not None:
                return row.first
        if isinstance(self._body, ActionsStep) and self._body.first_words is not None:
            return self._body.first_words
        body = first_to_use(self._body) if self._body is not None else None
        return body or super().first_focus()

    # What the steps use

    def saved(self, _result: Any = None) -> None:
        """Called once the service has returned."""
        self._saved_words = text("plan.saved", time=clock_words(self.context.clock.now().astimezone(LONDON)))
        if self.foot is not None:
            self.foot.saved(self._saved_words)
        self.reload()

    def do(self, work: Callable[[], Any], done: Callable[[Any], Any] | None = None) -> None:
        """One act, then what it changed."""

        def did(result: Any) -> None:
            self.saved(result)
            if done is not None:
                done(result)

        self.run(work, did)

    def reload(self) -> None:
        """Reads the plan again; a second asking while one is under way is answered after it."""
        if self.held:
            return
        if self._loading:
            self._pending = True
            return
        self._loading = True
        self.run(self._reading(), self._again, self._not_read)

    def show_step(self, step: int) -> None:
        """Another step; what is being typed is saved first."""
        if self._body is not None:
            self._body.flush()
        self.errors.show_links([])
        self._step = step
        self.run(self._reading(), self._stepped)

    def set_tip(self, bar: QWidget | None) -> None:
        """A bar that stays in sight between the step and the foot; in one column it ends the step instead."""
        if self._tip is not None:
            self._tip.hide()
            self._tip.deleteLater()
            self._tip = None
        layout = self.region.layout()
        if bar is None or layout is None:
            return
        self._tip = Clear()
        column(self._tip, (24, 4, 14, 6)).addWidget(bar)
        if self.narrow() and self._body is not None:
            self._body.box.addWidget(self._tip)
        else:
            layout.addWidget(self._tip)

    def show_paper(self, kind: PaperKind) -> None:
        """One of the three papers beside the plan."""
        if self._paper is not None:
            self._paper.show_kind(kind)

    def open_paper(self, paper: PaperLine) -> None:
        """The finished paper."""
        self.go("paper", participant=str(self._who), paper=str(paper.document))

    def change_plan(self) -> None:
        """Back to writing, or a new version of what was signed."""
        desk, view = self.context.desk, self._now.view if self._now else None
        if view is not None:
            self.run(lambda: plans.change_the_plan(desk, view.plan), self._to_version)

    def signed(self, signed: Signed) -> None:
        """Says which papers were made, and which were not and why."""
        self.unsay()
        lines = [
            text(f"plan.not_made.{state}", paper=text(f"plan.paper.{kind.value}", name=self.called))
            for kind, state in signed.not_made
        ]
        if signed.next is not None:
            lines.append(text("plan.then_signs", name=signed.next.name))
        act = outlined(text("plan.open_papers"), lambda: self.go("papers"))
        title = text("plan.signed_title", count=len(signed.documents))
        self.say(Alert(title, " ".join(lines), "done", act=act))
        self.run(self._reading(), self._opened)

    # Reading and drawing

    def _reading(self) -> Callable[[], Shown]:
        desk, who, plan, signing = self.context.desk, self._who, self._plan, self._step == 3
        return lambda: read(desk, who, plan, signing=signing)

    def _first(self, shown: Shown) -> None:
        banner = shown.head.banner
        self.called, self.look = banner.called, shown.look
        show_person(self, shown.head)
        # said when the page opens and shown by the window, while the steps stand where a title would
        self.heading.say(text("plan.title", name=self.called))
        if shown.view is not None:
            self._paper = PlanPaper(self, shown.view.plan, look=self.look)
            self.set_side(self._paper, right=True)
        self._opened_anew(shown)
        self.ready()

    def _opened_anew(self, shown: Shown) -> None:
        """With what was begun here before."""
        self._opened(shown)
        if isinstance(self._body, ActionsStep) and self._body.may:
            self._body.restore(dict(shown.typed))

    def _stepped(self, shown: Shown) -> None:
        """At its top, wherever the step before was left."""
        self._opened_anew(shown)
        QTimer.singleShot(0, self, self._to_top)

    def _to_top(self) -> None:
        if self.scroller is None:
            return
        self.scroller.verticalScrollBar().setValue(0)
        here = self.focusWidget()
        if here is not None and self.scroller.inside.isAncestorOf(here):
            reveal(here)

    def _opened(self, shown: Shown) -> None:
        self._now = shown
        self.clear_body()
        self.set_tip(None)
        self._body = None
        if shown.view is None:
            self._nothing()
            return
        self.add(stepper(self._step, self.show_step))
        bar = state_bar(shown, self._step, self.change_plan if self._may_edit() else None, self._to_version)
        if bar is not None:
            self.add(bar)
        self._body = self._make_body(shown)
        self.add(self._body)
        self.set_tip(self._body.tip())
        # at once, so that it can take the focus
        self._body.show()
        self.add_end()
        self.set_foot(make_foot(self._step, self._body, self._turn, self.show_step))
        if self._saved_words and self.foot is not None:
            self.foot.saved(self._saved_words)
        self.context.frame.acts_changed()
        if self._paper is not None:
            self._paper.show_page(PAPER_PAGES[self._step])
            self._paper.sheet.ask()

    def _not_read(self, error: Exception) -> None:
        self._loading = False
        self.fail(error)

    def _again(self, shown: Shown) -> None:
        self._loading = False
        if self._pending:
            self._pending = False
            self.reload()
            return
        before = self._now
        body = self._body
        if before is None or body is None or shown.view is None or before.view is None:
            self._opened(shown)
            return
        if shown.view != before.view and self._paper is not None:
            self._paper.changed()
        same = body.shape(shown.view) == body.shape(before.view) and shown.signing == before.signing
        if same and shown.view.status is before.view.status:
            self._now = shown
            body.update_view(shown.view)
        elif not body.dirty():
            self._redraw(shown, body)

    def _redraw(self, shown: Shown, body: StepBody) -> None:
        """Rows came or went: the step is drawn anew, and the focus and what was typed come back."""
        kept, key = body.kept(), focus_key(self)
        place = self.scroller.verticalScrollBar().value() if self.scroller is not None else 0
        self._opened(shown)
        if self._body is not None:
            self._body.restore(kept)
        if self.scroller is not None:
            self.scroller.verticalScrollBar().setValue(place)
        if not (key and focus_again(self, key)):
            self._focus_named()

    def _focus_named(self) -> None:
        """What held the focus is gone: the focus goes to what took its place, or to the beginning of the step."""
        wish, self.focus_next = self.focus_next, ""
        body = self._body
        if body is None:
            return
        named = [one for one in body.findChildren(QWidget) if wish and one.accessibleName() == wish]
        target = named[0] if named else first_control(body)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_body(self, shown: Shown) -> StepBody:
        view = shown.view
        assert view is not None  # noqa: S101 - the caller has looked
        may = view.status is PlanStatus.DRAFT and self._may_edit()
        if self._step == 3 and shown.signing is not None:
            return CheckStep(self, view, shown.signing, may=may, name=shown.head.banner.name)
        return (ActionsStep, ChangesStep, ReturnStep)[min(self._step, 2)](self, view, may=may)

    def _may_edit(self) -> bool:
        return self.context.desk.may(Act.EDIT_PLAN, Plan)

    def _to_version(self, plan: Id) -> None:
        self.go("plan", participant=str(self._who), plan=str(plan), step="actions")

    def _turn(self, by: int) -> None:
        target = self._step + by
        if not 0 <= target < len(STEPS):
            return
        if by > 0 and self._body is not None and self._body.may and not self.check(self._body.unfinished()):
            return
        self.show_step(target)

    def _nothing(self) -> None:
        self.set_title(text("plan.title", name=self.called))
        self.add(no_plan(self.called, self._begin if self._may_edit() else None))
        self.add_end()

    def _begin(self) -> None:
        desk, who = self.context.desk, self._who
        self.run(lambda: plans.open_plan(desk, who), self._to_version)
