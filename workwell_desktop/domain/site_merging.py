"""A pack that begins with ``extends = "generic"`` holds only what differs; the rest is taken from the generic pack."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from workwell_desktop import assets

BASES = ("generic",)
"""Packs that may stand under another, by their code; each is whole by itself."""

OWN = frozenset({"extends", "code", "name", "version", "ods_code", "successor", "differs"})
"""What says which pack this is. It is never taken from the pack underneath."""


def merged(pack: Mapping[str, Any]) -> dict[str, Any]:
    """``pack`` with what it does not say. A pack that extends nothing, or nothing that is here, stays as it is."""
    base = pack.get("extends")
    if base not in BASES:
        return dict(pack)
    return over({key: value for key, value in _base(base).items() if key not in OWN}, pack)


def over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """``below`` with everything of ``above``: tables key by key, all else (a list too) taken whole."""
    found = dict(below)
    for key, value in above.items():
        under = found.get(key)
        found[key] = over(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return found


@cache
def _base(code: str) -> Mapping[str, Any]:
    return tomllib.loads(assets.resource("sites", f"{code}.toml").read_text(encoding="utf-8"))
