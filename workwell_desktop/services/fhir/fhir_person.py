"""The person of a case as FHIR R4: who they are, how they came, what they agreed to, where they stand with work."""

from workwell_desktop.domain.episodes import Contact, ContactStatus, Episode, EpisodeStatus, Referral, RiskConversation
from workwell_desktop.domain.episodes import RiskStatus as Risk
from workwell_desktop.domain.participants import Agreement, Participant, WorkSituation
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.services.fhir.fhir_parts import (
    NHS_NUMBER,
    OURS,
    Resource,
    coded,
    day,
    derived,
    moment,
    note,
    to,
)

LOINC = "http://loinc.org"


def organization(one: Partnership) -> Resource:
    """The partnership that answers for the data."""
    return {
        "resourceType": "Organization",
        "id": one.id,
        "name": one.name,
        "telecom": [{"system": "phone", "value": one.phone}] if one.phone else [],
        "alias": [one.controller] if one.controller else [],
    }


def practitioner(one: Person) -> Resource:
    """Somebody who works here."""
    return {
        "resourceType": "Practitioner",
        "id": one.id,
        "name": [{"text": one.name}],
        "identifier": [{"system": f"{OURS}registration", "value": one.registration_number}]
        if one.registration_number
        else [],
        "qualification": [{"code": coded("profession", one.profession)}] if one.profession else [],
    }


def patient(one: Participant) -> Resource:
    """The participant."""
    return {
        "resourceType": "Patient",
        "id": one.id,
        "identifier": [
            {"system": NHS_NUMBER, "value": one.nhs_number, "type": coded("nhs-number-status", one.nhs_number_status)}
        ]
        if one.nhs_number
        else [],
        "name": [
            {"use": "official", "family": one.family_name, "given": [one.given_name] if one.given_name else []},
            {"use": "usual", "text": one.preferred_name} if one.preferred_name else {},
        ],
        "telecom": [
            {"system": "phone", "value": one.phone} if one.phone else {},
            {"system": "email", "value": one.email} if one.email else {},
        ],
        "birthDate": day(one.birth_date),
        "address": [{"line": [one.address] if one.address else [], "city": one.town, "postalCode": one.postcode}],
        "communication": [{"language": {"text": one.language}}] if one.language else [],
        "generalPractitioner": [{"display": one.gp_practice}] if one.gp_practice else [],
    }


def matters(one: Participant) -> list[Resource]:
    """What matters, what the person is good at, and how they like to be reached: each in their words."""
    said = (
        ("what-matters", one.what_matters),
        ("good-at", one.good_at),
        ("lives-with", one.lives_with),
        ("contact-note", one.contact_note),
        ("pronouns", one.pronouns),
        ("needs", ", ".join(sorted(one.needs))),
    )
    return [
        {
            "resourceType": "Observation",
            "id": derived(one.id, code),
            "status": "final",
            "code": coded("person", code),
            "subject": to(one.id),
            "effectiveDateTime": moment(one.what_matters_at) if code == "what-matters" else None,
            "valueString": words,
        }
        for code, words in said
        if words
    ]


def service_request(one: Referral, participant: Participant) -> Resource:
    """How somebody came in."""
    return {
        "resourceType": "ServiceRequest",
        "id": one.id,
        "status": "active",
        "intent": "order",
        "category": [coded("referral-source", one.source)],
        "subject": to(participant.id),
        "identifier": [{"system": f"{OURS}referrer-reference", "value": one.reference}] if one.reference else [],
        "requester": to(None, ", ".join(part for part in (one.referrer_name, one.organisation) if part)),
        "authoredOn": day(one.received_on),
        "reasonCode": [{"text": one.reason}] if one.reason else [],
    }


def episode_of_care(one: Episode) -> Resource:
    """Referral to closure."""
    status = {EpisodeStatus.WAITING: "waitlist", EpisodeStatus.ACTIVE: "active", EpisodeStatus.CLOSED: "finished"}
    return {
        "resourceType": "EpisodeOfCare",
        "id": one.id,
        "status": status[one.status or EpisodeStatus.WAITING],
        "type": [coded("programme-clock", one.clock), coded("closure-reason", one.closure_reason)],
        "patient": to(one.scope),
        "period": {"start": day(one.opened_on), "end": day(one.closed_on)},
        "referralRequest": [to(one.referral)],
        "careManager": to(one.coach),
    }


