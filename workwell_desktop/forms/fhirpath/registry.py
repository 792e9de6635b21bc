"""What the engine supports, in one list: an expression that names anything else is refused at import."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from workwell_desktop.forms.fhirpath.types import Coll, Environment

Closure: TypeAlias = Callable[[Environment, Coll], Coll]


@dataclass(frozen=True, slots=True)
class Function:
    """``kind`` says how arguments arrive: ``values`` as collections, ``criteria`` as closures run on each item,
    ``type`` as one type name."""

    least: int
    most: int
    kind: str
    run: Callable[..., Coll]


FUNCTIONS: dict[str, Function] = {}
TYPE_FUNCTIONS = frozenset(("is", "as", "ofType"))
"""Functions whose argument is the name of a type, which the compiler itself knows."""


def function(name: str, least: int = 0, most: int | None = None, kind: str = "values") -> Callable[[Any], Any]:
    """Puts an implementation on the list under its FHIRPath name."""

    def put(run: Callable[..., Coll]) -> Callable[..., Coll]:
        FUNCTIONS[name] = Function(least, least if most is None else most, kind, run)
        return run

    return put


def spend(env: Environment, steps: int) -> None:
    """Counts work, so that no expression can run without end."""
    from workwell_desktop.forms.fhirpath.errors import EvaluationError

    env.steps -= steps
    if env.steps < 0:
        raise EvaluationError("too much work for one expression")
