"""Step 4: check the three papers together, then sign; afterwards who signed, and the papers that were made."""

from dataclasses import dataclass
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Field,
    SummaryList,
    Tag,
    Words,
    alone,
    column,
    moment_words,
    quiet,
    row,
    row_button,
    rule,
    text,
)
from workwell_desktop.desktop.pages.papers.papers_list import papers_list
from workwell_desktop.desktop.pages.plan.asking import AskForm, state_tag
from workwell_desktop.desktop.pages.plan.body import StepBody, show_at
from workwell_desktop.desktop.pages.plan.hands import Hands, ParticipantCard, StaffCard
from workwell_desktop.desktop.pages.plan.since import since_card
from workwell_desktop.desktop.pages.plan.stage import Stage
from workwell_desktop.desktop.widgets.reading_age import reading_words
from workwell_desktop.desktop.widgets.turning import Turning
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import Approval, PaperKind
from workwell_desktop.domain.plans import PlanStatus, SignatoryRole, SignatureOutcome
from workwell_desktop.domain.reading_age import Reading
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import papers, register
from workwell_desktop.services.paperwork.paper_views import ApprovalView, PaperLine, Signers
from workwell_desktop.services.planning import plan_versions, plan_words, signatories
from workwell_desktop.services.planning.plan_versions import Since
from workwell_desktop.services.planning.plan_views import PlanView, SignatoryRow
from workwell_desktop.services.planning.signing_together import Signed, sign_together

STEP_OF = {
    "obstacle_uncovered": 0,
    "no_actions": 0,
    "action_incomplete": 0,
    "no_what_matters": 0,
    "no_review": 2,
}


@dataclass(frozen=True)
class SignFacts:
    """What the last step shows besides the plan."""

    approvals: tuple[ApprovalView, ...]
    signers: Signers
    papers: tuple[PaperLine, ...]
    reading: Reading
    """Of what we wrote on the participant's paper."""
    since: Since | None
    """What differs from the version signed before, None for a first one."""


def sign_facts(desk: Desk, plan: Id, participant: Id) -> SignFacts:
    """Read on the worker."""
    lines = register.list_papers(desk, participant)
    own = tuple(one for one in lines if register.plan_of(desk, one.document) == plan)
    return SignFacts(
        approvals=tuple(papers.approvals(desk, plan)),
        signers=signatories.who_may_sign(desk, plan),
        papers=own,
        reading=plan_words.paper_reading(desk, plan),
        since=plan_versions.since_signed(desk, plan),
    )


