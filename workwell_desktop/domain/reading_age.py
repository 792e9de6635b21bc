"""How old a reader must be to follow some words at the first reading.

The Flesch-Kincaid grade (0.39 words a sentence + 11.8 syllables a word - 15.59; Kincaid and others, 1975) plus five
years, as British schools count. Papers for participants aim at 9 to 11 (domain.md 5.2). It is a hint to the person who
writes: short words are not always plain ones.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

FEWEST_WORDS = 12
"""Below this a figure would jump with every word."""

AIM = (9, 11)
"""The reading age that papers for participants aim at."""

LONG_SENTENCE = 20
"""Words; a longer sentence is better as two."""

_SENTENCE = re.compile(r"[.!?…:;]+(?=\s|$)|\n+|(?:^|\n)\s*[-•·]\s")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LETTERS = re.compile(r"[^a-z]")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^lcgsxzhaeiouy]es|[^aeiouytd]ed|[^aeiouyl]e)$")
"""An ending whose e is not heard: makes, helped, time."""
_ONE_MORE = re.compile(
    r"i[aou]|(?<![gq])ua|(?<!fr)ie(?=[tn])|[aeiou][^aeiou]+ea$|ea(?=lit)|creat|[aeo]y(?=[aeio])|[aeiou](?=ing$)|ism$|[ds]nt$"
)
"""Vowels that stand together and are said apart: diary, usual, client, idea, employer, being; autism, didn't."""
_ONE_LESS = re.compile(
    r"[cgstx]i(?:ous|on|a[nl])|(?<!s)cie|tie(?=n)|[aeiou]gue$|^every|^some(?=[a-z])|^there(?=[a-z])"
    r"|[^aeioul]e(?=(?:ful|less|ly|ment|ness|work|thing|where|time|body)s?$)"
)
"""Vowels that are counted and not heard: nation, patient, league, every, homework."""


class Sentence(NamedTuple):
    """Where a sentence stands in the text, and how many words it has."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """``age`` in years, 5 to 22, None for fewer than ``FEWEST_WORDS`` words or other letters than Latin ones; the
    sentences that are too long."""

    age: int | None
    words: int
    long_sentences: tuple[Sentence, ...]

    @property
    def plain(self) -> bool:
        """Whether it reads as easily as papers for participants aim to."""
        return self.age is None or self.age <= AIM[1]


def reading(text: str) -> Reading:
    """Measures a text. Figures such as 24 or 9:30 count as one word of one syllable each."""
    sentences = [one for one in _sentences(text) if one.words]
    words = sum(one.words for one in sentences)
    long_ones = tuple(one for one in sentences if one.words > LONG_SENTENCE)
    if words < FEWEST_WORDS or not _is_latin(text):
        return Reading(None, words, long_ones)
    spoken = sum(syllables(word) for word in _WORD.findall(text))
    grade = 0.39 * words / len(sentences) + 11.8 * spoken / words - 15.59
    return Reading(max(5, min(22, round(grade + 5))), words, long_ones)


def _is_latin(text: str) -> bool:
    """Whether the measure can say anything: it counts the vowels of English."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    return sum("a" <= letter <= "z" for letter in letters) * 2 > len(letters)


def syllables(word: str) -> int:
    """About how many syllables an English word has; never fewer than one."""
    plain = _LETTERS.sub("", word.lower())
    count = len(_VOWELS.findall(plain))
    if count > 1 and _SILENT.search(plain):
        count -= 1
    return max(1, count + len(_ONE_MORE.findall(plain)) - len(_ONE_LESS.findall(plain)))


def _sentences(text: str) -> list[Sentence]:
    ends = [0, *(one.end() for one in _SENTENCE.finditer(text)), len(text)]
    return [Sentence(start, end, len(_WORD.findall(text, start, end))) for start, end in pairwise(ends)]
