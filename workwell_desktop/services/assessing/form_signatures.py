"""Where the signatures of a form stand: awaited, given, or given before a correction that undid them.

FormSignature (latest at its place)  +  the answers now  ──▶  Signing, for each ``forms.signed.Need``
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from workwell_desktop.domain.form_signatures import FormSignature
from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.forms import Run
from workwell_desktop.forms.signed import Need, content, needed
from workwell_desktop.store import Reader

SVG = "image/svg+xml"


class SigningState(StrEnum):
    """``CORRECTED``: signed, or not and why, before an answer was corrected; it is asked for again."""

    AWAITED = "awaited"
    SIGNED = "signed"
    DECLINED = "declined"
    UNABLE = "unable"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature that a form asks for, and what came of it. ``given`` is what stands there, or stood there before
    the correction."""

    need: Need
    state: SigningState
    given: FormSignature | None = None

    @property
    def settled(self) -> bool:
        """Whether it keeps the form from completion no longer."""
        return self.state not in (SigningState.AWAITED, SigningState.CORRECTED)


def signings(run: Run, given: Sequence[FormSignature], left_out: Mapping[str, str]) -> tuple[Signing, ...]:
    """Every signature that is asked for now. ``given`` stand oldest first; ``left_out`` are codes by path."""
    asked = needed(run)
    if not asked:
        return ()
    latest = {(one.path or "", one.kind or ""): one for one in given}
    stands = content(run, left_out)
    return tuple(_signing(need, latest.get((need.path, need.code)), stands) for need in asked)


def _signing(need: Need, given: FormSignature | None, stands: str) -> Signing:
    if given is None or given.outcome is None or given.outcome is SignatureOutcome.AWAITED:
        return Signing(need, SigningState.AWAITED)
    state = SigningState(given.outcome.value) if given.content == stands else SigningState.CORRECTED
    return Signing(need, state, given)


def given_in(reader: Reader, response: Id) -> list[FormSignature]:
    """What was signed of one response, oldest first."""
    found = reader.list(FormSignature, order_by="id", response=response)
    return sorted(found, key=lambda one: one.at or datetime.min.replace(tzinfo=UTC))
