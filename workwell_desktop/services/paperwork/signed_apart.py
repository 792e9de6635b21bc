"""Two people signed the same revision of a paper on two laptops: both files are kept, and a person says which goes on.

Neither is forged and neither holds the other's signature, so nothing can put them together. The one that does not go on
stays in the store beside the one that does.
"""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditEvent, AuditKind, Document, PaperStatus
from workwell_desktop.domain.plans import Signatory
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.register import judged
from workwell_desktop.store import Reader, Unit

GENUINE = frozenset({"complete", "incomplete"})


@dataclass(frozen=True, slots=True)
class Way:
    """One of the files: ``sha256`` names it, ``signers`` are name and time of each signature, in order; ``here`` is the
    one that the register shows until somebody chooses."""

    sha256: str
    signers: tuple[tuple[str, datetime | None], ...]
    expected: int
    here: bool


def keep(unit: Unit, entry: Document, pdf: bytes) -> None:
    """Keeps the other file beside the register's, until a person chooses."""
    unit.set(Document, entry.id, apart=unit.blob(pdf, "application/pdf", entry.scope), apart_settled=False)
    unit.event(
        AuditEvent(kind=AuditKind.OPENED, participant=entry.scope, record=entry.id, detail=Code("signed_apart_kept"))
    )


def ways(desk: Desk, document: Id) -> tuple[Way, ...]:
    """The files that somebody has to choose from; none where there is nothing to choose."""
    desk.allow(Act.READ, Document)
    with desk.read() as reader:
        entry = reader.find(Document, document)
        if entry is None:
            return ()
        found = []
        for ref in _files(reader, entry):
            verdict = judged(desk, reader, reader.blob(ref))
            signers = tuple((one.name, one.time) for one in verdict.signatures)
            found.append(Way(ref.sha256, signers, verdict.expected, ref == entry.file))
    return tuple(found) if len(found) > 1 else ()


def choose(desk: Desk, document: Id, sha256: str) -> PaperStatus:
    """The file that goes on; the other one stays in the store. BadInput ``not_found`` for one that is not among
    ``ways``, ``paper_not_genuine`` for one that was changed."""
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    from workwell_desktop.services.paperwork.countersigning import follow

    with desk.unit() as unit:
        unit.undoable = False
        entry = unit.reader.get(Document, document)
        files = _files(unit.reader, entry)
        chosen = next((one for one in files if one.sha256 == sha256), None)
        if chosen is None or len(files) < 2:
            raise BadInput("not_found", kind="file")
        verdict = judged(desk, unit.reader, unit.reader.blob(chosen))
        if verdict.status not in GENUINE:
            raise BadInput("paper_not_genuine")
        present = frozenset(one.field for one in verdict.signatures)
        status = PaperStatus.COMPLETE if present >= entry.expected else PaperStatus.AWAITING
        other = next(one for one in files if one != chosen)
        unit.set(Document, document, file=chosen, present=present, status=status, apart=other, apart_settled=True)
        unit.event(
            AuditEvent(
                kind=AuditKind.OPENED, participant=entry.scope, record=document, detail=Code("signed_apart_chosen")
            )
        )
        if entry.plan is not None:
            follow(unit, entry.plan, verdict)
    return status


def _files(reader: Reader, entry: Document) -> list[BlobRef]:
    """The register's file first, then what was taken in beside it, then what came from elsewhere at the same time."""
    refs = [entry.file]
    if entry.apart is not None and not entry.apart_settled:
        refs.append(entry.apart)
    found = reader.conflict(f"{entry.id}/file")
    heads = [one.value for one in found.heads] if found is not None else []
    refs += [one for one in heads if isinstance(one, BlobRef)]
    return [one for one in dict.fromkeys(refs) if one is not None and reader.has_blob(one)]
