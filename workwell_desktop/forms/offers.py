"""What a question offers at one place: its least and greatest value, and the answers to choose from now."""

from collections.abc import Iterator
from typing import Any

from workwell_desktop.forms.answers import parsed
from workwell_desktop.forms.build import alike_option
from workwell_desktop.forms.evaluation import FAILED
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import system
from workwell_desktop.forms.model import Item, Option
from workwell_desktop.forms.results import choice
from workwell_desktop.forms.rules import Kind, Rule
from workwell_desktop.forms.tree import Place


def bounds(place: Place, rules: tuple[Rule, ...]) -> tuple[Any, Any]:
    """The least and the greatest value, calculated ones before fixed ones."""
    if place.item is None:
        return None, None
    minimum, maximum = place.item.limits.minimum, place.item.limits.maximum
    for rule in rules:
        if rule.kind in (Kind.MINIMUM, Kind.MAXIMUM):
            found = place.facts.get(rule)
            if found is not None and found != FAILED:
                minimum, maximum = (found, maximum) if rule.kind is Kind.MINIMUM else (minimum, found)
    return minimum, maximum


def options(place: Place, rules: tuple[Rule, ...]) -> tuple[Option, ...]:
    """The answers offered now: those of the item, or of its expression, without those that are switched off."""
    item = place.item
    if item is None:
        return ()
    offered = item.options
    on: list[Any] = []
    off: list[Any] = []
    for rule in rules:
        found = place.facts.get(rule)
        if rule.kind is Kind.ANSWERS and isinstance(found, list):
            offered = tuple(option for one in found for option in _options(one, item))
        elif rule.kind is Kind.TOGGLE:
            (on if found is True else off).extend(rule.detail)
    if off:
        offered = tuple(option for option in offered if _listed(option.value, on) or not _listed(option.value, off))
    return offered


def _listed(value: Any, among: list[Any]) -> bool:
    """Whether a value is one of those that a toggle names, which need not repeat the words of a code."""
    return any(alike_option(value, other) for other in among)


def _options(found: Any, item: Item) -> Iterator[Option]:
    """What an expression offers: a coding, or a plain text, whole number, date or time."""
    plain = system(found)
    try:
        if isinstance(plain, Temporal):
            value: Any = parsed("Time" if plain.kind == "time" else "Date", str(plain))
        elif isinstance(plain, str | int) and not isinstance(plain, bool):
            value = plain
        else:
            value = choice(found, item)
    except ValueError:
        return
    yield Option(value, getattr(value, "display", None) or getattr(value, "code", None) or str(value))
