"""The document register: what was made, who has signed, what took its place, and to whom it was given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import (
    AuditEvent,
    AuditKind,
    Document,
    PaperKind,
    PaperStatus,
    Release,
    ReleaseHow,
    TeamDocument,
)
from workwell_desktop.domain.participants import Participant, Party
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services import whole_files
from workwell_desktop.services.administration import revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties.red_flags import pause_in
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.paperwork.approval import approval_for
from workwell_desktop.services.paperwork.paper_views import PaperLine, PersonPaper, ReleaseLine, SessionPapers
from workwell_desktop.services.paperwork.papers_outside import STAMP_ROOTS, stamp_roots
from workwell_desktop.services.safekeeping._holding import held_by, refuse_held
from workwell_desktop.store import Reader, Unit

ORDER = tuple(SignatoryRole)


def list_papers(desk: Desk, participant: Id) -> list[PaperLine]:
    """The register of one person, newest first, refused ones included."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        people = staff(reader)
        given: dict[Id, list[Release]] = {}
        for one in reader.list(Release, order_by="at", scope=participant):
            if one.document is not None:
                given.setdefault(one.document, []).append(one)
        papers = reader.list(Document, order_by=("-made_at", "-version"), scope=participant)
        return [_line(one, people, given.get(one.id, [])) for one in papers]


def list_everybody(desk: Desk, limit: int = 200) -> list[PersonPaper]:
    """The newest papers of everybody, by person, the person with the newest paper first; refused ones included."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        people = staff(reader)
        papers = reader.list(Document, order_by=("-made_at", "-version"), limit=limit)
        persons = {scope: reader.get(Participant, scope) for scope in dict.fromkeys(one.scope for one in papers)}
        return [
            PersonPaper(who.name, who.birth_date, _line(one, people, []))
            for scope, who in persons.items()
            for one in papers
            if one.scope == scope
        ]


def paper_line(desk: Desk, document: Id) -> PaperLine:
    """One entry of the register, of a person or of the team, with to whom it was given."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        given = reader.list(Release, order_by="at", document=document)
        paper = _paper(reader, document)
        held = reader.find(Session, paper.session)
        on = london_day(held.starts_at) if held is not None and held.starts_at is not None else None
        return replace(_line(paper, staff(reader), given), session=paper.session, session_on=on)


