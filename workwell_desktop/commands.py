"""What each command of ``workwell`` does: words that were understood go in, an Outcome comes out.

The services are imported by the command that needs them, so that no command waits for what it does not use.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from workwell_desktop.catalogue import text
from workwell_desktop.domain.clock import LONDON, Clock, FixedClock, SystemClock
from workwell_desktop.errors import BadInput, StoreNotFound
from workwell_desktop.terminal import ask_passphrase, new_file, write

if TYPE_CHECKING:
    from workwell_desktop.domain.records import Id
    from workwell_desktop.services.desk import Desk
    from workwell_desktop.services.job.jobs import MadeFile


_MOST = 64 * 1024 * 1024 + 1
"""Bytes that are read of a file; whoever is handed so many says that they are too many."""
_MOST_BESIDE = 500
"""Files of a folder in which the parts of a questionnaire are looked for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command found: one object for programs, lines for people, and the exit code."""

    data: Mapping[str, Any]
    lines: Sequence[str] = field(default_factory=tuple)
    exit_code: int = 0


class Screen(Protocol):
    """What ``app`` hands over from the window's side."""

    def open_window(self, store: Path | None, clock: Clock) -> int:
        """Opens the window on a store, or on the last used one, until it is closed; gives the exit code."""
        ...

    def draw_main_pages(self, desk: "Desk", out: Path) -> Sequence[Path]:
        """Draws the main pages as the person of the desk sees them."""
        ...

    def draw_every_page(self, out: Path, clock: Clock, *, guide: bool = False, language: str = "") -> Sequence[Path]:
        """Draws every page with demonstration data, in every look; or the pictures of the guide alone.
        ``language`` is that of the screen; empty for English."""
        ...


Command = Callable[[argparse.Namespace, Screen], Outcome]


def _demo(arguments: argparse.Namespace, screen: Screen) -> Outcome:
    from workwell_desktop.services import demo
    from workwell_desktop.services.safekeeping import places
    from workwell_desktop.store import beside

    clock = _clock(arguments.today)
    if arguments.headless:
        return _made(*_timed(lambda: _headless(arguments, screen, clock)))
    path: Path = arguments.store or places.rehearsal_store()
    if not beside.is_whole(path):
        demo.make_store(path, clock=clock).store.close()
    places.remember(path)
    if not arguments.json:
        write(text("cli.say.opened", path=path), sys.stdout)
        write(text("cli.say.passphrase_is", passphrase=demo.PASSPHRASE), sys.stdout)
    data = {"store": str(path), "passphrase": demo.PASSPHRASE}
    return Outcome(data, (), screen.open_window(path, clock))


def _headless(arguments: argparse.Namespace, screen: Screen, clock: Clock) -> list["MadeFile"]:
    from workwell_desktop.services.job import jobs

    return jobs.run_demo(arguments.out, clock=clock, store=arguments.store, draw=screen.draw_main_pages)


