"""A whole case as a FHIR R4 collection Bundle, for hand-over to another partnership; equal cases give equal text."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Contact, Episode, Referral, Response, RiskConversation
from workwell_desktop.domain.papers import AuditKind, Document
from workwell_desktop.domain.participants import Agreement, Participant, WorkSituation
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.plans import Action, Adjustment, Goal, Obstacle, Plan, ReturnWeek
from workwell_desktop.domain.records import Id, Record
from workwell_desktop.domain.sessions import Contribution, Discussion, Session
from workwell_desktop.services import fhir_person, fhir_plan, response_exchange
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir_parts import Resource, entry
from workwell_desktop.store import Reader

R = TypeVar("R", bound=Record)


def export_case(desk: Desk, participant: Id) -> Resource:
    """Everything about one person, written down as exported. Decimals are numbers, as JSON writes them."""
    desk.allow(Act.EXPORT, Participant)
    with desk.read() as reader:
        person = reader.get(Participant, participant)
        resources = [one for one in _resources(reader, person, desk.clock.now()) if one]
        used = _people(resources)
        staff = [one for one in reader.list(Person, order_by="id") if one.id in used]
        partnership = fhir_person.organization(reader.list(Partnership)[0])
    desk.noted(AuditKind.EXPORTED, participant)
    entries = [entry(one) for one in (partnership, *map(fhir_person.practitioner, staff), *resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": [_plain(one) for one in entries]}


def _resources(reader: Reader, person: Participant, now: datetime) -> Iterator[Resource]:
    def each(cls: type[R], make: Callable[[R], Resource], order: str = "id") -> Iterator[Resource]:
        return (make(one) for one in reader.list(cls, order_by=order, scope=person.id))

    yield fhir_person.patient(person)
    yield from fhir_person.matters(person)
    yield from each(Referral, lambda one: fhir_person.service_request(one, person), "received_on")
    yield from each(Episode, fhir_person.episode_of_care, "opened_on")
    yield from each(Agreement, fhir_person.consent, "at")
    yield from each(WorkSituation, fhir_person.work, "told_on")
    yield from each(Contact, fhir_person.contact, "due")
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
    yield from each(Document, fhir_plan.document_reference, "made_at")


def _plan(reader: Reader, plan: Plan) -> Resource:
    tasks = [one.id for one in reader.list(Action, order_by="position", episode=plan.episode)]
    tasks += [one.id for one in reader.list(Adjustment, order_by="position", episode=plan.episode)]
    goals = reader.list(Goal, order_by="position", episode=plan.episode)
    weeks = reader.list(ReturnWeek, order_by="starts_on", episode=plan.episode)
    return fhir_plan.care_plan(plan, goals, tasks, weeks, plan.supersedes)


def _people(resources: list[Resource]) -> set[str]:
    """Ids of everybody whom the resources point to."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            reference = value.get("reference")
            if isinstance(reference, str):
                found.add(reference.removeprefix("urn:uuid:").replace("-", ""))
            for below in value.values():
                walk(below)
        elif isinstance(value, list):
            for below in value:
                walk(below)

    walk(resources)
    return found


def _plain(value: Any) -> Any:
    """Decimals as numbers that JSON can write: whole ones whole."""
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_plain(below) for below in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
