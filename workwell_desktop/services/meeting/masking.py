"""Takes identity out of words, for a screen that a room can see.

Whoever reads what is left must not learn who the person is: names become "this person", the employer "the employer",
one of ours what they work as, another participant of the session "somebody else", and numbers, dates of birth, e-mail
addresses, telephone numbers and postcodes go altogether. It works on whole words, ignoring case, accents, and what
stands between the parts of a name; what it cannot know (a nickname that no record and no list holds) the chair names
as words to keep off the screen.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache

from workwell_desktop.domain.third_parties import also_words
from workwell_desktop.services.meeting.giving_away import NUMBERS, birth_dates

_WORD = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
_LEGAL = r"(?:ltd|limited|plc|llp|cic|inc|and sons|& sons)"
_COMPANY = re.compile(rf"[\s,]+{_LEGAL}\.?$", re.IGNORECASE)
_TWICE = re.compile(r"\b(the) the\b", re.IGNORECASE)
_BEFORE, _AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
"""A name ends where its letters end: "Emma2" and "emma_tallis" name somebody."""
SHORTEST = 2
"""A name of one letter stands in too many words to be taken out by itself."""
SHORTEST_FIRM = 4
SHORTEST_PART = 3
"""Letters of a part of a double name that is looked for by itself."""
_SAID = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i", "æ": "a", "Æ": "A", "œ": "o",
         "ß": "s", "ð": "d", "þ": "t", "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "−": "-"}  # fmt: skip
"""Letters that fall into no accent and letter, one for one."""
_SPELT = {"æ": "ae", "œ": "oe", "ø": "oe", "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "þ": "th"}
"""The same letters as people write them who have no such key."""
_JOINED = {one: _SPELT[one] for one in "æœß"}
_SHORT_WORDS = frozenset(
    "AD AM AP BP CBT CP CT CV DR ED EU GP HB HR ID IT ME MH MR MS MSK NI OA OH OK OT PA PC PM PT RA SLT SW TB TV UK "
    "US UTI".split()
)
"""Short words in capitals that are no initials here: "the OT", "HR"."""


class Kind(Enum):
    """How much of a term is looked for by itself."""

    PERSON = "person"
    """Each part of the name as well: "Emma", "Tallis"."""
    FIRM = "firm"
    """Without "the" and its legal form; its first two words, and its first where that is no ordinary one: "The Aire
    Dental Practice Ltd" is "Aire Dental Practice", "Aire Dental" and "Aire"."""
    PHRASE = "phrase"
    """The whole alone."""
    CAPITALS = "capitals"
    """The whole alone, and in capitals alone: initials."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to take out, and what stands in its place."""

    words: str
    instead: str
    kind: Kind = Kind.PERSON


@dataclass(frozen=True, slots=True)
class Mask:
    """What is taken out: a group of the pattern for each known thing with what stands in its place, the words for a
    number (None leaves numbers and dates as they are), dates of birth and the words for one."""

    pattern: re.Pattern[str] | None
    instead: tuple[tuple[str, Kind], ...]
    number: str | None
    births: frozenset[date] = frozenset()
    a_date: str = ""

    def over(self, words: str | None) -> str:
        """``words`` without identity; an empty text for None."""
        if not words:
            return ""
        shown = _written(words)
        if self.number is not None:
            day = self.a_date or self.number
            shown = _put(shown, [(start, end, day) for start, end in birth_dates(plain(shown), self.births)])
            shown = _put(shown, [(*one.span(), self.number) for one in NUMBERS.finditer(plain(shown))])
        if self.pattern is None:
            return shown
        found = []
        for one in self.pattern.finditer(plain(shown)):
            instead, kind = self.instead[(one.lastindex or 1) - 1]
            if (one.group().islower() and _is_a_word(one.group())) or (
                kind is Kind.CAPITALS and not one.group().isupper()
            ):
                continue
            found.append((one.start(), one.end(), _cased(instead, shown, one.start())))
        said = _TWICE.sub(r"\1", _put(shown, found))
        for words_ in {one for one, _kind in self.instead}:
            said = re.sub(rf"({re.escape(words_)})(?:[ -]{re.escape(words_)})+", r"\1", said, flags=re.IGNORECASE)
        return said


def mask(terms: Iterable[Term], *, number: str | None, births: Iterable[date] = (), a_date: str = "") -> Mask:
    """Of several terms that fit in one place the longest is taken; of two that are equal the first that was given."""
    looked_for: dict[str, tuple[int, str, Kind]] = {}
    for term in terms:
        for part in _parts(plain(_written(term.words)).strip(), term.kind) + _spelt(term):
            if len(part) >= SHORTEST:
                looked_for.setdefault(_pattern(part, term.kind), (len(part), term.instead, term.kind))
    known = frozenset(births)
    if not looked_for:
        return Mask(None, (), number, known, a_date)
    longest_first = sorted(looked_for.items(), key=lambda one: (-one[1][0], one[0]))
    joined = "|".join(f"({pattern})" for pattern, _found in longest_first)
    instead = tuple((words, kind) for _pattern, (_length, words, kind) in longest_first)
    return Mask(re.compile(rf"{_BEFORE}(?:{joined}){_AFTER}", re.IGNORECASE), instead, number, known, a_date)


