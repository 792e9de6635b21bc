"""The certificates that our people sign papers with: until when they hold, and new ones from the administrator."""

from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.store.keys.authority import certified_key, expires, public_of


def until(desk: Desk, person: Id) -> datetime | None:
    """When the person's certificate ends; None where they have none, and so sign no papers."""
    desk.allow(Act.READ, Person)
    found = _certificate(desk, person)
    return expires(found) if found is not None else None


def renew(desk: Desk, person: Id, passphrase: str = "") -> datetime:
    """A new certificate for the person's own key, with name and registration number as they stand now.

    Somebody who came back with the recovery code has a new key that only their passphrase opens: they give it at this
    window. Raises FieldsInvalid where it is needed, WrongPassphrase, and NoPermission without the partnership's key.
    """
    desk.allow(Act.MANAGE_PEOPLE, Person)
    known = _certificate(desk, person)
    if person == desk.me:
        key = public_of(desk.identity.own.paper_key)
    elif passphrase:
        key = public_of(desk.store.identity(person, passphrase).own.paper_key)
    elif known is not None:
        key = certified_key(known)
    else:
        raise FieldsInvalid((("passphrase", "passphrase_of_theirs"),))
    made = desk.store.renew_certificate(desk.identity, person, key)
    if person == desk.me:
        desk.identity = desk.store.identity_of(desk.me, desk.identity.own)
    return expires(made)


def _certificate(desk: Desk, person: Id) -> bytes | None:
    with desk.read() as reader:
        found = reader.get(Person, person).certificate
        return reader.blob(found) if found is not None and reader.has_blob(found) else None
