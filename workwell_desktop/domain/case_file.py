"""Reads the case file of ``workwell run-job``: JSON by ``resources/schemas/case.schema.json``, then what a schema
cannot say. The first thing that is wrong is raised as CaseFileInvalid with the place and what is wrong there.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path as FilePath
from typing import Any, NoReturn
from unicodedata import category

from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.domain import nhs_number
from workwell_desktop.domain.schema import Fault, Path, faults, written
from workwell_desktop.errors import BadInput, CaseFileInvalid, in_a_line

LARGEST = 20_000_000
"""Bytes; a case file is some kilobytes, and a scan does not belong in it."""
OWNERS = ("participant", "employer", "other")

CaseFile = Mapping[str, Any]
"""As read: text, bool, int, Decimal, list, dict. Days and times stay the text that the schema has checked."""


def read_case(path: FilePath) -> CaseFile:
    """The case in the file at ``path``. Raises BadInput where there is no such file, CaseFileInvalid for its faults."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except IsADirectoryError:
        raise BadInput("is_a_folder") from None
    except OSError:
        raise BadInput("unreadable_file") from None
    if len(content) > LARGEST:
        raise BadInput("file_too_big")
    return parse_case(content)


def parse_case(content: bytes) -> CaseFile:
    """The same for the bytes of a file."""
    try:
        case = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_not_a_number,
            object_pairs_hook=_once_each,
        )
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CaseFileInvalid(text("site.case.line", line=line), text("site.case.not_utf8")) from None
    except json.JSONDecodeError as error:
        raise CaseFileInvalid(text("site.case.line", line=error.lineno), text("site.case.not_json")) from None
    except RecursionError:
        raise CaseFileInvalid(text("site.case.line", line=1), text("site.case.too_deep")) from None
    except ValueError:  # a number of thousands of digits
        raise CaseFileInvalid(text("site.case.line", line=1), text("site.case.not_json")) from None
    for path, words in strings(case):
        if any(letter not in "\n\r\t" and category(letter) in ("Cc", "Cs") for letter in words):
            raise CaseFileInvalid(written(path) or text("site.case.top"), text("site.case.letters"))
    found = faults(_schema(), case) or list(_rules(case))
    for fault in found:
        raise CaseFileInvalid(written(fault.path) or text("site.case.top"), _said(fault))
    return case  # type: ignore[no-any-return]


def strings(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in a case with its place, names of fields too."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, below in value.items():
            yield (*path, name), name
            yield from strings(below, (*path, name))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from strings(below, (*path, index))


def _said(fault: Fault) -> str:
    """As it stands inside a sentence: a small letter first, no full stop at the end."""
    params = {key: in_a_line(value) if isinstance(value, str) else value for key, value in fault.params.items()}
    said = text(f"site.fault.{fault.code}", **params).rstrip(".")
    return said[:1].lower() + said[1:]


def _not_a_number(name: str) -> NoReturn:
    raise json.JSONDecodeError(name, name, 0)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CaseFileInvalid(twice, text("site.case.twice"))
    return table


@cache
def _schema() -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads(assets.resource("schemas", "case.schema.json").read_text(encoding="utf-8"))
    return schema


def _rules(case: CaseFile) -> Iterator[Fault]:
    yield from _names(case)
    yield from _days(case)
    try:
        nhs_number.parse(case["participant"].get("nhs_number", "9990000018"))
    except BadInput as error:
        yield Fault(("participant", "nhs_number"), error.reason)
    roles = [each["role"] for each in case["signatures"]]
    for role in ("coach", "participant"):
        if roles.count(role) != 1:
            yield Fault(("signatures",), "signs_once", {"role": role})


def _names(case: CaseFile) -> Iterator[Fault]:
    """Whoever is named by a key is there, once; so are obstacles."""
    people = {each["key"] for each in case["people"]}
    obstacles = {each["key"] for each in case["obstacles"]}
    for table in ("people", "obstacles"):
        keys = [each["key"] for each in case[table]]
        for index, key in enumerate(keys):
            if key in keys[:index] or (table == "people" and key in OWNERS):
                yield Fault((table, index, "key"), "code_twice", {"value": key})
    for path, key in _people_named(case):
        if key not in people:
            yield Fault(path, "unknown_person", {"key": key})
    for table in ("actions", "adjustments"):
        for index, each in enumerate(case.get(table, ())):
            if each.get("obstacle", next(iter(obstacles))) not in obstacles:
                yield Fault((table, index, "obstacle"), "unknown_obstacle", {"key": each["obstacle"]})


def _people_named(case: CaseFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    named = (
        ("assessments", "by"),
        ("actions", "owner"),
        ("adjustments", "asked_by"),
        ("signatures", "person"),
        ("papers", "read_out_by"),
    )
    for table, field in named:
        for index, each in enumerate(case.get(table, ())):
            if field in each and each[field] not in OWNERS:
                yield (table, index, field), each[field]
    session = case["session"]
    for field in ("chair", "note_taker", "presenter"):
        if field in session:
            yield ("session", field), session[field]
    yield ("session", "tell", "owner"), session["tell"]["owner"]
    for table, field in (("attendance", "person"), ("contributions", "by")):
        for index, each in enumerate(session.get(table, ())):
            if field in each:
                yield ("session", table, index, field), each[field]
    if "risk" in case:
        yield ("risk", "by"), case["risk"]["by"]


def _days(case: CaseFile) -> Iterator[Fault]:
    """What was done is not in the future, nothing begins before the person was born, and ends follow beginnings."""
    today = date.fromisoformat(case["today"])
    born = date.fromisoformat(case["participant"]["birth_date"])
    done: list[tuple[tuple[str | int, ...], str]] = [
        (("participant", "birth_date"), case["participant"]["birth_date"]),
        (("referral", "received_on"), case["referral"]["received_on"]),
        (("work", "told_on"), case["work"]["told_on"]),
        (("session", "on"), case["session"]["on"]),
    ]
    done += [(("agreements", index, "on"), each["on"]) for index, each in enumerate(case["agreements"])]
    done += [(("assessments", index, "on"), each["on"]) for index, each in enumerate(case["assessments"])]
    done += [(("work", "since"), case["work"]["since"])] if "since" in case["work"] else []
    for path, day in done:
        if date.fromisoformat(day) > today:
            yield Fault(path, "after_today", {"today": case["today"]})
        elif date.fromisoformat(day) < born:
            yield Fault(path, "before_birth")
    for index, each in enumerate(case.get("adjustments", ())):
        if each.get("ends_on", "9999") < each.get("starts_on", ""):
            yield Fault(("adjustments", index, "ends_on"), "ends_before")
    if case["plan"]["review_on"] < case["today"]:
        yield Fault(("plan", "review_on"), "review_past")
