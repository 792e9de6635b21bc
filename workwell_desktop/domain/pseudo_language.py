"""Languages that nobody speaks, made from the English catalogue by code: one look at a page shows what is wrong.

``en-XA`` is English with accents, in brackets and more than 40 % longer: a word without accents did not come through
the catalogue, and a bracket that is not there was cut off. ``ar-XB`` is the same read from right to left.
"""

import re
from collections.abc import Mapping
from typing import Any

from workwell_desktop.catalogue import PLURALS, Catalogue

LONG, RIGHT_TO_LEFT = "en-XA", "ar-XB"
PSEUDO = (LONG, RIGHT_TO_LEFT)

_PLAIN = "ABCDEFGHIJKLNOPRSTUWYZabcdefghijklnoprstuwyz"
_ODD = "ÁßÇÐÉƑĜĤÍĴĶŁÑÓÞŘŠŦÚŴÝŽáßçðéƒĝĥíĵķłñóþřšŧúŵýž"
_ACCENTS = str.maketrans(_PLAIN, _ODD)
_KEPT = re.compile(r"\{[^{}]*\}|\{\{|\}\}|\*\*|\]\([^)]*\)|<[^<>]*>|&\w+;|(?:(?:Ctrl|Alt|Shift)\+)+\w+|https?://\S+|\n")
_WORD = re.compile(r"[^\W\d_]+")
_LONGER = 0.4
_MARK = "\u200f"


def pseudo(said: str) -> str:
    """A sentence with accents, longer by 40 %, in brackets; its places, emphasis, links and marks as they were."""
    parts, end = [], 0
    for kept in _KEPT.finditer(said):
        parts += [_odd(said[end : kept.start()]), kept[0]]
        end = kept.end()
    return f"[{''.join([*parts, _odd(said[end:])])}]" if _WORD.search(_KEPT.sub("", said)) else said


def _odd(words: str) -> str:
    return _WORD.sub(lambda found: _longer(found[0]).translate(_ACCENTS), words)


def _longer(word: str) -> str:
    """Its last vowel, or its last letter, said again and again."""
    more = round(len(word) * _LONGER)
    place = max((word.lower().rfind(vowel) for vowel in "aeiou"), default=-1)
    place = len(word) - 1 if place < 0 else place
    return word[:place] + word[place] * (1 + more) + word[place + 1 :]


class Pseudo(Catalogue):
    """The catalogue of ``LONG`` or ``RIGHT_TO_LEFT``."""

    def _translated(self, namespace: str, source: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: self._said(entry) for name, entry in source.items()}

    def _said(self, entry: Any) -> Any:
        if not isinstance(entry, Mapping):
            words = pseudo(str(entry))
            return f"{_MARK}{words}{_MARK}" if self.language == RIGHT_TO_LEFT else words
        said = {name: self._said(below) for name, below in entry.items()}
        if self.language == RIGHT_TO_LEFT and entry.keys() == {"one", "other"}:
            # Arabic counts in six ways; English has words for one and for all the others
            return {form: said["one" if form == "one" else "other"] for form in PLURALS}
        return said
