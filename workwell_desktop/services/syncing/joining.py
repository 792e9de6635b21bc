"""A second laptop, made from an invitation: for a colleague who begins, and for somebody who works on one already.

    invitation + code ──look──▶ who may join ──join──▶ a store, a first copy of what they may read, a recovery code

Cut short at any point it goes on from there with the same invitation, or nothing is left. Where there is no hub the
first copy comes in a file that was written with the invitation (``by_file.invite``).
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.passphrases import passphrase_problem
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, HubOfAnother, HubRefused, StoreTrouble
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import Argon2Profile, RecoveryCode, Store, beside, slots
from workwell_desktop.store.exchange import joining
from workwell_desktop.store.exchange.joining import Entrant, Parcel
from workwell_desktop.store.keys.vault import Secrets
from workwell_desktop.store.slots import SlotFile
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.bundle import exchange
from workwell_desktop.sync.client import Progress
from workwell_desktop.sync.hub import enrolment
from workwell_desktop.sync.hub.wire import Address
from workwell_desktop.sync.link import Link
from workwell_desktop.sync.standing import Account, At

__all__ = ["Joined", "Joining", "Newcomer", "Welcome", "join", "join_also", "look"]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom the invitation names. ``chooses``: they have no passphrase yet and choose one here; ``brings``:
    their keys lie on another laptop, whose file of keys (``.keys``) they bring."""

    person: Id
    name: str
    chooses: bool
    brings: bool


@dataclass(frozen=True, slots=True)
class Welcome:
    """What an invitation says once the code has opened it. ``by_hub``: the first copy comes from the hub."""

    partnership: str
    computer: str
    people: tuple[Newcomer, ...]
    by_hub: bool


@dataclass(frozen=True, slots=True)
class Joining:
    """What the new laptop is told. ``person`` is needed where several were invited; ``new_passphrase`` takes the place
    of the one that was given to them; ``keys`` and ``bundle`` are files, see ``Newcomer`` and ``by_file.invite``."""

    invitation: bytes
    code: str = field(repr=False)
    passphrase: str = field(repr=False)
    person: str | None = None
    new_passphrase: str | None = field(default=None, repr=False)
    keys: Path | None = None
    bundle: Path | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """The desk, open; the code that is printed once; and how many changes came."""

    desk: Desk
    code: RecoveryCode = field(repr=False)
    pulled: int
    seconds: float


def look(invitation: bytes, code: str) -> Welcome:
    """Whom an invitation is for. Raises BadInput ``hub_invitation``, ``hub_code``, ``join_code``, ``join_none``."""
    address, parcel = _opened(invitation, code)
    people = tuple(Newcomer(one.person, one.name, one.fresh is not None, one.needs_keys) for one in parcel.people)
    return Welcome(parcel.name, parcel.device_name, people, address is not None)


def join(
    path: Path,
    told: Joining,
    *,
    clock: Clock,
    profile: Argon2Profile | None = None,
    progress: Progress | None = None,
) -> Joined:
    """Makes the store of a new laptop at ``path`` and fetches its first copy.

    Raises BadInput as ``look``, ``join_person``, ``join_keys``, ``join_early``, ``join_other_keys``, ``join_file``,
    ``store_exists``; FieldsInvalid for a passphrase that will not do; WrongPassphrase; HubTrouble. After a HubTrouble
    what has come so far is kept, and joining again goes on there; CodeRefused, and
    BadInput leave nothing.
    """
    start = monotonic()
    address, parcel = _opened(told.invitation, told.code)
    entrant = _chosen(parcel, told.person)
    own, authority, passphrase = _keys_of(entrant, told)
    if address is None and told.bundle is None:
        raise BadInput("join_file")
    store = joining.begin(path, parcel, entrant, own, passphrase, authority=authority, clock=clock, profile=profile)
    try:
        if told.bundle is not None:
            pulled = exchange.read_bundle(store, told.bundle, clock, progress, partnership=parcel.partnership)
            count = pulled.report.applied
        else:
            count = _from_hub(store, address or Address(""), told.code, parcel, clock, progress)
        code = joining.finish(store, entrant, own, profile)
    except BaseException as trouble:
        store.close()
        if isinstance(trouble, HubRefused | HubOfAnother | BadInput):
            beside.take_away(path)
        raise
    store.close()
    desk = opening.unlock(path, entrant.person, passphrase, clock=clock, profile=profile)
    return Joined(desk, code, count, monotonic() - start)


