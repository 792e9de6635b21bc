"""What may lie beside a signature or a timestamp where no reader looks: by a stranger with a timestamp of their own,
who needs no key of ours, and by a colleague whose own true signature covers it."""

import asyncio
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from tests.documents import examples, stages
from tests.documents.test_timestamps import token
from tests.documents.timestamps import StampAuthority
from workwell_desktop import documents
from workwell_desktop.documents import compose, stamping
from workwell_desktop.documents.signing import _Signer

pytestmark = pytest.mark.usefixtures("openssl")

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*(<<.*>>)\nstartxref", re.DOTALL)
Seal = Callable[[bytes], bytes]


@dataclass
class Revision:
    """One appended revision, taken apart so that it can be put together otherwise."""

    start: bytes
    objects: dict[int, bytes]
    trailer: bytes

    @classmethod
    def of(cls, start: bytes, whole: bytes) -> "Revision":
        tail = whole[len(start) :]
        table = tail.rindex(b"xref\n", 0, tail.rindex(b"trailer"))
        found = _TRAILER.search(tail, table)
        assert found is not None
        return cls(start, {int(one[1]): one[2] for one in _OBJECT.finditer(tail[:table])}, found[1])

    def change(self, holds: bytes, what: bytes, to: bytes) -> None:
        """``what`` becomes ``to`` in the object that says ``holds``, once."""
        number = next(number for number, body in self.objects.items() if holds in body)
        assert what in self.objects[number]
        self.objects[number] = self.objects[number].replace(what, to, 1)

    def built(self, seal: Seal) -> bytes:
        """The whole file, sealed anew over all of it."""
        out, table = bytearray(self.start), bytearray(b"xref\n0 1\n0000000000 65535 f \n")
        for number, body in self.objects.items():
            table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        foot = b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (self.trailer, len(out))
        whole, base = bytes(out + table) + foot, len(self.start)
        hole = re.compile(rb"/Contents <([0-9A-F]{99,})>").search(whole, base)
        ranges = re.compile(rb"/ByteRange \[[^\]]*\] *").search(whole, base)
        assert hole is not None
        assert ranges is not None
        begin, end = hole.start(1) - 1, hole.end(1) + 1
        said = b"/ByteRange [0 %d %d %d]" % (begin, end, len(whole) - end)
        whole = whole[: ranges.start()] + said.ljust(len(ranges[0])) + whole[ranges.end() :]
        made = seal(hashlib.sha256(whole[:begin] + whole[end:]).digest()).hex().upper().encode()
        return whole[: begin + 1] + made.ljust(end - begin - 2, b"0") + whole[end - 1 :]


Way = Callable[[Revision], None]


def _put(holds: bytes, what: bytes, to: bytes) -> Way:
    return lambda revision: revision.change(holds, what, to)


def _trailer(what: bytes, to: bytes) -> Way:
    def change(revision: Revision) -> None:
        before = revision.trailer
        revision.trailer = re.sub(what, lambda _: to, before, count=1, flags=re.DOTALL)
        assert revision.trailer != before

    return change


def _more(body: bytes) -> Way:
    """One object more, that nobody asks for, under a number that the trailer counts."""

    def change(revision: Revision) -> None:
        number = max(revision.objects) + 1
        revision.objects[number] = body
        revision.trailer = re.sub(rb"/Size \d+", b"/Size %d" % (number + 1), revision.trailer)

    return change


