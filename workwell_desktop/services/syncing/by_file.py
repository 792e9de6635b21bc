"""Exchanging with a colleague's computer by file, where there is no network: on a stick, from hand to hand."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Device, Partnership, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration.naming import colleague
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import backups
from workwell_desktop.store.exchange import joining
from workwell_desktop.sync.bundle import exchange
from workwell_desktop.sync.bundle.exchange import BundleRead, BundleWritten, Progress
from workwell_desktop.sync.hub import enrolment

__all__ = ["BundleRead", "BundleWritten", "FirstCopy", "OtherComputer", "computers", "invite", "read", "write"]


@dataclass(frozen=True, slots=True)
class OtherComputer:
    """A computer of the partnership. ``people`` are those who have signed something on it, as far as is known here;
    ``has_key`` whether a file can be sealed to it."""

    id: Id
    name: str
    people: tuple[tuple[Id, str], ...]
    has_key: bool
    here: bool


@dataclass(frozen=True, slots=True)
class FirstCopy:
    """An invitation, its code (told apart from it), and the file with the first copy."""

    invitation: bytes
    code: str = field(repr=False)
    written: BundleWritten


def computers(desk: Desk) -> tuple[OtherComputer, ...]:
    """Every computer that is known, this one too, by name."""
    desk.allow(Act.SYNC)
    return _computers(desk)


def write(
    desk: Desk, to: str, file: Path, people: Collection[str] = (), progress: Progress | None = None
) -> BundleWritten:
    """Writes what the computer ``to`` (its name, or enough of its id) lacks and its people may read.

    ``people`` (names or ids) are those who work there, for a computer that nobody is known to have worked on. Raises
    BadInput ``bundle_device``, ``bundle_alone``, ``bundle_nobody``, ``bundle_self``, ``bundle_keyless``,
    ``no_colleague``, ``several_colleagues``; DiskFull, ReadOnlyFolder.
    """
    desk.allow(Act.SYNC)
    found = _meant(_computers(desk), to)
    with desk.read() as reader:
        device = reader.get(Device, found.id)
        chosen = {person for person, _name in found.people}
        chosen |= {colleague(reader, name) for name in people}
    if not chosen and device.lost is None:
        raise BadInput("bundle_nobody")  # such a file would hold no case, and look as if it did
    written = exchange.write_bundle(desk.store, desk.identity, device, chosen, file, desk.clock, progress)
    desk.noted(AuditKind.EXPORTED, record=device.id, detail="changes")
    return written


def invite(desk: Desk, people: Collection[str], file: Path, name: str = "", *, new_keys: bool = False) -> FirstCopy:
    """Where there is no hub: a new laptop on which ``people`` (names or ids) are to work, and ``file`` with the first
    copy of what they may read, which that laptop alone can open.

    Raises BadInput ``no_colleague``, ``several_colleagues``; DiskFull, ReadOnlyFolder.
    """
    desk.allow(Act.MANAGE_PEOPLE)
    with desk.read() as reader:
        chosen = tuple(dict.fromkeys(colleague(reader, wanted) for wanted in people))
        partnership = reader.list(Partnership)[0]
    code = enrolment.fresh_code()
    device, parcel = joining.pack(
        desk.store, desk.identity, chosen, enrolment.secret_of(code), name=name, new_keys=new_keys
    )
    with desk.read() as reader:
        computer = reader.get(Device, device)
    written = exchange.write_bundle(desk.store, desk.identity, computer, chosen, file, desk.clock)
    expires = desk.clock.now() + timedelta(days=exchange.DAYS)
    desk.noted(AuditKind.EXPORTED, record=device, detail="changes")
    return FirstCopy(enrolment.invitation(None, partnership.name or "", expires, parcel), code, written)


def read(desk: Desk, file: Path, progress: Progress | None = None) -> BundleRead:
    """Takes in a file that was written for this computer; reading it twice does no harm.

    Raises BadInput ``file_missing``, ``bundle_file``, ``bundle_newer``, ``bundle_other``, ``bundle_partnership``,
    ``bundle_expired``, ``bundle_cut``, ``bundle_damaged``.
    """
    desk.allow(Act.SYNC)
    backups.before_first_sync(desk)
    return exchange.read_bundle(desk.store, file, desk.clock, progress)


def _meant(computers: tuple[OtherComputer, ...], written: str) -> OtherComputer:
    """Never guessed: raises BadInput ``bundle_device``, with those that are known, where none or several are meant."""
    wanted = written.casefold().strip()
    found = [one for one in computers if wanted and (one.id.startswith(wanted) or one.name.casefold() == wanted)]
    if len(found) == 1:
        return found[0]
    others = [f"{one.name} ({one.id[:8]})" if one.name else one.id[:8] for one in computers if not one.here]
    if not others:
        raise BadInput("bundle_alone")
    raise BadInput("bundle_device", known=", ".join(others))


def _computers(desk: Desk) -> tuple[OtherComputer, ...]:
    worked = desk.store.people_by_device()
    with desk.read() as reader:
        names = {one.id: one.name or "" for one in reader.list(Person)}
        found = [
            OtherComputer(
                one.id,
                one.name or "",
                tuple(sorted((Id(who), names[Id(who)]) for who in worked.get(one.id, ()) if who in names)),
                bool(one.verify_key),
                one.id == desk.store.device,
            )
            for one in reader.list(Device)
        ]
    return tuple(sorted(found, key=lambda one: (one.name, one.id)))
