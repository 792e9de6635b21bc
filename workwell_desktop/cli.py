"""The ``workwell`` command: names, options, exit codes and JSON keys are a promise and stay.

    words on the command line  ──▶  one function a command  ──▶  Outcome  ──▶  human lines, or one JSON object

Exit codes: 0 done; 1 the answer is "no"; 2 bad input or usage; 3 refused. An error is one line on standard error, and
with ``--json`` also one object on standard output. What needs a screen is handed in by ``app``.
"""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, NoReturn, Protocol

from workwell_desktop.catalogue import sentence, text
from workwell_desktop.domain.clock import LONDON, Clock, FixedClock, SystemClock
from workwell_desktop.errors import BadInput, DiskFull, ReadOnlyFolder, StoreNotFound, WorkWellError


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

    def draw_pages(self, out: Path, clock: Clock, *, every_look: bool) -> Sequence[Path]:
        """Draws the pages with demonstration data: the main ones, or every one in every look."""
        ...


Command = Callable[[argparse.Namespace, Screen], Outcome]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and leaves the exit to ``main``."""

    def error(self, message: str) -> NoReturn:
        raise BadInput("usage", problem=message)


def main(argv: Sequence[str], screen: Screen) -> int:
    """Runs one command; returns the exit code of design section 5. ``argv`` is without the program's name."""
    wants_json = "--json" in argv
    try:
        arguments = _parser().parse_args(argv)
        if arguments.command is None:
            return screen.open_window(arguments.store, SystemClock())
        outcome: Outcome = arguments.run(arguments, screen)
    except WorkWellError as error:
        return _say_error(error, wants_json)
    except OSError as error:
        return _say_error(_of_the_disk(error), wants_json)
    except KeyboardInterrupt:
        return 130
    _write(json.dumps(outcome.data, ensure_ascii=False) if wants_json else "\n".join(outcome.lines), sys.stdout)
    return outcome.exit_code


def _of_the_disk(error: OSError) -> WorkWellError:
    """The sentence for what an operating system says about files; the path itself may hold a name and is left out."""
    import errno

    kinds: dict[int | None, WorkWellError] = {
        errno.ENOSPC: DiskFull(),
        errno.EDQUOT: DiskFull(),
        errno.EACCES: ReadOnlyFolder(),
        errno.EROFS: ReadOnlyFolder(),
        errno.EPERM: ReadOnlyFolder(),
        errno.ENOENT: BadInput("file_missing"),
        errno.EISDIR: BadInput("is_a_folder"),
        errno.ENOTDIR: BadInput("is_a_file"),
        errno.EEXIST: BadInput("is_a_file"),
    }
    return kinds.get(error.errno, BadInput("unreadable_file"))


def _say_error(error: WorkWellError, wants_json: bool) -> int:
    said = sentence(error)
    _write(said, sys.stderr)
    if wants_json:
        _write(json.dumps({"error": {"code": error.code, "message": said}}, ensure_ascii=False), sys.stdout)
    return error.exit_code


def _write(words: str, where: IO[str]) -> None:
    if words:
        where.write(words + "\n")


# --- the parser -----------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="workwell", description=text("cli.about"))
    parser.add_argument("--store", type=Path, metavar="PATH", help=text("cli.option.store"))
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title=text("cli.commands"), metavar="", parser_class=_Parser)

    def command(name: str, run: Command, *, store: bool = False) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name, help=text(f"cli.help.{name}"), description=text(f"cli.help.{name}")
        )
        made.set_defaults(command=name, run=run)
        made.add_argument("--json", action="store_true", help=text("cli.option.json"))
        if store:
            made.add_argument("--store", type=Path, metavar="PATH", help=text("cli.option.store"))
            made.add_argument("--passphrase-file", type=Path, metavar="FILE", help=text("cli.option.passphrase_file"))
            made.add_argument("--person", metavar="NAME", help=text("cli.option.person"))
        return made

    demo = command("demo", _demo)
    demo.add_argument("--store", type=Path, metavar="PATH", help=text("cli.option.store"))
    demo.add_argument("--headless", action="store_true", help=text("cli.option.headless"))
    demo.add_argument("--out", type=Path, metavar="DIR", help=text("cli.option.out"))
    demo.add_argument("--today", type=_day, metavar="DATE", help=text("cli.option.today"))

    run_job = command("run-job", _run_job)
    run_job.add_argument("case", type=Path, metavar="CASE.json", help=text("cli.option.case"))
    run_job.add_argument("--out", type=Path, required=True, metavar="DIR", help=text("cli.option.out"))
    run_job.add_argument("--store", type=Path, metavar="PATH", help=text("cli.option.store"))

    fill = command("fill", _fill)
    fill.add_argument("form", type=Path, metavar="FORM", help=text("cli.option.form"))
    fill.add_argument("--answers", type=Path, required=True, metavar="RESPONSE", help=text("cli.option.answers"))

    check_form = command("check-form", _check_form)
    check_form.add_argument("paths", type=Path, nargs="+", metavar="PATH", help=text("cli.option.paths"))

    check_site = command("check-site", _check_site)
    check_site.add_argument("path", type=Path, metavar="PATH", help=text("cli.option.site"))

    verify = command("verify", _verify)
    verify.add_argument("file", type=Path, metavar="FILE.pdf", help=text("cli.option.pdf"))
    verify.add_argument("--trust", type=Path, metavar="CA.pem", help=text("cli.option.trust"))
    verify.add_argument("--store", type=Path, metavar="PATH", help=text("cli.option.store"))

    command("check-store", _check_store, store=True)
    backup = command("backup", _backup, store=True)
    backup.add_argument("file", type=Path, metavar="FILE", help=text("cli.option.backup"))
    restore = command("restore", _restore, store=True)
    restore.add_argument("file", type=Path, metavar="FILE", help=text("cli.option.backup"))

    screenshots = command("screenshots", _screenshots)
    screenshots.add_argument("--out", type=Path, required=True, metavar="DIR", help=text("cli.option.out"))
    screenshots.add_argument("--today", type=_day, metavar="DATE", help=text("cli.option.today"))
    return parser


def _day(written: str) -> date:
    """A calendar day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInput("impossible_date", written=written) from None


def _clock(today: date | None) -> Clock:
    """The computer's clock, or one that stands at half past ten in London on a day that was asked for."""
    if today is None:
        return SystemClock()
    return FixedClock(datetime.combine(today, time(10, 30), LONDON))


# --- the commands ---------------------------------------------------------------------------------------------------
