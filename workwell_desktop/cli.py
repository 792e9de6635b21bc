"""The ``workwell`` command: names, options, exit codes and JSON keys are a promise and stay.

    words on the command line  ──▶  a function of ``commands``  ──▶  Outcome  ──▶  human lines, or one JSON object

Exit codes: 0 done; 1 the answer is "no"; 2 bad input or usage; 3 refused. An error is one line on standard error, and
with ``--json`` also one object on standard output. What needs a screen is handed in by ``app``.
"""

import argparse
import errno
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from workwell_desktop import __version__
from workwell_desktop.assets import product
from workwell_desktop.catalogue import sentence, text
from workwell_desktop.commands import COMMANDS, Screen
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.errors import BadInput, DiskFull, ReadOnlyFolder, WorkWellError, WrongPassphrase, in_a_line
from workwell_desktop.hub_commands import COMMANDS as HUB_COMMANDS
from workwell_desktop.hub_commands import hub_takes
from workwell_desktop.join_commands import COMMANDS as JOIN_COMMANDS
from workwell_desktop.join_commands import join_takes
from workwell_desktop.keeping_commands import COMMANDS as KEEPING_COMMANDS
from workwell_desktop.key_commands import COMMANDS as KEY_COMMANDS
from workwell_desktop.sync_commands import COMMANDS as SYNC_COMMANDS
from workwell_desktop.terminal import one_object, write

KNOWN = COMMANDS | KEEPING_COMMANDS | SYNC_COMMANDS | HUB_COMMANDS | JOIN_COMMANDS | KEY_COMMANDS
"""What each command does, under its name."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and leaves the exit to ``main``."""

    def error(self, message: str) -> NoReturn:
        raise BadInput("usage", problem=message)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """A word that is no command is answered with the commands there are; argparse names an argument without one."""
        if isinstance(action.choices, dict) and value not in action.choices:
            raise BadInput("unknown_command", written=in_a_line(str(value)), commands=", ".join(action.choices))
        super()._check_value(action, value)


def main(argv: Sequence[str], screen: Screen) -> int:
    """Runs one command; returns its exit code. ``argv`` is without the program's name."""
    wants_json = "--json" in argv
    try:
        arguments = _parser().parse_args(argv)
        if arguments.command is None:
            return screen.open_window(arguments.store, SystemClock())
        outcome = KNOWN[arguments.command](arguments, screen)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - each has its sentence
        return stopped_by(error, wants_json)
    write(one_object(outcome.data) if wants_json else "\n".join(outcome.lines), sys.stdout)
    return outcome.exit_code