def plan_of(desk: Desk, document: Id) -> Id | None:
    """The plan that a paper says, or None for one of a session."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        paper = _paper(reader, document)
    return paper.plan if isinstance(paper, Document) else None


def page_images(desk: Desk, pdf: bytes, width: int, most: int | None = None) -> list[bytes]:
    """Every page of a paper as PNG, or the first ``most``, ``width`` pixels wide, held in memory alone."""
    desk.allow(Act.READ, Document)
    pages = documents.pages(pdf)
    return [documents.page_png(pdf, page, width) for page in range(pages if most is None else min(pages, most))]


def save_as(desk: Desk, document: Id, place: Path) -> None:
    """Writes a paper to a file that the person chose; a release is recorded. Raises as ``release``, ReadOnlyFolder.

    Whether the file can be written is tried first, so that nothing is recorded as given that was not.
    """
    desk.allow(Act.RELEASE_PAPERS, _kind(desk, document))
    whole_files.write_chosen(place, lambda: release(desk, document, ReleaseHow.SAVED))


def list_session_papers(desk: Desk, session: Id) -> list[PaperLine]:
    """The register of one session: agenda and minutes."""
    desk.allow(Act.READ, TeamDocument)
    with desk.read() as reader:
        people = staff(reader)
        papers = reader.list(TeamDocument, order_by="-made_at", session=session)
        return [_line(one, people, []) for one in papers]


def list_sessions_papers(desk: Desk, limit: int = 60) -> list[SessionPapers]:
    """Agenda, minutes and papers of one case, by session, the newest session first; newer versions first.

    Of sessions to come only those whose agenda was sent.
    """
    desk.allow(Act.READ, TeamDocument)
    with desk.read() as reader:
        held = [one for one in reader.list(Session, order_by="-starts_at", limit=limit) if one.starts_at and one.team]
        ids = {one.id for one in held}
        if not ids:
            return []
        people, teams = staff(reader), {one.id: one.name or "" for one in reader.list(Team)}
        newest = ("-made_at", "-version")
        found: list[Document | TeamDocument] = [*reader.list(TeamDocument, order_by=newest, session=ids)]
        if desk.may(Act.READ, Document):
            found += reader.list(Document, order_by=newest, session=ids, kind=PaperKind.MINUTES)
        about = {one.scope for one in found if isinstance(one, Document)}
        names = {one.id: one.name for one in reader.list(Participant, id=about)} if about else {}
    lines = []
    for one in held:
        papers = [paper for paper in found if paper.session == one.id]
        locked = one.status is SessionStatus.LOCKED
        minutes = any(isinstance(paper, TeamDocument) and paper.kind is PaperKind.MINUTES for paper in papers)
        if not papers and not locked:
            continue
        assert one.starts_at is not None and one.team is not None  # noqa: S101, PT018 - the others were left out
        order = {PaperKind.MINUTES: 0, PaperKind.AGENDA: 2}
        papers.sort(
            key=lambda paper: (
                paper.superseded_by is not None,
                isinstance(paper, Document) or order.get(paper.kind or PaperKind.AGENDA, 2),
            )
        )
        lines.append(
            SessionPapers(
                session=one.id,
                team=teams.get(one.team, ""),
                on=london_day(one.starts_at),
                locked=locked,
                unsigned=locked and not minutes,
                papers=tuple(
                    (names.get(paper.scope, "") if isinstance(paper, Document) else "", _line(paper, people, []))
                    for paper in papers
                ),
            )
        )
    return lines


def paper_bytes(desk: Desk, document: Id) -> bytes:
    """The newest revision of a paper in the register, to look at inside the window; written down as opened."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        paper = _paper(reader, document)
        pdf = _bytes(reader, paper)
    desk.noted(AuditKind.OPENED, paper.scope if isinstance(paper, Document) else None, document)
    return pdf


def release(
    desk: Desk, document: Id, how: ReleaseHow, *, recipient: Party | None = None, recipient_name: str | None = None
) -> bytes:
    """Gives a paper out: printed, saved or handed over. Gives its bytes and writes a release and an audit event.

    ``recipient`` is the paper's own where nobody else is named; the participant may have a copy of any paper about
    them. NotApproved for a GP or employer without an approval of this very content that still stands; nobody but its
    own recipient otherwise. BadInput ``paper_superseded`` for one that a newer version took the place of, and
    ``seen_first`` for an employer while the person waits to be seen after a red or orange flag, ``answers_apart``
    while something that such a paper says waits for a choice between two answers.
    """
    desk.allow(Act.PRINT if how is ReleaseHow.PRINTED else Act.RELEASE_PAPERS, _kind(desk, document))
    with desk.unit() as unit:
        paper = _paper(unit.reader, document)
        if paper.status is PaperStatus.SUPERSEDED or paper.superseded_by is not None:
            raise BadInput("paper_superseded")
        pdf = _bytes(unit.reader, paper)
        to = recipient or paper.recipient
        if isinstance(paper, Document):
            name = recipient_name or (paper.recipient_name if to is paper.recipient else None)
            _released(desk, unit, paper, how, to, name)
        elif to is not Party.TEAM:
            raise NotApproved()
        unit.undoable = False
        unit.event(
            AuditEvent(
                kind=AuditKind.PRINTED if how is ReleaseHow.PRINTED else AuditKind.RELEASED,
                participant=paper.scope if isinstance(paper, Document) else None,
                record=document,
                detail=Code(how.value),
            )
        )
    return pdf


