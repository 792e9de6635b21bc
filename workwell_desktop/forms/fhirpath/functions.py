"""Functions over collections: FHIRPath 2.0 sections 5.1 to 5.4 and 7, and SDC's ``weight`` and ``ordinal``."""

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from workwell_desktop.forms.fhirpath.errors import EvaluationError
from workwell_desktop.forms.fhirpath.nodes import made
from workwell_desktop.forms.fhirpath.operators import ordered
from workwell_desktop.forms.fhirpath.registry import Closure, function, spend
from workwell_desktop.forms.fhirpath.types import (
    Coll,
    Environment,
    Primitive,
    Quantity,
    distinct,
    equal,
    hash_key,
    single,
    system,
    truth,
)

WEIGHTS = frozenset(
    (
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
        "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
    )
)


def each(env: Environment, items: Coll, criteria: Closure) -> Any:
    """Runs ``criteria`` on every item with ``$this`` and ``$index`` set; yields item and result."""
    this, index = env.this, env.index
    spend(env, len(items))
    try:
        for place, item in enumerate(items):
            env.this, env.index = item, place
            yield item, criteria(env, [item])
    finally:
        env.this, env.index = this, index


@function("empty")
def _empty(env: Environment, items: Coll) -> Coll:
    return [not items]


@function("exists", 0, 1, "criteria")
def _exists(env: Environment, items: Coll, criteria: Closure | None = None) -> Coll:
    if criteria is None:
        return [bool(items)]
    for _item, found in each(env, items, criteria):
        if truth(found):
            return [True]
    return [False]


@function("all", 1, 1, "criteria")
def _all(env: Environment, items: Coll, criteria: Closure) -> Coll:
    return [all(truth(found) for _item, found in list(each(env, items, criteria)))]


def _flags(items: Coll) -> list[bool]:
    found = [system(item) for item in items]
    if any(not isinstance(item, bool) for item in found):
        raise EvaluationError("not all are true or false")
    return found


@function("allTrue")
def _all_true(env: Environment, items: Coll) -> Coll:
    return [all(_flags(items))]


@function("anyTrue")
def _any_true(env: Environment, items: Coll) -> Coll:
    return [any(_flags(items))]


@function("allFalse")
def _all_false(env: Environment, items: Coll) -> Coll:
    return [not any(_flags(items))]


@function("anyFalse")
def _any_false(env: Environment, items: Coll) -> Coll:
    return [not all(_flags(items))]


def _member(item: Any, others: Coll) -> bool:
    return any(item is other or equal(item, other) for other in others)


@function("subsetOf", 1)
def _subset(env: Environment, items: Coll, others: Coll) -> Coll:
    spend(env, len(items) * len(others))
    return [all(_member(item, others) for item in items)]


@function("supersetOf", 1)
def _superset(env: Environment, items: Coll, others: Coll) -> Coll:
    spend(env, len(items) * len(others))
    return [all(_member(item, items) for item in others)]


@function("count")
def _count(env: Environment, items: Coll) -> Coll:
    return [len(items)]


@function("distinct")
def _distinct(env: Environment, items: Coll) -> Coll:
    return distinct(items)


@function("isDistinct")
def _is_distinct(env: Environment, items: Coll) -> Coll:
    return [len(distinct(items)) == len(items)]


@function("where", 1, 1, "criteria")
def _where(env: Environment, items: Coll, criteria: Closure) -> Coll:
    return [item for item, found in each(env, items, criteria) if truth(found)]


@function("select", 1, 1, "criteria")
def _select(env: Environment, items: Coll, criteria: Closure) -> Coll:
    made: Coll = []
    for _item, result in each(env, items, criteria):
        spend(env, len(result))
        made += result
    return made


