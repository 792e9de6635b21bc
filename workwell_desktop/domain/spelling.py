"""Which words of a text are looked at for their spelling, and the words that a partnership has added."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from workwell_desktop.domain.records import Id, Record, Scope, record

LONGEST = 40
"""Letters of a word that may be added, and of the longest that is looked at."""

_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_WORD = re.compile(r"[@/\\_\d]|\.\w")
"""What makes a piece an address, a number or a code: 9am, h01, name@example."""


@record("own_word", Scope.PARTNERSHIP)
class OwnWord(Record):
    """A word that is spelt right here, though no dictionary has it: the name of a place, of a service, of a tool."""

    text: str | None = None
    added_by: Id | None = None
    added_at: datetime | None = None


class Word(NamedTuple):
    """One word and where it stands: ``text[start:end]``."""

    start: int
    end: int
    text: str


def words_in(text: str) -> Iterator[Word]:
    """The words to look at: those in small letters. What has a capital is taken for a name, also where it begins a
    sentence: a red line under somebody's name is worse than a slip that stays. So are figures and addresses."""
    for piece in _PIECE.finditer(text):
        if not _NO_WORD.search(piece.group()):
            for found in _WORD.finditer(text, piece.start(), piece.end()):
                word = found.group()
                if word.islower() and len(word) <= LONGEST:
                    yield Word(found.start(), found.end(), word)


def may_be_added(word: str) -> bool:
    """Whether this is one word in small letters, as ``words_in`` finds them: a name of a person never is."""
    return word.islower() and len(word) <= LONGEST and _WORD.fullmatch(word) is not None
