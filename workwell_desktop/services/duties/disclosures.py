"""Telling without agreement: serious harm, safeguarding, court or law; the least that serves, and never an employer.

By roles that may ``disclose`` alone. Why, who decided, what, to whom and whether the person was told are kept in a
restricted record, and the act in the trail of events. Nothing here gives out a paper to a party that agreed: that is
``register.release``.
"""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import Disclosure, DisclosureReason
from workwell_desktop.domain.papers import AuditEvent, AuditKind, Document, PaperKind
from workwell_desktop.domain.participants import Participant, Party, WorkSituation
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Code, Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services._restricted import may_read
from workwell_desktop.services.caseload._matching import fold
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.store import Reader

PARTIES = (Party.SERVICE, Party.GP, Party.JOBCENTRE)
"""Who may be told without agreement, by name; an employer never is."""
DETAIL = "disclosure"


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, and why it had to be. ``document`` is a finished paper that was given, where one was."""

    reason: DisclosureReason
    why: str
    party: Party
    party_name: str
    what: str
    decided_by: Id
    told: bool | None
    not_told_why: str = ""
    document: Id | None = None


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """One disclosure with names; the newest comes first."""

    disclosure: Id
    reason: DisclosureReason
    why: str
    party: Party
    party_name: str
    what: str
    paper: str
    content: str
    decided_by: str
    told: bool | None
    not_told_why: str
    at: datetime | None
    by_name: str
    chosen_why: str = ""
    """Why one of two answers was chosen here, where there were two."""


@dataclass(frozen=True, slots=True)
class Disclosures:
    """``others``: there is one that the person who acts may not read, and the site lets that be said."""

    mine: tuple[DisclosureView, ...]
    others: bool


def disclose(desk: Desk, participant: Id, said: Told) -> Id:
    """Writes down what was told without agreement, in one unit with the line in the trail of events.

    Raises BadInput ``never_to_an_employer`` for an employer by kind or by name, or a paper made for one; FieldsInvalid
    where the reason, what, to whom, who decided, or why the person was not told is left out.
    """
    desk.allow(Act.DISCLOSE)
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        _refuse_employer(unit.reader, participant, said)
        problems = list(_problems(unit.reader, said))
        if problems:
            raise FieldsInvalid(tuple(problems))
        paper = unit.reader.get(Document, said.document) if said.document else None
        if paper is not None and (paper.scope != participant or paper.file is None):
            raise BadInput("not_found")
        unit.undoable = False
        made = unit.add(
            Disclosure(
                id=new_id(),
                scope=participant,
                reason=said.reason,
                why=said.why.strip(),
                party=said.party,
                party_name=said.party_name.strip(),
                what=said.what.strip(),
                document=said.document,
                content=paper.content if paper else None,
                decided_by=said.decided_by,
                told=said.told,
                not_told_why=None if said.told else words_or_none(said.not_told_why),
                at=desk.clock.now(),
                recorded_by=desk.me,
            )
        )
        unit.event(AuditEvent(kind=AuditKind.RELEASED, participant=participant, record=made, detail=Code(DETAIL)))
        return made


def of_participant(desk: Desk, participant: Id) -> Disclosures:
    """The disclosures that the person who acts may read; that they were read is written down."""
    desk.allow(Act.READ, Participant)
    with desk.read() as reader:
        found = reader.list(Disclosure, order_by=("-at", "id"), scope=participant)
        names = staff_names(reader) if found else {}
        mine = [one for one in found if may_read(desk, one)]
        views = tuple(view(reader, one, names) for one in mine)
    for one in mine:
        desk.noted(AuditKind.OPENED, participant, one.id, DETAIL)
    return Disclosures(views, len(mine) < len(found) and desk.site.duties.restricted_note)


def is_employer(reader: Reader, participant: Id, name: str) -> bool:
    """Whether a name is that of an employer of the person, or of somebody who speaks for them."""
    told = fold(name.strip()).letters
    known = {
        fold((said or "").strip()).letters
        for work in reader.list(WorkSituation, scope=participant)
        for said in (work.employer, work.employer_person)
    }
    return any(one and told and (one in told or told in one) for one in known)


def _refuse_employer(reader: Reader, participant: Id, said: Told) -> None:
    """An employer is none by whatever name: the work situations of the record know theirs."""
    if said.party not in PARTIES or is_employer(reader, participant, said.party_name):
        raise BadInput("never_to_an_employer")
    paper = reader.find(Document, said.document) if said.document else None
    if paper is not None and paper.kind is PaperKind.EMPLOYER_SUMMARY:
        raise BadInput("never_to_an_employer")


def _problems(reader: Reader, said: Told) -> list[tuple[str, str]]:
    found = []
    if not said.why.strip():
        found.append(("why", "disclosure_why_missing"))
    if not said.party_name.strip():
        found.append(("party_name", "name_missing"))
    if not said.what.strip():
        found.append(("what", "disclosure_what_missing"))
    if reader.find(Person, said.decided_by) is None:
        found.append(("decided_by", "decided_by_missing"))
    if said.told is None:
        found.append(("told", "told_missing"))
    if said.told is False and not said.not_told_why.strip():
        found.append(("not_told_why", "not_told_why_missing"))
    return found


def view(reader: Reader, one: Disclosure, names: dict[Id, str]) -> DisclosureView:
    paper = reader.find(Document, one.document) if one.document else None
    return DisclosureView(
        disclosure=one.id,
        reason=one.reason or DisclosureReason.LAW,
        why=one.why or "",
        party=one.party or Party.SERVICE,
        party_name=one.party_name or "",
        what=one.what or "",
        paper=paper.kind.value if paper and paper.kind else "",
        content=one.content or "",
        decided_by=names.get(one.decided_by, "") if one.decided_by else "",
        told=one.told,
        not_told_why=one.not_told_why or "",
        at=one.at,
        by_name=names.get(one.recorded_by, "") if one.recorded_by else "",
        chosen_why=one.chosen_why or "",
    )
