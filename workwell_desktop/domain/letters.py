"""The words of letters and plans that a partnership may change, and what may be said in each.

``resources/letters/`` holds one file for each kind of letter: who gets it, what its words may name, and the words as
shipped. A field that its recipient may not see is not in that file, so that no template can ask for it. What somebody
writes is held against the file before it can reach a paper; what does not hold is named by line and never printed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from workwell_desktop.catalogue import SOURCE_LANGUAGE, letter_files
from workwell_desktop.domain.employer_words import first_in
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.screen import text
from workwell_desktop.domain.templates import Known, Mistake, Template, read

PLACES = ("before", "after")
"""Paragraphs of the partnership's own, which are empty as shipped."""
LONGEST = 2000
"""Letters of one text; beyond this it is a paper of its own."""
WORDS_IN_A_SENTENCE = 15
"""Of the simple version (pdf.md, printed for people)."""
NO_HEALTH = frozenset(
    {PaperKind.EMPLOYER_SUMMARY, PaperKind.PHASED_RETURN, PaperKind.APPOINTMENT, PaperKind.SERVICE_CARD}
)
"""What somebody at work or at home may read: no word that an employer is not told, in whatever sentence."""
_TAG = re.compile(r"\{[^{}]*\}")
_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")

Wordings = Mapping[tuple[str, str, str], str]
"""Words by language, letter and name: ``("en-GB", "gp", "title")``."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of letter. ``words`` are those as shipped, by name; those in ``fixed`` stay as they are."""

    name: str
    kind: PaperKind
    recipient: Party
    fields: Mapping[str, Known]
    words: Mapping[str, str]
    fixed: frozenset[str]

    @property
    def changeable(self) -> tuple[str, ...]:
        """The names of the words that may be changed, in the order of the file."""
        return tuple(name for name in self.words if name not in self.fixed)

    def may_name(self, word: str) -> Mapping[str, Known]:
        """The fields of one word: those of the letter, and those that its own sentence names as shipped."""
        own = dict.fromkeys(_FIELD.findall(self.words[word]), Known.ALWAYS)
        return {**self.fields, **own}


@cache
def letters() -> Mapping[str, Letter]:
    """Every kind of letter, by the name of its file."""
    found = {}
    for path in letter_files():
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = Letter(
            name=path.stem,
            kind=PaperKind(table["kind"]),
            recipient=Party(table["recipient"]),
            fields=MappingProxyType({name: Known(known) for name, known in table["fields"].items()}),
            words=MappingProxyType(dict(_sentences(table["words"]))),
            fixed=frozenset(table["fixed"]),
        )
    return MappingProxyType(found)


def _sentences(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if not isinstance(value, Mapping):
            yield before + name, value
        elif value.keys() != {"one", "other"}:  # a number decides between these: they stay as they are
            yield from _sentences(value, f"{before}{name}.")


def said_of(mistake: Mistake) -> str:
    """A mistake in words."""
    return text(f"letters.mistake.{mistake.code}", line=mistake.line, **mistake.params)


def mistakes(letter: str, word: str, words: str) -> tuple[Mistake, ...]:
    """What is wrong with ``words`` in the place of a word, line by line; nothing where they may stand on a paper."""
    return _checked(letter, word, words)[1]


def template(letter: str, word: str, words: str) -> Template | None:
    """``words`` in the place of a word, ready to be filled; None where they have a mistake."""
    made, wrong = _checked(letter, word, words)
    return None if wrong else made


@lru_cache(maxsize=1024)
def _checked(letter: str, word: str, words: str) -> tuple[Template | None, tuple[Mistake, ...]]:
    kind = letters().get(letter)
    if kind is None or word not in kind.words:
        return None, (Mistake(1, "no_word", {"name": f"{letter}.{word}"}),)
    if word in kind.fixed:
        return None, (Mistake(1, "fixed"),)
    made, wrong = read(words, kind.may_name(word))
    return made, tuple(sorted((*wrong, *_rules(kind, word, words)), key=lambda one: one.line))


def _rules(kind: Letter, word: str, words: str) -> Iterator[Mistake]:
    """What no language can say: how long, on how many lines, and which words have no place before this reader."""
    shipped, own = kind.words[word], word in PLACES
    if not own and not words.strip():
        yield Mistake(1, "empty")
    if len(words) > LONGEST:
        yield Mistake(1, "too_long", {"most": str(LONGEST)})
    if not own and "\n" in words.strip("\n") and "\n" not in shipped:
        yield Mistake(2, "one_line")
    if not own and "**" in words and "**" not in shipped:
        yield Mistake(1, "no_stars")
    for number, line in enumerate(words.split("\n"), 1):
        if any(ord(letter) < 32 for letter in line):
            yield Mistake(number, "not_printed")
        if kind.kind in NO_HEALTH and (said := first_in(_TAG.sub("", line))):
            yield Mistake(number, "no_place", {"word": said})
        if kind.name == "simple":
            for sentence in re.split(r"[.!?:](?:\s|$)", line):
                if len(sentence.split()) > WORDS_IN_A_SENTENCE:
                    yield Mistake(number, "simple", {"most": str(WORDS_IN_A_SENTENCE)})


def in_order(wordings: Wordings, language: str = SOURCE_LANGUAGE) -> dict[str, Template]:
    """The words of one language that may reach a paper, by the key of the catalogue (``papers.gp.title``). What has a
    mistake is left out, so that the words as shipped stand in its place."""
    found = {}
    for (tongue, letter, word), words in wordings.items():
        made = template(letter, word, words) if tongue == language else None
        if made is not None:
            found[f"papers.{letter}.{word}"] = made
    return found
