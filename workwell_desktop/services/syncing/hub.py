"""What the person who looks after the partnership's hub does: set it up, let computers in, show lost ones out.

    init ──▶ schema, and everybody whom this store knows vouched for      enrol ──▶ an invitation file and a code

The hub's own administrators sign in there with a login of PostgreSQL, which no laptop keeps; only the address is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from pathlib import Path
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.erasure import Erasure
from workwell_desktop.domain.people import ADMINISTRATOR, Device, Partnership, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, HubOfficeRefused, HubRefused
from workwell_desktop.services.administration import lost
from workwell_desktop.services.administration import people as people_here
from workwell_desktop.services.administration.naming import colleague
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader
from workwell_desktop.store.exchange import joining
from workwell_desktop.sync.hub import enrolment, keeping, local, making, wire
from workwell_desktop.sync.hub.certificates import ServerPapers, server_papers
from workwell_desktop.sync.hub.enrolment import Enrolment, Vouched
from workwell_desktop.sync.hub.keeping import CodeRow, DeviceRow, State
from workwell_desktop.sync.hub.making import Made
from workwell_desktop.sync.hub.wire import Address, Hub

__all__ = [
    "Address",
    "CodeRow",
    "DeviceRow",
    "Invitation",
    "Made",
    "Office",
    "Running",
    "State",
    "certificate",
    "codes",
    "connected",
    "devices",
    "enrol",
    "erase",
    "init",
    "kept_address",
    "restored",
    "revoke",
    "set_min_client",
    "show_out",
    "start_local",
    "withdraw",
]

_KEPT = "hub_office"


@dataclass(frozen=True, slots=True)
class Office:
    """Where the hub is, and the login of an administrator there."""

    address: Address
    login: str
    password: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Invitation:
    """``file`` holds no secret; ``code`` is read out or handed over apart from it."""

    file: bytes
    code: str = field(repr=False)
    people: tuple[str, ...]
    expires: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """A hub on this computer."""

    folder: Path
    office: Office
    made: Made


def init(desk: Desk, office: Office) -> Made:
    """Makes the hub in an empty database, or brings one up to this version. ``office`` is a superuser's.

    Raises HubTrouble and what ``making.make`` says.
    """
    desk.allow(Act.MANAGE_SITE)
    with desk.read() as reader:
        partnership = reader.list(Partnership)[0]
        people = _vouched(reader)
    with connected(office) as hub:
        made = making.make(hub, partnership.id, partnership.name or "")
        enrolment.vouch(hub, people)
    kept = {"url": office.address.url, "root": office.address.root, "login": office.login}
    desk.store.settings.put(_KEPT, kept)
    return made


def start_local(desk: Desk, folder: Path, port: int = 0, *, new: bool = True) -> Running:
    """Starts a hub of one's own in a folder of this computer, and, if ``new``, makes it where there is none yet.

    Raises BadInput ``postgres_missing``, ``folder_not_empty``, ``no_hub_there``; HubTrouble.
    """
    desk.allow(Act.MANAGE_SITE)
    there = local.found(folder)
    if there is None and not new:
        raise BadInput("no_hub_there")
    server = there or local.made(folder, desk.clock.now(), port=port)
    server.start()
    server.database()
    office = Office(server.address(), local.SUPERUSER, server.password)
    return Running(server.folder, office, init(desk, office))


def enrol(
    desk: Desk,
    office: Office,
    people: tuple[str, ...],
    *,
    label: str = "",
    device: str | None = None,
    all_cases: bool | None = None,
    days: int = enrolment.CODE_DAYS,
    new_keys: bool = False,
) -> Invitation:
    """A code for one computer on which ``people`` (names or ids) work. ``all_cases``: these people read every case of
    their teams. ``device`` is one that the hub knows, as in ``revoke``, and that lost its login. ``new_keys``:
    everybody named gets fresh keys, and chooses a passphrase on the new laptop.

    The file serves a laptop with a store (``exchange.enrol``) and one without (``joining.join``); this computer has to
    sync before the new one begins.

    Raises BadInput ``no_colleague``, ``several_colleagues``, ``hub_device``; HubTrouble.
    """
    desk.allow(Act.MANAGE_PEOPLE)
    with desk.read() as reader:
        partnership = reader.list(Partnership)[0]
        ids = tuple(dict.fromkeys(colleague(reader, one) for one in people))
        names = tuple(reader.get(Person, one).name or "" for one in ids)
    expires = desk.clock.now() + timedelta(days=days)
    with connected(office) as hub:
        known = Id(_meant(keeping.devices(hub), device).device) if device is not None else None
        if known is not None:
            lost.found_again(desk, known)
        with desk.read() as reader:
            enrolment.vouch(hub, _vouched(reader))
        if all_cases is not None:
            people_here.set_all_cases(desk, ids, all_cases)
        code = enrolment.enrol(hub, Enrolment(ids, expires, label or ", ".join(names), known))
        secret = enrolment.secret_of(code)
        _device, parcel = joining.pack(desk.store, desk.identity, ids, secret, name=label, new_keys=new_keys)
        with desk.read() as reader:
            enrolment.vouch(hub, _vouched(reader))
    file = enrolment.invitation(office.address, partnership.name or "", expires, parcel)
    return Invitation(file, code, names, expires)


def devices(desk: Desk, office: Office) -> tuple[tuple[DeviceRow, str | None], ...]:
    """Every computer that the hub knows, each with its name where this store knows one. Raises HubTrouble."""
    desk.allow(Act.MANAGE_PEOPLE)
    with connected(office) as hub:
        rows = keeping.devices(hub)
    with desk.read() as reader:
        known = {one.id: one.name for one in reader.list(Device)}
    return tuple((row, known.get(Id(row.device))) for row in rows)


def codes(desk: Desk, office: Office) -> tuple[CodeRow, ...]:
    """One-time codes that nobody has used yet. Raises HubTrouble."""
    desk.allow(Act.MANAGE_PEOPLE)
    with connected(office) as hub:
        return keeping.codes(hub)


def withdraw(desk: Desk, office: Office, code: str) -> CodeRow:
    """Takes a one-time code back that came into the wrong hands, or will not be used. ``code`` is what ``codes`` says
    of it, the whole code, or the label of its computer.

    Raises BadInput ``hub_code_unknown`` where none or several are meant; HubTrouble.
    """
    desk.allow(Act.MANAGE_PEOPLE)
    with connected(office) as hub:
        meant = {enrolment.begins(code), code.casefold().strip()} - {""}
        found = [one for one in keeping.codes(hub) if meant & {one.code, one.label.casefold()}]
        if len(found) != 1:
            raise BadInput("hub_code_unknown")
        keeping.withdraw(hub, found[0].code)
    return found[0]


def revoke(desk: Desk, office: Office, device: str) -> DeviceRow:
    """Declares a computer lost (``administration.lost``) that the hub knows. ``device`` is its id, or enough of its
    beginning or label to tell it; one that has no record here is only shown out, for good.

    Raises BadInput ``hub_device`` where none or several are meant, ``this_computer``; HubTrouble.
    """
    desk.allow(Act.MANAGE_PEOPLE)
    with connected(office) as hub:
        one = _meant(keeping.devices(hub), device).device
        with desk.read() as reader:
            known = reader.find(Device, Id(one)) is not None
        if not known:
            keeping.revoke(hub, one)
    if known:
        lost.declare(desk, Id(one), office)
    with connected(office) as hub:
        return next(row for row in keeping.devices(hub) if row.device == one)


def show_out(desk: Desk, office: Office, device: Id) -> None:
    """The hub's part of a lost computer. Raises BadInput ``hub_device``, HubTrouble."""
    desk.allow(Act.MANAGE_PEOPLE)
    with connected(office) as hub:
        keeping.show_out(hub, device)


