"""What the participant says to one paper: seen, agreed or refused, and how it was asked."""

from collections.abc import Callable
from typing import Any

from workwell_desktop.desktop.kit import (
    Choice,
    Clear,
    DropDown,
    Field,
    TextField,
    clock_words,
    column,
    outlined,
    quiet,
    row,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.plan.body import StepBody, failing
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import ApprovalHow, PaperKind
from workwell_desktop.domain.plans import OwnerKind, PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.paperwork.paper_views import ApprovalView

AGAIN = frozenset({"changed", "run_out", "withdrawn"})


def state_tag(step: StepBody, one: ApprovalView) -> tuple[str, str]:
    """Words and tint of where the participant stands on a paper."""
    when = ""
    if one.at is not None:
        at, today = one.at.astimezone(LONDON), step.page.context.today()
        when = clock_words(at) if at.date() == today else short_day(at.date(), today)
    if one.kind is PaperKind.PARTICIPANT_PLAN:
        if when and not one.stale:
            return text("plan.seen", when=when), "done"
        return text("plan.see_again" if when else "plan.not_seen"), "due"
    if one.state == "agreed":
        return text("plan.agreed", when=when), "done"
    if one.state == "refused":
        return text("plan.refused", when=when), "neutral"
    if one.state in AGAIN:
        return text(f"plan.again_state.{one.state}"), "due"
    return text("plan.no_recipient" if one.state == "no_recipient" else "plan.not_asked_paper"), "due"


class AskForm(Clear):
    """How it was asked, and the answer."""

    def __init__(self, step: StepBody, one: ApprovalView, gone: Callable[[], Any]) -> None:
        super().__init__()
        self._step, self._one, self._gone = step, one, gone
        called = step.called
        box = column(self, (0, 2, 0, 8), 6)
        self._how = Choice([(how.value, text(f"plan.how.{how.value}")) for how in ApprovalHow], columns=3)
        staff = [(str(each.person), each.name) for each in step.view.owners if each.kind is OwnerKind.STAFF]
        self._reader = DropDown(staff, str(step.desk.me))
        self._reason = TextField()
        own = one.kind is PaperKind.PARTICIPANT_PLAN
        self.fields = {
            "how": Field(text("plan.how_asked"), self._how),
            "reader": Field(text("plan.read_out_by"), self._reader),
            "reason": Field(text("plan.refuse_reason", name=called), self._reason, optional=True),
        }
        for field in self.fields.values():
            box.addWidget(field)
        self.fields["reason"].setVisible(not own)
        self.fields["reader"].hide()
        self._how.edited.connect(
            lambda: self.fields["reader"].setVisible(self._how.value() == ApprovalHow.TELEPHONE.value)
        )
        line = row(None, (0, 0, 0, 0), 10)
        line.addWidget(outlined(text("plan.say_seen" if own else "plan.say_yes", name=called), self._yes, "check"))
        if not own:
            line.addWidget(outlined(text("plan.say_no", name=called), self._no, "x"))
            line.addWidget(outlined(text("plan.say_change", name=called), self._change, "pen-line"))
        line.addWidget(quiet(text("plan.drop_ask"), gone))
        line.addStretch(1)
        box.addLayout(line)

    def first(self) -> Any:
        """Where the focus goes."""
        return self._how.first()

    def _asked(self) -> ApprovalHow | None:
        chosen = self._how.value()
        self.fields["how"].show_error("" if chosen else text("plan.how_missing"))
        return ApprovalHow(chosen) if chosen else None

    def _yes(self) -> None:
        how = self._asked()
        if how is None:
            return
        desk, plan, one = self._step.desk, self._step.view.plan, self._one
        reader = Id(self._reader.value() or desk.me) if how is ApprovalHow.TELEPHONE else None
        self._run(lambda: papers.approve(desk, plan, one.kind, one.content, how=how, read_out_by=reader))

    def _no(self) -> None:
        how = self._asked()
        if how is None:
            return
        desk, plan, kind, reason = self._step.desk, self._step.view.plan, self._one.kind, self._reason.value()
        self._run(lambda: papers.refuse(desk, plan, kind, reason, how=how))

    def _change(self) -> None:
        """No to these words, with what is to be different; then to where it is changed. What they say next is asked
        anew, since the paper says something else then."""
        how, wanted = self._asked(), self._reason.value()
        self.fields["reason"].show_error("" if wanted else text("plan.change_missing", name=self._step.called))
        if how is None or not wanted:
            return
        desk, plan, kind = self._step.desk, self._step.view.plan, self._one.kind
        page = self._step.page
        reason = text("plan.wants_change", change=wanted)
        self._run(
            lambda: papers.refuse(desk, plan, kind, reason, how=how),
            then=page.change_plan if self._step.view.status is PlanStatus.SIGNING else lambda: page.show_step(0),
        )

    def _run(self, work: Callable[[], Any], then: Callable[[], Any] | None = None) -> None:
        def done(result: Any) -> None:
            self._gone()
            self._step.page.saved(result)
            if then is not None:
                then()

        page = self._step.page
        page.run(work, done, failing(page, {"how": self.fields["how"]}))