@function("repeat", 1, 1, "criteria")
def _repeat(env: Environment, items: Coll, criteria: Closure) -> Coll:
    found: Coll = []
    seen: set[Any] = set()
    odd: Coll = []
    waiting = list(items)
    while waiting:
        fresh: Coll = []
        for _item, result in each(env, waiting, criteria):
            for new in result:
                key = hash_key(new)
                if key is None:
                    spend(env, len(odd) // 50)
                    if _member(new, odd):
                        continue
                    odd.append(new)
                elif key in seen:
                    continue
                else:
                    seen.add(key)
                fresh.append(new)
        found += fresh
        waiting = fresh
    return found


@function("aggregate", 1, 2, "criteria")
def _aggregate(env: Environment, items: Coll, criteria: Closure, start: Closure | None = None) -> Coll:
    before = env.total
    env.total = start(env, [] if env.this is None else [env.this]) if start else []
    try:
        for _item, result in each(env, items, criteria):
            env.total = result
        return env.total
    finally:
        env.total = before


def sort(env: Environment, items: Coll, keys: list[tuple[Closure, bool]]) -> Coll:
    """Ascending by each key in turn, or descending where it is marked so; an empty key comes last (FHIRPath 3)."""
    spend(env, len(items) * 8)
    rows = [(item, [key(env, [item]) for key, _falling in keys] or [[item]]) for item in items]
    falling = [down for _key, down in keys] or [False]

    def compared(left: tuple[Any, list[Coll]], right: tuple[Any, list[Coll]]) -> int:
        for a, b, down in zip(left[1], right[1], falling, strict=True):
            order = (ordered(a, b) or 0) if a and b else len(b) - len(a)
            if order:
                return -order if down else order
        return 0

    return [item for item, _keys in sorted(rows, key=cmp_to_key(compared))]


@function("sort", 0, 9, "lazy")
def _sort(env: Environment, items: Coll, *keys: Closure) -> Coll:
    return sort(env, items, [(key, False) for key in keys])


@function("single")
def _single(env: Environment, items: Coll) -> Coll:
    if len(items) > 1:
        raise EvaluationError("several items where one is needed")
    return items


@function("first")
def _first(env: Environment, items: Coll) -> Coll:
    return items[:1]


@function("last")
def _last(env: Environment, items: Coll) -> Coll:
    return items[-1:]


@function("tail")
def _tail(env: Environment, items: Coll) -> Coll:
    return items[1:]


def whole(items: Coll) -> int:
    """An argument that must be one whole number."""
    value = single(items)
    if isinstance(value, bool) or not isinstance(value, int):
        raise EvaluationError("not a whole number")
    return value


@function("skip", 1)
def _skip(env: Environment, items: Coll, number: Coll) -> Coll:
    return items[max(whole(number), 0) :]


@function("take", 1)
def _take(env: Environment, items: Coll, number: Coll) -> Coll:
    return items[: max(whole(number), 0)]


@function("intersect", 1)
def _intersect(env: Environment, items: Coll, others: Coll) -> Coll:
    spend(env, len(items) * len(others))
    return distinct(item for item in items if _member(item, others))


@function("exclude", 1)
def _exclude(env: Environment, items: Coll, others: Coll) -> Coll:
    spend(env, len(items) * len(others))
    return [item for item in items if not _member(item, others)]


@function("union", 1)
def union(env: Environment, items: Coll, others: Coll) -> Coll:
    """Both collections without duplicates."""
    spend(env, len(items) + len(others))
    return distinct([*items, *others])


@function("combine", 1)
def _combine(env: Environment, items: Coll, others: Coll) -> Coll:
    spend(env, len(items) + len(others))
    return [*items, *others]


@function("children")
def _children(env: Environment, items: Coll) -> Coll:
    return [child for item in items for child in below(item)]


@function("descendants")
def _descendants(env: Environment, items: Coll) -> Coll:
    found: Coll = []
    waiting = [child for item in items for child in below(item)]
    while waiting:
        spend(env, len(waiting))
        found += waiting
        waiting = [child for item in waiting for child in below(item)]
    return found


def below(item: Any) -> Coll:
    """The children of any item."""
    if hasattr(item, "get"):
        return list(item.children())
    if type(item) is Primitive and isinstance(item.extra, dict):
        return made(item.extra.get("id"), "string") + made(item.extra.get("extension"), "Extension")
    return []


@function("not")
def _not(env: Environment, items: Coll) -> Coll:
    known = truth(items)
    return [] if known is None else [not known]


@function("iif", 2, 3, "lazy")
def _iif(env: Environment, items: Coll, when: Closure, then: Closure, other: Closure | None = None) -> Coll:
    if len(items) > 1:
        raise EvaluationError("several items where one is needed")
    before, env.unknown = env.unknown, False
    found = when(env, items)
    unknown, env.unknown = env.unknown, before
    if env.strict and unknown and not found:
        env.absent = True
        return []
    if found and not isinstance(system(found[0]), bool):
        raise EvaluationError("a condition that is neither true nor false")
    if truth(found):
        return then(env, items)
    return other(env, items) if other else []


@function("hasValue")
def _has_value(env: Environment, items: Coll) -> Coll:
    if len(items) != 1:
        return [False]
    return [not hasattr(items[0], "get") and system(items[0]) is not None]


@function("getValue")
def _get_value(env: Environment, items: Coll) -> Coll:
    return [system(items[0])] if _has_value(env, items)[0] else []


@function("extension", 1)
def _extension(env: Environment, items: Coll, url: Coll) -> Coll:
    wanted = single(url)
    found: Coll = []
    for item in items:
        extensions = below(item) if type(item) is Primitive else item.get("extension") if hasattr(item, "get") else []
        found += [
            more
            for more in extensions
            if hasattr(more, "get") and any(system(part) == wanted for part in more.get("url"))
        ]
    return found


@function("trace", 1, 2, "lazy")
def _trace(env: Environment, items: Coll, name: Closure, what: Closure | None = None) -> Coll:
    return items


@function("now")
def _now(env: Environment, items: Coll) -> Coll:
    return [env.now]


@function("today")
def _today(env: Environment, items: Coll) -> Coll:
    return [env.today]


@function("timeOfDay")
def _time_of_day(env: Environment, items: Coll) -> Coll:
    from workwell_desktop.forms.fhirpath.temporal import Temporal

    return [Temporal("time", env.now.parts[3:])]


@function("weight")
def weights(env: Environment, items: Coll) -> Coll:
    """The score of each chosen option (SDC ``weight()``), of answers as of their values; one without gives nothing."""
    found: Coll = []
    for item in (value for one in items for value in _answered(one)):
        known = getattr(item, "weight", None)
        if known is not None:
            found.append(known)
            continue
        for extension in _extensions(item):
            if any(system(url) in WEIGHTS for url in extension.get("url")):
                found += [system(value) for value in extension.get("value")]
                break
    return found


function("ordinal")(weights)


def _answered(item: Any) -> Coll:
    """An answer stands for its value; everything else for itself."""
    values: Coll = item.get("value") if getattr(item, "type", None) == "BackboneElement" else []
    return values or [item]


def _extensions(item: Any) -> Coll:
    if type(item) is Primitive:
        return [more for more in below(item) if hasattr(more, "get")]
    return list(item.get("extension")) if hasattr(item, "get") else []


def numbers(items: Coll) -> list[Any]:
    """Plain numbers or quantities; EvaluationError for anything else."""
    found = [system(item) for item in items]
    if any(isinstance(item, bool) or not isinstance(item, int | Decimal | Quantity) for item in found):
        raise EvaluationError("not a number")
    return found


@function("comparable", 1)
def _comparable(env: Environment, items: Coll, others: Coll) -> Coll:
    from workwell_desktop.forms.fhirpath.units import same_dimension

    left, right = single(items), single(others)
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return []
    return [same_dimension(left.unit, right.unit)]
