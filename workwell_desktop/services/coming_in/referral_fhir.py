"""Referrals as other systems send them: FHIR R4 ServiceRequest, one alone with its contained Patient, or a Bundle.

    ServiceRequest.subject ─▶ Patient           requester ─▶ Practitioner, PractitionerRole, Organization, or words
    reasonCode, note ─▶ why        authoredOn ─▶ received on        identifier ─▶ their reference

Each becomes a row as a CSV file would give it, so that both are checked and decided in one way.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.referral_rows import (
    MOST_BYTES,
    MOST_ROWS,
    Fault,
    FileRow,
    Sheet,
    checked_row,
)
from workwell_desktop.domain.screen import text
from workwell_desktop.services.fhir.fhir_parts import NHS_NUMBER, OURS

Resource = Mapping[str, Any]
_TAKEN = frozenset({"draft", "active", "on-hold", "unknown", ""})
_DEEPEST = 60
SOURCE_SYSTEM = f"{OURS}referral-source"


def looks_like_fhir(data: bytes) -> bool:
    """Whether a file begins as JSON does."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read_fhir(data: bytes) -> Sheet:
    """A row for each ServiceRequest; ``line`` counts the entries of the Bundle from 1."""
    if len(data) > MOST_BYTES:
        return _refused("too_big", size=MOST_BYTES // 1024 // 1024)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return _refused("not_json")
    if not isinstance(found, dict) or _depth(found) > _DEEPEST:
        return _refused("not_json")
    entries = _entries(found)
    asked = [
        (number, one) for number, (_url, one) in enumerate(entries, 1) if one.get("resourceType") == "ServiceRequest"
    ]
    if not asked:
        return _refused("not_fhir")
    if len(asked) > MOST_ROWS:
        return _refused("too_many", count=MOST_ROWS)
    known = dict(_by_reference(entries))
    return Sheet(tuple(_row(number, one, known) for number, one in asked), (), "fhir")


def _refused(reason: str, **params: object) -> Sheet:
    return Sheet((), (Fault(0, "", text(f"referral_file.whole.{reason}", **params)),))


def _depth(value: Any) -> int:
    """How deep a JSON value is nested, without recursion of our own."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        deepest = max(deepest, depth)
        below = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [(each, depth + 1) for each in below]
    return deepest


def _entries(found: Resource) -> list[tuple[str, Resource]]:
    """Full address and resource of each entry; one resource alone is one entry."""
    if found.get("resourceType") != "Bundle":
        return [("", found)]
    entries: list[tuple[str, Resource]] = []
    for one in _list(found.get("entry")):
        resource = one.get("resource") if isinstance(one, dict) else None
        if isinstance(resource, dict):
            entries.append((_word(one.get("fullUrl")), resource))
    return entries


def _by_reference(entries: list[tuple[str, Resource]]) -> Iterator[tuple[str, Resource]]:
    for url, one in entries:
        if url:
            yield url, one
        kind, own = _word(one.get("resourceType")), _word(one.get("id"))
        if kind and own:
            yield f"{kind}/{own}", one


def _row(number: int, request: Resource, known: Mapping[str, Resource]) -> FileRow:
    inside = {f"#{_word(one.get('id'))}": one for one in _dicts(request.get("contained"))}
    patient = _resolved(request.get("subject"), known, inside, "Patient")
    faults: list[Fault] = []
    status = _word(request.get("status"))
    if status not in _TAKEN:
        faults.append(Fault(number, "status", text("referral_file.cell.status", status=status[:40])))
    if patient is None:
        faults.append(Fault(number, "subject", text("referral_file.cell.subject")))
    told = {**_person(patient or {}), **_sender(request, known, inside)}
    told["received_on"] = _word(request.get("authoredOn"))[:10]
    told["reason"] = " ".join(_reasons(request))
    told["reference"] = next((_word(one.get("value")) for one in _dicts(request.get("identifier"))), "")
    return checked_row(number, told.items(), faults)


def _person(patient: Resource) -> dict[str, str]:
    names = _dicts(patient.get("name"))
    official = next((one for one in names if one.get("use") in ("official", None)), names[0] if names else {})
    usual = next((one for one in names if one.get("use") in ("usual", "nickname") and one is not official), {})
    address = next(iter(_dicts(patient.get("address"))), {})
    numbers = [one for one in _dicts(patient.get("identifier")) if one.get("system") == NHS_NUMBER]
    return {
        "given_name": " ".join(_words(official.get("given"))),
        "family_name": _word(official.get("family")),
        "preferred_name": _word(usual.get("text")) or " ".join(_words(usual.get("given"))),
        "birth_date": _word(patient.get("birthDate")),
        "nhs_number": _word(numbers[0].get("value")) if numbers else "",
        "phone": _contact(patient, "phone"),
        "email": _contact(patient, "email"),
        "address": ", ".join(_words(address.get("line"))),
        "town": _word(address.get("city")),
        "postcode": _word(address.get("postalCode")),
    }


def _sender(request: Resource, known: Mapping[str, Resource], inside: Mapping[str, Resource]) -> dict[str, str]:
    """Who refers. A source is taken from our own code where the file has one, else from what kind sends it."""
    requester = request.get("requester")
    found = _resolved(requester, known, inside, "")
    display = _word(requester.get("display")) if isinstance(requester, dict) else ""
    told = {"referrer_name": display, "organisation": "", "referrer_role": "", "referrer_contact": ""}
    source = ReferralSource.OTHER
    if found is not None:
        kind = found.get("resourceType")
        if kind == "Patient":
            source, told["referrer_name"] = ReferralSource.SELF, ""
        elif kind == "Organization":
            told.update(organisation=_word(found.get("name")), referrer_name="")
        elif kind == "PractitionerRole":
            practitioner = _resolved(found.get("practitioner"), known, inside, "")
            organization = _resolved(found.get("organization"), known, inside, "")
            told["referrer_name"] = _name_of(practitioner) or _display(found.get("practitioner")) or display
            told["organisation"] = _word((organization or {}).get("name")) or _display(found.get("organization"))
            told["referrer_role"] = next((_concept(one) for one in _dicts(found.get("code"))), "")
        elif kind in ("Practitioner", "RelatedPerson"):
            told["referrer_name"] = _name_of(found) or display
        told["referrer_contact"] = _contact(found, "phone") or _contact(found, "email")
    for category in _dicts(request.get("category")):
        for coding in _dicts(category.get("coding")):
            if coding.get("system") == SOURCE_SYSTEM:
                return {**told, "source": _word(coding.get("code"))}
    return {**told, "source": source.value}


def _reasons(request: Resource) -> Iterator[str]:
    for one in _dicts(request.get("reasonCode")):
        yield _concept(one)
    for one in _dicts(request.get("note")):
        yield _word(one.get("text"))


def _resolved(
    reference: Any, known: Mapping[str, Resource], inside: Mapping[str, Resource], kind: str
) -> Resource | None:
    if not isinstance(reference, dict):
        return None
    written = _word(reference.get("reference"))
    found = inside.get(written) if written.startswith("#") else known.get(written)
    return found if found is not None and (not kind or found.get("resourceType") == kind) else None


def _name_of(one: Resource | None) -> str:
    name = next(iter(_dicts((one or {}).get("name"))), {})
    return _word(name.get("text")) or " ".join([*_words(name.get("given")), _word(name.get("family"))]).strip()


def _display(reference: Any) -> str:
    return _word(reference.get("display")) if isinstance(reference, dict) else ""


def _concept(one: Resource) -> str:
    return _word(one.get("text")) or next((_word(each.get("display")) for each in _dicts(one.get("coding"))), "")


def _contact(one: Resource, system: str) -> str:
    return next((_word(each.get("value")) for each in _dicts(one.get("telecom")) if each.get("system") == system), "")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[Resource]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _words(value: Any) -> list[str]:
    return [one for one in _list(value) if isinstance(one, str)]


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""
