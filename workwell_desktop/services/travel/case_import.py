"""Brings a whole case in from the bundle that ``bundle.export_case`` made: all of it, or nothing.

    bytes ──▶ every resource and the record it carries ──▶ one unit of work ──▶ the case exported again and compared

What the resources show and what their records say must agree: nobody could tell which of two is right. What is here
already stays as it is, so that a second time changes nothing. People, teams and sessions of the other partnership come
along as far as the case names them; nobody of them works here, and no key comes with them.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NoReturn

from workwell_desktop.domain import intake, nhs_number
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import FormStatus, FormVersion, Partnership, Person, Team
from workwell_desktop.domain.records import Id, Record, Scope, fields_of, is_restricted, kind_of, new_id, scope_of
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.sessions import Session
from workwell_desktop.domain.texts import clean
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput, FormRefused
from workwell_desktop.forms import compile_form
from workwell_desktop.services.assessing.library import MEDIA_TYPE
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir.fhir_parts import Resource, binary
from workwell_desktop.services.safekeeping import erasing
from workwell_desktop.services.travel.bundle import AROUND, case_entries, plain
from workwell_desktop.services.travel.case_records import Carried, Problem, Unfit, carried_by
from workwell_desktop.store import DELETED, Unit

LARGEST = 512 * 1024 * 1024
"""Bytes of a bundle: a case is a few million, and each photo or PDF that was brought comes to 14 million at most."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many resources a bundle has, how many are new here and how many were here; and what is wrong with it.

    With a problem that is not ``here_otherwise`` nothing was changed."""

    resources: int
    created: int
    skipped: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A bundle that was brought in and taken back: what it holds and what came of it. ``new`` are the records that
    are not here; ``sender`` is what the bundle calls the partnership that made it."""

    done: Imported
    records: Mapping[Id, Carried]
    files: dict[Id, bytes]
    new: frozenset[Id]
    person: Id
    sender: str


class _TakenBack(Exception):
    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


@dataclass
class _Case:
    """A bundle that was read: resources and their records by id, and files by the id of their resource."""

    resources: dict[Id, Resource] = field(default_factory=dict)
    records: dict[Id, Carried] = field(default_factory=dict)
    files: dict[Id, bytes] = field(default_factory=dict)
    person: Id = field(default=Id(""))

    def name(self, one: Id) -> str:
        return f"{self.resources[one]['resourceType']}/{one}"


def import_case(desk: Desk, source: bytes) -> Imported:
    """Brings a case in. Raises BadInput ``file_too_big``, ``not_json`` or ``not_a_bundle``; every other trouble is a
    problem that names its resource and field."""
    desk.allow(Act.IMPORT_CASE, Participant)
    entries = _entries(source)
    case, problems = _read(entries)
    if problems:
        return Imported(len(entries), 0, 0, tuple(problems))
    try:
        with desk.unit() as unit:
            return _brought_in(desk, unit, case)[0]
    except _TakenBack as stopped:
        return Imported(len(entries), 0, 0, stopped.problems)


def rehearse(desk: Desk, source: bytes) -> Rehearsed:
    """What ``import_case`` would do, found out by doing it and taking it back. Nothing is changed. Raises as it."""
    desk.allow(Act.IMPORT_CASE, Participant)
    entries = _entries(source)
    case, problems = _read(entries)
    sender = next((one.get("name") for own, one in case.resources.items() if _is_the_other_partnership(case, own)), "")
    done, new = Imported(len(entries), 0, 0, tuple(problems)), set[Id]()
    if not problems:
        try:
            with desk.unit() as unit:
                done, new = _brought_in(desk, unit, case)
                raise _TakenBack(*done.problems)
        except _TakenBack as stopped:
            if not new:
                # it stopped on the way, or everything is here
                done = replace(done, problems=stopped.problems)
    said = sender if isinstance(sender, str) else ""
    return Rehearsed(done, case.records, case.files, frozenset(new), case.person, said)


