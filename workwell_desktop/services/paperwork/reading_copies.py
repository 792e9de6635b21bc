"""A plan in another format, to read: large print, the simple version or high contrast of what was signed.

The signed file stays the one that counts. A copy is made from the records, and only while they still say what the
signed plan says; it has no places for signatures. It can be in another language too (see ``languages``).
"""

from dataclasses import replace
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditEvent, AuditKind, Document, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.participants import PaperFormat, Participant, Party
from workwell_desktop.domain.plans import Plan
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput
from workwell_desktop.services import whole_files
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork._pens import PDF
from workwell_desktop.services.paperwork.languages import translation
from workwell_desktop.services.paperwork.paper_facts import gather, participant_facts
from workwell_desktop.services.paperwork.paper_formats import Format, chosen, format_for
from workwell_desktop.services.paperwork.paper_making import make
from workwell_desktop.services.paperwork.wording import catalogue_for
from workwell_desktop.store import Reader

BASIS = Code("own_copy")


def may_copy(desk: Desk, document: Id) -> bool:
    """Whether a paper is the participant's plan, made and not superseded, so that a copy to read can be offered."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        paper = reader.find(Document, document)
        return paper is not None and _is_plan(paper)


def own_format(desk: Desk, participant: Id) -> Format:
    """In which format the person's own plan is made, by what they need and chose."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        return format_for(reader.get(Participant, participant), PaperKind.PARTICIPANT_PLAN)


def reading_copy(desk: Desk, document: Id, look: PaperFormat, language: str | None = None) -> bytes:
    """The plan of a register entry in another format, to look at; ``language`` (BCP 47) is another than English.

    Raises BadInput ``paper_changed`` where the records say something else by now, ``not_found`` for another paper,
    ``language_not_offered`` for a language that whoever acts may not use.
    """
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        return _copy(desk, reader, reader.get(Document, document), chosen(look), language)


def give_copy(desk: Desk, document: Id, look: PaperFormat, how: ReleaseHow, language: str | None = None) -> bytes:
    """Gives the copy to the participant; the register says so. Raises as ``reading_copy``."""
    desk.allow(Act.PRINT if how is ReleaseHow.PRINTED else Act.RELEASE_PAPERS, Document)
    with desk.unit() as unit:
        unit.undoable = False
        paper = unit.reader.get(Document, document)
        pdf = _copy(desk, unit.reader, paper, chosen(look), language)
        unit.add(
            Release(
                id=new_id(),
                scope=paper.scope,
                document=document,
                recipient=Party.PARTICIPANT,
                recipient_name=unit.reader.get(Participant, paper.scope).name,
                how=how,
                basis=BASIS,
                at=desk.clock.now(),
                by=desk.me,
                content=unit.blob(pdf, PDF, paper.scope).sha256,
            )
        )
        kind = AuditKind.PRINTED if how is ReleaseHow.PRINTED else AuditKind.RELEASED
        unit.event(AuditEvent(kind=kind, participant=paper.scope, record=document, detail=Code(look.value)))
    return pdf


def save_copy(desk: Desk, document: Id, look: PaperFormat, place: Path, language: str | None = None) -> None:
    """Writes the copy to a file that the person chose. Raises as ``reading_copy``, and ReadOnlyFolder."""
    desk.allow(Act.RELEASE_PAPERS, Document)
    whole_files.write_chosen(place, lambda: give_copy(desk, document, look, ReleaseHow.SAVED, language))


def _is_plan(paper: Document) -> bool:
    there = paper.file is not None and paper.superseded_by is None
    return there and paper.kind is PaperKind.PARTICIPANT_PLAN and paper.plan is not None


def _copy(desk: Desk, reader: Reader, paper: Document, look: Format, language: str | None) -> bytes:
    from workwell_desktop.documents import compose

    if not _is_plan(paper):
        raise BadInput("not_found")
    plan = reader.get(Plan, paper.plan or Id(""))
    today = desk.clock.today()
    kinds = (replace(look, simple=simple) for simple in (False, True))
    kind, then = PaperKind.PARTICIPANT_PLAN, paper.made_at
    # a copy says what the signed plan says, also where the partnership words its plans in another way by now
    said = {
        make(reader, desk.site, plan, kind, measures=(), today=today, look=one, worded_at=then).words for one in kinds
    }
    if paper.words not in said:
        raise BadInput("paper_changed")
    facts = replace(participant_facts(gather(reader, desk.site, plan, (), today), paper.id, ()), to_read=True)
    own = None if language is None else translation(desk, language)
    words = catalogue_for(reader, desk.site, facts, facts.head.dated.year, own, at=then)
    composition = compose.simple_plan(facts, words) if look.simple else compose.participant_plan(facts, words)
    return documents.render(composition, look.style, rehearsal=desk.rehearsal)
