"""Small pieces of FHIR R4 that the resources of a case are made of. Empty parts are left out: FHIR forbids them."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id

OURS = "https://workwell-desktop.example/codes/"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
Resource = dict[str, Any]


def clean(resource: Mapping[str, Any]) -> Resource:
    """Without what is None or empty, at every depth; False and 0 stay."""
    return {key: kept for key, value in resource.items() if (kept := _kept(value)) is not None}


def entry(resource: Mapping[str, Any]) -> Resource:
    """A resource in its bundle."""
    found = clean(resource)
    return {"fullUrl": urn(Id(found["id"])), "resource": found}


def urn(record: Id) -> str:
    """``urn:uuid:…`` of one of our ids."""
    return f"urn:uuid:{record[:8]}-{record[8:12]}-{record[12:16]}-{record[16:20]}-{record[20:]}"


def derived(record: Id, part: str) -> Id:
    """The id of a resource that says a part of what a record holds: the same at every export."""
    return Id(hashlib.sha256(f"{record}/{part}".encode()).hexdigest()[:32])


def binary(sha256: str) -> Id:
    """The id of the resource that holds a file."""
    return Id(sha256[:32])


def to(record: Id | None, display: str | None = None) -> Resource | None:
    """A reference inside the bundle; a display alone where there is no record."""
    if record is None:
        return {"display": display} if display else None
    return clean({"reference": urn(record), "display": display})


def coded(group: str, code: str | None, words: str | None = None) -> Resource | None:
    """A CodeableConcept of one of our own lists."""
    if code is None:
        return {"text": words} if words else None
    return clean({"coding": [{"system": f"{OURS}{group}", "code": str(code)}], "text": words})


def day(found: date | None) -> str | None:
    """A FHIR date."""
    return found.isoformat() if found is not None else None


def moment(found: datetime | None) -> str | None:
    """A FHIR instant in London's offset, to the second."""
    return found.astimezone(LONDON).replace(microsecond=0).isoformat() if found is not None else None


def note(*texts: str | None) -> list[Resource]:
    """Annotations of what was written."""
    return [{"text": text} for text in texts if text]


def _kept(value: Any) -> Any:
    if isinstance(value, Mapping):
        return clean(value) or None
    if isinstance(value, list | tuple):
        return [kept for one in value if (kept := _kept(one)) is not None] or None
    return None if value == "" else value
