"""What a partnership has written in the place of a word of a letter, over the words of its site pack and as shipped."""

import hashlib
from datetime import datetime

from workwell_desktop.domain.records import Code, Id, Record, Scope, record


@record("letter_words", Scope.PARTNERSHIP)
class LetterWords(Record):
    """One word of one letter in one language. Without ``text`` it stands as in the site pack, or else as shipped."""

    language: Code | None = None
    letter: Code | None = None
    word: Code | None = None
    text: str | None = None
    written_by: Id | None = None
    written_at: datetime | None = None


def letter_words_id(language: str, letter: str, word: str) -> Id:
    """The same on every computer, so that two people who change one sentence apart meet in one field."""
    return Id(hashlib.sha256(f"letter_words/{language}/{letter}/{word}".encode()).hexdigest()[:32])
