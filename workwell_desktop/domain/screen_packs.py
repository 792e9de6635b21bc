"""Languages of the screen: the sentences of the pages in another language, and who stands by them.

A pack is a header, ``resources/text/<language>.toml``, of the same shape as that of the papers' packs, and a folder
beside it with files named and arranged as those of ``resources/text/en-GB``. What is left out is said in English. A
number may have as many forms as the language has (``zero``, ``one``, ``two``, ``few``, ``many``; ``other`` always). A
pack that nobody has checked is a draft.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from workwell_desktop import assets
from workwell_desktop.catalogue import PAPERS, SOURCE_LANGUAGE, Catalogue
from workwell_desktop.domain.language_packs import (
    Pack,
    PackProblem,
    given_by,
    header_faults,
    made,
    said_of,
    table_faults,
)

NOT_ON_THE_SCREEN = (PAPERS, "cli")
"""Namespaces that a pack of the screen need not have: papers have packs of their own, and the terminal is English."""


@cache
def packs() -> tuple[Pack, ...]:
    """The packs that are in order, by the English name of their language; a broken one is not offered."""
    found = [pack for pack, _problems in map(read, sorted(assets.resource("text").glob("*.toml"))) if pack is not None]
    return tuple(sorted(found, key=lambda pack: pack.name))


def share(pack: Pack) -> int:
    """How much of the screen it says, in whole per cent of the sentences; an empty one needs no translation."""
    english = Catalogue()
    names = {file.stem for file in assets.resource("text", SOURCE_LANGUAGE).glob("*.toml")} - {*NOT_ON_THE_SCREEN}
    every = [f"{namespace}.{name}" for namespace in names for name in english.keys(namespace)]
    asked = [key for key in every if english.forms(key)["other"].strip()]
    return 100 * sum(1 for key in asked if _said(pack.words, key)) // len(asked)


def read(file: FilePath) -> tuple[Pack | None, tuple[PackProblem, ...]]:
    """The pack of a header, and what is wrong in it and in the files of its folder; no pack where anything is."""
    found = given_by(file)
    if isinstance(found, PackProblem):
        return None, (found,)
    problems = list(said_of(file, found[1], header_faults(found[0], file.stem, ("pack",))))
    words: dict[str, Any] = {}
    for part in sorted(file.with_suffix("").glob("*.toml")):
        said = given_by(part)
        if isinstance(said, PackProblem):
            problems.append(said)
            continue
        words[part.stem] = said[0]
        problems += said_of(part, said[1], table_faults(part.stem, said[0]))
    return (None if problems else made(found[0]["pack"], words)), tuple(problems)


def _said(words: Mapping[str, Any], key: str) -> bool:
    found: Any = words
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found is not None
