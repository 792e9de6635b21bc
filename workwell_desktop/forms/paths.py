"""Where an answer stands, taken apart: a linkId may hold a stroke itself, so a path is not simply cut at strokes."""

import re

_REPEATS = re.compile(r"(?:[0-9a-f]{32}/)*")


def split_path(path: str) -> tuple[tuple[str, ...], str]:
    """The ids of the repeats around an answer, the outermost first, and its linkId."""
    match = _REPEATS.match(path)
    end = match.end() if match else 0
    return tuple(path[:end].split("/")[:-1]), path[end:]


def link_id_of(path: str) -> str:
    """The linkId at the end of a path."""
    return split_path(path)[1]


def around(path: str) -> str:
    """What stands before the linkId, without the last stroke; empty outside of every repeat."""
    return "/".join(split_path(path)[0])
