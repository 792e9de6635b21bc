"""The tree of a parsed FHIRPath expression."""

from collections.abc import Callable
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


def rooted(tree: "Expr", name: str) -> "Expr":
    """The tree with paths that begin with the type ``name`` beginning at ``%resource`` instead: in the expression of an
    item, ``QuestionnaireResponse.item`` can only mean the whole response."""
    match tree:
        case Member(position, None, found) if found == name:
            return External(position, "resource")
        case Member(position, source, found):
            return Member(position, rooted(source, name) if source is not None else None, found)
        case Call(position, source, found, arguments):
            before = rooted(source, name) if source is not None else None
            if found in ("is", "as", "ofType"):
                return Call(position, before, found, arguments)
            return Call(position, before, found, tuple(rooted(one, name) for one in arguments))
        case Index(position, source, index):
            return Index(position, rooted(source, name), rooted(index, name))
        case Unary(position, operator, operand):
            return Unary(position, operator, rooted(operand, name))
        case Binary(position, operator, left, right):
            return Binary(position, operator, rooted(left, name), rooted(right, name))
        case TypeTest(position, operator, operand, found):
            return TypeTest(position, operator, rooted(operand, name), found)
    return tree


def replaced(tree: "Expr", known: Callable[[External], "Expr"]) -> "Expr":
    """The tree with each ``%name`` as ``known`` gives it."""
    match tree:
        case External():
            return known(tree)
        case Member(position, source, found):
            return Member(position, replaced(source, known) if source is not None else None, found)
        case Call(position, source, found, arguments):
            before = replaced(source, known) if source is not None else None
            return Call(position, before, found, tuple(replaced(one, known) for one in arguments))
        case Index(position, source, index):
            return Index(position, replaced(source, known), replaced(index, known))
        case Unary(position, operator, operand):
            return Unary(position, operator, replaced(operand, known))
        case Binary(position, operator, left, right):
            return Binary(position, operator, replaced(left, known), replaced(right, known))
        case TypeTest(position, operator, operand, found):
            return TypeTest(position, operator, replaced(operand, known), found)
    return tree


Expr: TypeAlias = Literal | Special | External | Member | Call | Index | Unary | Binary | TypeTest
