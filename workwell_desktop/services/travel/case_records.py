"""Records inside the resources of a case: what FHIR has no place for travels as an extension beside what it has.

    resource ── extension ``…/extensions/record`` ── kind, and one part for each field ── valueString, valueDate, …

Each field has the FHIR type of its own; nothing is packed into a text. A bundle without these parts is read by
anybody; with them the case comes back as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from workwell_desktop.domain.dates import in_reach
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.records import Code, FieldSpec, FieldType, Id, Record, fields_of, kind_of
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.texts import clean
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity, Value
from workwell_desktop.errors import BadInput
from workwell_desktop.services.fhir.fhir_parts import Resource, binary, urn

RECORD = "https://workwell-desktop.example/extensions/record"
ANSWER = "https://workwell-desktop.example/extensions/answer"
_KIND = "record-kind"
"""Fields are named in letters and underscores: none can be called like this."""
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one place of a bundle: ``resource`` as ``Task/…`` or ``entry 3``, ``field`` within it."""

    resource: str
    field: str
    message: str

    def as_json(self) -> dict[str, str]:
        """The keys that the command line promises."""
        return {"resource": self.resource, "field": self.field, "message": self.message}


class Unfit(Exception):
    """A value that a field cannot hold; ``field`` and the sentence that says why."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name)
        self.field = name
        self.message = message


@dataclass
class Carried:
    """A record as a bundle carries it, with the answers by path where it is a response."""

    cls: type[Record]
    values: dict[str, Any]
    answers: dict[str, Value] = field(default_factory=dict)


# --- out ------------------------------------------------------------------------------------------------------------


def extension_of(one: Record, leave: frozenset[str] = frozenset()) -> Resource:
    """Every field of a record that is set, but those to ``leave`` out."""
    parts: list[Resource] = [{"url": _KIND, "valueCode": kind_of(type(one))}]
    for spec in fields_of(type(one)):  # type: ignore[arg-type]
        value = getattr(one, spec.name)
        if value is None or value == "" or spec.name in leave:
            continue
        if spec.holds is FieldType.SET:
            parts += [{"url": spec.name, "valueString": each} for each in sorted(value)]
        else:
            key, make = _FIELDS[spec.holds]
            parts.append({"url": spec.name, key: make(value)})
    return {"url": RECORD, "extension": parts}


def answer_extensions(answers: Mapping[str, Value]) -> list[Resource]:
    """The answers of a response by their paths, those of questions that are closed now included."""
    made = []
    for path, value in sorted(answers.items()):
        several = isinstance(value, tuple)
        parts: list[Resource] = [{"url": "path", "valueString": path}]
        if several:
            parts.append({"url": "several", "valueBoolean": True})
        for each in value if isinstance(value, tuple) else (value,):
            key, make = next(found for kind, found in _ANSWERS.items() if kind is type(each))
            parts.append({"url": "value", key: make(each)})
        made.append({"url": ANSWER, "extension": parts})
    return made


def _attachment(ref: BlobRef) -> Resource:
    return {
        "contentType": ref.media_type,
        "url": urn(binary(ref.sha256)),
        "size": ref.size,
        "title": ref.sha256,
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_MOMENT)


def _same(value: Any) -> Any:
    return value


_FIELDS: dict[FieldType, tuple[str, Callable[[Any], Any]]] = {
    FieldType.TEXT: ("valueString", _same),
    FieldType.CODE: ("valueCode", str),
    FieldType.ID: ("valueId", str),
    FieldType.FLAG: ("valueBoolean", _same),
    FieldType.INTEGER: ("valueInteger", _same),
    FieldType.DECIMAL: ("valueDecimal", _same),
    FieldType.DATE: ("valueDate", date.isoformat),
    FieldType.PARTIAL_DATE: ("valueDate", str),
    FieldType.MOMENT: ("valueInstant", _instant),
    FieldType.BLOB: ("valueAttachment", _attachment),
}
_ANSWERS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    str: ("valueString", _same),
    bool: ("valueBoolean", _same),
    int: ("valueInteger", _same),
    Decimal: ("valueDecimal", _same),
    PartialDate: ("valueDate", str),
    datetime: ("valueInstant", _instant),
    time: ("valueTime", lambda value: value.strftime("%H:%M:%S")),
    Coding: ("valueCoding", lambda one: {"system": one.system, "code": one.code, "display": one.display}),
    Quantity: (
        "valueQuantity",
        lambda one: {"value": one.value, "unit": one.unit, "system": one.system, "code": one.code},
    ),
    BlobRef: ("valueAttachment", _attachment),
}


# --- in -------------------------------------------------------------------------------------------------------------


def carried_by(resource: Mapping[str, Any]) -> Carried | None:
    """The record that a resource carries, or None. Raises Unfit for a field that cannot be what it says."""
    found = _extensions(resource, RECORD)
    if not found:
        return None
    if len(found) > 1:
        raise Unfit("extension", text("case_bundle.twice"))
    parts = _parts(found[0])
    kinds = parts.pop(_KIND, [])
    name = kinds[0].get("valueCode") if len(kinds) == 1 else None
    cls = KINDS.get(name) if isinstance(name, str) else None
    if cls is None:
        raise Unfit(_KIND, text("case_bundle.unknown_kind"))
    known = {spec.name: spec for spec in fields_of(cls)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for field_name, each in parts.items():
        if field_name not in known:
            raise Unfit(field_name, text("case_bundle.unknown_field"))
        values[field_name] = _field(known[field_name], each)
    answers = dict(_answer(one) for one in _extensions(resource, ANSWER))
    return Carried(cls, values, answers)


def _extensions(resource: Mapping[str, Any], url: str) -> list[Mapping[str, Any]]:
    found = resource.get("extension", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unfit("extension", text("case_bundle.not_a_list"))
    return [one for one in found if one.get("url") == url]


def _parts(extension: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    parts: dict[str, list[Mapping[str, Any]]] = {}
    found = extension.get("extension")
    if not isinstance(found, list):
        raise Unfit("extension", text("case_bundle.not_a_list"))
    for one in found:
        if not isinstance(one, dict) or not isinstance(one.get("url"), str) or len(one) != 2:
            raise Unfit("extension", text("case_bundle.not_a_part"))
        parts.setdefault(one["url"], []).append(one)
    return parts


def _field(spec: FieldSpec, parts: list[Mapping[str, Any]]) -> Any:
    if spec.holds is FieldType.SET:
        return frozenset(_read(spec.name, one, "valueString") for one in parts)
    if len(parts) != 1:
        raise Unfit(spec.name, text("case_bundle.twice"))
    key, _make = _FIELDS[spec.holds]
    value = _read(spec.name, parts[0], key, whole_day=spec.holds is FieldType.DATE)
    if spec.enum is not None:
        try:
            return spec.enum(value)
        except ValueError:
            raise Unfit(spec.name, text("case_bundle.unknown_code")) from None
    return Code(value) if spec.holds is FieldType.CODE else value


def _answer(extension: Mapping[str, Any]) -> tuple[str, Value]:
    parts = _parts(extension)
    paths, values = parts.get("path", []), parts.get("value", [])
    if len(paths) != 1:
        raise Unfit("path", text("case_bundle.twice"))
    path = _read("path", paths[0], "valueString")
    read = []
    for one in values:
        (key,) = set(one) - {"url"}
        read.append(_read(path, one, key))
    if "several" in parts:
        return path, tuple(read)
    if len(read) != 1:
        raise Unfit(path, text("case_bundle.twice"))
    return path, read[0]


def _read(name: str, part: Mapping[str, Any], key: str, *, whole_day: bool = False) -> Any:
    if key not in part or key not in _READERS:
        raise Unfit(name, text("case_bundle.another_type", type=key.removeprefix("value").lower()))
    try:
        found = _READERS[key](part[key])
        return in_reach(date.fromisoformat(str(found))) if whole_day else found
    except BadInput as trouble:
        raise Unfit(name, text(f"errors.reason.{trouble.reason}", **trouble.params)) from None
    except (ValueError, TypeError, KeyError, InvalidOperation):
        raise Unfit(name, text("case_bundle.another_type", type=key.removeprefix("value").lower())) from None


def _is(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError
        return value

    return check


def _text(value: Any) -> str:
    found: str = _is(str)(value)
    return clean(found)


def _id(value: Any) -> Id:
    if not isinstance(value, str) or len(value) != 32 or not set(value) <= set("0123456789abcdef"):
        raise ValueError
    return Id(value)


def _decimal(value: Any) -> Decimal:
    if type(value) not in (int, Decimal):
        raise TypeError
    found = Decimal(value)
    if not found.is_finite():
        raise ValueError
    return found


def _moment(value: Any) -> datetime:
    return datetime.strptime(_is(str)(value), _MOMENT).replace(tzinfo=UTC)


def _words(value: Any) -> str | None:
    return None if value is None else _text(value)


def _blob(value: Any) -> BlobRef:
    sha256, size = _is(str)(value["title"]), _is(int)(value["size"])
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError
    return BlobRef(sha256, size, _text(value["contentType"]))


_READERS: dict[str, Callable[[Any], Any]] = {
    "valueString": _text,
    "valueCode": _text,
    "valueId": _id,
    "valueBoolean": _is(bool),
    "valueInteger": _is(int),
    "valueDecimal": _decimal,
    "valueDate": lambda value: PartialDate.parse(_is(str)(value)),
    "valueInstant": _moment,
    "valueTime": lambda value: time.fromisoformat(_is(str)(value)),
    "valueCoding": lambda one: Coding(_words(one.get("system")), _words(one.get("code")), _words(one.get("display"))),
    "valueQuantity": lambda one: Quantity(
        None if one.get("value") is None else _decimal(one["value"]),
        _words(one.get("unit")),
        _words(one.get("system")),
        _words(one.get("code")),
    ),
    "valueAttachment": _blob,
}