def given_bytes(desk: Desk, release: Id) -> bytes:
    """The very file that went out then, whoever has signed since; written down as opened. Raises BadInput
    ``not_found`` for what was given out before the register kept its hash, and for a case, which is not kept."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        given = reader.get(Release, release)
        if given.content is None or not reader.has_blob(given.content):
            raise BadInput("not_found")
        pdf = reader.blob(given.content)
    desk.noted(AuditKind.OPENED, given.scope, given.document)
    return pdf


def may_release(desk: Desk, document: Id) -> bool:
    """Whether a paper may go to its own recipient now, for a page that wants to know which buttons to offer."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        paper = _paper(reader, document)
        if paper.file is None or paper.superseded_by is not None or paper.status is PaperStatus.SUPERSEDED:
            return False
        if not isinstance(paper, Document) or paper.recipient in (Party.PARTICIPANT, Party.TEAM):
            return True
        if paper.recipient is Party.EMPLOYER and (
            pause_in(reader, paper.scope) is not None or held_by(reader, paper.scope)
        ):
            return False
        return approval_for(reader, paper, desk.clock.now()) is not None


def held_back(desk: Desk, document: Id) -> bool:
    """Whether a paper for an employer waits because the person is to be seen first, whatever they agreed to."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        paper = _paper(reader, document)
        return (
            isinstance(paper, Document)
            and paper.recipient is Party.EMPLOYER
            and pause_in(reader, paper.scope) is not None
        )


def verify_paper(desk: Desk, pdf: bytes, trust: Sequence[bytes] | None = None) -> Verdict:
    """Whether a file is genuine, by this partnership's roots and register: one that was superseded is said to be.

    A signed file that does not begin as the one that the register keeps under the same content is called changed.
    ``trust`` are other roots (DER) to go by."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        return judged(desk, reader, pdf, trust)


def judged(desk: Desk, reader: Reader, pdf: bytes, trust: Sequence[bytes] | None = None) -> Verdict:
    """The same within a look at the store, for acts that judge a file before they go on."""
    desk.allow(Act.READ, Document)
    return documents.verify(
        pdf,
        desk.store.trust() if trust is None else trust,
        KnownPapers(reader),
        stamp_roots(desk.store.settings.get(STAMP_ROOTS)),
        crls=revocation.lists(reader),
        now=desk.clock.now(),
    )


class KnownPapers:
    """The register as ``documents.verify`` asks it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def superseded_on(self, content_hash: str) -> date | None:
        """The London day on which a newer version took the place of this content, or None."""
        for cls in (Document, TeamDocument):
            for paper in self._reader.list(cls, content=content_hash):
                newer = self._reader.find(cls, paper.superseded_by)
                if newer is not None and newer.made_at is not None:
                    return london_day(newer.made_at)
                if paper.status is PaperStatus.SUPERSEDED:
                    # the newer version has no paper for this recipient: it was the day when that was signed
                    return london_day(max(line.at for line in self._reader.history(paper.id, "status")))
        return None

    def newer_version(self, content_hash: str) -> int | None:
        """The number of the version that took the place of this content and that nothing took the place of."""
        for cls in (Document, TeamDocument):
            for paper in self._reader.list(cls, content=content_hash):
                seen = {paper.id}
                newer = self._reader.find(cls, paper.superseded_by)
                while newer is not None and newer.id not in seen:
                    seen.add(newer.id)
                    following = self._reader.find(cls, newer.superseded_by)
                    if following is None:
                        return newer.version
                    newer = following
        return None

    def kept_since(self, content_hash: str, start: bytes) -> datetime | None:
        """The moment of the first change by which a file that begins so came into the register, or None."""
        moments = []
        for cls in (Document, TeamDocument):
            for paper in self._reader.list(cls, content=content_hash):
                for line in self._reader.history(paper.id, "file"):
                    ref = line.value
                    held = isinstance(ref, BlobRef) and self._reader.has_blob(ref) and self._reader.blob(ref)
                    if held and held.startswith(start):
                        moments.append(line.at)
        return min(moments, default=None)

    def revoked(self) -> list[tuple[bytes, int, datetime]]:
        """What the records of this partnership call back, listed and signed already or not."""
        return revocation.known(self._reader)

    def files(self, content_hash: str) -> tuple[bytes, ...]:
        """The signed files that the register keeps under this content."""
        return tuple(
            self._reader.blob(paper.file)
            for cls in (Document, TeamDocument)
            for paper in self._reader.list(cls, content=content_hash)
            if paper.file is not None and paper.present and self._reader.has_blob(paper.file)
        )


def _kind(desk: Desk, document: Id) -> type[Document | TeamDocument]:
    """Whether a paper is of a person or of the team: who coordinates gives out the team's alone."""
    with desk.read() as reader:
        return TeamDocument if reader.find(TeamDocument, document) is not None else Document


