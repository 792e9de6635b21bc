"""What is said on the terminal, what is asked there, and which file may be written that was named there."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from workwell_desktop.catalogue import text
from workwell_desktop.errors import BadInput

_ORDERS = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_OBEYED = {one: f"\\u{one:04x}" for one in _ORDERS if chr(one) not in "\n\t"}
"""Control characters, and those that turn the words around them."""


def one_object(data: Mapping[str, Any]) -> str:
    """One JSON object; the letters that the terminal cannot take, or that a path has broken, are escaped."""
    plain = json.dumps(data, ensure_ascii=False)
    try:
        plain.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(data)
    return plain


def write(words: str, where: TextIO) -> None:
    """Whoever stops reading, as ``head`` does, has read enough.

    What a terminal would obey or hide is written out, as JSON writes it: names come from other computers.
    """
    if not words:
        return
    encoding = where.encoding or "utf-8"
    words = words.translate(_OBEYED)
    try:
        where.write(words.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        where.flush()
    except BrokenPipeError:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it stands until the process ends


def new_file(path: Path | str) -> Path:
    """The place of a file that a command is to write; a window asks before it writes over one, a command never does.

    Raises BadInput ``file_there``, ``is_a_folder``, and ``folder_missing`` where it would lie in no folder.
    """
    place = Path(path)
    if place.is_dir():
        raise BadInput("is_a_folder")
    if os.path.lexists(place):
        raise BadInput("file_there")
    if not place.absolute().parent.is_dir():
        raise BadInput("folder_missing")
    return place


def ask_passphrase(name: str) -> str:
    """Asks for a person's passphrase, unseen. Raises BadInput where nobody sits at the terminal."""
    if not sys.stdin.isatty():
        raise BadInput("usage", problem=text("cli.say.needs_passphrase"))
    import getpass

    return getpass.getpass(text("cli.say.passphrase", name=name))
