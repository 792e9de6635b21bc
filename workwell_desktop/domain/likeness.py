"""People who may be one person: looked up as somebody types, among tens of thousands, and never put together by itself.

    NHS number ─┐
    birth date ─┼─▶ a few who share one of these ─▶ why each may be the same ─▶ a person decides
    sound, short forms, turned names, beginnings ─┘

Everything that is compared is worked out once for each person and each name; a look-up compares those few alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache

from workwell_desktop import assets
from workwell_desktop.domain.names import plain, sound
from workwell_desktop.domain.records import Id

LEAST_BEGINNING = 3
"""Letters of a family name from which on its beginning is looked up."""
MOST = 60
"""Found people, at most: beyond that somebody has typed too little."""


class Likeness(StrEnum):
    """Why a person may be the same, the most likely first."""

    SAME_NUMBER = "same_number"
    SAME_NAME_AND_BIRTH = "same_name_and_birth"
    BIRTH_AND_PART = "birth_and_part"
    """Born on that day, and one of the two names is the same or sounds so: a new family name, a slip."""
    BIRTH_TURNED = "birth_turned"
    """A like name, and day and month of the birth stand the other way round."""
    LIKE_NAME = "like_name"
    SHORT_NAME = "short_name"
    """One is a short form of the other."""
    TURNED_NAME = "turned_name"
    """Given and family name stand the other way round."""
    BEGINS = "begins"
    """What is typed so far is how the name begins."""


RANK = {why: place for place, why in enumerate(Likeness)}
SURE = frozenset({Likeness.SAME_NUMBER, Likeness.SAME_NAME_AND_BIRTH, Likeness.BIRTH_AND_PART, Likeness.BIRTH_TURNED})
"""Likenesses that a person has to decide; a like name alone, of another birth, is shown and holds nothing up."""


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of a person for this: names as written, and ten digits or None."""

    given: str
    family: str
    preferred: str = ""
    born: date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class _Keys:
    """The same in the forms that are compared."""

    given: frozenset[str]
    """Given and preferred name, small letters without accents, the first word and the whole."""
    family: str
    given_sounds: frozenset[str]
    family_sound: str
    short: frozenset[str]
    """The full names that the given or preferred name can stand for."""
    born: date | None
    number: str | None


class Index:
    """Everybody by what people are looked up by. Made once; ``find`` looks at those alone who share something."""

    def __init__(self, people: Iterable[tuple[Id, Named]]) -> None:
        self._keys: dict[Id, _Keys] = {}
        self._places: dict[object, list[Id]] = defaultdict(list)
        for own, named in people:
            self.add(own, named)

    def add(self, own: Id, named: Named) -> None:
        """One more: the people of a file come one after the other."""
        keys = _keys(named)
        self._keys[own] = keys
        for place in _kept_under(keys):
            self._places[place].append(own)

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, asked: Named) -> list[tuple[Id, Likeness]]:
        """Who may be the person asked for, the most likely first, at most ``MOST``."""
        keys = _keys(asked)
        seen = dict.fromkeys(own for place in _looked_under(keys) for own in self._places.get(place, ()))
        found = []
        for own in seen:
            why = _why(self._keys[own], keys)
            if why is not None:
                found.append((own, why))
        found.sort(key=lambda one: RANK[one[1]])
        return found[:MOST]


