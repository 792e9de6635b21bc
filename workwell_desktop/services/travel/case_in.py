"""A case from another partnership: opened, looked at, and nothing made until somebody says so.

file ──▶ opened with a passphrase or one's own key ──▶ brought in and taken back (``look``) ──▶ confirmed ──▶ here
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workwell_desktop import documents
from workwell_desktop.documents.kinds import SignatureVerdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Id, kind_of
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.coming_in.participant_views import Like
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.fhir.fhir_parts import binary
from workwell_desktop.services.travel.case_import import LARGEST, Imported, Rehearsed, import_case, rehearse
from workwell_desktop.services.travel.case_records import Carried
from workwell_desktop.store import is_sealed, needs_passphrase, opened

__all__ = ["CaseIn", "SignedPaper", "bring_in", "is_sealed", "look", "needs_passphrase", "take", "unsealed"]


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A paper of the register that is coming in, and what its signatures say.

    ``status`` is one of ``documents.Verdict``; a signature is ``ok`` where it is whole and nothing changed after it,
    and ``not_trusted`` says that the partnership which vouches for those who signed is not known here."""

    kind: PaperKind | None
    version: int
    recipient: str
    status: str
    reason: str
    signatures: tuple[SignatureVerdict, ...]


@dataclass(frozen=True, slots=True)
class CaseIn:
    """What a file holds and what would come of it. With ``done.problems`` and nothing created it does not come in."""

    name: str
    born: date | None
    nhs_number: str
    sender: str
    """The partnership that the file says it is from; nobody vouches for it."""
    sealed: bool
    holds: tuple[tuple[str, int], ...]
    new: tuple[tuple[str, int], ...]
    files: int
    papers: tuple[SignedPaper, ...]
    likes: tuple[Like, ...]
    here: bool
    """The person came from this file, or one like it, before."""
    done: Imported
    """What bringing it in would say."""

    @property
    def comes_in(self) -> bool:
        return self.done.created > 0


def take(desk: Desk, place: Path) -> bytes:
    """The bytes of a file that the person chose: what is looked at is what comes in, whatever happens to the file
    meanwhile. Raises BadInput ``file_missing``, ``is_a_folder``, ``unreadable_file``."""
    desk.allow(Act.IMPORT_CASE, Participant)
    if place.is_dir():
        raise BadInput("is_a_folder")
    try:
        with place.open("rb") as source:
            return source.read(LARGEST + 1)
    except FileNotFoundError:
        raise BadInput("file_missing") from None
    except OSError:
        raise BadInput("unreadable_file") from None


def look(desk: Desk, source: bytes, passphrase: str | None = None) -> CaseIn:
    """Opens a file and says what is in it and what would be made. Nothing is changed. Raises as ``unsealed`` and
    ``import_case``."""
    desk.allow(Act.IMPORT_CASE, Participant)
    words = unsealed(desk, source, passphrase)
    found = rehearse(desk, words)
    person = found.records.get(found.person)
    said = person.values if person is not None else {}
    holds, new = Counter[str](), Counter[str]()
    for own, one in found.records.items():
        kind = kind_of(one.cls)
        holds[kind] += 1
        new[kind] += own in found.new
    likes = participants.like(
        desk,
        said.get("given_name") or "",
        said.get("family_name") or "",
        said.get("birth_date"),
        said.get("nhs_number"),
    )
    name = " ".join(part for part in (said.get("given_name"), said.get("family_name")) if part)
    return CaseIn(
        name=name,
        born=said.get("birth_date"),
        nhs_number=said.get("nhs_number") or "",
        sender=found.sender,
        sealed=is_sealed(source),
        holds=tuple(holds.items()),
        new=tuple((kind, many) for kind, many in new.items() if many),
        files=len(found.files),
        papers=tuple(_papers(desk, found)),
        likes=tuple(one for one in likes if one.line.participant != found.person),
        here=person is not None and found.person not in found.new and not found.done.problems,
        done=found.done,
    )


def bring_in(desk: Desk, source: bytes, passphrase: str | None = None) -> Imported:
    """Brings in what was looked at: all of it in one act that undo takes back, or nothing. Raises as ``look``."""
    desk.allow(Act.IMPORT_CASE, Participant)
    return import_case(desk, unsealed(desk, source, passphrase))


def unsealed(desk: Desk, source: bytes, passphrase: str | None = None) -> bytes:
    """The Bundle in a file, whether it was sealed or in clear. Raises BadInput as ``store.opened``."""
    desk.allow(Act.IMPORT_CASE, Participant)
    return opened(source, passphrase, desk.identity.own.seed, LARGEST) if is_sealed(source) else source


def _papers(desk: Desk, found: Rehearsed) -> list[SignedPaper]:
    """The finished papers of the case, each judged by the roots that are known here."""
    with desk.read() as reader:
        own_name = reader.list(Partnership)[0].name
    roots = desk.store.trust()
    papers = []
    for one in found.records.values():
        data = _file_of(one, found.files)
        if one.cls is not Document or data is None:
            continue
        verdict = documents.verify(data, roots)
        papers.append(
            SignedPaper(
                kind=one.values.get("kind"),
                version=one.values.get("version") or 1,
                recipient=one.values.get("recipient_name") or own_name or "",
                status=verdict.status,
                reason=verdict.reason,
                signatures=verdict.signatures,
            )
        )
    return sorted(papers, key=lambda paper: (paper.kind or "", paper.version))


def _file_of(one: Carried, files: dict[Id, bytes]) -> bytes | None:
    ref = one.values.get("file")
    return files.get(binary(ref.sha256)) if isinstance(ref, BlobRef) else None
