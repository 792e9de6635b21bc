"""Working out one rule at one place."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workwell_desktop.forms.conditions import holds
from workwell_desktop.forms.fhirpath import EvaluationError, evaluate
from workwell_desktop.forms.fhirpath.conversions import as_text
from workwell_desktop.forms.fhirpath.types import Coll, system, truth
from workwell_desktop.forms.model import Condition, Item
from workwell_desktop.forms.results import value_of
from workwell_desktop.forms.rules import Kind, Rule
from workwell_desktop.forms.tree import Place

if TYPE_CHECKING:
    from workwell_desktop.forms.run import Run

FAILED = "failed"
"""What a rule leaves in ``Place.facts`` where its expression has no result."""


def work_out(run: "Run", rule: Rule, place: Place) -> bool:
    """Runs ``rule`` at ``place``; whether its result is another than before."""
    if rule.kind is Kind.ENABLED:
        return _enabled(run, rule, place)
    was_absent = rule in place.absent
    place.absent.discard(rule)
    found: Coll
    failed: bool
    if _answers_missing(run, rule, place):
        place.absent.add(rule)
        found, failed = [], False
    else:
        found, failed = _evaluated(run, rule, place)
    changed = (rule in place.absent) != was_absent
    if rule.kind is Kind.VALUE:
        return _value(rule, place, found, failed) or changed
    made = _fact(rule, found, failed)
    before = place.facts.get(rule, [] if isinstance(made, list) else None)
    place.facts[rule] = made
    return changed or not _same(before, made)


def _same(before: Any, made: Any) -> bool:
    if isinstance(before, list) and isinstance(made, list):
        return len(before) == len(made) and all(
            a is b
            or (type(a) is type(b) and isinstance(a, bool | int | str) and a == b)
            or (not hasattr(a, "get") and type(a) is type(b) and a == b)
            for a, b in zip(before, made, strict=True)
        )
    return type(before) is type(made) and bool(before == made)


def _evaluated(run: "Run", rule: Rule, place: Place) -> tuple[Coll, bool]:
    if rule.closure is None:
        return [], False
    focus: Coll = [run.resource if rule.from_root or place.item is None else place]
    env = run.environment(place, rule.scope)
    env.strict = rule.kind in (Kind.VALUE, Kind.VARIABLE) and not rule.handles_missing
    begin = env.steps = min(env.steps, run.work)
    try:
        found = evaluate(rule.closure, env, focus)
    except EvaluationError:
        return [], True
    finally:
        run.work -= begin - max(env.steps, 0) + 1
    if run.work < 0:
        return [], True
    if env.absent or (env.strict and env.unknown and not found):
        place.absent.add(rule)
        return [], False
    return found, False


def _answers_missing(run: "Run", rule: Rule, place: Place) -> bool:
    """A score with a missing part is absent: so is what adds up answers that are not all there, and what hangs on it,
    unless the expression itself looks at what is missing."""
    if rule.handles_missing:
        return False
    holder: Place | None = place
    if rule.within is not None:
        while holder is not None and holder.item is not rule.within:
            holder = holder.parent
    for item in (*rule.asks, *rule.hangs):
        for one in run.places(item):
            if not one.enabled or one.current is not None:
                continue
            if item not in rule.asks and all(known.kind is not Kind.VALUE for known in one.absent):
                continue  # it is empty, and not for want of an answer
            if rule.within is None or holder is None or _within(one, holder):
                return True
    for variable in rule.variables:
        holder = place
        while holder is not None and holder.item is not variable.item:
            holder = holder.parent
        if holder is not None and variable in holder.absent:
            return True
    return False


def _enabled(run: "Run", rule: Rule, place: Place) -> bool:
    item = place.item
    if item is None:
        return False
    if rule.closure is None:
        results = (holds(condition, _answers(run, place, condition)) for condition in item.conditions)
        own = any(results) if item.any_condition else all(results)
    else:
        found, failed = _evaluated(run, rule, place)
        try:
            own = False if failed else truth(found) is True
        except EvaluationError:
            own, failed = False, True
        place.facts[rule] = FAILED if failed else None
    if own == place.own:
        return False
    place.own = own
    return True


def _answers(run: "Run", place: Place, condition: Condition) -> tuple[Any, ...]:
    """The answers to the question that a condition names: of the nearest instance of it."""
    question = run.form.index[condition.question]
    found = nearest(run, place, question)
    if found is None or not found.enabled:
        return ()
    value = found.current
    return value if isinstance(value, tuple) else () if value is None else (value,)


def nearest(run: "Run", place: Place, item: Item) -> Place | None:
    """The instance of ``item`` in the closest common repeat; of several there, the last before ``place``, else the
    first after it (FHIR R4, enableWhen.question)."""
    candidates = run.places(item)
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    holder: Place | None = place
    while holder is not None:
        inside = [one for one in candidates if _within(one, holder)]
        if inside:
            before = [one for one in inside if one.order <= place.order]
            return before[-1] if before else inside[0]
        holder = holder.parent
    return None


def _within(place: Place, holder: Place) -> bool:
    around: Place | None = place
    while around is not None:
        if around is holder:
            return True
        around = around.parent
    return False


def _value(rule: Rule, place: Place, found: Coll, failed: bool) -> bool:
    item = place.item
    if item is None:
        return False
    if not failed:
        try:
            made = value_of(found, item)
        except ValueError:
            made, failed = None, True
    else:
        made = None
    before_failed = place.facts.get(rule) == FAILED
    place.facts[rule] = FAILED if failed else None
    if made == place.result and type(made) is type(place.result):
        return before_failed != failed
    place.result = made
    place.touched()
    return True


def _fact(rule: Rule, found: Coll, failed: bool) -> Any:
    if rule.kind is Kind.VARIABLE:
        return found
    if failed:
        return FAILED
    if rule.kind is Kind.CONSTRAINT:
        try:
            return truth(found)
        except EvaluationError:
            return FAILED
    if rule.kind is Kind.TOGGLE:
        try:
            return truth(found) is True
        except EvaluationError:
            return FAILED
    if rule.kind is Kind.TEXT:
        return (as_text(system(found[0])) or "") if len(found) == 1 else ""
    if rule.kind in (Kind.MINIMUM, Kind.MAXIMUM):
        return _bound(rule, found)
    return found


def _bound(rule: Rule, found: Coll) -> Any:
    if rule.item is None:
        return FAILED
    limit = system(found[0]) if len(found) == 1 else None
    if rule.item.type == "integer" and isinstance(limit, Decimal):
        return limit  # a whole number can be more than two and a half
    try:
        return value_of(found, rule.item)
    except ValueError:
        return FAILED


def begin_by_expression(run: "Run", places: list[Place]) -> bool:
    """Puts initial values that an expression gives where there is none yet; whether there was any."""
    put = False
    for place in places:
        item = place.item
        closure = run.form.plan.initial.get(item.index) if item is not None else None
        if item is None or closure is None or place.value is not None or not item.is_question:
            continue
        env = run.environment(place, run.form.plan.scopes[item.index])
        begin = env.steps = min(env.steps, max(run.work, 0))
        try:
            value = value_of(evaluate(closure, env, [place]), item)
        except (EvaluationError, ValueError):
            continue
        finally:
            run.work -= begin - max(env.steps, 0) + 1
        if value is not None:
            place.value = value
            place.touched()
            put = True
    return put
