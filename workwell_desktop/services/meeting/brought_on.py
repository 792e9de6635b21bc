"""Handing on what somebody brought, as it is: to the person, or to a party that they chose after seeing it.

    the person looks at it ──▶ answer (yes or no, one file, one party) ──▶ give: the bytes, a release, an audit event

An answer is held against the hash of the file and the name of the party, runs out after the days of the site, and
stops with an agreement that is taken back (``approval``). An employer has nothing from here, whatever was agreed: such
a page may name a condition, and the person can hand it in themselves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.papers import Approval, ApprovalHow, AuditEvent, AuditKind, Release, ReleaseHow
from workwell_desktop.domain.participants import Participant, Party
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.domain.values import BlobRef
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services import whole_files
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.caseload._matching import fold
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties.disclosures import is_employer
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.services.paperwork.approval import judged, taken_back
from workwell_desktop.store import Reader, Unit

PARTIES = (Party.GP, Party.JOBCENTRE, Party.SERVICE)
"""Who may have it when the person agreed."""
OWN, AGREED = Code("own_copy"), Code("approval")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person said about one party; ``state`` is ``agreed``, ``refused``, ``run_out`` or ``withdrawn``."""

    party: Party
    name: str
    state: Code
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A copy that went out."""

    name: str
    how: ReleaseHow
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class HandingOn:
    """Where one file stands: the newest answer for each party, and every copy that went out, newest first."""

    gp: str
    answers: tuple[Answer, ...]
    gone: tuple[Gone, ...]


def view(desk: Desk, attachment: Id) -> HandingOn:
    """For the page of one file."""
    desk.allow(Act.READ, Release)
    with desk.read() as reader:
        found = reader.get(Attachment, attachment)
        answers = []
        if found.file is not None:
            for one in _newest(reader, attachment).values():
                state = judged(reader, one, found.file.sha256, one.recipient_name, desk.clock.now())
                answers.append(Answer(one.recipient or Party.SERVICE, one.recipient_name or "", state, one.at))
        names = staff_names(reader)
        gone = [
            Gone(one.recipient_name or "", one.how, one.at, names.get(one.by, "") if one.by else "")
            for one in reader.list(Release, order_by=("-at", "id"), document=attachment)
            if one.how is not None and one.at is not None
        ]
        return HandingOn(reader.get(Participant, found.scope).gp_practice or "", tuple(answers), tuple(gone))


def answer(
    desk: Desk,
    attachment: Id,
    party: Party,
    name: str,
    agreed: bool,
    *,
    how: ApprovalHow = ApprovalHow.IN_ROOM,
    reason: str = "",
) -> Id:
    """The person looked at the file and says whether this party gets it.

    Raises BadInput ``not_to_an_employer`` for an employer, ``no_recipient`` without a name, ``attachment_gone`` for a
    file that is not here, and ``agreement_taken_back`` where an agreement behind it was.
    """
    desk.allow(Act.APPROVE_PAPERS, Approval)
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Attachment, attachment)
        if party not in PARTIES or is_employer(unit.reader, found.scope, name):
            raise BadInput("not_to_an_employer")
        if not name.strip():
            raise BadInput("no_recipient")
        file = _file(unit.reader, found)
        if agreed and taken_back(unit.reader, found.scope, party, name.strip()):
            raise BadInput("agreement_taken_back")
        now = desk.clock.now()
        return unit.add(
            Approval(
                id=new_id(),
                scope=found.scope,
                document=attachment,
                content=file.sha256,
                recipient=party,
                recipient_name=name.strip(),
                approved=agreed,
                how=how,
                reason=words_or_none(reason),
                at=now,
                until=now + timedelta(days=desk.site.pace.approval_days) if agreed else None,
                recorded_by=desk.me,
            )
        )


def give(desk: Desk, attachment: Id, party: Party, name: str, how: ReleaseHow = ReleaseHow.SAVED) -> bytes:
    """The file as it was kept, for the person themselves or a party that they agreed to; a release is written down.

    Raises NotApproved without an answer that stands, BadInput ``attachment_gone``.
    """
    desk.allow(Act.RELEASE_PAPERS, Release)
    with desk.unit() as unit:
        unit.undoable = False
        found = unit.reader.get(Attachment, attachment)
        file = _file(unit.reader, found)
        own = party is Party.PARTICIPANT
        given = None if own else _standing(desk, unit.reader, attachment, file, party, name.strip())
        to = unit.reader.get(Participant, found.scope).name if own else name.strip()
        _write(desk, unit, found, party, to, how, given)
        return unit.reader.blob(file)


def save_as(desk: Desk, attachment: Id, party: Party, name: str, place: Path) -> None:
    """Writes the copy to a file that the person chose. Raises as ``give``, and ReadOnlyFolder."""
    desk.allow(Act.RELEASE_PAPERS, Release)
    whole_files.write_chosen(place, lambda: give(desk, attachment, party, name))


def _file(reader: Reader, found: Attachment) -> BlobRef:
    if found.file is None or not reader.has_blob(found.file.sha256):
        raise BadInput("attachment_gone")
    return found.file


def _newest(reader: Reader, attachment: Id) -> dict[tuple[Party | None, str], Approval]:
    said = reader.list(Approval, order_by=("at", "id"), document=attachment)
    return {(one.recipient, fold(one.recipient_name or "").letters): one for one in said}


def _standing(desk: Desk, reader: Reader, attachment: Id, file: BlobRef, party: Party, name: str) -> Approval:
    last = _newest(reader, attachment).get((party, fold(name).letters))
    if last is None or judged(reader, last, file.sha256, last.recipient_name, desk.clock.now()) != "agreed":
        raise NotApproved()
    return last


def _write(
    desk: Desk, unit: Unit, found: Attachment, party: Party, name: str, how: ReleaseHow, given: Approval | None
) -> None:
    unit.add(
        Release(
            id=new_id(),
            scope=found.scope,
            document=found.id,
            recipient=party,
            recipient_name=name,
            how=how,
            basis=AGREED if given else OWN,
            approval=given.id if given else None,
            at=desk.clock.now(),
            by=desk.me,
            content=found.file.sha256 if found.file else None,
        )
    )
    kind = AuditKind.PRINTED if how is ReleaseHow.PRINTED else AuditKind.RELEASED
    unit.event(AuditEvent(kind=kind, participant=found.scope, record=found.id, detail=Code("brought")))
