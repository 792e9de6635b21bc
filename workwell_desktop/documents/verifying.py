"""Telling a genuine file from a changed one. Whatever goes wrong on the way means "not valid", never "valid".

The rules: every signature intact, trusted, and made by the right signer in the right
field; the fields exactly those that the first revision expects; nothing after the last signature; nothing changed in
between, shown or hidden; and what is shown is what was signed.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.documents import cms_check, long_term, looks, outline, revisions, traps
from workwell_desktop.documents.kinds import FullRegister, Register, SignatureVerdict, Verdict
from workwell_desktop.documents.layout.xmp import NAMESPACE
from workwell_desktop.documents.reading import Expected, PaperLabel, label, one_line
from workwell_desktop.documents.silence import silence
from workwell_desktop.documents.standing import Standing, Stands
from workwell_desktop.documents.words import Words

silence()

_MOST_PAGES = 500
_MOST_STAMPS = 20
_MOST_PAGES_OF_A_FORGERY = 60
_SECONDS_FOR_A_FORGERY = 3.0
_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_OURS = NAMESPACE.encode()


@dataclass(frozen=True)
class _Found:
    """What stands in the file, before anybody is believed."""

    paper: PaperLabel
    signed: list[revisions.Signed]
    brought: long_term.Brought


@dataclass(frozen=True)
class _By:
    """What is gone by."""

    trust: Sequence[bytes]
    register: Register | None
    stamps: Sequence[bytes]
    crls: Sequence[bytes]
    now: datetime | None


class _Refused(Exception):
    """Ends the examination with a status and a code."""

    def __init__(self, status: str, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def verify(
    pdf: bytes,
    trust: Sequence[bytes],
    register: Register | None = None,
    stamps: Sequence[bytes] = (),
    *,
    crls: Sequence[bytes] = (),
    now: datetime | None = None,
) -> Verdict:
    """See ``documents.verify``."""
    return _plain(_judged(pdf, _By(trust, register, stamps, crls, now)))


def _judged(pdf: bytes, by: _By) -> Verdict:
    words = Words(Catalogue(), 0)
    try:
        return _examined(pdf, by, words)
    except _Refused as refused:
        return _failed(refused.status, refused.code, words, pdf)
    except outline.Misshapen as misshapen:
        return _failed(_status_of(str(misshapen), pdf), _code_of(str(misshapen), pdf), words, pdf)
    except revisions.Altered as altered:
        return _failed("changed", str(altered), words, pdf)
    except Exception:  # noqa: BLE001 - a file that upsets any library is not valid
        whole = pdf.startswith(b"%PDF-") and b"/ByteRange" in pdf and pdf.rstrip().endswith(b"%%EOF")
        return _failed("changed" if whole else "unreadable", "broken" if whole else "unreadable", words, pdf)


def _plain(verdict: Verdict) -> Verdict:
    """Without letters that break or turn a line: a stranger's file names its signers as it likes, and what is said of
    it is read on a terminal."""
    rows = tuple(
        replace(one, name=one_line(one.name), role=one_line(one.role), reason=one_line(one.reason))
        for one in verdict.signatures
    )
    title = one_line(verdict.title) if verdict.title is not None else None
    return replace(verdict, reason=one_line(verdict.reason), title=title, signatures=rows)


def _status_of(code: str, pdf: bytes) -> str:
    """A file whose outside is wrong was changed where it is one of ours that was signed; else it is nothing to us."""
    signed = _OURS in pdf and b"/ByteRange" in pdf
    return "changed" if signed and code not in ("encrypted", "too_large") else "unreadable"


def _code_of(code: str, pdf: bytes) -> str:
    if code in ("encrypted", "too_large") or _OURS in pdf:
        return code
    whole = b"%PDF-" in pdf[:1024] and b"startxref" in pdf[-2048:]
    return ("encrypted" if b"/Encrypt" in pdf else "not_ours") if whole else "unreadable"


def _failed(status: str, code: str, words: Words, pdf: bytes) -> Verdict:
    """A verdict on a file that is not what was written; says as much of it as can still be read.

    Nothing here believes the file, and nothing runs longer than a few seconds whatever it holds.
    """
    reason = words(f"verify.{code}")
    if status != "changed" or b"/ByteRange" not in pdf:
        return Verdict(status, code, reason)
    verdict = Verdict(status, code, reason, changed_after_signing=True)
    try:
        base = revisions.base_of(pdf)
        paper = label(base[base.index(b"<?xpacket begin") : base.index(b"<?xpacket end")])
        ends = sorted({int(one[2]) + int(one[3]) for one in _RANGE.finditer(pdf)})
        if paper is None:
            return verdict
        verdict = replace(verdict, expected=len(paper.expects), present=len(ends), kind=paper.kind)
        if code == "after_last":
            verdict = replace(verdict, reason=words(f"verify.{revisions.what_changed(pdf, ends[-1])}"))
        pages = _pages_changed(pdf, ends)
    except Exception:  # noqa: BLE001 - the verdict stands without these details
        return verdict
    reason = verdict.reason
    if pages:
        reason = words(_looks(pages), pages=words.listed([str(page) for page in pages]))
    return replace(verdict, reason=reason, changed_pages=pages)


def _looks(pages: Sequence[int]) -> str:
    return "verify.looks" if len(pages) == 1 else "verify.looks_many"


def _pages_changed(pdf: bytes, ends: Sequence[int]) -> tuple[int, ...]:
    """Which pages of a changed file show something else than the last signature saw."""
    whole = [end for end in ends if pdf[:end].endswith(outline.END)]
    if not whole or not traps.light(pdf):
        return ()
    most, seconds = _MOST_PAGES_OF_A_FORGERY, _SECONDS_FOR_A_FORGERY
    return looks.changed_pages(pdf, [(whole[-1], None)], whole=True, seconds=seconds, most=most)


def _examined(pdf: bytes, by: _By, words: Words) -> Verdict:
    found = _opened(pdf)
    paper, register = found.paper, by.register
    hands = [one for one in found.signed if not one.stamp]
    stamped = long_term.stamps_of(
        [one for one in found.signed if one.stamp],
        by.stamps,
        lambda end: (
            isinstance(register, FullRegister)
            and any(one.startswith(pdf[:end]) for one in register.files(paper.content))
        ),
    )
    signers = [der for one in hands for der in cms_check.certificates(one.contents)]
    long_term.only_what_belongs(found.brought, signers, by.trust, stamped)
    standing = Standing(pdf, paper.content, by.trust, by.register, stamped, found.brought, by.crls, by.now, words)
    rows = [_signature(words, one, paper, number, by.trust, standing) for number, one in enumerate(hands)]
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
    doubted = next(((row, code) for row, code in rows if code), None)
    if doubted:
        return replace(_with(base, "not_trusted", doubted[1], words), reason=doubted[0].reason)
    if traps.laid(pdf):
        return _with(base, "changed", "traps", words, changed=True)
    different = looks.changed_pages(pdf, [(one.end, one.rect) for one in found.signed])
    if different:
        return _with(base, "changed", "looks", words, changed=True, pages=different)
    if isinstance(register, FullRegister) and found.signed and _another_file(pdf, register.files(paper.content)):
        return _with(base, "changed", "another_file", words, changed=True)
    if len(verdicts) < len(paper.expects) or not verdicts:
        return _with(base, "incomplete", "incomplete" if verdicts else "unsigned", words, paper=paper)
    day = register.superseded_on(paper.content) if register is not None else None
    if day is not None:
        version = register.newer_version(paper.content) if isinstance(register, FullRegister) else None
        code = "superseded" if version is None else "superseded_by"
        made = _with(base, "superseded", code, words, day=words.day(day, year=True), version=version or 0)
        return replace(made, code="superseded")
    return _with(base, "complete", "complete", words)


def _another_file(pdf: bytes, kept: Sequence[bytes]) -> bool:
    """Whether the store keeps files under this content and none of them began with the same pages."""
    pages = pdf[: outline.revisions(pdf)[0].end]
    return bool(kept) and not any(one.startswith(pages) for one in kept)


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
    version: int = 0,
    paper: PaperLabel | None = None,
) -> Verdict:
    missing = words.listed([row.name for row in paper.expects[base.present :]]) if paper is not None else ""
    names = words.listed([row.name for row in base.signatures])
    listed = words.listed([str(page) for page in pages])
    said: dict[str, object] = {"names": names, "pages": listed, "day": day, "missing": missing, "version": version}
    key = _looks(pages) if pages else f"verify.{code}"
    reason = words(key, present=base.present, expected=base.expected, **said)
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
    outside = outline.revisions(pdf)
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    base = PdfFileReader(BytesIO(pdf[: outside[0].end]), strict=True)
    first = base.root
    if "/Metadata" not in first or "/Filter" in first["/Metadata"]:
        raise _Refused("unreadable", "not_ours")
    paper = label(first["/Metadata"].data)
    if paper is None:
        raise _Refused("unreadable", "not_ours")
    if int(first["/Pages"]["/Count"]) > _MOST_PAGES:
        raise _Refused("unreadable", "too_large")
    revisions.frame(pdf, reader)
    signed = revisions.signatures(pdf, reader)
    revisions.only_signatures_added(pdf, base, signed, outside)
    if revisions.order_of_fields(base) != [row.field for row in paper.expects]:
        raise revisions.Altered("field")
    hands = [row.field for row in signed if not row.stamp]
    if hands != [row.field for row in paper.expects[: len(hands)]]:
        raise revisions.Altered("order")
    if len(hands) < min(len(signed), len(paper.expects)) or len(signed) > len(hands) + _MOST_STAMPS:
        raise revisions.Altered("after_last")
    return _Found(paper, signed, long_term.brought(reader.root))


def _signature(
    words: Words, one: revisions.Signed, paper: PaperLabel, number: int, trust: Sequence[bytes], standing: Standing
) -> tuple[SignatureVerdict, str]:
    """What is to be said of one signature, and a code where something is wrong with it."""
    expected = paper.expects[number]
    when = _moment(revisions.moment_of(one.dictionary))
    digest = hashlib.sha256(one.covered[0] + one.covered[1]).digest()
    stands, day = Stands(), ""
    try:
        signer = cms_check.check(one.contents, digest, when, trust)
        code = _doubt(one, expected, signer, first=number == 0, last=number == len(paper.expects) - 1)
        if not code:
            stands = standing.of(signer, one.end, when)
            code, day = stands.code, stands.day
    except cms_check.Broken as broken:
        code = str(broken)
    reason = words(f"verify.{code}", present=0, expected=0, names=expected.name, pages="", day=day) if code else ""
    name = str(one.dictionary.get("/Name", expected.name))
    made = SignatureVerdict(name, expected.title, one.field, when, stands.level, not code, reason)
    return (made if code else replace(made, note=stands.note, proven=stands.proven)), code


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
    if expected.key is not None and signer.key not in expected.key.split():
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
