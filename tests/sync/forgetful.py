"""A disk that forgets, when the power goes, whatever it was not told to keep: a file system of one folder, in memory.

The kernel's FUSE protocol is spoken straight to ``/dev/fuse``, so that nothing has to be installed. A file keeps what
stood in it at its last fsync, and any of the writes since then, in any choice; a name lasts from the folder's fsync on.

https://www.kernel.org/doc/html/latest/filesystems/fuse.html
"""

import ctypes
import errno
import os
import random
import stat
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_IN, _OUT = struct.Struct("<IIQQIIIHH"), struct.Struct("<IiQ")
_ATTR = struct.Struct("<6Q10I")
_ROOT = 1
_MINOR = 31
_MAX_WRITE = 128 * 1024
_SIZE = 1 << 3
"""Bit of SETATTR: the size is set."""
_LAZY = 2
"""Flag of umount: at once, whoever is still looking."""
(_LOOKUP, _FORGET, _GETATTR, _SETATTR, _UNLINK, _RENAME, _OPEN, _READ, _WRITE) = (1, 2, 3, 4, 10, 12, 14, 15, 16)
(_STATFS, _RELEASE, _FSYNC, _FLUSH, _INIT, _OPENDIR, _READDIR, _RELEASEDIR) = (17, 18, 20, 25, 26, 27, 28, 29)
(_FSYNCDIR, _ACCESS, _CREATE, _INTERRUPT, _DESTROY, _BATCH_FORGET, _RENAME2) = (30, 34, 35, 36, 38, 42, 45)
_UNANSWERED = (_FORGET, _BATCH_FORGET, _INTERRUPT)


@dataclass
class _File:
    number: int
    mode: int
    now: bytearray = field(default_factory=bytearray)
    safe: bytes = b""
    since: list[tuple[int, bytes]] = field(default_factory=list)
    """Writes since the last fsync: where, and what. A negative place stands for a cut to that length, less one."""

    def write(self, at: int, data: bytes) -> None:
        _put(self.now, at, data)
        self.since.append((at, data))

    def cut(self, size: int) -> None:
        _resize(self.now, size)
        self.since.append((-size - 1, b""))

    def sync(self) -> None:
        self.safe, self.since = bytes(self.now), []

    def left(self, chance: random.Random, survives: float) -> bytes:
        found = bytearray(self.safe)
        for at, data in self.since:
            if chance.random() < survives:
                _resize(found, -at - 1) if at < 0 else _put(found, at, data)
        return bytes(found)


def _put(data: bytearray, at: int, piece: bytes) -> None:
    if len(data) < at:
        data.extend(bytes(at - len(data)))
    data[at : at + len(piece)] = piece


def _resize(data: bytearray, size: int) -> None:
    data.extend(bytes(max(0, size - len(data))))
    del data[size:]