def join_also(desk: Desk, told: Joining) -> str:
    """On a laptop that was made from this invitation: somebody else whom it names gets a way in too. Somebody who works
    here already is signed in, since the store has to be open. Gives their name.

    Raises BadInput as ``look``, ``join_person``, ``join_keys``, ``join_early``, ``join_other_keys``, ``join_not_here``
    for another laptop's invitation, ``join_there`` for somebody who is in; FieldsInvalid, WrongPassphrase.
    """
    desk.allow(Act.EDIT_OWN_SETTINGS)
    _address, parcel = _opened(told.invitation, told.code)
    entrant = _chosen(parcel, told.person)
    if parcel.device != desk.store.device:
        raise BadInput("join_not_here")
    own, authority, passphrase = _keys_of(entrant, told)
    joining.let_in_also(desk.store, parcel, entrant, own, passphrase, authority=authority, profile=desk.profile)
    return entrant.name


def _keys_of(entrant: Entrant, told: Joining) -> tuple[Secrets, str | None, str]:
    """The keys of who joins, the CA key that they may hold, and the passphrase from now on."""
    keys = _slots_in(told.keys) if told.keys is not None else None
    own, authority = joining.secrets_of(entrant, told.passphrase, keys)
    passphrase = told.new_passphrase or told.passphrase
    if entrant.fresh is not None or told.new_passphrase:
        weak = passphrase_problem(passphrase, entrant.name)
        if weak:
            raise FieldsInvalid((("passphrase", f"passphrase_{weak}"),))
    return own, authority, passphrase


def _opened(invitation: bytes, code: str) -> tuple[Address | None, Parcel]:
    address, parcel = enrolment.packed_in(invitation)
    if parcel is None:
        raise BadInput("join_none")
    return address, joining.opened(parcel, enrolment.secret_of(code))


def _chosen(parcel: Parcel, person: str | None) -> Entrant:
    wanted = (person or "").strip().casefold()
    found = [one for one in parcel.people if not wanted or wanted in (one.person, one.name.casefold())]
    if len(found) != 1:
        raise BadInput("join_person")
    return found[0]


def _slots_in(file: Path) -> SlotFile:
    if not file.is_file():
        raise BadInput("is_a_folder" if file.is_dir() else "file_missing")
    try:
        return slots.parse(file.read_bytes())
    except StoreTrouble:
        raise BadInput("join_keys") from None


def _from_hub(
    store: Store, address: Address, code: str, parcel: Parcel, clock: Clock, progress: Progress | None
) -> int:
    link = _signed_in(store, address, code, parcel)
    try:
        if link.hello(At()).partnership != parcel.partnership:
            raise HubOfAnother
        return client.sync(store, link, clock, progress).pulled
    finally:
        link.close()


def _signed_in(store: Store, address: Address, code: str, parcel: Parcel) -> Link:
    """The password is written down before the hub is told of it: cut short between the two, the next try uses it. The
    address is that of the invitation in hand: the one before may have named a server that was not the hub."""
    begun = store.kept("hub") is not None
    password = standing.account_of(store).password if begun else enrolment.fresh_password()
    account = Account(address, f"wd_{parcel.device}", password)
    standing.keep_account(store, account)
    if begun:
        with suppress(HubRefused):
            return client.reached(account)
    with client.reaching(address):
        enrolment.redeem(address, code, parcel.device, password=password)
    return client.reached(account)
