"""What people and disks do to files: each gives one clear sentence and the right exit code, and loses nothing."""

import copy
import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from tests.services.conftest import CHEAP, FIRST
from tests.test_cli import NoScreen
from workwell_desktop import assets, cli
from workwell_desktop.catalogue import sentence
from workwell_desktop.domain.case_file import parse_case
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import (
    BadInput,
    CaseFileInvalid,
    DamagedStore,
    DiskFull,
    NotAStore,
    TooSoon,
    UnfinishedStore,
    WorkWellError,
    WrongPassphrase,
)
from workwell_desktop.services.job import jobs
from workwell_desktop.services.safekeeping import opening, places
from workwell_desktop.store import engine, read_slots, restore_backup, slots
from workwell_desktop.store.beside import is_whole, mark_path
from workwell_desktop.store.keys import tries

EXAMPLES = assets.resource("schemas", "examples")
CASES = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.json"))}
SECRET = "Zzyxqw has told nobody"
WRONG: tuple[Any, ...] = (None, True, 5, -1.5, "", SECRET, "2026-02-30", [SECRET], {"a": SECRET}, "\x07", "\ud800")

Told = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished job with its store, made once."""
    folder = tmp_path_factory.mktemp("job")
    jobs.run_job(EXAMPLES / "anxiety.case.json", folder / "out", store=folder / "job.workwell", profile=CHEAP)
    return folder


@pytest.fixture
def store(job: Path, tmp_path: Path) -> Path:
    """A copy of its store to break."""
    for file in job.glob("job.workwell*"):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / "job.workwell"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Told:
    """Runs a command: exit code, its one object, standard error."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))

    def run(*words: object) -> tuple[int, dict[str, Any], str]:
        code = cli.main([str(word) for word in words] + ["--json"], NoScreen())
        said = capsys.readouterr()
        assert said.out.count("\n") == 1
        assert said.err.count("\n") <= 1
        return code, json.loads(said.out), said.err

    return run


def passphrase(job: Path) -> str:
    return (job / "out" / "passphrase.txt").read_text(encoding="utf-8").strip()


def unlock(path: Path, words: str) -> None:
    opening.unlock(path, Id(read_slots(path).people[0].person), words, clock=SystemClock()).lock()


# --- keys -----------------------------------------------------------------------------------------------------------


def flipped(path: Path, at: int) -> None:
    """Another letter that a slot may hold, so that the file is JSON still."""
    content = bytearray(path.read_bytes())
    content[at] = ord("0") if content[at] != ord("0") else ord("1")
    path.write_bytes(content)


def test_a_byte_lost_in_the_key_slots_costs_nothing_while_the_copy_is_whole(store: Path, job: Path) -> None:
    keys = slots.keys_path(store)
    flipped(keys, keys.read_bytes().index(b'"own": "') + 40)
    unlock(store, passphrase(job))


def test_key_slots_that_are_damaged_twice_are_not_called_a_wrong_passphrase(store: Path, job: Path) -> None:
    for keys in (slots.keys_path(store), slots.copy_path(store)):
        flipped(keys, keys.read_bytes().index(b'"own": "') + 40)
    with pytest.raises(DamagedStore):
        unlock(store, passphrase(job))


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe", b"7", b""])
def test_key_slots_that_are_no_slots_are_said_so(store: Path, content: bytes) -> None:
    slots.keys_path(store).write_bytes(content)
    slots.copy_path(store).write_bytes(content)
    with pytest.raises((DamagedStore, NotAStore)):
        read_slots(store)


def test_a_folder_is_no_store(tmp_path: Path, told: Told) -> None:
    words = tmp_path / "p.txt"
    words.write_text("any words at all\n")
    code, said, _ = told("check-store", "--store", tmp_path, "--passphrase-file", words)
    assert (code, said["error"]["code"]) == (2, "not_a_store")


def test_a_try_within_the_wait_is_not_called_wrong(store: Path, job: Path, told: Told, tmp_path: Path) -> None:
    words = tmp_path / "wrong.txt"
    words.write_text("not the words\n")
    command = ("check-store", "--store", store, "--passphrase-file")
    for _ in range(tries.FREE):
        code, said, _ = told(*command, words)
        assert (code, said["error"]["code"]) == (3, "wrong_passphrase")
    assert "5 seconds" in said["error"]["message"]
    code, said, _ = told(*command, job / "out" / "passphrase.txt")
    assert (code, said["error"]["code"]) == (3, TooSoon.code)
    assert "second" in said["error"]["message"]
    assert "not the passphrase" not in said["error"]["message"]


