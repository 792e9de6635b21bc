"""The command that makes a new root for the partnership: ``new-root``."""

import argparse

from workwell_desktop.catalogue import text
from workwell_desktop.commands import Command, Outcome, Screen, unlocked
from workwell_desktop.terminal import new_file


def _new_root(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services import whole_files
    from workwell_desktop.services.administration import new_root

    # before there is a new root
    file = new_file(arguments.file).absolute()
    with unlocked(arguments) as desk:
        made = whole_files.write_made(file, lambda: new_root.make(desk), lambda _made: new_root.current(desk))
    data = {
        "root": str(arguments.file),
        "certificates": made.certificates,
        "administrators": list(made.administrators),
    }
    names = ", ".join(made.administrators)
    return Outcome(data, [text("cli.say.new_root", path=arguments.file, count=made.certificates, names=names)])


COMMANDS: dict[str, Command] = {"new-root": _new_root}
"""What each command does, under its name."""
