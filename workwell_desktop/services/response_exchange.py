"""One response as FHIR R4, and back: the answers, each score as an Observation, and what was kept beside them.

    Response ──▶ Bundle(collection): QuestionnaireResponse, Observation… ──▶ Response with the same answers

What FHIR leaves out of a response (answers to questions that do not apply now, and why a question was left out) travels
in extensions of our own, so that it comes back; who does not know them loses nothing that the form would send.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.episodes import Repeat as StoredRepeat
from workwell_desktop.domain.left_out import LeftOut, Reason
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.values import BlobRef, Value
from workwell_desktop.errors import BadInput
from workwell_desktop.forms import Form, Reading, Repeat, Run, plain, read_response, split_path
from workwell_desktop.forms.answers import parsed, typed_value, written
from workwell_desktop.forms.extract import observations
from workwell_desktop.services import fhir_plan
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.assessments import repeats_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir_parts import OURS, Resource, clean, entry, moment, to
from workwell_desktop.services.launch import context_of, moment_of
from workwell_desktop.services.library import form_in
from workwell_desktop.services.lookup import key_after
from workwell_desktop.store import Reader, Unit

KEPT = f"{OURS}kept-answer"
LEFT_OUT = f"{OURS}left-out"
MODE = "http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode"


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of an import: the response, whether it is new here, and the codes of what in it did not fit the form
    (``forms.issue.<code>``)."""

    response: Id
    created: bool
    problems: tuple[str, ...]


def export_response(desk: Desk, response: Id) -> Resource:
    """One response with its scores as a collection Bundle, written down as exported."""
    desk.allow(Act.EXPORT, Response)
    with desk.read() as reader:
        found = reader.get(Response, response)
        entries = [entry(one) for one in resources_of(reader, found, desk.clock.now())]
    desk.noted(AuditKind.EXPORTED, found.scope)
    return {"resourceType": "Bundle", "type": "collection", "entry": plain(entries)}


def resources_of(reader: Reader, response: Response, now: datetime) -> Iterator[Resource]:
    """The QuestionnaireResponse of a response and, once it is complete, an Observation for each of its scores."""
    if response.form_url is None:
        return
    form = form_in(reader, response.form_url, digest=response.form_digest)
    run = Run(
        form,
        now=moment_of(response, now),
        answers=reader.answers(response.id),
        repeats=repeats_of(reader, response.id),
        context=context_of(reader, response),
    )
    yield _response(reader, response, run)
    if response.status in (ResponseStatus.COMPLETED, ResponseStatus.AMENDED):
        for number, score in enumerate(run.scores()):
            if isinstance(score.value, int | Decimal):
                yield fhir_plan.score(response, form.index[score.link_id], Decimal(score.value), number)
        scored = {score.link_id for score in run.scores()}
        for number, (place, found) in enumerate(observations(run)):
            if place.item is not None and place.item.link_id not in scored:
                yield _observation(response, f"{place.path}:{number}", found)


def _observation(response: Response, where: str, found: Resource) -> Resource:
    """One answer that the form marks as an observation; its id follows from where it stands."""
    return {
        "resourceType": "Observation",
        "id": hashlib.sha256(f"{response.id}/{where}".encode()).hexdigest()[:32],
        "status": "final",
        "category": [
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}]}
        ],
        "subject": to(response.scope),
        "effectiveDateTime": moment(response.completed_at),
        "derivedFrom": [to(response.id)],
        **found,
    }


def _response(reader: Reader, response: Response, run: Run) -> Resource:
    made = fhir_plan.questionnaire_response(response, run)
    sent = run.response(str(made["status"]), ids=True)
    kept = [
        {"url": KEPT, "extension": [{"url": "path", "valueString": path}, *_values(run, path, value)]}
        for path, value in run.answers().items()
        if not _is_sent(run, path)
    ]
    left = [
        {
            "url": LEFT_OUT,
            "extension": [
                {"url": "path", "valueString": one.path},
                {"url": "reason", "valueCode": one.reason.code},
            ],
        }
        for one in reader.list(LeftOut, order_by="id", response=response.id)
        if one.path and one.reason
    ]
    mode = [{"url": MODE, "valueCodeableConcept": {"text": str(response.mode)}}] if response.mode else []
    given = {"extension": [*mode, *kept, *left], "item": _with_files(reader, sent.get("item", []))}
    return {**made, **clean(given)}


