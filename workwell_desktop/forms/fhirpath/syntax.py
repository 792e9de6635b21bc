"""The tree of a parsed FHIRPath expression."""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant collection: ``values`` is empty for ``{}``."""

    position: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Special:
    """``$this``, ``$index`` or ``$total``; ``name`` without the dollar."""

    position: int
    name: str


@dataclass(frozen=True, slots=True)
class External:
    """``%name``."""

    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """``source.name``; ``source`` is None at the beginning of a path."""

    position: int
    source: "Expr | None"
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """``source.name(arguments)``."""

    position: int
    source: "Expr | None"
    name: str
    arguments: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Index:
    """``source[index]``."""

    position: int
    source: "Expr"
    index: "Expr"


@dataclass(frozen=True, slots=True)
class Unary:
    """``+x`` or ``-x``."""

    position: int
    operator: str
    operand: "Expr"


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right``."""

    position: int
    operator: str
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class TypeTest:
    """``operand is Type`` or ``operand as Type``; ``name`` may carry ``System.`` or ``FHIR.``."""

    position: int
    operator: str
    operand: "Expr"
    name: str


Expr: TypeAlias = Literal | Special | External | Member | Call | Index | Unary | Binary | TypeTest