# --- half-made ------------------------------------------------------------------------------------------------------

_KILLED = """
import os, sys
from pathlib import Path
from tests.services.conftest import CHEAP, FIRST
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import {module}
{module}.{act} = lambda *_: os.kill(os.getpid(), 9)
{call}
"""
_CREATE = "opening.create(Path(sys.argv[1]), FIRST, clock=SystemClock(), profile=CHEAP)"
_RESTORE = (
    "from workwell_desktop.services.safekeeping import upkeep; upkeep.restore(Path(sys.argv[2]), Path(sys.argv[1]))"
)


def killed(path: Path, module: str, act: str, call: str, *words: Path) -> None:
    script = _KILLED.format(module=module, act=act, call=call)
    run = subprocess.run([sys.executable, "-c", script, path, *words], check=False, cwd=Path(__file__).parents[1])
    assert run.returncode == -signal.SIGKILL


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize(("module", "act"), [("slots", "save"), ("beside", "finished")])
def test_a_store_killed_while_being_made_is_begun_again_at_the_same_place(
    tmp_path: Path, module: str, act: str
) -> None:
    path = tmp_path / "mine.workwell"
    killed(path, module, act, _CREATE)
    assert path.exists()
    with pytest.raises(UnfinishedStore):
        read_slots(path)
    desk, _code = opening.create(path, FIRST, clock=SystemClock(), profile=CHEAP)
    desk.lock()
    assert is_whole(path)
    unlock(path, FIRST.passphrase)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize(("module", "act"), [("slots", "save"), ("beside", "finished")])
