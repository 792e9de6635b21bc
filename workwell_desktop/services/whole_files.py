"""Writing files that people chose to have in clear, such as papers: each appears whole or not at all.

A process that is killed on the way leaves no copy under a hidden name. Where the system has files without a name
(Linux), a file gets its name when its last byte is on the disk; elsewhere a new file is written under its own name,
and one that takes the place of another stands beside it for a moment, as ``.workwell-making-…``, which the next act
in that folder takes away.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, TypeVar

from workwell_desktop.errors import DiskFull, ReadOnlyFolder
from workwell_desktop.store.files import FULL, writing

Made = TypeVar("Made")

_BESIDE = ".workwell-making-"
_FOR_ALL, _FOR_ONE = 0o666, 0o600
_O_TMPFILE: int | None = getattr(os, "O_TMPFILE", None)


def write(folder: Path, contents: Mapping[str, bytes], private: frozenset[str] = frozenset()) -> None:
    """Writes every file of ``contents`` (name to bytes) into ``folder``; nobody else may read the ``private`` ones.

    Raises OSError, and then no file of this call is new in the folder; what stood there before stands.
    """
    for left in folder.glob(f"{_BESIDE}*"):
        left.unlink(missing_ok=True)
    with ExitStack() as open_files:
        nameless: dict[str, BinaryIO] = {}
        for name, content in contents.items():
            file = _nameless(folder, _FOR_ONE if name in private else _FOR_ALL)
            if file is None:
                break
            nameless[name] = open_files.enter_context(file)
            _fill(file, content)
        if len(nameless) == len(contents):
            _all_named(folder, nameless)
            return
    _under_their_names(folder, contents, private)


def unused(file: Path) -> Path:
    """``file``, or its name with the next number where there is such a file."""
    numbered = (file.with_stem(f"{file.stem}-{number}") for number in count(2))
    return next(one for one in chain([file], numbered) if not one.exists())


def write_chosen(place: Path, make: Callable[[], bytes], *, private: bool = False) -> None:
    """Writes what ``make`` gives to a file that the person chose.

    Whether the file can be written is tried first, so that ``make``, which may record that something was given out, is
    not called for nothing; where it or the writing raises, no file is left that was not there. Raises ReadOnlyFolder
    or DiskFull.
    """
    new = not place.exists()
    try:
        with place.open("ab"):
            pass
    except OSError as trouble:
        raise (DiskFull if trouble.errno in FULL else ReadOnlyFolder) from trouble
    try:
        made = make()
        with writing():
            write(place.parent, {place.name: made}, frozenset({place.name}) if private else frozenset())
    except Exception:
        if new:
            with suppress(OSError):
                place.unlink(missing_ok=True)
        raise


def write_made(place: Path, make: Callable[[], Made], in_bytes: Callable[[Made], bytes]) -> Made:
    """As ``write_chosen``, of something that is more than its bytes, such as an invitation with its code; gives it."""
    given: list[Made] = []

    def making() -> bytes:
        given.append(make())
        return in_bytes(given[0])

    write_chosen(place, making)
    return given[0]


def _nameless(folder: Path, mode: int) -> BinaryIO | None:
    """An open file that is in no folder yet, or None where the system has none."""
    if _O_TMPFILE is None:
        return None
    try:
        return os.fdopen(os.open(folder, _O_TMPFILE | os.O_RDWR, mode), "w+b")
    except OSError:
        # a file system without them says so in several ways; a folder that takes no file says it again below
        return None


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _all_named(folder: Path, nameless: Mapping[str, BinaryIO]) -> None:
    new = [folder / name for name in nameless if not (folder / name).exists()]
    try:
        for name, file in nameless.items():
            _named(file, folder / name)
    except BaseException:
        for left in new:
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise


def _named(file: BinaryIO, target: Path) -> None:
    source = f"/proc/self/fd/{file.fileno()}"
    # with a folder named, Python asks for the link to be followed (linkat, AT_SYMLINK_FOLLOW)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        try:
            os.link(source, target, src_dir_fd=folder, follow_symlinks=True)
        except FileExistsError:
            if target.is_dir():
                raise
            beside = target.with_name(_BESIDE + secrets.token_hex(8))
            os.link(source, beside, src_dir_fd=folder, follow_symlinks=True)
            beside.replace(target)
    finally:
        os.close(folder)


def _under_their_names(folder: Path, contents: Mapping[str, bytes], private: frozenset[str]) -> None:
    new: list[Path] = []
    replaced: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            target = folder / name
            place = target.with_name(_BESIDE + secrets.token_hex(8)) if target.exists() else target
            if place != target:
                replaced.append((place, target))
            else:
                new.append(target)
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(place, flags, _FOR_ONE if name in private else _FOR_ALL), "wb") as file:
                _fill(file, content)
        for place, target in replaced:
            place.replace(target)
    except BaseException:
        for left in (*new, *(place for place, _target in replaced)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
