"""Certificates that count no more: somebody left, a computer or a card is lost, a key was replaced.

Each is a record of its own, so that two administrators who take something back apart lose neither; the partnership's
signed list (RFC 5280) is made from the records by whoever holds the key of the CA, and made anew before it runs out.
"""

from collections.abc import Sequence
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Partnership, Person, Revocation, RevocationReason
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader, Unit
from workwell_desktop.store.keys.revocation import Listed, issued_by, listed, serial_of, stale

CRL = "application/pkix-crl"


def lose_key(desk: Desk, person: Id) -> None:
    """Somebody else may have a person's passphrase and computer: what is signed with the key from now on is refused.

    They sign nothing until an administrator issues a new certificate for a new key (``certificates.renew``).
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    _person(desk, person, RevocationReason.KEY_LOST, ("certificate", "card"))


def lose_card(desk: Desk, person: Id) -> None:
    """A card is lost or given back; from now on the person signs with their passphrase again."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    _person(desk, person, RevocationReason.KEY_LOST, ("card",))


def left(desk: Desk, unit: Unit, person: Person) -> None:
    """Somebody works here no more: within the unit that says so."""
    for held in (person.certificate, person.card):
        if held is not None:
            take_back(desk, unit, held, RevocationReason.LEFT)
    if person.card is not None or person.card_request is not None:
        unit.set(Person, person.id, card=None, card_request=None)
    refresh(desk, unit)


def counts(desk: Desk, certificate: BlobRef) -> bool:
    """Whether a certificate of ours still counts."""
    desk.allow(Act.READ, Person)
    with desk.read() as reader:
        if not reader.has_blob(certificate):
            return False
        serial = f"{serial_of(reader.blob(certificate)):x}"
        return not any(one.serial == serial for one in reader.list(Revocation))


def take_back(desk: Desk, unit: Unit, certificate: BlobRef, reason: RevocationReason) -> None:
    """Writes down that a certificate counts no more from now on."""
    der = unit.reader.blob(certificate)
    serial = f"{serial_of(der):x}"
    if any(one.serial == serial for one in unit.reader.list(Revocation)):
        return
    partnership = unit.reader.list(Partnership)[0]
    unit.add(
        Revocation(
            id=new_id(),
            scope=partnership.scope,
            serial=serial,
            issuer=next((one for one in roots(unit.reader, partnership) if _under(unit.reader, der, one)), None),
            reason=reason,
            at=desk.clock.now(),
            by=desk.me,
        )
    )


def keep_fresh(desk: Desk) -> bool:
    """At an administrator's unlocking: a new list where the last one is soon over or lacks something. Says whether.

    Where nothing was ever taken back and nobody asked for a list, there is none.
    """
    desk.allow(Act.EDIT_OWN_SETTINGS)
    if not desk.may(Act.MANAGE_PEOPLE, Person):
        return False
    with desk.read() as reader:
        if reader.list(Partnership)[0].revoked is None and not reader.list(Revocation):
            return False
    with desk.unit() as unit:
        unit.undoable = False
        fresh = refresh(desk, unit)
    if fresh:
        desk.store.show()
    return fresh


def begin(desk: Desk) -> None:
    """A first list, for what is to last: a paper that a timestamp follows brings it along."""
    desk.allow(Act.MANAGE_SITE, Partnership)
    with desk.unit() as unit:
        unit.undoable = False
        refresh(desk, unit)
    desk.store.show()


def refresh(desk: Desk, unit: Unit) -> bool:
    """A new list where one is wanted and whoever acts holds the key of the CA; else the next administrator's unlocking
    writes it, and until then the records speak for themselves."""
    try:
        authority = desk.store.authority(desk.identity)
    except NoPermission:
        return False
    partnership = unit.reader.list(Partnership)[0]
    if partnership.root is None:
        return False
    wanted = _of(unit.reader, partnership.root)
    now = desk.clock.now()
    last = partnership.revoked
    # of two lists that were made apart nobody chooses one: each lacks what the other takes back
    apart = unit.reader.conflict(f"{partnership.id}/revoked") is not None
    if (
        not apart
        and last is not None
        and unit.reader.has_blob(last)
        and not stale(unit.reader.blob(last), authority, wanted, now)
    ):
        return False
    made = unit.blob(listed(authority, wanted, now), CRL, partnership.scope)
    if apart:
        unit.settle((partnership.id, "revoked"), made)
    else:
        unit.set(Partnership, partnership.id, revoked=made)
    return True


def lists(reader: Reader) -> tuple[bytes, ...]:
    """The lists (DER) that this partnership ever signed and still keeps, the newest first."""
    partnership = reader.list(Partnership)[0]
    kept = [line.value for line in reversed(reader.history(partnership.id, "revoked"))]
    refs = dict.fromkeys(one for one in kept if isinstance(one, BlobRef))
    return tuple(reader.blob(ref) for ref in refs if reader.has_blob(ref))


def known(reader: Reader) -> list[tuple[bytes, int, datetime]]:
    """Root (DER), serial number and moment of each certificate that the records call back."""
    found = []
    for one in reader.list(Revocation):
        if one.issuer is not None and one.serial and one.at is not None and reader.has_blob(one.issuer):
            found.append((reader.blob(one.issuer), int(one.serial, 16), one.at))
    return found


def roots(reader: Reader, partnership: Partnership) -> tuple[BlobRef, ...]:
    """The partnership's root and the retired ones, the newest first."""
    own = (partnership.root,) if partnership.root else ()
    retired = [line.value for line in reversed(reader.history(partnership.id, "root"))]
    return tuple(dict.fromkeys((*own, *(one for one in retired if isinstance(one, BlobRef)))))


def _person(desk: Desk, person: Id, reason: RevocationReason, fields: Sequence[str]) -> None:
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Person, person)
        for field in fields:
            held = getattr(found, field)
            if held is not None:
                take_back(desk, unit, held, reason)
                unit.set(Person, person, **{field: None})
        refresh(desk, unit)
    desk.store.show()


def _of(reader: Reader, root: BlobRef) -> list[Listed]:
    return [
        Listed(int(one.serial, 16), one.at, one.reason or RevocationReason.REPLACED)
        for one in reader.list(Revocation, order_by="at")
        if one.issuer == root and one.serial and one.at is not None
    ]


def _under(reader: Reader, certificate: bytes, root: BlobRef) -> bool:
    return reader.has_blob(root) and issued_by(certificate, reader.blob(root))