def test_a_restore_that_was_killed_is_done_again(store: Path, job: Path, tmp_path: Path, module: str, act: str) -> None:
    backup, path = tmp_path / "a.backup", tmp_path / "back.workwell"
    desk = opening.unlock(store, Id(read_slots(store).people[0].person), passphrase(job), clock=SystemClock())
    desk.store.backup(backup)
    desk.lock()
    killed(path, module, act, _RESTORE, backup)
    with pytest.raises(WorkWellError):
        read_slots(path)
    restore_backup(backup, path)
    unlock(path, passphrase(job))
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_store_that_could_not_be_begun_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise DiskFull

    monkeypatch.setattr("workwell_desktop.services.assessing.library.bring_in_shipped", full)
    with pytest.raises(DiskFull):
        opening.create(tmp_path / "mine.workwell", FIRST, clock=SystemClock(), profile=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_mark_never_lets_a_store_in_use_be_taken_away(store: Path, job: Path) -> None:
    desk = opening.unlock(store, Id(read_slots(store).people[0].person), passphrase(job), clock=SystemClock())
    mark_path(store).touch()
    try:
        with pytest.raises(WorkWellError):
            opening.create(store, FIRST, clock=SystemClock(), profile=CHEAP)
        assert store.exists()
    finally:
        mark_path(store).unlink()
        desk.lock()


def test_a_job_that_fails_takes_away_its_own_store_and_nothing_of_a_like_name(tmp_path: Path) -> None:
    case = copy.deepcopy(CASES["anxiety.case.json"])
    case["session"]["rationale"] = "中"
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    (tmp_path / "case-notes.txt").write_text("kept")
    with pytest.raises(CaseFileInvalid) as refused:
        jobs.run_job(file, tmp_path / "out", store=tmp_path / "case", profile=CHEAP)
    assert (refused.value.params["where"], "U+4E2D" in str(refused.value.params)) == ("session.rationale", True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case-notes.txt", "case.json"]


def test_the_passphrase_of_a_job_is_for_its_owner_alone(job: Path) -> None:
    if os.name != "nt":
        assert (job / "out" / "passphrase.txt").stat().st_mode & 0o077 == 0


def test_a_backup_that_nobody_could_open_is_not_left_as_a_store(
    store: Path, job: Path, told: Told, tmp_path: Path
) -> None:
    backup, back, wrong = tmp_path / "a.backup", tmp_path / "back.workwell", tmp_path / "wrong.txt"
    wrong.write_text("not the words\n")
    words = ("--passphrase-file", job / "out" / "passphrase.txt")
    assert told("backup", backup, "--store", store, *words)[0] == 0
    assert told("restore", backup, "--store", back, "--passphrase-file", wrong)[0] == 3
    code, restored, _ = told("restore", backup, "--store", back, *words)
    assert (code, restored["ok"]) == (0, True)


def test_a_home_that_cannot_be_written_stops_nothing(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "file"))
    places.remember(store)
    assert places.last_store() is None


# --- a full disk ----------------------------------------------------------------------------------------------------


def test_an_io_error_of_a_full_disk_is_not_called_damage(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = driver.OperationalError("disk I/O error")
    with pytest.raises(DamagedStore), engine.troubles(store):
        raise failed
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    with pytest.raises(DiskFull), engine.troubles(store):
        raise failed


@pytest.mark.skipif(sys.platform != "linux", reason="no limit to set")
def test_a_file_that_may_not_grow_is_a_full_disk_and_no_damage(store: Path, job: Path) -> None:
    """As on a disk that takes no larger file, or where a person's share is used up."""
    words = job / "out" / "passphrase.txt"
    script = (
        "import resource, sys; size = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_FSIZE, (size, size));"
        "from tests.test_cli import NoScreen; from workwell_desktop import cli;"
        "sys.exit(cli.main(['check-store', '--store', sys.argv[2], '--passphrase-file', sys.argv[3]], NoScreen()))"
    )
    before = store.read_bytes()
    run = subprocess.run(
        # -B: a compiled module that was cut at the limit would stand in the way of every later run
        [sys.executable, "-B", "-c", script, str(20_000), store, words],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (2, f"{sentence(DiskFull())}\n")
    assert store.read_bytes() == before
    unlock(store, passphrase(job))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Three megabytes; needs the right to mount."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    asked = [mount or "mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() != 0 or not mount or subprocess.run(asked, check=False).returncode:
        pytest.skip("may not mount")
    yield folder
    subprocess.run([umount or "umount", str(folder)], check=True)


def test_a_store_on_a_full_disk_is_whole_again_when_there_is_room(
    small_disk: Path, store: Path, job: Path, told: Told
) -> None:
    for file in store.parent.glob("job.workwell*"):
        shutil.copy(file, small_disk / file.name)
    with (small_disk / "fill").open("wb", buffering=0) as fill, suppress(OSError):
        while fill.write(bytes(4096)):
            """Until there is no room."""
    command = ("check-store", "--store", small_disk / store.name, "--passphrase-file", job / "out" / "passphrase.txt")
    code, said, _ = told(*command)
    assert (code, said["error"]["code"]) == (2, "disk_full")
    (small_disk / "fill").unlink()
    code, report, _ = told(*command)
    assert (code, report["ok"]) == (0, True)


def test_papers_that_find_no_room_leave_nothing_behind(small_disk: Path, told: Told) -> None:
    (small_disk / "fill").write_bytes(bytes(2_900_000))
    code, said, _ = told("run-job", EXAMPLES / "anxiety.case.json", "--out", small_disk / "out")
    assert (code, said["error"]["code"]) == (2, "disk_full")
    assert [path.name for path in small_disk.iterdir()] == ["fill"]


# --- case files -----------------------------------------------------------------------------------------------------


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = False
    for step, one in below:
        found = True
        yield from leaves(one, (*path, step))
    if not found:
        yield path


def changed(case: Any, path: tuple[Any, ...], value: Any) -> bytes:
    whole = copy.deepcopy(case)
    place = whole
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(whole).encode()


def broken_sentences(name: str, every: int) -> Iterator[str]:
    """Where a wrong leaf gives anything but a valid case or one sentence that names a place and repeats nothing."""
    tried = [(path, wrong) for path in leaves(CASES[name]) for wrong in WRONG]
    for path, wrong in tried[::every]:
        try:
            parse_case(changed(CASES[name], path, wrong))
        except CaseFileInvalid as refused:
            said = sentence(refused)
            if SECRET in said or "\n" in said or not refused.params["where"] or refused.exit_code != 2:
                yield f"{path}: {said}"


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_wrong_leaf_of_a_case_file_is_named_and_not_repeated(name: str) -> None:
    assert list(broken_sentences(name, 17)) == []


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(CASES))
def test_every_wrong_leaf_of_a_case_file_is_named_and_not_repeated(name: str) -> None:
    assert list(broken_sentences(name, 1)) == []


@pytest.mark.parametrize("letter", ["\ud800", "\x00", "\x1b"])
def test_a_sign_that_is_no_letter_is_refused_at_its_place(letter: str) -> None:
    with pytest.raises(CaseFileInvalid) as refused:
        parse_case(changed(CASES["anxiety.case.json"], ("participant", "given_name"), f"Kim{letter}"))
    assert refused.value.params["where"] == "participant.given_name"


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"{", b'{"today": NaN}', b"\xff\xfe", b"[" * 200_000, b'{"today": ' + b"9" * 5000 + b"}"],
)
def test_what_is_no_case_file_is_said_so(content: bytes) -> None:
    with pytest.raises(CaseFileInvalid) as refused:
        parse_case(content)
    assert "\n" not in sentence(refused.value)


