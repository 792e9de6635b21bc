"""What is wrong with answers, in words that a coach understands; codes as the HL7 forms community names them
(http://fhir.forms-lab.com/CodeSystem/errors)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity
from workwell_desktop.forms.build import by_value, option_key
from workwell_desktop.forms.conditions import ordered
from workwell_desktop.forms.evaluation import FAILED
from workwell_desktop.forms.model import Issue, Item, Option
from workwell_desktop.forms.offers import bounds, options
from workwell_desktop.forms.pattern import Pattern
from workwell_desktop.forms.pattern_syntax import PatternError
from workwell_desktop.forms.problems import issue
from workwell_desktop.forms.rules import Constraint, Kind, Rule
from workwell_desktop.forms.tree import Place

if TYPE_CHECKING:
    from workwell_desktop.forms.run import Run

_TOLD = (Kind.VALUE, Kind.CONSTRAINT, Kind.MINIMUM, Kind.MAXIMUM)
"""What is said where its expression has no result."""

_TYPES: dict[str, tuple[type, ...]] = {
    "Boolean": (bool,),
    "Integer": (int,),
    "Decimal": (Decimal, int),
    "Date": (PartialDate,),
    "DateTime": (PartialDate, datetime),
    "Time": (time,),
    "String": (str,),
    "Uri": (str,),
    "Coding": (Coding,),
    "Quantity": (Quantity,),
    "Attachment": (BlobRef,),
    "Reference": (str,),
}


def issues(run: "Run") -> list[Issue]:
    """All issues of the enabled part of a form, in document order."""
    found: list[Issue] = []
    for place in run.all_places():
        if place.enabled and place.item is not None:
            found += missing(place)
            found += run.row_of(place).issues
            found += _series(place)
        elif place.item is not None and place.parent is not None and place.parent.enabled:
            found += _not_worked_out(run, place)
    found += _constraints(run.root, run.form.plan.of_item.get(-1, ()))
    return found


def _not_worked_out(run: "Run", place: Place) -> Iterator[Issue]:
    """A question is away because its condition has no result, which is told and not taken for a plain no."""
    item = place.item
    for rule in run.form.plan.of_item.get(item.index, ()) if item is not None else ():
        if item is not None and rule.kind is Kind.ENABLED and place.facts.get(rule) == FAILED:
            yield issue("warning", "expressionFailed", item.link_id, place.path, label=label(item))


def missing(place: Place) -> Iterator[Issue]:
    """``required`` and too few answers, of one place."""
    item = place.item
    if item is None or out_of_sight(place) or not_begun(place):
        return
    value = place.current
    count = len(value) if isinstance(value, tuple) else int(value is not None)
    least = item.limits.min_occurs
    if item.is_question and not item.multiple and least > 1 and count < least:
        yield issue("error", "minCount", item.link_id, place.path, label=label(item), limit=least, count=count)
    elif item.is_question and not count and (item.required or least == 1):
        if not item.calculated:
            yield issue("error", "required", item.link_id, place.path, label=label(item))
    elif item.type == "group" and item.required and not item.multiple and not place.has_content() and not _asks(item):
        yield issue("error", "required", item.link_id, place.path, label=label(item))


def out_of_sight(place: Place) -> bool:
    """Hidden by the form, itself or around it: nobody could answer."""
    around: Place | None = place
    while around is not None and around.item is not None:
        if around.item.hidden:
            return True
        around = around.parent
    return False


def not_begun(place: Place) -> bool:
    """Whether an instance around it, of a group that need not be there at all, is still empty."""
    around = place.parent
    while around is not None and around.item is not None:
        item = around.item
        if item.multiple and not item.required and not item.limits.min_occurs and not around.has_content():
            return True
        around = around.parent
    return False


def _asks(item: Item) -> bool:
    """Whether something inside a group says for itself that it is required."""
    return any(child.required or _asks(child) for child in item.children)


def _series(place: Place) -> Iterator[Issue]:
    """Too few or too many instances, told once, at the first of them."""
    item = place.item
    if item is None or not item.multiple or place.parent is None:
        return
    series = [one for one in place.parent.below if one.item is item]
    if series[0] is not place:
        return
    count = sum(one.has_content() for one in series)
    least, most = item.limits.min_occurs, item.limits.max_occurs
    if count < least:
        yield issue("error", "minCount", item.link_id, place.path, label=label(item), limit=least, count=count)
    elif not count and item.required and item.is_question is False and not _asks(item):
        yield issue("error", "required", item.link_id, place.path, label=label(item))
    if most is not None and count > most:
        yield issue("error", "maxCount", item.link_id, place.path, label=label(item), limit=most, count=count)


def label(item: Item) -> str:
    """What a sentence calls an item."""
    return item.short_text or item.text or item.link_id


def of_answer(run: "Run", place: Place) -> Iterator[Issue]:
    """The issues of what was answered at one place."""
    item = place.item
    if item is None:
        return
    rules = run.form.plan.of_item.get(item.index, ())
    value = place.current
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    if isinstance(value, tuple) and not item.several and len(value) > 1:
        yield issue("error", "repeats", item.link_id, place.path, label=label(item), count=len(value))
    most = item.limits.max_occurs
    if most is not None and len(values) > most and not item.multiple:
        yield issue("error", "maxCount", item.link_id, place.path, label=label(item), limit=most, count=len(values))
    for one in values:
        yield from _one(place, item, rules, one)
    yield from _choices(place, item, rules, values)
    for rule in rules:
        if place.facts.get(rule) == FAILED and rule.kind in _TOLD:
            yield issue("warning", "expressionFailed", item.link_id, place.path, label=label(item))
    if values or place.has_content():
        yield from _constraints(place, rules)


def _constraints(place: Place, rules: Iterable[Rule]) -> Iterator[Issue]:
    for rule in rules:
        if rule.kind is Kind.CONSTRAINT and place.facts.get(rule) is False:
            detail: Constraint = rule.detail
            link_id = place.item.link_id if place.item is not None else None
            path = place.path if place.item is not None else None
            name = label(place.item) if place.item is not None else ""
            yield issue(detail.severity, "invariant", link_id, path, detail.message or None, label=name)


def _one(place: Place, item: Item, rules: tuple[Rule, ...], value: Any) -> Iterator[Issue]:
    if not of_type(item, value):
        yield issue("error", "invalidAnswerType", item.link_id, place.path, label=label(item))
        return
    limits = item.limits
    if isinstance(value, str):
        yield from _text(place, item, value)
    elif limits.pattern is not None and isinstance(value, int | Decimal | PartialDate) and not isinstance(value, bool):
        yield from _form(place, item, format(value, "f") if isinstance(value, Decimal) else str(value))
    for sign, code, limit in zip((-1, 1), ("minValue", "maxValue"), bounds(place, rules), strict=True):
        if limit is None:
            continue
        plain = isinstance(value, Quantity) and isinstance(limit, int | Decimal)
        order = ordered(value.value if plain else value, limit)  # a limit that is a plain number says nothing of units
        if order is None and isinstance(value, Quantity):
            yield issue(
                "error", f"{code}IncompatUnits", item.link_id, place.path, label=label(item), limit=shown(limit)
            )
        elif order == sign:
            yield issue("error", code, item.link_id, place.path, label=label(item), limit=shown(limit))
    number = value.value if isinstance(value, Quantity) else value
    if limits.decimals is not None and isinstance(number, Decimal):
        exponent = number.normalize().as_tuple().exponent
        if not item.calculated and isinstance(exponent, int) and -exponent > limits.decimals:
            yield issue("error", "maxDecimalPlaces", item.link_id, place.path, label=label(item), limit=limits.decimals)
    if isinstance(value, Quantity):
        yield from _unit(place, item, value)
    if isinstance(value, BlobRef):
        yield from _file(place, item, value)


def of_type(item: Item, value: Any) -> bool:
    """Whether a value is of a type that the item takes."""
    kinds = tuple(kind for suffix in item.takes for kind in _TYPES.get(suffix, ()))
    return isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds)


def _text(place: Place, item: Item, value: str) -> Iterator[Issue]:
    limits, name = item.limits, label(item)
    if limits.max_length is not None and len(value) > limits.max_length:
        yield issue(
            "error", "maxLength", item.link_id, place.path, label=name, limit=limits.max_length, count=len(value)
        )
    if limits.min_length is not None and len(value) < limits.min_length:
        yield issue(
            "error", "minLength", item.link_id, place.path, label=name, limit=limits.min_length, count=len(value)
        )
    yield from _form(place, item, value)
    if item.type == "string" and ("\n" in value or "\r" in value):
        yield issue("error", "invalidNewLine", item.link_id, place.path, label=name)
    if item.type == "url" and not _is_url(value):
        yield issue("error", "invalidUrlValue", item.link_id, place.path, label=name)


def _form(place: Place, item: Item, written: str) -> Iterator[Issue]:
    """Whether an answer, as it is written, is of the form that its pattern asks for."""
    limits = item.limits
    try:
        fits = limits.pattern is None or Pattern.of(limits.pattern).is_all_of(written)
    except PatternError:
        fits = False
    if not fits:
        form = limits.entry_format
        code = "regexFormat" if form else "regex"
        sentence = issue("error", code, item.link_id, place.path, label=label(item), format=form or "").message
        yield issue("error", "regex", item.link_id, place.path, sentence)


_ID = Pattern.of("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_OID = Pattern.of(r"[0-2](\.(0|[1-9][0-9]*))+")
_URL = Pattern.of(r"[^\s\\<>\"{}|^`]+")


def _is_url(value: str) -> bool:
    if value.startswith("urn:uuid:"):
        return _ID.is_all_of(value.removeprefix("urn:uuid:"))
    if value.startswith("urn:oid:"):
        return _OID.is_all_of(value.removeprefix("urn:oid:"))
    return _URL.is_all_of(value)


def _unit(place: Place, item: Item, value: Quantity) -> Iterator[Issue]:
    further = item.units_open or (item.units_of is not None and value.code and value.system == item.units_of)
    if item.units and not further and not any(_same_unit(unit, value) for unit in item.units):
        yield issue("error", "invalidUnit", item.link_id, place.path, label=label(item))

    if item.unit_codes is not None and (value.system, value.code) not in item.unit_codes:
        yield issue("error", "invalidUnitValueSet", item.link_id, place.path, label=label(item))


def _same_unit(unit: Coding, value: Quantity) -> bool:
    if unit.code is not None and value.code is not None:
        return unit.code == value.code and (unit.system is None or value.system is None or unit.system == value.system)
    return value.unit is not None and value.unit in (unit.display, unit.code)


def _file(place: Place, item: Item, value: BlobRef) -> Iterator[Issue]:
    limits = item.limits
    if limits.media_types and value.media_type not in limits.media_types:
        yield issue("error", "invalidAttachmentType", item.link_id, place.path, label=label(item))
    if limits.max_size is not None and value.size > limits.max_size:
        limit = max(limits.max_size // 1000, 1)
        yield issue("error", "maxAttachmentSize", item.link_id, place.path, label=label(item), limit=limit)


def _choices(place: Place, item: Item, rules: tuple[Rule, ...], values: tuple[Any, ...]) -> Iterator[Issue]:
    worked_out = any(rule.kind is Kind.ANSWERS and isinstance(place.facts.get(rule), list) for rule in rules)
    if not item.options and not worked_out:
        return
    offered = by_value(options(place, rules))
    chosen: list[Option] = []
    for one in values:
        option = offered.get(option_key(one))
        if option is not None and not _misnamed(item, option, one):
            chosen.append(option)
        elif of_type(item, one) and not (item.open_choice and isinstance(one, str)):
            code = "invalidCoding" if "answerValueSet" in item.data else "invalidAnswerOption"
            yield issue("error", code, item.link_id, place.path, label=label(item))
    for option in chosen:
        if option.exclusive and len(values) > 1:
            name = option.label
            yield issue("error", "exclusiveAnswerOption", item.link_id, place.path, label=label(item), option=name)


def _misnamed(item: Item, option: Option, value: Any) -> bool:
    """Whether a coding shows words that are not those of its code, in a value set where the words are fixed."""
    if "answerValueSet" not in item.data or not isinstance(value, Coding) or not value.display:
        return False
    given = value.display.casefold()
    if given == option.label.casefold():
        return False
    if len(item.options) < 50:
        return str(item.data["answerValueSet"]).startswith("http://hl7.org/fhir/")
    return any(other.label.casefold() == given for other in item.options)


def shown(value: Any) -> str:
    """A limit as a sentence shows it."""
    if isinstance(value, Quantity):
        return f"{value.value} {value.unit or value.code or ''}".strip()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
