"""Writing small files so that a power cut leaves either the old one or the new one, never half of either."""

import errno
import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workwell_desktop.errors import DiskFull, ReadOnlyFolder

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.ENOENT, errno.EEXIST}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""No room: on the disk, within a quota, or for a file as long as this one."""


@contextmanager
def writing() -> Iterator[None]:
    """Says in our own words what stopped a file from being written."""
    try:
        yield
    except OSError as trouble:
        if trouble.errno in FULL:
            raise DiskFull from trouble
        if trouble.errno in _READ_ONLY:
            raise ReadOnlyFolder from trouble
        raise


def write_atomically(path: Path, data: bytes) -> None:
    """Raises DiskFull or ReadOnlyFolder; the earlier file then stands as it was."""
    with writing():
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def fresh_beside(file: Path) -> tuple[int, str]:
    """Handle and name of a new file beside ``file`` that is to take its place, as of ``tempfile.mkstemp``; what a power
    cut left of one goes first. Raises OSError."""
    for left in file.parent.glob(f".{glob.escape(file.name)}.????????"):
        left.unlink(missing_ok=True)
    return tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename durable; Windows has no such handle and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