def _is_sent(run: Run, path: str) -> bool:
    place = run.place(path)
    return place is not None and place.enabled and place.current == place.value


def _values(run: Run, path: str, value: Value) -> list[Resource]:
    place = run.place(path)
    kind = place.item.type if place is not None and place.item is not None else ""
    values = value if isinstance(value, tuple) else (value,)
    return [{"url": "answer", **written(kind, one)} for one in values]


def _with_files(reader: Reader, value: Any) -> Any:
    """Attached files travel inside the response: their bytes in the place of our own name for them."""
    if isinstance(value, list):
        return [_with_files(reader, below) for below in value]
    if not isinstance(value, dict):
        return value
    made = {key: _with_files(reader, below) for key, below in value.items()}
    found = made.get("valueAttachment")
    if isinstance(found, dict) and str(found.get("url")).startswith("urn:sha256:"):
        digest = str(found["url"]).removeprefix("urn:sha256:")
        if reader.has_blob(digest):
            rest = {key: part for key, part in found.items() if key != "url"}
            made["valueAttachment"] = {**rest, "data": base64.b64encode(reader.blob(digest)).decode()}
    return made


def import_response(desk: Desk, participant: Id, resource: Mapping[str, Any]) -> BroughtIn:
    """Takes a QuestionnaireResponse, or the Bundle that ``export_response`` made, into a person's record.

    One that is here already stays as it is. Scores are worked out again, so Observations are not read. Raises BadInput
    ``not_a_response`` and UnknownForm where the library has no form of its address and version.
    """
    desk.allow(Act.IMPORT_CASE, Response)
    found = _of(resource)
    with desk.unit() as unit:
        return _bring_in(desk, unit, participant, found)


