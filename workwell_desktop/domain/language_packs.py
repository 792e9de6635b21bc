"""Translation packs: the sentences of a participant's papers in another language, and who stands by them.

A pack is one file, ``resources/languages/<language>.toml``: its header ``[pack]`` names who translated it, who checked
it and when, and ``[words]`` holds sentences under the names that ``resources/text/en-GB/papers.toml`` and
``resources/letters/`` give them. What is left out is said in English. A pack that nobody has checked is a draft: it is
offered to administrators alone, and every page that it prints says so.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path as FilePath
from string import Formatter
from typing import Any

from workwell_desktop import assets
from workwell_desktop.catalogue import PAPERS, PLURALS, Catalogue, text
from workwell_desktop.domain.schema import Fault, Path, written
from workwell_desktop.domain.toml_lines import line_of

MOST_BYTES = 500_000
"""A pack is some pages of words; a file beyond this is something else."""

_HEADER = ("language", "name", "own_name", "translator", "translated_on", "checker", "checked_on", "draft")
_NEEDED = ("language", "name", "own_name", "translator", "translated_on", "draft")
_DAYS = ("translated_on", "checked_on")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile(r"\d[\d ]*\d|\d")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_JOINERS = "\u200c\u200d"
_FIGURES = frozenset({"count", "hours"})
"""Places of the number itself."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One language. ``language`` is BCP 47; ``draft_mark`` says in that language that nobody has checked it."""

    language: str
    name: str
    own_name: str
    translator: str
    translated_on: date
    checker: str | None
    checked_on: date | None
    draft_mark: str
    words: Mapping[str, Any]

    @property
    def draft(self) -> bool:
        """Whether nobody has checked it."""
        return self.checker is None


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One wrong line. ``line`` counts from 1 (None: the whole file); ``field`` reads ``words.plan.goals``."""

    file: str
    line: int | None
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class PackReport:
    """One pack checked; ``status`` is ``ready``, ``draft`` or ``refused``."""

    path: str
    name: str
    status: str
    problems: tuple[PackProblem, ...]


@cache
def packs() -> tuple[Pack, ...]:
    """The packs that are in order, by the English name of their language; a broken one is not offered."""
    files = sorted(assets.resource("languages").glob("*.toml"))
    found = [pack for pack in (_read(file)[0] for file in files) if pack is not None]
    return tuple(sorted(found, key=lambda pack: pack.name))


def pack_of(language: str) -> Pack | None:
    """The pack of a language, or None."""
    return next((pack for pack in packs() if pack.language == language), None)


def pack_called(words: str | None) -> Pack | None:
    """The pack of a language as somebody wrote it down: by its English name, its own, or its code."""
    wanted = (words or "").strip().casefold()
    names = ((pack, {pack.name.casefold(), pack.own_name.casefold(), pack.language.casefold()}) for pack in packs())
    return next((pack for pack, said in names if wanted in said or wanted.split(" (")[0] in said), None)


def check_packs(path: FilePath) -> list[PackReport]:
    """One report a pack: of the file at ``path``, or of every ``*.toml`` in the folder, in order of name."""
    from workwell_desktop.domain import screen_packs

    reports = []
    for file in sorted(path.glob("*.toml")) if path.is_dir() else [path]:
        # a pack of the screen has its sentences in the folder of its name
        pack, problems = screen_packs.read(file) if file.with_suffix("").is_dir() else _read(file)
        status = "refused" if pack is None else "draft" if pack.draft else "ready"
        reports.append(PackReport(str(file), pack.name if pack else "", status, problems))
    return reports


Given = tuple[Mapping[str, Any], str]
"""What a file holds, and its letters."""


def given_by(file: FilePath) -> Given | PackProblem:
    """The table of a file, or why it cannot be read."""

    def whole(code: str, line: int | None = None, **params: str) -> PackProblem:
        return PackProblem(str(file), line, "", text(f"packs.{code}", **params))

    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            return whole("too_big")
        toml = data.decode("utf-8-sig")
        return tomllib.loads(toml), toml
    except OSError:
        return whole("unreadable")
    except UnicodeDecodeError as error:
        return whole("not_utf8", error.object[: error.start].count(b"\n") + 1)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        return whole("not_toml", int(at[1]) if at else None, said=_AT_LINE.sub("", str(error)))
    except RecursionError:
        return whole("too_deep")


def said_of(file: FilePath, toml: str, faults: Iterable[Fault]) -> tuple[PackProblem, ...]:
    """Each fault in words, with its line, in the order of the file."""
    rows = (
        PackProblem(
            str(file), line_of(toml, each.path), written(each.path), text(f"packs.fault.{each.code}", **each.params)
        )
        for each in faults
    )
    return tuple(sorted(rows, key=lambda row: (row.line or 0, row.field, row.message)))


def _read(file: FilePath) -> tuple[Pack | None, tuple[PackProblem, ...]]:
    found = given_by(file)
    if isinstance(found, PackProblem):
        return None, (found,)
    given, toml = found
    problems = said_of(file, toml, [*header_faults(given, file.stem), *_words(given)])
    return (None if problems else made(given["pack"], given["words"])), problems


def made(head: Mapping[str, Any], words: Mapping[str, Any]) -> Pack:
    """The pack of a header that is in order."""
    return Pack(
        language=head["language"],
        name=head["name"],
        own_name=head["own_name"],
        translator=head["translator"],
        translated_on=head["translated_on"],
        checker=head.get("checker"),
        checked_on=head.get("checked_on"),
        draft_mark=head["draft"],
        words=words,
    )


def header_faults(given: Mapping[str, Any], stem: str, parts: tuple[str, ...] = ("pack", "words")) -> Iterator[Fault]:
    """What is wrong in the header of a pack whose file is called ``stem``."""
    for name in given:
        if name not in parts:
            yield Fault((name,), "unknown")
    head = given.get("pack")
    if not isinstance(head, Mapping):
        yield Fault(("pack",), "no_header")
        return
    for name, value in head.items():
        if name not in _HEADER:
            yield Fault(("pack", name), "unknown")
        elif name in _DAYS and type(value) is not date:
            yield Fault(("pack", name), "not_a_day")
        elif name not in _DAYS and (not isinstance(value, str) or not value.strip()):
            yield Fault(("pack", name), "not_words")
        elif isinstance(value, str) and (odd := _hidden(value)):
            yield Fault(("pack", name), "hidden_letter", {"letter": odd})
    for name in _NEEDED:
        if name not in head:
            yield Fault(("pack", name), "missing")
    if ("checker" in head) is not ("checked_on" in head):
        yield Fault(("pack", "checker" if "checker" in head else "checked_on"), "checker_and_day")
    language = head.get("language")
    if isinstance(language, str) and (language != stem or not _LANGUAGE.fullmatch(language)):
        yield Fault(("pack", "language"), "other_language", {"file": stem})


def _words(given: Mapping[str, Any]) -> Iterator[Fault]:
    words = given.get("words")
    if not isinstance(words, Mapping):
        yield Fault(("words",), "no_words")
        return
    yield from table_faults(PAPERS, words, ("words",))


def table_faults(namespace: str, table: Mapping[str, Any], path: Path = ()) -> Iterator[Fault]:
    """What is wrong in the sentences of a table that stands for ``namespace`` of the catalogue, however deep."""
    english = Catalogue()
    for name, said in table.items():
        key, here = f"{namespace}.{name}", (*path, name)
        if english.has(key):
            yield from _entry(here, said, english.forms(key))
        elif isinstance(said, Mapping):
            yield from table_faults(key, said, here)
        else:
            yield Fault(here, "no_such_sentence")


def _entry(path: Path, said: object, english: Mapping[str, str]) -> Iterator[Fault]:
    """A sentence, or the forms that a number gives it."""
    if not isinstance(said, Mapping):
        yield from _form(path, said, english["other"])
        return
    if "other" not in said:
        yield Fault((*path, "other"), "missing")
    for form, words in said.items():
        if len(english) == 1 or form not in PLURALS:
            yield Fault((*path, form), "no_such_sentence")
            continue
        for fault in _form((*path, form), words, english.get(form, english["other"])):
            # "two people" needs no figure
            if form == "other" or fault.params.get("place") not in _FIGURES:
                yield fault


def _form(path: Path, said: object, english: str) -> Iterator[Fault]:
    if not isinstance(said, str) or not said.strip():
        yield Fault(path, "not_words")
    else:
        yield from sentence_faults(path, said, english)


def sentence_faults(path: Path, said: str, english: str) -> Iterator[Fault]:
    """What is wrong in one sentence, against the English one."""
    try:
        places = {name for _, name, _, _ in Formatter().parse(said) if name is not None}
    except ValueError:
        yield Fault(path, "brackets")
        return
    wanted = {name for _, name, _, _ in Formatter().parse(english) if name is not None}
    for name in sorted(places - wanted):
        yield Fault(path, "place_unknown", {"place": name})
    for name in sorted(wanted - places):
        yield Fault(path, "place_lost", {"place": name})
    for number in sorted(set(_NUMBER.findall(english)) - set(_NUMBER.findall(said))):
        yield Fault(path, "number_lost", {"number": number})
    if said.count("**") % 2:
        yield Fault(path, "stars")
    if odd := _hidden(said):
        yield Fault(path, "hidden_letter", {"letter": odd})


def _hidden(said: str) -> str | None:
    """A character that nobody sees and that could turn the words around it."""
    bad = (one for one in said if unicodedata.category(one) in ("Cc", "Cf") and one not in _JOINERS and one != "\n")
    return next((f"U+{ord(one):04X}" for one in bad), None)