def stopped_by(error: Exception | KeyboardInterrupt, wants_json: bool = False) -> int:
    """Says why a command, or the window, could not go on; gives the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return 130
    if isinstance(error, OSError):
        error = _of_the_disk(error)
    # what nobody foresaw may hold somebody's health in its text: it is not shown
    return _say_error(error if isinstance(error, WorkWellError) else WorkWellError(), wants_json)


def _of_the_disk(error: OSError) -> WorkWellError:
    """The sentence for what an operating system says about files; the path itself may hold a name and is left out."""
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
    # the page of Help that the window names is not at hand here
    said = text("cli.say.unexpected") if type(error) is WorkWellError else sentence(error)
    if isinstance(error, WrongPassphrase) and (seconds := error.params.get("wait")):
        said = f"{said} {text('cli.say.wait', count=seconds)}"
    write(said, sys.stderr)
    if wants_json:
        write(one_object({"error": {"code": error.code, "message": said}}), sys.stdout)
    return error.exit_code


def _export_takes(export: argparse.ArgumentParser) -> None:
    export.add_argument("participant", metavar="PARTICIPANT", help=text("cli.option.participant"))
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help=text("cli.option.bundle"))
    export.add_argument("--restricted", action="append", metavar="KIND", help=text("cli.option.restricted"))
    export.add_argument("--to", metavar="NAME", help=text("cli.option.to"))
    export.add_argument("--code", metavar="CODE", help=text("cli.option.code"))
    export.add_argument("--agreed", type=Path, metavar="FILE", help=text("cli.option.agreed"))
    ways = ("handed_over", "emailed", "posted", "saved")
    export.add_argument("--way", choices=ways, metavar="WAY", help=text("cli.option.way", ways=", ".join(ways)))


def _sync_takes(sync: argparse.ArgumentParser) -> None:
    sync.add_argument("--hub", metavar="URL", help=text("cli.option.hub"))
    sync.add_argument("--invitation", type=Path, metavar="FILE", help=text("cli.option.invitation"))
    sync.add_argument("--code-file", type=Path, metavar="FILE", help=text("cli.option.code_file"))


def _bundle_takes(bundle: argparse.ArgumentParser) -> None:
    bundle.add_argument(
        "act", choices=("write", "read", "invite"), metavar="write|read|invite", help=text("cli.option.bundle_act")
    )
    bundle.add_argument("file", type=Path, metavar="FILE", help=text("cli.option.changes"))
    bundle.add_argument("--to", metavar="DEVICE", help=text("cli.option.device"))
    bundle.add_argument("--label", default="", metavar="NAME", help=text("cli.option.hub_label"))
    bundle.add_argument("--new-keys", action="store_true", help=text("cli.option.new_keys"))
    bundle.add_argument("--for", dest="people", action="append", metavar="NAME", help=text("cli.option.works_there"))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="workwell", description=text("cli.about"))
    parser.add_argument("--store", type=Path, metavar="PATH", help=text("cli.option.store"))
    parser.add_argument("--version", action="version", version=_version(), help=text("cli.option.version"))
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title=text("cli.commands"), metavar="", parser_class=_Parser)

    def store_of(made: argparse.ArgumentParser) -> None:
        # without a default of its own, or it would put None over a store named before the command
        made.add_argument(
            "--store", type=Path, metavar="PATH", help=text("cli.option.store"), default=argparse.SUPPRESS
        )

    def command(name: str, *, store: bool = False) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            name, help=text(f"cli.help.{name}"), description=text(f"cli.help.{name}")
        )
        made.set_defaults(command=name)
        made.add_argument("--json", action="store_true", help=text("cli.option.json"))
        if store:
            store_of(made)
            made.add_argument("--passphrase-file", type=Path, metavar="FILE", help=text("cli.option.passphrase_file"))
            made.add_argument("--person", metavar="NAME", help=text("cli.option.person"))
        return made

    demo = command("demo")
    store_of(demo)
    demo.add_argument("--headless", action="store_true", help=text("cli.option.headless"))
    demo.add_argument("--out", type=Path, default=Path("workwell-demo"), metavar="DIR", help=text("cli.option.out"))
    demo.add_argument("--today", type=_day, metavar="DATE", help=text("cli.option.today"))

    run_job = command("run-job")
    run_job.add_argument("case", type=Path, metavar="CASE.json", help=text("cli.option.case"))
    run_job.add_argument("--out", type=Path, required=True, metavar="DIR", help=text("cli.option.out"))
    store_of(run_job)

    fill = command("fill")
    fill.add_argument("form", type=Path, metavar="FORM", help=text("cli.option.form"))
    fill.add_argument("--answers", type=Path, required=True, metavar="RESPONSE", help=text("cli.option.answers"))

    command("check-form").add_argument("paths", type=Path, nargs="+", metavar="PATH", help=text("cli.option.paths"))

    for check in ("site", "language"):
        command(f"check-{check}").add_argument("path", type=Path, metavar="PATH", help=text(f"cli.option.{check}"))

    verify = command("verify", store=True)
    verify.add_argument("file", type=Path, metavar="FILE.pdf", help=text("cli.option.pdf"))
    verify.add_argument("--trust", type=Path, metavar="CA.pem", help=text("cli.option.trust"))

    _export_takes(command("export", store=True))
    bring_in = command("import", store=True)
    bring_in.add_argument("file", type=Path, metavar="FILE", help=text("cli.option.bundle"))
    bring_in.add_argument("--agreed", type=Path, metavar="FILE", help=text("cli.option.agreed"))

    report = command("report", store=True)
    report.add_argument("--from", dest="first", type=_day, required=True, metavar="DATE", help=text("cli.option.first"))
    report.add_argument("--to", dest="last", type=_day, required=True, metavar="DATE", help=text("cli.option.last"))
    report.add_argument("--out", type=Path, required=True, metavar="DIR", help=text("cli.option.out"))

    _sync_takes(command("sync", store=True))
    _bundle_takes(command("bundle", store=True))
    command("conflicts", store=True)
    hub_takes(command("hub", store=True))
    join_takes(command("join", store=True))

    command("check-store", store=True)
    for name, what in (("new-root", "root_file"), ("backup", "backup"), ("restore", "backup"), ("repair", "saved")):
        command(name, store=True).add_argument("file", type=Path, metavar="FILE", help=text(f"cli.option.{what}"))

    _screenshots_takes(command("screenshots"))
    return parser


def _screenshots_takes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=text("cli.option.out"))
    parser.add_argument("--today", type=_day, metavar="DATE", help=text("cli.option.today"))
    parser.add_argument("--guide", action="store_true", help=text("cli.option.guide"))
    parser.add_argument("--language", default="", metavar="LANGUAGE", help=text("cli.option.screen_language"))


def _version() -> str:
    return text("cli.say.version", name=product(), version=__version__)


def _day(written: str) -> date:
    """A calendar day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInput("impossible_date", written=written) from None
