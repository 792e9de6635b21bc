"""The command line's promise: names, options, exit codes and JSON keys stay."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import CHEAP
from workwell_desktop import __version__, assets, cli, commands
from workwell_desktop.domain.clock import Clock
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import places
from workwell_desktop.store import Argon2Profile

EXAMPLE = assets.resource("schemas", "examples", "low-back-pain.case.json")
PAPERS = {"participant-plan.pdf", "gp-summary.pdf", "employer-summary.pdf", "minutes.pdf"}
JOB_FILES = PAPERS | {"case.fhir.json", "ca.pem"}


class NoScreen:
    """A person's window is not what these tests are about; what is asked of it is written down."""

    def __init__(self) -> None:
        self.opened: list[Path | None] = []

    def open_window(self, store: Path | None, clock: Clock) -> int:
        self.opened.append(store)
        return 0

    def draw_main_pages(self, desk: Desk, out: Path) -> Sequence[Path]:
        out.mkdir(parents=True)
        picture = out / "today.png"
        picture.write_bytes(desk.me.encode())
        return [picture]

    def draw_every_page(self, out: Path, clock: Clock, *, guide: bool = False, language: str = "") -> Sequence[Path]:
        return [out / f"{'guide' if guide else clock.today().isoformat()}{language}.png"]


Ask = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Runs a command with ``--json``: exit code, the object, standard error."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))
    cheap_passphrases(monkeypatch)

    def run(*words: object) -> tuple[int, dict[str, Any], str]:
        code = cli.main([str(word) for word in words] + ["--json"], NoScreen())
        said = capsys.readouterr()
        assert said.out.count("\n") == 1, "one object and nothing else on standard output"
        return code, json.loads(said.out), said.err

    return run


def cheap_passphrases(patch: pytest.MonkeyPatch) -> None:
    """What a passphrase costs is not what these tests are about."""
    for name in ("floor", "calibrated"):
        patch.setattr(Argon2Profile, name, classmethod(lambda _cls: CHEAP))