class CheckStep(StepBody):
    """Picture 07-plan-sign."""

    def __init__(self, page: Stage, view: PlanView, facts: SignFacts, *, may: bool, name: str) -> None:
        self.facts, self._name = facts, name
        self.participant: ParticipantCard | None = None
        self.staff: StaffCard | None = None
        self._asking: AskForm | None = None
        super().__init__(page, view, may=may)

    def build(self) -> None:
        view = self.view
        self.signed = [one for one in view.signatories if one.outcome is SignatureOutcome.SIGNED]
        if view.missing and not self.signed:
            self.box.addWidget(self._missing())
        if self.facts.since is not None:
            self.box.addWidget(since_card(self.facts.since, self.page.context.today()))
        if self.facts.papers:
            card = Card(text("plan.papers_made"), flush=True)
            card.add(papers_list(self.desk, self.facts.papers, self.page.open_paper))
            self.box.addWidget(card)
        if view.status in (PlanStatus.DRAFT, PlanStatus.SIGNING) and not self.signed:
            self.box.addWidget(self._together())
        if self.signed or view.status not in (PlanStatus.DRAFT, PlanStatus.SIGNING):
            self.box.addWidget(self._signatures())
        if self._open:
            self._hands()
        self.box.addStretch(1)

    @property
    def _open(self) -> bool:
        """Whether somebody can sign here now."""
        may = self.desk.may(Act.TAKE_SIGNATURE)
        return may and self.view.status in (PlanStatus.DRAFT, PlanStatus.SIGNING) and bool(self._awaited())

    @property
    def can_sign(self) -> bool:
        """Whether the filled button stands."""
        coach_here = SignatoryRole.COACH.value not in self._awaited() or self.facts.signers.mine
        return self._open and coach_here and not (self.view.missing and not self.signed)

    def sign_words(self) -> str:
        """What the filled button says."""
        if self.signed:
            upcoming = next((one.name for one in self.view.signatories if one.next), "")
            return text("plan.sign_as", name=upcoming)
        ready = sum(1 for one in self.facts.approvals if one.state in ("agreed", "not_needed"))
        return text("plan.sign_and_make", count=ready)

    def shape(self, view: PlanView) -> object:
        return view.status, view.missing, [(one.role, one.name, one.outcome) for one in view.signatories]

    def kept(self) -> dict[str, Any]:
        if self.participant is None:
            return {}
        return {"view": self.view, "participant": self.participant.kept()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Ink and ticks stay while an answer is noted; they go when the plan itself says something else."""
        if self.participant is not None and kept.get("view") == self.view:
            self.participant.restore(kept["participant"])

    def sign(self) -> None:
        """Every signature whose turn comes."""
        fields: dict[str, Field] = dict(self.staff.fields()) if self.staff is not None else {}
        given: dict[str, Any] = dict(self.staff.given()) if self.staff is not None else {}
        wrong: list[Field] = []
        if self.participant is not None:
            wrong = self.participant.check()
            given |= self.participant.given()
            typing = "typed" in given
            fields |= {"ink": self.participant.typed if typing else self.participant.ink}
            fields["reason"] = self.participant.reason
        for field in fields.values():
            field.show_error("")
        if not self.page.errors.show_fields(wrong):
            return
        desk, plan = self.desk, self.view.plan

        def failed(error: Exception) -> None:
            self.page.held = False
            if isinstance(error, BadInput) and error.reason == "clinician_missing" and "who" in fields:
                fields["who"].show_error(text("errors.reason.clinician_missing"))
            elif not (hasattr(error, "problems") and show_at(fields, error)):
                self.page.fail(error)
            self.page.errors.show_fields(list(fields.values()))

        def done(signed: Signed) -> None:
            self.page.held = False
            if self.staff is not None:
                self.staff.forget()
            self.page.signed(signed)

        self.page.held = True
        self.page.run(lambda: sign_together(desk, plan, Hands(**given)), done, failed)

    # Parts

    def _awaited(self) -> frozenset[str]:
        if not self.signed:
            return frozenset({"coach", "participant", "clinician"})
        return frozenset(one.role.value for one in self.view.signatories if one.outcome is SignatureOutcome.AWAITED)

    def _missing(self) -> Alert:
        lacks = " ".join(text(f"plan.missing.{code}") for code in self.view.missing)
        step = min(STEP_OF.get(code, 0) for code in self.view.missing)
        act = quiet(text("plan.go_to_step", step=text(f"plan.step.{step}")), lambda: self.page.show_step(step))
        return Alert(text("plan.missing_title"), lacks, "due", act=act if self.may else None)

    def _together(self) -> Card:
        change = quiet(text("plan.change_plan"), self.page.change_plan) if self.may or self._settled else None
        card = Card(text("plan.check_title"), corner=change)
        for place, one in enumerate(self.facts.approvals):
            if place:
                card.add(rule())
            card.add(self._paper(one))
        return card

    @property
    def _settled(self) -> bool:
        return self.view.status is PlanStatus.SIGNING

    def _paper(self, one: ApprovalView) -> Clear:
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 2)
        name = text(f"plan.paper.{one.kind.value}", name=self.called)
        turning = Turning(gap=10, first=170)
        lines = column(None, (0, 0, 0, 0), 0)
        lines.addWidget(Words(name, "label"))
        lines.addWidget(Words(self._about(one), "note", "soft"))
        turning.addLayout(lines, 1)
        line = row(None, (0, 0, 0, 0), 10)
        turning.addLayout(line)
        words, tint = state_tag(self, one)
        line.addWidget(Tag(words, tint))
        show = row_button(text("plan.show_paper"), lambda: self.page.show_paper(one.kind))
        show.setAccessibleName(text("plan.show_paper_name", paper=name))
        line.addWidget(show)
        if self.desk.may(Act.APPROVE_PAPERS, Approval) and one.state != "no_recipient":
            note = row_button(text("plan.note_answer"), lambda: self._ask(one, box))
            note.setAccessibleName(text("plan.note_answer_name", paper=name))
            line.addWidget(note)
        line.addStretch(1)
        box.addLayout(turning)
        return holder

    def _about(self, one: ApprovalView) -> str:
        pages = text("plan.pages", count=one.pages)
        if one.kind is PaperKind.PARTICIPANT_PLAN:
            parts = (self.page.look, pages, reading_words(self.facts.reading))
            return alone(" · ".join(part for part in parts if part))
        if one.kind is PaperKind.EMPLOYER_SUMMARY:
            return text("plan.employer_line", recipient=one.recipient_name or text("plan.no_employer"))
        return text("plan.gp_line", recipient=one.recipient_name or text("plan.no_gp"), pages=pages)

    def _ask(self, one: ApprovalView, box: Any) -> None:
        self._drop_ask()
        self.page.show_paper(one.kind)
        self._asking = AskForm(self, one, self._drop_ask)
        box.addWidget(self._asking)
        self._asking.first().setFocus()

    def _drop_ask(self) -> None:
        if self._asking is not None:
            self._asking.hide()
            self._asking.deleteLater()
            self._asking = None

    def _hands(self) -> None:
        awaited = self._awaited()
        upcoming = next((one for one in self.view.signatories if one.next), None)
        if SignatoryRole.PARTICIPANT.value in awaited:
            self.participant = ParticipantCard(self, self._name)
            self.box.addWidget(self.participant)
        staff = awaited - {SignatoryRole.PARTICIPANT.value}
        clinician = next((one.person for one in self.view.signatories if one.role is SignatoryRole.CLINICIAN), None)
        if not self.facts.signers.clinicians and not clinician:
            staff -= {SignatoryRole.CLINICIAN.value}
        if staff:
            settled = clinician if self.signed or upcoming is not None else None
            self.staff = StaffCard(self, self.facts.signers, staff, settled)
            self.box.addWidget(self.staff)

    def _signatures(self) -> Card:
        card = Card(text("plan.signatures"))
        card.add(SummaryList([(one.name, self._signature(one)) for one in self.view.signatories]))
        return card

    def _signature(self, one: SignatoryRow) -> str:
        when = moment_words(one.at.astimezone(LONDON), self.page.context.today()) if one.at else ""
        role = text(f"papers_list.role.{one.role.value}")
        said = text(f"plan.signature.{one.outcome.value}", when=when, reason=one.reason or "")
        return text("plan.signature_line", role=role, said=said)
