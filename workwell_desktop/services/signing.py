"""Signing on the spot: the coach certifies, the participant's ink is sealed by the device, the clinician is last.

The participant's plan carries every signature; the GP and employer summaries carry the coach's, and the clinician's
where one signs; minutes carry the chair's.
"""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paper_views import SignatureAsk


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line of ink: points from 0 to 1 in the width of the field, with the same unit downwards."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature brought: the papers' register entries, and those that were not made with the reason's code."""

    documents: tuple[Id, ...]
    refused: tuple[tuple[PaperKind, str], ...]
    next: SignatureAsk | None


def settle_signatories(
    desk: Desk, plan: Id, *, clinician: Id | None = None, declined: str | None = None, unable: str | None = None
) -> tuple[Id, ...]:
    """Says who signs, before the first signature: coach, participant, and a clinician where the site or a person asks.

    ``declined`` or ``unable``: the participant will not or cannot sign, with the reason; then there is no field for
    them but a printed line. BadInput lists what the plan still lacks.
    """
    raise NotImplementedError


def next_signature(desk: Desk, plan: Id) -> SignatureAsk | None:
    """Who signs next, and the words they put their name to; None when nobody is awaited."""
    raise NotImplementedError


def sign_as_coach(desk: Desk, plan: Id, passphrase: str) -> Signed:
    """Makes the papers that may be made and certifies them. The passphrase is asked for at the moment of signing."""
    raise NotImplementedError


def sign_as_clinician(desk: Desk, plan: Id, person: Id, passphrase: str) -> Signed:
    """The clinician's signature, the last one: nothing may follow it but a timestamp."""
    raise NotImplementedError


def take_ink(desk: Desk, plan: Id, strokes: tuple[Stroke, ...]) -> Signed:
    """The participant's ink, sealed by this computer's certificate."""
    raise NotImplementedError


def take_typed_name(desk: Desk, plan: Id, name: str) -> Signed:
    """The participant types the name instead of drawing it."""
    raise NotImplementedError


def sign_minutes(desk: Desk, session: Id, passphrase: str) -> Id:
    """The chair's signature under the minutes of a locked session; gives the register entry of the team."""
    raise NotImplementedError
