"""More ways to change a signed paper: below the level of objects, in bytes, and with keys of one's own."""

from io import BytesIO

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers

from tests.documents import authority, examples, stages
from tests.documents.forger import FORGERIES, Quiet, forgery, rewritten
from workwell_desktop import documents
from workwell_desktop.documents.signing import _Signer


@forgery
def empty_update(pdf: bytes) -> bytes:
    start = pdf.rindex(b"startxref")
    number = pdf[start:].split()[1]
    trailer = pdf[pdf.rindex(b"trailer") : start]
    return pdf + b"xref\n0 0\n" + trailer + b"startxref\n" + number + b"\n%%EOF\n"


@forgery
def bytes_after_the_end(pdf: bytes) -> bytes:
    return pdf + b"% a remark\n"


@forgery
def another_file_after_the_end(pdf: bytes) -> bytes:
    return pdf + documents.render(examples.ALL["employer"])


@forgery
def bytes_before_the_beginning(pdf: bytes) -> bytes:
    return b"\n" + pdf


@forgery
def last_byte_taken_off(pdf: bytes) -> bytes:
    return pdf[:-1]


@forgery
def cut_in_half(pdf: bytes) -> bytes:
    return pdf[: len(pdf) // 2]


@forgery
def rolled_back_to_two(pdf: bytes) -> bytes:
    return pdf[: PdfFileReader(BytesIO(pdf)).embedded_signatures[1].byte_range[2] + _rest(pdf, 1)]


@forgery
def rolled_back_to_none(pdf: bytes) -> bytes:
    return pdf[: pdf.index(b"%%EOF\n") + 6]


def _rest(pdf: bytes, number: int) -> int:
    return int(PdfFileReader(BytesIO(pdf)).embedded_signatures[number].byte_range[3])


@forgery
def written_afresh(pdf: bytes) -> bytes:
    return rewritten(pdf, lambda opened: None)


@forgery
def written_afresh_with_other_words(pdf: bytes) -> bytes:
    def change(opened: pikepdf.Pdf) -> None:
        stream = opened.pages[0].Contents
        stream.write(stream.read_bytes().replace(b"12 hours", b"40 hours"))

    return rewritten(pdf, change)


@forgery
def locked_with_a_password(pdf: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="x", user=""))
    return out.getvalue()


def _hole(pdf: bytes, number: int) -> tuple[int, int]:
    _, start, end, _ = PdfFileReader(BytesIO(pdf)).embedded_signatures[number].byte_range
    return int(start), int(end)


@forgery
def padding_of_a_signature(pdf: bytes) -> bytes:
    _, end = _hole(pdf, 0)
    return pdf[: end - 5] + b"1" + pdf[end - 4 :]


@forgery
def other_case_in_a_signature(pdf: bytes) -> bytes:
    start, end = _hole(pdf, 1)
    hole = pdf[start:end]
    return pdf[:start] + hole.lower() + pdf[end:]


@forgery
def white_space_in_a_signature(pdf: bytes) -> bytes:
    _, end = _hole(pdf, 2)
    return pdf[: end - 3] + b" " + pdf[end - 2 :]


@forgery
def arithmetic_of_a_signature(pdf: bytes) -> bytes:
    start, end = _hole(pdf, 2)
    hole = bytearray(pdf[start:end])
    used = len(hole.rstrip(b"0>"))
    hole[used - 9 : used - 8] = b"0" if hole[used - 9 : used - 8] != b"0" else b"1"
    return pdf[:start] + bytes(hole) + pdf[end:]


@forgery
def signature_from_another_paper(pdf: bytes) -> bytes:
    """A true signature of the same person, made for the GP's summary, in this paper's hole."""
    other = stages.stages("gp")[1]
    start, end = _hole(pdf, 0)
    theirs, upto = _hole(other, 0)
    return pdf[:start] + other[theirs:upto] + pdf[end:]


@forgery
def ranges_shifted(pdf: bytes) -> bytes:
    place = pdf.index(b"/ByteRange")
    bracket = pdf.index(b"[0 ", place)
    return pdf[: bracket + 1] + b"1" + pdf[bracket + 2 :]


@forgery
def one_signature_more(pdf: bytes) -> bytes:
    """Somebody with a certificate of ours signs once more, past the lock, with pyHanko alone."""
    mallory = stages.CA.signer("Mallory Reed")
    return _with_pyhanko(pdf, mallory)


@forgery
def one_signature_more_by_a_stranger(pdf: bytes) -> bytes:
    return _with_pyhanko(pdf, authority.authority("Elsewhere").signer("Mallory Reed"))


def _with_pyhanko(pdf: bytes, signer: object) -> bytes:
    writer = Quiet(BytesIO(pdf), strict=False)
    meta = signers.PdfSignatureMetadata(
        field_name="Extra", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    made = signers.PdfSigner(meta, signer=_Signer(signer))  # type: ignore[arg-type]
    made._enforce_certification_constraints = lambda reader: None
    return bytes(made.sign_pdf(writer).getvalue())


__all__ = ["FORGERIES"]
