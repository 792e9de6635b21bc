"""The commands of the person who looks after the hub: ``hub init``, ``enrol``, ``devices``, ``revoke``, ``start``, …"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workwell_desktop import __version__
from workwell_desktop.catalogue import text
from workwell_desktop.commands import Command, Outcome, Screen, text_of, unlocked
from workwell_desktop.errors import BadInput
from workwell_desktop.terminal import ask_passphrase, new_file

if TYPE_CHECKING:
    from workwell_desktop.services.desk import Desk
    from workwell_desktop.services.syncing.hub import DeviceRow, Office

SUPERUSER = "postgres"
_NEEDS = {
    "init": ("url", "URL"),
    "enrol": ("people", "--for NAME"),
    "withdraw": ("what", "CODE"),
    "revoke": ("what", "DEVICE"),
    "min-version": ("what", "VERSION"),
    "certificate": ("what", "NAME"),
}
"""What each act needs: the name of the argument, and what a person calls it."""


def hub_takes(hub: argparse.ArgumentParser) -> None:
    """Declares the words of ``workwell hub …``."""
    hub.add_argument("act", choices=tuple(_ACTS), metavar="|".join(_ACTS), help=text("cli.option.hub_act"))
    hub.add_argument("what", nargs="?", metavar="URL|CODE|DEVICE|VERSION|NAME", help=text("cli.option.hub_what"))
    hub.add_argument("--local", type=Path, metavar="DIR", help=text("cli.option.hub_local"))
    hub.add_argument("--port", type=int, default=0, metavar="N", help=text("cli.option.hub_port"))
    hub.add_argument("--hub", metavar="URL", help=text("cli.option.hub_url"))
    hub.add_argument("--root", type=Path, metavar="FILE", help=text("cli.option.hub_root"))
    hub.add_argument("--login", metavar="NAME", help=text("cli.option.hub_login"))
    hub.add_argument("--password-file", type=Path, metavar="FILE", help=text("cli.option.hub_password_file"))
    hub.add_argument("--for", dest="people", action="append", metavar="NAME", help=text("cli.option.hub_for"))
    hub.add_argument("--label", default="", metavar="TEXT", help=text("cli.option.hub_label"))
    hub.add_argument("--device", metavar="ID", help=text("cli.option.hub_device"))
    hub.add_argument("--all-cases", action="store_true", help=text("cli.option.hub_all_cases"))
    hub.add_argument("--new-keys", action="store_true", help=text("cli.option.new_keys"))
    hub.add_argument("--out", type=Path, metavar="PATH", help=text("cli.option.hub_out"))


def _hub(arguments: argparse.Namespace, _screen: Screen) -> Outcome:
    needed, word = _NEEDS.get(arguments.act, (None, ""))
    if needed == "url":
        arguments.hub = arguments.what or arguments.hub
        needed = None if arguments.hub or arguments.local else "what"
    if needed is not None and not getattr(arguments, needed):
        raise BadInput("usage", problem=text("cli.say.hub_needs", act=arguments.act, word=word))
    with unlocked(arguments) as desk:
        return _ACTS[arguments.act](desk, arguments)


def _office(desk: "Desk", arguments: argparse.Namespace) -> "Office":
    """From the words, from the folder of a local hub, or from what was set up on this computer before."""
    from workwell_desktop.services.syncing import hub

    if arguments.local is not None:
        # a folder that was mistyped is not to become a second hub
        return hub.start_local(desk, arguments.local, arguments.port, new=arguments.act == "init").office
    root = text_of(arguments.root) if arguments.root is not None else None
    login: str = arguments.login or SUPERUSER
    if arguments.hub is not None:
        address = hub.Address.of(arguments.hub, root)
    else:
        kept = hub.kept_address(desk)
        if kept is None:
            raise BadInput("usage", problem=text("cli.say.hub_needs_address"))
        address, login = kept[0], arguments.login or kept[1]
    return hub.Office(address, login, _password(arguments.password_file, login))


def _password(file: Path | None, login: str) -> str:
    if file is None:
        return ask_passphrase(login)
    lines = text_of(file).splitlines()
    return lines[0] if lines else ""


def _init(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    office = _office(desk, arguments)
    made = hub.init(desk, office)
    data = {"url": office.address.url, "before": made.before, "schema": made.now}
    said = "hub_made" if made.before == 0 else "hub_mended"
    return Outcome(data, [text(f"cli.say.{said}", url=office.address.url, schema=made.now)])


def _start(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    folder: Path = arguments.local or Path("workwell-hub")
    running = hub.start_local(desk, folder, arguments.port)
    url = running.office.address.url
    data = {"url": url, "folder": str(running.folder), "root": str(running.folder / "root.pem")}
    return Outcome(
        data, [text("cli.say.hub_started", url=url, folder=running.folder), text("cli.say.hub_next", folder=folder)]
    )


def _enrol(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services import whole_files
    from workwell_desktop.services.syncing import hub

    # the invitation of before may still be waited for
    file = new_file(arguments.out or whole_files.unused(Path("invitation.json")))
    office = _office(desk, arguments)
    made = whole_files.write_made(
        file,
        lambda: hub.enrol(
            desk,
            office,
            tuple(arguments.people),
            label=arguments.label,
            device=arguments.device,
            all_cases=True if arguments.all_cases else None,
            new_keys=arguments.new_keys,
        ),
        lambda invitation: invitation.file,
    )
    data = {"file": str(file), "code": made.code, "people": list(made.people), "expires": made.expires.isoformat()}
    lines = [
        text("cli.say.hub_code", code=made.code),
        text("cli.say.hub_invited", path=file, day=made.expires.date()),
        text("cli.say.hub_then_sync"),
    ]
    return Outcome(data, lines)


def _devices(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    office = _office(desk, arguments)
    rows, waiting = hub.devices(desk, office), hub.codes(desk, office)
    data = {
        "devices": [_row(row, name) for row, name in rows],
        "codes": [{"code": one.code, "name": one.label, "expires": one.expires.isoformat()} for one in waiting],
    }
    lines = [_line(row, name) for row, name in rows] or [text("cli.say.hub_no_devices")]
    for one in waiting:
        code = f"{one.code[:4]}-{one.code[4:]}".upper()
        lines.append(text("cli.say.hub_code_waits", code=code, name=one.label, day=one.expires.date()))
    return Outcome(data, lines)


def _line(row: "DeviceRow", name: str | None) -> str:
    said = {"id": row.device[:8], "name": name or row.label or row.device}
    if row.revoked is None:
        return text("cli.say.hub_device", **said, day=(row.seen or row.enrolled).date())
    if row.emptied is None:
        return text("cli.say.hub_device_gone", **said, day=row.revoked.date())
    return text("cli.say.hub_device_empty", **said, day=row.revoked.date(), emptied=row.emptied.date())


def _row(row: "DeviceRow", name: str | None) -> dict[str, object]:
    return {
        "device": row.device,
        "name": name or row.label,
        "version": row.client,
        "enrolled": row.enrolled.isoformat(),
        "seen": row.seen.isoformat() if row.seen else None,
        "revoked": row.revoked.isoformat() if row.revoked else None,
        "emptied": row.emptied.isoformat() if row.emptied else None,
    }


def _revoke(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    gone = hub.revoke(desk, _office(desk, arguments), arguments.what)
    return Outcome(_row(gone, None), [text("cli.say.hub_revoked", name=gone.label or gone.device)])


def _withdraw(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    gone = hub.withdraw(desk, _office(desk, arguments), arguments.what)
    data = {"code": gone.code, "name": gone.label, "expires": gone.expires.isoformat()}
    return Outcome(data, [text("cli.say.hub_withdrawn", name=gone.label)])


def _min_version(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    hub.set_min_client(desk, _office(desk, arguments), arguments.what)
    lines = [text("cli.say.hub_min_version", version=arguments.what)]
    if _numbers(arguments.what) > _numbers(__version__):
        lines.append(text("cli.say.hub_min_version_here", version=__version__))
    return Outcome({"version": arguments.what}, lines)


def _numbers(version: str) -> list[int]:
    return [int(one) for one in version.split(".") if one.isdecimal()]


def _restored(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    state = hub.restored(desk, _office(desk, arguments))
    lines = [text("cli.say.hub_restored")]
    if state.codes:
        lines.append(text("cli.say.hub_restored_codes", count=state.codes))
    return Outcome({"changes": state.position, "devices": state.devices, "codes": state.codes}, lines)


def _erase(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    done = hub.erase(desk, _office(desk, arguments))
    data = {"erased": [{"case": one.case, "values": values, "papers": papers} for one, values, papers in done]}
    lines = [text("cli.say.hub_erased", number=(one.case or "")[:8], count=values) for one, values, _papers in done]
    return Outcome(data, lines or [text("cli.say.hub_erased_nothing")])


def _certificate(desk: "Desk", arguments: argparse.Namespace) -> Outcome:
    from workwell_desktop.services.syncing import hub

    papers = hub.certificate(desk, tuple(arguments.what.split(",")))
    folder: Path = arguments.out or Path()
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("root.pem", "server.pem", "server.key"):
        new_file(folder / name)  # a server or its computers may live by the one that is there
    files = {"root.pem": papers.root, "server.pem": papers.certificate, "server.key": papers.key}
    for name, written in files.items():
        (folder / name).touch(mode=0o600)
        (folder / name).write_text(written, encoding="ascii")
    data = {"files": [str(folder / name) for name in files]}
    return Outcome(data, [text("cli.say.hub_certificate", folder=folder, name=arguments.what)])


_ACTS: dict[str, Callable[["Desk", argparse.Namespace], Outcome]] = {
    "init": _init,
    "start": _start,
    "enrol": _enrol,
    "devices": _devices,
    "withdraw": _withdraw,
    "revoke": _revoke,
    "min-version": _min_version,
    "restored": _restored,
    "certificate": _certificate,
    "erase": _erase,
}

COMMANDS: dict[str, Command] = {"hub": _hub}
"""What each command does, under its name."""
