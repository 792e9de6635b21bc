"""Single papers beside the plan: going back bit by bit, a card of whom to call, what a professional issues a report or
a fit note from, and a copy of everything on record.

The first two are the person's own, the next two are for one of ours whose profession may issue the paper, and the last
is what the law owes the person. None of them goes to an employer from here; those that the person may show at work hold
no word that an employer is not told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents.blocks import Composition
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperKind, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat, Participant, Party
from workwell_desktop.domain.plans import Plan
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Advice, AdviceKind
from workwell_desktop.errors import BadInput
from workwell_desktop.services import whole_files
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.paperwork._entering import entered
from workwell_desktop.services.paperwork.access_copies import Held, access_copy
from workwell_desktop.services.paperwork.handout_facts import advice_facts, adviser_of, card_facts, phased_facts
from workwell_desktop.services.paperwork.languages import translation
from workwell_desktop.services.paperwork.paper_formats import STANDARD, Format, chosen, format_for
from workwell_desktop.services.paperwork.paper_making import Made, document_id, words_hash
from workwell_desktop.services.paperwork.wording import catalogue_for
from workwell_desktop.store import Reader

HANDOUTS = (
    PaperKind.PHASED_RETURN,
    PaperKind.SERVICE_CARD,
    PaperKind.AHP_REPORT,
    PaperKind.FIT_NOTE_DRAFT,
    PaperKind.ACCESS_COPY,
)
LOOKS = tuple(one for one in PaperFormat if one is not PaperFormat.SIMPLE)
"""Formats that may be picked for one print; these papers are short and plain, so there is no simple version of them."""
TRANSLATED = frozenset({PaperKind.SERVICE_CARD})
"""Papers that can be in the person's language. What is shown at work is in the language of the work."""
ADVICE = {PaperKind.AHP_REPORT: AdviceKind.AHP_REPORT, PaperKind.FIT_NOTE_DRAFT: AdviceKind.FIT_NOTE}


@dataclass(frozen=True, slots=True)
class Handout:
    """A paper as it would go out. ``own``: it can be made in any format."""

    kind: PaperKind
    recipient_name: str
    pdf: bytes
    pages: int
    document: Id
    own: bool


