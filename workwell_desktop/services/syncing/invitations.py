"""The file of an invitation, as a person brings it: read whole, and no more of a file than an invitation may have."""

from pathlib import Path

from workwell_desktop.errors import BadInput

MOST = 1024 * 1024
"""Bytes."""


def read(place: Path) -> bytes:
    """Raises BadInput ``file_missing``, ``unreadable_file``, or ``hub_invitation`` for a file that is far too large."""
    try:
        with place.open("rb") as file:
            found = file.read(MOST + 1)
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except OSError:
        raise BadInput("unreadable_file") from None
    if len(found) > MOST:
        raise BadInput("hub_invitation")
    return found
