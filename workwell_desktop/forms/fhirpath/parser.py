"""From tokens to a tree, by precedence climbing; bounded in length and depth so that no input can hang or overflow."""

from decimal import Decimal

from workwell_desktop.forms.fhirpath.errors import PathError
from workwell_desktop.forms.fhirpath.lexer import Token, tokens
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
from workwell_desktop.forms.fhirpath.types import Quantity

MAX_LENGTH = 20_000
MAX_DEPTH = 60
MAX_LINKS = 300

_BINDING = {
    "implies": 1,
    "or": 2,
    "xor": 2,
    "and": 3,
    "in": 4,
    "contains": 4,
    "=": 5,
    "~": 5,
    "!=": 5,
    "!~": 5,
    "<": 6,
    ">": 6,
    "<=": 6,
    ">=": 6,
    "|": 7,
    "is": 8,
    "as": 8,
    "+": 9,
    "-": 9,
    "&": 9,
    "*": 10,
    "/": 10,
    "div": 10,
    "mod": 10,
}
_UNITS = frozenset(
    (
        "year years month months week weeks day days hour hours minute minutes second seconds millisecond milliseconds"
    ).split()
)


def parse(source: str, hyphenated: frozenset[str] = frozenset()) -> Expr:
    """The tree of ``source``; PathError with a position where it is not FHIRPath or is too large. ``hyphenated`` as in
    ``lexer.tokens``."""
    if len(source) > MAX_LENGTH:
        raise PathError("limit", MAX_LENGTH, str(len(source)))
    parser = _Parser(tokens(source, hyphenated))
    tree = parser.expression(0)
    parser.expect_end()
    return tree


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is(self, *symbols: str) -> bool:
        return self._next.kind == "symbol" and self._next.text in symbols

    def _expect(self, symbol: str) -> None:
        if not self._is(symbol):
            raise PathError("syntax", self._next.position, self._next.text)
        self._at += 1

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise PathError("syntax", self._next.position, self._next.text)

    def expression(self, binding: int) -> Expr:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise PathError("limit", self._next.position, self._next.text)
        left = self._unary()
        links = 0
        while self._next.kind in ("symbol", "name"):
            token = self._next
            power = _BINDING.get(token.text, 0)
            if power <= binding:
                break
            links += 1
            if links > MAX_LINKS:
                raise PathError("limit", token.position, token.text)
            self._at += 1
            if token.text in ("is", "as"):
                left = TypeTest(token.position, token.text, left, self._type_name())
            else:
                left = Binary(token.position, token.text, left, self.expression(power))
        self._depth -= 1
        return left

    def _unary(self) -> Expr:
        signs: list[Token] = []
        while self._is("+", "-"):
            signs.append(self._take())
            if len(signs) > MAX_DEPTH:
                raise PathError("limit", self._next.position, self._next.text)
        operand = self._postfix(self._primary())
        for sign in reversed(signs):
            operand = Unary(sign.position, sign.text, operand)
        return operand

    def _type_name(self) -> str:
        parts = [self._identifier()]
        while self._is("."):
            self._at += 1
            parts.append(self._identifier())
        return ".".join(parts)

    def _identifier(self) -> str:
        token = self._take()
        if token.kind not in ("name", "quoted"):
            raise PathError("syntax", token.position, token.text)
        return token.text

    def _primary(self) -> Expr:
        token = self._take()
        match token.kind:
            case "number":
                return self._number(token)
            case "string":
                return Literal(token.position, (token.text,))
            case "date" | "datetime" | "time":
                return Literal(token.position, (_temporal(token),))
            case "external":
                return External(token.position, token.text)
            case "special":
                return Special(token.position, token.text[1:])
            case "name" if token.text in ("true", "false"):
                return Literal(token.position, (token.text == "true",))
            case "name" | "quoted":
                return self._invocation(token, None)
        if token.kind == "symbol" and token.text == "(":
            inner = self.expression(0)
            self._expect(")")
            return inner
        if token.kind == "symbol" and token.text == "{":
            self._expect("}")
            return Literal(token.position, ())
        raise PathError("syntax", token.position, token.text)

    def _number(self, token: Token) -> Expr:
        following = self._next
        if following.kind == "string" or (following.kind == "name" and following.text in _UNITS):
            self._at += 1
            quoted = following.kind == "string"
            return Literal(token.position, (Quantity(Decimal(token.text), following.text, not quoted),))
        value = Decimal(token.text) if "." in token.text else int(token.text)
        return Literal(token.position, (value,))

    def _invocation(self, token: Token, source: Expr | None) -> Expr:
        if token.kind not in ("name", "quoted"):
            raise PathError("syntax", token.position, token.text)
        if not self._is("("):
            return Member(token.position, source, token.text)
        self._at += 1
        arguments: list[Expr] = []
        if not self._is(")"):
            arguments.append(self.expression(0))
            while self._is(","):
                self._at += 1
                arguments.append(self.expression(0))
        self._expect(")")
        return Call(token.position, source, token.text, tuple(arguments))

    def _postfix(self, source: Expr) -> Expr:
        links = 0
        while True:
            links += 1
            if links > MAX_DEPTH * 4:
                raise PathError("limit", self._next.position, self._next.text)
            if self._is("."):
                self._at += 1
                token = self._take()
                source = (
                    Special(token.position, token.text[1:])
                    if token.kind == "special"
                    else self._invocation(token, source)
                )
            elif self._is("["):
                position = self._take().position
                source = Index(position, source, self.expression(0))
                self._expect("]")
            else:
                return source


def _temporal(token: Token) -> Temporal:
    kind = "dateTime" if token.kind == "datetime" else token.kind
    try:
        return Temporal.parse(kind, token.text[1:].lstrip("T") if kind == "time" else token.text[1:])
    except ValueError:
        raise PathError("syntax", token.position, token.text) from None