def offered(desk: Desk, participant: Id) -> tuple[PaperKind, ...]:
    """Which of the papers can be made as the record stands, for whoever acts."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        found = [PaperKind.SERVICE_CARD]
        if episode is not None and (plan := _plan(reader, participant)) is not None:
            if phased_facts(desk, reader, plan, Id("0" * 32)).weeks:
                found.insert(0, PaperKind.PHASED_RETURN)
            found += [kind for kind, advice in ADVICE.items() if _draft(reader, participant, advice) is not None]
    if desk.may(Act.EXPORT):
        found.append(PaperKind.ACCESS_COPY)
    return tuple(found)


def handout(
    desk: Desk,
    participant: Id,
    kind: PaperKind,
    look: PaperFormat | None = None,
    language: str | None = None,
    held: Held | None = None,
) -> Handout:
    """One of HANDOUTS to look at, in the person's own format or in ``look``; a card of TRANSLATED in ``language`` too.
    A copy of everything goes without what is ``held`` back, and says so.

    Raises BadInput ``no_weeks``, ``no_draft``, ``no_plan`` where there is nothing to make it from, and
    ``unfit_for_employer`` with the word that somebody at work is not told, ``language_not_offered``. A copy of
    everything needs Act EXPORT.
    """
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        made = _made(desk, reader, participant, kind, look, language, held)
    pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
    own = made.recipient is Party.PARTICIPANT
    return Handout(kind, made.recipient_name or "", pdf, documents.pages(pdf), made.document, own)


def give_handout(
    desk: Desk,
    participant: Id,
    kind: PaperKind,
    how: ReleaseHow,
    look: PaperFormat | None = None,
    language: str | None = None,
    held: Held | None = None,
) -> bytes:
    """Gives it out; the register keeps the file and says to whom it went. Raises as ``handout``."""
    desk.allow(Act.PRINT if how is ReleaseHow.PRINTED else Act.RELEASE_PAPERS, Document)
    with desk.unit() as unit:
        unit.undoable = False
        made = _made(desk, unit.reader, participant, kind, look, language, held)
        pdf = documents.render(made.composition, made.style, rehearsal=desk.rehearsal)
        entered(desk, unit, made, participant, pdf)
    register.release(desk, made.document, how)
    return pdf


def save_handout(
    desk: Desk,
    participant: Id,
    kind: PaperKind,
    place: Path,
    look: PaperFormat | None = None,
    language: str | None = None,
    held: Held | None = None,
) -> None:
    """Writes it to a file that the person chose. Raises as ``handout``, and ReadOnlyFolder."""
    desk.allow(Act.RELEASE_PAPERS, Document)
    whole_files.write_chosen(
        place, lambda: give_handout(desk, participant, kind, ReleaseHow.SAVED, look, language, held)
    )


def _made(
    desk: Desk,
    reader: Reader,
    participant: Id,
    kind: PaperKind,
    look: PaperFormat | None,
    language: str | None,
    held: Held | None,
) -> Made:
    person = reader.get(Participant, participant)
    document = document_id(participant, kind)
    if language is not None and kind not in TRANSLATED:
        raise BadInput("language_not_offered")
    if language is not None:
        composition, recipient, name = _card(desk, reader, person, document, translation(desk, language))
    elif held and kind is PaperKind.ACCESS_COPY:
        composition, recipient, name = _access(desk, reader, person, document, held)
    else:
        composition, recipient, name = _MAKERS[kind](desk, reader, person, document)
    wanted: Format = chosen(look) if look is not None else format_for(person, kind)
    if recipient is not Party.PARTICIPANT:
        wanted = STANDARD
    return Made(kind, document, recipient, name, composition, words_hash(composition), wanted.style)


_Maker = Callable[[Desk, Reader, Participant, Id], tuple[Composition, Party, str | None]]


def _phased(desk: Desk, reader: Reader, person: Participant, document: Id) -> tuple[Composition, Party, str | None]:
    from workwell_desktop.documents import compose

    facts = phased_facts(desk, reader, _needed_plan(reader, person.id), document)
    if not facts.weeks:
        raise BadInput("no_weeks")
    words = catalogue_for(reader, desk.site, facts, facts.head.dated.year)
    return compose.phased_return(facts, words), Party.PARTICIPANT, person.name


def _card(
    desk: Desk, reader: Reader, person: Participant, document: Id, own: Catalogue | None = None
) -> tuple[Composition, Party, str | None]:
    from workwell_desktop.documents import compose

    facts = card_facts(desk, reader, person.id, document)
    words = catalogue_for(reader, desk.site, facts, facts.head.dated.year, own)
    return compose.service_card(facts, words), Party.PARTICIPANT, person.name


def _advice(kind: PaperKind) -> _Maker:
    def made(desk: Desk, reader: Reader, person: Participant, document: Id) -> tuple[Composition, Party, str | None]:
        from workwell_desktop.documents import compose

        plan = _needed_plan(reader, person.id)
        draft = _draft(reader, person.id, ADVICE[kind])
        if draft is None:
            raise BadInput("no_draft")
        facts = advice_facts(desk, reader, plan, draft, document)
        composed = compose.ahp_report if kind is PaperKind.AHP_REPORT else compose.fit_note_draft
        words = catalogue_for(reader, desk.site, facts, facts.head.dated.year)
        return composed(facts, words), Party.TEAM, facts.adviser

    return made


def _access(
    desk: Desk, reader: Reader, person: Participant, document: Id, held: Held | None = None
) -> tuple[Composition, Party, str | None]:
    desk.allow(Act.EXPORT)
    return access_copy(desk, reader, person, document, held), Party.PARTICIPANT, person.name


_MAKERS: dict[PaperKind, _Maker] = {
    PaperKind.PHASED_RETURN: _phased,
    PaperKind.SERVICE_CARD: _card,
    PaperKind.AHP_REPORT: _advice(PaperKind.AHP_REPORT),
    PaperKind.FIT_NOTE_DRAFT: _advice(PaperKind.FIT_NOTE_DRAFT),
    PaperKind.ACCESS_COPY: _access,
}


def _plan(reader: Reader, participant: Id) -> Plan | None:
    episode = present_episode(reader, participant)
    plans = reader.list(Plan, order_by="-version", episode=episode.id, limit=1) if episode else []
    return plans[0] if plans else None


def _needed_plan(reader: Reader, participant: Id) -> Plan:
    plan = _plan(reader, participant)
    if plan is None:
        raise BadInput("no_plan")
    return plan


def _draft(reader: Reader, participant: Id, kind: AdviceKind) -> Advice | None:
    """The newest draft by somebody whose profession may issue that paper now."""
    found = reader.list(Advice, order_by=("-at", "-id"), scope=participant, kind=kind)
    return next((one for one in found if one.text and adviser_of(reader, one) is not None), None)