@cache
def short_names() -> dict[str, frozenset[str]]:
    """By each form of a given name, the full names that it can stand for (``resources/names/short_names.txt``)."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in assets.resource("names", "short_names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            full, *forms = line.split()
            for form in (full, *forms):
                found[form].add(full)
    return {form: frozenset(full) for form, full in found.items()}


def full_names(given: str) -> frozenset[str]:
    """The full names that a given name can stand for; the name itself where no list knows it."""
    first = _first(plain(given))
    return short_names().get(first, frozenset({first})) if first else frozenset()


@lru_cache(maxsize=10_000)
def forms_of(given: str) -> frozenset[str]:
    """The other forms that people use for a given name: "danni" and "danielle" for "Dani"; none where no list knows."""
    first, shorts = _first(plain(given)), short_names()
    full = shorts.get(first, frozenset())
    return frozenset(form for form, stands_for in shorts.items() if stands_for & full) - {first}


def _first(words: str) -> str:
    return words.partition(" ")[0]


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    return sound(word)


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    return plain(word)


def _keys(one: Named) -> _Keys:
    given, family, preferred = _plain(one.given), _plain(one.family), _plain(one.preferred)
    names = frozenset(name for whole in (given, preferred) for name in (whole, _first(whole)) if name)
    shorts = short_names()
    return _Keys(
        given=names,
        family=family,
        given_sounds=frozenset(_sound(name) for name in names),
        family_sound=_sound(family),
        short=frozenset(full for name in names for full in shorts.get(name, (name,))),
        born=one.born,
        number=one.number,
    )


def _kept_under(keys: _Keys) -> Iterable[object]:
    if keys.number:
        yield ("number", keys.number)
    if keys.born is not None:
        yield keys.born
    for given in keys.given_sounds:
        yield ("sound", given, keys.family_sound)
    for full in keys.short:
        yield ("short", full, keys.family_sound)
    if len(keys.family) >= LEAST_BEGINNING:
        for letter in {given[0] for given in keys.given}:
            yield ("begins", letter, keys.family[:LEAST_BEGINNING])


def _looked_under(keys: _Keys) -> Iterable[object]:
    if keys.number:
        yield ("number", keys.number)
    if keys.born is not None:
        yield keys.born
        yield _turned(keys.born)
    if not keys.given or not keys.family:
        return
    for given in keys.given_sounds:
        yield ("sound", given, keys.family_sound)
        yield ("sound", keys.family_sound, given)
    for full in keys.short:
        yield ("short", full, keys.family_sound)
    if len(keys.family) >= LEAST_BEGINNING:
        for letter in {given[0] for given in keys.given}:
            yield ("begins", letter, keys.family[:LEAST_BEGINNING])


def _turned(born: date) -> date | None:
    """The same date with day and month the other way round, where there is such a day."""
    return born.replace(month=born.day, day=born.month) if born.day <= 12 and born.day != born.month else None


def _why(one: _Keys, asked: _Keys) -> Likeness | None:
    if asked.number is not None and one.number == asked.number:
        return Likeness.SAME_NUMBER
    if not asked.given or not asked.family:
        return None
    family = one.family == asked.family or (bool(asked.family_sound) and one.family_sound == asked.family_sound)
    given = not one.given.isdisjoint(asked.given) or not one.given_sounds.isdisjoint(asked.given_sounds)
    short = not one.short.isdisjoint(asked.short)
    turned = asked.family_sound in one.given_sounds and one.family_sound in asked.given_sounds
    whole = (family and (given or short)) or turned
    if asked.born is not None and one.born == asked.born:
        if whole:
            return Likeness.SAME_NAME_AND_BIRTH
        return Likeness.BIRTH_AND_PART if family or given or short else None
    if whole and asked.born is not None and one.born == _turned(asked.born):
        return Likeness.BIRTH_TURNED
    if family and given:
        return Likeness.LIKE_NAME
    if family and short:
        return Likeness.SHORT_NAME
    if turned:
        return Likeness.TURNED_NAME
    return Likeness.BEGINS if _begins(one, asked) else None


def _begins(one: _Keys, asked: _Keys) -> bool:
    """Whether the family name begins as typed, and a given name does; of a date that is known, the date agrees."""
    if len(asked.family) < LEAST_BEGINNING or not one.family.startswith(asked.family):
        return False
    if asked.born is not None and one.born is not None and one.born != asked.born:
        return False
    return any(there.startswith(typed) for there in one.given for typed in asked.given)
