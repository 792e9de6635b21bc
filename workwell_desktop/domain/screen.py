"""The language of the screen: what a page says, in the language that whoever is signed in has chosen.

Pages ask ``text`` of this module. Papers, files, stored words and the terminal ask ``workwell_desktop.catalogue``,
which never hears of it: the language of somebody's screen changes no paper. One person works at a computer, so there
is one language at a time.
"""

from collections.abc import Callable

from workwell_desktop import catalogue
from workwell_desktop.catalogue import SOURCE_LANGUAGE, Catalogue
from workwell_desktop.errors import WorkWellError

_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ps", "ur"})

_source = Catalogue()
_words: Catalogue = _source
_changed: list[Callable[[], object]] = []


def speak(language: str = SOURCE_LANGUAGE) -> None:
    """From now on pages are made in this language."""
    global _words
    if language == _words.language:
        return
    _words = _catalogue(language)
    for tell in _changed:
        tell()


def on_change(tell: Callable[[], object]) -> None:
    """``tell`` is called whenever another language is spoken, to the end of the process."""
    _changed.append(tell)


def _catalogue(language: str) -> Catalogue:
    if language == SOURCE_LANGUAGE:
        return _source
    from workwell_desktop.domain.pseudo_language import PSEUDO, Pseudo

    return Pseudo(language) if language in PSEUDO else Catalogue(language)


def language() -> str:
    """BCP 47."""
    return _words.language


def from_the_right() -> bool:
    """Whether it is read from right to left."""
    return _words.language.partition("-")[0] in _FROM_THE_RIGHT


def text(key: str, /, **params: object) -> str:
    """The sentence for ``key``; in English where the language lacks it. Raises KeyError where nobody wrote one."""
    return _words.text(key, **params)


def has(key: str) -> bool:
    """Whether a sentence stands under ``key``."""
    return _words.has(key)


def keys(namespace: str) -> tuple[str, ...]:
    """The names in one namespace, as ``Catalogue.keys``."""
    return _words.keys(namespace)


def sentence(error: WorkWellError) -> str:
    """What a person is told of an error."""
    return catalogue.sentence_in(_words, error)
