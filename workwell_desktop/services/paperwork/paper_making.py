"""From the records of a plan to a composition, and to the hash that the participant's approval is held against."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from workwell_desktop.catalogue import text
from workwell_desktop.documents.blocks import Composition, PaperCode, PaperStyle, SignatureBlock, canonical
from workwell_desktop.documents.facts import SignatoryFact
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import Approval, PaperKind
from workwell_desktop.domain.participants import Participant, Party
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Plan, Signatory, SignatoryRole, SignatureOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.site import Site
from workwell_desktop.services.assessing.measure_views import MeasureView
from workwell_desktop.services.lookup import staff
from workwell_desktop.services.paperwork.paper_facts import (
    employer_facts,
    gather,
    gp_facts,
    participant_facts,
    recipient_name,
    statement_of,
    title_of,
)
from workwell_desktop.services.paperwork.paper_formats import Format, format_for
from workwell_desktop.services.paperwork.wording import catalogue_for
from workwell_desktop.services.planning.signing_order import in_order
from workwell_desktop.store import Reader

RECIPIENTS = {
    PaperKind.PARTICIPANT_PLAN: Party.PARTICIPANT,
    PaperKind.GP_SUMMARY: Party.GP,
    PaperKind.EMPLOYER_SUMMARY: Party.EMPLOYER,
    PaperKind.MINUTES: Party.TEAM,
    PaperKind.AGENDA: Party.TEAM,
}
PLAN_PAPERS = (PaperKind.PARTICIPANT_PLAN, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY)
SIGNERS = {
    PaperKind.PARTICIPANT_PLAN: frozenset({SignatoryRole.COACH, SignatoryRole.PARTICIPANT, SignatoryRole.CLINICIAN}),
    PaperKind.GP_SUMMARY: frozenset({SignatoryRole.COACH, SignatoryRole.CLINICIAN}),
    PaperKind.EMPLOYER_SUMMARY: frozenset({SignatoryRole.COACH}),
}
"""Whose signature each paper carries. The employer's has the coach's alone: a therapist's title would say why."""


@dataclass(frozen=True)
class Made:
    """A composition for one recipient. ``words`` is the hash of what it says, without its date and who signs."""

    kind: PaperKind
    document: Id
    recipient: Party
    recipient_name: str | None
    composition: Composition
    words: str
    style: PaperStyle
    simple: bool = False


def document_id(owner: Id, kind: PaperKind) -> Id:
    """The register entry of one kind of paper of one plan or session: the same on every computer, so that two files
    signed apart meet in one field, where a person chooses."""
    return Id(hashlib.sha256(f"{owner}/{kind.value}".encode()).hexdigest()[:32])


def make(
    reader: Reader,
    site: Site,
    plan: Plan,
    kind: PaperKind,
    *,
    measures: tuple[MeasureView, ...],
    today: date,
    keys: dict[Id, str] | None = None,
    look: Format | None = None,
    worded_at: datetime | None = None,
) -> Made:
    """The paper of ``kind`` as the records stand. ``keys`` are key prints by signatory, given when it is to be signed.

    ``look`` is another format than the person's own; ``worded_at`` asks for the words of letters of that moment. What
    somebody agreed to says the day of that agreement, else today's.
    """
    from workwell_desktop.documents import compose

    look = look or format_for(reader.get(Participant, plan.scope), kind)
    found = gather(reader, site, plan, measures if kind is PaperKind.GP_SUMMARY else (), today)
    document = document_id(plan.id, kind)
    settled = reader.list(Signatory, plan=plan.id)
    signers = _signatories(settled, kind, staff(reader), keys or {}, found.person.called)
    agreed = last_approval(reader, document)
    agreed_on = london_day(agreed.at) if agreed is not None and agreed.approved and agreed.at else today
    if kind is PaperKind.PARTICIPANT_PLAN:
        composed = compose.simple_plan if look.simple else compose.participant_plan
        plan_facts = participant_facts(found, document, signers)
        composition = composed(
            plan_facts, catalogue_for(reader, site, plan_facts, plan_facts.head.dated.year, at=worded_at)
        )
    elif kind is PaperKind.GP_SUMMARY:
        gp = gp_facts(found, document, signers, agreed_on)
        composition = compose.gp_summary(gp, catalogue_for(reader, site, gp, gp.head.dated.year))
    else:
        told = employer_facts(found, document, signers, agreed_on)
        composition = compose.employer_summary(told, catalogue_for(reader, site, told, told.head.dated.year))
    name = recipient_name(found, kind)
    words = words_hash(composition)
    return Made(kind, document, RECIPIENTS[kind], name, composition, words, look.style, look.simple)


def words_hash(composition: Composition) -> str:
    """SHA-256 over what a paper says, whatever its day and whoever signs it."""
    said = tuple(block for block in composition.blocks if not isinstance(block, SignatureBlock | PaperCode))
    head = (composition.kind, composition.language, composition.title)
    return hashlib.sha256(canonical((head, said))).hexdigest()


def last_approval(reader: Reader, document: Id) -> Approval | None:
    """The newest answer of the participant about one paper."""
    answers = [one for one in reader.list(Approval, document=document) if one.at is not None]
    return max(answers, key=_when, default=None)


def _when(one: Approval) -> tuple[str, str]:
    return (one.at.isoformat() if isinstance(one.at, datetime) else "", one.id)


def _signatories(
    settled: Iterable[Signatory], kind: PaperKind, people: dict[Id, Person], keys: dict[Id, str], called: str
) -> tuple[SignatoryFact, ...]:
    facts = []
    for one in in_order(settled):
        if one.role is None or one.role not in SIGNERS[kind]:
            continue
        person = people.get(one.person) if one.person else None
        title = title_of(person) if person else text("paper_words.participant_title")
        facts.append(
            SignatoryFact(
                role=one.role,
                name=one.name or "",
                title=title,
                registration=person.registration_number if person else None,
                key=keys.get(one.id),
                outcome=one.outcome or SignatureOutcome.AWAITED,
                reason=one.reason,
                statement=statement_of(one.role, called),
            )
        )
    return tuple(facts)
