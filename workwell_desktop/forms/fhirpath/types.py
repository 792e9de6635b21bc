"""What a FHIRPath collection holds.

System values are plain Python (bool, int, Decimal, str, Temporal, Quantity). What comes out of a resource is a
``Primitive`` or a ``Node``; ``system`` gives the plain value of either, or the thing itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

from workwell_desktop.forms.fhirpath.errors import EvaluationError
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.units import same_dimension, to_base

Coll: TypeAlias = list[Any]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit. ``calendar`` is True for a keyword unit such as ``4 days`` and False for a UCUM code."""

    value: Decimal
    unit: str = "1"
    calendar: bool = False


@dataclass(frozen=True, slots=True)
class TypeName:
    """What ``type()`` gives."""

    namespace: str
    name: str


class Primitive:
    """A FHIR primitive element: ``value`` is a system value or None, ``type`` the FHIR type, ``extra`` the JSON of its
    id and extensions."""

    __slots__ = ("extra", "type", "value")

    def __init__(self, value: Any, type_name: str, extra: Any = None) -> None:
        self.value = value
        self.type = type_name
        self.extra = extra

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Primitive) and self.value == other.value and self.type == other.type

    def __hash__(self) -> int:
        return hash((self.value, self.type))


class Node(Protocol):
    """A FHIR element with children: of a JSON resource, or of a running form."""

    @property
    def type(self) -> str:
        """The FHIR type, such as ``Coding`` or ``BackboneElement``."""
        ...

    def get(self, name: str) -> Coll:
        """The children called ``name``."""
        ...

    def children(self) -> Coll:
        """All children in order."""
        ...

    def json(self) -> Any:
        """The element as JSON, for equality."""
        ...


@dataclass(slots=True)
class Environment:
    """What an evaluation can see besides its input. ``variable`` gives a ``%name``; ``steps`` bounds the work.

    Where ``strict``, a choice between two results by the size of something that is not there gives neither, and sets
    ``absent``: FHIRPath alone would take the second, which makes a band or a zero out of a missing score. ``unknown``
    tells that an order, a sum or an equal number was asked of nothing."""

    variable: Any
    now: Temporal
    today: Temporal
    this: Any = None
    index: int = 0
    total: Coll = field(default_factory=list)
    steps: int = 200_000
    strict: bool = False
    unknown: bool = False
    absent: bool = False
    host: Any = None


def system(item: Any) -> Any:
    """The plain value of an item: a primitive's own value, a FHIR Quantity as a Quantity, else the item."""
    if type(item) is Primitive:
        return item.value
    if isinstance(item, _PLAIN):
        return item
    if item.type in ("Quantity", "Age", "Duration", "Count", "Distance", "SimpleQuantity", "Money"):
        return _quantity(item)
    return item


_PLAIN = (bool, int, Decimal, str, Temporal, Quantity, TypeName)


def _quantity(node: Node) -> Any:
    value = [system(item) for item in node.get("value")]
    if len(value) != 1 or not isinstance(value[0], int | Decimal):
        return node
    unit = [system(item) for item in node.get("code") or node.get("unit")]
    source = [system(item) for item in node.get("system")]
    name = str(unit[0]) if unit else "1"
    if source and source[0] != "http://unitsofmeasure.org" and name != "1":
        return node
    return Quantity(Decimal(value[0]), name)


def single(items: Coll) -> Any:
    """The one plain value of a collection, None where empty; EvaluationError where there are several."""
    if not items:
        return None
    if len(items) > 1:
        raise EvaluationError("several items where one is needed")
    return system(items[0])


def truth(items: Coll) -> bool | None:
    """A collection as a condition: empty is unknown, one boolean is itself, one other item is true."""
    if not items:
        return None
    if len(items) > 1:
        raise EvaluationError("several items where a condition is needed")
    value = system(items[0])
    return value if isinstance(value, bool) else True


def compare_numbers(left: Quantity, right: Quantity) -> int | None:
    """-1, 0 or 1 of two quantities in one dimension; None where the units do not agree."""
    if not same_dimension(left.unit, right.unit):
        return None
    a, b = to_base(left.value, left.unit), to_base(right.value, right.unit)
    return (a > b) - (a < b)


def equal(left: Any, right: Any) -> bool | None:
    """FHIRPath ``=`` of two items; None is unknown (unequal precision)."""
    a, b = system(left), system(right)
    if isinstance(a, str) and isinstance(b, Temporal):
        a = _as_temporal(a, b)
    elif isinstance(b, str) and isinstance(a, Temporal):
        b = _as_temporal(b, a)
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | Decimal) and isinstance(b, int | Decimal):
        return a == b
    if isinstance(a, Temporal) and isinstance(b, Temporal):
        if (a.kind == "time") != (b.kind == "time"):
            return False
        order = a.compared(b)
        return None if order is None else order == 0
    if isinstance(a, int | Decimal | Quantity) and isinstance(b, int | Decimal | Quantity):
        order = compare_numbers(as_quantity(a), as_quantity(b))
        return None if order is None else order == 0
    if isinstance(a, _PLAIN) or isinstance(b, _PLAIN):
        return type(a) is type(b) and bool(a == b)
    return a is b or bool(comparable_json(a) == comparable_json(b))


def comparable_json(node: Node) -> Any:
    """JSON of a node without ids, which never make two elements different."""
    return without_ids(node.json())


def without_ids(value: Any) -> Any:
    """JSON without element ids, which never make two elements different."""
    if isinstance(value, dict):
        return {name: without_ids(below) for name, below in value.items() if name != "id"}
    if isinstance(value, list):
        return [without_ids(below) for below in value]
    return value


def _as_temporal(written: str, like: Temporal) -> Any:
    try:
        return Temporal.parse("time" if like.kind == "time" else "dateTime", written)
    except ValueError:
        return written


def as_quantity(value: Any) -> Quantity:
    """A number as a quantity of one."""
    return value if isinstance(value, Quantity) else Quantity(Decimal(value))


def collections_equal(left: Coll, right: Coll) -> bool | None:
    """FHIRPath ``=`` of two collections: same items in the same order; unknown where either is empty."""
    if not left or not right:
        return None
    if len(left) != len(right):
        return False
    unknown = False
    for a, b in zip(left, right, strict=True):
        same = equal(a, b)
        if same is False:
            return False
        unknown = unknown or same is None
    return None if unknown else True


def hash_key(item: Any) -> Any:
    """A key such that equal items have equal keys, or None where items must be compared one by one."""
    value = system(item)
    if isinstance(value, bool):
        return ("b", value)
    if isinstance(value, int | Decimal):
        return ("n", value)
    if isinstance(value, str):
        return ("s", value)
    if isinstance(value, Temporal | Quantity):
        return None
    return value.key() if hasattr(value, "key") else None


def distinct(items: Iterable[Any]) -> Coll:
    """The items without later equals, in order."""
    kept: Coll = []
    seen: set[Any] = set()
    odd: Coll = []
    for item in items:
        key = hash_key(item)
        if key is None:
            if any(item is known or equal(item, known) for known in odd):
                continue
            odd.append(item)
        elif key in seen:
            continue
        else:
            seen.add(key)
        kept.append(item)
    return kept
