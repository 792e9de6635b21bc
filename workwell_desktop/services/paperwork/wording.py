"""The words of letters as this partnership says them: as shipped, over them the site pack's, over them its own.

Whatever has a mistake is left out, at every step, so that the last good words stand in its place on a paper.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from workwell_desktop import documents
from workwell_desktop.catalogue import SOURCE_LANGUAGE, Catalogue
from workwell_desktop.documents.letter_values import values
from workwell_desktop.documents.wording import Worded, worded
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.letter_words import LetterWords, letter_words_id
from workwell_desktop.domain.letters import PLACES, in_order, letters, mistakes, template
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Code
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.templates import Known, Mistake, Template, Values
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.paperwork.letter_samples import compose_of, facts_of
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a word that somebody made; ``text`` None is the way back to the words as shipped."""

    word: str
    text: str | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WordView:
    """One word of a letter. ``below`` is what stands where nobody here wrote anything: the site pack's, or as shipped.

    ``mistakes`` are those of ``own``, which no paper has then: it was good once, and is no longer.
    """

    word: str
    shipped: str
    below: str
    own: str | None
    fields: Mapping[str, Known]
    place: bool
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter with its words in the order of the paper; ``history`` has the newest change first."""

    letter: str
    words: tuple[WordView, ...]
    history: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """The paper as it would be. ``asked``: what each word that stands on it was given, by name."""

    pdf: bytes
    pages: int
    mistakes: Mapping[str, tuple[Mistake, ...]]
    asked: Mapping[str, Values]


def catalogue_for(
    reader: Reader,
    site: Site,
    facts: object,
    year: int,
    below: Catalogue | None = None,
    *,
    at: datetime | None = None,
) -> Catalogue:
    """The catalogue in which the paper of ``facts`` is composed; ``below`` is that of the paper's language.

    ``at`` asks for the words that were written here by then, for a copy of a paper that was made that day.
    """
    language = below.language if below is not None else SOURCE_LANGUAGE
    return worded(_own(reader, site, language, at), facts, year, below)


def view(desk: Desk, letter: str) -> LetterView:
    """The words of one letter as they stand. Raises BadInput ``not_found`` for a name that no letter has."""
    desk.allow(Act.READ, Partnership)
    if letter not in letters():
        raise BadInput("not_found")
    kind = letters()[letter]
    with desk.read() as reader:
        here = {one.word or "": one.text for one in _records(reader, letter)}
        words = tuple(
            WordView(
                word=word,
                shipped=kind.words[word],
                below=_below(desk.site, letter, word),
                own=here.get(word),
                fields=kind.may_name(word),
                place=word in PLACES,
                mistakes=mistakes(letter, word, here.get(word) or "") if here.get(word) is not None else (),
            )
            for word in _ordered(kind.changeable)
        )
        return LetterView(letter, words, _history(reader, letter))


def preview(desk: Desk, letter: str, written: Mapping[str, str]) -> LetterPaper:
    """The paper of somebody who does not exist, with ``written`` in the place of what stands; mistakes stay off it."""
    desk.allow(Act.READ, Partnership)
    with desk.read() as reader:
        own = _own(reader, desk.site, SOURCE_LANGUAGE)
    wrong: dict[str, tuple[Mistake, ...]] = {}
    for word, said in written.items():
        made = template(letter, word, said)
        if made is None:
            wrong[word] = mistakes(letter, word, said)
        else:
            own[f"papers.{letter}.{word}"] = made
    today = desk.clock.today()
    facts = facts_of(letter, today)
    below = shared()
    heard = Worded(own, values(facts, Words(below, today.year)), below)
    pdf = documents.render(compose_of(letter)(facts, heard), rehearsal=desk.rehearsal)
    before = f"papers.{letter}."
    asked = {key.removeprefix(before): given for key, given in heard.asked.items() if key.startswith(before)}
    return LetterPaper(pdf, documents.pages(pdf), wrong, asked)


def page(desk: Desk, paper: LetterPaper, number: int, width: int) -> bytes:
    """One page of it as a PNG."""
    desk.allow(Act.READ, Partnership)
    return documents.page_png(paper.pdf, number, width)


def write(desk: Desk, letter: str, written: Mapping[str, str]) -> int:
    """Takes the words into use for every paper from now on, in one act that can be undone; how many changed.

    Raises BadInput ``letter_words`` where one has a mistake: then nothing changes at all.
    """
    desk.allow(Act.MANAGE_SITE, Partnership)
    if any(mistakes(letter, word, said) for word, said in written.items()):
        raise BadInput("letter_words")
    return _set(desk, letter, {word: said.strip("\n") for word, said in written.items()})


def as_shipped(desk: Desk, letter: str, words: Iterable[str]) -> int:
    """Takes back what was written here in the place of these words, in one act that can be undone; how many changed."""
    desk.allow(Act.MANAGE_SITE, Partnership)
    return _set(desk, letter, dict.fromkeys(words))


def _set(desk: Desk, letter: str, wanted: Mapping[str, str | None]) -> int:
    changed = 0
    _begin(desk, letter, wanted)
    with desk.unit() as unit:
        for word, said in wanted.items():
            known = unit.reader.get(LetterWords, letter_words_id(SOURCE_LANGUAGE, letter, word))
            new = None if said == _below(desk.site, letter, word) else said
            if new != known.text:
                unit.set(LetterWords, known.id, text=new, written_by=desk.me, written_at=desk.clock.now())
                changed += 1
    return changed


def _begin(desk: Desk, letter: str, words: Iterable[str]) -> None:
    """The records without a text yet. Not part of the act: undoing it takes the text back and not the record, whose id
    is the same on every computer and could not come again."""
    with desk.unit() as unit:
        unit.undoable = False
        scope = unit.reader.list(Partnership)[0].scope
        for word in words:
            own = letter_words_id(SOURCE_LANGUAGE, letter, word)
            if unit.reader.find(LetterWords, own) is None:
                made = LetterWords(id=own, scope=scope, letter=Code(letter), word=Code(word))
                made.language = Code(SOURCE_LANGUAGE)
                unit.add(made)


def _own(reader: Reader, site: Site, language: str, at: datetime | None = None) -> dict[str, Template]:
    pack = in_order(site.letters, language)
    here = {
        (language, one.letter or "", one.word or ""): said
        for one in reader.list(LetterWords, language=language)
        if (said := one.text if at is None else _then(reader, one, at)) is not None
    }
    return {**pack, **in_order(here, language)}


def _then(reader: Reader, one: LetterWords, at: datetime) -> str | None:
    """What stood in its place at that moment."""
    said = [line.value for line in reader.history(one.id, "text") if line.at <= at]
    return said[-1] if said and isinstance(said[-1], str) else None


def _records(reader: Reader, letter: str) -> list[LetterWords]:
    return reader.list(LetterWords, letter=letter, language=SOURCE_LANGUAGE)


def _below(site: Site, letter: str, word: str) -> str:
    pack = site.letters.get((SOURCE_LANGUAGE, letter, word))
    good = pack is not None and not mistakes(letter, word, pack)
    return pack if pack is not None and good else letters()[letter].words[word]


def _ordered(words: Iterable[str]) -> list[str]:
    """As they stand on the paper: the title first, the partnership's own words at the beginning and at the end."""
    first = ("title", "byline", "before")
    found = list(words)
    head = [one for name in first for one in found if one == name or one.startswith(f"{name}.")]
    return [*head, *(one for one in found if one not in head and one != "after"), "after"]


def _history(reader: Reader, letter: str) -> tuple[Changed, ...]:
    people = staff(reader)
    lines = []
    for one in _records(reader, letter):
        for line in reader.history(one.id, "text"):
            said = line.value if isinstance(line.value, str) else None
            lines.append(Changed(one.word or "", said, name_of(people, line.author), line.at))
    lines.reverse()  # of one moment the later change comes first
    return tuple(sorted(lines, key=lambda one: one.at, reverse=True))
