"""Which language the words of a line are in, for whoever has them read aloud."""

from collections.abc import Sequence

from workwell_desktop.catalogue import SOURCE_LANGUAGE
from workwell_desktop.documents.blocks import Run
from workwell_desktop.documents.layout import shaping

_SCRIPTS = {
    "ar": "Arab",
    "bn": "Beng",
    "fa": "Arab",
    "he": "Hebr",
    "hi": "Deva",
    "pa": "Guru",
    "ps": "Arab",
    "ur": "Arab",
}


def is_plain(language: str) -> bool:
    """Whether a language is written in letters that need no shaping."""
    return language.partition("-")[0] not in _SCRIPTS


def tongues(runs: Sequence[Run], language: str) -> list[str]:
    """The language (BCP 47) of each letter of ``runs`` in a paper in ``language``.

    A run may say its own. Letters of another script are in no language that is written without them: Latin ones within
    an Urdu sentence are taken for English, Bengali ones on an English page for Bengali.
    """
    found: list[str | None] = []
    for run in runs:
        found += [_tongue(letter, run.lang or language, language) for letter in run.text]
    known = next((one for one in found if one is not None), language)
    whole = []
    for one in found:
        known = known if one is None else one
        whole.append(known)
    return whole


def _tongue(letter: str, own: str, language: str) -> str | None:
    script = shaping.script(letter)
    if script is None and not letter.isalpha():
        return None
    for one in (own, language):
        if _SCRIPTS.get(one.partition("-")[0]) == script:
            return one
    return shaping.language(letter) if script else SOURCE_LANGUAGE
