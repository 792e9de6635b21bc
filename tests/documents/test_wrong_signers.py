"""Papers that somebody with a key signed, and that are not valid all the same: other keys, and traps laid before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.documents import authority, examples, stages
from workwell_desktop import documents
from workwell_desktop.documents import compose, signing

NAME = "Ruth Adeyemi"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@cache
def blank() -> bytes:
    return documents.render(examples.ALL["minutes"])


def signed(signer: documents.DocumentSigner, pdf: bytes | None = None) -> bytes:
    (field,) = examples.ALL["minutes"].fields
    return documents.sign(pdf or blank(), field.field, signer, at=examples.AT, name=field.name, role=field.title)


def _certified(**other: object) -> authority.KeySigner:
    """By our own root, with one extension that is not as it should be."""
    key = ec.generate_private_key(ec.SECP256R1())
    built = authority._builder(NAME, stages.CA.root.subject, key, authority.START, 730)
    if other.get("basic", True):
        built = built.add_extension(x509.BasicConstraints(ca=bool(other.get("ca")), path_length=None), critical=True)
    if other.get("usage", True):
        built = built.add_extension(authority._usage(leaf=bool(other.get("leaf", True))), critical=True)
    made = built.sign(stages.CA.key, hashes.SHA256())
    return authority.KeySigner(made.public_bytes(Encoding.DER), (stages.CA.der,), key)


def _below_a_colleague() -> authority.KeySigner:
    """A certificate that a colleague made with their own, which is no authority."""
    tom = stages.SIGNERS["Tom Reyes"]
    issuer = authority.Authority(x509.load_der_x509_certificate(tom.certificate), tom.key)
    made = issuer.signer(NAME)
    return authority.KeySigner(made.certificate, (tom.certificate,), made.key)


def _with_the_key_of_another() -> authority.KeySigner:
    """The right certificate, and a key that does not belong to it."""
    return authority.KeySigner(
        stages.SIGNERS[NAME].certificate, (stages.CA.der,), ec.generate_private_key(ec.SECP256R1())
    )


WRONG: dict[str, tuple[Callable[[], documents.DocumentSigner], str]] = {
    "root of another partnership": (lambda: authority.authority("Elsewhere").signer(NAME), "not_trusted"),
    "root of one's own with our name": (
        lambda: authority.authority("Calder Valley partnership root").signer(NAME),
        "not_trusted",
    ),
    "colleague in another's place": (lambda: stages.SIGNERS["Tom Reyes"], "wrong_signer"),
    "computer in a person's place": (lambda: stages.SIGNERS[stages.DEVICE], "wrong_signer"),
    "run out": (lambda: stages.CA.signer(NAME, days=30), "out_of_time"),
    "not yet": (lambda: stages.CA.signer(NAME, start=NOON + timedelta(days=30)), "out_of_time"),
    "an authority itself": (lambda: _certified(ca=True), "not_trusted"),
    "for other uses": (lambda: _certified(leaf=False), "not_trusted"),
    "without its uses": (lambda: _certified(usage=False), "not_trusted"),
    "without its limits": (lambda: _certified(basic=False), "not_trusted"),
    "below a colleague": (_below_a_colleague, "not_trusted"),
    "key of another": (_with_the_key_of_another, "arithmetic"),
}


@pytest.mark.parametrize("kind", sorted(WRONG))
def test_a_wrong_key_is_never_valid(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_right_person", lambda *_: None)
    make, code = WRONG[kind]
    verdict = documents.verify(signed(make()), stages.TRUST)
    assert (verdict.valid, verdict.code) == (False, code)
    assert NAME in verdict.reason or code == "arithmetic"


def test_the_right_key_is_valid() -> None:
    assert documents.verify(signed(stages.SIGNERS[NAME]), stages.TRUST).valid


def test_a_root_that_has_run_out_vouches_for_nothing_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authority, "START", NOON - timedelta(days=8000))
    old = authority.authority("Calder Valley partnership root")
    monkeypatch.undo()
    verdict = documents.verify(signed(old.signer(NAME)), [old.der])
    assert (verdict.status, verdict.code) == ("not_trusted", "not_trusted")


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def _layers(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([]), D=pikepdf.Dictionary())


def _optional_part(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"0 0 9 9 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.OC = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("x")))
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Trap=form)


def _note(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9])
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


def _form_field(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields.append(
        pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("hours"), V=pikepdf.String("12")))
    )


def _drawn_anew(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.NeedAppearances = True


def _from_elsewhere(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.F = pikepdf.String("https://example.org/page")
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Trap=stream)


def _launch(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("program"))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


def _names(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))


TRAPS = (_script, _layers, _optional_part, _note, _form_field, _drawn_anew, _from_elsewhere, _launch, _names)


@pytest.mark.parametrize("lay", TRAPS, ids=[lay.__name__.strip("_") for lay in TRAPS])
def test_a_trap_that_was_signed_is_found(lay: Callable[[pikepdf.Pdf], None]) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(blank())) as opened:
        lay(opened)
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, min_version="1.7")
    verdict = documents.verify(signed(stages.SIGNERS[NAME], out.getvalue()), stages.TRUST)
    assert verdict.code in {"traps", "field", "catalog"}, verdict
    assert not verdict.valid


def test_a_hidden_object_that_was_signed_is_found() -> None:
    """A second page under the first one's number, which a later table could bring to light."""
    pdf = blank()
    place = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    shadow = b"9 0 obj\n<< /Type /Page >>\nendobj\n"
    start = pdf.rindex(b"startxref")
    laid = pdf[:place] + shadow + pdf[place:start] + b"startxref\n%d\n%%%%EOF\n" % (place + len(shadow))
    verdict = documents.verify(signed(stages.SIGNERS[NAME], laid), stages.TRUST)
    assert (verdict.status, verdict.code) == ("changed", "hidden")


def test_a_name_that_commands_the_terminal_is_said_as_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stranger's paper may name its signer as it likes; what is said of it stays one line without commands."""
    monkeypatch.setattr(signing, "_right_person", lambda *_: None)
    name = "\x1b[2J\u202eRuth\nComplete: nothing has changed.\u2028\x9b31m"
    facts = replace(examples.PLAN, signatories=(replace(examples.PLAN.signatories[0], name=name),))
    pdf = documents.render(compose.participant_plan(facts))
    field = documents.next_field(pdf)
    assert field is not None
    stranger = authority.authority("Elsewhere").signer("Ruth")
    verdict = documents.verify(
        documents.sign(pdf, field, stranger, at=examples.AT, name=name, role="Coach"), stages.TRUST
    )
    said = (verdict.reason, verdict.title or "", *(one.name + one.reason for one in verdict.signatures))
    assert verdict.status == "not_trusted"
    assert "Ruth" in verdict.reason
    assert all(one.isprintable() for one in said)
