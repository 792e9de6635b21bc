"""Signing: in order, by the right person, once, and past no lock."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from tests.documents import examples, stages
from tests.documents.stages import CA, INK, SIGNERS, TRUST
from workwell_desktop import documents
from workwell_desktop.documents import PaperStyle, compose
from workwell_desktop.domain.plans import SignatureOutcome
from workwell_desktop.errors import DocumentTrouble, Locked, MissingGlyph, SigningRefused

COACH = {"at": examples.AT, "name": "Maya Okafor", "role": "Work and Health Coach"}


@pytest.mark.parametrize("kind", ["plan", "gp", "employer", "minutes"])
@pytest.mark.parametrize("style", list(PaperStyle))
def test_each_stage_is_genuine_and_the_last_complete(kind: str, style: PaperStyle) -> None:
    made = stages.stages(kind, style)
    for number, pdf in enumerate(made):
        verdict = documents.verify(pdf, TRUST)
        assert verdict.status == ("complete" if number == len(made) - 1 else "incomplete"), verdict
        assert (verdict.present, verdict.expected) == (number, len(made) - 1)
        assert not verdict.changed_after_signing
        assert all(row.ok and row.level == "B-B" for row in verdict.signatures)
    assert documents.next_field(made[-1]) is None


def test_a_verdict_says_who_signed_when_and_as_what() -> None:
    verdict = documents.verify(stages.complete(), TRUST).as_json()
    assert list(verdict) == [
        "valid",
        "status",
        "signatures",
        "changed_after_signing",
        "expected",
        "present",
        "reason",
    ]
    assert verdict["signatures"][0] == {
        "name": "Maya Okafor",
        "role": "Work and Health Coach",
        "field": "coach",
        "time": "2026-11-24T11:42:00+00:00",
        "level": "B-B",
        "ok": True,
        "reason": "",
    }
    assert verdict["reason"] == "Signed by Maya Okafor, Danielle Marsh and Tom Reyes. Nothing has changed since."


def test_two_of_three_is_said() -> None:
    assert "2 of 3 signatures" in documents.verify(stages.stages("plan")[2], TRUST).reason


def test_a_newer_version_is_said() -> None:
    class Register:
        def superseded_on(self, content_hash: str) -> object:
            return examples.DAY if content_hash == examples.ALL["plan"].content_hash else None

    verdict = documents.verify(stages.complete(), TRUST, Register())
    assert verdict.status == "superseded"
    assert not verdict.valid
    assert "24 November 2026" in verdict.reason


def test_signing_changes_nothing_that_was_there() -> None:
    unsigned, *rest = stages.stages("plan")
    for before, after in zip([unsigned, *rest], rest, strict=False):
        assert after.startswith(before)
    with pikepdf.open(BytesIO(unsigned)) as first, pikepdf.open(BytesIO(rest[-1])) as last:
        assert first.Root.Metadata.read_bytes() == last.Root.Metadata.read_bytes()
        assert dict(first.docinfo) == dict(last.docinfo)


def test_nobody_signs_out_of_turn() -> None:
    unsigned = stages.stages("plan")[0]
    with pytest.raises(SigningRefused) as caught:
        documents.sign(
            unsigned, "clinician", SIGNERS["Tom Reyes"], at=examples.AT, name="Tom Reyes", role="Occupational Therapist"
        )
    assert caught.value.reason == "wrong_order"


def test_nobody_signs_past_the_lock() -> None:
    for pdf in (stages.complete(), stages.complete("minutes")):
        with pytest.raises(Locked):
            documents.sign(pdf, "coach", SIGNERS["Maya Okafor"], **COACH)


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(SigningRefused, match="signing_refused") as caught:
        documents.sign(stages.stages("plan")[0], "witness", SIGNERS["Maya Okafor"], **COACH)
    assert caught.value.reason == "no_field"


def test_the_name_on_the_paper_is_the_one_who_signs() -> None:
    with pytest.raises(SigningRefused) as caught:
        documents.sign(stages.stages("plan")[0], "coach", SIGNERS["Tom Reyes"], **(COACH | {"name": "Tom Reyes"}))
    assert caught.value.reason == "other_person"


def test_the_key_that_was_settled_is_the_one_that_signs() -> None:
    composition = compose.participant_plan(stages.KEYED)
    pdf = documents.render(composition)
    other = CA.signer("Maya Okafor")
    with pytest.raises(SigningRefused) as caught:
        documents.sign(pdf, "coach", other, **COACH)
    assert caught.value.reason == "other_key"
    for _ in composition.fields:
        pdf = stages.sign_next(pdf, composition)
    assert documents.verify(pdf, TRUST).valid


def test_a_certificate_that_has_run_out_signs_nothing_more_and_changes_nothing_signed() -> None:
    short = CA.signer("Maya Okafor", days=400)
    late = examples.AT + timedelta(days=400)
    pdf = documents.render(examples.ALL["employer"])
    with pytest.raises(SigningRefused) as caught:
        documents.sign(pdf, "coach", short, **(COACH | {"at": late}))
    assert caught.value.reason == "certificate_expired"
    assert documents.verify(documents.sign(pdf, "coach", short, **COACH), TRUST).valid


def test_who_certifies_and_who_locks_follows_from_the_paper() -> None:
    pdf = stages.stages("plan")[0]
    for wrong in ({"certify": False}, {"lock": True}):
        with pytest.raises(SigningRefused):
            documents.sign(pdf, "coach", SIGNERS["Maya Okafor"], **COACH, **wrong)
    assert documents.sign(pdf, "coach", SIGNERS["Maya Okafor"], **COACH, certify=True, lock=False)


def test_declining_is_printed_and_leaves_no_field() -> None:
    declined = replace(examples.PARTICIPANT, outcome=SignatureOutcome.DECLINED, reason="wants to think it over")
    composition = compose.participant_plan(replace(examples.PLAN, signatories=(examples.COACH, declined)))
    assert [field.field for field in composition.fields] == ["coach"]
    pdf = stages.sign_next(documents.render(composition), composition)
    from tests.documents import taken

    text = " ".join(taken.page_texts(pdf))
    assert "Danielle Marsh, participant, would rather not sign. Reason: wants to think it over" in text
    assert documents.verify(pdf, TRUST).valid


def test_ink_and_words_are_drawn() -> None:
    before, after = stages.stages("plan")[1:3]
    page = documents.pages(before) - 1
    assert documents.page_png(before, page, 200) != documents.page_png(after, page, 200)
    assert INK.strokes


def test_a_name_that_no_face_can_write_is_named_before_anything_is_signed() -> None:
    with pytest.raises(MissingGlyph):
        documents.sign(stages.stages("plan")[0], "coach", SIGNERS["Maya Okafor"], **COACH, statement="漢")


@pytest.mark.parametrize("nothing", [b"", b"%PDF-1.7\n", b"not a paper", bytes(200)])
def test_what_is_no_paper_cannot_be_signed(nothing: bytes) -> None:
    with pytest.raises((DocumentTrouble, SigningRefused)):
        documents.sign(nothing, "coach", SIGNERS["Maya Okafor"], **COACH)
