"""The letter to a service that was chosen, and the participant's card of an appointment.

A letter goes out under the same rules as every paper to somebody else: the person saw this very content and agreed
that this service gets it, and an agreement that is taken back stops it. The card is the person's own.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.catalogue import Catalogue, has, text
from workwell_desktop.documents.blocks import Composition, PaperStyle
from workwell_desktop.documents.facts import AppointmentFacts, Contact, CrisisLine, PaperHead, ReferralLetterFacts
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.appointments import Appointment
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.directory import ServiceLoop, Stage, Way, is_open, stage_of
from workwell_desktop.domain.episodes import Contact as Talk
from workwell_desktop.domain.episodes import ContactStatus, Episode
from workwell_desktop.domain.papers import Approval, ApprovalHow, Document, PaperKind, ReleaseHow
from workwell_desktop.domain.participants import (
    Agreement,
    AgreementKind,
    Need,
    Participant,
    Party,
)
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services import whole_files
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.paperwork._entering import entered
from workwell_desktop.services.paperwork.approval import state_of
from workwell_desktop.services.paperwork.languages import translation
from workwell_desktop.services.paperwork.paper_facts import PINNED, partnership_line, title_of
from workwell_desktop.services.paperwork.paper_formats import format_for
from workwell_desktop.services.paperwork.paper_making import Made, document_id, last_approval, words_hash
from workwell_desktop.services.paperwork.wording import catalogue_for
from workwell_desktop.store import Reader

HOW = {ApprovalHow.IN_ROOM: "in_room", ApprovalHow.ON_PAPER: "paper", ApprovalHow.TELEPHONE: "phone"}
"""How an agreement is written down that was given with the look at a paper."""


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter before it goes out. ``state`` as in ``ApprovalView``; ``content`` is what an agreement is held against.

    ``document`` is its entry in the register, which is there once it was given out.
    """

    recipient: str
    state: Code
    content: str
    pdf: bytes
    pages: int
    document: Id
    open: bool


