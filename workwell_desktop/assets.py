"""Finds ``ui/`` and ``resources/`` in a checkout, a wheel and an installed bundle."""

from functools import cache
from pathlib import Path

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
