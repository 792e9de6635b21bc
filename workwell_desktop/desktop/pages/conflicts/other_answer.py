"""Another answer than the two that stand there: for each kind of value the field that one writes or chooses it with."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workwell_desktop.desktop.kit import Checks, DateField, DropDown, NumberField, TextField, text
from workwell_desktop.desktop.pages.assessment.fields import Moment
from workwell_desktop.desktop.pages.conflicts.conflict_words import answer_words, others
from workwell_desktop.domain.records import KINDS, FieldType, fields_of
from workwell_desktop.services.safekeeping.conflicts import ConflictView


class _OneOf(DropDown):
    """One of a list whose values are not all words; ``chosen()`` is the value itself."""

    def __init__(self, listed: list[tuple[Any, str]]) -> None:
        super().__init__([(str(at), words) for at, (_value, words) in enumerate(listed)], empty=True)
        self._values = [value for value, _words in listed]

    def chosen(self) -> Any:
        at = self.value()
        return self._values[int(at)] if at else None


def other_control(found: ConflictView, today: date) -> Any:
    """None where there is no third answer: of yes and no, of an order, of a file, and where no words are known."""
    values = [one.value for one in found.answers if one.value is not None]
    if not values or found.places or any(isinstance(one, bool) for one in values):
        return None
    listed = others(found)
    if all(isinstance(one, frozenset) for one in values):
        codes = [(value, words) for value, words in listed if isinstance(value, str)]
        return Checks(codes, columns=3) if codes and len(codes) == len(listed) else None
    if listed:
        return _OneOf(listed)
    if all(isinstance(one, Decimal | int) for one in values):
        low, high = (one if isinstance(one, Decimal | int) else None for one in found.bounds)
        return NumberField(None, low=low, high=high, places=0 if all(isinstance(one, int) for one in values) else 2)
    if all(isinstance(one, datetime) for one in values):
        return Moment(text("conflict.other"), today=today)
    if all(hasattr(one, "year") for one in values):
        return DateField(None, today=today)
    words = all(type(one) is str and answer_words(found, one, today) == one for one in values)
    return TextField() if words and _free(found) else None


def other_value(found: ConflictView, control: Any) -> Any:
    """What was written or chosen; None where that is nothing yet."""
    if isinstance(control, NumberField):
        number = control.number()
        whole = all(isinstance(one.value, int) for one in found.answers if one.value is not None)
        return int(number) if whole and number is not None else number
    if isinstance(control, DateField):
        return control.day()
    if isinstance(control, Moment):
        moment = control.moment()
        return moment if isinstance(moment, datetime) else None
    if isinstance(control, _OneOf):
        return control.chosen()
    return control.value() or None


def _free(found: ConflictView) -> bool:
    """Whether words may be written there: an answer of a form, or a field that holds words."""
    kind = KINDS.get(found.record_kind)
    spec = next((one for one in fields_of(kind) if one.name == found.field), None) if kind is not None else None  # type: ignore[arg-type]
    return spec is None or spec.holds is FieldType.TEXT


__all__ = ["other_control", "other_value"]
