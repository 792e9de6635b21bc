"""The language of the screen: what a page says, in the language that whoever is signed in has chosen.

Pages ask ``text`` of this module. Papers, files, stored words and the terminal ask ``workwell_desktop.catalogue``,
which never hears of it: the language of somebody's screen changes no paper. One person works at a computer, so there
is one language at a time.
"""

from workwell_desktop import catalogue
from workwell_desktop.catalogue import SOURCE_LANGUAGE, Catalogue
from workwell_desktop.domain.dates import DayWords
from workwell_desktop.errors import WorkWellError

_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ps", "ur"})


class _Screen:
    words: Catalogue = Catalogue()


def speak(language: str = SOURCE_LANGUAGE) -> None:
    """What is made from now on is said in this language: BCP 47, or one of ``pseudo_language.PSEUDO``."""
    if language != _Screen.words.language:
        _Screen.words = _catalogue(language)


def _catalogue(language: str) -> Catalogue:
    if language == SOURCE_LANGUAGE:
        return Catalogue()
    from workwell_desktop.domain.pseudo_language import PSEUDO, Pseudo

    return Pseudo(language) if language in PSEUDO else Catalogue(language)


def language() -> str:
    """BCP 47."""
    return _Screen.words.language


def from_the_right() -> bool:
    """Whether it is read from right to left."""
    return language().partition("-")[0] in _FROM_THE_RIGHT


def text(key: str, /, **params: object) -> str:
    """The sentence for ``key``; in English where the language lacks it. Raises KeyError where nobody wrote one."""
    return _Screen.words.text(key, **params)


def has(key: str) -> bool:
    """Whether a sentence stands under ``key``."""
    return _Screen.words.has(key)


def keys(namespace: str) -> tuple[str, ...]:
    """The names in one namespace, as ``Catalogue.keys``."""
    return _Screen.words.keys(namespace)


def sentence(error: WorkWellError) -> str:
    """What a person is told of an error."""
    return catalogue.sentence_in(_Screen.words, error)


days = DayWords(text)
"""Days and times in the language of the screen."""
