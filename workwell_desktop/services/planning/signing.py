"""Signing on the spot: the coach certifies, the participant's ink is sealed by the device, the clinician is last.

The participant's plan carries every signature; the GP summary the coach's and the clinician's where one signs; the
employer's the coach's alone, because a therapist's title would say why.
"""

from dataclasses import dataclass, replace

from workwell_desktop.catalogue import text
from workwell_desktop.documents.kinds import DocumentSigner, Ink, Stroke
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Approval, Document, PaperKind, PaperStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.plans import (
    Plan,
    PlanStatus,
    Signatory,
    SignatoryRole,
    SignatureOutcome,
)
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, Locked, NoPermission
from workwell_desktop.services.assessing._ink import svg
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork._pens import PDF, Pen, Secret, hand, inked, keys_of, pages
from workwell_desktop.services.paperwork.approval import state_of
from workwell_desktop.services.paperwork.paper_facts import statement_of, title_of
from workwell_desktop.services.paperwork.paper_making import PLAN_PAPERS, SIGNERS, Made
from workwell_desktop.services.paperwork.paper_views import SignatureAsk
from workwell_desktop.services.paperwork.papers import make_paper
from workwell_desktop.services.planning.plan_versions import covered
from workwell_desktop.services.planning.signatories import ask_in
from workwell_desktop.services.planning.signing_order import next_of
from workwell_desktop.services.safekeeping._holding import refuse_held
from workwell_desktop.store import Identity, Reader, Unit

