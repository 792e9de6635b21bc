"""A whole case as a FHIR R4 collection Bundle, for hand-over to another partnership; equal cases give equal text."""

import base64
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.appointments import Appointment
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.directory import ServiceLoop
from workwell_desktop.domain.duties import (
    CapacityRecord,
    Disclosure,
    EqualityAnswers,
    LimitsSaid,
    MainCondition,
    RedFlagScreen,
    SafeguardingConcern,
)
from workwell_desktop.domain.episodes import Contact, Episode, Referral, Response, RiskConversation
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.papers import AuditKind, Document
from workwell_desktop.domain.participants import Agreement, Participant, WorkSituation
from workwell_desktop.domain.people import Partnership, Person, Team
from workwell_desktop.domain.plans import Action, Adjustment, Goal, Obstacle, Plan, ReturnWeek
from workwell_desktop.domain.records import Id, Record, Scope, fields_of, is_restricted, kind_of, scope_of
from workwell_desktop.domain.sessions import Contribution, Discussion, Session
from workwell_desktop.errors import BadInput, in_a_line
from workwell_desktop.services.assessing import response_exchange
from workwell_desktop.services.assessing.library import MEDIA_TYPE as FORM_TYPE
from workwell_desktop.services.assessing.rights import known_rights
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir import fhir_duties, fhir_person, fhir_plan, fhir_support, fhir_work
from workwell_desktop.services.fhir.fhir_parts import Resource, binary, coded, entry, to
from workwell_desktop.services.travel.case_records import ANSWER, RECORD, answer_extensions, extension_of
from workwell_desktop.store import Reader

R = TypeVar("R", bound=Record)


def export_case(desk: Desk, participant: Id, restricted: frozenset[str] = frozenset()) -> Resource:
    """Everything about one person, written down as exported. Decimals are numbers, as JSON writes them.

    Each resource carries the record that it shows (``case_records``), so that ``case_import`` makes the same case.
    Restricted kinds of record stay here unless they are asked for by name, by somebody who may (``export:<kind>``).
    Raises BadInput ``not_a_restricted_kind``, and ``case_newer`` where a part of it cannot be read here.
    """
    desk.allow(Act.EXPORT, Participant)
    for kind in sorted(restricted):
        if kind not in KINDS or not is_restricted(kind):
            raise BadInput("not_a_restricted_kind", kind=in_a_line(kind))
        desk.allow(Act.EXPORT, KINDS[kind])
    with desk.read() as reader:
        if reader.holds_later(participant):
            raise BadInput("case_newer")
        entries = case_entries(reader, reader.get(Participant, participant), desk.clock.now(), restricted)
    desk.noted(AuditKind.EXPORTED, participant)
    for kind in sorted(restricted):
        desk.noted(AuditKind.EXPORTED, participant, detail=kind)
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def case_entries(
    reader: Reader, person: Participant, now: datetime, restricted: frozenset[str] = frozenset()
) -> list[Resource]:
    """The entries of a case: the partnership, teams and people that it names, the person, the work, the files; of
    restricted kinds those that were asked for."""
    kinds = [cls for cls in _ABOUT_A_PERSON if not is_restricted(kind_of(cls)) or kind_of(cls) in restricted]
    own = {one.id: one for cls in kinds for one in reader.list(cls, order_by="id", scope=person.id)}
    shown = [one for one in _resources(reader, person, now) if one]
    shown += [one for record in own.values() for one in _of_restricted(record)]
    resources = [_carrying(reader, one, own.pop(one["id"], None)) for one in shown]
    resources += [_carrying(reader, _basic(one), one) for one in own.values()]
    used = _named(resources)
    around = _meetings(reader, person)
    used |= _named(around)
    staff = [
        {**fhir_person.practitioner(one), "extension": _around(one)}
        for one in reader.list(Person, order_by="id")
        if one.id in used
    ]
    partnership = fhir_person.organization(reader.list(Partnership)[0])
    return [plain(entry(one)) for one in (partnership, *around, *staff, *resources, *_files(reader, resources))]


_ABOUT_A_PERSON: tuple[type[Record], ...] = tuple(
    cls for name, cls in KINDS.items() if scope_of(name) is Scope.PARTICIPANT
)
AROUND: Mapping[type[Record], frozenset[str]] = {
    Team: frozenset({"name", "place"}),
    Session: frozenset({"team", "starts_at", "place", "chair", "status", "started_at", "locked_at", "locked_by"}),
    Person: frozenset({"name", "profession", "registration_number"}),
}
"""What travels of those whom a case names and who are not the case: who somebody is, when and where a session was."""


def _around(one: Record) -> list[Resource]:
    """The extension of a record that a case names."""
    cls = type(one)
    fields = frozenset(spec.name for spec in fields_of(cls))  # type: ignore[arg-type]
    return [extension_of(one, leave=fields - AROUND[cls])]


def _carrying(reader: Reader, resource: Resource, one: Record | None) -> Resource:
    """A resource with the record that it shows; one that only says a part of another's stays as it is."""
    if one is None:
        return resource
    parts = [extension_of(one)]
    if isinstance(one, Response):
        parts += answer_extensions(reader.answers(one.id))
    return {**resource, "extension": [*resource.get("extension", ()), *parts]}


def _basic(one: Record) -> Resource:
    """What FHIR has no resource for."""
    return {
        "resourceType": "Basic",
        "id": one.id,
        "code": coded("record", kind_of(type(one))),
        "subject": to(one.scope),
    }


