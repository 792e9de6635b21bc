"""The commands that keep a store whole: ``check-store``, ``backup``, ``restore`` and ``repair``."""

import argparse
import hashlib
from pathlib import Path

from workwell_desktop.catalogue import text
from workwell_desktop.commands import Command, Outcome, Screen, named_store, unlocked, who
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.errors import DamagedStore
from workwell_desktop.terminal import new_file


def _check_store(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.safekeeping import upkeep

    with unlocked(arguments) as desk:
        report = upkeep.check(desk)
    problems = [
        {"code": one.code, "where": one.where, "message": text(f"store.problem.{one.code}")} for one in report.problems
    ]
    lines = [text("cli.say.whole", changes=report.changes) if report.ok else text("cli.say.not_whole")]
    lines += [f"    {one['message']} ({one['where']})" for one in problems]
    data = {
        "ok": report.ok,
        "changes": report.changes,
        "participants": report.participants,
        "problems": problems,
    }
    return Outcome(data, lines, 0 if report.ok else 1)


def _backup(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.safekeeping import upkeep

    file = new_file(arguments.file)
    with unlocked(arguments) as desk:
        report = upkeep.backup(desk, file)
    data = {"ok": True, "file": str(report.file), "changes": report.changes, "sha256": report.sha256}
    return Outcome(data, [text("cli.say.backed_up", path=report.file, changes=report.changes)])


def _restore(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.safekeeping import places, upkeep

    path: Path = arguments.store or places.default_store()
    upkeep.restore(arguments.file, path)
    arguments.store = path
    try:
        with unlocked(arguments) as desk:
            proof = upkeep.check(desk)
    except BaseException:
        upkeep.unrestore(path)
        raise
    # next to the store that is used it changes nothing: whoever looks into yesterday's copy still works in today's
    used = places.last_store()
    if used is None:
        places.remember(path)
    data = {"ok": proof.ok, "file": str(path), "changes": proof.changes, "sha256": _sha256(arguments.file)}
    said = "restored" if proof.ok else "restored_part"
    lines = [text(f"cli.say.{said}", path=path, changes=proof.changes)]
    lines += [text("cli.say.opens_next")] if used is None else _opens_still(used, path)
    return Outcome(data, lines, 0 if proof.ok else 1)


def _repair(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.safekeeping import places, rescue

    person, passphrase = who(arguments)
    desk = rescue.save(named_store(arguments), person, passphrase, arguments.file, clock=SystemClock())
    try:
        found = rescue.rescued(desk)
    finally:
        desk.lock()
    if found is None:
        raise DamagedStore
    lost = {"entries": found.entries, "values": found.values, "files": found.files}
    data = {"ok": found.whole, "file": str(arguments.file), "changes": found.changes, "lost": lost}
    said = "cli.say.repaired" if found.whole else "cli.say.repaired_part"
    lines = [text(said, path=arguments.file, changes=found.changes, **lost)]
    if found.cut:
        lines.append(text("settings.rescued_cut_line"))
    lines += [text("cli.say.repaired_of", name=name) for name in found.names]
    lines += _opens_still(places.last_store(), arguments.file)
    return Outcome({**data, "participants": list(found.names)}, lines, 0 if found.whole else 1)


def _opens_still(used: Path | None, made: Path) -> list[str]:
    """That the program goes on with the store of before, and how one goes on with the new one."""
    if used is None or used.absolute() == made.absolute():
        return []
    return [text("cli.say.opens_still", path=used, made=made)]


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


COMMANDS: dict[str, Command] = {
    "check-store": _check_store,
    "backup": _backup,
    "restore": _restore,
    "repair": _repair,
}
"""What each command does, under its name."""
