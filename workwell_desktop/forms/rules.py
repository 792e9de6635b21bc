"""What is worked out while a form runs, in an order that is fixed when the form is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workwell_desktop.forms.fhirpath.registry import Closure
from workwell_desktop.forms.model import Item


class Kind(StrEnum):
    """What a rule gives. The first three may be read by other rules; the rest are for the page alone."""

    VARIABLE = "variable"
    ENABLED = "enabled"
    VALUE = "value"
    TEXT = "text"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    ANSWERS = "answers"
    TOGGLE = "toggle"
    CONSTRAINT = "constraint"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A ``targetConstraint``: what must be true of the answers, how grave it is, and what to say."""

    key: str
    severity: str
    message: str


@dataclass(eq=False, slots=True)
class Rule:
    """One thing to work out for every instance of ``item`` (None is the form as a whole).

    ``rank`` orders the rules so that each comes after what it reads; ``closure`` is its expression, None for
    ``enableWhen``. ``asks`` are the items whose answers must be there before a sum counts (a score with a missing
    part is absent), and ``hangs`` the calculated ones that it reads; ``handles_missing`` says that the expression
    itself looks at what is missing. ``from_root`` says that it starts at the whole response wherever it stands.
    ``within`` is the repeating item around it where it sees nothing of other instances of that. ``scope`` holds the
    variables that it can see, by name; ``variables`` are the ones it reads, ``dependents`` the rules that read this
    one.
    """

    kind: Kind
    item: Item | None
    name: str = ""
    closure: Closure | None = None
    source: str = ""
    rank: int = 0
    asks: tuple[Item, ...] = ()
    hangs: tuple[Item, ...] = ()
    handles_missing: bool = False
    variables: tuple["Rule", ...] = ()
    dependents: tuple["Rule", ...] = ()
    detail: Any = None
    from_root: bool = False
    within: Item | None = None
    scope: Mapping[str, "Rule"] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """All rules in rank order, and which of them read what. ``scopes`` gives, for each item (None is the form), the
    variables that its expressions can see, the innermost first."""

    rules: tuple[Rule, ...] = ()
    of_item: Mapping[int, tuple[Rule, ...]] = field(default_factory=dict)
    readers: Mapping[int, tuple[Rule, ...]] = field(default_factory=dict)
    scopes: Mapping[int | None, Mapping[str, Rule]] = field(default_factory=dict)
    initial: Mapping[int, Closure] = field(default_factory=dict)
    context: frozenset[str] = frozenset()
