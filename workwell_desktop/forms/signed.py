"""The signatures that a form asks for: where one is needed now, what it stands for, and whether a response bears it.

A form says so with ``questionnaire-signatureRequired`` on itself or on an item; the response carries each as
``questionnaireresponse-signature`` at the same place (both FHIR R4 core extensions). FHIR binds a signature to nothing:
ours carries the digest of the answers as they stood, so that a later correction shows.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workwell_desktop.domain.values import Coding
from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.answers import written
from workwell_desktop.forms.model import Issue, Path
from workwell_desktop.forms.problems import issue
from workwell_desktop.forms.tree import Place
from workwell_desktop.forms.validate import label, not_begun, out_of_sight

if TYPE_CHECKING:
    from workwell_desktop.forms.run import Run

SIGNATURE = ext.FHIR + "questionnaireresponse-signature"
NOT_GIVEN = "https://workwell-desktop.example/codes/signature-not-given"
"""Our own: somebody would not or could not sign, and why. FHIR has no place for it."""
STANDS_FOR = "https://workwell-desktop.example/codes/signed-answers"
"""Our own, inside a signature: ``content`` and, where it does not stand at its item, ``path``."""


@dataclass(frozen=True, slots=True)
class Need:
    """One signature that is asked for now: at which path ("" for the form as a whole), of which kind, under what."""

    path: Path
    kind: Coding
    label: str
    link_id: str | None = None

    @property
    def code(self) -> str:
        """What tells two kinds at one place apart."""
        return self.kind.code or self.kind.display or ""


def needed(run: "Run") -> tuple[Need, ...]:
    """In the order of the form, the form itself last. What does not apply or is out of sight needs none; nor does an
    instance that nobody began."""
    if not run.form.signed:
        return ()
    found: list[Need] = []
    for place in run.all_places():
        item = place.item
        if item is None or not item.signature or not place.enabled or out_of_sight(place) or _not_begun(place):
            continue
        found += [Need(place.path, kind, label(item), item.link_id) for kind in item.signature]
    return (*found, *(Need("", kind, run.form.title) for kind in run.form.signature))


def _not_begun(place: Place) -> bool:
    item = place.item
    may_be_empty = item is not None and item.multiple and not item.required and not item.limits.min_occurs
    return (may_be_empty and not place.has_content()) or not_begun(place)


def content(run: "Run", left_out: Mapping[Path, str]) -> str:
    """SHA-256 (hex) over what was answered and what was left out and why, of what applies now.

    Neither words nor worked-out values count, which follow from the form and its answers, and an instance counts by
    its place among the others: the same answers have the same digest in another store.
    """
    lines: list[Any] = [run.form.digest]
    for place in run.all_places():
        if place.enabled and place.item is not None:
            if place.value is not None:
                kind = place.item.type
                values = place.value if isinstance(place.value, tuple) else (place.value,)
                lines.append([_where(place), [_plain(written(kind, one), one) for one in values]])
            elif place.path in left_out:
                lines.append([_where(place), left_out[place.path]])
    return hashlib.sha256(json.dumps(lines, sort_keys=True).encode()).hexdigest()


def _where(place: Place) -> list[Any]:
    found: list[Any] = []
    one: Place | None = place
    while one is not None and one.item is not None:
        beside = [other for other in one.parent.below if other.item is one.item] if one.parent is not None else [one]
        found[:0] = [one.item.link_id, beside.index(one)]
        one = one.parent
    return found


def _plain(made: Mapping[str, Any], value: Any) -> Any:
    """An answer as text that is the same however it was written: 5.0 is 5, and a moment is one in every zone."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    return {
        name: {key: _number(below) for key, below in part.items()} if isinstance(part, dict) else _number(part)
        for name, part in made.items()
    }


def _number(value: Any) -> Any:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def signatures_of(element: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The extensions of a response or of an item of it that say that it was signed, or was not and why."""
    for one in ext.extensions(element):
        signature = one.get("valueSignature")
        given = one["url"] == SIGNATURE and isinstance(signature, dict) and isinstance(signature.get("when"), str)
        if given or (one["url"] == NOT_GIVEN and isinstance(one.get("extension"), list)):
            yield one


def parts_of(extension: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of our own extension, of one that was not given or inside a signature; {} in a signature by others."""
    holder: Any = extension
    if extension["url"] == SIGNATURE:
        found = (one for one in ext.extensions(extension["valueSignature"]) if one["url"] == STANDS_FOR)
        holder = next(found, {})
    return {one["url"]: ext.value(one) for one in ext.extensions(holder)}


def unsigned(run: "Run", signatures: Mapping[Path, list[Mapping[str, Any]]], absent: Mapping[Path, str]) -> list[Issue]:
    """What a coach is told of a response as it was sent: what is not signed, and what was signed before a correction.
    ``absent`` are the codes of questions that were left out.

    A warning: it keeps the answers from being complete here, and does not make them wrong.
    """
    found: list[Issue] = []
    stands: str | None = None
    waiting = {path: list(listed) for path, listed in signatures.items()}
    for need in needed(run):
        there = waiting.get(need.path, [])
        own = next((one for one in there if kind_of(one) == need.code), there[0] if there else None)
        if own is None:
            kind = need.kind.display or need.kind.code or ""
            code = "signatureMissing" if kind else "signatureMissingPlain"
            sentence = issue("warning", code, need.link_id, label=need.label, kind=kind).message
            found.append(issue("warning", "signatureMissing", need.link_id, need.path or None, sentence))
            continue
        there.remove(own)
        signed = parts_of(own).get("content")
        if signed is not None:
            stands = stands or content(run, absent)
            if signed != stands:
                found.append(issue("warning", "signatureOutdated", need.link_id, need.path or None, label=need.label))
    return found


def kind_of(extension: Mapping[str, Any]) -> str:
    """The kind of signature, as ``Need.code`` has it; "" where the extension names none."""
    if extension["url"] == NOT_GIVEN:
        return str(parts_of(extension).get("kind") or "")
    listed = extension["valueSignature"].get("type")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], dict) else {}
    return str(first.get("code") or first.get("display") or "")
