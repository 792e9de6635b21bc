"""A whole case on its way to another partnership: agreed to, sealed for whoever receives it, and written down.

agreement to share ──▶ the case as a Bundle ──▶ sealed under a passphrase or to a code ──▶ a file, and a Release
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.names import plain
from workwell_desktop.domain.papers import AuditEvent, AuditKind, Release, ReleaseHow
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant, Party
from workwell_desktop.domain.passphrases import passphrase_problem
from workwell_desktop.domain.records import Code, Id, Scope, is_restricted, new_id, scope_of
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services import whole_files
from workwell_desktop.services._reads import standing
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.travel.bundle import export_case
from workwell_desktop.store import Argon2Profile, Reader, receiving_code, sealed_by_passphrase, sealed_to_code

BASIS = Code("agreement")
WAYS = (ReleaseHow.HANDED_OVER, ReleaseHow.EMAILED, ReleaseHow.POSTED, ReleaseHow.SAVED)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A service that the person agreed may have their case; ``limits`` are what they left out, in their words."""

    name: str
    limits: str


@dataclass(frozen=True, slots=True)
class CaseOut:
    """What would go. ``holds`` are kinds of record with how many; ``restricted`` those that go by name alone, as far
    as the person who looks may send them."""

    name: str
    holds: tuple[tuple[str, int], ...]
    files: int
    restricted: tuple[tuple[str, int], ...]
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """How the file can be opened: a passphrase that was agreed by telephone, or a receiving code. One of the two."""

    passphrase: str = ""
    code: str = ""


def look(desk: Desk, participant: Id) -> CaseOut:
    """What a case holds and who may have it; nothing is made."""
    desk.allow(Act.EXPORT, Participant)
    with desk.read() as reader:
        person = reader.get(Participant, participant)
        counted: Counter[str] = Counter()
        files: set[str] = set()
        for kind, cls in KINDS.items():
            if scope_of(kind) is not Scope.PARTICIPANT or (is_restricted(kind) and not desk.may(Act.EXPORT, cls)):
                continue
            for one in reader.list(cls, scope=participant):
                counted[kind] += 1
                files.update(ref.sha256 for ref in vars(one).values() if isinstance(ref, BlobRef))
        return CaseOut(
            name=person.name,
            holds=tuple((kind, many) for kind, many in counted.items() if not is_restricted(kind)),
            files=len(files),
            restricted=tuple((kind, many) for kind, many in counted.items() if is_restricted(kind)),
            agreed=tuple(_agreed(reader, participant)),
        )


def send(
    desk: Desk,
    participant: Id,
    recipient: str,
    place: Path,
    lock: Lock,
    how: ReleaseHow,
    restricted: frozenset[str] = frozenset(),
) -> int:
    """Writes the encrypted file and the release, or neither; gives how many resources went.

    Raises BadInput ``not_agreed_to_share``, ``way_missing`` and ``receiving_code``, FieldsInvalid for a passphrase that
    others would guess, ReadOnlyFolder, and as ``export_case``.
    """
    desk.allow(Act.EXPORT, Participant)
    desk.allow(Act.RELEASE_PAPERS, Release)
    with desk.read() as reader:
        person = reader.get(Participant, participant)
        found = next((one for one in _agreed(reader, participant) if plain(one.name) == plain(recipient)), None)
    if found is None:
        raise BadInput("not_agreed_to_share", recipient=recipient.strip() or "-")
    if bool(lock.passphrase) is bool(lock.code.strip()):
        raise BadInput("way_missing")
    if lock.passphrase and (problem := passphrase_problem(lock.passphrase, person.name)):
        raise FieldsInvalid((("passphrase", f"passphrase_{problem}"),))
    resources = 0

    def make() -> bytes:
        nonlocal resources
        made = export_case(desk, participant, restricted)
        resources = len(made["entry"])
        words = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
        sealed = _sealed(desk, words, lock)
        _note(desk, participant, found.name, how, hashlib.sha256(sealed).hexdigest())
        return sealed

    whole_files.write_chosen(place, make, private=True)
    return resources


def my_code(desk: Desk) -> str:
    """The receiving code of whoever is signed in: what another partnership seals a case to."""
    desk.allow(Act.IMPORT_CASE, Participant)
    return receiving_code(desk.identity.own.verify_key)


def _sealed(desk: Desk, words: bytes, lock: Lock) -> bytes:
    if lock.code.strip():
        return sealed_to_code(words, lock.code)
    return sealed_by_passphrase(words, lock.passphrase, desk.profile or Argon2Profile.calibrated())


def _note(desk: Desk, participant: Id, name: str, how: ReleaseHow, content: str) -> None:
    with desk.unit() as unit:
        unit.undoable = False
        unit.add(
            Release(
                id=new_id(),
                scope=participant,
                recipient=Party.SERVICE,
                recipient_name=name,
                how=how,
                basis=BASIS,
                at=desk.clock.now(),
                by=desk.me,
                content=content,
            )
        )
        unit.event(AuditEvent(kind=AuditKind.RELEASED, participant=participant, detail=Code(how.value)))


def _agreed(reader: Reader, participant: Id) -> list[Agreed]:
    """Services with which the person agreed to share, and has not taken it back; nobody after they left it all."""
    newest = standing(reader.list(Agreement, scope=participant))
    taking_part = newest.get((AgreementKind.TAKE_PART, Party.PARTICIPANT, ""))
    if taking_part is not None and taking_part.withdrawn_at is not None:
        return []
    return [
        Agreed(one.party_name or "", one.limits or "")
        for (kind, party, _name), one in sorted(newest.items(), key=lambda pair: pair[0])
        if (kind, party) == (AgreementKind.SHARE, Party.SERVICE) and one.given and one.withdrawn_at is None
    ]
