"""Signing on the spot in one act: who signs is settled, then coach, participant and clinician sign in their order."""

from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.plans import Plan, PlanStatus, Signatory, SignatoryRole, SignatureOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, WrongPassphrase
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork._pens import Secret
from workwell_desktop.services.planning import plans, signatories, signing
from workwell_desktop.services.planning.signing import Ink, Signed

__all__ = ["Hands", "Signed", "sign_together"]


@dataclass(frozen=True)
class Hands:
    """What the people in the room gave; whoever signs with a card gave its PIN (``CardPin``) for a passphrase.

    Of ``ink``, ``typed``, ``declined`` and ``unable`` one says what the participant did; the clinician may sign later,
    at any computer of the partnership."""

    coach: Id | None = None
    coach_passphrase: Secret = ""
    ink: Ink | None = None
    typed: str = ""
    declined: str | None = None
    unable: str | None = None
    clinician: Id | None = None
    clinician_passphrase: Secret = ""


def sign_together(desk: Desk, plan: Id, hands: Hands) -> Signed:
    """Takes every signature whose turn comes, as far as ``hands`` holds them.

    Nothing is signed before everybody's part was found whole: FieldsInvalid names ``coach``, ``clinician`` (a wrong
    passphrase), ``ink`` or ``reason``. A plan that was a draft is one again when its coach's passphrase was wrong.
    """
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        settled = reader.list(Signatory, plan=plan)
    begun = any(one.outcome is SignatureOutcome.SIGNED for one in settled)
    _whole(settled, hands, begun=begun)
    if hands.clinician_passphrase and hands.clinician is not None and isinstance(hands.clinician_passphrase, str):
        _known(desk, hands.clinician, hands.clinician_passphrase, "clinician")
    if not begun:
        signatories.settle_signatories(
            desk,
            plan,
            coach=hands.coach,
            clinician=hands.clinician,
            declined=hands.declined,
            unable=hands.unable,
        )
    try:
        return _signed(desk, plan, hands)
    except (WrongPassphrase, BadInput):
        if found.status is PlanStatus.DRAFT and not _begun(desk, plan):
            plans.change_the_plan(desk, plan)
        raise


def _begun(desk: Desk, plan: Id) -> bool:
    """Whether somebody has signed: a card that is pulled out later leaves what was signed before it."""
    with desk.read() as reader:
        return any(one.outcome is SignatureOutcome.SIGNED for one in reader.list(Signatory, plan=plan))


def _signed(desk: Desk, plan: Id, hands: Hands) -> Signed:
    done: Signed | None = None
    made: list[Id] = []
    not_made = []
    while (ask := signatories.next_signature(desk, plan)) is not None:
        if ask.role is SignatoryRole.COACH and hands.coach_passphrase:
            try:
                done = signing.sign_as_coach(desk, plan, hands.coach_passphrase)
            except WrongPassphrase:
                raise FieldsInvalid((("coach", "passphrase_wrong"),)) from None
        elif ask.role is SignatoryRole.PARTICIPANT and hands.ink is not None:
            done = signing.take_ink(desk, plan, hands.ink)
        elif ask.role is SignatoryRole.PARTICIPANT and hands.typed:
            done = signing.take_typed_name(desk, plan, hands.typed)
        elif ask.role is SignatoryRole.CLINICIAN and hands.clinician_passphrase and ask.person is not None:
            done = signing.sign_as_clinician(desk, plan, ask.person, hands.clinician_passphrase)
        else:
            break
        made += [one for one in done.documents if one not in made]
        not_made += list(done.not_made)
    if done is None:
        raise BadInput("not_your_turn")
    return Signed(tuple(made), tuple(not_made), done.next)


def _whole(settled: list[Signatory], hands: Hands, *, begun: bool) -> None:
    """Says at each field what lacks, before anything is written."""
    waiting = {one.role for one in settled if one.outcome is SignatureOutcome.AWAITED}
    problems = []
    if (not begun or SignatoryRole.COACH in waiting) and not hands.coach_passphrase:
        problems.append(("coach", "passphrase_missing"))
    refused = hands.declined is not None or hands.unable is not None
    if not begun or SignatoryRole.PARTICIPANT in waiting:
        if refused and not (hands.declined or hands.unable or "").strip():
            problems.append(("reason", "reason_not_given"))
        if not refused and hands.ink is None and not hands.typed.strip():
            problems.append(("ink", "ink_missing"))
    elif SignatoryRole.CLINICIAN in waiting and not hands.clinician_passphrase:
        problems.append(("clinician", "passphrase_missing"))
    if problems:
        raise FieldsInvalid(tuple(problems))


def _known(desk: Desk, person: Id, passphrase: str, field: str) -> None:
    try:
        desk.store.identity(person, passphrase, stays=False)
    except WrongPassphrase:
        raise FieldsInvalid(((field, "passphrase_wrong"),)) from None
