"""One response as FHIR R4: the answers, each score as an Observation, and what was kept beside them.

    Response ──▶ Bundle(collection): QuestionnaireResponse, Observation… ──▶ ``response_import``

Why a question was left out stands at its answer as HL7's data-absent-reason. What FHIR leaves out of a response
(answers to questions that do not apply now, and why such a question was left out) travels in extensions of our own, so
that it comes back; who does not know them loses nothing that the form would send.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.left_out import LeftOut
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.values import Value
from workwell_desktop.errors import FormRefused
from workwell_desktop.forms import Run, plain
from workwell_desktop.forms.answers import written
from workwell_desktop.forms.emit import response as emitted
from workwell_desktop.forms.extract import observations
from workwell_desktop.services import whole_files
from workwell_desktop.services.assessing import response_records, response_signatures
from workwell_desktop.services.assessing.assessments import repeats_of
from workwell_desktop.services.assessing.launch import context_of, head_of, moment_of
from workwell_desktop.services.assessing.library import form_in
from workwell_desktop.services.assessing.rights import rights_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir import fhir_plan
from workwell_desktop.services.fhir.fhir_parts import NHS_NUMBER, OURS, Resource, clean, entry, moment, to
from workwell_desktop.store import Reader

KEPT = f"{OURS}kept-answer"
LEFT_OUT = f"{OURS}left-out"
MODE = "http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode"


def export_response(desk: Desk, response: Id) -> Resource:
    """One response with its scores as a collection Bundle, written down as exported.

    Whose answers they are stands in it twice: as our own id, and as the NHS number where one is known.
    """
    desk.allow(Act.EXPORT, Response)
    with desk.read() as reader:
        found = reader.get(Response, response)
        number = reader.get(Participant, found.scope).nhs_number
        entries = [entry(_named(one, number)) for one in resources_of(reader, found, desk.clock.now())]
    desk.noted(AuditKind.EXPORTED, found.scope, response)
    return {"resourceType": "Bundle", "type": "collection", "entry": plain(entries)}


def _named(resource: Resource, number: str | None) -> Resource:
    if number is None or not resource.get("subject"):
        return resource
    return {**resource, "subject": {**resource["subject"], "identifier": {"system": NHS_NUMBER, "value": number}}}


def resources_of(reader: Reader, response: Response, now: datetime) -> Iterator[Resource]:
    """The QuestionnaireResponse of a response and, once it is complete, an Observation for each of its scores and what
    the templates of its form make of it."""
    if response.form_url is None:
        return
    form = form_in(reader, response.form_url, digest=response.form_digest)
    run = Run(
        form,
        now=moment_of(response, now),
        answers=reader.answers(response.id),
        repeats=repeats_of(reader, response.id),
        context=context_of(reader, response),
        head=head_of(response, now),
    )
    sent = _response(reader, response, run)
    yield sent
    if response.status in (ResponseStatus.COMPLETED, ResponseStatus.AMENDED):
        for number, score in enumerate(run.scores()):
            if isinstance(score.value, int | Decimal):
                yield fhir_plan.score(response, form.index[score.link_id], Decimal(score.value), number)
        scored = {score.link_id for score in run.scores()}
        for number, (place, found) in enumerate(observations(run)):
            if place.item is not None and place.item.link_id not in scored:
                yield _observation(response, f"{place.path}:{number}", found)
    try:
        yield from response_records.resources_of(response, run, sent)
    except FormRefused:
        return  # the page says why, and the answers go out all the same


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
    reasons = {
        one.path: one.reason.code
        for one in reader.list(LeftOut, order_by="id", response=response.id)
        if one.path and one.reason
    }
    person = reader.get(Participant, response.scope)
    signed = response_signatures.of_response(reader, run, response.id, person)
    sent = emitted(run, str(made["status"]), None, ids=True, absent=reasons, signed=signed)
    kept = [
        {"url": KEPT, "extension": [{"url": "path", "valueString": path}, *_values(run, path, value)]}
        for path, value in run.answers().items()
        if not _is_sent(run, path)
    ]
    left = [
        {
            "url": LEFT_OUT,
            "extension": [
                {"url": "path", "valueString": path},
                {"url": "reason", "valueCode": code},
            ],
        }
        for path, code in reasons.items()
        if not _is_asked(run, path)
    ]
    mode = [{"url": MODE, "valueCodeableConcept": {"text": str(response.mode)}}] if response.mode else []
    items = _with_files(reader, sent.get("item", []))
    if not rights_in(reader, response.form_url or "").words_shown:
        items = _without_words(items)
    return {**made, **clean({"extension": [*mode, *kept, *left, *signed.get("", ())], "item": items})}


def _without_words(value: Any) -> Any:
    """The answers by linkId and code: words that may not be shown do not go out in a file either."""
    if isinstance(value, list):
        return [_without_words(below) for below in value]
    if not isinstance(value, dict):
        return value
    words = "display" if "code" in value else "text" if "linkId" in value else ""
    return {key: _without_words(below) for key, below in value.items() if key != words}


def _is_asked(run: Run, path: str) -> bool:
    place = run.place(path)
    return place is not None and place.enabled


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


def save_response(desk: Desk, response: Id, place: Path) -> None:
    """Writes ``export_response`` to a file that the person chose, in clear and for nobody else's eyes on this computer.

    Whether the file can be written is tried first, so that nothing is written down as exported that was not. Raises
    ReadOnlyFolder.
    """
    desk.allow(Act.EXPORT, Response)

    def written() -> bytes:
        return json.dumps(export_response(desk, response), ensure_ascii=False, indent=2).encode() + b"\n"

    whole_files.write_chosen(place, written, private=True)
