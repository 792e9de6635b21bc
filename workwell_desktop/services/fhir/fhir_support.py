"""Appointments and services that were chosen, as FHIR R4."""

from workwell_desktop.domain.appointments import Appointment, ends_at
from workwell_desktop.domain.directory import ServiceLoop, Stage, Way, moved_on, stage_of
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.services.fhir.fhir_parts import Resource, coded, day, derived, moment, note, to

_APPOINTMENT = {
    ContactStatus.PLANNED: "booked",
    ContactStatus.DONE: "fulfilled",
    ContactStatus.MISSED: "noshow",
    ContactStatus.CANCELLED: "cancelled",
}
_TASK = {
    Stage.CHOSEN: "requested",
    Stage.SENT: "received",
    Stage.ACCEPTED: "accepted",
    Stage.STARTED: "in-progress",
    Stage.COMPLETED: "completed",
    Stage.NOT_STARTED: "cancelled",
}


def appointment(one: Appointment, talk: Contact | None) -> Resource:
    """When, for how long, who. The talk itself is the Encounter that names it."""
    planned = talk is not None and talk.at is not None
    status = _APPOINTMENT[talk.status] if talk is not None and talk.status is not None else "proposed"
    return {
        "resourceType": "Appointment",
        "id": one.id,
        "status": status if planned or status == "cancelled" else "proposed",
        "start": moment(talk.at) if talk is not None else None,
        "end": moment(ends_at(talk, one)) if talk is not None else None,
        "minutesDuration": one.minutes,
        "appointmentType": coded("contact-mode", talk.mode) if talk is not None else None,
        "participant": [
            {"actor": to(one.scope), "status": "accepted"},
            {"actor": to(talk.owner), "status": "accepted"} if talk is not None and talk.owner else {},
        ],
        "patientInstruction": one.language,
    }


def loop(one: ServiceLoop) -> Resource:
    """A service that is asked to help, and how far it went."""
    return {
        "resourceType": "Task",
        "id": one.id,
        "status": _TASK[stage_of(one)],
        "intent": "order" if one.way is Way.REFERRAL else "proposal",
        "code": coded("service-way", one.way),
        "description": one.asked,
        "basedOn": [to(one.action)] if one.action else [],
        "for": to(one.scope),
        "authoredOn": day(one.chosen_on),
        "lastModified": day(moved_on(one)),
        "requester": to(one.chosen_by),
        "owner": to(derived(one.id, "service")),
        "executionPeriod": {"start": day(one.started_on), "end": day(one.completed_on)},
        "statusReason": coded("not-started", one.why, one.why_note),
        "note": note(one.effect),
    }


def service(one: ServiceLoop) -> Resource:
    """The service as it was when it was chosen."""
    return {
        "resourceType": "HealthcareService",
        "id": derived(one.id, "service"),
        "name": one.name or "-",
        "telecom": [
            {"system": "phone", "value": one.phone} if one.phone else {},
            {"system": "email", "value": one.email} if one.email else {},
        ],
    }
