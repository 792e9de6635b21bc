"""What a form may know beside its answers (SDC's launch context): whom it is about, who fills it in, and since when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.services.fhir.fhir_parts import clean, moment, to
from workwell_desktop.services.fhir.fhir_person import patient, practitioner
from workwell_desktop.store import Reader


def context_of(reader: Reader, response: Response) -> Mapping[str, Mapping[str, Any]]:
    """``patient``, ``user`` and ``encounter`` of a response as FHIR R4 resources. The user is who began it, so that it
    reads the same for everybody afterwards."""
    found: dict[str, Mapping[str, Any]] = {}
    person = reader.find(Participant, response.scope)
    if person is not None:
        found["patient"] = clean(patient(person))
    author = reader.find(Person, response.author)
    if author is not None:
        found["user"] = clean(practitioner(author))
    kind = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
    status = "in-progress" if response.status is ResponseStatus.IN_PROGRESS else "finished"
    found["encounter"] = clean(
        {
            "resourceType": "Encounter",
            "id": response.id,
            "status": status,
            "class": kind,
            "subject": to(response.scope),
            "period": {"start": moment(response.started_at), "end": moment(response.completed_at)},
        }
    )
    return found


def moment_of(response: Response, now: datetime) -> datetime:
    """The moment at which a response is read: ``today()`` in what is complete stays the day on which it was."""
    if response.status is ResponseStatus.IN_PROGRESS or response.completed_at is None:
        return now
    return response.completed_at


def head_of(response: Response, now: datetime) -> Mapping[str, Any]:
    """What a form may know of the response itself, as it would be sent now."""
    at = moment_of(response, now)
    named = {"id": response.id, "status": str(response.status or ResponseStatus.IN_PROGRESS)}
    return clean({**named, "subject": to(response.scope), "author": to(response.author), "authored": moment(at)})
