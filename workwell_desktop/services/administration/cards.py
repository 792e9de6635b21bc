"""Smart cards in the place of a passphrase: where the card's module lies, and whose card may sign.

    a person asks, with card and PIN  ──▶  a request that the card signed  ──▶  an administrator issues the certificate

A PIN goes to the card and is kept nowhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import looked_at
from workwell_desktop.domain.people import Partnership, Person, RevocationReason
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.administration import revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.store.keys import card as smart
from workwell_desktop.store.keys.authority import PERSON_DAYS, certified_key, expires
from workwell_desktop.store.keys.card import Card, CardPin, CardSigner

__all__ = ["Card", "CardPin", "enrol", "give_back", "in_readers", "issue", "module", "open_hand", "set_module", "until"]

_MODULE = "app:card_module"
_DER, _CSR = "application/pkix-cert", "application/pkcs10"


def module(desk: Desk) -> str | None:
    """The path of the card's module on this computer, or None: the ordinary case."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = desk.store.settings.get(_MODULE)
    return str(found) if found else None


def set_module(desk: Desk, path: str) -> None:
    """Sets the module of this computer; an empty path takes it away. BadInput ``card_module_bad``."""
    desk.allow(Act.MANAGE_SITE, Partnership)
    plain = path.strip()
    if plain:
        smart.cards(Path(plain))
    desk.store.settings.put(_MODULE, plain or None)


def in_readers(desk: Desk) -> tuple[Card, ...]:
    """The cards that are in the readers now. BadInput ``card_no_module``, ``card_module_bad``."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    return smart.cards(_place(desk))


def until(desk: Desk, person: Id) -> datetime | None:
    """When the certificate of a person's card ends; None where they sign with their passphrase alone."""
    desk.allow(Act.READ, Person)
    with desk.read() as reader:
        held = reader.get(Person, person).card
        return expires(reader.blob(held)) if held is not None and reader.has_blob(held) else None


def asked_for(desk: Desk, person: Id) -> bool:
    """Whether a person asked for a certificate for a card, and waits for it."""
    desk.allow(Act.READ, Person)
    with desk.read() as reader:
        return reader.get(Person, person).card_request is not None


def enrol(desk: Desk, pin: CardPin) -> bool:
    """Asks for a certificate for one's own card; says whether it is there already, which is where whoever asks may
    issue it. The card in use before counts no more. Raises BadInput as ``in_readers`` and ``store.keys.card.opened``.
    """
    desk.allow(Act.EDIT_OWN_SETTINGS)
    with smart.opened(_place(desk), pin) as held:
        request = held.request(desk.person.name or "")
    with desk.unit() as unit:
        unit.undoable = False
        scope = unit.reader.get(Person, desk.me).scope
        unit.set(Person, desk.me, card_request=unit.blob(request, _CSR, scope))
    if not desk.may(Act.MANAGE_PEOPLE, Person):
        return False
    try:
        issue(desk, desk.me)
    except NoPermission:
        return False
    return True


def issue(desk: Desk, person: Id) -> datetime:
    """A certificate for the card that somebody asked for, in their name; says when it ends. Raises NoPermission,
    BadInput ``not_found`` where nobody asked, ``card_request`` for a request that its key did not sign."""
    desk.allow(Act.MANAGE_PEOPLE, Person)
    authority = desk.store.authority(desk.identity)
    first, last = looked_at(desk.clock)
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Person, person)
        if found.card_request is None:
            raise BadInput("not_found", kind="card")
        key = smart.requested_key(unit.reader.blob(found.card_request))
        if found.card is not None:
            revocation.take_back(desk, unit, found.card, RevocationReason.REPLACED)
        made = authority.issue(found.name or "", key, first, PERSON_DAYS, found.registration_number, last)
        unit.set(Person, person, card=unit.blob(made, _DER, found.scope), card_request=None)
        revocation.refresh(desk, unit)
    return expires(made)


def give_back(desk: Desk) -> None:
    """One's own card signs no more; what it signed stays as it is."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Person, desk.me)
        if found.card is not None:
            revocation.take_back(desk, unit, found.card, RevocationReason.REPLACED)
        unit.set(Person, desk.me, card=None, card_request=None)
        revocation.refresh(desk, unit)


@contextmanager
def open_hand(desk: Desk, person: Id, pin: CardPin) -> Iterator[CardSigner]:
    """The card of a person, open for as long as papers are signed. BadInput ``card_not_enrolled``, and as ``enrol``."""
    desk.allow(Act.READ, Person)
    with desk.read() as reader:
        held = reader.get(Person, person).card
        certificate = reader.blob(held) if held is not None and reader.has_blob(held) else None
    if certificate is None:
        raise BadInput("card_not_enrolled")
    with smart.opened(_place(desk), pin, certified_key(certificate)) as card:
        yield CardSigner(certificate, (desk.identity.root,), card)


def _place(desk: Desk) -> Path:
    found = module(desk)
    if found is None:
        raise BadInput("card_no_module")
    return Path(found)