class ForgetfulDisk:
    """Mounted at ``folder`` while the block of ``mounted`` runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[int, _File] = {}
        self._names: dict[str, int] = {}
        self._safe_names: dict[str, int] = {}
        self._turn = threading.Lock()
        self._acts: dict[int, Callable[[int, bytes], bytes]] = {
            _INIT: lambda _node, _said: struct.pack(
                "<4I2H2I2H8I", 7, _MINOR, 65536, 0, 12, 9, _MAX_WRITE, 1, 32, 0, *([0] * 8)
            ),
            _LOOKUP: lambda _node, said: self._entry(self._named(said)),
            _GETATTR: lambda node, _said: self._attributes(node),
            _SETATTR: self._set,
            _UNLINK: self._unlink,
            _RENAME: lambda _node, said: self._rename(said[8:]),
            _RENAME2: lambda _node, said: self._rename(said[16:]),
            _OPEN: lambda node, _said: struct.pack("<QII", node, 0, 0),
            _OPENDIR: lambda node, _said: struct.pack("<QII", node, 0, 0),
            _CREATE: self._create,
            _READ: self._read,
            _WRITE: self._write,
            _READDIR: self._list,
            _FSYNC: self._fsync,
            _FSYNCDIR: self._fsync_folder,
            _STATFS: lambda _node, _said: struct.pack("<5Q10I", *([1 << 20] * 5), 4096, 255, 4096, *([0] * 7)),
            **dict.fromkeys((_RELEASE, _RELEASEDIR, _FLUSH, _ACCESS, _DESTROY), lambda _node, _said: b""),
        }

    def put(self, name: str, data: bytes) -> None:
        """A file that lies there safely."""
        with self._turn:
            made = self._new(stat.S_IFREG | 0o600, name)
            made.write(0, data)
            made.sync()
            self._safe_names[name] = made.number

    def power_cut(self, chance: random.Random, survives: float) -> dict[str, bytes]:
        """What is found on the disk afterwards; each write that was not synced is there with that probability."""
        with self._turn:
            return {name: self._files[one].left(chance, survives) for name, one in self._safe_names.items()}

    def serve(self, device: int) -> None:
        while True:
            try:
                asked = os.read(device, _MAX_WRITE + 4096)
            except OSError as trouble:
                if trouble.errno in (errno.EINTR, errno.ENOENT, errno.EAGAIN):
                    continue
                return
            length, act, unique, node, *_who = _IN.unpack_from(asked)
            if act in _UNANSWERED:
                continue
            try:
                with self._turn:
                    answer, code = self._acts[act](node, asked[_IN.size : length]), 0
            except KeyError:
                answer, code = b"", -errno.ENOSYS if act not in self._acts else -errno.ENOENT
            try:
                os.write(device, _OUT.pack(_OUT.size + len(answer), code, unique) + answer)
            except OSError as trouble:
                if trouble.errno != errno.ENOENT:
                    return

    def _new(self, mode: int, name: str) -> _File:
        made = _File(max(self._files, default=_ROOT) + 1, mode)
        self._files[made.number] = made
        self._names[name] = made.number
        return made

    def _named(self, said: bytes) -> int:
        return self._names[_text(said)]

    def _attr(self, node: int) -> bytes:
        now = int(time.time())
        if node == _ROOT:
            size, mode, links = 0, stat.S_IFDIR | 0o700, 2
        else:
            found = self._files[node]
            size, mode, links = len(found.now), found.mode, 1
        blocks = (size + 511) // 512
        return _ATTR.pack(node, size, blocks, now, now, now, 0, 0, 0, mode, links, os.getuid(), os.getgid(), 0, 4096, 0)

    def _entry(self, node: int) -> bytes:
        return struct.pack("<4Q2I", node, 1, 0, 0, 0, 0) + self._attr(node)

    def _attributes(self, node: int) -> bytes:
        return struct.pack("<QII", 0, 0, 0) + self._attr(node)

    def _set(self, node: int, said: bytes) -> bytes:
        valid, _padding, _handle, size = struct.unpack_from("<IIQQ", said)
        if valid & _SIZE:
            self._files[node].cut(size)
        return self._attributes(node)

    def _unlink(self, _node: int, said: bytes) -> bytes:
        del self._names[_text(said)]
        return b""

    def _rename(self, said: bytes) -> bytes:
        old, new = said.split(b"\0")[:2]
        self._names[new.decode()] = self._names.pop(old.decode())
        return b""

    def _create(self, _node: int, said: bytes) -> bytes:
        _flags, mode = struct.unpack_from("<II", said)
        made = self._new(mode, _text(said[16:]))
        return self._entry(made.number) + struct.pack("<QII", made.number, 0, 0)

    def _read(self, node: int, said: bytes) -> bytes:
        _handle, at, size = struct.unpack_from("<QQI", said)
        return bytes(self._files[node].now[at : at + size])

    def _write(self, node: int, said: bytes) -> bytes:
        _handle, at, size = struct.unpack_from("<QQI", said)
        self._files[node].write(at, said[40 : 40 + size])
        return struct.pack("<II", size, 0)

    def _list(self, _node: int, said: bytes) -> bytes:
        _handle, at, size = struct.unpack_from("<QQI", said)
        found = b""
        for number, (name, node) in enumerate(sorted(self._names.items()), 1):
            written = name.encode()
            one = struct.pack("<QQII", node, number, len(written), 8) + written
            one += bytes(-len(one) % 8)
            if number > at and len(found) + len(one) <= size:
                found += one
        return found

    def _fsync(self, node: int, _said: bytes) -> bytes:
        self._files[node].sync()
        return b""

    def _fsync_folder(self, _node: int, _said: bytes) -> bytes:
        self._safe_names = dict(self._names)
        return b""


def _text(said: bytes) -> str:
    return said.split(b"\0", 1)[0].decode()


def why_not() -> str | None:
    """Why no such disk can be mounted here; None where one can."""
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR))
    except OSError as trouble:
        return f"/dev/fuse: {trouble.strerror}"
    return None if os.geteuid() == 0 else "only root mounts a file system"


@contextmanager
def mounted(folder: Path) -> Iterator[ForgetfulDisk]:
    """Raises OSError where the system lets nobody mount one."""
    system = ctypes.CDLL(None, use_errno=True)
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    if system.mount(b"forgetful", str(folder).encode(), b"fuse", 0, options.encode()) != 0:
        os.close(device)
        raise OSError(ctypes.get_errno(), "mount")
    disk = ForgetfulDisk(folder)
    serving = threading.Thread(target=disk.serve, args=(device,))
    serving.start()
    try:
        yield disk
    finally:
        system.umount2(str(folder).encode(), _LAZY)
        serving.join(10)
        os.close(device)
