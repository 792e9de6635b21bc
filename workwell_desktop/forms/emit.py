"""What goes out of a running form: the response, its scores, and which items are enabled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workwell_desktop.domain.values import Quantity
from workwell_desktop.forms.answers import ABSENT, moment_text, parsed, typed_value, written
from workwell_desktop.forms.evaluation import FAILED
from workwell_desktop.forms.model import Path, Score
from workwell_desktop.forms.rules import Kind
from workwell_desktop.forms.tree import Place

if TYPE_CHECKING:
    from workwell_desktop.forms.run import Run

_NUMBERS = ("integer", "decimal", "quantity")


def response(
    run: "Run",
    status: str,
    authored: datetime | None,
    *,
    ids: bool = False,
    originals: Mapping[Path, Sequence[Mapping[str, Any]]] | None = None,
    absent: Mapping[Path, str] | None = None,
    signed: Mapping[Path, Sequence[Mapping[str, Any]]] | None = None,
) -> dict[str, Any]:
    """The QuestionnaireResponse, made by walking the definition: a disabled item is left out (and kept inside).

    With ``ids`` each instance of what repeats bears its id, so that reading it back gives the same places.
    ``originals`` are answers as they were written; one that still stands is written so again, with all that it bore.
    ``absent`` are codes of HL7's data-absent-reason for questions that were put and not answered: each stands in an
    answer without a value. ``signed`` are extensions that stand at an item: its signatures."""
    made: dict[str, Any] = {"resourceType": "QuestionnaireResponse"}
    if run.form.canonical:
        made["questionnaire"] = run.form.canonical
    made["status"] = status
    made["authored"] = moment_text(authored or run.now)
    kept = _without(run, absent or {}, signed or {})
    items = _Walk(ids, originals or {}, kept, signed or {}).items(run.root)
    if items:
        made["item"] = items
    return made


def _without(run: "Run", absent: Mapping[Path, str], signed: Mapping[Path, object]) -> dict[int, str]:
    """By ``id`` of a place: why it has no answer; "" where it is written for another's sake, or for its signature."""
    found: dict[int, str] = {}
    for path, code in {**dict.fromkeys(signed, ""), **absent}.items():
        place = run.place(path)
        if place is None or not place.enabled or (code and place.current is not None):
            continue
        found[id(place)] = code or found.get(id(place), "")
        around = place.parent
        while around is not None:
            found.setdefault(id(around), "")
            around = around.parent
    return found


class _Walk:
    def __init__(
        self,
        ids: bool,
        originals: Mapping[Path, Sequence[Mapping[str, Any]]],
        absent: Mapping[int, str],
        signed: Mapping[Path, Sequence[Mapping[str, Any]]],
    ) -> None:
        self._ids = ids
        self._originals = originals
        self._absent = absent
        self._signed = signed

    def items(self, holder: Place) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        before: Place | None = None
        for place in holder.below:
            if not place.enabled or not (place.has_content() or id(place) in self._absent):
                continue
            one = self._item(place)
            if before is not None and before.item is place.item and "answer" in one and "answer" in made[-1]:
                made[-1]["answer"] += one["answer"]  # instances of a question are answers of one item
                if "extension" in one:
                    made[-1]["extension"] = [*made[-1].get("extension", ()), *one["extension"]]
            else:
                made.append(one)
            before = place
        return made

    def _item(self, place: Place) -> dict[str, Any]:
        item = place.item
        if item is None:
            raise KeyError(place.path)
        marked = {"id": place.repeat} if self._ids and place.repeat is not None else {}
        made: dict[str, Any] = {"linkId": item.link_id}
        if item.definition:
            made["definition"] = item.definition
        if item.text:
            made["text"] = item.text
        if self._signed.get(place.path):
            made["extension"] = [dict(one) for one in self._signed[place.path]]
        below = self.items(place)
        if not item.is_question:
            return {**marked, **made, **({"item": below} if below or id(place) not in self._absent else {})}
        value = place.current
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        made["answer"] = [self._answer(place, one, at) for at, one in enumerate(values)]
        if not values and (code := self._absent.get(id(place))):
            made["answer"] = [{"extension": [{"url": ABSENT, "valueCode": code}]}]
        if below:
            if not made["answer"]:
                made["answer"] = [{}]
            made["answer"][0]["item"] = below
        if not made["answer"]:
            del made["answer"]
        else:
            made["answer"][0] = {**marked, **made["answer"][0]}
        return made

    def _answer(self, place: Place, value: Any, at: int) -> dict[str, Any]:
        """One answer as it was written, if it still stands: mostly where it stood, else anywhere among the others."""
        item = place.item
        given = self._originals.get(place.path, ())
        for one in (*given[at : at + 1], *given):
            typed = typed_value(one)
            if typed is not None and parsed(*typed) == value:
                return dict(one)
        return written(item.type if item is not None else "", value)


def enabled(run: "Run") -> list[str]:
    """Every enabled item once, groups and displays too, a repeat as ``linkId[2]`` from the second on."""
    found: list[str] = []
    counts: dict[str, int] = {}
    for place in run.all_places():
        if place.enabled and place.item is not None:
            link_id = place.item.link_id
            counts[link_id] = counts.get(link_id, 0) + 1
            found.append(link_id if counts[link_id] == 1 else f"{link_id}[{counts[link_id]}]")
    return found


def scores(run: "Run") -> list[Score]:
    """The enabled items with a calculatedExpression that are numbers."""
    found: list[Score] = []
    for place in run.all_places():
        item = place.item
        if item is None or not item.calculated or not place.enabled or item.type not in _NUMBERS:
            continue
        value, unit = _number(place.current)
        if unit is None and item.unit is not None:
            unit = item.unit.display or item.unit.code
        found.append(Score(item.link_id, value, unit, None if value is not None else _why(run, place)))
    return found


def _number(value: Any) -> tuple[int | Decimal | None, str | None]:
    if isinstance(value, tuple):
        value = value[0] if value else None
    if isinstance(value, Quantity):
        return value.value, value.unit or value.code
    return value, None


def _why(run: "Run", place: Place) -> str:
    rules = run.form.plan.of_item.get(place.item.index, ()) if place.item is not None else ()
    for rule in rules:
        if rule.kind is Kind.VALUE and place.facts.get(rule) == FAILED:
            return "expression"
    return "answers"