def letter(desk: Desk, loop: Id) -> LetterView:
    """The letter to the service of a loop, as the records stand. Raises BadInput ``no_letter`` where they go alone."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        found = reader.get(ServiceLoop, loop)
        made = _letter(desk, reader, found)
        state, _last = state_of(reader, made, desk.clock.now())
    pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
    still = is_open(found)
    return LetterView(made.recipient_name or "", state, made.words, pdf, documents.pages(pdf), made.document, still)


def agree(desk: Desk, loop: Id, content: str, *, given: bool, how: ApprovalHow, reason: str = "") -> None:
    """The person saw this very letter, and said yes or no to this service getting it; both are written down.

    Raises BadInput ``paper_changed`` where the letter says something else by now.
    """
    desk.allow(Act.APPROVE_PAPERS, Approval)
    with desk.unit() as unit:
        unit.undoable = False
        made = _letter(desk, unit.reader, unit.reader.get(ServiceLoop, loop))
        if made.words != content:
            raise BadInput("paper_changed")
        scope, now = unit.reader.get(ServiceLoop, loop).scope, desk.clock.now()
        unit.add(
            Agreement(
                id=new_id(),
                scope=scope,
                kind=AgreementKind.SHARE,
                party=Party.SERVICE,
                party_name=made.recipient_name,
                given=given,
                how=Code(HOW[how]),
                said=words_or_none(reason),
                at=now,
                recorded_by=desk.me,
            )
        )
        unit.add(
            Approval(
                id=new_id(),
                scope=scope,
                document=made.document,
                content=content,
                recipient=Party.SERVICE,
                recipient_name=made.recipient_name,
                approved=given,
                how=how,
                read_out_by=desk.me if how is ApprovalHow.TELEPHONE else None,
                reason=words_or_none(reason),
                at=now,
                until=now + timedelta(days=desk.site.pace.approval_days) if given else None,
                recorded_by=desk.me,
            )
        )


def give(desk: Desk, loop: Id, how: ReleaseHow) -> bytes:
    """Gives the letter out and moves the loop to "sent". Raises NotApproved without an agreement that stands."""
    desk.allow(Act.PRINT if how is ReleaseHow.PRINTED else Act.RELEASE_PAPERS, Document)
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(ServiceLoop, loop)
        made = _letter(desk, unit.reader, found)
        state, _last = state_of(unit.reader, made, desk.clock.now())
        if state != "agreed":
            raise NotApproved()
        pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
        entered(desk, unit, made, found.scope, pdf)
        if stage_of(found) is Stage.CHOSEN:
            unit.set(ServiceLoop, loop, sent_on=desk.clock.today())
    return register.release(desk, made.document, how)


def save(desk: Desk, loop: Id, place: Path) -> None:
    """Writes the letter to a file that the person chose. Raises as ``give``, and ReadOnlyFolder."""
    desk.allow(Act.RELEASE_PAPERS, Document)
    whole_files.write_chosen(place, lambda: give(desk, loop, ReleaseHow.SAVED))


def card(desk: Desk, contact: Id, language: str | None = None) -> tuple[bytes, int]:
    """The participant's card of an appointment in their own format, to look at; and how many pages it has.

    ``language`` (BCP 47) is another than English. Raises BadInput ``no_moment``, ``language_not_offered``.
    """
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        made, _scope = _card(desk, reader, contact, language)
    pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
    return pdf, documents.pages(pdf)


def give_card(desk: Desk, contact: Id, how: ReleaseHow, language: str | None = None) -> bytes:
    """Gives the card to the person whose it is; the register says so. Raises as ``card``."""
    desk.allow(Act.PRINT if how is ReleaseHow.PRINTED else Act.RELEASE_PAPERS, Document)
    with desk.unit() as unit:
        unit.undoable = False
        made, scope = _card(desk, unit.reader, contact, language)
        pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
        entered(desk, unit, made, scope, pdf)
    return register.release(desk, made.document, how)


def save_card(desk: Desk, contact: Id, place: Path, language: str | None = None) -> None:
    """Writes the card to a file that the person chose. Raises as ``give_card``, and ReadOnlyFolder."""
    desk.allow(Act.RELEASE_PAPERS, Document)
    whole_files.write_chosen(place, lambda: give_card(desk, contact, ReleaseHow.SAVED, language))


def _letter(desk: Desk, reader: Reader, loop: ServiceLoop) -> Made:
    from workwell_desktop.documents import compose

    if loop.way is not Way.REFERRAL:
        raise BadInput("no_letter")
    person = reader.get(Participant, loop.scope)
    document = document_id(loop.id, PaperKind.REFERRAL_LETTER)
    agreed = last_approval(reader, document)
    yes = agreed is not None and agreed.approved and agreed.at is not None
    today = desk.clock.today()
    reach = (("phone", person.phone), ("email", person.email), ("note", person.contact_note))
    facts = ReferralLetterFacts(
        head=_head(desk, reader, document),
        service=loop.name or "",
        name=person.name,
        asked=loop.asked or "",
        contact=_contact(desk, reader, person.id),
        date_of_birth=person.birth_date,
        reach=tuple((text(f"loops.reach.{name}"), value) for name, value in reach if value),
        needs=tuple(_needs(person)),
        approved_on=london_day(agreed.at) if yes and agreed is not None and agreed.at else today,
    )
    composition = compose.referral_letter(facts, catalogue_for(reader, desk.site, facts, today.year))
    return _made(PaperKind.REFERRAL_LETTER, document, Party.SERVICE, loop.name, composition, PaperStyle.STANDARD)


def _card(desk: Desk, reader: Reader, contact: Id, language: str | None) -> tuple[Made, Id]:
    from workwell_desktop.documents import compose
    from workwell_desktop.documents.words import shared

    words = shared() if language is None else translation(desk, language)
    talk = reader.get(Talk, contact)
    held = reader.list(Appointment, contact=contact, limit=1)
    if talk.at is None or not held:
        raise BadInput("no_moment")
    person = reader.get(Participant, talk.scope)
    owner = reader.find(Person, talk.owner)
    document = document_id(contact, PaperKind.APPOINTMENT)
    facts = AppointmentFacts(
        head=PaperHead(document=document, partnership=desk.site.service.neutral_name, dated=desk.clock.today()),
        name=person.name,
        at=talk.at,
        minutes=held[0].minutes or 0,
        where=_where(talk, words),
        who=(owner.name if owner is not None else None) or desk.site.service.neutral_name,
        contact=_contact(desk, reader, person.id, neutral=True),
        interpreter=(held[0].language or "") if held[0].interpreter else None,
        cancelled=talk.status is ContactStatus.CANCELLED,
        crisis_lines=tuple(
            CrisisLine(label=line.label, number=line.number) for line in desk.site.crisis if line.code not in PINNED
        ),
    )
    style = format_for(person, PaperKind.APPOINTMENT).style
    composition = compose.appointment_card(facts, catalogue_for(reader, desk.site, facts, facts.head.dated.year, words))
    return _made(PaperKind.APPOINTMENT, document, Party.PARTICIPANT, person.name, composition, style), talk.scope


def _made(
    kind: PaperKind, document: Id, to: Party, name: str | None, composition: Composition, style: PaperStyle
) -> Made:
    return Made(kind, document, to, name, composition, words_hash(composition), style)


def _head(desk: Desk, reader: Reader, document: Id) -> PaperHead:
    partnership = reader.list(Partnership)[0]
    before = reader.find(Document, document)
    return PaperHead(
        document=document,
        partnership=partnership_line(desk.site, partnership),
        dated=desk.clock.today(),
        version=(before.version or 1) if before is not None else 1,
        controller=partnership.controller or desk.site.service.controller,
    )


def _contact(desk: Desk, reader: Reader, participant: Id, *, neutral: bool = False) -> Contact:
    """The coach, or the service where nobody coaches; on a card by first name, and with no address that says more."""
    service, partnership = desk.site.service, reader.list(Partnership)[0]
    episode = present_episode(reader, participant)
    coach = reader.find(Person, episode.coach) if isinstance(episode, Episode) and episode.coach else None
    fallback = service.neutral_name if neutral else service.name
    name = (coach.name if coach else None) or fallback
    return Contact(
        name=name.split()[0] if neutral and coach else name,
        phone=(coach.phone if coach else None) or partnership.phone or service.phone,
        hours=partnership.hours or service.hours,
        title=None if neutral or coach is None else title_of(coach),
        email=None if neutral else (coach.email if coach else None) or service.email,
    )


def _needs(person: Participant) -> list[str]:
    said = []
    for code in sorted(person.needs):
        words = text(f"person.needs.{code}") if has(f"person.needs.{code}") else code
        spoken = code == Need.INTERPRETER.value and person.language
        said.append(text("loops.needs_language", need=words, language=person.language) if spoken else words)
    return said


def _where(talk: Talk, words: Catalogue) -> str:
    mode = str(talk.mode or "room")
    said = words.text(f"papers.card.place.{mode}")
    return said if mode in ("phone", "video", "text") else talk.place or said
