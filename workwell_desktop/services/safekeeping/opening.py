"""Making a store, opening one, and getting back in: what ends with a desk.

nothing ──create──▶ desk + recovery code (shown once, typed back)
locked  ──unlock──▶ desk          ──desk.switch──▶ another person's desk        ──desk.lock──▶ locked
locked  ──recover─▶ desk, with a new passphrase for one person
"""

from dataclasses import dataclass, field
from pathlib import Path

from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.passphrases import passphrase_problem
from workwell_desktop.domain.people import REGISTERED, Person, Profession, Team
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.site import Site
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.administration.site_in_use import GENERIC, site_named, site_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import (
    Argon2Profile,
    EscrowKey,
    Founder,
    Identity,
    RecoveryCode,
    Store,
    beside,
    create_store,
    read_slots,
    unlock_with_escrow,
)
from workwell_desktop.store import unlock_with_recovery as unlock_store_with_recovery
from workwell_desktop.store.entry import Tried, try_slot
from workwell_desktop.store.keys.recovery import is_escrow
from workwell_desktop.store.keys.tries import Tries
from workwell_desktop.store.opening import enter as enter_store
from workwell_desktop.store.slots import tries_path


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What the first run asks: the partnership, one team, and the person who begins (administrator and coach)."""

    partnership: str
    team: str
    name: str
    profession: Profession
    passphrase: str = field(repr=False)
    registration_number: str | None = None
    place: str | None = None
    site: str = GENERIC
    rehearsal: bool = False


def first_run_problems(first: FirstRun) -> tuple[tuple[str, str], ...]:
    """A field and a reason for each thing that needs another look; empty when the store can be made."""
    problems: list[tuple[str, str]] = [
        (name, "name_missing") for name in ("partnership", "team", "name") if not str(getattr(first, name)).strip()
    ]
    if first.profession in REGISTERED and not (first.registration_number or "").strip():
        problems.append(("registration_number", "registration_missing"))
    weak = passphrase_problem(first.passphrase, first.name)
    if weak:
        problems.append(("passphrase", f"passphrase_{weak}"))
    return tuple(problems)


def create(
    path: Path, first: FirstRun, *, clock: Clock, profile: Argon2Profile | None = None, unfinished: bool = False
) -> tuple[Desk, RecoveryCode]:
    """A new store with partnership, team and first person, open. Raises FieldsInvalid, and as ``create_store``.

    With ``unfinished`` nobody can open it before ``finish`` is called, for who goes on filling it. Where it raises,
    nothing is left at ``path``.
    """
    from workwell_desktop.services.assessing import library  # reads forms, for which nobody waits who opens a store

    problems = first_run_problems(first)
    if problems:
        raise FieldsInvalid(problems)
    site = site_named(first.site)
    team = new_id()
    roles = [str(role) for role in site.first_person]
    store, identity, code = create_store(
        path,
        Founder(
            name=first.name.strip(),
            profession=first.profession,
            passphrase=first.passphrase,
            registration_number=first.registration_number or None,
            role=roles[0],
            also=tuple(roles[1:]),
            teams=frozenset({team}),
        ),
        clock=clock,
        partnership_name=first.partnership.strip(),
        site=first.site,
        rehearsal=first.rehearsal,
        profile=profile,
        unfinished=True,
    )
    try:
        with store.unit(identity) as unit:
            unit.undoable = False
            unit.add(Team(id=team, scope=team, name=first.team.strip(), place=first.place or None))
        desk = _desk(store, identity, clock, site, rehearsal=first.rehearsal, profile=profile)
        library.bring_in_shipped(desk)
        if not unfinished:
            beside.finished(path)
    except BaseException:
        store.close()
        give_up(path)
        raise
    return desk, code


def finish(path: Path) -> None:
    """Ends the making of a store that was created ``unfinished``; it is still open."""
    beside.finished(path)


def give_up(path: Path) -> None:
    """Takes away a store that could not be made to its end; it is closed."""
    beside.take_away(path)


def unlock(path: Path, person: Id, passphrase: str, *, clock: Clock, profile: Argon2Profile | None = None) -> Desk:
    """Opens a store as one of its people. Raises as the store's ``unlock``, and NoPermission for somebody who left.

    Wrong tries before this one are written to the person's audit stream by the store.
    """
    return enter(path, try_slot(path, person, passphrase, clock=clock), clock=clock, profile=profile)


def enter(path: Path, tried: Tried, *, clock: Clock, profile: Argon2Profile | None = None) -> Desk:
    """The second half of ``unlock``: the passphrase was right already, tried while this module was being loaded."""
    store, identity = enter_store(path, tried, clock=clock)
    desk = _entered(store, identity, clock, store.rehearsal, profile)
    if tried.slot_file.renew:
        _prove_return(desk)
    return desk


def _prove_return(desk: Desk) -> None:
    from workwell_desktop.services.safekeeping import upkeep  # nobody waits for it who opens a store that never left

    try:
        upkeep.prove_return(desk)
    except BaseException:
        desk.store.close()
        raise


def recover(
    path: Path, code: str, person: Id, passphrase: str, *, clock: Clock, profile: Argon2Profile | None = None
) -> Desk:
    """Opens a store with the recovery code, or the partnership's escrow key, and gives ``person`` a new passphrase.

    Raises FieldsInvalid for a passphrase that will not do, BadInput for a code that cannot be one, WrongPassphrase for
    one that does not open this store.
    """
    header = read_slots(path)
    name = next((slot.name for slot in header.people if slot.person == person), None)
    if name is None:
        raise BadInput("not_found", kind="person")
    weak = passphrase_problem(passphrase, name)
    if weak:
        raise FieldsInvalid((("passphrase", f"passphrase_{weak}"),))
    failed = Tries(tries_path(path), clock).count("recovery")
    by_escrow = is_escrow(code)
    if by_escrow:
        store = unlock_with_escrow(path, EscrowKey.parse(code).private, clock=clock)
    else:
        store = unlock_store_with_recovery(path, RecoveryCode.parse(code), clock=clock)
    try:
        identity = store.set_passphrase(person, passphrase, profile=profile)
        with store.unit(identity) as unit:
            for _ in range(failed):
                unit.event(AuditEvent(AuditKind.UNLOCK_FAILED))
            unit.event(AuditEvent(AuditKind.RECOVERED, detail=Code("escrow" if by_escrow else "recovery")))
    except BaseException:
        store.close()
        raise
    return _entered(store, identity, clock, store.rehearsal, profile)


def _entered(store: Store, identity: Identity, clock: Clock, rehearsal: bool, profile: Argon2Profile | None) -> Desk:
    try:
        with store.read() as reader:
            site = site_of(reader)
        return _desk(store, identity, clock, site, rehearsal=rehearsal, profile=profile)
    except BaseException:
        store.close()
        raise


def _desk(
    store: Store, identity: Identity, clock: Clock, site: Site, *, rehearsal: bool, profile: Argon2Profile | None
) -> Desk:
    with store.read() as reader:
        person = reader.get(Person, identity.person)
    desk = Desk(store, identity, person, clock=clock, site=site, rehearsal=rehearsal, profile=profile)
    desk.refuse_who_left()
    desk.noted(AuditKind.UNLOCKED)
    return desk