def test_a_name_of_any_length_fits_a_sentence() -> None:
    with pytest.raises(CaseFileInvalid) as refused:
        parse_case(changed(CASES["anxiety.case.json"], ("participant", "x\n" * 5000), 1))
    assert "\n" not in sentence(refused.value)
    assert len(sentence(refused.value)) < 400


# --- the command line -----------------------------------------------------------------------------------------------


def test_a_store_in_the_way_is_not_blamed_on_the_case_file(store: Path, told: Told, tmp_path: Path) -> None:
    before = store.read_bytes()
    code, said, _ = told("run-job", EXAMPLES / "anxiety.case.json", "--out", tmp_path / "out", "--store", store)
    assert code == 2
    assert "already" in said["error"]["message"]
    assert "people" not in said["error"]["message"]
    assert store.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file")
def test_a_file_without_an_end_is_not_read_to_its_end(told: Told, tmp_path: Path) -> None:
    code, said, _ = told("run-job", "/dev/zero", "--out", tmp_path / "out")
    assert (code, said["error"]["code"]) == (2, "bad_input")
    assert "bigger" in said["error"]["message"]


def test_a_paper_far_too_large_is_not_genuine(told: Told, tmp_path: Path) -> None:
    file = tmp_path / "large.pdf"
    with file.open("wb") as large:
        large.write(b"%PDF-1.7\n")
        large.truncate(1 << 33)
    code, verdict, _ = told("verify", file)
    assert (code, verdict["status"]) == (1, "unreadable")


def test_a_folder_where_a_file_is_needed_is_called_a_folder(job: Path, told: Told) -> None:
    minutes = job / "out" / "minutes.pdf"
    commands = [("verify", job), ("verify", minutes, "--trust", job), ("run-job", job, "--out", job / "never")]
    for words in commands:
        code, said, _ = told(*words)
        assert code == 2
        assert "folder, and a file" in said["error"]["message"]


@pytest.mark.parametrize("answers", ['{"item": NaN}', "[" * 100_000, "[]", "9" * 5000, ""])
def test_answers_that_are_no_object_are_bad_input(told: Told, tmp_path: Path, answers: str) -> None:
    file = tmp_path / "answers.json"
    file.write_text(answers)
    code, said, _ = told("fill", assets.resource("instruments", "gad-7.json"), "--answers", file)
    assert (code, said["error"]["code"]) == (2, "bad_input")


@pytest.mark.parametrize("items", ["all of it", {"linkId": "gad7"}, 7, [{"linkId": "gad7", "item": "the rest"}]])
def test_answers_in_another_shape_are_never_dropped_in_silence(told: Told, tmp_path: Path, items: object) -> None:
    form = assets.resource("instruments", "gad-7.json")
    url = json.loads(form.read_text(encoding="utf-8"))["url"]
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"resourceType": "QuestionnaireResponse", "questionnaire": url, "item": items}))
    code, filled, _ = told("fill", form, "--answers", file)
    assert code == 1
    assert [one["code"] for one in filled["issues"]].count("itemsNotAList") == 1


def test_a_demonstration_says_one_object(store: Path, told: Told) -> None:
    code, said, _ = told("demo", "--store", store)
    assert (code, said["store"]) == (0, str(store))


def test_letters_that_a_terminal_lacks_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert cli.main(["run-job", "gone", "--out", "gone\udcff", "--json", "“"], NoScreen()) == 2
    sys.stdout.flush()
    assert "“" in json.loads(raw.getvalue())["error"]["message"]


def test_half_a_letter_is_refused_without_repeating_the_text(store: Path, job: Path) -> None:
    desk = opening.unlock(store, Id(read_slots(store).people[0].person), passphrase(job), clock=SystemClock())
    try:
        with pytest.raises(BadInput) as refused, desk.store.unit(desk.identity) as unit:
            unit.set(Person, desk.me, name=f"{SECRET} \ud800")
        assert refused.value.reason == "broken_letter"
        assert refused.value.__cause__ is None
    finally:
        desk.lock()


def test_wrong_passphrases_stay_one_kind() -> None:
    assert issubclass(TooSoon, WrongPassphrase)
    assert TooSoon.exit_code == 3
