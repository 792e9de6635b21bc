"""The one text catalogue: every sentence that a person reads on a screen, in a terminal or on paper.

A key is ``namespace.name``; the namespace is a TOML file in ``resources/text/<language>/`` that is read when first
asked for, so that the unlock page waits for its own words alone. An entry is a sentence with ``{named}`` places, or
a table ``{one = "…", other = "…"}`` chosen by the parameter ``count``; a language that counts in more ways than
English names them as Unicode does (``zero``, ``one``, ``two``, ``few``, ``many``, ``other``).

``text`` of this module speaks English and nothing else: papers, files, stored words and the terminal ask it. What a
page shows asks ``workwell_desktop.domain.screen``, which speaks the language of the screen.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workwell_desktop import assets
from workwell_desktop.errors import BadInput, SigningRefused, WorkWellError

SOURCE_LANGUAGE = "en-GB"
PAPERS = "papers"
"""The namespace to which the words of ``resources/letters/`` belong too: ``papers.gp.title`` is ``title`` of ``gp``."""
SAID_BY_REASON = (BadInput, SigningRefused)
"""Errors that say many things; what descends from them has one sentence of its own."""


PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The ways in which languages count (Unicode CLDR); ``other`` is always there."""


def _arabic(count: int) -> str:
    if count <= 2:
        return PLURALS[count]
    return "few" if 3 <= count % 100 <= 10 else "many" if count % 100 >= 11 else "other"


def _polish(count: int) -> str:
    if count == 1:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


def _romanian(count: int) -> str:
    if count == 1:
        return "one"
    return "few" if count == 0 or 1 <= count % 100 <= 19 else "other"


_COUNTS: Mapping[str, Callable[[int], str]] = {
    "ar": _arabic,
    "bn": lambda count: "one" if count <= 1 else "other",
    "cy": lambda count: {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(count, "other"),
    "pa": lambda count: "one" if count <= 1 else "other",
    "pl": _polish,
    "ro": _romanian,
}
"""How a language chooses among its forms (Unicode CLDR 48, whole numbers); every other as English does."""

_PARTS: Mapping[str, Callable[[int], str]] = {
    "bn": lambda whole: "one" if whole == 0 else "other",
    "ro": lambda _whole: "few",
}
"""The same for a number with a part of one, by what stands before its point; every other says ``other``."""


def plural(language: str, count: object) -> str:
    """Which form of a sentence a number takes: one of PLURALS. A number may be written out, as "2.5" is."""
    whole, _, part = str(count).partition(".")
    tongue = language.partition("-")[0]
    if not whole.isdecimal() or not (part or "0").isdecimal():
        return "other"
    if part.strip("0"):
        parts = _PARTS.get(tongue)
        return parts(int(whole)) if parts is not None else "other"
    counts = _COUNTS.get(tongue)
    return counts(int(whole)) if counts is not None else "one" if int(whole) == 1 else "other"


def counted(language: str, entry: Mapping[str, Any], count: object) -> Any:
    """The form of a sentence that a number takes; ``other`` where the one it would take was not written."""
    return entry.get(plural(language, count), entry["other"])


class Catalogue:
    """The sentences of one language; what a translation lacks is said in the source language."""

    def __init__(self, language: str = SOURCE_LANGUAGE) -> None:
        self.language = language
        self._namespaces: dict[str, Mapping[str, Any]] = {}

    def text(self, key: str, /, **params: object) -> str:
        """The sentence for ``key``; raises KeyError where nobody wrote one."""
        entry = self._entry(key)
        if isinstance(entry, Mapping):
            entry = counted(self.language, entry, params["count"])
        return str(entry).format(**params) if params else str(entry)

    def parts(self, key: str, /, **params: object) -> list[tuple[str, bool]]:
        """The sentence in pieces, with whether each is strong; what somebody typed can never change the emphasis."""
        said = self.text(key).split("**")
        return [(part.format(**params), index % 2 == 1) for index, part in enumerate(said) if part]

    def lacks(self, _key: str) -> bool:
        """Whether the sentence is said in the source language, because this one does not have it."""
        return False

    def has(self, key: str) -> bool:
        """Whether a sentence stands under ``key``, for texts that are named by a code."""
        try:
            self._entry(key)
        except KeyError:
            return False
        return True

    def forms(self, key: str) -> Mapping[str, str]:
        """What stands under ``key`` as it is written, by the form of its number; ``other`` alone where it has none."""
        entry = self._entry(key)
        return dict(entry) if isinstance(entry, Mapping) else {"other": str(entry)}

    def keys(self, namespace: str) -> tuple[str, ...]:
        """The names in one namespace, nested tables joined by a dot."""
        return tuple(_flat(self._namespace(namespace)))

    def _entry(self, key: str) -> Any:
        namespace, _, name = key.partition(".")
        found: Any = self._namespace(namespace)
        for part in name.split("."):
            if not isinstance(found, Mapping) or part not in found:
                raise KeyError(key)
            found = found[part]
        if isinstance(found, Mapping) and not _is_plural(found):
            raise KeyError(key)
        return found

    def _namespace(self, namespace: str) -> Mapping[str, Any]:
        known = self._namespaces.get(namespace)
        if known is None:
            known = _read(SOURCE_LANGUAGE, namespace)
            if self.language != SOURCE_LANGUAGE:
                known = self._translated(namespace, known)
            self._namespaces[namespace] = known
        return known

    def _translated(self, namespace: str, source: Mapping[str, Any]) -> Mapping[str, Any]:
        return _merged(source, _read(self.language, namespace))


def _read(language: str, namespace: str) -> Mapping[str, Any]:
    path = assets.resource("text", language, f"{namespace}.toml")
    found: Mapping[str, Any] = assets.table(path) if path.is_file() else {}
    if namespace == PAPERS and language == SOURCE_LANGUAGE:
        found = _merged(found, {file.stem: assets.table(file)["words"] for file in letter_files()})
    return found


def letter_files() -> list[Path]:
    """The files of words that a partnership may change, one for each kind of letter, by name."""
    return sorted(assets.resource("letters").glob("*.toml"))


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> Mapping[str, Any]:
    merged = dict(base)
    for name, entry in over.items():
        below = merged.get(name)
        # the forms of a number are one sentence: English ones never stand among those of another language
        both = isinstance(below, Mapping) and isinstance(entry, Mapping) and not _is_plural(below)
        merged[name] = _merged(below, entry) if both else entry  # type: ignore[arg-type]
    return merged


def _is_plural(entry: Mapping[str, Any]) -> bool:
    """A table that lies inside may have an ``other`` of its own: a kind, a reason."""
    return "other" in entry and len(entry) > 1 and entry.keys() <= set(PLURALS)


def _flat(table: Mapping[str, Any], before: str = "") -> list[str]:
    names: list[str] = []
    for name, entry in table.items():
        if isinstance(entry, Mapping) and not _is_plural(entry):
            names += _flat(entry, f"{before}{name}.")
        else:
            names.append(before + name)
    return names


_source = Catalogue()
text = _source.text
has = _source.has
keys = _source.keys


def sentence(error: WorkWellError) -> str:
    """What a person is told of an error: what happened, what was kept, what to do."""
    return sentence_in(_source, error)


def sentence_in(words: Catalogue, error: WorkWellError) -> str:
    """As ``sentence``, in a language."""
    if isinstance(error, BadInput | SigningRefused) and type(error) in SAID_BY_REASON:
        return words.text(f"errors.reason.{error.reason}", **error.params)
    return words.text(f"errors.{error.code}", **error.params)