def run_job(case: Path, folder: Path) -> Path:
    """The whole job by the command line: a folder with the papers, the store and its passphrase."""
    words = ["run-job", str(case), "--out", str(folder / "out"), "--store", str(folder / "job.workwell")]
    with pytest.MonkeyPatch.context() as patch:
        cheap_passphrases(patch)
        assert cli.main(words, NoScreen()) == 0
    return folder


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One job for all tests."""
    return run_job(EXAMPLE, tmp_path_factory.mktemp("job"))


def with_store(folder: Path) -> tuple[object, ...]:
    return "--store", folder / "job.workwell", "--passphrase-file", folder / "out" / "passphrase.txt"


def test_run_job_leaves_the_named_files(job: Path) -> None:
    assert {path.name for path in (job / "out").iterdir()} == JOB_FILES | {"passphrase.txt"}


def test_every_paper_of_the_job_is_genuine_and_complete(job: Path, ask: Ask) -> None:
    for name in sorted(PAPERS):
        code, verdict, _ = ask("verify", job / "out" / name, "--trust", job / "out" / "ca.pem")
        assert (code, verdict["valid"], verdict["status"]) == (0, True, "complete"), name
        assert verdict["expected"] == verdict["present"] == len(verdict["signatures"])


def test_one_changed_byte_breaks_a_paper(job: Path, ask: Ask, tmp_path: Path) -> None:
    good = (job / "out" / "employer-summary.pdf").read_bytes()
    for place in range(len(good) // 7, len(good), len(good) // 6):
        changed = tmp_path / "changed.pdf"
        changed.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        code, verdict, _ = ask("verify", changed, "--trust", job / "out" / "ca.pem")
        assert code == 1
        assert not verdict["valid"]


def test_the_roots_of_a_named_store_serve_where_none_are_given(job: Path, ask: Ask) -> None:
    code, verdict, _ = ask("verify", job / "out" / "minutes.pdf", "--store", job / "job.workwell")
    assert (code, verdict["status"]) == (0, "complete")


def test_nobody_vouches_where_there_is_no_store(job: Path, ask: Ask) -> None:
    code, verdict, _ = ask("verify", job / "out" / "minutes.pdf")
    assert (code, verdict["status"], verdict["valid"]) == (1, "not_trusted", False)


def test_verify_of_a_missing_file_is_bad_input(ask: Ask, tmp_path: Path) -> None:
    code, said, error = ask("verify", tmp_path / "gone.pdf")
    assert code == 2
    assert said["error"]["message"] == error.strip()


def test_check_store_proves_and_counts(job: Path, ask: Ask) -> None:
    code, report, _ = ask("check-store", *with_store(job))
    assert code == 0
    assert report["ok"] is True
    assert report["participants"] == 1
    assert report["changes"] > 100
    assert report["problems"] == []


def test_a_wrong_passphrase_is_refused(job: Path, ask: Ask, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(job, copy)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not the words\n")
    code, said, _ = ask("check-store", "--store", copy / "job.workwell", "--passphrase-file", wrong)
    assert (code, said["error"]["code"]) == (3, "wrong_passphrase")


def test_backup_comes_back_whole(job: Path, ask: Ask, tmp_path: Path) -> None:
    code, backup, _ = ask("backup", tmp_path / "copy.backup", *with_store(job))
    assert (code, backup["ok"]) == (0, True)
    back = ("--store", tmp_path / "back.workwell", "--passphrase-file", job / "out" / "passphrase.txt")
    code, restored, _ = ask("restore", tmp_path / "copy.backup", *back)
    assert (code, restored["ok"], restored["sha256"]) == (0, True, backup["sha256"])
    code, report, _ = ask("check-store", *back)
    assert (code, report["participants"]) == (0, 1)
    # the first one is opened from now on, and goes on being so when another is brought back beside it
    assert places.last_store() == back[1]
    assert ask("restore", tmp_path / "copy.backup", "--store", tmp_path / "beside.workwell", *back[2:])[0] == 0
    assert places.last_store() == back[1]


def test_a_command_writes_over_no_file(job: Path, ask: Ask, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("somebody's", encoding="utf-8")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    named = (
        ("backup", there),
        ("backup", tmp_path / "nowhere"),
        ("export", "Daniel Whitmore", "--out", there),
        ("new-root", there),
        ("bundle", "write", there, "--to", "another"),
        ("bundle", "invite", there, "--for", "Anna"),
        ("hub", "enrol", "--for", "Anna", "--out", there),
    )
    for words in named:
        code, _, error = ask(*words, *with_store(job))
        assert (code, "a file of that name already" in error) == (2, True), words
    assert there.read_text(encoding="utf-8") == "somebody's"
    assert not (tmp_path / "gone").exists()
    for place, word in ((tmp_path, "is a folder"), (tmp_path / "no" / "such", "folder is not there")):
        assert word in ask("backup", place, *with_store(job))[2]
    assert ask("restore", there, "--store", tmp_path / "x.workwell")[1]["error"]["code"] == "not_a_backup"


def test_what_can_be_read_of_a_damaged_store_is_saved(job: Path, ask: Ask, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(job, copy)
    damaged = copy / "job.workwell"
    whole = damaged.read_bytes()
    damaged.write_bytes(bytes(4096) + whole[4096:])
    own = ("--store", damaged, "--passphrase-file", copy / "out" / "passphrase.txt")
    assert ask("check-store", *own)[0] == 1
    code, saved, _ = ask("repair", tmp_path / "saved.workwell", *own)
    assert (code, saved["ok"], saved["lost"]) == (0, True, {"entries": 0, "values": 0, "files": 0})
    code, report, _ = ask("check-store", "--store", tmp_path / "saved.workwell", *own[2:])
    assert (code, report["problems"]) == (0, [])
    assert damaged.read_bytes()[4096:] == whole[4096:]


def test_restore_never_takes_the_place_of_a_store(job: Path, ask: Ask, tmp_path: Path) -> None:
    ask("backup", tmp_path / "copy.backup", *with_store(job))
    before = (job / "job.workwell").read_bytes()
    code, said, _ = ask("restore", tmp_path / "copy.backup", *with_store(job))
    assert code == 2
    assert "error" in said
    assert (job / "job.workwell").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"no store at all, but long enough to be one" * 100, "not_a_store"), (None, "store_not_found")],
)
def test_what_is_no_store_is_said_so(ask: Ask, tmp_path: Path, content: bytes | None, word: str) -> None:
    path = tmp_path / "some.workwell"
    if content is not None:
        path.write_bytes(content)
    passphrase = tmp_path / "p.txt"
    passphrase.write_text("four words of mine\n")
    code, said, _ = ask("check-store", "--store", path, "--passphrase-file", passphrase)
    assert (code, said["error"]["code"]) == (2, word)


def test_shipped_forms_are_ready(ask: Ask) -> None:
    code, found, _ = ask("check-form", assets.resource("instruments"))
    assert code == 0
    assert {form["status"] for form in found["forms"]} == {"ready"}
    assert set(found["forms"][0]) == {"path", "url", "version", "title", "status", "problems"}


def test_what_is_no_form_is_refused(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "not.json"
    file.write_text("{")
    code, found, _ = ask("check-form", file)
    assert code == 1
    assert found["forms"][0]["status"] == "refused"


def test_fill_computes_the_total_afresh(ask: Ask, tmp_path: Path) -> None:
    form = assets.resource("instruments", "gad-7.json")
    url = json.loads(form.read_text())["url"]
    response = {"resourceType": "QuestionnaireResponse", "questionnaire": url, "status": "completed", "item": []}
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(response))
    code, filled, _ = ask("fill", form, "--answers", answers)
    assert set(filled) == {"enabled", "response", "scores", "issues"}
    assert [score["value"] for score in filled["scores"] if score["linkId"] == "gad7-total"] == [None]
    assert code in (0, 1)


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"], NoScreen())
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"WorkWell Desktop {__version__}\n"


def test_site_packs_are_ready(ask: Ask) -> None:
    code, found, _ = ask("check-site", assets.resource("sites"))
    assert code == 0
    assert {site["status"] for site in found["sites"]} == {"ready"}


def test_a_wrong_line_of_a_pack_is_named(ask: Ask, tmp_path: Path) -> None:
    pack = assets.resource("sites", "generic.toml").read_text(encoding="utf-8").replace("999", "998")
    (tmp_path / "wrong.toml").write_text(pack, encoding="utf-8")
    code, found, _ = ask("check-site", tmp_path)
    assert code == 1
    problem = found["sites"][0]["problems"][0]
    assert set(problem) == {"file", "line", "field", "message"}


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [(("bogus",), 2), (("run-job",), 2), (("demo", "--today", "2026-02-30"), 2)],
)
def test_usage_is_bad_input_in_one_line(ask: Ask, words: Sequence[str], exit_code: int) -> None:
    code, said, error = ask(*words)
    assert code == exit_code
    assert error.count("\n") == 1
    assert said["error"]["message"] == error.strip()


def test_a_wrong_case_file_names_the_place(ask: Ask, tmp_path: Path) -> None:
    case = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    case["today"] = "2026-13-01"
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    code, said, _ = ask("run-job", file, "--out", tmp_path / "out")
    assert (code, said["error"]["code"]) == (2, "case_file_invalid")
    assert "today" in said["error"]["message"]
    assert not (tmp_path / "out").exists()


def test_without_a_command_the_window_opens(tmp_path: Path) -> None:
    screen = NoScreen()
    assert cli.main(["--store", str(tmp_path / "mine.workwell")], screen) == 0
    assert screen.opened == [tmp_path / "mine.workwell"]


def test_no_trace_reaches_a_person(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_given: object) -> commands.Outcome:
        raise RuntimeError("Danielle Marsh")

    monkeypatch.setitem(cli.KNOWN, "check-site", fail)
    assert cli.main(["check-site", "x"], NoScreen()) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert "Danielle" not in said.err


def test_a_store_named_before_the_command_is_the_one_that_is_meant(job: Path, ask: Ask) -> None:
    code, report, _ = ask(
        "--store", job / "job.workwell", "check-store", "--passphrase-file", job / "out" / "passphrase.txt"
    )
    assert (code, report["ok"], report["participants"]) == (0, True, 1)


def test_verify_says_to_a_person_who_signed_and_when(job: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["verify", str(job / "out" / "minutes.pdf"), "--trust", str(job / "out" / "ca.pem")]
    assert cli.main(words, NoScreen()) == 0
    said = capsys.readouterr().out
    assert "    Tom Ashdown, Occupational therapist, OT00000, Tuesday 17 November 2026, 2:09pm\n" in said


def test_a_file_that_is_no_paper_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "notes.pdf"
    other.write_text("notes")
    assert cli.main(["verify", str(other)], NoScreen()) == 1
    assert capsys.readouterr().out == "This file cannot be read as a signed paper.\n"


def test_what_nobody_foresaw_is_said_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def surprised(*_: object) -> None:
        raise ZeroDivisionError("somebody's name")

    monkeypatch.setitem(cli.KNOWN, "check-form", surprised)
    assert cli.main(["check-form", "any", "--json"], NoScreen()) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["code"] == "unexpected"
    assert "somebody" not in said.out + said.err
    assert "Help >" not in said.err
