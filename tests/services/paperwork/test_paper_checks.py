"""Checking a paper against the register: files, printed codes, and one plan signed on two laptops."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.case_help import ready_plan
from tests.services.conftest import PASSPHRASE
from workwell_desktop.documents.code import Seal
from workwell_desktop.domain.papers import Document, PaperKind, PaperStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import Plan, PlanStatus, SignatoryRole
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, WrongPassphrase
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import countersigning, paper_checks, register, signed_apart
from workwell_desktop.services.planning import signing

Refer = Callable[..., Referred]
Join = Callable[..., Desk]


@pytest.fixture
def tom(colleague: Join) -> Desk:
    return colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")


@pytest.fixture
def plan(desk: Desk, refer: Refer, tom: Desk) -> Id:
    """Signed by the coach and the participant; the clinician is awaited."""
    found = ready_plan(desk, refer().participant, clinician=tom.me)
    signing.sign_as_coach(desk, found, PASSPHRASE)
    signing.take_typed_name(desk, found, "Danielle Marsh")
    return found


def entry(desk: Desk, plan: Id) -> Document:
    with desk.read() as reader:
        return next(one for one in reader.list(Document, plan=plan) if one.kind is PaperKind.PARTICIPANT_PLAN)


def test_a_file_says_what_it_is_and_where_it_stands(desk: Desk, plan: Id, tmp_path: Path) -> None:
    paper = entry(desk, plan)
    place = tmp_path / "plan.pdf"
    place.write_bytes(register.paper_bytes(desk, paper.id))
    checked, pdf = paper_checks.check_file(desk, place)
    assert (checked.state, checked.present, checked.expected, checked.asked) == ("incomplete", 2, 3, False)
    assert "Tom Reid" in checked.reason
    assert checked.line is not None
    assert (checked.line.document, checked.newest) == (paper.id, None)
    assert paper_checks.check_bytes(desk, pdf + b"\n").state == "changed"
    assert paper_checks.check_bytes(desk, b"hello").state == "unreadable"


def test_a_file_that_cannot_be_read_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        paper_checks.check_file(desk, tmp_path / "nothing.pdf")
    assert caught.value.reason == "file_missing"
    with pytest.raises(BadInput) as caught:
        paper_checks.check_file(desk, tmp_path)
    assert caught.value.reason == "unreadable_file"


def test_a_code_is_proved_by_the_computers_key(desk: Desk, plan: Id) -> None:
    paper = entry(desk, plan)
    seal = Seal(desk.identity.device_public, desk.identity.sign_as_device)
    said = seal.said(paper.id, paper.content or "")
    for typed in (said, said.lower(), f" {said[:40]}\n{said[40:]} "):
        assert paper_checks.check_code(desk, typed).state == "sealed"
    assert paper_checks.check_code(desk, said[:-3] + ("AAA" if said[-3:] != "AAA" else "BBB")).state == "forged"
    assert paper_checks.check_code(desk, seal.said(paper.id, "0" * 64)).state == "forged"
    assert paper_checks.check_code(desk, seal.said("0" * 32, "0" * 64)).state == "sealed"
    stranger = Seal(bytes(32), lambda _: bytes(64))
    assert paper_checks.check_code(desk, stranger.said(paper.id, paper.content or "")).state == "forged"


def test_a_number_is_found_and_proves_nothing(desk: Desk, plan: Id) -> None:
    paper = entry(desk, plan)
    number = paper.id.replace("-", "")[:12].upper()
    checked = paper_checks.check_code(desk, " ".join((number[:4], number[4:8], number[8:])))
    assert checked.state == "known"
    assert "proves nothing" in checked.reason
    assert paper_checks.check_code(desk, paper.content or "").state == "known"
    assert paper_checks.check_code(desk, "0000 0000 0000").state == "unknown"
    for nothing, reason in (("  ", "code_missing"), ("hello", "not_a_code"), ("12ab", "not_a_code")):
        with pytest.raises(BadInput) as caught:
            paper_checks.check_code(desk, nothing)
        assert caught.value.reason == reason


def test_a_plan_is_countersigned_on_another_laptop_and_taken_in(
    desk: Desk, tom: Desk, plan: Id, tmp_path: Path
) -> None:
    papers = {}
    with desk.read() as reader:
        waiting = [one for one in reader.list(Document, plan=plan) if one.file and one.status is PaperStatus.AWAITING]
    for number, paper in enumerate(waiting):
        pdf = register.paper_bytes(desk, paper.id)
        assert paper_checks.check_bytes(tom, pdf).asked
        papers[paper.id] = tmp_path / f"{number}.pdf"
        with pytest.raises(WrongPassphrase):
            countersigning.countersign(tom, pdf, papers[paper.id], "not his")
        assert not papers[paper.id].exists()
        countersigning.countersign(tom, pdf, papers[paper.id], PASSPHRASE)
    with desk.read() as reader:
        assert reader.get(Plan, plan).status is PlanStatus.SIGNING
    for number, (paper_id, place) in enumerate(papers.items(), 1):
        assert countersigning.take_in(desk, paper_id, place.read_bytes()) is PaperStatus.COMPLETE
        with desk.read() as reader:
            signed = reader.get(Plan, plan).status is PlanStatus.SIGNED
        assert signed is (number == len(papers))
    for paper_id, place in papers.items():
        assert register.paper_bytes(desk, paper_id) == place.read_bytes()
        assert register.paper_line(desk, paper_id).awaiting == ()
        with pytest.raises(BadInput) as caught:
            countersigning.take_in(desk, paper_id, place.read_bytes())
        assert caught.value.reason == "paper_not_newer"


def test_only_the_same_paper_with_more_on_it_is_taken_in(desk: Desk, tom: Desk, plan: Id, tmp_path: Path) -> None:
    paper, place = entry(desk, plan), tmp_path / "signed.pdf"
    before = register.paper_bytes(desk, paper.id)
    countersigning.countersign(tom, before, place, PASSPHRASE)
    theirs = place.read_bytes()

    def refused(document: Id, pdf: bytes) -> str:
        with pytest.raises(BadInput) as caught:
            countersigning.take_in(desk, document, pdf)
        return caught.value.reason

    assert refused(paper.id, theirs[:-1]) == "paper_not_genuine"
    assert refused(paper.id, b"hello") == "paper_not_genuine"
    assert refused(paper.id, before) == "paper_not_newer"
    signing.sign_as_clinician(desk, plan, tom.me, PASSPHRASE)
    assert refused(paper.id, theirs) == "signed_apart"

    # both are kept, and a person chooses: one, and then the other is still there
    ours = register.paper_bytes(desk, paper.id)
    here, taken = signed_apart.ways(desk, paper.id)
    assert (here.here, taken.here) == (True, False)
    assert [name for name, _when in taken.signers][-1] == "Tom Reid"
    with pytest.raises(BadInput):
        signed_apart.choose(desk, paper.id, "0" * 64)
    assert signed_apart.choose(desk, paper.id, taken.sha256) is PaperStatus.COMPLETE
    assert register.paper_bytes(desk, paper.id) == theirs
    assert signed_apart.ways(desk, paper.id) == ()
    with desk.read() as reader:
        kept = reader.get(Document, paper.id)
        assert kept.apart is not None
        assert (reader.blob(kept.apart), kept.apart_settled) == (ours, True)
        assert any(line.value == kept.file for line in reader.history(paper.id, "file"))
    for pdf in (ours, theirs):
        assert register.verify_paper(desk, pdf).valid
    assert register.paper_line(desk, paper.id).present == 3


def test_nobody_countersigns_in_anothers_place(desk: Desk, plan: Id, tmp_path: Path) -> None:
    pdf = register.paper_bytes(desk, entry(desk, plan).id)
    with pytest.raises(BadInput) as caught:
        countersigning.countersign(desk, pdf, tmp_path / "x.pdf", PASSPHRASE)
    assert caught.value.reason == "not_your_turn"
    with pytest.raises(BadInput) as caught:
        countersigning.countersign(desk, b"hello", tmp_path / "x.pdf", PASSPHRASE)
    assert caught.value.reason == "paper_not_genuine"
    assert SignatoryRole.CLINICIAN.value not in entry(desk, plan).present
