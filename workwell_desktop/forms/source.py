"""From bytes to the JSON of one R4 questionnaire: limits first, then the version, then what changes mechanically."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.problems import Problems

MAX_BYTES = 4_000_000
MAX_JSON_DEPTH = 120


class NotJson(ValueError):
    """The bytes are not JSON that this program reads; ``reason`` names the problem."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def load(source: bytes, most: int = MAX_BYTES) -> Any:
    """JSON with exact decimals; NotJson where it is not, or is larger than ``most`` bytes or too deep."""
    if len(source) > most:
        raise NotJson("tooLarge")
    try:
        found = json.loads(
            source.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_never,
            object_pairs_hook=_object,
        )
        if b"\\u" in source:  # half of a pair of surrogates is no character, and cannot be written down again
            json.dumps(found, ensure_ascii=False, default=str).encode()
    except RecursionError:
        raise NotJson("tooDeep") from None
    except _Twice:
        raise NotJson("nameTwice") from None
    except ValueError:
        raise NotJson("notJson") from None
    if _deeper(found, MAX_JSON_DEPTH):
        raise NotJson("tooDeep")
    return found


class _Twice(ValueError):
    """A name stands twice in one object: which of the two counts, every program decides for itself."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Twice
    return made


def _whole(written: str) -> int:
    if len(written) > 40:
        raise ValueError("a number beyond all measure")
    return int(written)


def _decimal(written: str) -> Decimal:
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise ValueError("a number beyond all measure") from None
    if not measured(value):
        raise ValueError("a number beyond all measure")
    return value


def measured(value: Decimal) -> bool:
    """Whether a number is of a size that anybody could mean, and can be written out."""
    _sign, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and len(digits) <= 60 and -60 <= exponent <= 40


def _never(written: str) -> Any:
    raise ValueError(written)


def _deeper(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                below += each.values()
            elif isinstance(each, list):
                below += each
        if not below:
            return False
        level = below
    return True


def questionnaire(source: bytes, problems: Problems) -> dict[str, Any] | None:
    """The R4 questionnaire in ``source``, or None and a problem that says what it is instead."""
    try:
        found = load(source)
    except NotJson as wrong:
        problems.error(wrong.reason, limit=MAX_BYTES // 1_000_000)
        return None
    if not isinstance(found, dict) or found.get("resourceType") != "Questionnaire":
        kind = found.get("resourceType") if isinstance(found, dict) else None
        problems.error("notAQuestionnaire", kind=kind if isinstance(kind, str) else "?")
        return None
    return converted(found, problems)


def converted(found: dict[str, Any], problems: Problems) -> dict[str, Any]:
    """A questionnaire as R4 writes it, with a warning where it was written for another version."""
    found = _addressed(found)
    version = release(found)
    if version == "STU3":
        problems.warning("convertedFrom", version="STU3")
        return {**found, "item": [_from_stu3(item) for item in _items(found)]}
    if version == "R5":
        problems.warning("convertedFrom", version="R5")
        return {**found, "item": [_from_r5(item, problems) for item in _items(found)]}
    return found


def _addressed(holder: dict[str, Any]) -> dict[str, Any]:
    """The same with everything that steers at the address that HL7 has for it now."""
    made = holder
    listed = holder.get("extension")
    if isinstance(listed, list) and any(_moved(one) for one in listed):
        made = {**made, "extension": [{**one, "url": _moved(one)} if _moved(one) else one for one in listed]}
    below = holder.get("item")
    if isinstance(below, list):
        items = [_addressed(one) if isinstance(one, dict) else one for one in below]
        if any(one is not before for one, before in zip(items, below, strict=True)):
            made = {**made, "item": items}
    return made


def _moved(extension: Any) -> str | None:
    url = extension.get("url") if isinstance(extension, dict) else None
    if not isinstance(url, str) or not url.startswith("http://hl7.org/fhir/"):
        return None
    now = ext.STEERING.get(ext.bare(url))
    return now if now != url else None


def _items(holder: dict[str, Any]) -> list[dict[str, Any]]:
    found = holder.get("item")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def release(resource: dict[str, Any]) -> str:
    """``STU3``, ``R4`` or ``R5``, by the elements that only one of them has."""
    waiting = _items(resource)
    bare = told = False
    if "versionAlgorithmString" in resource or "versionAlgorithmCoding" in resource:
        return "R5"
    while waiting:
        item = waiting.pop()
        if "option" in item or "options" in item or any(key.startswith("initial") and key != "initial" for key in item):
            return "STU3"
        conditions = item.get("enableWhen")
        if isinstance(conditions, list) and any(isinstance(one, dict) and "hasAnswer" in one for one in conditions):
            return "STU3"
        for one in conditions if isinstance(conditions, list) else ():
            if isinstance(one, dict):
                told = told or "operator" in one
                bare = bare or any(key.startswith("answer") for key in one)
        told = told or "enableBehavior" in item or "answerOption" in item or "answerValueSet" in item
        if item.get("type") == "coding" or "answerConstraint" in item or "disabledDisplay" in item:
            return "R5"
        waiting += _items(item)
    return "STU3" if bare and not told else "R4"  # R4 never leaves the operator of a condition out


def _from_stu3(item: dict[str, Any]) -> dict[str, Any]:
    made = {key: value for key, value in item.items() if key not in ("option", "options", "enableWhen", "item")}
    if isinstance(item.get("option"), list):
        made["answerOption"] = item["option"]
    if isinstance(item.get("options"), dict):
        made["answerValueSet"] = item["options"].get("reference")
    for key in list(made):
        if key.startswith("initial") and key != "initial":
            made["initial"] = [{"value" + key.removeprefix("initial"): made.pop(key)}]
    conditions = item.get("enableWhen")
    if isinstance(conditions, list):
        made["enableWhen"] = [_stu3_condition(one) for one in conditions if isinstance(one, dict)]
        behaviour = ext.first(item, _FROM_R4 + "enableBehavior")
        made["enableBehavior"] = behaviour if behaviour in ("any", "all") else "any"  # STU3: one that holds is enough
    if "item" in item:
        made["item"] = [_from_stu3(below) for below in _items(item)]
    return made


_FROM_R4 = "http://hl7.org/fhir/4.0/StructureDefinition/extension-Questionnaire.item."
"""Where an STU3 file says what R4 has an element for."""


def _stu3_condition(one: dict[str, Any]) -> dict[str, Any]:
    if "hasAnswer" in one:
        return {"question": one.get("question"), "operator": "exists", "answerBoolean": one["hasAnswer"]}
    return {**one, "operator": one.get("operator") or ext.first(one, _FROM_R4 + "enableWhen.operator") or "="}


def _from_r5(item: dict[str, Any], problems: Problems) -> dict[str, Any]:
    made = dict(item)
    constraint = made.pop("answerConstraint", "optionsOnly")
    if made.get("type") == "coding":
        made["type"] = "open-choice" if constraint == "optionsOrString" else "choice"
        if constraint == "optionsOrType":
            problems.error("unsupportedVersion", _link(item), what="answerConstraint optionsOrType")
    elif constraint != "optionsOnly" and "answerOption" in made and made.get("type") in ("string", "text"):
        made["type"] = "open-choice"  # one of the texts on offer, or another one
    elif constraint != "optionsOnly" and "answerOption" in made:
        problems.error("unsupportedVersion", _link(item), what=f"answerConstraint {constraint}")
    if "item" in item:
        made["item"] = [_from_r5(below, problems) for below in _items(item)]
    return made


def _link(item: dict[str, Any]) -> str | None:
    found = item.get("linkId")
    return found if isinstance(found, str) else None
