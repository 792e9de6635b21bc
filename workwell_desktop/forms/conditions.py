"""``enableWhen``: every operator by type (FHIR R4, Questionnaire.item.enableWhen)."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from workwell_desktop.domain.values import Coding, PartialDate, Quantity
from workwell_desktop.forms.answers import moment_text
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Quantity as PathQuantity
from workwell_desktop.forms.fhirpath.types import compare_numbers
from workwell_desktop.forms.model import Condition


def holds(condition: Condition, answers: tuple[Any, ...]) -> bool:
    """Whether a condition holds for the answers to its question. Only ``exists`` can hold without an answer; ``!=``
    holds where there are answers and none of them is the given one."""
    if condition.operator == "exists":
        return bool(answers) is condition.answer
    if not answers:
        return False
    if condition.operator == "!=":
        return all(different(one, condition.answer) for one in answers)
    return any(_one(condition.operator, one, condition.answer) for one in answers)


def _one(operator: str, answer: Any, wanted: Any) -> bool:
    if operator == "=":
        return same(answer, wanted)
    order = ordered(answer, wanted)
    if order is None:
        return False
    return {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[operator]


def alike(answer: Any, wanted: Any) -> bool:
    """Whether two values are of types that can be compared at all."""
    return _family(answer) == _family(wanted)


def _family(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | Decimal):
        return "number"
    if isinstance(value, PartialDate | datetime):
        return "date"
    return type(value).__name__


def same(answer: Any, wanted: Any) -> bool:
    """Whether an answer is the wanted one; different types never are."""
    if not alike(answer, wanted):
        return False
    if isinstance(answer, Coding) and isinstance(wanted, Coding):
        if wanted.code is None:
            return answer.code is None and answer.display == wanted.display
        return answer.code == wanted.code and (wanted.system is None or answer.system == wanted.system)
    if isinstance(answer, str | bool):
        return bool(answer == wanted)
    return ordered(answer, wanted) == 0


def different(answer: Any, wanted: Any) -> bool:
    """Whether an answer is of the wanted kind and surely not the wanted one: February may be the 28th."""
    if isinstance(answer, PartialDate | datetime) and alike(answer, wanted):
        return ordered(answer, wanted) not in (0, None)
    return alike(answer, wanted) and not same(answer, wanted)


def ordered(left: Any, right: Any) -> int | None:
    """-1, 0 or 1 of two values of one kind; None where they cannot be ordered (unequal precision, units, types)."""
    if not alike(left, right) or isinstance(left, bool | str | Coding):
        return None
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        if left.value is None or right.value is None or (left.system or right.system) != (right.system or left.system):
            return None
        return compare_numbers(_quantity(left), _quantity(right))
    if isinstance(left, PartialDate | datetime):
        return _temporal(left).compared(_temporal(right))
    if isinstance(left, int | Decimal | time):
        return int(left > right) - int(left < right)
    return None


def _quantity(value: Quantity) -> PathQuantity:
    return PathQuantity(value.value or Decimal(0), value.code or value.unit or "1")


def _temporal(value: PartialDate | datetime) -> Temporal:
    return Temporal.parse("dateTime", moment_text(value) if isinstance(value, datetime) else str(value))
