"""Telling a genuine file from a changed one. Whatever goes wrong on the way means "not valid", never "valid".

The rules: every signature intact, trusted, and made by the right signer in the right
field; the fields exactly those that the first revision expects; nothing after the last signature; nothing changed in
between, shown or hidden; and what is shown is what was signed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents import cms_check, looks, revisions
from workwell_desktop.documents.kinds import Register, SignatureVerdict, Verdict
from workwell_desktop.documents.reading import Expected, PaperLabel, label
from workwell_desktop.documents.silence import silence
from workwell_desktop.documents.words import Words

silence()

_LARGEST = 64 * 1024 * 1024
_MOST_PAGES = 500
_MOST_OBJECTS = 200_000


@dataclass(frozen=True)
class _Found:
    """What stands in the file, before anybody is believed."""

    paper: PaperLabel
    signed: list[revisions.Signed]


class _Refused(Exception):
    """Ends the examination with a status and a code."""

    def __init__(self, status: str, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def verify(pdf: bytes, trust: Sequence[bytes], register: Register | None = None) -> Verdict:
    """See ``documents.verify``."""
    words = Words(Catalogue(), 0)
    try:
        return _examined(pdf, trust, register, words)
    except _Refused as refused:
        return _failed(refused.status, refused.code, words, pdf)
    except revisions.Altered as altered:
        return _failed("changed", str(altered), words, pdf)
    except Exception:  # noqa: BLE001 - a file that upsets any library is not valid
        whole = pdf.startswith(b"%PDF-") and b"/ByteRange" in pdf and pdf.rstrip().endswith(b"%%EOF")
        return _failed("changed" if whole else "unreadable", "broken" if whole else "unreadable", words, pdf)


def _failed(status: str, code: str, words: Words, pdf: bytes) -> Verdict:
    """A verdict on a file that is not what was written; says as much of it as can still be read."""
    reason = words(f"verify.{code}")
    if status != "changed" or b"/ByteRange" not in pdf:
        return Verdict(status, code, reason)
    verdict = Verdict(status, code, reason, changed_after_signing=True)
    try:
        base = PdfFileReader(BytesIO(revisions.base_of(pdf)), strict=True)
        paper = label(base.root["/Metadata"].data)
        found = PdfFileReader(BytesIO(pdf)).embedded_signatures
        ends = [int(one.byte_range[2]) + int(one.byte_range[3]) for one in found]
        pages = looks.changed_pages(pdf, [(end, None) for end in ends[-1:]], whole=True)
    except Exception:  # noqa: BLE001 - the verdict stands without these details
        return verdict
    if paper is None:
        return verdict
    if pages:
        reason = words("verify.looks", pages=words.listed([str(page) for page in pages]))
    return replace(
        verdict, reason=reason, expected=len(paper.expects), present=len(ends), kind=paper.kind, changed_pages=pages
    )


def _examined(pdf: bytes, trust: Sequence[bytes], register: Register | None, words: Words) -> Verdict:
    found = _opened(pdf)
    paper = found.paper
    rows = [_signature(words, one, paper, number, trust) for number, one in enumerate(found.signed)]
    verdicts = tuple(row for row, _ in rows)
    base = Verdict(
        "",
        "",
        "",
        signatures=verdicts,
        expected=len(paper.expects),
        present=len(verdicts),
        content_hash=paper.content,
        kind=paper.kind,
        title=paper.title,
    )
    broken = next((code for _, code in rows if code in _BREAKS), None)
    if broken:
        return _with(base, "changed", broken, words, changed=True)
    doubted = next((code for _, code in rows if code), None)
    if doubted:
        return _with(base, "not_trusted", doubted, words)
    different = looks.changed_pages(pdf, [(one.end, one.rect) for one in found.signed])
    if different:
        return _with(base, "changed", "looks", words, changed=True, pages=different)
    if len(verdicts) < len(paper.expects) or not verdicts:
        return _with(base, "incomplete", "incomplete" if verdicts else "unsigned", words)
    day = register.superseded_on(paper.content) if register is not None else None
    if day is not None:
        return _with(base, "superseded", "superseded", words, day=words.day(day, year=True))
    return _with(base, "complete", "complete", words)


_BREAKS = {"digest", "arithmetic", "spelling", "certificate", "no_certificate", "order", "lock"}


def _with(
    base: Verdict,
    status: str,
    code: str,
    words: Words,
    *,
    changed: bool = False,
    pages: tuple[int, ...] = (),
    day: str = "",
) -> Verdict:
    names = words.listed([row.name for row in base.signatures])
    listed = words.listed([str(page) for page in pages])
    reason = words(f"verify.{code}", present=base.present, expected=base.expected, names=names, pages=listed, day=day)
    return Verdict(
        status,
        code,
        reason,
        signatures=base.signatures,
        changed_after_signing=changed,
        expected=base.expected,
        present=base.present,
        content_hash=base.content_hash,
        kind=base.kind,
        title=base.title,
        changed_pages=pages,
    )


def _opened(pdf: bytes) -> _Found:
    """Reads the file within limits, and holds its revisions to the list of what a signature changes."""
    if not pdf.startswith(b"%PDF-"):
        raise _Refused("unreadable", "unreadable")
    if len(pdf) > _LARGEST:
        raise _Refused("unreadable", "too_large")
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    if reader.encrypted:
        raise _Refused("unreadable", "encrypted")
    base = PdfFileReader(BytesIO(revisions.base_of(pdf)), strict=True)
    first = base.root
    paper = label(first["/Metadata"].data) if "/Metadata" in first else None
    if paper is None:
        raise _Refused("unreadable", "not_ours")
    if int(reader.trailer["/Size"]) > _MOST_OBJECTS or int(first["/Pages"]["/Count"]) > _MOST_PAGES:
        raise _Refused("unreadable", "too_large")
    revisions.frame(pdf, reader)
    signed = revisions.signatures(pdf, reader)
    revisions.only_signatures_added(pdf, base, signed)
    if revisions.order_of_fields(base) != [row.field for row in paper.expects]:
        raise revisions.Altered("field")
    if [row.field for row in signed] != [row.field for row in paper.expects[: len(signed)]]:
        raise revisions.Altered("order")
    return _Found(paper, signed)


def _signature(
    words: Words, one: revisions.Signed, paper: PaperLabel, number: int, trust: Sequence[bytes]
) -> tuple[SignatureVerdict, str]:
    """What is to be said of one signature, and a code where something is wrong with it."""
    expected = paper.expects[number]
    when = _moment(revisions.moment_of(one.dictionary))
    digest = hashlib.sha256(one.covered[0] + one.covered[1]).digest()
    try:
        signer = cms_check.check(one.contents, digest, when, trust)
        code = _doubt(one, expected, signer, first=number == 0, last=number == len(paper.expects) - 1)
    except cms_check.Broken as broken:
        code = str(broken)
    reason = words(f"verify.{code}", present=0, expected=0, names=expected.name, pages="", day="") if code else ""
    name = str(one.dictionary.get("/Name", expected.name))
    return SignatureVerdict(name, expected.title, one.field, when, "B-B", not code, reason), code


def _doubt(one: revisions.Signed, expected: Expected, signer: cms_check.Signer, *, first: bool, last: bool) -> str:
    """A code for what is wrong with a signature whose arithmetic holds; empty when nothing is."""
    if one.dictionary.get("/SubFilter") != "/ETSI.CAdES.detached":
        return "spelling"
    if _transforms(one) != ([("/DocMDP", 2)] if first else []) + ([("/FieldMDP", "/All")] if last else []):
        return "lock"
    if not signer.trusted:
        return "not_trusted"
    if str(one.dictionary.get("/Name", "")) != expected.name:
        return "wrong_signer"
    if expected.key is not None and signer.key != expected.key:
        return "wrong_signer"
    if expected.key is None and expected.device == (signer.common_name == expected.name[:64]):
        return "wrong_signer"
    return "" if signer.in_time else "out_of_time"


def _transforms(one: revisions.Signed) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for row in one.dictionary.get("/Reference", ()):
        method, params = str(row["/TransformMethod"]), row["/TransformParams"]
        found.append((method, int(params["/P"]) if method == "/DocMDP" else str(params["/Action"])))
    return found


def _moment(written: str) -> datetime:
    plain = datetime.strptime(written[2:16], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if written[16] == "Z":
        return plain
    away = timedelta(hours=int(written[17:19]), minutes=int(written[20:22]))
    zone = timezone(away if written[16] == "+" else -away)
    return plain.replace(tzinfo=zone).astimezone(UTC)
