"""What the chair reads back at the end of a session, read at once however many cases there are.

A case that goes by its number alone has nothing here but its number: nobody's words are read for it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditEvent, AuditKind, PaperKind, TeamDocument
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import (
    Addendum,
    Advice,
    Attendance,
    Cosignature,
    Discussion,
    Funding,
    Outcome,
    Session,
    SessionAddendum,
)
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.meeting.session_views import (
    ActionLine,
    AddendumLine,
    AdviceLine,
    AgendaLine,
    FundingLine,
)

Line = TypeVar("Line", Action, Funding, Advice)


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One case as it was decided. Everything but ``item`` is empty for a case that goes by its number.

    ``provisional`` as it was decided; ``told_at`` is when the person heard it. ``actions`` name the person by the
    name they like.
    """

    item: Id
    called: str = ""
    there: Code | None = None
    question: str | None = None
    options: str | None = None
    decision: str | None = None
    rationale: str | None = None
    dissent: str | None = None
    outcome: Outcome | None = None
    provisional: bool = False
    tell_owner_name: str | None = None
    tell_by: date | None = None
    told_at: datetime | None = None
    next_review: date | None = None
    actions: tuple[ActionLine, ...] = ()
    funding: tuple[FundingLine, ...] = ()
    advice: tuple[AdviceLine, ...] = ()
    addenda: tuple[AddendumLine, ...] = ()


def read_back(desk: Desk, session: Id, agenda: Iterable[AgendaLine]) -> tuple[ReadBack, ...]:
    """Each case of ``agenda``, in its order. What is read about people is written down like opening their records."""
    desk.allow(Act.READ, Discussion)
    lines = list(agenda)
    with desk.read() as reader:
        people = staff(reader)
        said = {one.agenda_item: one for one in reader.list(Discussion, session=session)}
        ids = [one.id for one in said.values()]
        persons = {one.id: one for one in reader.list(Participant, id={line.participant for line in lines})}
        actions = _by_case(reader.list(Action, order_by="position", discussion=ids) if ids else [])
        funding = _by_case(reader.list(Funding, order_by="at", session=session))
        advice = _by_case(reader.list(Advice, order_by="at", session=session))
        added = defaultdict(list)
        for one in reader.list(Addendum, order_by="at", about=ids) if ids else ():
            added[one.about].append(one)
    made = []
    for line in lines:
        found = said.get(line.item)
        if not line.named or found is None:
            made.append(ReadBack(line.item))
            continue
        case = found.id
        called = persons[line.participant].called
        made.append(
            _case(
                line, found, people, called, actions[case], funding[case], advice[case], added[case], desk.clock.today()
            )
        )
    _written_down(desk, [line.participant for line in lines if line.named])
    return tuple(made)


def may_stand_by(desk: Desk, session: Id) -> tuple[tuple[Id, str], ...]:
    """Those of ours who came and do not yet stand by the record of a locked session, the chair apart: id and name."""
    desk.allow(Act.READ, Cosignature)
    with desk.read() as reader:
        people = staff(reader)
        done = {one.person for one in reader.list(Cosignature, session=session)}
        came = {one.person for one in reader.list(Attendance, session=session) if one.came_at is not None}
        chair = reader.get(Session, session).chair
    waiting = [one for one in came - done - {chair} if one in people and people[one].active is not False]
    return tuple(sorted(((one, name_of(people, one)) for one in waiting if one), key=lambda each: each[1]))


def since_signing(desk: Desk, session: Id) -> int:
    """How many addenda and co-signatures came after the newest minutes were signed; they are not on that paper."""
    desk.allow(Act.READ, SessionAddendum)
    with desk.read() as reader:
        made = reader.list(TeamDocument, session=session, kind=PaperKind.MINUTES)
        signed = [one.made_at for one in made if one.made_at]
        if not signed:
            return 0
        cases = [one.id for one in reader.list(Discussion, session=session)]
        times = [one.at for one in reader.list(SessionAddendum, about=session)]
        times += [one.at for one in reader.list(Cosignature, session=session)]
        times += [one.at for one in reader.list(Addendum, about=cases)] if cases else []
        newest = max(signed)
        return sum(1 for one in times if one is not None and one > newest)


def _case(
    line: AgendaLine,
    found: Discussion,
    people: dict[Id, Person],
    called: str,
    actions: list[Action],
    funding: list[Funding],
    advice: list[Advice],
    added: list[Addendum],
    today: date,
) -> ReadBack:
    decided = line.decided
    return ReadBack(
        item=line.item,
        called=called,
        there=found.there,
        question=found.question,
        options=found.options,
        decision=found.decision if decided else None,
        rationale=found.rationale if decided else None,
        dissent=found.dissent if decided else None,
        outcome=found.outcome if decided else None,
        provisional=line.provisional,
        tell_owner_name=name_of(people, found.tell_owner) or None if decided else None,
        tell_by=found.tell_by,
        told_at=found.told_at,
        next_review=found.next_review if decided else None,
        actions=tuple(_action(one, people, called, today) for one in actions),
        funding=tuple(
            FundingLine(one.id, one.what or "", one.cost, name_of(people, one.approver))
            for one in funding
            if one.cost is not None
        ),
        advice=tuple(
            AdviceLine(one.id, one.kind, one.author, name_of(people, one.author), one.text or "")
            for one in advice
            if one.kind is not None and one.author is not None
        ),
        addenda=tuple(
            AddendumLine(one.text or "", one.at, name_of(people, one.author)) for one in added if one.at is not None
        ),
    )


def _action(one: Action, people: dict[Id, Person], called: str, today: date) -> ActionLine:
    late = (today - one.due).days if one.due and one.status is ActionStatus.OPEN else 0
    theirs = called if one.owner_kind is OwnerKind.PARTICIPANT else one.owner_name
    return ActionLine(
        action=one.id,
        text=one.text or "",
        owner_name=name_of(people, one.owner) or theirs or "",
        owner=one.owner,
        due=one.due,
        done=one.status is ActionStatus.DONE,
        overdue_days=max(0, late),
        owner_kind=one.owner_kind,
    )


def _by_case(lines: Iterable[Line]) -> dict[Id | None, list[Line]]:
    found: dict[Id | None, list[Line]] = defaultdict(list)
    for one in lines:
        found[one.discussion].append(one)
    return found


def _written_down(desk: Desk, participants: Iterable[Id]) -> None:
    with desk.unit() as unit:
        for one in participants:
            unit.event(AuditEvent(kind=AuditKind.OPENED, participant=one))
