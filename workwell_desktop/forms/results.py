"""From what an expression gives to an answer of the item's type."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.values import Coding, PartialDate, Quantity
from workwell_desktop.forms.answers import parsed
from workwell_desktop.forms.fhirpath.conversions import as_text
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, system
from workwell_desktop.forms.fhirpath.types import Quantity as PathQuantity
from workwell_desktop.forms.model import Item


def value_of(items: Coll, item: Item) -> Any:
    """The answer that a result means for ``item``: a tuple for a repeating question, None for nothing. ValueError
    where it is not of the item's type."""
    if not items:
        return None
    if item.several:
        return tuple(_one(one, item) for one in items)
    if len(items) > 1:
        raise ValueError("several values for one answer")
    return _one(items[0], item)


def _one(found: Any, item: Item) -> Any:
    value = system(found)
    match item.type:
        case "boolean" if isinstance(value, bool):
            return value
        case "integer" if isinstance(value, int | Decimal) and not isinstance(value, bool) and value == int(value):
            return parsed("Integer", int(value))  # of 32 bits, as FHIR has it
        case "decimal" if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
        case "quantity":
            return _quantity(found, value, item)
        case "date" | "dateTime":
            return _date(value, item)
        case "time" if isinstance(value, Temporal) and value.kind == "time":
            return time.fromisoformat(str(value) if len(value.parts) > 1 else f"{value}:00")
        case "string" | "text" | "url":
            words = as_text(value)
            if words is not None:
                return words or None
        case "choice" | "open-choice":
            return choice(found, item)
        case "reference" if hasattr(found, "json") and isinstance(found.json().get("reference"), str):
            return found.json()["reference"]
    raise ValueError("not of the type of the item")


def _quantity(found: Any, value: Any, item: Item) -> Quantity:
    if isinstance(value, PathQuantity):
        if hasattr(found, "json"):
            return parsed("Quantity", found.json())  # type: ignore[no-any-return]
        return Quantity(value.value, value.unit, None if value.calendar else "http://unitsofmeasure.org", value.unit)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        unit = item.unit
        if unit is None:
            return Quantity(Decimal(value))
        return Quantity(Decimal(value), unit.display or unit.code, unit.system, unit.code)
    raise ValueError("not a quantity")


def _date(value: Any, item: Item) -> PartialDate | datetime:
    if isinstance(value, str):
        value = Temporal.parse("dateTime", value)
    if not isinstance(value, Temporal) or value.kind == "time":
        raise ValueError("not a date")
    if item.type == "date" or len(value.parts) <= 3:
        return PartialDate.parse(str(value.day))
    return parsed("DateTime", str(value) if len(value.parts) > 4 else f"{value}:00")  # type: ignore[no-any-return]


def choice(found: Any, item: Item) -> Any:
    """The option that a result means: a Coding, or a code or plain value of one of the options."""
    value = system(found)
    if getattr(found, "type", None) == "Coding":
        return parsed("Coding", found.json())
    if getattr(found, "type", None) == "CodeableConcept":
        listed = found.json().get("coding")
        if isinstance(listed, list) and listed:
            return parsed("Coding", listed[0])
    for option in item.options:
        if isinstance(option.value, Coding):
            if isinstance(value, str) and option.value.code == value:
                return option.value
        elif option.value == value and type(option.value) is type(value):
            return option.value
    if isinstance(value, str) and (item.open_choice or not item.options):
        return value if item.open_choice else Coding(None, value)
    raise ValueError("not one of the options")
