"""A paper without signatures in the register: made, or brought up to date where it says something else now."""

from typing import Any

from workwell_desktop.domain.papers import Document, PaperStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork._pens import PDF
from workwell_desktop.services.paperwork.paper_making import Made
from workwell_desktop.store import Unit


def entered(desk: Desk, unit: Unit, made: Made, scope: Id, pdf: bytes) -> None:
    """The entry of the register, made or brought up to date, so that what went out can be looked at again."""
    given: dict[str, Any] = {
        "status": PaperStatus.COMPLETE,
        "content": made.composition.content_hash,
        "words": made.words,
        "file": unit.blob(pdf, PDF, scope),
        "recipient_name": made.recipient_name,
        "made_at": desk.clock.now(),
        "made_by": desk.me,
    }
    before = unit.reader.find(Document, made.document)
    if before is None:
        unit.add(Document(id=made.document, scope=scope, kind=made.kind, recipient=made.recipient, version=1, **given))
    elif before.words != made.words:
        unit.set(Document, made.document, version=(before.version or 1) + 1, **given)
    elif before.file != given["file"]:
        # the same words on another day or in another format: what goes out is what is kept
        unit.set(Document, made.document, file=given["file"], content=given["content"])
