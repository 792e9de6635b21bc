"""FHIR JSON values and the product's own: both ways, for answers, options, limits and initial values."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.source import measured

SUFFIXES: dict[str, tuple[str, ...]] = {
    "boolean": ("Boolean",),
    "decimal": ("Decimal",),
    "integer": ("Integer",),
    "date": ("Date",),
    "dateTime": ("DateTime",),
    "time": ("Time",),
    "string": ("String",),
    "text": ("String",),
    "url": ("Uri",),
    "choice": ("Coding",),
    "open-choice": ("Coding", "String"),
    "attachment": ("Attachment",),
    "reference": ("Reference",),
    "quantity": ("Quantity",),
}
"""The ``value[x]`` that an answer to each type of item has."""

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
"""The extension that says why there is no value."""


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What no text of FHIR may hold (R4, datatypes, string)."""


def readable(written: str) -> bool:
    """Whether a text holds nothing that no text of FHIR may hold."""
    return _CONTROL.search(written) is None


def typed_value(holder: Mapping[str, Any], before: str = "value") -> tuple[str, Any] | None:
    """The type suffix and raw value of ``value[x]`` (or ``answer[x]``, ``initial[x]``)."""
    for key in holder:
        if key.startswith(before) and key != before:
            return key.removeprefix(before), holder[key]
    return None


def absent_reason(answer: Mapping[str, Any]) -> str | None:
    """The code that says why an answer has no value, on the answer itself or on the element of its value."""
    for holder in (answer, *(part for name, part in answer.items() if name.startswith("_value"))):
        listed = holder.get("extension") if isinstance(holder, Mapping) else None
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict) and one.get("url") == ABSENT and isinstance(one.get("valueCode"), str):
                return str(one["valueCode"])
    return None


def parsed(suffix: str, raw: Any) -> Any:
    """The product's value for a FHIR value; ValueError where it is not of that type."""
    reader = _READERS.get(suffix)
    if reader is None:
        raise ValueError("not a type of answer")
    return reader(raw)


def _boolean(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("not true or false")
    return raw


def _integer(raw: Any) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not -(2**31) <= raw < 2**31:
        raise ValueError("not a whole number")
    return raw


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | float):
        raise ValueError("not a number")
    value = Decimal(str(raw)) if isinstance(raw, float) else Decimal(raw)
    if not measured(value):
        raise ValueError("not a number of any use")
    return value


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw or _CONTROL.search(raw):
        raise ValueError("not text")
    return raw


def _date(raw: Any) -> PartialDate:
    return PartialDate.parse(_text(raw))


def _moment(raw: Any) -> PartialDate | datetime:
    written = _text(raw)
    if "T" not in written:
        return PartialDate.parse(written)
    Temporal.parse("dateTime", written)
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _time(raw: Any) -> time:
    Temporal.parse("time", _text(raw))
    return time.fromisoformat(raw)


def _coding(raw: Any) -> Coding:
    if not isinstance(raw, dict):
        raise ValueError("not a coding")
    parts = [raw.get(name) for name in ("system", "code", "display")]
    if any(part is not None and (not isinstance(part, str) or _CONTROL.search(part)) for part in parts) or not any(
        parts
    ):
        raise ValueError("not a coding")
    return Coding(*parts)


def _quantity(raw: Any) -> Quantity:
    if not isinstance(raw, dict):
        raise ValueError("not a quantity")
    if raw.get("comparator") is not None:  # "less than 5" is no number to count or compare with
        raise ValueError("not a simple quantity")
    value = raw.get("value")
    words = [raw.get(name) for name in ("unit", "system", "code")]
    if any(word is not None and (not isinstance(word, str) or _CONTROL.search(word)) for word in words):
        raise ValueError("not a quantity")
    return Quantity(None if value is None else _decimal(value), *words)


def _attachment(raw: Any) -> BlobRef:
    if not isinstance(raw, dict):
        raise ValueError("not an attachment")
    kind, size, url = raw.get("contentType"), raw.get("size"), raw.get("url")
    if isinstance(raw.get("data"), str):
        try:
            content = base64.b64decode(raw["data"], validate=True)
        except binascii.Error:
            raise ValueError("not an attachment") from None
        digest, length = hashlib.sha256(content).hexdigest(), len(content)
        size = size if isinstance(size, int) else length
    elif isinstance(url, str) and url.startswith("urn:sha256:"):
        digest = url.removeprefix("urn:sha256:")
    else:
        digest = hashlib.sha256(str(url or "").encode()).hexdigest()
    return BlobRef(digest, size if isinstance(size, int) else 0, kind if isinstance(kind, str) else "")


def _reference(raw: Any) -> str:
    if not isinstance(raw, dict):
        raise ValueError("not a reference")
    identifier = raw.get("identifier")
    named = identifier.get("value") if isinstance(identifier, dict) else None
    return _text(raw.get("reference") or raw.get("display") or named)


_READERS = {
    "Boolean": _boolean,
    "Integer": _integer,
    "Decimal": _decimal,
    "String": _text,
    "Uri": _text,
    "Url": _text,
    "Code": _text,
    "Date": _date,
    "DateTime": _moment,
    "Instant": _moment,
    "Time": _time,
    "Coding": _coding,
    "Quantity": _quantity,
    "Attachment": _attachment,
    "Reference": _reference,
}


def written(kind: str, value: Any) -> dict[str, Any]:
    """``{"valueX": …}`` for one answer to an item of type ``kind``."""
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, Coding):
        return {"valueCoding": _given(system=value.system, code=value.code, display=value.display)}
    if isinstance(value, Quantity):
        return {"valueQuantity": _given(value=value.value, unit=value.unit, system=value.system, code=value.code)}
    if isinstance(value, BlobRef):
        url = f"urn:sha256:{value.sha256}"
        return {"valueAttachment": _given(contentType=value.media_type or None, size=value.size, url=url)}
    if isinstance(value, int) and kind != "decimal":
        return {"valueInteger": value}
    if isinstance(value, int | Decimal):
        return {"valueDecimal": Decimal(value)}
    if isinstance(value, datetime):
        return {"valueDateTime": moment_text(value)}
    if isinstance(value, PartialDate):
        return {"valueDateTime" if kind == "dateTime" else "valueDate": str(value)}
    if isinstance(value, time):
        return {"valueTime": value.isoformat()}
    if kind == "reference":
        return {"valueReference": {"reference": value}}
    return {"valueUri" if kind == "url" else "valueString": value}


def _given(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part is not None}


def moment_text(moment: datetime) -> str:
    """A moment as FHIR writes it, with its own offset."""
    return moment.isoformat().replace("+00:00", "Z") if moment.tzinfo else moment.replace(tzinfo=UTC).isoformat()
