"""Finds ``ui/`` and ``resources/`` in a checkout, a wheel and an installed bundle, and reads their tables."""

import json
import os
import sys
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


@cache
def _root(name: str) -> Path:
    """A wheel carries the folder as ``_name`` inside the package; a checkout has it beside the package."""
    packed = _HERE / f"_{name}"
    return packed if packed.is_dir() else _HERE.parent / name


def ui(*parts: str) -> Path:
    """A file or folder of what a designer edits."""
    return _root("ui").joinpath(*parts)


def resource(*parts: str) -> Path:
    """A file or folder of what a partnership may replace."""
    return _root("resources").joinpath(*parts)


def product() -> str:
    """The name of the program, which a partnership may change in one place."""
    return str(table(resource("brand.toml"))["name"])


def table(path: Path) -> dict[str, Any]:
    """A TOML file. Parsed once and kept as Python keeps a module: the first page would else wait longer for its words
    than for its window. What is kept counts while the file has the same time and size. Raises OSError and
    ``tomllib.TOMLDecodeError``."""
    about = path.stat()
    stamp = [about.st_mtime_ns, about.st_size]
    kept = Path(cache_from_source(str(path))).with_suffix(".table")
    with suppress(OSError, ValueError, TypeError):
        known, found = json.loads(kept.read_bytes())
        if known == stamp:
            return dict(found)
    import tomllib

    read = tomllib.loads(path.read_text(encoding="utf-8"))
    if not sys.dont_write_bytecode:
        with suppress(OSError, TypeError):  # a folder that is read-only; a date, which JSON does not know
            _keep(kept, json.dumps([stamp, read]).encode())
    return read


def _keep(kept: Path, written: bytes) -> None:
    """Whole or not at all: two programs may start at once."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{os.getpid()}")
    part.write_bytes(written)
    part.replace(kept)
