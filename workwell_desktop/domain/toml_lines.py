"""Where each key of a TOML text stands, because ``tomllib`` keeps no line numbers and a mended line must be found."""

import re

from workwell_desktop.domain.schema import Path

_HEADER = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_LONG = ('"""', "'''")


def line_of(toml: str, path: Path) -> int:
    """The line (from 1) of ``path``, or of the nearest thing around it that is written; 1 where nothing is."""
    lines = lines_of(toml)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def lines_of(toml: str) -> dict[Path, int]:
    """The line of every table, key and array element that begins a line of its own."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    array: Path | None = None
    depth = element = 0
    closing = ""
    for number, line in enumerate(toml.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        bare = _STRINGS.sub("''", line).partition("#")[0]
        if array is not None:
            if depth == 1 and bare.strip() and not bare.strip().startswith("]"):
                found[(*array, element)] = number
                element += bare.count(",") or 1
            depth += bare.count("[") - bare.count("]")
            array = array if depth > 0 else None
            continue
        if header := _HEADER.match(line):
            table = _table(_steps(header[2]), header[1] == "[[", counts)
            found[table] = number
            for length in range(1, len(table)):
                found.setdefault(table[:length], number)
        elif key := _KEY.match(line):
            path = table + _steps(key[1])
            found[path] = number
            rest = line[key.end() :]
            closing = next((mark for mark in _LONG if rest.count(mark) == 1), "")
            depth = 0 if closing else _depth(rest)
            array, element = (path, 0) if depth > 0 else (None, 0)
    return found


def _table(steps: Path, is_array: bool, counts: dict[Path, int]) -> Path:
    """A header as a path: each array of tables on the way gets the index of its newest element."""
    path: Path = ()
    for place, step in enumerate(steps):
        path = (*path, step)
        if is_array and place == len(steps) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _steps(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", dotted))


def _depth(rest: str) -> int:
    bare = _STRINGS.sub("''", rest).partition("#")[0]
    return bare.count("[") - bare.count("]")
