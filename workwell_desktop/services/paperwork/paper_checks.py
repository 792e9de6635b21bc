"""Telling a genuine paper from another one: a file that was dropped on the window, or the code on a printed sheet."""

import re
from dataclasses import dataclass
from pathlib import Path

from workwell_desktop.documents.kinds import SignatureVerdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import Document, TeamDocument
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.screen import days, text
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork._pens import keys_of
from workwell_desktop.services.paperwork.paper_views import PaperLine
from workwell_desktop.services.paperwork.register import KnownPapers, line_of, verify_paper
from workwell_desktop.store import Reader

LARGEST = 64 * 1024 * 1024
_SEALED = re.compile(r"WW1:[A-Z2-7]+", re.IGNORECASE)
_NUMBER, _HASH = 12, 64


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file or a code turned out to be.

    ``state`` is a ``Verdict.status`` for a file; for a code ``sealed`` (one of our computers wrote it), ``known``
    (typed by hand: it stands in the register and nothing proves the sheet), ``forged`` or ``unknown``. ``reason`` is a
    sentence. ``line`` is the entry of the register, ``newest`` the one that counts now where another one does.
    """

    state: str
    reason: str
    signatures: tuple[SignatureVerdict, ...] = ()
    title: str = ""
    expected: int = 0
    present: int = 0
    line: PaperLine | None = None
    newest: PaperLine | None = None
    asked: bool = False
    """The next signature that a genuine file waits for is that of whoever looks at it."""


def check_file(desk: Desk, place: Path) -> tuple[Checked, bytes]:
    """What a file on this computer is, and its bytes. Raises as ``file_bytes``; a file that is no paper is no error
    but an answer."""
    desk.allow(Act.READ, Document)
    pdf = file_bytes(desk, place)
    return check_bytes(desk, pdf), pdf


def file_bytes(desk: Desk, place: Path) -> bytes:
    """A file that was handed over. BadInput ``file_too_big``, ``file_missing``, ``unreadable_file``."""
    desk.allow(Act.READ, Document)
    try:
        if place.stat().st_size > LARGEST:
            raise BadInput("file_too_big")
        return place.read_bytes()
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except OSError:
        raise BadInput("unreadable_file") from None


def check_bytes(desk: Desk, pdf: bytes) -> Checked:
    """What a file is, by this partnership's roots and by the register of this store."""
    desk.allow(Act.READ, Document)
    verdict = verify_paper(desk, pdf)
    asked = verdict.status == "incomplete" and _asked(desk, pdf)
    with desk.read() as reader:
        entry = _by_content(reader, verdict.content_hash or "", desk)
        line, newest = _lines(reader, entry)
    return Checked(
        verdict.status,
        verdict.reason,
        verdict.signatures,
        verdict.title or "",
        verdict.expected,
        verdict.present,
        line,
        newest,
        asked,
    )


def check_code(desk: Desk, typed: str) -> Checked:
    """What a sheet of paper is, by what a reader of codes says of its square, or by the number or the hash beside it.

    Needs no network: the keys of the partnership's computers stand in the store. BadInput ``code_missing`` for
    nothing, ``not_a_code`` for what is neither.
    """
    desk.allow(Act.READ, Document)
    from workwell_desktop.documents.code import read_code

    said = "".join(typed.split())
    if not said:
        raise BadInput("code_missing")
    with desk.read() as reader:
        if _SEALED.fullmatch(said):
            keys = [bytes.fromhex(one.verify_key) for one in reader.list(Device) if one.verify_key]
            verdict = read_code(said.upper(), keys)
            if not verdict.genuine:
                return Checked("forged", text("verify_page.said.forged"))
            entry = _by_id(reader, verdict.document, desk)
            if entry is None:
                return Checked("sealed", text("verify_page.said.sealed_unknown"))
            if entry.content != verdict.content_hash:
                return Checked("forged", text("verify_page.said.other_words"), line=line_of(reader, entry))
            return _found(reader, entry, "sealed")
        letters = re.sub(r"[\s.:-]", "", said).lower()
        if not re.fullmatch(r"[0-9a-f]+", letters) or len(letters) < _NUMBER or len(letters) > _HASH:
            raise BadInput("not_a_code")
        entry = _by_content(reader, letters, desk) if len(letters) == _HASH else _by_id(reader, letters, desk)
        if entry is None:
            return Checked("unknown", text("verify_page.said.unknown"))
        return _found(reader, entry, "known")


def _found(reader: Reader, entry: Document | TeamDocument, state: str) -> Checked:
    line, newest = _lines(reader, entry)
    day = KnownPapers(reader).superseded_on(entry.content or "")
    key = f"verify_page.said.{state}"
    if day is not None:
        version = KnownPapers(reader).newer_version(entry.content or "")
        key += "_superseded_by" if version else "_superseded"
        return Checked("superseded", text(key, day=days.long_day(day), version=version or 0), line=line, newest=newest)
    when = days.long_day(london_day(entry.made_at)) if entry.made_at is not None else ""
    return Checked(state, text(key, day=when, version=entry.version or 1), line=line, newest=newest)


def _lines(reader: Reader, entry: Document | TeamDocument | None) -> tuple[PaperLine | None, PaperLine | None]:
    if entry is None:
        return None, None
    newest, seen = entry, {entry.id}
    while newest.superseded_by is not None and newest.superseded_by not in seen:
        seen.add(newest.superseded_by)
        following = reader.find(type(newest), newest.superseded_by)
        if following is None:
            break
        newest = following
    return line_of(reader, entry), line_of(reader, newest) if newest is not entry else None


def _kinds(desk: Desk) -> tuple[type[Document | TeamDocument], ...]:
    return tuple(cls for cls in (Document, TeamDocument) if desk.may(Act.READ, cls))


def _by_content(reader: Reader, content: str, desk: Desk) -> Document | TeamDocument | None:
    return next((one for cls in _kinds(desk) for one in reader.list(cls, content=content)), None) if content else None


def _by_id(reader: Reader, start: str, desk: Desk) -> Document | TeamDocument | None:
    """The only entry whose number begins so."""
    plain = start.lower()
    found = [one for cls in _kinds(desk) for one in reader.list(cls) if one.id.replace("-", "").startswith(plain)]
    return found[0] if len(found) == 1 else None


def _asked(desk: Desk, pdf: bytes) -> bool:
    from workwell_desktop.documents.signing import next_expected

    expected = next_expected(pdf)
    if expected is None or expected.device:
        return False
    with desk.read() as reader:
        mine = keys_of(reader, reader.get(Person, desk.me)).split()
    return any(one in (expected.key or "").split() for one in mine)