def consent(one: Agreement) -> Resource:
    """One thing that was asked, and what the person said."""
    return {
        "resourceType": "Consent",
        "id": one.id,
        "status": "inactive" if one.withdrawn_at else "active" if one.given else "rejected",
        "scope": {
            "coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"},
            ]
        },
        "category": [coded("agreement", one.kind)],
        "patient": to(one.scope),
        "dateTime": moment(one.at),
        "policyRule": coded("agreement-rule", "said", one.said or "asked and answered"),
        "provision": {
            "type": "permit" if one.given else "deny",
            "period": {"end": moment(one.withdrawn_at)} if one.withdrawn_at else None,
            "actor": [{"role": coded("party", one.party), "reference": to(None, one.party_name or str(one.party))}],
        },
    }


def work(one: WorkSituation) -> Resource:
    """The work situation as told on one day (LOINC 74165-2, history of employment status)."""
    parts = (
        ("job-title", one.job_title),
        ("employer", one.employer),
        ("employer-person", one.employer_person),
        ("usual-pattern", one.usual_pattern),
        ("contract", str(one.contract) if one.contract else None),
        ("sector", str(one.sector) if one.sector else None),
        ("employer-size", str(one.employer_size) if one.employer_size else None),
        ("demands", ", ".join(sorted(one.demands))),
        ("demands-words", one.demands_words),
        ("evidence", str(one.evidence) if one.evidence else None),
        ("evidence-until", day(one.evidence_until)),
        ("since", day(one.since)),
        ("employer-contact", str(one.employer_contact) if one.employer_contact else None),
    )
    hours = one.usual_hours
    components = [{"code": coded("work", code), "valueString": words} for code, words in parts if words]
    if hours is not None:
        components.append({"code": coded("work", "usual-hours"), "valueQuantity": {"value": hours, "unit": "h/week"}})
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": "74165-2"}]},
        "subject": to(one.scope),
        "effectiveDateTime": day(one.told_on),
        "performer": [to(one.recorded_by)],
        "valueCodeableConcept": coded("work-status", one.status),
        "component": components,
    }


def contact(one: Contact) -> Resource:
    """A talk, planned or done."""
    status = {
        ContactStatus.PLANNED: "planned",
        ContactStatus.DONE: "finished",
        ContactStatus.MISSED: "cancelled",
        ContactStatus.CANCELLED: "cancelled",
    }
    virtual = one.mode in ("phone", "video", "text")
    return {
        "resourceType": "Encounter",
        "id": one.id,
        "status": status[one.status or ContactStatus.PLANNED],
        "class": _class("VR" if virtual else "HH" if one.mode == "home" else "AMB"),
        "type": [coded("contact-mode", one.mode)],
        "subject": to(one.scope),
        "episodeOfCare": [to(one.episode)],
        "participant": [{"individual": to(one.owner)}] if one.owner else [],
        "period": {"start": moment(one.done_at or one.at) or day(one.due)},
        "reasonCode": [{"text": one.purpose}] if one.purpose else [],
    }


def flag(one: RiskConversation) -> Resource:
    """A risk conversation: that it took place, never a grade."""
    return {
        "resourceType": "Flag",
        "id": one.id,
        "status": "active" if one.status is Risk.OPEN else "inactive",
        "code": {"text": "; ".join(text for text in (one.form_title, one.question) if text)},
        "subject": to(one.scope),
        "period": {"start": moment(one.raised_at), "end": moment(one.done_at)},
        "author": to(one.done_by),
    }


def what_was_done(one: RiskConversation) -> Resource:
    """What was asked and agreed in a risk conversation."""
    return {
        "resourceType": "Communication",
        "id": derived(one.id, "done"),
        "status": "completed",
        "subject": to(one.scope),
        "about": [to(one.id)],
        "sent": moment(one.done_at),
        "sender": to(one.done_by),
        "payload": [{"contentString": words} for words in (one.asked, one.agreed, one.told) if words],
        "note": note(", ".join(sorted(one.steps))),
    }


def _class(code: str) -> Resource:
    return {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": code}