_ANY: Mapping[str, Way] = {
    "words in the identifier": _trailer(rb"/ID \[.*?\]", b"/ID [ (secret) (words) ]"),
    "another identifier": _trailer(rb"/ID \[ <[0-9a-f]{2}", b"/ID [ <00"),
    "no identifier": _trailer(rb"/ID \[.*?\]\n", b""),
    "remark in the trailer": _trailer(rb"<<\n", b"<< % secret\n"),
    "more objects counted": _trailer(rb"/Size (\d+)", b"/Size 99999"),
    "fewer objects counted": _trailer(rb"/Size (\d+)", b"/Size 5"),
    "another description": _trailer(rb"/Info \d+ 0 R", b"/Info << /Title (CANCELLED) >>"),
    "words in the filter": _put(b"/ByteRange", b"/Filter /Adobe.PPKLite", b"/Filter << /X (secret) >>"),
    "remark in the value": _put(b"/ByteRange", b"/SubFilter", b"% secret\n/SubFilter"),
    "key in the value": _put(b"/ByteRange", b"/SubFilter", b"/Extra (secret)\n/SubFilter"),
    "maker of the value": _put(b"/ByteRange", b"/SubFilter", b"/Prop_Build <<\n/X (secret)\n>>\n/SubFilter"),
    "contents twice": _put(b"/ByteRange", b"/Contents <", b"/Contents <00>\n/Contents <"),
    "object that nobody asks for": _more(b"<< /Note (secret) >>"),
    "stream that nobody asks for": _more(b"<< /Length 6 >>\nstream\nsecret\nendstream"),
}
_STAMP: Mapping[str, Way] = {
    **_ANY,
    "remark in the field": _put(b"/T (timestamp)", b"/FT /Sig", b"/FT /Sig % secret"),
    "name spelt otherwise": _put(b"/T (timestamp)", b"(timestamp)", b"<74696d657374616d70>"),
    "name twice": _put(b"/T (timestamp)", b"/T (timestamp)", b"/T (timestamp)\n/T (timestamp)"),
    "field of another type": _put(b"/T (timestamp)", b"/FT /Sig", b"/FT [ (secret) ]"),
    "field with a place": _put(b"/T (timestamp)", b"/FT /Sig", b"/FT /Sig\n/Subtype /Widget\n/Rect [ 0 0 9 9 ]"),
    "fields in another order": _put(b"/Fields", b"/Fields [ ", b"/Fields [ 8 0 R "),
    "flags of the form": _put(b"/Fields", b"/SigFlags 3", b"/SigFlags 1"),
    "remark in the catalogue": _put(b"/Type /Catalog", b"/Type /Catalog", b"/Type /Catalog % secret"),
    "language twice": _put(b"/Type /Catalog", b"/Lang ", b"/Lang (cy)\n/Lang "),
    "language in other letters": _put(b"/Type /Catalog", b"/MarkInfo", b"/#4cang (cy)\n/MarkInfo"),
    "names of pages": _put(b"/Type /Catalog", b"/MarkInfo", b"/PageLabels <<\n/Nums [ ]\n>>\n/MarkInfo"),
    "outline": _put(b"/Type /Catalog", b"/MarkInfo", b"/Outlines <<\n>>\n/MarkInfo"),
    "mode of the viewer": _put(b"/Type /Catalog", b"/MarkInfo", b"/PageMode /UseAttachments\n/MarkInfo"),
    "key that holds nothing": _put(b"/Type /Catalog", b"/MarkInfo", b"/Secret null\n/MarkInfo"),
    "remark in the store": _put(b"/Type /DSS", b"/Certs [", b"/Certs [ % secret\n"),
    "answers in the store": _put(b"/Type /DSS", b"/Certs [", b"/VRI <<\n>>\n/Certs ["),
}
_INSIDE: Mapping[str, Way] = {
    **_ANY,
    "place and address": _put(b"/ByteRange", b"/SubFilter", b"/Location (secret)\n/SubFilter"),
    "value of no type": _put(b"/ByteRange", b"/Type /Sig\n", b"/Type /Other\n"),
    "look of another size": _put(b"/Subtype /Form", b"/BBox [ 0 0 ", b"/BBox [ 0 30 "),
    "key in a font": _put(b"/Type /Font\n", b"/Type /Font\n", b"/Type /Font\n/Secret (words)\n"),
    "key in a program of letters": _put(b"/Length1 ", b"/Length1 ", b"/Secret (words)\n/Length1 "),
    "lock of one field": _put(b"/FieldMDP", b"/Action /All", b"/Action /Include\n/Fields [ (x) ]"),
    "name of another": _put(b"/ByteRange", b"/Name (Ruth Adeyemi)", b"/Name (Tom Reyes)"),
}


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Callable[[], Revision], Seal]:
    tsa = StampAuthority(Path(tmp_path_factory.mktemp("tsa")))
    pdf = stages.complete("minutes")

    def seal(digest: bytes) -> bytes:
        return stamping._spelt(token(tsa, digest))

    whole = stamping.stamp(pdf, seal, [stages.CA.der])
    return lambda: Revision.of(pdf, whole), seal


def _by_ruth(digest: bytes) -> bytes:
    signer = _Signer(stages.SIGNERS["Ruth Adeyemi"])
    return bytes(asyncio.run(signer.async_sign(digest, "sha256", use_pades=True)).dump())


@cache
def _verdict(pdf: bytes) -> documents.Verdict:
    return documents.verify(pdf, stages.TRUST)


def test_put_together_unchanged_both_are_genuine(stamped: tuple[Callable[[], Revision], Seal]) -> None:
    take, seal = stamped
    assert _verdict(take().built(seal)).valid
    assert _verdict(Revision.of(*stages.stages("minutes")).built(_by_ruth)).valid


@pytest.mark.parametrize("way", sorted(_STAMP))
def test_nothing_hides_beside_a_timestamp(way: str, stamped: tuple[Callable[[], Revision], Seal]) -> None:
    take, seal = stamped
    revision = take()
    _STAMP[way](revision)
    assert _verdict(revision.built(seal)).status == "changed"


@pytest.mark.parametrize("way", sorted(_INSIDE))
def test_nothing_hides_beside_the_signature_of_a_colleague(way: str) -> None:
    revision = Revision.of(*stages.stages("minutes"))
    _INSIDE[way](revision)
    assert not _verdict(revision.built(_by_ruth)).valid


@pytest.mark.parametrize("name", ["محمد علی", "ਹਰਪ੍ਰੀਤ ਸਿੰਘ", "Łukasz Żółć", "Ana)(\\", "W" * 200])
def test_whatever_script_a_name_is_in_its_true_signature_is_valid(name: str) -> None:
    facts = replace(examples.PLAN, signatories=(replace(examples.PLAN.signatories[0], name=name),))
    composition = compose.participant_plan(facts)
    (field,) = composition.fields
    signed = documents.sign(
        documents.render(composition), field.field, stages.CA.signer(name[:64]),
        at=examples.AT, name=name, role=field.title, registration="OT(1)\\", statement="Yes; ہاں, ਹਾਂ (\\).",
    )  # fmt: skip
    assert _verdict(signed).valid
