"""The sentences of a paper in the language of a translation pack; what it lacks is said, and marked, in English."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from workwell_desktop.catalogue import PAPERS, SOURCE_LANGUAGE, Catalogue, counted
from workwell_desktop.documents.blocks import Foreign
from workwell_desktop.domain.language_packs import Pack, pack_of


class Twin(str):
    """Words in the language of a paper, and the same in English: a day that an English sentence has to name."""

    english: str

    def __new__(cls, said: str, english: str) -> "Twin":
        made = super().__new__(cls, said)
        made.english = english
        return made


def english(said: object) -> object:
    """What stands for a part of a sentence where the sentence is said in English."""
    return said.english if isinstance(said, Twin) else said


class Translated(Catalogue):
    """The catalogue of one pack."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(pack.language)
        self.pack = pack
        self._english = Catalogue()

    def text(self, key: str, /, **params: object) -> str:
        """The sentence for ``key``; one that the pack lacks carries its language with it."""
        entry = self._in_pack(key)
        said = counted(self.language, entry, params["count"]) if isinstance(entry, Mapping) else entry
        source = self._english.text(key, **{name: english(value) for name, value in params.items()})
        if said is None:
            return Foreign(source, SOURCE_LANGUAGE)
        return Twin(said.format(**params) if params else said, source)

    def parts(self, key: str, /, **params: object) -> list[tuple[str, bool]]:
        """As ``Catalogue.parts``; what stands in an English sentence is English too."""
        if self.lacks(key):
            return self._english.parts(key, **{name: english(value) for name, value in params.items()})
        return super().parts(key, **params)

    def has(self, key: str) -> bool:
        """Whether a sentence stands under ``key``, in the pack or in English."""
        return self._english.has(key)

    def lacks(self, key: str) -> bool:
        return self._in_pack(key) is None

    def _in_pack(self, key: str) -> str | Mapping[str, str] | None:
        """A sentence, or the forms of one that counts."""
        namespace, _, name = key.partition(".")
        found: Any = self.pack.words if namespace == PAPERS else None
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        forms = isinstance(found, Mapping) and self._english.has(key)
        return found if forms or isinstance(found, str) else None


@cache
def catalogue(language: str = SOURCE_LANGUAGE) -> Catalogue:
    """The catalogue of a language, read once a process: a paper asks for some hundred sentences of one file.

    English for a language of which there is no pack, and still under that language's own name.
    """
    pack = None if language == SOURCE_LANGUAGE else pack_of(language)
    return Translated(pack) if pack is not None else Catalogue(language)


def tongue(words: Catalogue, key: str) -> str | None:
    """The language of a sentence where it is another than its paper's, else None."""
    return SOURCE_LANGUAGE if words.lacks(key) else None


def draft_mark(language: str) -> str:
    """What every page says in its own language where nobody has checked the translation; else nothing."""
    words = catalogue(language)
    return words.pack.draft_mark if isinstance(words, Translated) and words.pack.draft else ""