def set_min_client(desk: Desk, office: Office, version: str) -> None:
    """The least version of the program that may sync. Raises BadInput ``hub_version``, HubTrouble."""
    desk.allow(Act.MANAGE_SITE)
    with connected(office) as hub:
        keeping.set_min_client(hub, version)


def erase(desk: Desk, office: Office) -> tuple[tuple[Erasure, int, int], ...]:
    """Erases at the hub what was erased on laptops and the hub has been told of by sync: each with how many values and
    papers went; also what a hub that came back from a backup holds again. What the hub has not been told of yet, or was
    not signed by one of its administrators, is left out. Raises NoPermission for anybody but an administrator, from
    whom alone other computers believe it; HubTrouble."""
    desk.allow(Act.ERASE)
    desk.only_administrators(Act.ERASE)
    warrants = {one.scope: one.warrant for one in desk.store.erased()}
    with desk.read() as reader:
        decided = [one for one in reader.list(Erasure) if one.case in warrants]
    done = []
    with connected(office) as hub:
        # one that came back from a backup may hold again what it had erased
        gone = keeping.erased(hub)
        for one in decided:
            if one.hub_at is not None and one.case in gone:
                continue
            try:
                values, papers = keeping.erase(hub, one.case or "", warrants[one.case or ""])
            except BadInput:
                continue  # still on its way: asked again the next time
            done.append((one, values, papers))
            with desk.unit() as unit:
                unit.undoable = False
                unit.set(Erasure, one.id, hub_at=desk.clock.now())
    return tuple(done)


