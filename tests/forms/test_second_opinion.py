"""A second opinion on FHIRPath: random expressions over random answers, worked out by a plain reading of the
specification that shares nothing with the engine."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.make import NOW, expression, form, item
from workwell_desktop.domain.values import Value
from workwell_desktop.forms import Run
from workwell_desktop.forms.fhirpath import EvaluationError, evaluate
from workwell_desktop.forms.fhirpath.types import system

ITEMS = (
    item("a", "integer"),
    item("b", "integer", repeats=True),
    item("p", "boolean"),
    item("q", "boolean"),
    item("g", "group", repeats=True, items=[item("n", "integer"), item("m", "integer")]),
)
WRONG = "no result"
Answers = dict[str, Any]
Tree = tuple[Any, ...]

numbers = st.integers(-2, 5)
answers = st.fixed_dictionaries(
    {
        "a": st.none() | numbers,
        "b": st.lists(numbers, max_size=3),
        "p": st.none() | st.booleans(),
        "q": st.none() | st.booleans(),
        "g": st.lists(st.tuples(st.none() | numbers, st.none() | numbers), max_size=3),
    }
)
paths = st.tuples(
    st.just("path"), st.sampled_from("abpqnm"), st.sampled_from(["item", "repeat", "descendants", "either"])
)
leaves = st.one_of(
    paths, st.tuples(st.just("number"), st.integers(0, 3)), st.just(("none",)), st.just(("yes",)), st.just(("no",))
)
ONE = ("count", "empty", "exists", "first", "last", "tail", "distinct", "not", "isDistinct", "single")
TWO = (
    *("and", "or", "xor", "implies", "=", "!=", "<", ">=", "+", "-", "*", "div", "mod", "|", "in", "contains"),
    *("combine", "exclude", "intersect", "subsetOf", "skip", "take"),
)


def grown(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.tuples(st.sampled_from(ONE), inner),
        st.tuples(st.sampled_from(TWO), inner, inner),
        st.tuples(st.just("iif"), inner, inner, inner),
        st.tuples(st.sampled_from(["above", "plus", "all", "any", "added"]), inner, st.integers(0, 3)),
    )


trees = st.recursive(leaves, grown, max_leaves=8)


def written(tree: Tree) -> str:
    kind = tree[0]
    if kind == "path":
        link_id, way = tree[1:]
        named = f"where(linkId = '{link_id}').answer.value"
        if way == "item":
            return f"%resource.item{'.item' if link_id in 'nm' else ''}.{named}"
        if way == "either":
            return f"%resource.item.select($this | item).{named}"
        return f"%resource.{'repeat(item)' if way == 'repeat' else 'descendants()'}.{named}"
    if kind in ("number", "none", "yes", "no"):
        return str(tree[1]) if kind == "number" else {"none": "{}", "yes": "true", "no": "false"}[kind]
    if kind == "iif":
        return f"iif({', '.join(written(one) for one in tree[1:])})"
    before = f"({written(tree[1])})"
    if kind in ONE:
        return f"{before}.{kind}()"
    if kind in ("above", "plus", "all", "any", "added"):
        said = {
            "above": "where($this > {})",
            "plus": "select($this + {})",
            "all": "all($this >= {})",
            "any": "exists($this = {})",
            "added": "aggregate($total + $this, {})",
        }[kind]
        return f"{before}.{said.format(tree[2])}"
    if kind.isalpha() and kind not in ("and", "or", "xor", "implies", "div", "mod", "in", "contains"):
        return f"{before}.{kind}({written(tree[2])})"
    return f"({before} {kind} ({written(tree[2])}))"


class Undefined(Exception):
    """FHIRPath gives no result."""


def items_of(found: Answers) -> list[tuple[str, list[Any], list[Any]]]:
    """The response as (linkId, answers, items), as far as anything is answered."""
    made: list[tuple[str, list[Any], list[Any]]] = []
    for link_id in "abpq":
        value = found[link_id]
        values = value if isinstance(value, list) else [] if value is None else [value]
        if values:
            made.append((link_id, values, []))
    for pair in found["g"]:
        below: list[Any] = [(name, [value], []) for name, value in zip("nm", pair, strict=True) if value is not None]
        if below:
            made.append(("g", [], below))
    return made


def unique(values: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for one in values:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return kept


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def followed(tree: Tree, found: Answers) -> list[Any]:
    link_id, way = tree[1:]
    tops = items_of(found)
    below = [one for top in tops for one in top[2]]
    if way == "item":
        items = below if link_id in "nm" else tops
    elif way == "repeat":  # each level without what is there already
        items = unique(tops)
        items = items + [one for one in unique([one for top in items for one in top[2]]) if one not in items]
    elif way == "either":
        items = [one for top in tops for one in unique([top, *top[2]])]
    else:
        items = [*tops, *below]
    return [value for name, values, _below in items if name == link_id for value in values]


def one_of(values: list[Any]) -> Any:
    if len(values) > 1:
        raise Undefined
    return values[0] if values else None


def truth(values: list[Any]) -> bool | None:
    value = one_of(values)
    return value if value is None or isinstance(value, bool) else True


def number(value: Any) -> int:
    if isinstance(value, bool):
        raise Undefined
    return int(value)


def known(tree: Tree, found: Answers) -> list[Any]:
    kind = tree[0]
    if kind == "path":
        return followed(tree, found)
    if kind in ("number", "none", "yes", "no"):
        return {"none": [], "yes": [True], "no": [False]}.get(kind, list(tree[1:]))
    if kind == "iif":
        chosen = one_of(known(tree[1], found))
        if chosen is not None and not isinstance(chosen, bool):
            raise Undefined
        return known(tree[2] if chosen else tree[3], found)
    before = known(tree[1], found)
    if kind in ONE:
        return alone(kind, before)
    if kind in ("above", "plus", "all", "any", "added"):
        return with_each(kind, before, tree[2])
    if kind in ("and", "or", "implies"):
        return logic(kind, truth(before), tree[2], found)
    return together(kind, before, known(tree[2], found))


def alone(kind: str, values: list[Any]) -> list[Any]:
    if kind == "not":
        value = truth(values)
        return [] if value is None else [not value]
    if kind == "single":
        one_of(values)
        return values
    made: dict[str, list[Any]] = {
        "count": [len(values)],
        "empty": [not values],
        "exists": [bool(values)],
        "first": values[:1],
        "last": values[-1:],
        "tail": values[1:],
        "distinct": unique(values),
        "isDistinct": [len(unique(values)) == len(values)],
    }
    return made[kind]


def with_each(kind: str, values: list[Any], limit: int) -> list[Any]:
    if kind == "any":
        return [any(same(one, limit) for one in values)]
    if kind == "above":
        return [one for one in values if number(one) > limit]
    if kind == "all":
        return [all(number(one) >= limit for one in values)]
    made = [number(one) for one in values]
    return [one + limit for one in made] if kind == "plus" else [limit + sum(made)]


def logic(kind: str, left: bool | None, tree: Tree, found: Answers) -> list[Any]:
    decided = {"and": left is False, "or": left is True, "implies": left is False}[kind]
    if decided:
        return [kind != "and"]
    right = truth(known(tree, found))
    if kind == "and":
        return [False] if right is False else [] if None in (left, right) else [True]
    if right is True:
        return [True]
    return [] if None in (left, right) else [False]


def together(kind: str, left: list[Any], right: list[Any]) -> list[Any]:
    if kind in ("|", "combine", "exclude", "intersect", "subsetOf"):
        return {
            "|": unique([*left, *right]),
            "combine": [*left, *right],
            "exclude": [one for one in left if not any(same(one, other) for other in right)],
            "intersect": unique([one for one in left if any(same(one, other) for other in right)]),
            "subsetOf": [all(any(same(one, other) for other in right) for one in left)],
        }[kind]
    if kind in ("=", "!="):
        if not left or not right:
            return []
        equal = len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
        return [equal is (kind == "=")]
    if kind == "contains":
        left, right, kind = right, left, "in"
    if kind == "in":
        value = one_of(left)
        return [] if value is None else [any(same(value, other) for other in right)]
    if kind in ("skip", "take"):
        count = one_of(right)
        if count is None or isinstance(count, bool):
            raise Undefined
        return left[max(count, 0) :] if kind == "skip" else left[: max(count, 0)]
    if kind == "xor":
        a, b = truth(left), truth(right)
        return [] if a is None or b is None else [a != b]
    return arithmetic(kind, one_of(left), one_of(right))


def arithmetic(kind: str, a: Any, b: Any) -> list[Any]:
    if a is None or b is None:
        return []
    x, y = number(a), number(b)
    if kind in ("div", "mod") and not y:
        return []
    whole = (abs(x) // abs(y)) * (1 if (x < 0) == (y < 0) else -1) if kind in ("div", "mod") else 0
    return [{"<": x < y, ">=": x >= y, "+": x + y, "-": x - y, "*": x * y, "div": whole, "mod": x - whole * y}[kind]]


def asked(source: str, found: Answers) -> Any:
    """What the engine makes of the same, by the way that a form takes: compiled at import, with its indexes."""
    made = form(*ITEMS, extensions=[expression("variable", source, "x")])
    run = Run(made, now=NOW, answers={})
    values: dict[str, Value] = {name: found[name] for name in "apq" if found[name] is not None}
    if found["b"]:
        values["b"] = tuple(found["b"])
    for place, (n, m) in enumerate(found["g"]):
        path = next(row.path for row in run.rows() if row.link_id == "g") if not place else run.add_repeat("g")
        prefix = path.removesuffix("g")
        values |= {prefix + name: value for name, value in (("n", n), ("m", m)) if value is not None}
    for path, value in values.items():
        run.answer(path, value)
    (rule,) = made.plan.rules
    assert rule.closure is not None
    try:
        result = evaluate(rule.closure, run.environment(run.root, rule.scope), [run.resource])
    except EvaluationError:
        return WRONG
    return [system(one) for one in result]


@settings(max_examples=400, deadline=None)
@given(trees, answers)
def test_fhirpath_agrees_with_a_plain_reading_of_it(tree: Tree, found: Answers) -> None:
    try:
        right: Any = known(tree, found)
    except Undefined:
        right = WRONG
    got = asked(written(tree), found)
    if WRONG in (right, got):
        assert right == got, written(tree)
        return
    assert [(type(one), one) for one in got] == [(type(one), one) for one in right], written(tree)
