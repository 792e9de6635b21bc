"""Finding words inside names as one types, whatever the accents, with the places that were found."""

import unicodedata
from dataclasses import dataclass

from workwell_desktop.services.caseload.search_views import Match


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched: small letters without accents; ``at`` gives the place of each in the shown text."""

    letters: str
    at: tuple[int, ...]
    length: int
    """Of the shown text."""

    def places(self, word: str) -> tuple[tuple[int, int], ...]:
        """Where ``word`` (folded) stands in the shown text, from a first to a past-last character."""
        found: list[tuple[int, int]] = []
        start = self.letters.find(word)
        while start >= 0:
            last = start + len(word)
            end = self.at[last] if last < len(self.at) else self.length
            found.append((self.at[start], end))
            start = self.letters.find(word, last)
        return tuple(found)


_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'"}


def fold(shown: str) -> Folded:
    """Folds character by character, so that places stay true. Spaces of an NHS number are left out by the caller."""
    if shown.isascii():
        return Folded(shown.casefold(), tuple(range(len(shown))), len(shown))
    letters: list[str] = []
    at: list[int] = []
    for place, one in enumerate(shown):
        small = one.casefold()
        apart = unicodedata.normalize("NFKD", _PLAIN.get(small, small))
        for letter in apart:
            if not unicodedata.combining(letter):
                letters.append(letter)
                at.append(place)
    return Folded("".join(letters), tuple(at), len(shown))


def fold_number(shown: str) -> Folded:
    """An NHS number shown 3-3-4: found with or without its spaces."""
    kept = [(letter, place) for place, letter in enumerate(shown) if letter != " "]
    return Folded("".join(letter for letter, _ in kept), tuple(place for _, place in kept), len(shown))


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed: words that must all be found, and the same as one number where it holds digits alone."""

    words: tuple[str, ...]
    number: str

    @classmethod
    def typed(cls, text: str) -> "Words":
        folded = fold(text).letters.split()
        joined = "".join(folded)
        return cls(tuple(dict.fromkeys(folded)), joined if joined.isdigit() else "")


def matches(words: Words, fields: dict[str, Folded]) -> tuple[Match, ...] | None:
    """The places of every word in every field; None where a word is nowhere."""
    if words.number:
        found = fields["nhs_number"].places(words.number)
        if found:
            return (Match("nhs_number", found),)
    places: dict[str, list[tuple[int, int]]] = {}
    for word in words.words:
        somewhere = False
        for name, folded in fields.items():
            if word in folded.letters:
                somewhere = True
                places.setdefault(name, []).extend(folded.places(word))
        if not somewhere:
            return None
    return tuple(Match(name, _joined(found)) for name, found in places.items())


def _joined(places: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order, without overlaps."""
    result: list[tuple[int, int]] = []
    for first, last in sorted(places):
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return tuple(result)
