"""The whole job from one case file to signed papers, and what happens when a part of the file is wrong."""

import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import Certificate, load_pem_x509_certificates

from tests.services.conftest import CHEAP
from workwell_desktop import assets, documents
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, CaseFileInvalid, UnknownForm
from workwell_desktop.services.demo.example import example_case
from workwell_desktop.services.job import jobs
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

EXAMPLES = assets.resource("schemas", "examples")
PAPERS = {"participant-plan.pdf", "gp-summary.pdf", "employer-summary.pdf", "minutes.pdf"}


@pytest.fixture
def wrong(tmp_path: Path) -> Callable[[Callable[[dict[str, Any]], None]], Path]:
    """The back pain example with one part of it changed."""

    def change(part: Callable[[dict[str, Any]], None]) -> Path:
        case = json.loads((EXAMPLES / "low-back-pain.case.json").read_text(encoding="utf-8"))
        part(case)
        path = tmp_path / "wrong.case.json"
        path.write_text(json.dumps(case), encoding="utf-8")
        return path

    return change


def trust(out: Path) -> list[bytes]:
    pem = load_pem_x509_certificates((out / "ca.pem").read_bytes())
    return [one.public_bytes(Encoding.DER) for one in pem]


@dataclass(frozen=True)
class Done:
    """A job that was done."""

    name: str
    made: tuple[jobs.MadeFile, ...]
    out: Path
    temporary: Path
    """The folder for whatever is thrown away."""
    store: Path | None = None


