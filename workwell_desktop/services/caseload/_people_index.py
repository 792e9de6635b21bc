"""Everybody whom one may find, as a few long texts: a key pressed is looked for at the speed of memory, and the search
ends with the last line that will be shown. A line for each person, in the order in which they are shown."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import NamedTuple

from workwell_desktop.domain.records import Id
from workwell_desktop.services.caseload._matching import Folded, Words, fold, matches
from workwell_desktop.services.caseload.search_views import Match

NAMES = ("name", "called")
"""Fields of which a beginning counts more than a place within."""

_NAME, _OTHER, _END = "\x01", "\x02", "\n"


class Entry(NamedTuple):
    """One person: what is searched, by field, as it is shown, and the number without its spaces."""

    who: Id
    shown: dict[str, str]
    number: Folded


class PeopleIndex:
    """The people of one group, in the order given."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._place = {one.who: place for place, one in enumerate(self._entries)}
        self._folded: dict[Id, dict[str, Folded]] = {}
        lines = [_line(one) for one in self._entries]
        self._letters = "".join(lines)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))

    def __contains__(self, who: object) -> bool:
        return who in self._place

    def find(self, words: Words) -> Iterator[tuple[Id, tuple[Match, ...]]]:
        """Those in whom every word is found, with the places: first those whose name begins so, each in order."""
        begun: set[int] = set()
        for line in merge(*(self._lines(_NAME + word) for word in words.words)):
            if line not in begun and self._holds(line, words):
                begun.add(line)
                yield from self._found(line, words)
        for line in self._lines(max(words.words, key=len)):
            if line not in begun and self._holds(line, words):
                yield from self._found(line, words)

    def _lines(self, letters: str) -> Iterator[int]:
        """Every line that holds these letters, once each."""
        at = self._letters.find(letters)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            at = self._letters.find(letters, self._starts[line + 1])

    def _holds(self, line: int, words: Words) -> bool:
        first, last = self._starts[line], self._starts[line + 1]
        return all(self._letters.find(word, first, last) >= 0 for word in words.words)

    def _found(self, line: int, words: Words) -> Iterator[tuple[Id, tuple[Match, ...]]]:
        one = self._entries[line]
        fields = self._folded.get(one.who)
        if fields is None:
            fields = {name: fold(text) for name, text in one.shown.items() if text} | {"nhs_number": one.number}
            self._folded[one.who] = fields
        places = matches(words, fields)
        if places is not None:
            yield one.who, places


def _line(one: Entry) -> str:
    text = "".join((_NAME if name in NAMES else _OTHER) + words for name, words in one.shown.items() if words)
    letters = text.casefold() if text.isascii() else fold(text).letters
    return f"{letters}{_OTHER}{one.number.letters}{_END}"
