"""The chair's signature under the minutes: whole, again with what was added since, or under the paper of one case."""

from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperKind, PaperStatus, TeamDocument
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AgendaItem, Session, SessionStatus
from workwell_desktop.errors import BadInput, Locked, NoPermission
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting.minutes import make_case_minutes, make_minutes, minutes_id
from workwell_desktop.services.paperwork._pens import PDF, Hand, Pen, Secret, hand, inked, key_print, pages
from workwell_desktop.services.paperwork.paper_facts import statement_of, title_of
from workwell_desktop.services.paperwork.paper_making import Made
from workwell_desktop.store import Reader, Unit

CHAIR = frozenset({SignatoryRole.CHAIR.value})


def sign_minutes(desk: Desk, session: Id, secret: Secret, *, again: bool = False) -> Id:
    """The chair's signature under the minutes of a locked session; gives the register entry of the team.

    Locked where they are signed already, but ``again``: that makes a version which holds the addenda and co-signatures
    that came since, and the one before says that a newer one took its place.
    """
    desk.allow(Act.SIGN_AS_CHAIR, TeamDocument)
    with desk.read() as reader:
        found = _held(desk, reader, session)
    with hand(desk, desk.me, secret) as own, desk.store.unit(own.identity) as unit:
        unit.undoable = False
        version = _versions(unit.reader, TeamDocument, session) + 1
        if version > 1 and not again:
            raise Locked()
        paper = make_minutes(unit.reader, desk.site, session, key_print(own.signer.certificate), version=version)
        said = _entry(desk, unit, paper, own, version, found.scope)
        unit.add(TeamDocument(id=paper.document, scope=found.scope, session=session, **said))
        if version > 1:
            _superseded(unit, TeamDocument, minutes_id(session, version - 1), paper.document)
    return paper.document


def sign_case(desk: Desk, item: Id, secret: Secret) -> Id:
    """The paper of one case of a locked session, signed by its chair, in the register of whom it is about.

    Made again, it is the next version. NotApproved for a case that goes by its number alone.
    """
    desk.allow(Act.SIGN_AS_CHAIR, TeamDocument)
    with desk.read() as reader:
        line = reader.get(AgendaItem, item)
        if line.session is None or line.participant is None:
            raise BadInput("not_found")
        _held(desk, reader, line.session)
    with hand(desk, desk.me, secret) as own, desk.store.unit(own.identity) as unit:
        unit.undoable = False
        version = _versions(unit.reader, Document, item) + 1
        key = key_print(own.signer.certificate)
        paper = make_case_minutes(unit.reader, desk.site, item, key, version=version)
        said = _entry(desk, unit, paper, own, version, line.participant)
        unit.add(Document(id=paper.document, scope=line.participant, session=line.session, **said))
        if version > 1:
            _superseded(unit, Document, minutes_id(item, version - 1), paper.document)
    return paper.document


def _held(desk: Desk, reader: Reader, session: Id) -> Session:
    """The locked session, whose chair acts."""
    found = reader.get(Session, session)
    if found.status is not SessionStatus.LOCKED:
        raise BadInput("not_locked_yet")
    if found.chair != desk.me:
        raise NoPermission(role="", act=Act.SIGN_AS_CHAIR.value)
    return found


def _versions(reader: Reader, cls: type[Document | TeamDocument], owner: Id) -> int:
    """How many versions the register holds."""
    version = 0
    while reader.find(cls, minutes_id(owner, version + 1)) is not None:
        version += 1
    return version


def _entry(desk: Desk, unit: Unit, paper: Made, own: Hand, version: int, scope: Id) -> dict[str, Any]:
    """Draws and signs the paper; what the register says of it."""
    who = unit.reader.get(Person, desk.me)
    pen = Pen(
        SignatoryRole.CHAIR,
        own.signer,
        who.name or "",
        title_of(who),
        who.registration_number,
        statement_of(SignatoryRole.CHAIR, ""),
    )
    pdf = inked(desk, pages(desk, paper, own.identity), pen)
    return {
        "kind": PaperKind.MINUTES,
        "recipient": paper.recipient,
        "recipient_name": paper.recipient_name,
        "version": version,
        "status": PaperStatus.COMPLETE,
        "content": paper.composition.content_hash,
        "words": paper.words,
        "file": unit.blob(pdf, PDF, scope),
        "expected": CHAIR,
        "present": CHAIR,
        "made_at": desk.clock.now(),
        "made_by": desk.me,
    }


def _superseded(unit: Unit, cls: type[Document | TeamDocument], before: Id, now: Id) -> None:
    unit.set(cls, before, superseded_by=now, status=PaperStatus.SUPERSEDED)
