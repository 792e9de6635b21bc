"""What people bring: a scan, a photo or a PDF, kept in the encrypted record.

    bytes ──▶ documents.brought.made_plain ──▶ store.blob (encrypted) ──▶ a page as a picture, in memory

No paper that goes out takes a file from here. It leaves with the whole case when that is handed over, or as it is to
somebody whom the person chose (``brought_on``).
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from workwell_desktop.documents import brought
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment, Brought
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.store import Reader

Plain = brought.Plain


@dataclass(frozen=True, slots=True)
class AttachmentDetails:
    """What is said of a file. ``seen_by`` is who of ours looked at it, ``dated`` the day that stands on it."""

    kind: Brought | None
    title: str | None = None
    dated: date | None = None
    evidence: Id | None = None
    seen_by: Id | None = None
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """A file of the list. ``size`` in bytes; one that was taken away has no pages and says who did it, when, why."""

    attachment: Id
    participant: Id
    details: AttachmentDetails
    media_type: str
    size: int
    pages: int
    seen_by: str
    added_by: str
    added_at: datetime | None
    removed_on: date | None
    removed_by: str
    removed_why: str


def look_into(desk: Desk, data: bytes) -> Plain:
    """The file as it would be kept, and nothing is kept yet. Raises BadInput ``attachment_…`` for what it cannot be."""
    desk.allow(Act.RECORD_WORK, Attachment)
    return brought.made_plain(data)


def look_into_file(desk: Desk, path: Path) -> Plain:
    """The same for a file of this computer. Raises ``file_missing``, ``is_a_folder`` and ``unreadable_file`` too."""
    desk.allow(Act.RECORD_WORK, Attachment)
    try:
        with path.open("rb") as opened:
            data = opened.read(brought.LARGEST_GIVEN + 1)
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except IsADirectoryError:
        raise BadInput("is_a_folder") from None
    except OSError:
        raise BadInput("is_a_folder" if path.is_dir() else "unreadable_file") from None
    return brought.made_plain(data)


def attach(desk: Desk, participant: Id, plain: Plain, given: AttachmentDetails) -> Id:
    """Keeps a file, as ``look_into`` gave it, with what is said of it. Raises FieldsInvalid."""
    desk.allow(Act.RECORD_WORK, Attachment)
    with desk.unit() as unit:
        _check(unit.reader, participant, given, desk.clock.today())
        return unit.add(
            Attachment(
                id=new_id(),
                scope=participant,
                kind=given.kind,
                title=words_or_none(given.title),
                dated=given.dated,
                evidence=given.evidence,
                seen_by=given.seen_by or desk.me,
                seen_on=given.seen_on or desk.clock.today(),
                file=unit.blob(plain.data, plain.media_type, participant),
                pages=plain.pages,
                added_at=desk.clock.now(),
                added_by=desk.me,
            )
        )


def change(desk: Desk, attachment: Id, given: AttachmentDetails) -> None:
    """Says something else of a file; the file itself stays as it was brought. Raises FieldsInvalid."""
    desk.allow(Act.RECORD_WORK, Attachment)
    with desk.unit() as unit:
        found = unit.reader.get(Attachment, attachment)
        _check(unit.reader, found.scope, given, desk.clock.today())
        unit.set(
            Attachment,
            attachment,
            kind=given.kind,
            title=words_or_none(given.title),
            dated=given.dated,
            evidence=given.evidence,
            seen_by=given.seen_by or found.seen_by,
            seen_on=given.seen_on or found.seen_on,
        )


def remove(desk: Desk, attachment: Id, why: str) -> None:
    """Takes a file away for a reason: it is neither shown nor handed over any more. The log keeps that it was here."""
    desk.allow(Act.RECORD_WORK, Attachment)
    if not why.strip():
        raise BadInput("reason_missing")
    with desk.unit() as unit:
        unit.reader.get(Attachment, attachment)
        unit.set(
            Attachment,
            attachment,
            file=None,
            removed_on=desk.clock.today(),
            removed_by=desk.me,
            removed_why=why.strip(),
        )


def listed(desk: Desk, participant: Id) -> tuple[AttachmentLine, ...]:
    """Every file that was brought, the newest first; those that were taken away last."""
    desk.allow(Act.READ, Attachment)
    with desk.read() as reader:
        found = reader.list(Attachment, order_by=("-added_at", "-id"), scope=participant)
        names = staff_names(reader)
    return tuple(sorted((_line(one, names) for one in found), key=lambda one: one.removed_on is not None))


def find(desk: Desk, attachment: Id) -> AttachmentLine:
    """One of them."""
    desk.allow(Act.READ, Attachment)
    with desk.read() as reader:
        return _line(reader.get(Attachment, attachment), staff_names(reader))


def page(desk: Desk, attachment: Id, number: int, width: int) -> bytes:
    """A page of it as PNG, ``width`` pixels wide, from 0; that it was opened is written down. Raises BadInput
    ``attachment_gone`` for one that was taken away, or whose file has not come to this computer yet."""
    desk.allow(Act.READ, Attachment)
    with desk.read() as reader:
        found = reader.get(Attachment, attachment)
        if found.file is None or not reader.has_blob(found.file.sha256):
            raise BadInput("attachment_gone")
        data, media_type = reader.blob(found.file), found.file.media_type
    desk.noted(AuditKind.OPENED, found.scope, attachment)
    return brought.page_png(data, media_type, number, width)


def page_before(desk: Desk, plain: Plain, number: int, width: int) -> bytes:
    """A page of a file that is not kept yet."""
    desk.allow(Act.RECORD_WORK, Attachment)
    return brought.page_png(plain.data, plain.media_type, number, width)


def _line(one: Attachment, names: dict[Id, str]) -> AttachmentLine:
    def named(person: Id | None) -> str:
        return names.get(person, "") if person else ""

    return AttachmentLine(
        attachment=one.id,
        participant=one.scope,
        details=AttachmentDetails(one.kind, one.title, one.dated, one.evidence, one.seen_by, one.seen_on),
        media_type=one.file.media_type if one.file else "",
        size=one.file.size if one.file else 0,
        pages=(one.pages or 1) if one.file else 0,
        seen_by=named(one.seen_by),
        added_by=named(one.added_by),
        added_at=one.added_at,
        removed_on=one.removed_on,
        removed_by=named(one.removed_by),
        removed_why=one.removed_why or "",
    )


def _check(reader: Reader, participant: Id, given: AttachmentDetails, today: date) -> None:
    born = reader.get(Participant, participant).birth_date
    problems: list[tuple[str, str]] = []
    if given.kind is None:
        problems.append(("kind", "brought_kind_missing"))
    for name, day in (("dated", given.dated), ("seen_on", given.seen_on)):
        if day is not None and day > today:
            problems.append((name, "date_in_future"))
        elif day is not None and born is not None and day < born:
            problems.append((name, "evidence_before_birth"))
    if given.evidence is not None:
        found = reader.find(AbsenceEvidence, given.evidence)
        if found is None or found.scope != participant:
            problems.append(("evidence", "evidence_unknown"))
    if given.seen_by is not None and reader.find(Person, given.seen_by) is None:
        problems.append(("seen_by", "seen_by_unknown"))
    if problems:
        raise FieldsInvalid(tuple(problems))
