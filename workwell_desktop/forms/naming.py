"""Conditions on the linkIds of items, which are answered from the definition and not from the answers."""

from collections.abc import Iterable

from workwell_desktop.forms.fhirpath import compile_tree, evaluate
from workwell_desktop.forms.fhirpath.errors import EvaluationError, PathError
from workwell_desktop.forms.fhirpath.syntax import Binary, Call, Expr, Index, Literal, Member, Special, TypeTest, Unary
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment, truth
from workwell_desktop.forms.model import Item

_TEXTUAL = frozenset("startsWith endsWith contains matches matchesFull lower upper substring in".split())


def conjuncts(tree: Expr) -> list[Expr]:
    """The parts of ``a and b and c``."""
    if isinstance(tree, Binary) and tree.operator == "and":
        return conjuncts(tree.left) + conjuncts(tree.right)
    return [tree]


def wanted_link(tree: Expr) -> str | None:
    """``x`` where the tree is ``linkId = 'x'``."""
    if not isinstance(tree, Binary) or tree.operator != "=":
        return None
    for name, value in ((tree.left, tree.right), (tree.right, tree.left)):
        if _is_link(name) and isinstance(value, Literal) and len(value.values) == 1:
            return value.values[0] if isinstance(value.values[0], str) else None
    return None


def _is_link(tree: Expr) -> bool:
    return (
        isinstance(tree, Member)
        and tree.name == "linkId"
        and (tree.source is None or (isinstance(tree.source, Special) and tree.source.name == "this"))
    )


def names_only(tree: Expr) -> bool:
    """Whether a condition asks for the linkId of an item and nothing else."""
    match tree:
        case Member():
            return _is_link(tree)
        case Literal():
            return True
        case Binary():
            return names_only(tree.left) and names_only(tree.right)
        case Call():
            inner = tree.source is not None and names_only(tree.source)
            return inner and (tree.name in _TEXTUAL or tree.name == "not") and all(map(names_only, tree.arguments))
    return False


class _Named:
    """An item of the definition that knows its linkId alone."""

    type = "BackboneElement"

    def __init__(self, link_id: str) -> None:
        self._link_id = [link_id]

    def get(self, name: str) -> Coll:
        return self._link_id if name == "linkId" else []

    def children(self) -> Coll:
        return []

    def json(self) -> object:
        return {"linkId": self._link_id[0]}


class Names:
    """Which items a condition on their linkIds accepts: found once for each condition, and for no more of them
    together than can be found in good time."""

    def __init__(self) -> None:
        self._known: dict[tuple[Expr, frozenset[Item]], frozenset[Item]] = {}
        self._left = 300_000
        self._looks = 20_000

    def spend(self, count: int) -> bool:
        """Whether ``count`` more items may be looked at one by one."""
        self._looks -= count
        return self._looks >= 0

    def matching(self, part: Expr, items: frozenset[Item]) -> frozenset[Item] | None:
        """The items, or None where it would take too long: then it could be any."""
        known = self._known.get((part, items))
        if known is None and self._left >= len(items):
            self._left -= len(items)
            known = self._known[part, items] = matching(part, items)
        return known


def matching(part: Expr, items: Iterable[Item]) -> frozenset[Item]:
    """The items whose linkId a condition accepts."""
    try:
        closure = compile_tree(part)
    except PathError:
        return frozenset(items)
    never = Temporal("dateTime", (1,))
    kept: set[Item] = set()
    for item in items:
        env = Environment(_no_variable, never, never)
        named = _Named(item.link_id)
        env.this = named
        try:
            if truth(evaluate(closure, env, [named])):
                kept.add(item)
        except EvaluationError:
            kept.add(item)
    return frozenset(kept)


def _no_variable(_name: str) -> Coll:
    return []


def steps(tree: Expr) -> set[str]:
    """Every name and function in a tree."""
    match tree:
        case Member():
            return {tree.name} | (steps(tree.source) if tree.source is not None else set())
        case Call():
            below = [*tree.arguments, *([tree.source] if tree.source is not None else [])]
            return {tree.name}.union(*map(steps, below))
        case Index():
            return steps(tree.source) | steps(tree.index)
        case Unary() | TypeTest():
            return steps(tree.operand)
        case Binary():
            return steps(tree.left) | steps(tree.right)
    return set()
