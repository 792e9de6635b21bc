"""The pages of the guide as files: which there are, where a link leads, and which of them speak of something."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from workwell_desktop.domain.names import plain

_HEADING = re.compile(r"^#+ ", re.MULTILINE)
_MARKS = re.compile(r"[*`]|!?\[([^\]]*)\]\([^)]*\)")
_BEGINS = re.compile(r"^(?:- |\d+\. |\|)\s*")
_IN_TITLE, _IN_HEADING, _IN_TEXT = 12, 4, 1
_LONGEST = 200
"""Letters of what is quoted from a page."""


class Hit(NamedTuple):
    """A page of the guide that speaks of what was asked; ``name`` is its file below the guide, without ``.md``."""

    name: str
    title: str
    says: str


class _Leaf(NamedTuple):
    name: str
    title: str
    places: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, str], ...]
    """What is said, and the same as it is searched."""


def file_of(folder: Path, name: str) -> Path | None:
    """The file of a page, or None where there is none or it lies outside the guide."""
    file = (folder / f"{name}.md").resolve()
    return file if file.is_file() and folder.resolve() in file.parents else None


def led_to(name: str, path: str) -> str:
    """The page that a link on the page ``name`` leads to; ``path`` is written as in the link: ``../risk.md``."""
    parts: list[str] = []
    for part in (*name.split("/")[:-1], *path.removesuffix(".md").split("/")):
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def find(folder: Path, asked: str) -> list[Hit]:
    """Pages with words that begin as those ``asked`` do, what is about all of them first, the guide before what lies in
    its folders; a page that has not half of them is left out."""
    words = plain(asked).split()
    found = [_weighed(leaf, words, " ".join(words)) for leaf in _leaves(folder)] if words else []
    most = max((had for had, _weight, _hit in found), default=0)
    kept = [one for one in found if one[0] == most and 2 * most >= len(words) and most]
    return [hit for _had, _weight, hit in sorted(kept, key=lambda one: (one[2].name.count("/"), -one[1], one[2].title))]


def _weighed(leaf: _Leaf, words: list[str], phrase: str) -> tuple[int, int, Hit]:
    """How many of the words the page has, how much it is about them, and what to show of it."""
    weights = [sum(weight for said, weight in leaf.places if _has(said, word)) for word in words]
    together, says = max(
        ((sum(_has(searched, word) for word in words) + _has(searched, phrase), said) for said, searched in leaf.parts),
        key=lambda one: one[0],
        default=(0, ""),
    )
    side_by_side, in_one_part = together > len(words) > 1, together >= len(words) > 1
    near = _IN_TITLE * side_by_side + _IN_HEADING * in_one_part
    return sum(map(bool, weights)), sum(weights) + near, Hit(leaf.name, leaf.title, _short(says, words))


def _has(searched: str, word: str) -> bool:
    return f" {word}" in f" {searched}"


def _short(said: str, words: list[str]) -> str:
    """The sentence that speaks of it, and what follows while there is room."""
    sentences = re.split(r"(?<=[.!?:])\s+", said)
    first = max(range(len(sentences)), key=lambda at: sum(_has(plain(sentences[at]), word) for word in words))
    short = " ".join(sentences[first:])
    return short if len(short) <= _LONGEST else short[:_LONGEST].rsplit(" ", 1)[0] + " …"


@cache
def _leaves(folder: Path) -> tuple[_Leaf, ...]:
    return tuple(_read(folder))


def _read(folder: Path) -> Iterator[_Leaf]:
    for file in sorted(folder.rglob("*.md")):
        name = file.relative_to(folder).with_suffix("").as_posix()
        if name == "index":
            continue
        blocks = [block.strip() for block in file.read_text(encoding="utf-8").split("\n\n")]
        headings = [_bare(_HEADING.sub("", block)) for block in blocks if _HEADING.match(block)]
        said = [_bare(line) for block in blocks if not _HEADING.match(block) for line in _lines(block)]
        parts = tuple((one, plain(one)) for one in said if one)
        title = headings[0] if headings else name
        places = (
            (plain(title), _IN_TITLE),
            (plain(" ".join(headings[1:])), _IN_HEADING),
            (" ".join(searched for _said, searched in parts), _IN_TEXT),
        )
        yield _Leaf(name, title, places, parts)


def _lines(block: str) -> list[str]:
    """A paragraph is one part, and so is each line of a list or a table."""
    return block.split("\n") if _BEGINS.match(block) else [block.replace("\n", " ")]


def _bare(words: str) -> str:
    """Without what only draws it: stars, links, the mark of a list, the bars of a table."""
    said = _BEGINS.sub("", _MARKS.sub(lambda found: found[1] or "", words).strip())
    return " ".join(said.replace("---", "").replace("|", " ").split())
