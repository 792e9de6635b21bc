"""How a signature goes into a file: the pen of one person, and the pages that carry this computer's code."""

from dataclasses import dataclass

from workwell_desktop import documents
from workwell_desktop.documents.kinds import DocumentSigner, Ink
from workwell_desktop.domain.plans import SignatoryRole
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.paper_making import Made
from workwell_desktop.store import Identity

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
