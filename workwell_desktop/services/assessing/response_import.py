"""One response from FHIR R4 into a person's record: the same answers in the same places, or nothing and the reason.

A file that ``response_exchange`` made comes back whole. One from another system is read by the form that it names;
what in it does not fit that form is told of.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Mode, Response, ResponseStatus
from workwell_desktop.domain.episodes import Repeat as StoredRepeat
from workwell_desktop.domain.left_out import LeftOut, Reason
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import FormVersion, Person
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.values import BlobRef, Value
from workwell_desktop.errors import BadInput
from workwell_desktop.forms import Form, Reading, Repeat, Run, link_id_of, read_response, split_path
from workwell_desktop.forms.answers import parsed, typed_value
from workwell_desktop.forms.source import NotJson, load
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.assessing import response_signatures, risk
from workwell_desktop.services.assessing.assessments import repeats_of
from workwell_desktop.services.assessing.library import form_in
from workwell_desktop.services.assessing.response_exchange import KEPT, LEFT_OUT, MODE
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir.fhir_parts import NHS_NUMBER, OURS
from workwell_desktop.services.lookup import key_after
from workwell_desktop.store import Reader, Unit

LARGEST = 64 * 1024 * 1024
_REASONS = {reason.code: reason for reason in Reason}
"""Codes of data-absent-reason that are known here; a question with another one counts as not asked, and is told of."""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of an import: the response, whether it is new here, and the codes of what in it did not fit the form
    (``forms.issue.<code>``)."""

    response: Id
    created: bool
    problems: tuple[str, ...]


def import_file(desk: Desk, participant: Id, file: Path) -> BroughtIn:
    """``import_response`` of a file. Raises BadInput ``file_missing``, ``file_too_big`` and ``not_json`` as well."""
    desk.allow(Act.IMPORT_CASE, Response)
    try:
        with file.open("rb") as opened:
            source = opened.read(LARGEST + 1)
    except OSError as trouble:
        raise BadInput("file_missing") from trouble
    if len(source) > LARGEST:
        raise BadInput("file_too_big")
    try:
        read = load(source, LARGEST)
    except NotJson as wrong:
        raise BadInput("not_json") from wrong
    if not isinstance(read, dict):
        raise BadInput("not_a_response")
    return import_response(desk, participant, read)


def import_response(desk: Desk, participant: Id, resource: Mapping[str, Any]) -> BroughtIn:
    """Takes a QuestionnaireResponse, or the Bundle that ``export_response`` made, into a person's record.

    One that is here already with the same answers stays as it is. Scores are worked out again, so Observations are not
    read; an answer that opens the talk about risk opens it here too. Raises UnknownForm where the library has no form
    of its address and version, and BadInput: ``not_a_response``; ``response_of_other`` where the file says that it is
    somebody else's; ``form_differs`` where it was given on another form under the same address and version;
    ``response_changed`` where it is here with other answers.
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
    if (here is not None and here.scope != participant) or _of_other(unit.reader, participant, resource):
        raise BadInput("response_of_other")
    form = _form(unit.reader, resource)
    reading = read_response(form, resource, ids=True)
    _keep(form, reading, resource)
    if here is not None:
        if not _is_as_read(unit.reader, here, form, reading, resource):
            raise BadInput("response_changed")
        return BroughtIn(here.id, False, ())
    taken = {one.id: new_id() for one in reading.repeats if unit.reader.find(StoredRepeat, Id(one.id)) is not None}
    episode = present_episode(unit.reader, participant)
    at = _moment(resource.get("authored")) or desk.clock.now()
    status = _status(resource.get("status"))
    response = unit.add(
        Response(
            id=own if own is not None else new_id(),
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
        if status is not ResponseStatus.ENTERED_IN_ERROR:
            _raise(desk, unit, participant, response, form, path, value)
    reasons = {path: _REASONS[code] for path, code in reading.absent.items() if code in _REASONS}
    for path, reason in {**dict(_left_out(resource)), **reasons}.items():
        unit.add(LeftOut(id=new_id(), scope=participant, response=response, path=_moved(path, taken), reason=reason))
    run = Run(form, now=at, answers=reading.answers, repeats=reading.repeats)
    moved = {path: _moved(path, taken) for path in reading.signatures if path}
    response_signatures.keep(unit, participant, response, run, reading, moved)
    unknown = ["answerWithoutValue"] * (len(reading.absent) - len(reasons))
    return BroughtIn(response, True, (*(one.code for one in reading.issues), *unknown))


def _raise(desk: Desk, unit: Unit, participant: Id, response: Id, form: Form, path: str, value: Value) -> None:
    """Answers that come in by a file open the talk about risk as those that are given here do."""
    asked = risk.asked_for(desk.site, form, link_id_of(path), value)
    if asked is not None:
        trigger, shown = asked
        risk.raise_in(
            desk,
            unit,
            participant,
            response=response,
            form_title=form.title,
            question=trigger.question,
            answer=shown,
        )


def _of_other(reader: Reader, participant: Id, resource: Mapping[str, Any]) -> bool:
    """Whether the file itself says that these are another person's answers: by NHS number, or by an id of ours."""
    subject = resource.get("subject")
    if not isinstance(subject, dict):
        return False
    named = subject.get("identifier")
    if isinstance(named, dict) and named.get("system") == NHS_NUMBER and isinstance(named.get("value"), str):
        known = reader.get(Participant, participant).nhs_number
        if known is not None:
            return known != str(named["value"]).replace(" ", "")
    reference = subject.get("reference")
    one = _id(reference.removeprefix("urn:uuid:")) if isinstance(reference, str) else None
    return one is not None and one != participant and reader.find(Participant, one) is not None


def _is_as_read(reader: Reader, here: Response, form: Form, reading: Reading, resource: Mapping[str, Any]) -> bool:
    """Whether a response that is here holds what the file says: the same form, answers, instances and reasons."""
    reasons = {one.path: one.reason for one in reader.list(LeftOut, response=here.id) if one.path and one.reason}
    read = {**dict(_left_out(resource)), **{path: _REASONS.get(code) for path, code in reading.absent.items()}}
    instances = {one.id for one in repeats_of(reader, here.id)}
    return (
        here.form_digest == form.digest
        and here.status is _status(resource.get("status"))
        and reader.answers(here.id) == reading.answers
        and instances == {one.id for one in reading.repeats}
        and reasons == read
        and response_signatures.same(reader, here.id, reading)
    )


def _form(reader: Reader, resource: Mapping[str, Any]) -> Form:
    """The very form that a file of ours was given on; for any other file the one of its address and version."""
    named = str(resource["questionnaire"])
    identifier = resource.get("identifier")
    digest = identifier.get("value") if isinstance(identifier, dict) else None
    ours = isinstance(identifier, dict) and identifier.get("system") == f"{OURS}form-digest"
    if not ours or not isinstance(digest, str):
        return form_in(reader, named)
    if reader.list(FormVersion, digest=digest):
        return form_in(reader, named, digest=digest)
    form_in(reader, named)
    raise BadInput("form_differs")


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
    for one in _extensions(resource, LEFT_OUT):
        parts = {part.get("url"): typed_value(part) for part in one}
        path, reason = parts.get("path"), parts.get("reason")
        if path is not None and reason is not None and isinstance(path[1], str) and reason[1] in _REASONS:
            yield path[1], _REASONS[reason[1]]


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
