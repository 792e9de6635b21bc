"""The syntax of regular expressions that ``pattern`` can run: the common part of XML Schema, Java and JavaScript."""

import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

_SHORT = {
    "d": (("0", "9"),),
    "w": (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")),
    "s": ((" ", " "), ("\t", "\r"), ("\u00a0", "\u00a0")),
}
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
MAX_COUNT = 2_000


class PatternError(Exception):
    """A pattern that is not supported; the text names the part."""


@dataclass(frozen=True, slots=True)
class Class:
    """One character: in ``ranges`` or of a Unicode ``categories`` prefix, or (``negative``) in neither."""

    ranges: tuple[tuple[str, str], ...]
    negative: bool = False
    categories: tuple[str, ...] = ()
    inner: tuple["Class", ...] = ()

    def has(self, letter: str) -> bool:
        """Whether ``letter`` belongs."""
        found = any(low <= letter <= high for low, high in self.ranges)
        found = found or bool(self.categories and unicodedata.category(letter).startswith(self.categories))
        found = found or any(part.has(letter) for part in self.inner)
        return found is not self.negative


@dataclass(frozen=True, slots=True)
class Edge:
    """``^`` or ``$``."""

    sign: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after another."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several parts."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part ``least`` to ``most`` times; None is without end."""

    part: "Part"
    least: int
    most: int | None
    lazy: bool = False


Part: TypeAlias = Class | Edge | Sequence | Alternatives | Repeat
ANY = Class((("\n", "\n"),), negative=True)


EVERY = Class((), negative=True)


def parse(source: str, *, lines: bool = True) -> tuple[list[tuple[Part, bool]], Part]:
    """The looks ahead at the beginning (part, whether it must be there) and the pattern itself. Without ``lines`` a dot
    is any character, else any but the end of a line."""
    if len(source) > 5_000:
        raise PatternError("too long")
    return _Reader(source, ANY if lines else EVERY).whole()


class _Reader:
    def __init__(self, source: str, dot: Class) -> None:
        self._source = source
        self._dot = dot
        self._at = 0
        self._depth = 0

    def whole(self) -> tuple[list[tuple[Part, bool]], Part]:
        looks: list[tuple[Part, bool]] = []
        anchored = self._skip("^")
        while self._peek(3) in ("(?=", "(?!"):
            wanted = self._source[self._at + 2] == "="
            self._at += 3
            looks.append((self._alternatives(), wanted))
            self._expect(")")
        if looks and not anchored:
            raise PatternError("(?=")
        body = self._alternatives()
        if self._at < len(self._source):
            raise PatternError(self._source[self._at])
        if anchored and isinstance(body, Alternatives):
            first = Sequence((Edge("^"), body.parts[0]))
            return looks, Alternatives((first, *body.parts[1:]))
        return looks, Sequence((Edge("^"), body)) if anchored else body

    def _peek(self, count: int = 1) -> str:
        return self._source[self._at : self._at + count]

    def _skip(self, sign: str) -> bool:
        if self._peek(len(sign)) != sign:
            return False
        self._at += len(sign)
        return True

    def _expect(self, sign: str) -> None:
        if not self._skip(sign):
            raise PatternError(self._peek() or "end")

    def _alternatives(self) -> Part:
        self._depth += 1
        if self._depth > 50:
            raise PatternError("too deep")
        found = [self._sequence()]
        while self._skip("|"):
            found.append(self._sequence())
        self._depth -= 1
        return found[0] if len(found) == 1 else Alternatives(tuple(found))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._counted(self._atom()))
        return Sequence(tuple(parts))

    def _counted(self, part: Part) -> Part:
        while True:
            sign = self._peek()
            bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign)
            if bounds is not None:
                self._at += 1
            elif sign == "{" and self._peek(2)[1:].isdigit():
                bounds = self._bounds()
            else:
                return part
            if isinstance(part, Edge):
                raise PatternError(sign)
            lazy = self._skip("?")
            if not lazy and self._peek() == "+":
                raise PatternError("++")
            part = Repeat(part, *bounds, lazy)

    def _bounds(self) -> tuple[int, int | None]:
        close = self._source.find("}", self._at)
        least, comma, most = self._source[self._at + 1 : close].partition(",")
        if close < 0 or not least.isdigit() or (most and not most.isdigit()) or len(least + most) > 8:
            raise PatternError("{")
        self._at = close + 1
        low = int(least)
        high = int(most) if most else (None if comma else low)
        if low > MAX_COUNT or (high is not None and (high > MAX_COUNT or high < low)):
            raise PatternError("{")
        return low, high

    def _atom(self) -> Part:
        sign = self._peek()
        self._at += 1
        if sign == "(":
            if self._skip("?"):
                if self._skip("P<") or (self._peek() == "<" and self._peek(2)[1:] not in ("=", "!")):
                    self._at = self._source.find(">", self._at) + 1
                else:
                    self._expect(":")
            inner = self._alternatives()
            self._expect(")")
            return inner
        if sign == "[":
            return self._class()
        if sign == ".":
            return self._dot
        if sign in "^$":
            return Edge(sign)
        if sign == "\\":
            return self._escape()
        if sign in "*+?":
            raise PatternError(sign)
        return Class(((sign, sign),))

    def _escape(self) -> Class:
        sign = self._peek()
        self._at += 1
        if sign.lower() in _SHORT and sign:
            return Class(_SHORT[sign.lower()], negative=sign.isupper())
        if sign in ("p", "P"):
            close = self._source.find("}", self._at)
            if self._peek() != "{" or close < 0:
                raise PatternError("\\p")
            name = self._source[self._at + 1 : close]
            self._at = close + 1
            if not 1 <= len(name) <= 2:
                raise PatternError("\\p")
            return Class((), sign == "P", (name,))
        if sign in ("x", "u"):
            width = 2 if sign == "x" else 4
            digits = self._peek(width)
            self._at += width
            try:
                letter = chr(int(digits, 16))
            except ValueError:
                raise PatternError("\\" + sign) from None
            return Class(((letter, letter),))
        if sign in _LETTERS:
            return Class(((_LETTERS[sign], _LETTERS[sign]),))
        if not sign or sign.isalnum():
            raise PatternError("\\" + sign)
        return Class(((sign, sign),))

    def _class(self) -> Class:
        negative = self._skip("^")
        ranges: list[tuple[str, str]] = []
        inner: list[Class] = []
        first = True
        while first or self._peek() != "]":
            if self._peek() == "" or (not first and self._peek(2) in ("&&",)):
                raise PatternError("[")
            if first and self._peek() == "]" and "]" not in self._source[self._at + 1 :]:
                raise PatternError("[")
            first = False
            low = self._class_atom()
            if self._peek() == "-" and self._peek(2) not in ("-]", "-") and _is_letter(low):
                self._at += 1
                high = self._class_atom()
                if not _is_letter(high) or low.ranges[0][0] > high.ranges[0][0]:
                    raise PatternError("-")
                ranges.append((low.ranges[0][0], high.ranges[0][0]))
            else:
                inner.append(low)
        self._at += 1
        return Class(tuple(ranges), negative, (), tuple(inner))

    def _class_atom(self) -> Class:
        sign = self._peek()
        self._at += 1
        return self._escape() if sign == "\\" else Class(((sign, sign),))


def _is_letter(part: Class) -> bool:
    return len(part.ranges) == 1 and part.ranges[0][0] == part.ranges[0][1] and not part.negative
