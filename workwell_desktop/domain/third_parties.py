"""Names of other people in what is written about somebody: another participant, who speaks for the employer, a
colleague or a line manager (domain.md 4.2, hygiene of free text). It warns and never stops; a role says as much.

It finds what is plain: a whole name that a record holds, the first name of the one contact at work, and a capital
after "her manager" or "his wife". A name that no record holds and no such words announce is not found, and nobody is
told that a text is free of names.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from workwell_desktop import assets
from workwell_desktop.domain.names import plain

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_LONGEST_FAMILY = 3
"""Words of a family name that is looked for: "van der Berg"."""
_SHORTEST_FIRST = 3
_SHORTEST_SMALL = 3
"""Letters of a family name that is looked for though it has no capital."""
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir"})
_POSTS = frozenset(
    "accounts admin assistant boss deputy director duty employer finance general head health hr human manager managers "
    "needs occupational office operations owner payroll people personnel practice principal resources service services "
    "shift site staff store supervisor team the wellbeing".split()
)
"""Words of a contact line that say what somebody is, and not who."""
_NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter english welsh british".split()
)
_OF_WORK = re.compile(
    r"\b(?i:my|his|her|their|your|our)\s+(?:(?:line|team|shift|store|area|direct|old|former|new|then)\s+){0,2}"
    r"(?:manager|colleague|boss|supervisor|team leader|co-?worker|workmate|foreman|employer)\b"
    r"(?:\s*,\s*|\s+(?:is|was|called|named)\s+|\s+)"
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+)?"
    r"(?P<name>[^\W\d_a-z][\w'’-]*[a-zà-ÿ][\w'’-]*(?:[ \t]+[^\W\d_a-z][\w'’-]*[a-zà-ÿ][\w'’-]*)?)"
)


_NEAR = re.compile(
    r"(?<![^\W\d_])(?i:husband|wife|partner|fianc[eé]e?|son|daughter|(?:grand|step)?(?:mother|father|child|son|daughter)|mum|dad"
    r"|brother|sister|friend|neighbou?r|carer|boyfriend|girlfriend|aunt(?:ie)?|uncle|nan|niece|nephew|cousin)"
    r"(?:\s*,\s*|\s+(?:is|was|called|named)\s+|\s+)"
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+)?"
    r"(?P<name>[^\W\d_a-z][\w'’-]*[a-zà-ÿ][\w'’-]*(?:[ \t]+[^\W\d_a-z][\w'’-]*[a-zà-ÿ][\w'’-]*)?)"
)


class Third(StrEnum):
    """Who is named."""

    PARTICIPANT = "participant"
    AT_WORK = "at_work"
    NEAR = "near"
    """A relative or a friend."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the text."""

    words: str
    who: Third


@dataclass(frozen=True, slots=True)
class Around:
    """What the records know. ``never`` are names that warn nobody: the person's own, and of those at the table;
    ``others`` whole names of other participants; ``contacts`` who speaks for the employer, as it was written down;
    ``firms`` the names of employers."""

    never: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    contacts: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()


def family_names(text: str) -> frozenset[str]:
    """What in ``text`` could be a family name after another name, as a record would write it.

    Up to three words, the last with a capital; and one word that is typed in small letters or in capitals throughout,
    but for two ordinary words in a row.
    """
    words = _words(text)
    found = set()
    for place in range(1, len(words)):
        for length in range(1, min(_LONGEST_FAMILY, len(words) - place) + 1):
            family = [word for word, _start, _end in words[place : place + length]]
            if family[-1][:1].isupper() and _joined(text, words, place - 1, length):
                found.add(" ".join(family))
        before, one = words[place - 1][0], words[place][0]
        if _side_by_side(text, words, place - 1) and _typed_plainly(before, one):
            found |= _as_recorded(one)
    return frozenset(found)


def _typed_plainly(before: str, family: str) -> bool:
    if len(family) < _SHORTEST_SMALL or not (family.isupper() or family.islower()):
        return False
    return not (before.islower() and family.islower() and {before, family} <= also_words())


def _as_recorded(word: str) -> set[str]:
    """ "o'neil" is O'Neil, "mcdonald" McDonald, "smith-jones" Smith-Jones."""
    small = word.lower().replace("’", "'")
    found = {small.capitalize(), "-".join(one.capitalize() for one in small.split("-"))}
    for beginning in ("o'", "d'", "mc", "mac"):
        if small.startswith(beginning):
            found.add(beginning.capitalize() + small[len(beginning) :].capitalize())
    return found


