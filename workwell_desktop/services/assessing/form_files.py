"""Files that may hold questionnaires: looked at before anything is taken in, each with what there is to say about it.

Nothing is written while looking. A folder is walked for ``*.json``; a FHIR Bundle gives each questionnaire in it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormStatus, FormVersion
from workwell_desktop.domain.screen import text
from workwell_desktop.errors import BadInput, WorkWellError
from workwell_desktop.forms import CheckReport, Problem, assembled, check_form
from workwell_desktop.forms.assembly import dumped
from workwell_desktop.forms.source import MAX_BYTES, NotJson, load
from workwell_desktop.services.assessing.library import FormEntry, import_form
from workwell_desktop.services.desk import Desk

MOST_FILES = 1000
"""Files of one folder; more is surely not the folder that was meant."""
MOST_BUNDLE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FoundForm:
    """One questionnaire, or one file without any. ``status`` is ``ready``, ``here`` (these very bytes are in the
    library) or ``refused``; ``key`` tells it apart from all others of one look; ``newer_than`` is the version that is
    offered now under the same address, None where there is none."""

    key: str
    file: Path
    source: bytes
    title: str
    url: str
    version: str
    status: str
    problems: tuple[Problem, ...]
    newer_than: str | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came in, and the error that stopped it where one did: the forms before it are kept."""

    entries: tuple[FormEntry, ...]
    stopped: WorkWellError | None = None


def look(desk: Desk, paths: Sequence[Path]) -> tuple[FoundForm, ...]:
    """What is in these files and folders, in the order of their names, each questionnaire once. A file that cannot be
    read is told of as such, and the others are looked at.

    Raises BadInput ``file_missing``, ``folder_without_forms`` and ``too_many_files``.
    """
    desk.allow(Act.IMPORT_FORM, FormVersion)
    with desk.read() as reader:
        known = reader.list(FormVersion)
    digests = {one.digest for one in known}
    offered = {one.url: one.version or "" for one in known if one.status is FormStatus.ACTIVE}
    found: dict[str, FoundForm] = {}
    for file in _files(paths):
        try:
            sources = list(_sources(file))
        except OSError:
            found[str(file)] = _unreadable(file)
            continue
        for source in sources:
            digest = hashlib.sha256(source).hexdigest()
            if digest not in found:
                found[digest] = _found(file, source, digest, digest in digests, offered)
    return tuple(found.values())


def take_in(desk: Desk, forms: Iterable[FoundForm]) -> TakenIn:
    """Takes the ready ones in, held until somebody offers them. What came in before a full disk stays in."""
    desk.allow(Act.IMPORT_FORM, FormVersion)
    entries: list[FormEntry] = []
    for one in forms:
        if one.status != "ready":
            continue
        try:
            entries.append(import_form(desk, one.source, FormStatus.HELD))
        except WorkWellError as error:
            return TakenIn(tuple(entries), error)
    return TakenIn(tuple(entries))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    count = 0
    for path in paths:
        if not path.exists():
            raise BadInput("file_missing")
        inside = sorted(one for one in path.rglob("*.json") if one.is_file()) if path.is_dir() else [path]
        if path.is_dir() and not inside:
            raise BadInput("folder_without_forms")
        count += len(inside)
        if count > MOST_FILES:
            raise BadInput("too_many_files", limit=MOST_FILES)
        yield from inside


def _unreadable(file: Path) -> FoundForm:
    said = Problem("error", "unreadable", None, text("forms.problem.unreadable"))
    return FoundForm(str(file), file, b"", file.name, "", "", "refused", (said,))


def _sources(file: Path) -> Iterator[bytes]:
    """The bytes of the questionnaire in a file, or of each one in a Bundle."""
    with file.open("rb") as opened:
        content = opened.read(MOST_BUNDLE)
    if len(content) <= MAX_BYTES:
        try:
            read = load(content)
        except NotJson:
            read = None
        if isinstance(read, dict) and read.get("resourceType") == "Bundle":
            inside = [_resource(one) for one in read.get("entry") or () if isinstance(one, dict)]
            forms = [one for one in inside if one is not None]
            if forms:
                near = [one.get("resource") for one in read.get("entry") or () if isinstance(one, dict)]
                yield from (assembled(dumped(one), beside=partial(_beside, file), near=near) for one in forms)
                return
    yield assembled(content, beside=partial(_beside, file))


def _beside(file: Path) -> Iterator[bytes]:
    """The files in the folder of a questionnaire, in which one that is made of parts finds them."""
    for one in sorted(file.parent.glob("*.json"))[:MOST_FILES]:
        try:
            content = one.read_bytes() if one.is_file() and one.stat().st_size <= MAX_BYTES else None
        except OSError:
            continue
        if content is not None:
            yield content


def _resource(entry: dict[str, Any]) -> dict[str, Any] | None:
    found = entry.get("resource")
    return found if isinstance(found, dict) and found.get("resourceType") == "Questionnaire" else None


def _found(file: Path, source: bytes, digest: str, here: bool, offered: dict[str | None, str]) -> FoundForm:
    report: CheckReport = check_form(source)
    status = "here" if here else report.status
    url = report.url or ""
    return FoundForm(
        key=digest,
        file=file,
        source=source,
        title=report.title or file.name,
        url=url,
        version=report.version or "",
        status=status,
        problems=report.problems,
        newer_than=offered.get(url),
    )