__all__ = [
    "Ink",
    "Signed",
    "Stroke",
    "sign_as_clinician",
    "sign_as_coach",
    "take_ink",
    "take_typed_name",
]


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature brought: the papers' register entries, and those that were not made with the reason's code
    (a state of ``ApprovalView``). ``next`` is who signs now, or None when everybody has."""

    documents: tuple[Id, ...]
    not_made: tuple[tuple[PaperKind, str], ...]
    next: SignatureAsk | None


def sign_as_coach(desk: Desk, plan: Id, secret: Secret) -> Signed:
    """Makes the papers that may be made and certifies them. The passphrase, or the PIN of the coach's card, is asked
    for at the moment of signing. A card that is pulled out meanwhile leaves everything as it was.

    A GP or employer paper that the participant did not agree to is not made, and the register says so.
    """
    desk.allow(Act.SIGN_AS_COACH, Plan)
    with desk.read() as reader:
        signatory = _next(reader, plan, SignatoryRole.COACH)
        if signatory.person != desk.me:
            raise NoPermission(role="", act=Act.SIGN_AS_COACH.value)
    with hand(desk, desk.me, secret) as own, desk.store.unit(own.identity) as unit:
        unit.undoable = False
        found = unit.reader.get(Plan, plan)
        pen = _pen(unit.reader, signatory, desk.me, own.signer)
        keys = _keys(unit.reader, plan, desk.store.device)
        made, not_made = [], []
        for kind in PLAN_PAPERS:
            paper = make_paper(desk, unit.reader, found, kind, keys)
            state, last = state_of(unit.reader, paper, desk.clock.now())
            if state in ("agreed", "not_needed"):
                made.append(_certified(desk, unit, found, paper, pen, own.identity))
            else:
                not_made.append((kind, str(state)))
                if state == "refused":
                    _refused(desk, unit, found, paper, last)
        unit.set(Plan, plan, covers=covered(unit.reader, found))
        _signed(desk, unit, signatory)
        return _outcome(unit, found, made, tuple(not_made))


def sign_as_clinician(desk: Desk, plan: Id, person: Id, secret: Secret) -> Signed:
    """The clinician's signature, the last one: nothing may follow it but a timestamp.

    ``person`` gives their own passphrase on this computer, whoever sits at it; what is written is theirs. With a card
    and its PIN the signature is theirs, and who is signed in writes down that it was given.
    """
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    with desk.read() as reader:
        signatory = _next(reader, plan, SignatoryRole.CLINICIAN)
        who = reader.get(Person, person)
        if signatory.person != person or not desk.site.may_sign_as(who.roles, SignatoryRole.CLINICIAN):
            raise NoPermission(role="", act=Act.SIGN_AS_CLINICIAN.value)
    with hand(desk, person, secret) as own, desk.store.unit(own.identity) as unit:
        unit.undoable = False
        return _added(desk, unit, plan, signatory, _pen(unit.reader, signatory, person, own.signer))


def take_ink(desk: Desk, plan: Id, ink: Ink) -> Signed:
    """The participant's ink, sealed by this computer's certificate."""
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    if not any(stroke.points for stroke in ink.strokes):
        raise BadInput("ink_missing")
    with desk.unit() as unit:
        unit.undoable = False
        signatory = _next(unit.reader, plan, SignatoryRole.PARTICIPANT)
        pen = _participant_pen(desk, unit.reader, signatory, ink)
        kept = unit.blob(svg(ink), "image/svg+xml", signatory.scope)
        unit.set(Signatory, signatory.id, ink=kept)
        return _added(desk, unit, plan, signatory, pen)


def take_typed_name(desk: Desk, plan: Id, name: str) -> Signed:
    """The participant types the name instead of drawing it; the paper says that it was typed."""
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    if not name.strip():
        raise BadInput("name_missing")
    with desk.unit() as unit:
        unit.undoable = False
        signatory = _next(unit.reader, plan, SignatoryRole.PARTICIPANT)
        pen = _participant_pen(desk, unit.reader, signatory, None)
        typed = text("paper_words.typed", name=name.strip())
        return _added(desk, unit, plan, signatory, replace(pen, statement=f"{typed}. {pen.statement}"))


def _next(reader: Reader, plan: Id, role: SignatoryRole) -> Signatory:
    """The signatory of ``role`` where it is their turn; Locked where the plan is not being signed, BadInput
    ``answers_apart`` while something that it says was written in two ways."""
    found = reader.get(Plan, plan)
    if found.status is not PlanStatus.SIGNING:
        raise Locked()
    refuse_held(reader, found.scope)
    waiting = next_of(reader.list(Signatory, plan=plan))
    if waiting is None or waiting.role is not role:
        raise BadInput("not_your_turn")
    return waiting


def _pen(reader: Reader, signatory: Signatory, who: Id, signer: DocumentSigner) -> Pen:
    person = reader.get(Person, who)
    called = reader.get(Participant, signatory.scope).called
    role = signatory.role or SignatoryRole.COACH
    return Pen(
        role,
        signer,
        signatory.name or "",
        title_of(person),
        person.registration_number,
        statement_of(role, called),
    )


def _participant_pen(desk: Desk, reader: Reader, signatory: Signatory, ink: Ink | None) -> Pen:
    called = reader.get(Participant, signatory.scope).called
    title = text("paper_words.participant_title")
    statement = statement_of(SignatoryRole.PARTICIPANT, called)
    signer = desk.identity.device_signer()
    return Pen(SignatoryRole.PARTICIPANT, signer, signatory.name or "", title, None, statement, ink)


def _keys(reader: Reader, plan: Id, device: Id) -> dict[Id, str]:
    """The prints of the keys of everybody who will sign, so that no other key can sign in their place."""
    keys = {}
    for one in reader.list(Signatory, plan=plan):
        holder = reader.find(Person, one.person) if one.person else reader.find(Device, device)
        prints = keys_of(reader, holder) if holder is not None else ""
        if prints:
            keys[one.id] = prints
    return keys


def _certified(desk: Desk, unit: Unit, plan: Plan, paper: Made, pen: Pen, identity: Identity) -> Id:
    """Makes one paper, signs it first, and enters it in the register."""
    pdf = inked(desk, pages(desk, paper, identity), pen)
    expected = frozenset(field.field for field in paper.composition.fields)
    entry = Document(
        id=paper.document,
        scope=plan.scope,
        plan=plan.id,
        kind=paper.kind,
        recipient=paper.recipient,
        recipient_name=paper.recipient_name,
        version=plan.version,
        status=PaperStatus.COMPLETE if expected == {pen.role.value} else PaperStatus.AWAITING,
        content=paper.composition.content_hash,
        words=paper.words,
        file=unit.blob(pdf, PDF, plan.scope),
        expected=expected,
        present=frozenset({pen.role.value}),
        made_at=desk.clock.now(),
        made_by=desk.me,
    )
    return unit.add(entry)


def _added(desk: Desk, unit: Unit, plan: Id, signatory: Signatory, pen: Pen) -> Signed:
    """One more signature on every paper that expects it, each as a new revision in the register."""
    found = unit.reader.get(Plan, plan)
    touched = []
    for entry in unit.reader.list(Document, plan=plan):
        if entry.file is None or entry.kind is None or pen.role not in SIGNERS[entry.kind]:
            continue
        if pen.role.value in entry.present:  # signed on another laptop, and taken in here
            continue
        pdf = inked(desk, unit.reader.blob(entry.file), pen)
        present = entry.present | {pen.role.value}
        status = PaperStatus.COMPLETE if present == entry.expected else PaperStatus.AWAITING
        unit.set(Document, entry.id, file=unit.blob(pdf, PDF, entry.scope), present=present, status=status)
        touched.append(entry.id)
    _signed(desk, unit, signatory)
    return _outcome(unit, found, touched, ())


def _refused(desk: Desk, unit: Unit, plan: Plan, paper: Made, last: Approval | None) -> None:
    unit.add(
        Document(
            id=paper.document,
            scope=plan.scope,
            plan=plan.id,
            kind=paper.kind,
            recipient=paper.recipient,
            recipient_name=paper.recipient_name,
            version=plan.version,
            status=PaperStatus.REFUSED,
            made_at=desk.clock.now(),
            made_by=desk.me,
            refused_reason=last.reason if last else None,
        )
    )


def _signed(desk: Desk, unit: Unit, signatory: Signatory) -> None:
    unit.set(Signatory, signatory.id, outcome=SignatureOutcome.SIGNED, at=desk.clock.now())


def _outcome(unit: Unit, plan: Plan, made: list[Id], not_made: tuple[tuple[PaperKind, str], ...]) -> Signed:
    return Signed(tuple(made), not_made, finished(unit, plan))


def finished(unit: Unit, plan: Plan) -> SignatureAsk | None:
    """Who signs now; where nobody is awaited, the plan counts as signed and takes the place of the one before."""
    ask = ask_in(unit.reader, plan.id)
    if ask is None:
        unit.set(Plan, plan.id, status=PlanStatus.SIGNED)
        _supersede(unit, plan)
    return ask


def _supersede(unit: Unit, plan: Plan) -> None:
    """Everybody has signed: the version before, and its papers, say what took their place."""
    before = unit.reader.find(Plan, plan.supersedes)
    if before is None:
        return
    unit.set(Plan, before.id, status=PlanStatus.SUPERSEDED)
    newer = {one.kind: one.id for one in unit.reader.list(Document, plan=plan.id)}
    for old in unit.reader.list(Document, plan=before.id):
        status = old.status if old.status is PaperStatus.REFUSED else PaperStatus.SUPERSEDED
        unit.set(Document, old.id, superseded_by=newer.get(old.kind), status=status)
