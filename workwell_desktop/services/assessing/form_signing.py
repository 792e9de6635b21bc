"""Signing what a form holds: ink on the spot, or the reason why there is none (declining is an outcome, not an error).

A signature stands for the answers as they were: its record keeps their digest, and a correction asks for it anew.
"""

from workwell_desktop.documents.kinds import Ink, Stroke
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import ResponseStatus
from workwell_desktop.domain.form_signatures import FormSignature
from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.errors import BadInput, Locked
from workwell_desktop.forms.signed import Need
from workwell_desktop.services.assessing._ink import svg
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.assessing.form_signatures import SVG, given_in
from workwell_desktop.services.desk import Desk

__all__ = ["Ink", "Stroke", "not_signed", "sign"]


def sign(desk: Desk, filling: Filling, path: str, kind: str, name: str, ink: Ink) -> None:
    """Keeps the ink of whoever is called ``name`` under the answers as they stand. ``path`` and ``kind`` are those of
    the ``Need`` (``kind`` its code).

    Raises Locked where the response is complete, and BadInput ``name_missing``, ``form_ink_missing``, or
    ``signature_not_asked`` where the form asks for no such signature now.
    """
    desk.allow(Act.TAKE_SIGNATURE, FormSignature)
    need = _need(filling, path, kind)
    if not name.strip():
        raise BadInput("name_missing")
    if sum(len(stroke.points) for stroke in ink.strokes) < 2:  # a single dot is nobody's name
        raise BadInput("form_ink_missing")
    _keep(desk, filling, need, name, SignatureOutcome.SIGNED, ink=ink)


def not_signed(desk: Desk, filling: Filling, path: str, kind: str, name: str, outcome: str, reason: str) -> None:
    """They would rather not sign (``declined``) or cannot (``unable``), and why. Raises as ``sign`` does, and BadInput
    ``reason_missing``."""
    desk.allow(Act.TAKE_SIGNATURE, FormSignature)
    need = _need(filling, path, kind)
    if not reason.strip():
        raise BadInput("reason_missing")
    said = SignatureOutcome(outcome)
    if said not in (SignatureOutcome.DECLINED, SignatureOutcome.UNABLE):
        raise BadInput("no_such_field")
    _keep(desk, filling, need, name, said, reason=reason.strip())


def _need(filling: Filling, path: str, kind: str) -> Need:
    if filling.status is not ResponseStatus.IN_PROGRESS:
        raise Locked()
    asked = (one.need for one in filling.signings())
    found = next((need for need in asked if (need.path, need.code) == (path, kind)), None)
    if found is None:
        raise BadInput("signature_not_asked")
    return found


def _keep(
    desk: Desk,
    filling: Filling,
    need: Need,
    name: str,
    outcome: SignatureOutcome,
    *,
    reason: str | None = None,
    ink: Ink | None = None,
) -> None:
    """In one unit of work, which nobody undoes by a key: what was signed is taken back by signing again."""
    with desk.unit() as unit:
        unit.undoable = False
        drawn = unit.blob(svg(ink), SVG, filling.participant) if ink is not None else None
        made = filling.signature(need, name, outcome, at=desk.clock.now(), by=desk.me, reason=reason, ink=drawn)
        for one in given_in(unit.reader, filling.response):
            if (one.path, one.kind) == (made.path, made.kind):
                unit.delete(FormSignature, one.id)  # the log keeps it
        unit.add(made)
        signed = given_in(unit.reader, filling.response)
    filling.signed = signed
    if drawn is not None and ink is not None:
        filling.inks[drawn.sha256] = ink
    filling.saved_at = desk.clock.now()