def _of(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    if resource.get("resourceType") == "Bundle":
        listed = resource.get("entry")
        inside = [one.get("resource") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        responses = [one for one in inside if isinstance(one, dict) and _is_response(one)]
        if len(responses) == 1:
            return responses[0]
    if not _is_response(resource):
        raise BadInput("not_a_response")
    return resource


def _is_response(resource: Mapping[str, Any]) -> bool:
    return resource.get("resourceType") == "QuestionnaireResponse" and isinstance(resource.get("questionnaire"), str)


def _bring_in(desk: Desk, unit: Unit, participant: Id, resource: Mapping[str, Any]) -> BroughtIn:
    own = _id(resource.get("id"))
    here = unit.reader.find(Response, own) if own is not None else None
    if here is not None and here.scope == participant:
        return BroughtIn(here.id, False, ())
    form = _form(unit.reader, resource)
    reading = read_response(form, resource, ids=True)
    _keep(form, reading, resource)
    taken = {one.id: new_id() for one in reading.repeats if unit.reader.find(StoredRepeat, Id(one.id)) is not None}
    episode = present_episode(unit.reader, participant)
    at = _moment(resource.get("authored")) or desk.clock.now()
    status = _status(resource.get("status"))
    response = unit.add(
        Response(
            id=own if own is not None and here is None else new_id(),
            scope=participant,
            episode=episode.id if episode else None,
            form_url=form.url,
            form_version=form.version,
            form_digest=form.digest,
            form_title=form.title,
            status=status,
            mode=_mode(resource),
            started_at=at,
            completed_at=None if status is ResponseStatus.IN_PROGRESS else at,
            author=_author(unit.reader, resource) or desk.me,
        )
    )
    for one in reading.repeats:
        _add_repeat(unit, participant, response, one, taken)
    _files(unit, participant, resource)
    for path, value in reading.answers.items():
        unit.answer(response, _moved(path, taken), value)
    for path, reason in _left_out(resource):
        unit.add(LeftOut(id=new_id(), scope=participant, response=response, path=_moved(path, taken), reason=reason))
    return BroughtIn(response, True, tuple(one.code for one in reading.issues))


def _form(reader: Reader, resource: Mapping[str, Any]) -> Form:
    """The very form where it is here, else the one of the same address and version."""
    named = str(resource["questionnaire"])
    identifier = resource.get("identifier")
    digest = identifier.get("value") if isinstance(identifier, dict) else None
    ours = isinstance(identifier, dict) and identifier.get("system") == f"{OURS}form-digest"
    if ours and isinstance(digest, str) and _known(reader, digest):
        return form_in(reader, named, digest=digest)
    return form_in(reader, named)


def _known(reader: Reader, digest: str) -> bool:
    from workwell_desktop.domain.people import FormVersion

    return bool(reader.list(FormVersion, digest=digest))


def _keep(form: Form, reading: Reading, resource: Mapping[str, Any]) -> None:
    """Puts kept answers back beside those that were sent, in the instances that are there."""
    instances = {one.id for one in reading.repeats}
    for one in _extensions(resource, KEPT):
        path = next((part.get("valueString") for part in one if part.get("url") == "path"), None)
        if not isinstance(path, str):
            continue
        repeats, link_id = split_path(path)
        item = form.index.get(link_id)
        if item is None or not item.is_question or not instances.issuperset(repeats):
            continue
        try:
            typed = [typed_value(part) for part in one if part.get("url") == "answer"]
            values = [parsed(*each) for each in typed if each is not None and each[0] in item.takes]
        except (ValueError, OverflowError):
            continue
        if values:
            reading.answers[path] = tuple(values) if item.several else values[0]


def _extensions(resource: Mapping[str, Any], url: str) -> Iterator[list[Mapping[str, Any]]]:
    listed = resource.get("extension")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and one.get("url") == url and isinstance(one.get("extension"), list):
            yield [part for part in one["extension"] if isinstance(part, dict)]


def _left_out(resource: Mapping[str, Any]) -> Iterator[tuple[str, Reason]]:
    by_code = {reason.code: reason for reason in Reason}
    for one in _extensions(resource, LEFT_OUT):
        parts = {part.get("url"): typed_value(part) for part in one}
        path, reason = parts.get("path"), parts.get("reason")
        if path is not None and reason is not None and isinstance(path[1], str) and reason[1] in by_code:
            yield path[1], by_code[reason[1]]


def _files(unit: Unit, participant: Id, value: Any) -> None:
    """Keeps the bytes of attached files, encrypted with the person's record."""
    if isinstance(value, list):
        for below in value:
            _files(unit, participant, below)
    elif isinstance(value, Mapping):
        found = value.get("valueAttachment")
        if isinstance(found, dict) and isinstance(found.get("data"), str):
            try:
                kept = parsed("Attachment", found)
                data = base64.b64decode(found["data"], validate=True)
            except (ValueError, binascii.Error):
                return
            if isinstance(kept, BlobRef):
                unit.blob(data, kept.media_type, participant)
        for below in value.values():
            _files(unit, participant, below)


def _add_repeat(unit: Unit, participant: Id, response: Id, one: Repeat, taken: Mapping[str, str]) -> None:
    parent = Id(taken.get(one.parent, one.parent)) if one.parent else None
    beside = unit.reader.list(StoredRepeat, response=response, link_id=one.link_id, parent=parent)
    unit.add(
        StoredRepeat(
            id=Id(taken.get(one.id, one.id)),
            scope=participant,
            response=response,
            link_id=Code(one.link_id),
            parent=parent,
            position=key_after(each.position for each in beside),
        )
    )


def _moved(path: str, taken: Mapping[str, str]) -> str:
    repeats, link_id = split_path(path)
    return "/".join([*(taken.get(one, one) for one in repeats), link_id])


def _id(found: Any) -> Id | None:
    plain_id = found.replace("-", "") if isinstance(found, str) else ""
    return Id(plain_id) if len(plain_id) == 32 and set(plain_id) <= set("0123456789abcdef") else None


def _author(reader: Reader, resource: Mapping[str, Any]) -> Id | None:
    author = resource.get("author")
    reference = author.get("reference") if isinstance(author, dict) else None
    found = _id(reference.removeprefix("urn:uuid:")) if isinstance(reference, str) else None
    return found if found is not None and reader.find(Person, found) is not None else None


def _mode(resource: Mapping[str, Any]) -> Mode:
    listed = resource.get("extension")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and one.get("url") == MODE and isinstance(one.get("valueCodeableConcept"), dict):
            said = one["valueCodeableConcept"].get("text")
            if said in tuple(Mode):
                return Mode(said)
    return Mode.INTERVIEW


def _status(found: Any) -> ResponseStatus:
    return ResponseStatus(found) if found in tuple(ResponseStatus) else ResponseStatus.IN_PROGRESS


def _moment(found: Any) -> datetime | None:
    try:
        made = datetime.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None
    return made if made is not None and made.tzinfo is not None else None
