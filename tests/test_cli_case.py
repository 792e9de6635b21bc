"""A case from store to store by the command line, and a paper that a newer one replaced."""

import json
import os
import shutil
import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import Ask, ask, job, run_job, with_store
from workwell_desktop import assets
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.participants import AgreementKind, Participant, Party
from workwell_desktop.domain.plans import Plan
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.planning import plans, signatories, signing
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

__all__ = ["ask", "job"]

ANXIETY = assets.resource("schemas", "examples", "anxiety.case.json")


@pytest.fixture
def other(another: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test to write into."""
    return shutil.copytree(another, tmp_path / "other")


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another partnership's store, with a case of its own."""
    return run_job(ANXIETY, tmp_path_factory.mktemp("other"))


def case_of(made: dict[str, Any]) -> dict[str, Any]:
    """The resources by id, without the partnership that sent them."""
    return {one["resource"]["id"]: one["resource"] for one in made["entry"][1:]}


def test_a_case_goes_from_store_to_store_and_back(job: Path, other: Path, ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "case.json"
    code, said, _ = ask("export", "Daniel Whitmore", "--out", out, *with_store(job))
    assert (code, set(said)) == (0, {"resources", "created", "skipped", "problems"})
    code, done, _ = ask("import", out, *with_store(other))
    assert (code, done["problems"]) == (0, [])
    assert done["resources"] == said["resources"] == done["created"] + done["skipped"]
    assert done["created"] > 40
    code, done, _ = ask("import", out, *with_store(other))
    assert (code, done) == (0, {**said, "skipped": said["resources"]})
    code, _, _ = ask("export", "999 023 7573", "--out", tmp_path / "again.json", *with_store(other))
    assert code == 0
    before, after = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("case.json", "again.json"))
    assert case_of(after) == case_of(before)
    code, report, _ = ask("check-store", *with_store(other))
    assert (code, report["participants"]) == (0, 2)


def test_the_file_is_for_whoever_exported_alone(job: Path, ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "case.json"
    ask("export", "daniel whitmore", "--out", out, *with_store(job))
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


@pytest.mark.parametrize("written", ["Nobody At All", "9990000018", "f" * 32, ""])
def test_nobody_is_exported_by_a_guess(job: Path, ask: Ask, tmp_path: Path, written: str) -> None:
    code, said, _ = ask("export", written, "--out", tmp_path / "case.json", *with_store(job))
    assert code == 2
    assert "NHS number" in said["error"]["message"]
    assert not (tmp_path / "case.json").exists()


def test_a_case_that_was_tampered_with_is_refused_at_its_place(
    job: Path, other: Path, ask: Ask, tmp_path: Path
) -> None:
    made = json.loads((job / "out" / "case.fhir.json").read_text(encoding="utf-8"))
    patient = next(one["resource"] for one in made["entry"] if one["resource"]["resourceType"] == "Patient")
    patient["birthDate"] = "1999-01-01"
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(made), encoding="utf-8")
    code, done, _ = ask("import", file, *with_store(other))
    assert (code, done["created"], done["skipped"]) == (1, 0, 0)
    assert [(one["resource"], one["field"]) for one in done["problems"]] == [(f"Patient/{patient['id']}", "birthDate")]
    code, report, _ = ask("check-store", *with_store(other))
    assert (code, report["participants"]) == (0, 1)


def test_what_is_no_case_is_bad_input(job: Path, ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary", encoding="utf-8")
    code, said, error = ask("import", file, *with_store(job))
    assert code == 2
    assert said["error"]["message"] == error.strip()


def test_a_paper_that_a_newer_one_replaced_is_said_to_be(job: Path, ask: Ask, tmp_path: Path) -> None:
    """With the store open; without it the paper is what it is: genuine and complete."""
    mine = shutil.copytree(job, tmp_path / "mine")
    passphrase = (mine / "out" / "passphrase.txt").read_text(encoding="utf-8").strip()
    store = mine / "job.workwell"
    coach = next(one for one in read_slots(store).people if one.name == "Priya Nair")
    desk = opening.unlock(
        store, Id(coach.person), passphrase, clock=FixedClock(datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    )
    with desk.read() as reader:
        plan = reader.list(Plan)[0]
    following = plans.change_the_plan(desk, plan.id)
    plans.set_review(desk, following, date(2027, 1, 5))
    signatories.settle_signatories(
        desk, following, coach=desk.me, clinician=_clinician(desk), declined="Rather not today"
    )
    signing.sign_as_coach(desk, following, passphrase)
    signing.sign_as_clinician(desk, following, _clinician(desk), passphrase)
    with desk.read() as reader:
        newer = {one.kind for one in reader.list(Document, plan=following) if one.file is not None}
    desk.lock()
    assert newer == {PaperKind.PARTICIPANT_PLAN}
    for name in ("participant-plan.pdf", "employer-summary.pdf"):
        paper = mine / "out" / name
        code, verdict, _ = ask("verify", paper, "--store", store)
        assert (code, verdict["status"]) == (0, "complete")
        code, verdict, _ = ask("verify", paper, *with_store(mine))
        assert (code, verdict["status"], verdict["valid"]) == (1, "superseded", False), name
        code, verdict, _ = ask("verify", paper, *with_store(mine), "--trust", mine / "out" / "ca.pem")
        assert (code, verdict["status"]) == (1, "superseded")


def _clinician(desk: Any) -> Id:
    return next(one for one, _name in signatories.who_may_sign(desk, _plan(desk)).clinicians if _name == "Tom Ashdown")


def _plan(desk: Any) -> Id:
    with desk.read() as reader:
        return Id(reader.list(Plan)[0].id)


def test_an_unknown_command_is_answered_with_those_there_are(ask: Ask) -> None:
    code, said, error = ask("exprot", "somebody")
    assert code == 2
    assert "“exprot”" in error
    assert "export" in error
    assert "check-store" in error
    assert "argument" not in error
    assert said["error"]["message"] == error.strip()


def test_a_restricted_kind_is_asked_for_by_its_name(job: Path, ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "case.json"
    code, _, error = ask("export", "Daniel Whitmore", "--out", out, "--restricted", "plan", *with_store(job))
    assert (code, out.exists()) == (2, False)
    assert "safeguarding, disclosure and equality" in error
    twice = ("--restricted", "safeguarding", "--restricted", "equality")
    code, said, _ = ask("export", "Daniel Whitmore", "--out", out, *twice, *with_store(job))
    assert (code, out.exists(), said["error"]["code"]) == (3, False, "no_permission"), "a coach may send neither"


def test_a_case_travels_encrypted_by_the_command_too(job: Path, other: Path, ask: Ask, tmp_path: Path) -> None:
    out, agreed = tmp_path / "case.workwell-case", tmp_path / "agreed.txt"
    agreed.write_text("copper violin orchard\n", encoding="utf-8")
    to = ("--to", "Low Moor partnership", "--agreed", agreed, "--way", "emailed")
    code, said, _ = ask("export", "Daniel Whitmore", "--out", out, *to, *with_store(job))
    assert (code, said["error"]["code"], out.exists()) == (2, "bad_input", False)
    work = shutil.copytree(job, tmp_path / "copy")
    store = work / "job.workwell"
    passphrase = (work / "out" / "passphrase.txt").read_text(encoding="utf-8").strip()
    coach = next(one for one in read_slots(store).people if one.name == "Priya Nair")
    clock = FixedClock(datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    desk = opening.unlock(store, Id(coach.person), passphrase, clock=clock)
    with desk.read() as reader:
        [who] = reader.list(Participant)
    share = AgreementDetails(AgreementKind.SHARE, Party.SERVICE, True, "in_room", party_name="Low Moor partnership")
    agreements.record(desk, who.id, share)
    desk.lock()
    code, said, _ = ask("export", "Daniel Whitmore", "--out", out, *to, *with_store(work))
    assert (code, set(said)) == (0, {"resources", "created", "skipped", "problems"})
    assert b"Whitmore" not in out.read_bytes()
    code, _, _ = ask("import", out, *with_store(other))
    assert code == 2
    agreed.write_text("copper violin orchards\n", encoding="utf-8")
    code, wrong, _ = ask("import", out, "--agreed", agreed, *with_store(other))
    assert code == 2
    assert "passphrase" in wrong["error"]["message"]
    agreed.write_text("copper violin orchard\n", encoding="utf-8")
    code, done, _ = ask("import", out, "--agreed", agreed, *with_store(other))
    assert (code, done["problems"]) == (0, [])
    assert done["resources"] == said["resources"] == done["created"] + done["skipped"]


def test_a_signed_plan_is_read_by_import_and_makes_nothing(job: Path, other: Path, ask: Ask) -> None:
    code, said, _ = ask("import", job / "out" / "participant-plan.pdf", *with_store(other))
    assert (code, said["created"], said["problems"]) == (0, 0, [])
    assert said["skipped"] == said["resources"] > 3
    code, said, _ = ask("import", job / "out" / "employer-summary.pdf", *with_store(other))
    assert code == 2
    assert "no document" in said["error"]["message"]
