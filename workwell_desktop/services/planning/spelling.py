"""British spelling in what people write: the Hunspell dictionary, the product's own words and the partnership's."""

from collections.abc import Iterable
from functools import cache
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from workwell_desktop import assets
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.spelling import OwnWord, may_be_added
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk

MOST_SUGGESTIONS = 5


def unknown(words: Iterable[str]) -> frozenset[str]:
    """Those of the words that neither dictionary nor product knows. The first call reads the dictionary (0.3 s)."""
    known = _dictionary()
    return frozenset(word for word in words if not _right(known, word))


def suggestions(word: str) -> tuple[str, ...]:
    """What may have been meant, likeliest first; takes up to 0.2 s."""
    return tuple(islice(_dictionary().suggest(word.replace("’", "'")), MOST_SUGGESTIONS))


def own_words(desk: Desk) -> tuple[OwnWord, ...]:
    """The words that this partnership added, in the order of the alphabet."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    with desk.read() as reader:
        found = reader.list(OwnWord)
    return tuple(sorted(found, key=lambda one: (one.text or "", one.id)))


def add_word(desk: Desk, word: str) -> None:
    """From now on nobody here is asked about this word. Raises BadInput for more than a word, or one with a capital:
    every computer of the partnership holds the list, and no name belongs in it."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    plain = word.strip().replace("’", "'")
    if not may_be_added(plain):
        raise BadInput("no_word_to_add")
    with desk.unit() as unit:
        if not unit.reader.list(OwnWord, text=plain):
            scope = unit.reader.list(Partnership)[0].scope
            now = desk.clock.now()
            unit.add(OwnWord(id=new_id(), scope=scope, text=plain, added_by=desk.me, added_at=now))


def remove_word(desk: Desk, word: Id) -> None:
    """The word is looked at again."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    with desk.unit() as unit:
        unit.delete(OwnWord, word)


def _right(known: Any, word: str) -> bool:
    plain = word.replace("’", "'")
    return plain in _ours() or known.lookup(plain)


@cache
def _ours() -> frozenset[str]:
    lines = assets.resource("spelling", "also_right.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _dictionary() -> Any:
    """``Dictionary.from_files`` would leave its files open."""
    from spylls.hunspell import Dictionary
    from spylls.hunspell.readers import FileReader, read_aff, read_dic

    class Whole(FileReader):  # type: ignore[misc]
        def _open(self, path: str, encoding: str) -> StringIO:
            return StringIO(Path(path).read_text(encoding, errors="surrogateescape"))

    rules, context = read_aff(Whole(str(assets.resource("spelling", "en_GB.aff"))))
    words = Whole(str(assets.resource("spelling", "en_GB.dic")), encoding=context.encoding)
    return Dictionary(rules, read_dic(words, aff=rules, context=context))