def _run_job(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.job import jobs

    return _made(*_timed(lambda: jobs.run_job(arguments.case, arguments.out, store=arguments.store)))


def _fill(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop import forms

    try:
        answers = forms.load(bytes_of(arguments.answers))
    except forms.NotJson:
        raise BadInput("not_json") from None
    if not isinstance(answers, dict):
        raise BadInput("not_json")
    form = forms.assembled(bytes_of(arguments.form), beside=partial(_beside, arguments.form))
    given = forms.plain(forms.fill(form, answers, SystemClock().now()))
    lines = [text("cli.say.score", link_id=score["linkId"], value=_value(score)) for score in given["scores"]]
    lines += [f"{issue['linkId']}: {issue['message']}" for issue in given["issues"]]
    wrong = any(issue["severity"] == "error" for issue in given["issues"])
    return Outcome(given, lines or [text("cli.say.nothing_wrong")], 1 if wrong else 0)


def _value(score: Mapping[str, Any]) -> str:
    return text("cli.say.not_calculated") if score["value"] is None else str(score["value"])


def _check_form(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop import forms

    rows = [
        row
        for path in arguments.paths
        for file in _json_files(path)
        for row in forms.check(bytes_of(file), str(file), partial(_beside, file))
    ]
    lines: list[str] = []
    for row in rows:
        lines.append(text("cli.shelf." + row["status"], path=row["path"], title=row["title"] or row["url"] or ""))
        lines += [f"    {problem['linkId'] or '-'}: {problem['message']}" for problem in row["problems"]]
    return Outcome({"forms": rows}, lines, 1 if any(row["status"] == "refused" for row in rows) else 0)


def _beside(path: Path) -> Iterable[bytes]:
    """The files in the folder of a questionnaire, in which one that is made of parts finds them."""
    for found in sorted(path.parent.glob("*.json"))[:_MOST_BESIDE]:
        if found.is_file():
            yield bytes_of(found)


def _json_files(path: Path) -> Iterable[Path]:
    if not path.exists():
        raise BadInput("file_missing")
    return sorted(path.rglob("*.json")) if path.is_dir() else [path]


def _check_site(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.domain.site_reading import check_sites

    reports, data, lines = _checked(arguments.path, check_sites)
    return Outcome({"sites": data}, lines, 0 if all(report.status == "ready" for report in reports) else 1)


def _check_language(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.domain.language_packs import check_packs

    reports, data, lines = _checked(arguments.path, check_packs)
    return Outcome({"packs": data}, lines, 1 if any(report.status == "refused" for report in reports) else 0)


def _checked(path: Path, check: Callable[[Path], Sequence[Any]]) -> tuple[Sequence[Any], list[Any], list[str]]:
    """The reports on the packs at ``path``, the same as data, and a line for each pack and each thing wrong in it."""
    from dataclasses import asdict

    if not path.exists():
        raise BadInput("file_missing")
    reports = check(path)
    lines: list[str] = []
    for report in reports:
        lines.append(text(f"cli.shelf.{report.status}", path=report.path, title=report.name))
        lines += [f"    {one.file}:{one.line or 1} {one.field}: {one.message}" for one in report.problems]
    return reports, [asdict(report) for report in reports], lines


def _verify(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.paperwork import papers_outside
    from workwell_desktop.services.safekeeping import places

    pdf = bytes_of(arguments.file)
    given = papers_outside.roots_in(bytes_of(arguments.trust)) if arguments.trust is not None else None
    if arguments.passphrase_file is not None:
        from workwell_desktop.services.paperwork import register

        with unlocked(arguments) as desk:
            verdict = register.verify_paper(desk, pdf, given)
    else:
        store = arguments.store or places.last_store()
        # with roots of one's own no store is needed, and the one that was used last need not even be there
        beside = store if given is None or arguments.store is not None else None
        verdict = papers_outside.judged_outside(pdf, beside, given, SystemClock().now())
    # the reason of an unreadable file is the verdict itself: it is said once
    lines = list(dict.fromkeys((text(f"cli.verdict.{verdict.status}"), verdict.reason)))
    for one in verdict.signatures:
        lines += [_signature_line(one.name, one.role, one.time), one.note and text("cli.say.note", note=one.note)]
    if verdict.valid and arguments.passphrase_file is None:
        lines.append(text("cli.say.newest_unknown"))
    return Outcome(verdict.as_json(), list(filter(None, lines)), 0 if verdict.valid else 1)


def _signature_line(name: str, role: str, time: datetime | None) -> str:
    """Who signed and when, in London; a signature without a time is named all the same."""
    from workwell_desktop.domain.dates import clock_words, long_day

    if time is None:
        return text("cli.say.signature_undated", name=name, role=role)
    when = text("dates.day_at", day=long_day(time.astimezone(LONDON).date()), time=clock_words(time))
    return text("cli.say.signature", name=name, role=role, time=when)


def _export(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services import whole_files
    from workwell_desktop.services.caseload import case_finding
    from workwell_desktop.services.travel import bundle

    out = new_file(arguments.out)
    if arguments.to is not None:
        return _export_sealed(arguments)
    if arguments.code is not None or arguments.agreed is not None or arguments.way is not None:
        raise BadInput("usage", problem=text("cli.say.needs_to"))
    with unlocked(arguments) as desk:
        restricted = frozenset(arguments.restricted or ())
        made = bundle.export_case(desk, case_finding.named(desk, arguments.participant), restricted)
    written = json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n"
    whole_files.write(out.parent, {out.name: written}, frozenset({out.name}))
    data = {"resources": len(made["entry"]), "created": 0, "skipped": 0, "problems": []}
    return Outcome(data, [text("cli.say.exported", path=out, count=len(made["entry"])), text("cli.say.in_clear")])


def _export_sealed(arguments: argparse.Namespace) -> Outcome:
    """The encrypted file for the service that the person agreed may have it."""
    from workwell_desktop.domain.papers import ReleaseHow
    from workwell_desktop.services.caseload import case_finding
    from workwell_desktop.services.travel import case_out

    out, code = arguments.out, arguments.code or ""
    with unlocked(arguments) as desk:
        participant = case_finding.named(desk, arguments.participant)
        agreed = "" if code and arguments.agreed is None else _agreed(arguments.agreed)
        lock, how = case_out.Lock(agreed, code), ReleaseHow(arguments.way or "saved")
        count = case_out.send(desk, participant, arguments.to, out, lock, how, frozenset(arguments.restricted or ()))
    data = {"resources": count, "created": 0, "skipped": 0, "problems": []}
    return Outcome(data, [text("cli.say.exported", path=out, count=count), text("cli.say.sealed", name=arguments.to)])


def _agreed(file: Path | None) -> str:
    """The passphrase of a file that travels, as it was agreed."""
    return passphrase_in(file, text("cli.say.agreed_passphrase"))


def _import(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.paperwork import paper_in
    from workwell_desktop.services.travel import case_import, case_in

    source = bytes_of(arguments.file, case_import.LARGEST + 1)
    if paper_in.is_paper(source):
        return _look_at_paper(arguments, source)
    with unlocked(arguments) as desk:
        passphrase = None
        if case_in.is_sealed(source) and case_in.needs_passphrase(source):
            passphrase = _agreed(arguments.agreed)
        done = case_in.bring_in(desk, source, passphrase)
    data = {
        "resources": done.resources,
        "created": done.created,
        "skipped": done.skipped,
        "problems": [one.as_json() for one in done.problems],
    }
    lines = [text("cli.say.brought_in", created=done.created, skipped=done.skipped)]
    if done.problems and not done.created + done.skipped:
        lines = [text("cli.say.not_brought_in")]
    lines += [f"    {one.resource}, {one.field}: {one.message}" for one in done.problems]
    return Outcome(data, lines, 1 if done.problems else 0)


def _look_at_paper(arguments: argparse.Namespace, source: bytes) -> Outcome:
    """What a signed paper from elsewhere says to computer systems; nothing is made from it."""
    from workwell_desktop.services.paperwork import paper_in

    with unlocked(arguments) as desk:
        found = paper_in.look(desk, source)
    verdict = found.verdict
    wrong = [{"resource": "DocumentReference", "field": "content", "message": verdict.reason}] if found.changed else []
    lines = [text(f"cli.verdict.{verdict.status}"), verdict.reason]
    lines += [_signature_line(one.name, one.role, one.time) for one in verdict.signatures]
    lines.append(text("cli.say.paper_says", title=found.title))
    for section in found.sections:
        lines += ["", section.title, *(f"    {line}" for line in section.lines)]
    lines += ["", text("cli.say.paper_nothing_made")]
    data = {"resources": found.resources, "created": 0, "skipped": found.resources, "problems": wrong}
    return Outcome(data, lines, 1 if wrong else 0)


def _report(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.reporting import summary_files

    with unlocked(arguments) as desk:
        summary = summary_files.report(desk, arguments.first, arguments.last, arguments.out)
    files = [str(arguments.out / name) for name in (summary_files.NUMBERS, summary_files.DICTIONARY)]
    people = summary.people.value
    data = {
        "files": files,
        "from": summary.period.first.isoformat(),
        "to": summary.period.last.isoformat(),
        "participants": people,
    }
    counted = text("cli.say.too_few_counted") if people is None else text("cli.say.counted", count=people)
    return Outcome(data, [*(text("cli.say.made", path=file) for file in files), counted])


def _screenshots(arguments: argparse.Namespace, screen: Screen) -> Outcome:
    from workwell_desktop.domain.pseudo_language import PSEUDO
    from workwell_desktop.domain.screen_packs import packs

    language: str = arguments.language
    if language not in {"", *PSEUDO, *(one.language for one in packs())}:
        raise BadInput("setting_unknown")
    files = screen.draw_every_page(arguments.out, _clock(arguments.today), guide=arguments.guide, language=language)
    return Outcome({"files": [str(file) for file in files]}, [text("cli.say.drawn", count=len(files))])


# --- what several commands need -------------------------------------------------------------------------------------


def _clock(today: date | None) -> Clock:
    """The computer's clock, or one that stands at half past ten in London on a day that was asked for."""
    if today is None:
        return SystemClock()
    return FixedClock(datetime.combine(today, time(10, 30), LONDON))


def _made(files: Sequence["MadeFile"], seconds: float) -> Outcome:
    """The promise of ``run-job`` and ``demo --headless``: what was made, and what was refused with its reason."""
    rows = [file.as_json() for file in files]
    lines = [
        text("cli.say.refused", kind=file.kind, reason=file.refused)
        if file.refused is not None
        else text("cli.say.made", path=file.path)
        for file in files
    ]
    taken = round(seconds, 2)
    return Outcome({"files": rows, "seconds": taken}, [*lines, text("cli.say.seconds", seconds=taken)])


def _timed(act: Callable[[], list["MadeFile"]]) -> tuple[list["MadeFile"], float]:
    before = monotonic()
    return act(), monotonic() - before


def named_store(arguments: argparse.Namespace) -> Path:
    """The store that was named, or the one that was used last. Raises StoreNotFound."""
    from workwell_desktop.services.safekeeping import places

    path: Path | None = arguments.store or places.last_store()
    if path is None:
        raise StoreNotFound
    return path


@contextmanager
def unlocked(arguments: argparse.Namespace) -> Iterator["Desk"]:
    """The desk of whoever signs in, closed at the end whatever happens."""
    from workwell_desktop.services.safekeeping import opening

    person, passphrase = who(arguments)
    desk = opening.unlock(named_store(arguments), person, passphrase, clock=SystemClock())
    try:
        yield desk
    finally:
        desk.store.close()


def who(arguments: argparse.Namespace) -> tuple["Id", str]:
    """Whoever signs in, and the passphrase that they give."""
    from workwell_desktop.domain.records import Id
    from workwell_desktop.store import read_slots

    people = read_slots(named_store(arguments)).people
    wanted = arguments.person
    chosen = [one for one in people if wanted is None or one.name.casefold() == wanted.casefold()]
    if not chosen:
        raise BadInput("nobody_of_that_name")
    person = max(chosen, key=lambda one: one.last_opened or "")
    return Id(person.person), passphrase_in(arguments.passphrase_file, person.name)


def passphrase_in(file: Path | None, name: str) -> str:
    """From a file's first line, or asked for on the terminal; never from an argument, which others could read."""
    if file is None:
        return ask_passphrase(name)
    lines = text_of(file).splitlines()
    return lines[0] if lines else ""


def bytes_of(path: Path, most: int = _MOST) -> bytes:
    if not path.is_file():
        raise BadInput("is_a_folder" if path.is_dir() else "file_missing")
    with path.open("rb") as file:
        return file.read(most)


def text_of(path: Path) -> str:
    try:
        return bytes_of(path).decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput("not_text") from None


COMMANDS: dict[str, Command] = {
    "demo": _demo,
    "run-job": _run_job,
    "fill": _fill,
    "check-form": _check_form,
    "check-site": _check_site,
    "check-language": _check_language,
    "verify": _verify,
    "export": _export,
    "import": _import,
    "report": _report,
    "screenshots": _screenshots,
}
"""What each command does, under its name."""