def restored(desk: Desk, office: Office) -> State:
    """After a backup took the hub's place: mends the rights and begins a new epoch, so that every laptop hands back
    what the hub lost. One-time codes that wait in it are taken back: they may have been used since it was made. Raises
    HubTrouble."""
    desk.allow(Act.MANAGE_SITE)
    with desk.read() as reader:
        partnership = reader.list(Partnership)[0]
    with connected(office) as hub:
        making.make(hub, partnership.id, partnership.name or "")
        keeping.was_restored(hub)
        before = keeping.state(hub)
        for one in keeping.codes(hub):
            keeping.withdraw(hub, one.code)
        return before


def certificate(desk: Desk, names: tuple[str, ...]) -> ServerPapers:
    """Key and certificate for a hub that is reached by these names, and the root for the laptops. Raises BadInput
    ``server_name``."""
    desk.allow(Act.MANAGE_SITE)
    return server_papers(names, desk.clock.now())


def kept_address(desk: Desk) -> tuple[Address, str] | None:
    """The hub that was set up from this computer, and the login that did it."""
    desk.allow(Act.MANAGE_PEOPLE)
    kept: dict[str, Any] | None = desk.store.settings.get(_KEPT)
    return None if kept is None else (Address.of(kept["url"], kept["root"]), str(kept["login"]))


def _meant(rows: tuple[DeviceRow, ...], written: str) -> DeviceRow:
    """Raises BadInput ``hub_device`` where none or several are meant."""
    wanted = written.casefold().strip()
    found = [one for one in rows if wanted and (one.device.startswith(wanted) or one.label.casefold() == wanted)]
    if len(found) != 1:
        raise BadInput("hub_device")
    return found[0]


@contextmanager
def connected(office: Office) -> Iterator[Hub]:
    """The hub, under an administrator's login. Raises HubTrouble, HubOfficeRefused where that is not let in."""
    try:
        # what is made or mended for a large hub may take it longer than a laptop waits
        hub = wire.connect(office.address, office.login, office.password, silence=inf)
    except HubRefused:
        raise HubOfficeRefused(login=office.login) from None
    try:
        yield hub
    finally:
        wire.close(hub)


def _vouched(reader: Reader) -> tuple[Vouched, ...]:
    """Everybody who works here, with every key that was ever theirs: what they signed with an old one counts still."""
    return tuple(
        Vouched(
            one.id,
            _keys(reader, one.id),
            tuple(sorted(one.teams)),
            ADMINISTRATOR in one.roles,
            one.all_cases,
        )
        for one in reader.list(Person)
        if one.active is not False
    )


def _keys(reader: Reader, person: Id) -> tuple[bytes, ...]:
    written = dict.fromkeys(line.value for line in reader.history(person, "verify_key"))
    return tuple(bytes.fromhex(one) for one in written if isinstance(one, str) and len(one) == 64)
