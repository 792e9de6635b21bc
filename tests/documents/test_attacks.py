"""Our own forger against our own verifier: whatever is done to a signed paper, it is no longer called complete."""

from time import monotonic

import pytest

from tests.documents import authority, examples, forger_bytes, forger_known, forger_more, stages
from tests.documents.forger import FORGERIES
from workwell_desktop import documents
from workwell_desktop.documents import Composition, Verdict

assert forger_bytes.FORGERIES is FORGERIES is forger_known.FORGERIES is forger_more.FORGERIES
_OF_THE_THIRD = {
    "white_space_in_a_signature",
    "arithmetic_of_a_signature",
    "signature_wrapped",
    "gap_made_wider",
    "the_other_signature_that_fits",
}
_SAID = {
    "other_title_in_info": "Changed after signing: the title or the description of the paper.",
    "other_alternative_text": "Changed after signing: words that only a screen reader reads out.",
    "swapped_attachment": "Changed after signing: the attached file.",
    "free_text_over_the_page": "Changed after signing: a note or a field was added or changed.",
    "page_content_replaced": "Changed after signing: page 1.",
    "page_added": "Changed after signing: page 5.",
    "pages_swapped": "Changed after signing: pages 1, 2, 3 and 4.",
    "hint_of_a_field": "Changed after signing: a place for a signature.",
    "object_freed": "Changed after signing: something was taken out.",
    "locked_with_a_password": "This file is locked with a password, so it cannot be checked.",
    "script_on_opening": "Not a paper of this program: the file holds something that acts, hides or changes by itself.",
    "rolled_back_to_two": "2 of 3 signatures are present; the signature of Tom Reyes is missing. "
    "What is signed has not changed.",
}
_ROLLED_BACK = {"rolled_back_to_two", "rolled_back_to_none"}


def judged(pdf: bytes) -> Verdict:
    """With our own roots."""
    return documents.verify(pdf, stages.TRUST)


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_a_forgery_is_never_valid(name: str) -> None:
    genuine = stages.complete()
    forged = FORGERIES[name](genuine)
    assert forged != genuine
    verdict = judged(forged)
    assert not verdict.valid
    assert verdict.status in ({"incomplete"} if name in _ROLLED_BACK else {"changed", "unreadable", "not_trusted"})
    assert verdict.reason


@pytest.mark.parametrize("name", sorted(FORGERIES.keys() - _ROLLED_BACK - _OF_THE_THIRD))
def test_a_forgery_of_a_half_signed_paper_is_found(name: str) -> None:
    half = stages.stages("plan")[2]
    assert judged(FORGERIES[name](half)).status in {"changed", "unreadable", "not_trusted"}


@pytest.mark.parametrize("name", sorted(_SAID))
def test_the_reason_is_said_in_plain_words(name: str) -> None:
    assert judged(FORGERIES[name](stages.complete())).reason == _SAID[name]


def test_there_are_forty_ways_and_more() -> None:
    assert len(FORGERIES) >= 115


@pytest.mark.parametrize(
    "name",
    ["packed_bomb", "million_pages", "brackets_in_brackets", "drawing_without_end", "fields_that_hold_themselves"],
)
def test_a_file_that_is_made_to_hang_ends_soon(name: str) -> None:
    """Ten seconds are a hundred times what it takes; one that hangs takes hours."""
    forged = FORGERIES[name](stages.complete())
    start = monotonic()
    judged(forged)
    assert monotonic() - start < 10


def test_a_changed_byte_anywhere_is_found() -> None:
    """One byte in a thousand of the whole file, and every other one of its end."""
    genuine = stages.complete("minutes")
    places = {*range(0, len(genuine), 997), *range(len(genuine) - 100, len(genuine), 2)}
    survived = [place for place in places if judged(_flipped(genuine, place)).valid]
    assert survived == []


def _flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 0x01]) + pdf[place + 1 :]


def test_every_byte_of_a_signature_counts() -> None:
    """The bytes that hold a signature are the ones that no digest covers."""
    genuine = stages.complete("minutes")
    start = genuine.index(b"/Contents <3082") + 10
    places = [*range(start, start + 2200, 37), *range(start + 2200, start + 12002, 1201)]
    assert [place for place in places if judged(_flipped(genuine, place)).valid] == []


def test_a_paper_signed_under_another_root_is_not_trusted() -> None:
    stranger = authority.authority("Elsewhere")
    composition = examples.ALL["minutes"]
    forged = _signed_by(composition, stranger.signer("Ruth Adeyemi"))
    verdict = judged(forged)
    assert (verdict.status, verdict.code) == ("not_trusted", "not_trusted")
    assert documents.verify(forged, [stranger.der]).valid


def test_a_colleague_cannot_sign_for_another() -> None:
    verdict = judged(_signed_by(examples.ALL["minutes"], stages.SIGNERS["Tom Reyes"]))
    assert (verdict.status, verdict.code) == ("not_trusted", "wrong_signer")


def test_a_person_cannot_seal_ink_in_place_of_the_computer() -> None:
    from dataclasses import replace

    from workwell_desktop.documents import compose

    alone = replace(examples.PLAN, signatories=(examples.PARTICIPANT,))
    pdf = documents.render(compose.participant_plan(alone))
    signer = stages.CA.signer("Danielle Marsh")
    signed = documents.sign(pdf, "participant", signer, at=examples.AT, name="Danielle Marsh", role="participant")
    assert judged(signed).code == "wrong_signer"


def test_the_page_that_was_changed_is_named() -> None:
    verdict = judged(FORGERIES["page_stream_overwritten"](stages.complete()))
    assert verdict.changed_pages == (1,)
    assert "page 1" in verdict.reason
    assert (verdict.expected, verdict.present) == (3, 3)


def test_cross_references_that_point_at_themselves_end() -> None:
    genuine = stages.complete("minutes")
    start = genuine.rindex(b"startxref")
    own = genuine[start:].split()[1]
    place = genuine.rindex(b"/Prev ", 0, start)
    end = genuine.index(b"\n", place)
    assert not judged(genuine[:place] + b"/Prev " + own + genuine[end:]).valid


def test_nothing_of_a_file_reaches_a_log_or_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    forged = stages.complete().replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detacheX")
    assert judged(forged).status == "changed"
    assert capfd.readouterr() == ("", "")


def test_without_roots_nothing_is_trusted() -> None:
    assert documents.verify(stages.complete(), []).status == "not_trusted"


def _signed_by(composition: Composition, signer: authority.KeySigner) -> bytes:
    (field,) = composition.fields
    pdf = documents.render(composition)
    return documents.sign(pdf, field.field, signer, at=examples.AT, name=field.name, role=field.title)


@pytest.mark.parametrize(
    "nothing",
    [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF\n", bytes(1000), b"%PDF-1.7\n" + bytes(2000) + b"%%EOF\n"],
)
def test_what_is_no_paper_is_unreadable(nothing: bytes) -> None:
    verdict = judged(nothing)
    assert verdict.status == "unreadable"
    assert not verdict.valid


def test_a_stranger_s_pdf_is_not_ours() -> None:
    from io import BytesIO

    import pikepdf

    out = BytesIO()
    pikepdf.new().save(out)
    assert judged(out.getvalue()).status == "unreadable"