# --- reading --------------------------------------------------------------------------------------------------------


def _entries(source: bytes) -> list[Any]:
    if len(source) > LARGEST:
        raise BadInput("file_too_big")
    try:
        found = json.loads(source, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadInput("not_json") from None
    entries = found.get("entry") if isinstance(found, dict) and found.get("resourceType") == "Bundle" else None
    if not isinstance(entries, list) or not entries:
        raise BadInput("not_a_bundle")
    return entries


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _read(entries: list[Any]) -> tuple[_Case, list[Problem]]:
    case = _Case()
    problems: list[Problem] = []
    for number, one in enumerate(entries, start=1):
        resource = one.get("resource") if isinstance(one, dict) else None
        if not isinstance(resource, dict) or not _has_name(resource) or resource["id"] in case.resources:
            problems.append(Problem(f"entry {number}", "resource", text("case_bundle.not_a_resource")))
            continue
        own = Id(resource["id"])
        case.resources[own] = resource
        try:
            if resource["resourceType"] == "Binary":
                case.files[own] = _bytes(resource)
            elif (carried := carried_by(resource)) is not None:
                _check(carried)
                case.records[own] = carried
        except Unfit as unfit:
            problems.append(Problem(case.name(own), unfit.field, unfit.message))
    people = [own for own, one in case.records.items() if one.cls is Participant]
    if not problems and len(people) != 1:
        problems.append(Problem("Bundle", "entry", text("case_bundle.one_person")))
    case.person = people[0] if people else case.person
    return case, problems or list(_problems(case))


def _has_name(resource: Mapping[str, Any]) -> bool:
    own = resource.get("id")
    hexadecimal = isinstance(own, str) and len(own) == 32 and set(own) <= set("0123456789abcdef")
    return hexadecimal and isinstance(resource.get("resourceType"), str)


def _bytes(resource: Mapping[str, Any]) -> bytes:
    try:
        data = base64.b64decode(resource.get("data", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Unfit("data", text("case_bundle.wrong_file")) from None
    if binary(hashlib.sha256(data).hexdigest()) != resource["id"]:
        raise Unfit("data", text("case_bundle.wrong_file"))
    return data


def _check(carried: Carried) -> None:
    """What must be true of a kind, apart from the rest of the case. Raises Unfit."""
    if carried.cls is not Participant and carried.cls not in AROUND and not _is_of_a_person(carried.cls):
        raise Unfit("record-kind", text("case_bundle.unknown_kind"))
    for name in carried.values:
        # nobody comes in with a role, a key or the cover of a lock
        if carried.cls in AROUND and name not in AROUND[carried.cls]:
            raise Unfit(name, text("case_bundle.unknown_field"))
    if carried.cls is Participant:
        names = intake.name_problems(carried.values.get("given_name"), carried.values.get("family_name"))
        for name, reason in names:
            raise Unfit(name, text(f"errors.field.{reason}"))
        if (number := carried.values.get("nhs_number")) is not None:
            try:
                nhs_number.parse(number)
            except BadInput as trouble:
                raise Unfit("nhs_number", text(f"errors.field.{trouble.reason}")) from None


def _is_of_a_person(cls: type[Record]) -> bool:
    return scope_of(kind_of(cls)) is Scope.PARTICIPANT


def _problems(case: _Case) -> Iterator[Problem]:
    """What is wrong between the resources of a case."""
    for own, one in case.records.items():
        for whose in ("subject", "patient", "for"):
            about = case.resources[own].get(whose)
            if isinstance(about, dict) and _id_of(about.get("reference")) != case.person:
                yield Problem(case.name(own), whose, text("case_bundle.belongs_elsewhere"))
        for name, value in one.values.items():
            if isinstance(value, BlobRef) and not _holds(case, value.sha256, value.size):
                yield Problem(case.name(own), name, text("case_bundle.file_missing"))


def _holds(case: _Case, sha256: str, size: int | None = None) -> bool:
    data = case.files.get(binary(sha256))
    if data is None or (size is not None and len(data) != size):
        return False
    return hashlib.sha256(data).hexdigest() == sha256


def _id_of(reference: object) -> str:
    return str(reference).removeprefix("urn:uuid:").replace("-", "")


# --- bringing in ----------------------------------------------------------------------------------------------------


def _brought_in(desk: Desk, unit: Unit, case: _Case) -> tuple[Imported, set[Id]]:
    erased = erasing.was_erased(unit.reader, case.person)
    if erased is not None:
        raise BadInput("case_erased")
    _refuse_second_number(unit, case)
    new, problems = _sorted_out(unit, case)
    files = {own for own in case.files if not _has_file(unit, case.files[own])}
    for ref in _files_named(case, new):
        unit.blob(case.files[binary(ref.sha256)], ref.media_type, case.person)
    partnership = unit.reader.list(Partnership)[0].id
    # the person stands first: undo is named after them
    for own in sorted(new, key=lambda one: (one != case.person, case.records[one].cls not in AROUND)):
        carried = case.records[own]
        known: dict[str, Any] = {"active": False} if carried.cls is Person else {}
        scope = _scope(carried, own, case.person, partnership)
        _added(unit, case, own, carried.cls(id=own, scope=scope, **{**carried.values, **known}))
        for path, value in carried.answers.items():
            unit.answer(own, path, value)
    _add_forms(unit, case, new, partnership)
    fresh = case.person in new
    if fresh:
        _compare(desk, unit, case, new)
    created = len([one for one in case.resources if _is_new(case, one, new, files, fresh)])
    return Imported(len(case.resources), created, len(case.resources) - created, tuple(problems)), new


def _is_new(case: _Case, one: Id, new: set[Id], files: set[Id], fresh: bool) -> bool:
    """Whether a resource came in; one that shows a part of the case came with the person."""
    if one in case.files:
        return one in files
    return one in new if one in case.records else fresh


def _sorted_out(unit: Unit, case: _Case) -> tuple[set[Id], list[Problem]]:
    """The records that are new here; and what is said otherwise by those that are not."""
    new: set[Id] = set()
    problems = []
    for own, carried in case.records.items():
        home = unit.ledger.home(own)
        if home is None or (home[0] == kind_of(carried.cls) and unit.deleted(own)):
            new.add(own)
        elif home[0] != kind_of(carried.cls):
            raise _TakenBack(Problem(case.name(own), "id", text("case_bundle.same_id")))
        elif carried.cls not in AROUND:
            problems += list(_here_otherwise(unit, case, own, carried))
    return new, problems


def _here_otherwise(unit: Unit, case: _Case, own: Id, carried: Carried) -> Iterator[Problem]:
    here = unit.reader.find(carried.cls, own)
    if here is None:
        return
    for spec in fields_of(carried.cls):  # type: ignore[arg-type]
        there = carried.values.get(spec.name)
        if _nothing(there) is not _nothing(stands := getattr(here, spec.name)) or (there or None) != (stands or None):
            yield Problem(case.name(own), spec.name, text("case_bundle.here_otherwise"))
    if isinstance(here, Response):
        answers = unit.reader.answers(own)
        for path in sorted(answers.keys() | carried.answers.keys()):
            if answers.get(path) != carried.answers.get(path):
                yield Problem(case.name(own), path, text("case_bundle.here_otherwise"))


def _nothing(value: Any) -> bool:
    return value is None or value in ("", frozenset())


def _refuse_second_number(unit: Unit, case: _Case) -> None:
    number = case.records[case.person].values.get("nhs_number")
    if number and any(one.id != case.person for one in unit.reader.list(Participant, nhs_number=number)):
        raise _TakenBack(Problem(case.name(case.person), "nhs_number", text("case_bundle.number_taken")))


def _files_named(case: _Case, new: set[Id]) -> list[BlobRef]:
    return [
        value
        for own in new
        for value in (*case.records[own].values.values(), *case.records[own].answers.values())
        if isinstance(value, BlobRef) and binary(value.sha256) in case.files
    ]


def _has_file(unit: Unit, data: bytes) -> bool:
    return unit.reader.has_blob(hashlib.sha256(data).hexdigest())


def _add_forms(unit: Unit, case: _Case, new: set[Id], partnership: Id) -> None:
    """Questionnaires that answers were given on and that are not here: to be read, not offered."""
    known = {one.digest for one in unit.reader.list(FormVersion)}
    for own in sorted(new):
        digest = case.records[own].values.get("form_digest")
        if case.records[own].cls is not Response or digest is None or digest in known:
            continue
        if not _holds(case, digest):
            raise _TakenBack(Problem(case.name(own), "form_digest", text("case_bundle.file_missing")))
        source = case.files[binary(digest)]
        try:
            form = compile_form(source)
        except FormRefused:
            raise _TakenBack(Problem(case.name(own), "form_digest", text("case_bundle.form_refused"))) from None
        unit.add(
            FormVersion(
                id=new_id(),
                scope=partnership,
                url=form.url,
                version=form.version,
                title=form.title,
                digest=digest,
                definition=unit.blob(source, MEDIA_TYPE, partnership),
                status=FormStatus.RETIRED,
            )
        )
        known.add(digest)


def _scope(carried: Carried, own: Id, person: Id, partnership: Id) -> Id:
    if carried.cls is Team:
        return own
    if carried.cls is Session:
        return Id(carried.values.get("team") or own)
    return partnership if carried.cls is Person else person


def _added(unit: Unit, case: _Case, own: Id, one: Record) -> None:
    try:
        if unit.ledger.home(one.id) is None:
            unit.add(one)
        else:
            _came_back(unit, one)
    except (ValueError, TypeError, BadInput):
        raise _TakenBack(Problem(case.name(own), "extension", text("case_bundle.not_a_part"))) from None


def _came_back(unit: Unit, one: Record) -> None:
    """A record that was here once and was taken back, as the file has it."""
    unit.settle((one.id, DELETED), False)
    values = {spec.name: getattr(one, spec.name) for spec in fields_of(type(one))}  # type: ignore[arg-type]
    unit.set(type(one), one.id, scope=one.scope, **values)


def _compare(desk: Desk, unit: Unit, case: _Case, new: set[Id]) -> None:
    """Exports the case from what was just written and holds it against the file. Raises _TakenBack."""
    person = unit.reader.get(Participant, case.person)
    brought = frozenset(kind_of(one.cls) for one in case.records.values() if is_restricted(kind_of(one.cls)))
    entries = case_entries(unit.reader, person, desk.clock.now(), brought)
    made = {Id(one["resource"]["id"]): one["resource"] for one in entries}
    problems = []
    for own, resource in case.resources.items():
        if _is_the_other_partnership(case, own) or (own in case.records and own not in new):
            continue
        again = made.get(own)
        if again is None:
            problems.append(Problem(case.name(own), "resourceType", text("case_bundle.no_record")))
            continue
        here, there = _comparable(again), _comparable(plain(resource))
        for key in sorted(here.keys() | there.keys()):
            if here.get(key) != there.get(key):
                problems.append(Problem(case.name(own), key, text("case_bundle.says_otherwise")))
                break
    for own in new & (made.keys() - case.resources.keys()):
        problems.append(Problem(case.name(own), "resourceType", text("case_bundle.missing")))
    if problems:
        raise _TakenBack(*problems)


def _is_the_other_partnership(case: _Case, own: Id) -> bool:
    return case.resources[own]["resourceType"] == "Organization" and own not in case.records


def _comparable(value: Any) -> Any:
    """Text as it may stand here, whatever a program on the way did to its line breaks."""
    if isinstance(value, dict):
        return {key: _comparable(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_comparable(below) for below in value]
    if isinstance(value, str):
        try:
            return clean(value)
        except BadInput:
            return value
    return value
