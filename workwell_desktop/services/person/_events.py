"""What happened, by date: every kind of record says its own line. Words are codes and what people wrote."""

from collections.abc import Iterator
from datetime import date, datetime

from workwell_desktop.domain.appointments import Block
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.coming_in import EligibilityAnswer, Triage
from workwell_desktop.domain.directory import STEPS, ServiceLoop, day_of
from workwell_desktop.domain.duties import LimitsSaid
from workwell_desktop.domain.episodes import (
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Handover,
    Referral,
    Response,
    ResponseStatus,
    RiskConversation,
)
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.papers import Approval, Document, Release
from workwell_desktop.domain.participants import Agreement, Settling, WorkSituation
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, ActionStatus, Obstacle, Plan, Signatory, SignatureOutcome
from workwell_desktop.domain.records import Id, Record, kind_of
from workwell_desktop.domain.screen import days
from workwell_desktop.domain.sessions import Addendum, Discussion
from workwell_desktop.domain.site import Site
from workwell_desktop.services.lookup import name_of
from workwell_desktop.services.person.record_views import EventView
from workwell_desktop.store import Reader

MILESTONES = frozenset(
    {
        "referral",
        "agreed",
        "contact",
        "measures",
        "session",
        "plan",
        "paper_given",
        "back_at_work",
        "handed_over",
        "closed",
    }
)
"""What the card "so far" shows; the rest stands under "everything, by date"."""


