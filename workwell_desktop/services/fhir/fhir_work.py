"""Absence from work as FHIR R4: what stands for it and for which days, and the files that were brought."""

from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.services.fhir.fhir_parts import OURS, Resource, binary, coded, day, moment, note, to, urn


def absence_evidence(one: AbsenceEvidence) -> Resource:
    """What stands for an absence: an observation about a paper, never the paper itself."""
    parts: list[Resource] = [
        {"code": coded("absence", "option"), "valueCodeableConcept": coded("fit-note-option", option)}
        for option in sorted(one.options)
    ]
    said = (("issued-on", day(one.issued_on)), ("function", one.function))
    parts += [{"code": coded("absence", code), "valueString": words} for code, words in said if words]
    if one.fitness is not None:
        parts.append({"code": coded("absence", "fitness"), "valueCodeableConcept": coded("fitness", one.fitness)})
    if one.issuer is not None:
        issuer = coded("issuer", one.issuer, one.issuer_name)
        parts.append({"code": coded("absence", "issuer"), "valueCodeableConcept": issuer})
    if one.seen_again is not None:
        parts.append({"code": coded("absence", "seen-again"), "valueBoolean": one.seen_again})
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "final",
        "code": coded("absence", "evidence"),
        "subject": to(one.scope),
        "effectivePeriod": {"start": day(one.starts_on), "end": day(one.ends_on)},
        "performer": [to(one.recorded_by)],
        "valueCodeableConcept": coded("evidence", one.kind),
        "component": parts,
        "note": note(one.note),
    }


def brought(one: Attachment) -> Resource:
    """A file that somebody brought, by the hash of its bytes; one that was taken away has none."""
    related = [to(one.evidence)] if one.evidence else []
    return {
        "resourceType": "DocumentReference",
        "id": one.id,
        "identifier": [{"system": f"{OURS}sha256", "value": one.file.sha256}] if one.file else [],
        "status": "entered-in-error" if one.removed_on else "current",
        "type": coded("brought", one.kind),
        "subject": to(one.scope),
        "date": moment(one.added_at),
        "author": [to(one.added_by)],
        "authenticator": to(one.seen_by),
        "description": one.removed_why or one.title,
        "content": [
            {
                "attachment": {
                    "contentType": one.file.media_type,
                    "size": one.file.size,
                    "url": urn(binary(one.file.sha256)),
                    "title": one.title,
                    "creation": day(one.dated),
                }
                if one.file
                else {"title": one.title or str(one.kind)}
            }
        ],
        "context": {"related": related} if related else None,
    }
