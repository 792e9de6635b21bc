"""The duties of a case as FHIR R4, where they travel: a screen as Flag, what was said and told as Communication.

Restricted records are asked for by name (``bundle.export_case``): a concern is a Flag of the category ``safety``, an
equality answer an Observation of the social history. What these resources leave out travels in the record beside them.
"""

from collections.abc import Iterator

from workwell_desktop.domain.duties import (
    EQUALITY,
    CapacityRecord,
    Disclosure,
    EqualityAnswers,
    LimitsSaid,
    MainCondition,
    RedFlagScreen,
    SafeguardingConcern,
    ScreenOutcome,
)
from workwell_desktop.services.fhir.fhir_parts import Resource, coded, day, derived, moment, to

_FLAG_CATEGORY = "http://terminology.hl7.org/CodeSystem/flag-category"
_OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


def limits_said(one: LimitsSaid) -> Resource:
    """That the limits of confidentiality were said, and in which words."""
    return {
        "resourceType": "Communication",
        "id": one.id,
        "status": "completed",
        "category": [coded("communication", "limits-said")],
        "subject": to(one.scope),
        "sent": moment(one.at),
        "sender": to(one.said_by),
        "payload": [{"contentString": one.words}] if one.words else [],
    }


def red_flag(one: RedFlagScreen) -> Resource:
    """A screen: an active flag while somebody has still to see the person. A clear one is an inactive flag."""
    flagged = one.outcome not in (None, ScreenOutcome.CLEAR)
    return {
        "resourceType": "Flag",
        "id": one.id,
        "status": "active" if one.waits else "inactive",
        "category": [_category(_FLAG_CATEGORY, "clinical")],
        "code": coded("red-flag-screen", one.outcome, (one.found if flagged else None) or "screened"),
        "subject": to(one.scope),
        "period": {"start": day(one.done_on), "end": day(one.seen_on) or (None if flagged else day(one.done_on))},
        "author": to(one.recorded_by),
    }


def capacity(one: CapacityRecord) -> Resource:
    """Capacity for one decision, with what was decided for the person."""
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "final",
        "code": coded("duty", "capacity", one.decision),
        "subject": to(one.scope),
        "effectiveDateTime": day(one.assessed_on),
        "performer": [to(None, one.assessed_by)] if one.assessed_by else [],
        "valueCodeableConcept": coded("capacity", one.outcome),
        "note": [{"text": words} for words in (one.help_given, one.best_interests) if words],
    }


def main_condition(one: MainCondition) -> Resource:
    """The group of conditions that the person says stands in the way most; no diagnosis."""
    return {
        "resourceType": "Observation",
        "id": one.id,
        "status": "final",
        "code": coded("person", "main-condition"),
        "subject": to(one.scope),
        "effectiveDateTime": day(one.told_on),
        "performer": [to(one.recorded_by)],
        "valueCodeableConcept": coded("condition-group", one.main),
        "component": [
            {"code": coded("person", "beside"), "valueCodeableConcept": coded("condition-group", code)}
            for code in sorted(one.beside)
        ],
    }


def safeguarding(one: SafeguardingConcern) -> Resource:
    """That a concern was passed on; open until somebody wrote what came of it."""
    return {
        "resourceType": "Flag",
        "id": one.id,
        "identifier": [{"value": one.reference}] if one.reference else [],
        "status": "inactive" if one.followed_up_on else "active",
        "category": [_category(_FLAG_CATEGORY, "safety")],
        "code": coded("safeguarding", one.about, one.what),
        "subject": to(one.scope),
        "period": {"start": day(one.passed_on), "end": day(one.followed_up_on)},
        "author": to(one.recorded_by),
    }


def disclosure(one: Disclosure) -> Resource:
    """What was told without agreement."""
    return {
        "resourceType": "Communication",
        "id": one.id,
        "status": "completed",
        "category": [coded("communication", "without-agreement")],
        "subject": to(one.scope),
        "sent": moment(one.at),
        "sender": to(one.recorded_by),
        "reasonCode": [coded("disclosure-reason", one.reason, one.why)],
        "payload": [{"contentString": words} for words in (one.what, one.party_name) if words],
    }


def equality(one: EqualityAnswers) -> Iterator[Resource]:
    """One Observation an answer; the first carries the record."""
    answers = [(name, getattr(one, name)) for name in EQUALITY if getattr(one, name)]
    for place, (name, code) in enumerate(answers):
        yield {
            "resourceType": "Observation",
            "id": one.id if place == 0 else derived(one.id, name),
            "status": "final",
            "category": [_category(_OBSERVATION_CATEGORY, "social-history")],
            "code": coded("equality-question", name),
            "subject": to(one.scope),
            "effectiveDateTime": day(one.told_on),
            "valueCodeableConcept": coded(f"equality-{name}", code),
        }


def _category(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}
