"""Takes identity out of words, for a screen that a room can see.

Whoever reads what is left must not learn who the person is: names become "this person", the employer "the employer",
one of ours what they work as, another participant of the session "somebody else", and numbers, dates of birth, e-mail
addresses, telephone numbers and postcodes go altogether. It works on whole words, ignoring case and accents; what it
cannot know (a nickname that no record holds) the chair names as words to keep off the screen.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache

from workwell_desktop import assets
from workwell_desktop.catalogue import text

_NUMBERS = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+                        # an e-mail address
    | \b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b              # a postcode
    | \b\d{3}[ -]?\d{3}[ -]?\d{4}\b                      # an NHS number, 3-3-4
    | (?<!\w)\+?\d(?:[ ()-]?\d){9,13}\b                  # a telephone number
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
_COMPANY = re.compile(r"[\s,]+(?:ltd|limited|plc|llp|cic|inc|and sons|& sons)\.?$", re.IGNORECASE)
_TWICE = re.compile(r"\b(the) the\b", re.IGNORECASE)
SHORTEST = 2
"""A name of one letter stands in too many words to be taken out; initials are not looked for."""
SHORTEST_FIRM = 4


class Kind(Enum):
    """How much of a term is looked for by itself."""

    PERSON = "person"
    """Each part of the name as well: "Emma", "Tallis"."""
    FIRM = "firm"
    """Without its legal form, and its first word where that is no ordinary one: "Aire Dental", "Aire"."""
    PHRASE = "phrase"
    """The whole alone."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to take out, and what stands in its place."""

    words: str
    instead: str
    kind: Kind = Kind.PERSON


@dataclass(frozen=True, slots=True)
class Mask:
    """What is taken out: each known word with what stands in its place, and the words for a number."""

    pattern: re.Pattern[str] | None
    instead: Mapping[str, str]
    number: str

    def over(self, words: str | None) -> str:
        """``words`` without identity; an empty text for None."""
        if not words:
            return ""
        masked = unicodedata.normalize("NFC", _NUMBERS.sub(self.number, words))
        if self.pattern is None:
            return masked
        plain, out, at = _plain(masked), [], 0
        for found in self.pattern.finditer(plain):
            key = found.group().lower()
            if key in _also_words() and found.group().islower():
                continue
            out += [masked[at : found.start()], _cased(self.instead[key], masked, found.start())]
            at = found.end()
        said = _TWICE.sub(r"\1", "".join([*out, masked[at:]]))
        for one in set(self.instead.values()):
            said = re.sub(rf"({re.escape(one)})(?: {re.escape(one)})+", r"\1", said, flags=re.IGNORECASE)
        return said


def mask(terms: Iterable[Term], *, number: str) -> Mask:
    """Of several terms that fit in one place the longest is taken; of two that are equal the first that was given."""
    instead: dict[str, str] = {}
    for term in terms:
        for part in _parts(_plain(term.words).strip(), term.kind):
            if len(part) >= SHORTEST:
                instead.setdefault(part.lower(), term.instead)
    if not instead:
        return Mask(None, instead, number)
    longest_first = sorted(instead, key=lambda one: (-len(one), one))
    joined = "|".join(re.escape(one) for one in longest_first)
    return Mask(re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE), instead, number)


def _parts(whole: str, kind: Kind) -> list[str]:
    words = _WORD.findall(whole)
    if kind is Kind.PERSON:
        return [whole, *words]
    if kind is Kind.PHRASE:
        return [whole]
    first = [word for word in words[:1] if len(word) >= SHORTEST_FIRM and word.lower() not in _also_words()]
    return [whole, _COMPANY.sub("", whole), *first]


def written_dates(day: date) -> tuple[str, ...]:
    """The ways in which somebody writes a day: 30 May 1995, 30th of May 1995, 30/05/1995, 30.5.95, 1995-05-30."""
    month = text(f"dates.months.m{day.month}")
    numbers = [
        f"{d}{mark}{m}{mark}{y}"
        for d in {f"{day.day}", f"{day.day:02}"}
        for m in {f"{day.month}", f"{day.month:02}"}
        for y in (f"{day.year}", f"{day.year % 100:02}")
        for mark in "/.- "
    ]
    words = [
        f"{day.day}{end}{of} {name} {day.year}"
        for end in ("", "st", "nd", "rd", "th")
        for of in ("", " of")
        for name in (month, month[:3])
    ]
    return (*sorted(numbers), *words, f"{month} {day.day}, {day.year}", day.isoformat())


@cache
def _also_words() -> frozenset[str]:
    lines = assets.resource("names", "also_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line and not line.startswith("#"))


def _plain(words: str) -> str:
    """The same text, letter for letter, without accents: one character in, one out."""
    return "".join(unicodedata.normalize("NFD", letter)[:1] or letter for letter in words)


def _cased(words: str, text: str, start: int) -> str:
    """With a capital at the beginning of a sentence."""
    before = text[:start].rstrip()
    return words[:1].upper() + words[1:] if not before or before[-1] in ".!?\n" else words
