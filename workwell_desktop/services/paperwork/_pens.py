"""How a signature goes into a file: the pen of one person, and the pages that carry this computer's code."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from workwell_desktop import documents
from workwell_desktop.documents.kinds import DocumentSigner, Ink
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration import cards, revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.paper_making import Made
from workwell_desktop.store import Identity, Reader
from workwell_desktop.store.keys.card import CardPin

PDF = "application/pdf"


@dataclass(frozen=True)
class Pen:
    """One signature as it goes into a file."""

    role: SignatoryRole
    signer: DocumentSigner
    name: str
    title: str
    registration: str | None
    statement: str
    ink: Ink | None = None


@dataclass(frozen=True)
class Hand:
    """What somebody signs with: ``identity`` writes it down, ``signer`` signs the papers. Whoever gives a card and no
    passphrase signs the papers alone: that they did is written by who is signed in."""

    identity: Identity
    signer: DocumentSigner


Secret = str | CardPin
"""What somebody gives at the moment of signing: the passphrase, or the PIN of their card."""


@contextmanager
def hand(desk: Desk, person: Id, secret: Secret) -> Iterator[Hand]:
    """The hand of a person, for as long as papers are signed.

    Raises WrongPassphrase, BadInput ``certificate_missing`` and ``certificate_taken_back``, and those of a card
    (``cards.open_hand``).
    """
    if isinstance(secret, CardPin):
        with cards.open_hand(desk, person, secret) as signer:
            yield Hand(desk.identity, signer)
        return
    identity = desk.store.identity(person, secret, stays=False)
    with desk.read() as reader:
        held = reader.get(Person, person).certificate
    if held is None or identity.paper is None:
        raise BadInput("certificate_missing")
    if not revocation.counts(desk, held):
        raise BadInput("certificate_taken_back")
    yield Hand(identity, identity.signer())


def keys_of(reader: Reader, holder: Person | Device) -> str:
    """The prints of the keys that may sign for somebody, of the person's own and of their card."""
    held = (holder.certificate, holder.card if isinstance(holder, Person) else None)
    return " ".join(key_print(reader.blob(one)) for one in held if one is not None and reader.has_blob(one))


def key_print(certificate: bytes) -> str:
    """What a composition says of a signer's key."""
    from workwell_desktop.documents.signing import key_print as printed

    return printed(certificate)


def pages(desk: Desk, paper: Made, identity: Identity) -> bytes:
    """The pages with this computer's code on them, so that a printed sheet can be checked."""
    from workwell_desktop.documents.code import Seal

    seal = Seal(identity.device_public, identity.sign_as_device)
    return documents.render(paper.composition, paper.style, rehearsal=desk.rehearsal, seal=seal)


def inked(desk: Desk, pdf: bytes, pen: Pen) -> bytes:
    """The file with this signature in its field."""
    return documents.sign(
        pdf,
        pen.role.value,
        pen.signer,
        at=desk.clock.now(),
        name=pen.name,
        role=pen.title,
        registration=pen.registration,
        statement=pen.statement,
        ink=pen.ink,
    )