def _paper(reader: Reader, document: Id) -> Document | TeamDocument:
    return reader.find(Document, document) or reader.get(TeamDocument, document)


def _bytes(reader: Reader, paper: Document | TeamDocument) -> bytes:
    if paper.file is None:
        raise NotApproved() if paper.status is PaperStatus.REFUSED else BadInput("not_found")
    return reader.blob(paper.file)


def _released(desk: Desk, unit: Unit, paper: Document, how: ReleaseHow, to: Party | None, name: str | None) -> None:
    now = desk.clock.now()
    approval, basis = None, "own_copy"
    if to is not Party.PARTICIPANT:
        if to is not paper.recipient or (name is not None and name != paper.recipient_name):
            raise NotApproved()
        if to is Party.EMPLOYER and pause_in(unit.reader, paper.scope) is not None:
            raise BadInput("seen_first")
        if to is Party.EMPLOYER:
            refuse_held(unit.reader, paper.scope)
        basis = "team" if to is Party.TEAM else "approval"
        approval = None if to is Party.TEAM else approval_for(unit.reader, paper, now)
        if approval is None and to is not Party.TEAM:
            raise NotApproved()
    if name is None and to is Party.PARTICIPANT:
        name = unit.reader.get(Participant, paper.scope).name
    unit.add(
        Release(
            id=new_id(),
            scope=paper.scope,
            document=paper.id,
            recipient=to,
            recipient_name=name,
            how=how,
            basis=Code(basis),
            approval=approval.id if approval else None,
            at=now,
            by=desk.me,
            content=paper.file.sha256 if paper.file else None,
        )
    )


def line_of(reader: Reader, one: Document | TeamDocument) -> PaperLine:
    """One entry as the pages show it, without to whom it was given."""
    return _line(one, staff(reader), [])


def _line(one: Document | TeamDocument, people: dict[Id, Person], given: list[Release]) -> PaperLine:
    awaiting = {field.rstrip("0123456789") for field in one.expected - one.present}
    return PaperLine(
        document=one.id,
        kind=one.kind or PaperKind.PARTICIPANT_PLAN,
        participant=one.scope if isinstance(one, Document) else None,
        recipient=one.recipient,
        recipient_name=one.recipient_name,
        version=one.version or 1,
        status=one.status or PaperStatus.DRAFT,
        made_at=one.made_at,
        made_by=name_of(people, one.made_by),
        expected=len(one.expected),
        present=len(one.present),
        awaiting=tuple(role for role in ORDER if role.value in awaiting) if one.file else (),
        refused_reason=one.refused_reason,
        made=one.file is not None,
        superseded=one.superseded_by is not None or one.status is PaperStatus.SUPERSEDED,
        releases=tuple(
            ReleaseLine(
                each.recipient,
                each.recipient_name,
                each.how,
                each.at,
                name_of(people, each.by),
                each.id,
                each.content is not None,
            )
            for each in given
            if each.how is not None and each.at is not None
        ),
    )
