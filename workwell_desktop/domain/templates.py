"""The language in which a partnership writes the words of its papers. It names fields, and can do nothing else.

``{name}`` stands for a field. ``{if phone}`` … ``{end}`` is printed when the field is known, ``{each goals}`` …
``{item}`` … ``{end}`` once for each thing of a list. Between double stars words are strong. There are no expressions,
no attributes and no sections inside a section, so that a template can neither run code nor ask for what it was not
given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Values = Mapping[str, "str | tuple[str, ...] | None"]
"""What each field holds: words, things of a list, or nothing that is known."""

ITEM = "item"
"""The field that stands for one thing of a list, inside ``{each …}``."""

_TAG = re.compile(r"\{([^{}\n]*)\}")
_ALONE = re.compile(r"(?m)^[ \t]*(\{(?:if [^{}\n]*|each [^{}\n]*|end)\})[ \t]*\n")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_STARS = "**"


class Known(StrEnum):
    """How much is known of a field when a paper is made."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    """It has to stand within ``{if …}``, so that no sentence is printed with a hole in it."""
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong. ``line`` counts from 1 in the text; ``code`` names the sentence and ``params`` fill it."""

    line: int
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Words:
    text: str


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


@dataclass(frozen=True, slots=True)
class _Section:
    name: str
    each: bool
    body: "tuple[_Words | _Field, ...]"


@dataclass(frozen=True, slots=True)
class Template:
    """A text that was read and found in order."""

    parts: "tuple[_Words | _Field | _Section, ...]"

    def runs(self, values: Values) -> list[tuple[str, bool]]:
        """The words with these values, and whether they are strong; a value can never change that."""
        strong, found = False, list[tuple[str, bool]]()
        for piece, literal in self._pieces(values):
            said = piece.split(_STARS) if literal else [piece]
            for index, words in enumerate(said):
                strong ^= index > 0
                if words and found and found[-1][1] == strong:
                    found[-1] = (found[-1][0] + words, strong)
                elif words:
                    found.append((words, strong))
        return found

    def fill(self, values: Values) -> str:
        """The same as plain words."""
        return "".join(words for words, _strong in self.runs(values))

    def _pieces(self, values: Values) -> Iterator[tuple[str, bool]]:
        for part in self.parts:
            if not isinstance(part, _Section):
                yield _piece(part, values)
                continue
            value = values.get(part.name)
            things = (value if isinstance(value, tuple) else ()) if part.each else (("",) if value else ())
            for thing in things:
                for inner in part.body:
                    yield _piece(inner, {**values, ITEM: thing} if part.each else values)


def _piece(part: _Words | _Field, values: Values) -> tuple[str, bool]:
    if isinstance(part, _Words):
        return part.text, True
    value = values.get(part.name)
    return (value if isinstance(value, str) else ""), False


def read(text: str, fields: Mapping[str, Known]) -> tuple[Template | None, tuple[Mistake, ...]]:
    """The template in ``text`` for these fields; None with every mistake where there are any."""
    reading = _Reading(text, fields)
    made = reading.template()
    if reading.mistakes:
        return None, tuple(sorted(reading.mistakes, key=lambda one: one.line))
    return made, ()


class _Reading:
    def __init__(self, text: str, fields: Mapping[str, Known]) -> None:
        self.text, self.fields = text, fields
        self.mistakes: list[Mistake] = []
        self._open: tuple[str, bool, int] | None = None

    def template(self) -> Template:
        parts: list[_Words | _Field | _Section] = []
        body: list[_Words | _Field] = []
        stars, start, line = 0, 0, 1
        # a tag that stands alone on its line takes the line with it; the count of lines stays that of the text
        taken = {match.start(1): match for match in _ALONE.finditer(self.text)}
        for tag in _TAG.finditer(self.text):
            alone = taken.get(tag.start())
            words = self.text[start : alone.start() if alone else tag.start()]
            line += self._words(words, line, body if self._open else parts)
            stars += words.count(_STARS)
            start = alone.end() if alone else tag.end()
            name = tag.group(1).strip()
            opened = self._open
            if name.startswith(("if ", "each ")):
                self._begin(name, line)
                if opened is None and stars % 2:
                    self._wrong(line, "stars")
            elif name == "end" and opened is not None:
                parts.append(_Section(opened[0], opened[1], tuple(body)))
                if stars % 2:
                    self._wrong(line, "stars")
                body, self._open, stars = [], None, 0
            elif name == "end":
                self._wrong(line, "end_alone")
            else:
                self._field(name, line)
                (body if opened else parts).append(_Field(name))
            line += 1 if alone else 0
        self._words(self.text[start:], line, parts)
        if self._open is not None:
            self._wrong(self._open[2], "not_ended", name=self._open[0])
        elif (stars + self.text[start:].count(_STARS)) % 2:
            self._wrong(line, "stars")
        return Template(tuple(parts))

    def _words(self, words: str, line: int, into: "list[_Words | _Field | _Section] | list[_Words | _Field]") -> int:
        if words:
            into.append(_Words(words))
        for offset, each in enumerate(words.split("\n")):
            if "{" in each or "}" in each:
                self._wrong(line + offset, "brace")
        return words.count("\n")

    def _begin(self, tag: str, line: int) -> None:
        kind, _, name = tag.partition(" ")
        name = name.strip()
        if self._open is not None:
            self._wrong(line, "inside", name=name)
            return
        known = self.fields.get(name)
        if known is None:
            self._wrong(line, "unknown", name=name)
        elif kind == "each" and known is not Known.LIST:
            self._wrong(line, "no_list", name=name)
        self._open = (name, kind == "each", line)

    def _field(self, name: str, line: int) -> None:
        known = self.fields.get(name)
        around = self._open
        if name == ITEM and around is not None and around[1]:
            return
        if not _NAME.fullmatch(name) or known is None:
            self._wrong(line, "unknown", name=name)
        elif known is Known.LIST:
            self._wrong(line, "is_list", name=name)
        elif known is Known.SOMETIMES and (around is None or around[1] or around[0] != name):
            self._wrong(line, "sometimes", name=name)

    def _wrong(self, line: int, code: str, **params: str) -> None:
        self.mistakes.append(Mistake(line, code, params))