def initials(name: str) -> tuple[str, ...]:
    """How somebody is called by letters: "E.T.", "E. T.", "ET"; the last only where it is no other short word."""
    words = [one for one in plain(name).split() if one[:1].isalpha()]
    if len(words) < 2:
        return ()
    found = []
    for chosen in ([words[0], words[-1]], words, [half for one in words for half in one.split("-")]):
        letters = [one[0].upper() for one in chosen if one[:1].isalpha()]
        short = "".join(letters)
        found += [".".join(letters), f"{'.'.join(letters)}.", ". ".join(letters), f"{'. '.join(letters)}."]
        found += [] if short in _SHORT_WORDS else [short]
    return tuple(dict.fromkeys(found))


def plain(words: str) -> str:
    """The same text, letter for letter, without accents, and with one kind of space, dash and apostrophe."""
    return "".join(_plain(letter) for letter in words)


@cache
def _plain(letter: str) -> str:
    if letter in _SAID:
        return _SAID[letter]
    if letter.isspace():
        return letter if letter == "\n" else " "
    if unicodedata.category(letter) == "Pd":
        return "-"
    bare = unicodedata.normalize("NFKD", letter)[:1] or letter
    return _SAID.get(bare, bare)


def _written(words: str) -> str:
    """Accents with their letters; what takes no room on a screen and could hide in a name is left out."""
    return "".join(one for one in unicodedata.normalize("NFC", words) if unicodedata.category(one) != "Cf")


def _pattern(part: str, kind: Kind) -> str:
    """Between the parts of a name there may be a space, a dash, an apostrophe, a line below, or nothing."""
    if kind is Kind.CAPITALS:
        return re.escape(part)
    pieces = [re.escape(one) for one in re.split(r"[\s'_-]+", part) if one]
    between = r"[\s'_.,-]{0,2}" if kind is Kind.PERSON else r"[\s'_,-]{1,2}"
    said = between.join(pieces)
    if kind is Kind.PERSON and part[1:2] == " ":
        # a letter before a name is one in capitals: "E Tallis", and neither "Maya's Tallis" nor "a Tallis"
        said = rf"(?<!')(?-i:{pieces[0].upper()}){said[1:]}"
    if part[:1].isdigit():
        said = rf"(?<!\d){said}"
    if part[-1:].isdigit():
        return rf"{said}(?!\d)"
    if kind is Kind.FIRM:
        return rf"{said}(?:[\s,]+{_LEGAL}(?!\w)\.?)?"
    return rf"{said}s?" if kind is Kind.PERSON and len(part) > SHORTEST_PART else said


def _parts(whole: str, kind: Kind) -> list[str]:
    words = _WORD.findall(whole)
    if kind is Kind.PERSON:
        halves = [one for word in words if "-" in word for one in word.split("-") if len(one) >= SHORTEST_PART]
        after = [one.split("'", 1)[1] for one in (*words, *halves) if "'" in one[:3]]
        alone = [*words, *halves, *(one for one in after if len(one) > SHORTEST_PART)]
        letter = words[0][0].upper() if len(words) > 1 else ""
        return [whole, *alone, *(f"{letter} {one}" for one in alone if letter and one != words[0])]
    if kind in (Kind.PHRASE, Kind.CAPITALS):
        return [whole]
    bare = re.sub(r"^the\s+", "", _COMPANY.sub("", whole), flags=re.IGNORECASE)
    words = _WORD.findall(bare)
    opening = [word for word in words[:1] if len(word) >= SHORTEST_FIRM and word.lower() not in also_words()]
    two = bare[: bare.index(words[1]) + len(words[1])] if len(words) > 2 and words[1][:1].isupper() else ""
    return [whole, bare, two, *opening]


def _spelt(term: Term) -> list[str]:
    """A name with letters that few keyboards have, as others write it: "Müller", "Mueller"."""
    written = _written(term.words)
    found = []
    for letters in (_SPELT, _JOINED):
        spelt = "".join(letters.get(one.lower(), one) for one in written)
        found += _parts(plain(spelt).strip(), term.kind) if spelt != written else []
    return found


def _put(shown: str, found: list[tuple[int, int, str]]) -> str:
    """``shown`` with other words in these places."""
    out, at = [], 0
    for start, end, words in found:
        out += [shown[at:start], words]
        at = end
    return "".join([*out, shown[at:]])


def _is_a_word(said: str) -> bool:
    """Whether small letters alone say an ordinary word, or more than one of it."""
    return said in also_words() or said.removesuffix("s") in also_words()


def _cased(words: str, text: str, start: int) -> str:
    """With a capital at the beginning of a sentence."""
    before = text[:start].rstrip()
    return words[:1].upper() + words[1:] if not before or before[-1] in ".!?\n" else words
