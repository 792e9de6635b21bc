"""Where stores lie on this computer, and which one was used last.

A folder named by ``WORKWELL_HOME`` takes the place of the system's own, for a store on a stick and for tests.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

SUFFIX = ".workwell"
_LAST = "last-store.json"
_SCREEN = "screen.json"


def home() -> Path:
    """The folder for this person's stores; made when something is written there."""
    named = os.environ.get("WORKWELL_HOME")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("WorkWell Desktop", appauthor=False)


def default_store() -> Path:
    """Where a new store is offered."""
    return home() / f"my-work{SUFFIX}"


def fresh_store() -> Path:
    """The first free name for a new store."""
    from workwell_desktop.store.beside import taken

    path, number = default_store(), 2
    while taken(path):
        path = home() / f"my-work-{number}{SUFFIX}"
        number += 1
    return path


def rehearsal_store() -> Path:
    """Where the store with made-up people is offered."""
    return home() / f"rehearsal{SUFFIX}"


def last_store() -> Path | None:
    """The store that was used last, or None where it is gone or none was."""
    try:
        path = Path(json.loads((home() / _LAST).read_text(encoding="utf-8"))["store"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return path if path.is_file() else None


def remember(store: Path, standing: Mapping[str, Any] | None = None) -> None:
    """Notes the store for the next start, and how it stood with its hub: numbers and moments, nobody's. Where that
    cannot be written, the next start asks; nothing else suffers."""
    said = {"store": str(store.absolute()), **({"standing": dict(standing)} if standing else {})}
    with suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        (home() / _LAST).write_text(json.dumps(said), encoding="utf-8")


def last_language() -> str | None:
    """The language in which the window spoke last on this computer (BCP 47); None where nothing was noted."""
    try:
        found = json.loads((home() / _SCREEN).read_text(encoding="utf-8"))["language"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def remember_language(language: str) -> None:
    """Notes it for the page that stands before anybody is known. Where that cannot be written, that page is English."""
    if language == last_language():
        return
    with suppress(OSError):
        home().mkdir(parents=True, exist_ok=True)
        (home() / _SCREEN).write_text(json.dumps({"language": language}), encoding="utf-8")


def standing_of(store: Path) -> Mapping[str, Any] | None:
    """What was noted of this store with ``remember``; None where it syncs with no hub, or another was used since."""
    try:
        said = json.loads((home() / _LAST).read_text(encoding="utf-8"))
        found = said["standing"] if said["store"] == str(store.absolute()) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, dict) else None
