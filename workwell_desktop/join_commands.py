"""The command that makes the store of a new laptop from an invitation, or lets somebody else of it in: ``join``."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workwell_desktop.catalogue import text
from workwell_desktop.commands import Command, Outcome, Screen, bytes_of, passphrase_in, unlocked
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.errors import BadInput
from workwell_desktop.sync_commands import code_in

if TYPE_CHECKING:
    from workwell_desktop.services.syncing.joining import Joining


def join_takes(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("invitation", type=Path, metavar="INVITATION", help=text("cli.option.invitation"))
    parser.add_argument("--code-file", type=Path, metavar="FILE", help=text("cli.option.code_file"))
    parser.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help=text("cli.option.new_passphrase"))
    parser.add_argument("--keys", type=Path, metavar="FILE", help=text("cli.option.keys"))
    parser.add_argument("--beside", metavar="NAME", help=text("cli.option.beside"))
    parser.add_argument(
        "--beside-passphrase-file", type=Path, metavar="FILE", help=text("cli.option.beside_passphrase")
    )
    parser.add_argument("--first-copy", type=Path, metavar="FILE", help=text("cli.option.first_copy"))


def _join(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.syncing import invitations, joining
    from workwell_desktop.services.syncing.joining import Joining

    if arguments.store is None:
        raise BadInput("usage", problem=text("cli.say.needs_store"))
    invitation, code = bytes_of(arguments.invitation, invitations.MOST), code_in(arguments.code_file)
    welcome = joining.look(invitation, code)
    names = [one.name for one in welcome.people]
    new = arguments.new_passphrase_file
    told = Joining(
        invitation,
        code,
        passphrase_in(arguments.passphrase_file, arguments.person or ", ".join(names)),
        arguments.person,
        passphrase_in(new, "") if new is not None else None,
        arguments.keys,
        arguments.first_copy,
    )
    if arguments.beside is not None:
        return _beside(arguments, told)
    done = joining.join(arguments.store, told, clock=SystemClock())
    name = done.desk.person.name or ""
    done.desk.store.close()
    data = {
        "store": str(arguments.store),
        "person": name,
        "recovery_code": str(done.code),
        "pulled": done.pulled,
        "seconds": round(done.seconds, 3),
    }
    lines = [
        text("cli.say.joined", name=name, partnership=welcome.partnership, count=done.pulled),
        text("cli.say.recovery_code", code=done.code),
    ]
    return Outcome(data, lines)


def _beside(arguments: argparse.Namespace, told: "Joining") -> Outcome:
    """The store is there: whoever works in it opens it, and the other one gets a way in."""
    from workwell_desktop.services.syncing import joining

    signing_in = argparse.Namespace(
        store=arguments.store, person=arguments.beside, passphrase_file=arguments.beside_passphrase_file
    )
    with unlocked(signing_in) as desk:
        name = joining.join_also(desk, told)
    return Outcome({"store": str(arguments.store), "person": name}, [text("cli.say.joined_beside", name=name)])


COMMANDS: dict[str, Command] = {"join": _join}
"""What each command does, under its name."""
