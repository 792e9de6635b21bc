"""The entries of the text catalogue, read from their files without the program's own reader."""

import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.tree import ROOT

TEXT = ROOT / "resources" / "text"
PLURALS = {"zero", "one", "two", "few", "many", "other"}
LETTERS = ROOT / "resources" / "letters"


@dataclass(frozen=True)
class Entry:
    """One sentence, or the forms of a plural."""

    forms: tuple[str, ...]

    @property
    def is_plural(self) -> bool:
        return len(self.forms) > 1

    @property
    def places(self) -> set[str]:
        """The names in braces."""
        return {name for form in self.forms for _, name, _, _ in string.Formatter().parse(form) if name}


def languages() -> list[str]:
    return sorted(folder.name for folder in TEXT.iterdir() if folder.is_dir())


def entries(language: str) -> dict[str, Entry]:
    """Every key of a language with its words."""
    found: dict[str, Entry] = {}
    for file in sorted((TEXT / language).glob("*.toml")):
        found |= dict(_flat(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))))
    for file in sorted(LETTERS.glob("*.toml")) if language == "en-GB" else ():
        found |= dict(_flat(f"papers.{file.stem}", tomllib.loads(file.read_text(encoding="utf-8"))["words"]))
    return found


def _flat(before: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for name, value in table.items():
        if not isinstance(value, Mapping):
            yield f"{before}.{name}", Entry((str(value),))
        elif "other" in value and len(value) > 1 and set(value) <= PLURALS:
            yield f"{before}.{name}", Entry(tuple(str(form) for form in value.values()))
        else:
            yield from _flat(f"{before}.{name}", value)
