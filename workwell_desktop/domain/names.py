"""Names in lists: initials, and people with like names told apart (birth date, first line of the address)."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

K = TypeVar("K")

_APOSTROPHES = str.maketrans("", "", "'’")
_QUIET = frozenset("aehiouwy")
"""Letters that make little difference to the ear, after the first."""
_SILENT = {"kn": "n", "gn": "n", "wr": "r", "ps": "s"}
"""Beginnings whose first letter nobody hears."""
_FIRST = str.maketrans("cqz", "kks")
_ALIKE = str.maketrans("bpfvckgjqsxzdtlmnr", "112222222222334556")


def initials(name: str) -> str:
    """First letters of the first and the last word, in capitals: "AB"; one word gives one letter, nothing gives ""."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return ""
    chosen = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()


def plain(name: str) -> str:
    """Small letters without accents, marks and double spaces, so that "O'Neill" and "ONeill" are found as one."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_APOSTROPHES))
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())


def sound(word: str) -> str:
    """A short key that names of like sound share: "Smith" and "Smyth", "Philips" and "Phillips"."""
    letters = plain(word).replace(" ", "").replace("ph", "f").replace("gh", "")
    letters = _SILENT.get(letters[:2], letters[:2]) + letters[2:]
    if not letters:
        return ""
    key = letters[0].translate(_FIRST)
    last = letters[0].translate(_ALIKE)
    for letter in letters[1:]:
        mark = "" if letter in _QUIET else letter.translate(_ALIKE)
        if mark and mark != last:
            key += mark
        last = mark or ("" if letter in "aeiouy" else last)
    return key


def alike(name: str, other: str) -> bool:
    """Whether two names could be taken for each other in a list: the same words, or a first and last of like sound."""
    here, there = plain(name).split(), plain(other).split()
    if not here or not there:
        return False
    if sorted(here) == sorted(there):
        return True
    return (sound(here[0]), sound(here[-1])) == (sound(there[0]), sound(there[-1]))


def with_likes(names: Mapping[K, str]) -> frozenset[K]:
    """The keys whose names are like another one's: a list shows their birth date and address as well."""
    groups: dict[tuple[str, str], list[K]] = {}
    words: dict[tuple[str, ...], list[K]] = {}
    for key, name in names.items():
        parts = plain(name).split()
        if parts:
            groups.setdefault((sound(parts[0]), sound(parts[-1])), []).append(key)
            words.setdefault(tuple(sorted(parts)), []).append(key)
    return frozenset(_several(groups.values()) | _several(words.values()))


def _several(groups: Iterable[list[K]]) -> set[K]:
    return {key for group in groups if len(group) > 1 for key in group}
