"""The commands that exchange with others: ``sync``, ``bundle write``, ``bundle read``, and ``conflicts``."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workwell_desktop.catalogue import text
from workwell_desktop.commands import Command, Outcome, Screen, bytes_of, text_of, unlocked
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.errors import BadInput
from workwell_desktop.terminal import new_file

if TYPE_CHECKING:
    from workwell_desktop.services.desk import Desk
    from workwell_desktop.services.syncing.exchange import Synced

_LISTS = ("partnership", "revoked")
"""The kind and the field of the list of certificates that count no more."""


def _sync(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.services.syncing import exchange, invitations

    with unlocked(arguments) as desk:
        if arguments.invitation is not None:
            exchange.enrol(desk, bytes_of(arguments.invitation, invitations.MOST), code_in(arguments.code_file))
        done = exchange.sync(desk, arguments.hub)
        data = _counted(done)
        if done.conflicts and _lists_mended(desk):
            after = exchange.sync(desk, arguments.hub)
            done = replace(done, conflicts=after.conflicts)
            data = {name: data[name] + more for name, more in _counted(after).items()} | {"conflicts": after.conflicts}
    report = done.report
    refused = sum(report.refused.values())
    return Outcome(data, list(_said(done, refused)), 1 if done.conflicts or refused else 0)


def _counted(done: "Synced") -> dict[str, float]:
    report = done.report
    return {
        "pushed": report.pushed,
        "pulled": report.pulled,
        "conflicts": done.conflicts,
        "seconds": round(done.seconds, 3),
    }


def _said(done: "Synced", refused: int) -> Iterable[str]:
    report = done.report
    if report.pushed or report.pulled:
        yield text("cli.say.synced", pushed=report.pushed, pulled=report.pulled, seconds=round(done.seconds, 1))
    else:
        yield text("cli.say.sync_nothing")
    if report.restored:
        yield text("cli.say.sync_restored")
    if report.revoked:
        yield text("cli.say.sync_gone", count=len(report.revoked))
    if report.erased:
        yield text("cli.say.sync_erased", count=len(report.erased))
    if report.erased_unsent:
        yield text("cli.say.sync_erased_unsent", count=len(report.erased_unsent))
    if report.healed:
        yield text("cli.say.sync_healed")
    elif report.forks:
        yield text("cli.say.sync_forks")
    elif refused:
        yield text("cli.say.sync_refused", count=refused)
    if report.clock_off:
        yield text("cli.say.sync_clock", minutes=round(abs(report.clock_off) / 60))
    if report.blobs_missing:
        yield text("cli.say.sync_missing", count=report.blobs_missing)
    if done.conflicts:
        yield text("cli.say.sync_conflicts", count=done.conflicts)


def code_in(file: Path | None) -> str:
    """From a file, or asked for on the terminal; never from an argument, which others could read."""
    if file is not None:
        return text_of(file).strip()
    if not sys.stdin.isatty():
        raise BadInput("usage", problem=text("cli.say.needs_code"))
    return input(text("cli.say.code"))


def _bundle(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    acts = {"write": _bundle_write, "read": _bundle_read, "invite": _bundle_invite}
    return acts[arguments.act](arguments)


def _bundle_invite(arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services import whole_files
    from workwell_desktop.services.syncing import by_file

    if not arguments.people:
        raise BadInput("usage", problem=text("cli.say.needs_people"))
    first_copy = new_file(arguments.file)
    invitation = new_file(first_copy.with_name(first_copy.name + ".invitation"))
    with unlocked(arguments) as desk:
        made = whole_files.write_made(
            invitation,
            lambda: by_file.invite(desk, arguments.people, first_copy, arguments.label, new_keys=arguments.new_keys),
            lambda first: first.invitation,
        )
    data = {
        "file": str(made.written.file),
        "invitation": str(invitation),
        "code": made.code,
        "changes": made.written.changes,
        "until": made.written.until.isoformat(),
    }
    day = made.written.until
    lines = [
        text("cli.say.hub_code", code=made.code),
        text("cli.say.bundle_invited", path=first_copy, invitation=invitation, day=day),
    ]
    return Outcome(data, lines)


def _bundle_write(arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import by_file

    if arguments.to is None:
        raise BadInput("usage", problem=text("cli.say.needs_device"))
    file = new_file(arguments.file)
    with unlocked(arguments) as desk:
        made = by_file.write(desk, arguments.to, file, arguments.people or ())
    data = {"file": str(made.file), "changes": made.changes, "blobs": made.blobs, "until": made.until.isoformat()}
    return Outcome(data, [text("cli.say.bundle_written", path=made.file, count=made.changes, day=made.until)])


def _bundle_read(arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import by_file

    with unlocked(arguments) as desk:
        found = by_file.read(desk, arguments.file)
        with desk.read() as reader:
            conflicts = reader.count_conflicts()
    report = found.report
    data = {"file": str(arguments.file), "changes": report.applied, "known": report.known, "conflicts": conflicts}
    lines = [text("cli.say.bundle_read", path=arguments.file, applied=report.applied, known=report.known)]
    if report.refused:
        lines.append(text("cli.say.bundle_refused", count=len(report.refused)))
    if conflicts:
        lines.append(text("cli.say.sync_conflicts", count=conflicts))
    return Outcome(data, lines, 1 if conflicts or report.refused else 0)


def _conflicts(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    from workwell_desktop.domain.records import Scope, scope_of
    from workwell_desktop.services.safekeeping import conflicts

    with unlocked(arguments) as desk:
        _lists_mended(desk)
        found = conflicts.of_everything(desk)
        names = {
            about: one.name for one in conflicts.waiting(desk) for about in (one.participant, one.session) if about
        }
    rows: list[dict[str, Any]] = []
    lines: list[str] = []
    for one in found:
        about = _known(one.record_kind) and scope_of(one.record_kind) is Scope.PARTICIPANT
        values = [
            {"value": _plain(answer.value), "by": answer.by_name, "at": answer.at.isoformat()} for answer in one.answers
        ]
        place = f"{one.record}/{one.field}"
        rows.append(
            {"id": place, "participant": one.participant if about else None, "field": one.field, "values": values}
        )
        name = names.get(one.participant)
        said = {"field": one.field, "id": place}
        lines.append(text("cli.say.conflict_of", name=name, **said) if name else text("cli.say.conflict", **said))
        if (one.record_kind, one.field) == _LISTS:
            lines.append(text("cli.say.conflict_lists"))
            continue
        for value, answer in zip(values, one.answers, strict=True):
            at = f"{answer.at.astimezone(LONDON):%Y-%m-%d %H:%M}"
            shown = value | {"value": _in_words(answer.value)}
            lines.append(text("cli.say.conflict_value", **shown | {"at": at}))
    return Outcome({"conflicts": rows}, lines or [text("cli.say.no_conflicts")], 1 if rows else 0)


def _lists_mended(desk: "Desk") -> bool:
    """Whether two lists of certificates that count no more, made apart, became one: an administrator's unlocking does
    that in the window, and nobody has to choose between them."""
    from workwell_desktop.services.safekeeping import conflicts

    if not any((one.record_kind, one.field) == _LISTS for one in conflicts.of_the_rest(desk)):
        return False
    # loads what reads certificates, for which nobody waits who only syncs
    from workwell_desktop.services.administration import revocation

    return revocation.keep_fresh(desk)


def _known(kind: str) -> bool:
    from workwell_desktop.domain.kinds import KINDS

    return kind in KINDS


def _in_words(value: Any) -> Any:
    """A file by its kind and the beginning of its hash; all else as it is."""
    from workwell_desktop.domain.values import BlobRef

    if isinstance(value, BlobRef):
        return text("cli.say.conflict_file", kind=value.media_type, sha256=value.sha256[:8])
    return _plain(value)


def _plain(value: Any) -> Any:
    """As JSON holds it: a set as a list, a date or a decimal as text, a file as what is known of it."""
    from workwell_desktop.domain.values import BlobRef

    if isinstance(value, BlobRef):
        return asdict(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, frozenset | set):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return str(value)


COMMANDS: dict[str, Command] = {"sync": _sync, "bundle": _bundle, "conflicts": _conflicts}
"""What each command does, under its name."""
