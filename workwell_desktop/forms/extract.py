"""Answers that a form marks for keeping as observations of their own (SDC ``observationExtract``)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workwell_desktop.domain.values import Coding
from workwell_desktop.forms import extensions as ext
from workwell_desktop.forms.answers import written
from workwell_desktop.forms.model import Form, Item
from workwell_desktop.forms.tree import Place

if TYPE_CHECKING:
    from workwell_desktop.forms.run import Run

OBSERVATION = ext.SDC + "questionnaire-observationExtract"
_AS_TEXT = ("valueUri", "valueString")


def observations(run: "Run") -> Iterator[tuple[Place, dict[str, Any]]]:
    """Each enabled answer that is marked and has a code, with ``code`` and ``value[x]`` as an R4 Observation has them.
    A mark on the form or a group holds for all below it, until one below says otherwise. Files and references are no
    values of an observation and are left out."""
    for place in run.all_places():
        item = place.item
        if item is None or not place.enabled or not item.code or not item.is_question or not _marked(run.form, item):
            continue
        value = place.current
        for one in value if isinstance(value, tuple) else () if value is None else (value,):
            found = _value(item, one)
            if found is not None:
                code = {"coding": [_coding(code) for code in item.code], "text": item.text or item.link_id}
                yield place, {"code": code, **found}


def _marked(form: Form, item: Item) -> bool:
    around: Item | None = item
    while around is not None:
        own = ext.first(around.data, OBSERVATION)
        if isinstance(own, bool):
            return own
        around = around.parent
    return ext.first(form.data, OBSERVATION) is True


def _value(item: Item, value: Any) -> dict[str, Any] | None:
    if isinstance(value, Coding):
        return {"valueCodeableConcept": {"coding": [_coding(value)]}}
    made = written(item.type, value)
    ((name, found),) = made.items()
    if name in ("valueAttachment", "valueReference"):
        return None
    if name == "valueDecimal":
        unit = item.unit
        coded = {"unit": unit.display or unit.code, "system": unit.system, "code": unit.code} if unit else {}
        return {"valueQuantity": {"value": found, **{key: part for key, part in coded.items() if part}}}
    if name == "valueDate":
        return {"valueDateTime": found}
    return {"valueString": found} if name in _AS_TEXT else made


def _coding(code: Coding) -> dict[str, Any]:
    parts = {"system": code.system, "code": code.code, "display": code.display}
    return {name: part for name, part in parts.items() if part}
