"""In what order a plan is signed: coach, participant, clinician; minutes by the chair alone."""

from collections.abc import Iterable

from workwell_desktop.domain.plans import Signatory, SignatoryRole, SignatureOutcome

_PLACE = {
    SignatoryRole.COACH: 0,
    SignatoryRole.PARTICIPANT: 1,
    SignatoryRole.CLINICIAN: 2,
    SignatoryRole.CHAIR: 3,
}


def in_order(signatories: Iterable[Signatory]) -> list[Signatory]:
    """As they sign: the coach certifies first, the clinician's lock comes last."""
    return sorted(
        signatories, key=lambda one: (_PLACE.get(one.role or SignatoryRole.CHAIR, 9), one.position or "", one.id)
    )


def next_of(signatories: Iterable[Signatory]) -> Signatory | None:
    """Who is to sign now: the first who is still awaited."""
    return next((one for one in in_order(signatories) if one.outcome is SignatureOutcome.AWAITED), None)