@cache
def also_words() -> frozenset[str]:
    """Names that are ordinary words as well, in small letters (``resources/names/also_words.txt``)."""
    lines = assets.resource("names", "also_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line and not line.startswith("#"))


def contact_name(line: str) -> str:
    """The name in "Sue Hartley, practice manager": the words before the post; nothing for "HR"."""
    head = re.split(r"[,(;/–]|\s-\s", line, maxsplit=1)[0]
    kept = [one for one, _start, _end in _words(head) if plain(one) not in _TITLES]
    if any(plain(one) in _POSTS or (one.isupper() and len(one) > 1) for one in kept):
        return ""
    return " ".join(one for one in kept if one[:1].isupper())


def mentions(text: str, around: Around) -> tuple[Mention, ...]:
    """Names of others in ``text``, each once, in the order in which they stand."""
    found: list[tuple[int, int, Mention]] = []
    never = {plain(one) for one in around.never}
    quiet = {part for one in never for part in one.split()}
    for name in around.others:
        if plain(name) not in never:
            found += [one for one in _places(text, name, Third.PARTICIPANT) if not _ordinary(one[2].words)]
    for line in around.contacts:
        name = contact_name(line)
        first = name.split(" ")[0] if name else ""
        if name and plain(name) not in never:
            found += _places(text, name, Third.AT_WORK)
        if len(first) >= _SHORTEST_FIRST and plain(first) not in quiet:
            found += _places(text, first, Third.AT_WORK, as_written=True)
    firms = {part for one in around.firms for part in plain(one).split()}
    for who, match in _announced(text):
        start, name = match.start("name"), match["name"]
        parts = [plain(one) for one in name.split()]
        if not name[0].isupper() or parts[0] in _NO_NAMES | _POSTS | firms | quiet:
            continue
        if len(parts) > 1 and parts[1] in _NO_NAMES | _POSTS | firms:
            name = name.split()[0]
        found.append((start, start + len(name), Mention(name.removesuffix("'s").removesuffix("’s"), who)))
    return _each_once(found)


def _announced(text: str) -> Iterable[tuple[Third, re.Match[str]]]:
    """Capitals after "her manager" or "his wife"."""
    yield from ((Third.AT_WORK, one) for one in _OF_WORK.finditer(text))
    yield from ((Third.NEAR, one) for one in _NEAR.finditer(text))


def _each_once(found: Iterable[tuple[int, int, Mention]]) -> tuple[Mention, ...]:
    """Of two that lie over each other the longer one; each name once."""
    kept: list[Mention] = []
    until = 0
    for start, end, one in sorted(found, key=lambda part: (part[0], -part[1])):
        if start >= until:
            until = end
            if plain(one.words) not in {plain(other.words) for other in kept}:
                kept.append(one)
    return tuple(kept)


def _ordinary(words: str) -> bool:
    """Whether a name without a capital says something else: "they will price it"."""
    return words.islower() and set(words.split()) <= also_words()


def _places(text: str, name: str, who: Third, *, as_written: bool = False) -> list[tuple[int, int, Mention]]:
    """Where a name stands as whole words; ``as_written`` keeps to its capital, so that "sue" is no Sue."""
    flags = re.NOFLAG if as_written else re.IGNORECASE
    pattern = r"\s+".join(re.escape(_bare(one)) for one in name.split())
    bare = _bare(text)
    return [
        (one.start(), one.end(), Mention(text[one.start() : one.end()], who))
        for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", bare, flags)
    ]


def _bare(words: str) -> str:
    """The same text letter for letter without accents, and with one kind of apostrophe."""
    letters = (unicodedata.normalize("NFD", letter)[:1] or letter for letter in words)
    return "".join("'" if letter == "’" else letter for letter in letters)


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(one.group().removesuffix("'s").removesuffix("’s"), one.start(), one.end()) for one in _WORD.finditer(text)]


def _joined(text: str, words: list[tuple[str, int, int]], place: int, length: int) -> bool:
    """Whether from a first name at ``place`` on nothing but space stands between the words."""
    if not words[place][0][:1].isupper():
        return False
    return all(_side_by_side(text, words, one) for one in range(place, place + length))


def _side_by_side(text: str, words: list[tuple[str, int, int]], place: int) -> bool:
    return text[words[place][2] : words[place + 1][1]].isspace()
