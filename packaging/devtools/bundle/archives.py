"""Archives that are the same for the same files: everything belongs to root, bears one time and stands in order."""

import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in an archive: a file on disk, some bytes, a link, or a folder where all three are None."""

    name: str
    source: Path | None = None
    data: bytes | None = None
    link: str | None = None
    mode: int = 0o644


def entries_of(folder: Path, below: str) -> list[Entry]:
    """The files and links of a folder, under another name."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = f"{below}/{path.relative_to(folder).as_posix()}"
        if path.is_symlink():
            found.append(Entry(name, link=path.readlink().as_posix()))
        elif path.is_file():
            found.append(Entry(name, source=path, mode=0o755 if path.stat().st_mode & 0o100 else 0o644))
    return found


def with_folders(entries: Iterable[Entry], prefix: str = "") -> list[Entry]:
    """The entries in order, each folder before what lies in it."""
    files = {one.name: one for one in entries}
    folders = {
        parent.as_posix() for name in files for parent in Path(name).parents if parent.as_posix() not in {".", "/"}
    }
    named = {**{name: Entry(name, mode=0o755) for name in folders}, **files}
    top = [Entry(prefix, mode=0o755)] if prefix else []
    return [*top, *(named[name] for name in sorted(named))]


def tar(entries: Iterable[Entry], when: int, *, prefix: str = "") -> bytes:
    """An uncompressed tar (GNU form); ``prefix`` stands before every name, as Debian's ``./``."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for one in with_folders(entries, prefix):
            info = tarfile.TarInfo(one.name if one.name == prefix else prefix + one.name)
            info.mtime, info.mode, info.uname, info.gname = when, one.mode, "root", "root"
            if one.link is not None:
                info.type, info.linkname, info.mode = tarfile.SYMTYPE, one.link, 0o777
                archive.addfile(info)
            elif one.source is None and one.data is None:
                info.type = tarfile.DIRTYPE
                archive.addfile(info)
            else:
                data = one.data if one.data is not None else one.source.read_bytes() if one.source else b""
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def ar(members: Iterable[tuple[str, bytes]], when: int) -> bytes:
    """The plain ar form that dpkg reads."""
    out = bytearray(b"!<arch>\n")
    for name, data in members:
        head = f"{name:<16}{when:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n"
        out += head.encode("ascii") + data + (b"\n" if len(data) % 2 else b"")
    return bytes(out)


def xz(data: bytes) -> bytes:
    return lzma.compress(data, preset=2)


def gz(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def zipped(folder: Path, below: str, file: Path) -> None:
    """A zip of a folder; it has no time of its own, for a zip knows no zone."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            info = zipfile.ZipInfo(f"{below}/{path.relative_to(folder).as_posix()}", (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o100755 if path.stat().st_mode & 0o100 else 0o100644) << 16
            archive.writestr(info, path.read_bytes())


def sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