@pytest.fixture(scope="module", params=["low-back-pain", "anxiety"])
def done(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Each shipped example, once; the second with a store of its own."""
    folder, name = tmp_path_factory.mktemp("job"), str(request.param)
    temporary = folder / "temporary"
    temporary.mkdir()
    store = folder / "kept.workwell" if name == "anxiety" else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        made = jobs.run_job(EXAMPLES / f"{name}.case.json", folder / "out", store=store, profile=CHEAP)
    return Done(name, tuple(made), folder / "out", temporary, store)


def test_each_example_leaves_signed_papers_that_are_genuine(done: Done) -> None:
    written = {Path(one.path).name for one in done.made if one.refused is None}
    refused = {Path(one.path).name for one in done.made if one.refused is not None}
    kept = {"passphrase.txt"} if done.store else set()
    assert written | refused == PAPERS | {"case.fhir.json", "ca.pem"} | kept
    assert refused == ({"employer-summary.pdf"} if done.name == "anxiety" else set())
    assert {path.name for path in done.out.iterdir()} == written
    for paper in PAPERS & written:
        verdict = documents.verify((done.out / paper).read_bytes(), trust(done.out))
        assert verdict.valid, f"{paper}: {verdict.code}"
    assert all(set(one.as_json()) <= {"path", "kind", "sha256", "refused"} for one in done.made)


def test_a_refused_paper_is_listed_with_what_the_person_said(done: Done) -> None:
    refused = [one.as_json() for one in done.made if one.refused]
    said = {
        "path": str(done.out / "employer-summary.pdf"),
        "kind": "employer_summary",
        "refused": "There is no employer, and the old one is not to hear of this.",
    }
    assert refused == ([said] if done.name == "anxiety" else [])


def test_nothing_of_the_throw_away_store_is_left(done: Done) -> None:
    assert list(done.temporary.iterdir()) == []


def test_a_store_of_ones_own_stays_and_opens_with_the_passphrase(done: Done) -> None:
    if done.store is None:
        assert not (done.out / "passphrase.txt").exists()
        assert [path.name for path in done.out.parent.glob("*.workwell")] == []
        return
    person = Id(read_slots(done.store).people[0].person)
    passphrase = (done.out / "passphrase.txt").read_text(encoding="utf-8").strip()
    opening.unlock(done.store, person, passphrase, clock=SystemClock(), profile=CHEAP).lock()


def set_in(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(case: dict[str, Any]) -> None:
        place: Any = case
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (set_in("participant", "birth_date", to="1984-02-30"), "participant.birth_date"),
        (set_in("work", "usual_hours", to="many"), "work.usual_hours"),
        (set_in("session", "chair", to="nobody"), "session.chair"),
        (set_in("assessments", 1, "answers", "phq4-1", to="often"), "assessments[1].answers.phq4-1"),
        (set_in("assessments", 1, "answers", "phq4-77", to="LA6568-5"), "assessments[1].answers.phq4-77"),
        (set_in("assessments", 0, "answers", "wh-off-since", to="last year"), "assessments[0].answers.wh-off-since"),
        (set_in("people", 1, "roles", to=["wizard"]), "people[1].roles"),
        (set_in("agreements", 0, "given", to=False), "agreements"),
        (set_in("session", "outcome", to="perhaps"), "session.outcome"),
    ],
)
def test_a_wrong_part_is_named_and_nothing_is_left(
    wrong: Callable[..., Path], tmp_path: Path, change: Callable[[dict[str, Any]], None], where: str
) -> None:
    out = tmp_path / "out"
    with pytest.raises(CaseFileInvalid) as refused:
        jobs.run_job(wrong(change), out, profile=CHEAP)
    assert refused.value.params["where"] == where
    assert refused.value.params["problem"]
    assert not out.exists()


def test_an_unknown_questionnaire_is_said_to_be_unknown(wrong: Callable[..., Path], tmp_path: Path) -> None:
    url = "https://workwell-desktop.example/forms/nowhere"
    with pytest.raises(UnknownForm) as refused:
        jobs.run_job(wrong(set_in("assessments", 0, "form", to=url)), tmp_path / "out", profile=CHEAP)
    assert refused.value.params["url"] == url


def test_a_session_below_the_quorum_decides_nothing(wrong: Callable[..., Path], tmp_path: Path) -> None:
    def alone(case: dict[str, Any]) -> None:
        case["session"]["attendance"] = [{"person": "coach", "presence": "present"}]

    with pytest.raises((CaseFileInvalid, BadInput)):
        jobs.run_job(wrong(alone), tmp_path / "out", profile=CHEAP)


def test_a_case_that_never_asked_about_the_employer_makes_no_paper_for_them(
    wrong: Callable[..., Path], tmp_path: Path
) -> None:
    path = wrong(set_in("papers", to=[{"kind": "gp_summary", "approved": True}]))
    made = {one.kind: one for one in jobs.run_job(path, tmp_path / "out", profile=CHEAP)}
    assert made["employer_summary"].refused
    assert made["gp_summary"].refused is None


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2027, 1, 1), date(2028, 2, 29)])
def test_the_shipped_example_is_laid_out_around_any_day(day: date) -> None:
    case = example_case(day)
    assert case["today"] == day.isoformat()
    assert case["participant"]["birth_date"] == "1984-03-09"
    weeks = [date.fromisoformat(week["starts_on"]) for week in case["return_weeks"]]
    assert all(week.weekday() == 0 and week > day for week in weeks)


@pytest.mark.parametrize("years", [-6, 2])
def test_papers_of_another_day_hold_on_that_day_and_on_the_computers(years: int, tmp_path: Path) -> None:
    """Whoever checks them does it by the clock of a computer, today; the case may have been another year's."""

    def moved(found: re.Match[str]) -> str:
        day = date.fromisoformat(found[0])
        return found[0] if day.year < 2015 else (day + timedelta(days=364 * years)).isoformat()

    written = (EXAMPLES / "anxiety.case.json").read_text(encoding="utf-8")
    case = tmp_path / "moved.case.json"
    case.write_text(re.sub(r"\d{4}-\d\d-\d\d", moved, written), encoding="utf-8")
    made = jobs.run_job(case, tmp_path / "out", profile=CHEAP)
    assert [one for one in made if one.path.endswith(".pdf") and one.refused is None]
    played = datetime.fromisoformat(f"{json.loads(case.read_text(encoding='utf-8'))['today']}T12:00+00:00")
    held = certificates(tmp_path / "out")
    assert len(held) > 3
    for one in held:
        for moment in (played, SystemClock().now()):
            assert one.not_valid_before_utc <= moment <= one.not_valid_after_utc, one.subject.rfc4514_string()


def certificates(out: Path) -> list[Certificate]:
    """Of the root, and of every signature in the papers."""
    found = list(load_pem_x509_certificates((out / "ca.pem").read_bytes()))
    for paper in out.glob("*.pdf"):
        for contents in re.findall(rb"/Contents\s*<([0-9a-fA-F]{200,})>", paper.read_bytes()):
            padded = bytes.fromhex(contents.decode())
            found += pkcs7.load_der_pkcs7_certificates(padded[: 4 + int.from_bytes(padded[2:4])])
    return found