class Lines:
    """Makes the lines of one person."""

    def __init__(self, reader: Reader, participant: Id, people: dict[Id, Person], site: Site) -> None:
        self._reader = reader
        self._site = site
        self._scope = participant
        self._people = people

    def all(self) -> list[EventView]:
        """Every line, newest first."""
        found = [
            *self._coming_in(),
            *self._who_helps(),
            *self._absence(),
            *self._agreements(),
            *self._talks(),
            *self._services(),
            *self._assessing(),
            *self._deciding(),
            *self._planning(),
            *self._papers(),
            *self._settling(),
        ]
        # within a day: what has a time, latest first, above what has none
        return sorted(
            found, key=lambda one: (one.on, one.at is not None, one.at.timestamp() if one.at else 0.0), reverse=True
        )

    def _services(self) -> Iterator[EventView]:
        """Services that were chosen, each step of them, and blocks of sessions that we hold."""
        for loop in self._reader.list(ServiceLoop, scope=self._scope):
            yield from self._line("service_chosen", loop, loop.chosen_on, loop.chosen_by, name=loop.name)
            for step in STEPS:
                yield from self._line(f"service_{step.value}", loop, day_of(loop, step), name=loop.name)
        for block in self._reader.list(Block, scope=self._scope):
            yield from self._line("block_offered", block, block.offered_on, block.lead, text=block.what)
            yield from self._line("block_ended", block, block.ended_on, text=block.what)

    def _who_helps(self) -> Iterator[EventView]:
        """The partnership's questions, and what was decided before somebody took the person on."""
        for said in self._reader.list(EligibilityAnswer, scope=self._scope):
            if said.answer is not None:
                yield from self._line(f"asked_{said.answer}", said, said.at, said.recorded_by, question=said.asked)
            if said.carry_on:
                yield from self._line("goes_on", said, said.at, said.recorded_by, reason=said.carry_on)
        for made in self._reader.list(Triage, scope=self._scope):
            if made.helper is not None:
                name = name_of(self._people, made.coach)
                yield from self._line(
                    f"helps_{made.helper}", made, made.at, made.decided_by, name=name, reason=made.reason
                )

    def _line(
        self, kind: str, one: Record, when: date | datetime | None, by: Id | None = None, **words: object
    ) -> Iterator[EventView]:
        if when is None:
            return
        at = when if isinstance(when, datetime) else None
        yield EventView(
            kind=kind,
            on=london_day(at) if at else when,
            at=at,
            words=tuple((name, str(value)) for name, value in words.items() if value is not None),
            by_name=name_of(self._people, by),
            record=one.id,
            record_kind=kind_of(type(one)),
        )

    def _coming_in(self) -> Iterator[EventView]:
        for referral in self._reader.list(Referral, scope=self._scope):
            yield from self._line(
                "referral", referral, referral.received_on, referral.recorded_by, source=referral.source
            )
        for told in self._reader.list(WorkSituation, scope=self._scope):
            yield from self._line("work", told, told.told_on, told.recorded_by, status=told.status)
            if told.status == "returned":
                yield from self._line("back_at_work", told, told.since, told.recorded_by, employer=told.employer or "")
        for episode in self._reader.list(Episode, scope=self._scope):
            if episode.status is not EpisodeStatus.WAITING:
                yield from self._line("opened", episode, episode.opened_on, episode.coach)
            yield from self._line(
                "closed",
                episode,
                episode.closed_on,
                episode.closed_by or episode.coach,
                reason=episode.closure_reason,
            )
        for given in self._reader.list(Handover, scope=self._scope):
            yield from self._line(
                "handed_over", given, given.at, given.recorded_by, name=name_of(self._people, given.after)
            )

    def _absence(self) -> Iterator[EventView]:
        for paper in self._reader.list(AbsenceEvidence, scope=self._scope):
            said = {"evidence": paper.kind, "until": days.long_day(paper.ends_on) if paper.ends_on else None}
            yield from self._line("evidence", paper, paper.recorded_on, paper.recorded_by, **said)
        for one in self._reader.list(Attachment, scope=self._scope):
            yield from self._line("brought", one, one.added_at, one.added_by, brought=one.kind)
            taken = one.removed_why or ""
            yield from self._line(
                "brought_removed", one, one.removed_on, one.removed_by, brought=one.kind, reason=taken
            )

    def _settling(self) -> Iterator[EventView]:
        for one in self._reader.list(Settling, scope=self._scope):
            yield from self._line("settled", one, one.at, one.by, text=one.why or "")

    def _agreements(self) -> Iterator[EventView]:
        for one in self._reader.list(Agreement, scope=self._scope):
            said = {"agreement": one.kind, "party": one.party, "party_name": one.party_name}
            yield from self._line("agreed" if one.given else "declined", one, one.at, one.recorded_by, **said)
            yield from self._line("withdrawn", one, one.withdrawn_at, one.withdrawn_by, **said)
        for limits in self._reader.list(LimitsSaid, scope=self._scope):
            yield from self._line("limits_said", limits, limits.at, limits.said_by)

    def _talks(self) -> Iterator[EventView]:
        for one in self._reader.list(
            Contact, scope=self._scope, status=[ContactStatus.DONE, ContactStatus.MISSED, ContactStatus.CANCELLED]
        ):
            kind = {ContactStatus.DONE: "contact", ContactStatus.MISSED: "contact_missed"}.get(
                one.status or ContactStatus.CANCELLED, "contact_cancelled"
            )
            words = {"purpose": one.purpose or "", "mode": one.mode, "place": one.place}
            yield from self._line(kind, one, one.done_at or one.due, one.owner, **words)

    def _assessing(self) -> Iterator[EventView]:
        done = (ResponseStatus.COMPLETED, ResponseStatus.AMENDED)
        for one in self._reader.list(Response, scope=self._scope, status=list(done)):
            yield from self._line(
                "measures", one, one.completed_at, one.author, form=one.form_title or "", mode=one.mode
            )
        for risk in self._reader.list(RiskConversation, scope=self._scope):
            yield from self._line("risk_raised", risk, risk.raised_at, form=risk.form_title, question=risk.question)
            yield from self._line("risk_recorded", risk, risk.done_at, risk.done_by)

    def _deciding(self) -> Iterator[EventView]:
        for one in self._reader.list(Discussion, scope=self._scope):
            yield from self._line("session", one, one.decided_at, outcome=one.outcome, decision=one.decision or "")
            yield from self._line("told", one, one.told_at, one.told_by)
        for added in self._reader.list(Addendum, scope=self._scope):
            yield from self._line("addendum", added, added.at, added.author, text=added.text or "")

    def _planning(self) -> Iterator[EventView]:
        for obstacle in self._reader.list(Obstacle, scope=self._scope):
            yield from self._line(
                "obstacle", obstacle, obstacle.noted_on, text=obstacle.text or "", obstacle_kind=obstacle.kind
            )
        for action in self._reader.list(Action, scope=self._scope, status=ActionStatus.DONE):
            yield from self._line("action_done", action, action.done_on, action.owner, text=action.text or "")
        plans = self._reader.list(Plan, scope=self._scope)
        for plan in plans:
            rule = self._site.plans.get(plan.type) if plan.type else None
            yield from self._line("plan", plan, plan.agreed_on, label=rule.label if rule else "", version=plan.version)
        versions = {plan.id: plan.version for plan in plans}
        for one in self._reader.list(Signatory, scope=self._scope):
            kind = {SignatureOutcome.SIGNED: "signed", SignatureOutcome.DECLINED: "signing_declined"}.get(
                one.outcome or SignatureOutcome.AWAITED, "signing_unable"
            )
            if one.outcome is not SignatureOutcome.AWAITED:
                version = versions.get(one.plan) if one.plan else None
                yield from self._line(kind, one, one.at, one.person, name=one.name, role=one.role, version=version)

    def _papers(self) -> Iterator[EventView]:
        papers = {one.id: one for one in self._reader.list(Document, scope=self._scope)}
        for paper in papers.values():
            yield from self._line("paper", paper, paper.made_at, paper.made_by, paper=paper.kind)
        brought = {one.id: one for one in self._reader.list(Attachment, scope=self._scope)}
        for said in self._reader.list(Approval, scope=self._scope):
            if said.document in brought:
                kind = "brought_agreed" if said.approved else "brought_refused"
                what, to = brought[said.document].kind, said.recipient_name
                yield from self._line(kind, said, said.at, said.recorded_by, brought=what, name=to)
                continue
            of = papers.get(said.document) if said.document else None
            kind = "paper_approved" if said.approved else "paper_refused"
            yield from self._line(kind, said, said.at, said.recorded_by, paper=of.kind if of else None)
        for one in self._reader.list(Release, scope=self._scope):
            if one.document in brought:
                what = brought[one.document].kind
                yield from self._line("brought_given", one, one.at, one.by, brought=what, name=one.recipient_name)
                continue
            of = papers.get(one.document) if one.document else None
            yield from self._line(
                "paper_given", one, one.at, one.by, paper=of.kind if of else None, recipient=one.recipient, how=one.how
            )
