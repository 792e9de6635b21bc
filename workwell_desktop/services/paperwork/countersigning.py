"""One plan signed on two laptops: the file is handed over, signed there, and taken in again here.

The laptop that signs needs nothing but the file and the person's own key. The one that takes it in believes nothing but
the signatures, and never puts another file in the place of the one it has: only the same one with more on it.
"""

from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.catalogue import text
from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditEvent, AuditKind, Document, PaperStatus
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Plan, PlanStatus, Signatory, SignatoryRole, SignatureOutcome
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services import whole_files
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import signed_apart
from workwell_desktop.services.paperwork._pens import PDF, Pen, Secret, hand, inked
from workwell_desktop.services.paperwork.paper_facts import title_of
from workwell_desktop.services.paperwork.paper_making import SIGNERS
from workwell_desktop.services.paperwork.register import judged
from workwell_desktop.services.planning.signing import finished
from workwell_desktop.store import Unit


def countersign(desk: Desk, pdf: bytes, place: Path, secret: Secret) -> None:
    """Adds the signature of whoever sits here to a paper that waits for it, and writes it to ``place``.

    The paper need not stand in this store's register. Raises BadInput ``paper_not_genuine`` and ``not_your_turn``,
    NoPermission, WrongPassphrase, ReadOnlyFolder, and those of a card; then nothing is written.
    """
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    from workwell_desktop.documents.signing import next_expected

    if _judged(desk, pdf).status != "incomplete":
        raise BadInput("paper_not_genuine")
    expected = next_expected(pdf)
    if expected is None or expected.device or expected.role not in set(SignatoryRole):
        raise BadInput("not_your_turn")
    role = SignatoryRole(expected.role)
    with desk.read() as reader:
        me = reader.get(Person, desk.me)
    with hand(desk, desk.me, secret) as own:
        if documents.key_print(own.signer.certificate) not in (expected.key or "").split():
            raise BadInput("not_your_turn")
        if not desk.site.may_sign_as(me.roles, role):
            raise NoPermission(role="", act=Act.TAKE_SIGNATURE.value)
        said = text("verify_page.statement")
        signed = inked(desk, pdf, Pen(role, own.signer, expected.name, title_of(me), me.registration_number, said))
    whole_files.write_chosen(place, lambda: signed)
    with desk.unit() as unit:
        unit.undoable = False
        unit.event(AuditEvent(kind=AuditKind.RELEASED, detail=Code("countersigned")))


def take_in(desk: Desk, document: Id, pdf: bytes) -> PaperStatus:
    """Puts a signed copy of a paper into the register: the file that stands there with more signatures on it.

    BadInput ``paper_not_genuine`` for one that was changed or that nobody of ours signed, ``paper_other`` for another
    paper, ``paper_not_newer`` for one with no signature more, and ``signed_apart`` where somebody here has signed the
    same revision since: both files are kept then, and people choose (``signed_apart.choose``).
    """
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    verdict = _judged(desk, pdf)
    if verdict.status not in signed_apart.GENUINE:
        raise BadInput("paper_not_genuine")
    with desk.unit() as unit:
        unit.undoable = False
        entry = unit.reader.get(Document, document)
        if entry.file is None or entry.content != verdict.content_hash:
            raise BadInput("paper_other")
        kept = unit.reader.blob(entry.file)
        if kept.startswith(pdf):
            raise BadInput("paper_not_newer")
        apart = not pdf.startswith(kept)
        if apart:
            signed_apart.keep(unit, entry, pdf)
        else:
            status = _taken_in(unit, entry, pdf, verdict)
    if apart:
        raise BadInput("signed_apart")
    return status


def _taken_in(unit: Unit, entry: Document, pdf: bytes, verdict: Verdict) -> PaperStatus:
    document = entry.id
    present = frozenset(one.field for one in verdict.signatures)
    status = PaperStatus.COMPLETE if present >= entry.expected else PaperStatus.AWAITING
    file = unit.blob(pdf, PDF, entry.scope)
    unit.set(Document, document, file=file, present=present, status=status)
    unit.event(
        AuditEvent(kind=AuditKind.OPENED, participant=entry.scope, record=document, detail=Code("signed_copy_taken_in"))
    )
    if entry.plan is not None:
        follow(unit, entry.plan, verdict)
    return status


def _judged(desk: Desk, pdf: bytes) -> Verdict:
    with desk.read() as reader:
        return judged(desk, reader, pdf)


def follow(unit: Unit, plan: Id, verdict: Verdict) -> None:
    """A person has signed the plan once every paper that wants their signature has it."""
    papers = [one for one in unit.reader.list(Document, plan=plan) if one.file is not None and one.kind is not None]
    times = {one.field: one.time for one in verdict.signatures}
    for signatory in unit.reader.list(Signatory, plan=plan):
        role = signatory.role
        if role is None or signatory.outcome is not SignatureOutcome.AWAITED:
            continue
        wanted = [one for one in papers if one.kind is not None and role in SIGNERS[one.kind]]
        if wanted and all(role.value in one.present for one in wanted):
            unit.set(Signatory, signatory.id, outcome=SignatureOutcome.SIGNED, at=times.get(role.value))
    found = unit.reader.get(Plan, plan)
    if found.status is PlanStatus.SIGNING:
        finished(unit, found)
