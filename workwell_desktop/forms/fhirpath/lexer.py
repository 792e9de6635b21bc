"""Words of FHIRPath 2.0: from source text to tokens that know where they stand.

Source: http://hl7.org/fhirpath/N1/grammar.html. Positions are counted in characters from 0.
"""

import re
from dataclasses import dataclass

from workwell_desktop.forms.fhirpath.errors import PathError

_TIME = r"\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<datetime>@\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?T(?:{_TIME}(?:Z|[+-]\d{{2}}:\d{{2}})?)?)
  | (?P<date>@\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?)
  | (?P<time>@T{_TIME})
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<string>'(?:[^'\\]|\\.)*')
  | (?P<quoted>`(?:[^`\\]|\\.)*`)
  | (?P<external>%(?:[A-Za-z_][A-Za-z0-9_]*|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'))
  | (?P<special>\$(?:this|index|total))
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<symbol><=|>=|!=|!~|[-+*/&|<>=~.,(){{}}\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "\\": "\\", "'": "'", '"': '"', "`": "`", "/": "/"}


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is a group of the pattern above or ``end``; ``text`` is unescaped for strings and names."""

    kind: str
    text: str
    position: int


_HYPHENATED = re.compile(r"%[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)+")


def tokens(source: str, hyphenated: frozenset[str] = frozenset()) -> list[Token]:
    """All tokens of ``source``, closed by one of kind ``end``; PathError where a character belongs to none.

    ``hyphenated`` are variables whose names hold a hyphen, which FHIR allows in a name and FHIRPath reads as minus."""
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise PathError("syntax", at, source[at])
        kind, text = str(match.lastgroup), match.group()
        if kind == "external":
            longer = _HYPHENATED.match(source, at)
            if longer and (longer.group()[1:] in hyphenated or longer.group().startswith(("%vs-", "%ext-"))):
                match, text = longer, longer.group()
        if kind in ("string", "quoted"):
            text = _unescaped(text[1:-1], at + 1)
        elif kind == "external":
            text = _unescaped(text[2:-1], at + 2) if text[1] in "`'" else text[1:]
        if kind != "space":
            found.append(Token(kind, text, at))
        at = match.end()
    found.append(Token("end", "", len(source)))
    return found


def _unescaped(text: str, at: int) -> str:
    def one(match: re.Match[str]) -> str:
        code = match.group(1)
        if len(code) > 1:
            return chr(int(code[1:], 16))
        if code not in _ESCAPES:
            raise PathError("syntax", at + match.start(), match.group())
        return _ESCAPES[code]

    return _ESCAPE.sub(one, text) if "\\" in text else text