def _meetings(reader: Reader, person: Participant) -> list[Resource]:
    """The sessions at which the case was, and the teams that it names: when and where, and of nobody else a word."""
    ids = {one.session for one in reader.list(Discussion, scope=person.id)}
    sessions = [one for one in reader.list(Session, order_by="id") if one.id in ids]
    named = {one.team for one in reader.list(Episode, scope=person.id)} | {one.team for one in sessions}
    teams = [one for one in reader.list(Team, order_by="id") if one.id in named]
    return [
        {
            "resourceType": "Organization",
            "id": one.id,
            "type": [coded("organization", "team")],
            "name": one.name or "-",
            "extension": _around(one),
        }
        for one in teams
    ] + [
        {
            "resourceType": "Basic",
            "id": one.id,
            "code": coded("record", "session"),
            "extension": _around(one),
        }
        for one in sessions
    ]


def _files(reader: Reader, resources: list[Resource]) -> list[Resource]:
    """The files that records name, signed papers and ink, and the questionnaires that answers were given on: those
    whose words may be shown, for who may not show them may not pass them on."""
    wanted = {
        part["valueAttachment"]["title"]: part["valueAttachment"]["contentType"]
        for resource in resources
        for extension in resource.get("extension", ())
        if extension["url"] in (RECORD, ANSWER)
        for part in extension["extension"]
        if "valueAttachment" in part
    }
    rights = known_rights(reader)
    digests = {
        str(one["identifier"]["value"])
        for one in resources
        if one["resourceType"] == "QuestionnaireResponse" and rights(str(one.get("questionnaire", ""))).words_shown
    }
    wanted.update(dict.fromkeys(digests, FORM_TYPE))
    return [
        {
            "resourceType": "Binary",
            "id": binary(sha256),
            "contentType": wanted[sha256],
            "data": base64.b64encode(reader.blob(sha256)).decode(),
        }
        for sha256 in sorted(wanted)
        if reader.has_blob(sha256)
    ]


def _resources(reader: Reader, person: Participant, now: datetime) -> Iterator[Resource]:
    def each(cls: type[R], make: Callable[[R], Resource], order: str = "id") -> Iterator[Resource]:
        return (make(one) for one in reader.list(cls, order_by=order, scope=person.id))

    yield fhir_person.patient(person)
    yield from fhir_person.matters(person)
    yield from each(Referral, lambda one: fhir_person.service_request(one, person), "received_on")
    yield from each(Episode, fhir_person.episode_of_care, "opened_on")
    yield from each(Agreement, fhir_person.consent, "at")
    yield from each(WorkSituation, fhir_person.work, "told_on")
    yield from each(AbsenceEvidence, fhir_work.absence_evidence, "starts_on")
    yield from each(Attachment, fhir_work.brought, "added_at")
    yield from each(Contact, fhir_person.contact, "due")
    for meeting in reader.list(Appointment, order_by="id", scope=person.id):
        yield fhir_support.appointment(meeting, reader.find(Contact, meeting.contact))
    for loop in reader.list(ServiceLoop, order_by=("chosen_on", "id"), scope=person.id):
        yield fhir_support.service(loop)
        yield fhir_support.loop(loop)
    for risk in reader.list(RiskConversation, order_by="raised_at", scope=person.id):
        yield fhir_person.flag(risk)
        if risk.done_at is not None:
            yield fhir_person.what_was_done(risk)
    for response in reader.list(Response, order_by="started_at", scope=person.id):
        yield from response_exchange.resources_of(reader, response, now)
    yield from each(Obstacle, fhir_plan.obstacle, "position")
    yield from each(Goal, fhir_plan.goal, "position")
    yield from each(Action, fhir_plan.task, "position")
    yield from each(Adjustment, fhir_plan.change_at_work, "position")
    for plan in reader.list(Plan, order_by="version", scope=person.id):
        yield _plan(reader, plan)
    for discussion in reader.list(Discussion, order_by="decided_at", scope=person.id):
        yield fhir_plan.session_encounter(discussion, reader.find(Session, discussion.session))
        if discussion.decided_at is not None:
            yield fhir_plan.decision(discussion)
    yield from each(Contribution, fhir_plan.contribution, "at")
    yield from each(LimitsSaid, fhir_duties.limits_said, "at")
    yield from each(RedFlagScreen, fhir_duties.red_flag, "at")
    yield from each(CapacityRecord, fhir_duties.capacity, "at")
    yield from each(MainCondition, fhir_duties.main_condition, "at")
    yield from each(Document, fhir_plan.document_reference, "made_at")


def _of_restricted(one: Record) -> Iterator[Resource]:
    """What a restricted record shows; nothing for another."""
    if isinstance(one, SafeguardingConcern):
        yield fhir_duties.safeguarding(one)
    elif isinstance(one, Disclosure):
        yield fhir_duties.disclosure(one)
    elif isinstance(one, EqualityAnswers):
        yield from fhir_duties.equality(one)


def _plan(reader: Reader, plan: Plan) -> Resource:
    tasks = [one.id for one in reader.list(Action, order_by="position", episode=plan.episode)]
    tasks += [one.id for one in reader.list(Adjustment, order_by="position", episode=plan.episode)]
    goals = reader.list(Goal, order_by="position", episode=plan.episode)
    weeks = reader.list(ReturnWeek, order_by="starts_on", episode=plan.episode)
    return fhir_plan.care_plan(plan, goals, tasks, weeks, plan.supersedes)


def _named(resources: list[Resource]) -> set[str]:
    """Ids of everybody and everything that the resources point to, or that their records name."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            reference = value.get("reference")
            if isinstance(reference, str):
                found.add(reference.removeprefix("urn:uuid:").replace("-", ""))
            if isinstance(value.get("valueId"), str):
                found.add(value["valueId"])
            for below in value.values():
                walk(below)
        elif isinstance(value, list):
            for below in value:
                walk(below)

    walk(resources)
    return found


def plain(value: Any) -> Any:
    """Decimals as numbers that JSON can write: whole ones whole."""
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [plain(below) for below in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
