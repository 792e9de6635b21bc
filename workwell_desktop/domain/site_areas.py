"""The site packs that come with the program, by name alone: a new area is a file in ``resources/sites``."""

import tomllib
from functools import cache
from pathlib import Path

from workwell_desktop import assets


def areas() -> tuple[tuple[str, str], ...]:
    """Code and name of each pack: the one for any area first, then by name."""
    return areas_in(assets.resource("sites"))


def _head(path: Path) -> dict[str, object]:
    """What stands before the first table: the list is shown while somebody waits, and needs no more."""
    return tomllib.loads(path.read_text(encoding="utf-8").partition("\n[")[0])


@cache
def areas_in(folder: Path) -> tuple[tuple[str, str], ...]:
    """The same of any folder. A pack that extends none is for any area."""
    packs = [(path.stem, _head(path)) for path in folder.glob("*.toml")]
    listed = sorted(packs, key=lambda one: ("extends" in one[1], str(one[1]["name"])))
    return tuple((code, str(pack["name"])) for code, pack in listed)
