"""Signatures under answers as FHIR R4, and back: each at its item, or at the response for the form as a whole."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workwell_desktop.domain.form_signatures import FormSignature
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.forms import Reading, Run, link_id_of
from workwell_desktop.forms.signed import NOT_GIVEN, SIGNATURE, STANDS_FOR, content, kind_of, parts_of
from workwell_desktop.services.assessing.form_signatures import given_in
from workwell_desktop.services.fhir.fhir_parts import Resource, clean, to
from workwell_desktop.store import Reader, Unit


def of_response(reader: Reader, run: Run, response: Id, person: Participant) -> dict[str, list[Resource]]:
    """``extensions`` of everything that was signed of a response."""
    given = given_in(reader, response)
    drawn = {one.ink.sha256 for one in given if one.ink is not None and reader.has_blob(one.ink.sha256)}
    ink = {sha256: base64.b64encode(reader.blob(sha256)).decode() for sha256 in drawn}
    return extensions(run, given, person, ink)


def extensions(
    run: Run, given: Iterable[FormSignature], person: Participant, ink: Mapping[str, str]
) -> dict[str, list[Resource]]:
    """FHIR's extensions by the path that they stand at, "" for the response. ``ink`` is base64 by digest of the file.

    A signature whose item does not apply any more goes with the response, and says which item it was of.
    """
    kinds = _kinds(run)
    made: dict[str, list[Resource]] = {}
    for one in given:
        place = run.place(one.path) if one.path else None
        at = one.path if one.path and place is not None and place.enabled else ""
        made.setdefault(at or "", []).append(_extension(one, kinds, person, ink))
    return made


def _extension(
    one: FormSignature, kinds: Mapping[tuple[str | None, str], Resource], person: Participant, ink: Mapping[str, str]
) -> Resource:
    at = one.at.astimezone(UTC).isoformat() if one.at is not None else None
    own: list[Resource] = [{"url": "content", "valueString": one.content}] if one.content else []
    own += [{"url": "path", "valueString": one.path}] if one.path else []
    if one.outcome is not SignatureOutcome.SIGNED:
        parts: list[Resource] = [
            *own,
            {"url": "kind", "valueString": one.kind},
            {"url": "outcome", "valueCode": str(one.outcome or SignatureOutcome.AWAITED)},
            {"url": "reason", "valueString": one.reason},
            {"url": "name", "valueString": one.name},
            {"url": "at", "valueInstant": at},
        ]
        kept = [part for part in parts if all(value for value in part.values())]
        return {"url": NOT_GIVEN, "extension": kept}
    signature = {
        "extension": [{"url": STANDS_FOR, "extension": own}] if own else [],
        "type": [
            kinds.get((link_id_of(one.path) if one.path else None, one.kind or "")) or {"display": one.kind or "-"}
        ],
        "when": at,
        "who": to(person.id if one.name == person.name else None, one.name),
        "targetFormat": "application/fhir+json",
        "sigFormat": one.ink.media_type if one.ink is not None else None,
        "data": ink.get(one.ink.sha256) if one.ink is not None else None,
    }
    return {"url": SIGNATURE, "valueSignature": clean(signature)}


def _kinds(run: Run) -> dict[tuple[str | None, str], Resource]:
    """What FHIR calls each kind of signature, by the linkId (None for the form) and our code for it."""
    found: dict[tuple[str | None, str], Resource] = {}
    for link_id, kinds in [(None, run.form.signature), *((item.link_id, item.signature) for item in run.form.items)]:
        for one in kinds:
            named = clean({"system": one.system, "code": one.code, "display": one.display})
            found[link_id, one.code or one.display or ""] = named
    return found


def _read_all(signatures: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator["_Read"]:
    """What a response from a file says of its signatures, in the order of the file."""
    for path, listed in signatures.items():
        for one in listed:
            yield _read(path, one)


@dataclass(frozen=True, slots=True)
class _Read:
    """One signature of a file: ``data`` is the ink, base64; the rest as in FormSignature."""

    path: str
    kind: str
    name: str
    outcome: SignatureOutcome
    at: str
    reason: str | None = None
    data: str | None = None
    media_type: str | None = None
    content: str | None = None


def _read(path: str, extension: Mapping[str, Any]) -> _Read:
    parts = {name: value for name, value in parts_of(extension).items() if isinstance(value, str)}
    kind, content_of = kind_of(extension), parts.get("content")
    if extension["url"] == NOT_GIVEN:
        unable = parts.get("outcome") == SignatureOutcome.UNABLE.value
        outcome = SignatureOutcome.UNABLE if unable else SignatureOutcome.DECLINED
        reason = parts.get("reason")
        return _Read(path, kind, parts.get("name", ""), outcome, parts.get("at", ""), reason, content=content_of)
    signature = extension["valueSignature"]
    who = signature.get("who")
    named = who.get("display") if isinstance(who, dict) else None
    data, media_type = signature.get("data"), signature.get("sigFormat")
    return _Read(
        path,
        kind,
        named if isinstance(named, str) else "",
        SignatureOutcome.SIGNED,
        signature["when"],
        data=data if isinstance(data, str) else None,
        media_type=media_type if isinstance(media_type, str) else None,
        content=content_of,
    )


def same(reader: Reader, response: Id, reading: Reading) -> bool:
    """Whether a response that is here was signed as the file says."""
    here = sorted(map(_said, given_in(reader, response)))
    return here == sorted(_told(one) for one in _read_all(reading.signatures))


def _said(one: FormSignature) -> tuple[str, ...]:
    at = one.at.astimezone(UTC).isoformat() if one.at is not None else ""
    return (one.path or "", one.kind or "", one.name or "", str(one.outcome), one.reason or "", at)


def _told(one: "_Read") -> tuple[str, ...]:
    at = _moment(one.at)
    written = at.astimezone(UTC).isoformat() if at is not None else ""
    return (one.path, one.kind, one.name, str(one.outcome), one.reason or "", written)


def keep(unit: Unit, participant: Id, response: Id, run: Run, reading: Reading, moved: Mapping[str, str]) -> None:
    """Keeps the signatures of a file; ``moved`` are paths that are others here. One that another system took stands for
    the answers as the file has them."""
    told = list(_read_all(reading.signatures))
    stands = content(run, reading.absent) if told else None
    for one in told:
        unit.add(
            FormSignature(
                id=new_id(),
                scope=participant,
                response=response,
                path=moved.get(one.path, one.path) or None,
                kind=one.kind or None,
                name=one.name or None,
                outcome=one.outcome,
                reason=one.reason,
                ink=_drawn(unit, participant, one),
                content=one.content or stands,
                at=_moment(one.at),
            )
        )


def _drawn(unit: Unit, participant: Id, one: "_Read") -> BlobRef | None:
    """The ink of a signature, or whatever else another system signs with; nothing where it cannot be read."""
    if one.data is None:
        return None
    try:
        data = base64.b64decode(one.data, validate=True)
    except (ValueError, binascii.Error):
        return None
    return unit.blob(data, one.media_type or "application/octet-stream", participant)


def _moment(written: str) -> datetime | None:
    try:
        made = datetime.fromisoformat(written)
    except ValueError:
        return None
    return made if made.tzinfo is not None else None
