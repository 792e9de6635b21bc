"""From a tree to one closure, so that running an expression walks no tree and looks up no name."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from workwell_desktop.forms.fhirpath import (  # noqa: F401 - they fill the list
    boundaries,
    conversions,
    encoding,
    functions,
    numbers,
    strings,
)
from workwell_desktop.forms.fhirpath.errors import EvaluationError, PathError
from workwell_desktop.forms.fhirpath.nodes import made
from workwell_desktop.forms.fhirpath.operators import ARITHMETIC_ERRORS, BINARY, both, either
from workwell_desktop.forms.fhirpath.registry import FUNCTIONS, TYPE_FUNCTIONS, Closure
from workwell_desktop.forms.fhirpath.schema import CHOICES, COMPLEX, ELEMENTS, PRIMITIVES, RESOURCES, SYSTEM, is_a
from workwell_desktop.forms.fhirpath.syntax import (
    Binary,
    Call,
    Expr,
    External,
    Index,
    Literal,
    Member,
    Special,
    TypeTest,
    Unary,
)
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Coll, Environment, Primitive, Quantity, single, system, truth
from workwell_desktop.forms.pattern import Pattern
from workwell_desktop.forms.pattern_syntax import PatternError

SUPPORTED: frozenset[str] = frozenset(FUNCTIONS) | TYPE_FUNCTIONS
"""Every function that an expression may name: the published list, also in resources/guide/questionnaires.md."""

CONSTANTS: dict[str, str] = {
    "ucum": "http://unitsofmeasure.org",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
}
_ORDERED = frozenset("first last tail skip take".split())
Shortcut = Callable[[Expr], Closure | None]


def compile_tree(tree: Expr, shortcut: Shortcut | None = None) -> Closure:
    """The closure of a tree. ``shortcut`` may give a faster closure for a subtree that it knows. PathError where the
    expression names a function, type or number of arguments that is not supported."""
    return _Compiler(shortcut).build(tree)


def evaluate(closure: Closure, env: Environment, focus: Coll) -> Coll:
    """Runs a closure; EvaluationError where it has no result, whatever the cause."""
    try:
        return closure(env, focus)
    except ARITHMETIC_ERRORS:
        raise EvaluationError("beyond the range of a number") from None
    except RecursionError:
        raise EvaluationError("too deep") from None


class _Compiler:
    def __init__(self, shortcut: Shortcut | None) -> None:
        self._shortcut = shortcut
        self._makers: Mapping[type, Callable[[Any], Closure]] = {
            Literal: self._literal,
            Special: self._special,
            External: self._external,
            Member: self._member,
            Call: self._call,
            Index: self._index,
            Unary: self._unary,
            Binary: self._binary,
            TypeTest: self._type_test,
        }

    def build(self, tree: Expr) -> Closure:
        if self._shortcut is not None:
            known = self._shortcut(tree)
            if known is not None:
                return known
        return self._makers[type(tree)](tree)

    def _literal(self, tree: Literal) -> Closure:
        values = list(tree.values)
        return lambda env, focus: values

    def _special(self, tree: Special) -> Closure:
        if tree.name == "index":
            return lambda env, focus: [env.index]
        if tree.name == "total":
            return lambda env, focus: env.total
        return lambda env, focus: focus if env.this is None else [env.this]

    def _external(self, tree: External) -> Closure:
        name = tree.name
        if name in CONSTANTS:
            constant = [CONSTANTS[name]]
            return lambda env, focus: constant
        if name.startswith(("vs-", "ext-")):
            folder = "ValueSet" if name.startswith("vs-") else "StructureDefinition"
            url = [f"http://hl7.org/fhir/{folder}/{name.partition('-')[2]}"]
            return lambda env, focus: url
        return lambda env, focus: env.variable(name)

    def _member(self, tree: Member) -> Closure:
        name = tree.name
        if name.startswith("value") and name[5:] in CHOICES and _typed_path(tree):
            raise PathError("element", tree.position, name)
        if isinstance(tree.source, TypeTest) and name not in ELEMENTS.get(tree.source.name, (name,)):
            raise PathError("element", tree.position, name)
        if tree.source is None:
            if name[:1].isupper():
                return lambda env, focus: _root(focus, name)
            return lambda env, focus: step(focus, name)
        source = self.build(tree.source)
        return lambda env, focus: _known_step(source(env, focus), name)

    def _index(self, tree: Index) -> Closure:
        source, index = self.build(tree.source), self.build(tree.index)

        def run(env: Environment, focus: Coll) -> Coll:
            place = single(index(env, focus))
            if place is None:
                return []
            if isinstance(place, bool) or not isinstance(place, int):
                raise EvaluationError("not a whole number")
            return source(env, focus)[place : place + 1] if place >= 0 else []

        return run

    def _unary(self, tree: Unary) -> Closure:
        operand = self.build(tree.operand)
        negative = tree.operator == "-"

        def run(env: Environment, focus: Coll) -> Coll:
            value = single(operand(env, focus))
            if value is None:
                return []
            if isinstance(value, Quantity):
                return [Quantity(-value.value, value.unit, value.calendar) if negative else value]
            if isinstance(value, bool | str | Temporal):
                raise EvaluationError("not a number")
            return [-value if negative else value]

        return run

    def _binary(self, tree: Binary) -> Closure:
        left, right = self.build(tree.left), self.build(tree.right)
        if tree.operator == "and":

            def conjunction(env: Environment, focus: Coll) -> Coll:
                known = truth(left(env, focus))
                return [False] if known is False else both(known, truth(right(env, focus)))

            return conjunction
        if tree.operator == "or":

            def disjunction(env: Environment, focus: Coll) -> Coll:
                known = truth(left(env, focus))
                return [True] if known else either(known, truth(right(env, focus)))

            return disjunction
        if tree.operator == "implies":

            def implication(env: Environment, focus: Coll) -> Coll:
                known = truth(left(env, focus))
                if known is False:
                    return [True]
                return either(None if known is None else not known, truth(right(env, focus)))

            return implication
        operator = BINARY[tree.operator]
        if tree.operator in ("<", ">", "<=", ">="):

            def comparison(env: Environment, focus: Coll) -> Coll:
                one, other = left(env, focus), right(env, focus)
                if one and other:
                    return operator(one, other)
                env.unknown = True
                return []

            return comparison
        if tree.operator in ("+", "-", "*", "/", "div", "mod"):

            def arithmetic(env: Environment, focus: Coll) -> Coll:
                one, other = left(env, focus), right(env, focus)
                if not one or not other:
                    env.unknown = True
                return operator(one, other)

            return arithmetic
        if tree.operator in ("=", "!=", "in"):

            def equality(env: Environment, focus: Coll) -> Coll:
                one, other = left(env, focus), right(env, focus)
                if not (one and other) and _sizes(one or other):
                    env.unknown = True
                return operator(one, other)

            return equality
        return lambda env, focus: operator(left(env, focus), right(env, focus))

    def _type_test(self, tree: TypeTest) -> Closure:
        operand, test = self.build(tree.operand), type_test(tree.name, tree.position)
        if tree.operator == "is":
            return lambda env, focus: _is(operand(env, focus), test)
        return lambda env, focus: _as(operand(env, focus), test)

    def _call(self, tree: Call) -> Closure:
        known = FUNCTIONS.get(tree.name)
        if tree.name in _ORDERED and isinstance(tree.source, Call) and tree.source.name in ("children", "descendants"):
            raise PathError("order", tree.position, tree.name)
        source = self.build(tree.source) if tree.source is not None else None
        if tree.name in TYPE_FUNCTIONS and len(tree.arguments) == 1:
            return self._type_call(tree, source)
        if known is None:
            raise PathError("function", tree.position, tree.name)
        if not known.least <= len(tree.arguments) <= known.most:
            raise PathError("arguments", tree.position, tree.name)
        if tree.name == "sort":
            return self._sort(tree, source)
        if tree.name in ("matches", "matchesFull", "replaceMatches"):
            _check_pattern(tree)
        arguments = [self.build(argument) for argument in tree.arguments]
        run = known.run
        if known.kind in ("criteria", "lazy"):
            if source is None:
                return lambda env, focus: run(env, focus, *arguments)
            return lambda env, focus: run(env, source(env, focus), *arguments)
        if not arguments:
            if source is None:
                return run
            return lambda env, focus: run(env, source(env, focus))
        if source is None:
            return lambda env, focus: run(env, focus, *(argument(env, focus) for argument in arguments))
        return lambda env, focus: run(env, source(env, focus), *(argument(env, focus) for argument in arguments))

    def _sort(self, tree: Call, source: Closure | None) -> Closure:
        """A key that begins with a minus sign sorts downwards, text too."""
        before: Closure = source or (lambda env, focus: focus)
        falling = [isinstance(key, Unary) and key.operator == "-" for key in tree.arguments]
        bare = [key.operand if isinstance(key, Unary) and key.operator == "-" else key for key in tree.arguments]
        keys = list(zip([self.build(key) for key in bare], falling, strict=True))
        return lambda env, focus: functions.sort(env, before(env, focus), keys)

    def _type_call(self, tree: Call, source: Closure | None) -> Closure:
        test = type_test(_path(tree.arguments[0]), tree.arguments[0].position)
        before: Closure = source or (lambda env, focus: focus)
        if tree.name == "is":
            return lambda env, focus: _is(before(env, focus), test)
        exact = _narrowed(_path(tree.arguments[0]), test)
        if tree.name == "as":
            return lambda env, focus: _as(before(env, focus), exact)
        return lambda env, focus: [item for item in before(env, focus) if exact(item)]


def _check_pattern(tree: Call) -> None:
    """Refuses a pattern that is written out and not supported, when it is read and not when it is first needed."""
    written = [one.values[0] if isinstance(one, Literal) and one.values else None for one in tree.arguments]
    for place, one in enumerate(written):
        if not isinstance(one, str):
            continue
        try:
            right = bool(Pattern.of(one, lines=False)) if place == 0 else "$" not in one and "\\" not in one
        except PatternError:
            right = False
        if not right:
            raise PathError("pattern", tree.arguments[place].position, one)


def _sizes(items: Coll) -> bool:
    """Whether these are numbers, so that a comparison with nothing asks for the size of something that is not there."""
    found = [system(item) for item in items]
    return bool(found) and all(isinstance(i, int | Decimal | Quantity) and not isinstance(i, bool) for i in found)


def _typed_path(tree: Expr) -> bool:
    """Whether a path begins with the name of a resource, so that its elements must be those of FHIR. On other paths
    ``valueCoding`` is read as ``value``: forms are written so, and the engine of HL7 reads them so."""
    while isinstance(tree, Member | Call | Index) and tree.source is not None:
        tree = tree.source
    return isinstance(tree, Member) and tree.name in RESOURCES and not tree.name.startswith("Questionnaire")


def step(items: Coll, name: str) -> Coll:
    """The children called ``name`` of every item."""
    if len(items) == 1:
        item = items[0]
        found: Coll = item.get(name) if hasattr(item, "get") else _of_primitive(item, name)
    else:
        found = []
        for item in items:
            found += item.get(name) if hasattr(item, "get") else _of_primitive(item, name)
    return found


def _known_step(items: Coll, name: str) -> Coll:
    """A step that says so where no item could ever have such a child."""
    found = step(items, name)
    if not found and items and all(_never_has(item, name) for item in items):
        raise EvaluationError("no such element")
    return found


def _never_has(item: Any, name: str) -> bool:
    """Whether an item is of a data type that has no element of this name, so that the name must be a mistake."""
    known = ELEMENTS.get(getattr(item, "type", ""))
    return known is not None and name not in known


def _of_primitive(item: Any, name: str) -> Coll:
    if type(item) is Primitive and isinstance(item.extra, dict) and name in ("id", "extension"):
        return made(item.extra.get(name), "Extension" if name == "extension" else "string")
    if name in ("name", "namespace") and hasattr(item, "namespace"):
        return [getattr(item, name)]
    return []


def _root(focus: Coll, name: str) -> Coll:
    found: Coll = []
    if name in RESOURCES and any(getattr(item, "type", name) in RESOURCES for item in focus):
        kinds = [item.type for item in focus if hasattr(item, "get")]
        if kinds and not any(is_a(kind, name) for kind in kinds):
            raise EvaluationError("another resource")
    for item in focus:
        kind = getattr(item, "type", None)
        if isinstance(kind, str) and hasattr(item, "get") and is_a(kind, name):
            found.append(item)
        elif hasattr(item, "get"):
            found += item.get(name)
    return found


def _path(tree: Expr) -> str:
    if isinstance(tree, Member):
        return tree.name if tree.source is None else f"{_path(tree.source)}.{tree.name}"
    raise PathError("type", tree.position, "type")


def type_test(name: str, position: int) -> Callable[[Any], bool]:
    """Whether an item is of a named type; PathError for a type nobody knows."""
    space, _, bare = name.rpartition(".")
    if space not in ("", "System", "FHIR"):
        raise PathError("type", position, name)
    if space != "System" and (bare in PRIMITIVES or bare in COMPLEX or bare in RESOURCES):
        return lambda item: (
            (hasattr(item, "type") and is_a(item.type, bare))
            or (space == "" and bare == "Quantity" and isinstance(item, Quantity))
        )
    if space != "FHIR" and bare in SYSTEM:
        return lambda item: conversions.system_type(item) == bare or bare == "Any"
    raise PathError("type", position, name)


def _narrowed(name: str, test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """As functions, ``as`` and ``ofType`` take a primitive for its own type alone: a code is no string there."""
    bare = name.rpartition(".")[2]
    if bare not in PRIMITIVES:
        return test
    return lambda item: test(item) and getattr(item, "type", bare) == bare


def _is(items: Coll, test: Callable[[Any], bool]) -> Coll:
    if len(items) > 1:
        raise EvaluationError("several items where one is needed")
    return [test(items[0])] if items else []


def _as(items: Coll, test: Callable[[Any], bool]) -> Coll:
    if len(items) > 1:
        raise EvaluationError("several items where one is needed")
    return [item for item in items if test(item)]


__all__ = ["compile_tree", "evaluate", "step", "system"]
