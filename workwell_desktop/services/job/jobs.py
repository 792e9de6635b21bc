"""The whole job with no screen: from a case file to signed papers (``workwell run-job``, ``workwell demo --headless``).

Without a store of one's own it works in a throw-away one: encrypted like every other, in a folder that is deleted.
"""

import hashlib
import json
import secrets
import shutil
import ssl
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from workwell_desktop import documents
from workwell_desktop.catalogue import text
from workwell_desktop.domain.case_file import CaseFile, read_case, strings
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.papers import PaperKind, ReleaseHow
from workwell_desktop.domain.schema import written as place_written
from workwell_desktop.errors import CaseFileInvalid, MissingGlyph
from workwell_desktop.services import whole_files
from workwell_desktop.services.demo.example import example_case
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.job.case_file import CaseRun
from workwell_desktop.services.job.case_plan import Agreed, agree_plan
from workwell_desktop.services.job.case_session import Held, hold_session
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.services.travel import bundle
from workwell_desktop.store import Argon2Profile

NAMES = {
    PaperKind.PARTICIPANT_PLAN: "participant-plan.pdf",
    PaperKind.GP_SUMMARY: "gp-summary.pdf",
    PaperKind.EMPLOYER_SUMMARY: "employer-summary.pdf",
    PaperKind.MINUTES: "minutes.pdf",
}
PASSPHRASE = "passphrase.txt"  # noqa: S105 - the name of a file


Draw = Callable[[Desk, Path], Sequence[Path]]
"""Makes pictures of the pages, as the person of the desk sees them, in a folder; gives their paths."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a job. ``path`` stands as it was asked for; a refused paper has a reason and no file."""

    path: str
    kind: str
    sha256: str | None = None
    refused: str | None = None

    def as_json(self) -> dict[str, str]:
        """The keys that the command line promises."""
        found = {"path": self.path, "kind": self.kind, "sha256": self.sha256, "refused": self.refused}
        return {key: value for key, value in found.items() if value is not None}


def run_job(
    case: Path, out: Path, *, store: Path | None = None, profile: Argon2Profile | None = None
) -> list[MadeFile]:
    """Runs the case in the file ``case`` and leaves the papers in the folder ``out``.

    Its clock is the file's own ``today``. With ``store`` the store stays there, and ``passphrase.txt`` in ``out`` opens
    it as any of its people. Raises CaseFileInvalid, UnknownForm, NoPermission and what the acts on the way raise;
    nothing is left in ``out`` then.
    """
    read = read_case(case)
    try:
        return _run(read, out, store, profile)
    except MissingGlyph as missing:
        letter = str(missing.params["letter"])
        place = next((path for path, words in strings(read) if missing.point in words), None)
        if place is None:
            raise
        raise CaseFileInvalid(place_written(place), text("jobs.no_such_letter", letter=letter)) from None


def run_demo(
    out: Path,
    *,
    clock: Clock,
    store: Path | None = None,
    profile: Argon2Profile | None = None,
    draw: Draw | None = None,
) -> list[MadeFile]:
    """The same for the shipped example, laid out around the day of ``clock``; ``draw`` makes pictures of its pages."""
    return _run(example_case(clock.today()), out, store, profile, draw)


def made_file(path: Path, kind: str) -> MadeFile:
    """A file that was written, with the hash of its bytes."""
    return MadeFile(str(path), kind, hashlib.sha256(path.read_bytes()).hexdigest())


def _run(
    case: CaseFile, out: Path, store: Path | None, profile: Argon2Profile | None, draw: Draw | None = None
) -> list[MadeFile]:
    passphrase = secrets.token_hex(12)
    with preloaded(), _place(store) as path:
        run = CaseRun(case, path, passphrase, profile or Argon2Profile.floor())
        written: list[MadeFile] = []
        try:
            run.begin()
            held = hold_session(run)
            agreed = agree_plan(run, held)
            contents = _contents(run, held, agreed)
            if store is not None:
                contents[PASSPHRASE] = ("passphrase", f"{passphrase}\n".encode())
            written = _written(out, contents)
            opening.finish(path)
            drawn = list(draw(run.coach, out / "pages")) if draw is not None else []
        except BaseException:
            for one in written:
                Path(one.path).unlink(missing_ok=True)
            run.colleagues.first.store.close()
            opening.give_up(path)
            raise
        run.colleagues.first.store.close()
    refused = [MadeFile(str(out / NAMES[kind]), kind.value, refused=why) for kind, why in agreed.refused.items()]
    return written + refused + [made_file(path, "page") for path in drawn]


def _contents(run: CaseRun, held: Held, agreed: Agreed) -> dict[str, tuple[str, bytes]]:
    """Every file by its name: its kind and its bytes."""
    desk = run.coach
    files: dict[str, tuple[str, bytes]] = {}
    papers = {line.kind: line.document for line in register.list_papers(desk, run.participant)}
    for kind, name in NAMES.items():
        if papers.get(kind) in agreed.made:
            files[name] = (kind.value, register.release(desk, papers[kind], ReleaseHow.SAVED))
    chair = run.colleagues.desk(run.case["session"]["chair"])
    files[NAMES[PaperKind.MINUTES]] = (PaperKind.MINUTES.value, register.release(chair, held.minutes, ReleaseHow.SAVED))
    made = bundle.export_case(desk, run.participant)
    files["case.fhir.json"] = ("case", json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n")
    files["ca.pem"] = ("ca", "".join(ssl.DER_cert_to_PEM_cert(root) for root in desk.store.trust()).encode())
    return files


def _written(out: Path, contents: dict[str, tuple[str, bytes]]) -> list[MadeFile]:
    """Writes all or nothing, and leaves nothing under a hidden name whatever stops it."""
    fresh = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        if PASSPHRASE in contents and (out / PASSPHRASE).exists():
            # nothing else opens the store that it belongs to
            (out / PASSPHRASE).rename(whole_files.unused(out / PASSPHRASE))
        whole_files.write(out, {name: content for name, (_kind, content) in contents.items()}, frozenset({PASSPHRASE}))
    except OSError:
        if fresh and not any(out.iterdir()):
            out.rmdir()
        raise
    return [made_file(out / name, kind) for name, (kind, _content) in contents.items()]


@contextmanager
def preloaded() -> Iterator[None]:
    """Loads what signs papers on a second thread, while the first one makes keys out of passphrases."""
    loading = Thread(target=documents.preload, name="preload")
    loading.start()
    try:
        yield
    finally:
        loading.join()


@contextmanager
def _place(store: Path | None) -> Iterator[Path]:
    if store is not None:
        yield store
        return
    folder = tempfile.mkdtemp(prefix="workwell-")
    try:
        yield Path(folder) / "job.workwell"
    finally:
        shutil.rmtree(folder)
