"""What the pages Sessions and Session read of a whole session; one case of it stands in ``case_pages``."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import PaperKind, TeamDocument
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.plans import Action, ActionStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import (
    AgendaItem,
    Attendance,
    Cosignature,
    Discussion,
    Lane,
    Presence,
    Session,
    SessionAddendum,
    SessionStatus,
    Topics,
    Why,
)
from workwell_desktop.errors import BadInput
from workwell_desktop.services._reads import of_now
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.meeting._session_cards import in_lanes
from workwell_desktop.services.meeting.carried import carried_over, still_waiting, why_carried
from workwell_desktop.services.meeting.quorum import is_here, quorum
from workwell_desktop.services.meeting.session_views import (
    AddendumLine,
    AgendaLine,
    Attendee,
    CosignerLine,
    OverdueLine,
    SessionLine,
    SessionView,
)
from workwell_desktop.store import Reader

LONGEST_LIST = 200
"""Sessions in the list, the newest; a weekly meeting fills it in four years."""


def list_sessions(desk: Desk, *, team: Id | None = None, day: date | None = None) -> list[SessionLine]:
    """Sessions, newest first; of one team, or of one London day."""
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        chosen: dict[str, Any] = {"team": team} if team else {}
        found = [
            one
            for one in reader.list(Session, order_by="-starts_at", limit=LONGEST_LIST, **chosen)
            if one.starts_at is not None and (day is None or london_day(one.starts_at) == day)
        ]
        return _lines(desk, reader, found) if found else []


def view_session(desk: Desk, session: Id) -> SessionView:
    """The session as the room sees it."""
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        found = reader.get(Session, session)
        if found.starts_at is None or found.team is None:
            raise BadInput("not_found")
        people = staff(reader)
        lines = reader.list(Attendance, session=session)
        agenda = _readable(desk, agendas(reader, [session], people)[session])
        undecided = tuple(line.item for line in agenda if line.open)
        status = found.status or SessionStatus.PLANNED
        return SessionView(
            session=session,
            team=found.team,
            team_name=reader.get(Team, found.team).name or "",
            place=found.place,
            remote=found.remote,
            starts_at=found.starts_at,
            status=status,
            agenda_sent_at=found.agenda_sent_at,
            confidentiality_read=bool(found.confidentiality_read),
            recorded=bool(found.recorded),
            interests=found.interests,
            started_at=found.started_at,
            locked_at=found.locked_at,
            locked_by=name_of(people, found.locked_by) or None,
            chair=found.chair,
            note_taker=found.note_taker,
            attendees=tuple(attendee(line, found, people) for line in by_name(lines)),
            quorum=quorum(desk.site.quorum, found, lines, people, expected=status is SessionStatus.PLANNED),
            agenda=agenda,
            overdue=_overdue(reader, agenda, people, desk.clock.today()),
            undecided=undecided,
            may_lock=status is not SessionStatus.LOCKED and found.chair == desk.me and not undecided,
            cosigners=tuple(
                CosignerLine(one.person, name_of(people, one.person), one.at)
                for one in reader.list(Cosignature, order_by="at", session=session)
                if one.person is not None and one.at is not None
            ),
            addenda=tuple(
                AddendumLine(one.text or "", one.at, name_of(people, one.author))
                for one in reader.list(SessionAddendum, order_by="at", about=session)
                if one.at is not None
            ),
        )


def agendas(reader: Reader, sessions: Iterable[Id], people: Mapping[Id, Person]) -> dict[Id, tuple[AgendaLine, ...]]:
    """The agenda of each session, in lanes, read in three queries however many cases there are."""
    wanted = list(sessions)
    items = reader.list(AgendaItem, session=wanted)
    persons = {
        one.id: one for one in reader.list(Participant, id={one.participant for one in items if one.participant})
    }
    said = {one.id: one for one in reader.list(Discussion, session=wanted)}
    by_session: dict[Id, list[AgendaItem]] = {one: [] for one in wanted}
    for item in items:
        if item.session is not None and item.participant is not None:
            by_session[item.session].append(item)
    return {
        session: tuple(
            _agenda_line(number, item, persons, said, people) for number, item in enumerate(in_lanes(lines), start=1)
        )
        for session, lines in by_session.items()
    }


def _readable(desk: Desk, agenda: tuple[AgendaLine, ...]) -> tuple[AgendaLine, ...]:
    """Who reads no participants, as somebody who learns here, is shown that a case is there, as of one that is not on
    this computer; who reads no discussions, not what is asked."""
    if not desk.may(Act.READ, Discussion):
        agenda = tuple(replace(one, question=None) for one in agenda)
    if not desk.may(Act.READ, Participant):
        agenda = tuple(replace(one, name="", born=None, address=None, known=False, named=False) for one in agenda)
    return agenda


def by_name(lines: list[Attendance]) -> list[Attendance]:
    """Who is asked, by name; apologies last."""
    return sorted(lines, key=lambda one: (one.presence is Presence.APOLOGIES, one.name or "", one.id))


def attendee(line: Attendance, session: Session, people: Mapping[Id, Person]) -> Attendee:
    """One person of the session as the pages show them."""
    person = people.get(line.person) if line.person else None
    return Attendee(
        attendance=line.id,
        person=line.person,
        name=(person.name if person else line.name) or "",
        role=line.role,
        profession=person.profession if person and person.profession else None,  # type: ignore[arg-type]
        organisation=line.organisation,
        presence=line.presence or Presence.INVITED,
        here=is_here(line),
        chair=line.person is not None and line.person == session.chair,
        note_taker=line.person is not None and line.person == session.note_taker,
        came_at=line.came_at,
        left_at=line.left_at,
        left_us=person is not None and person.active is False,
    )


def _lines(desk: Desk, reader: Reader, found: list[Session]) -> list[SessionLine]:
    people, teams = staff(reader), {one.id: one for one in reader.list(Team)}
    ids = [one.id for one in found]
    agenda = {one: _readable(desk, lines) for one, lines in agendas(reader, ids, people).items()}
    asked: dict[Id, list[Attendance]] = {one: [] for one in ids}
    for line in reader.list(Attendance, session=ids):
        if line.session is not None:
            asked[line.session].append(line)
    untold = [one.session for one in reader.list(Discussion, session=ids, told_at=None, decided_at__ne=None)]
    signed = {one.session for one in reader.list(TeamDocument, session=ids, kind=PaperKind.MINUTES)}
    open_actions, waiting = _open_actions(reader, ids), _waiting(reader, ids)
    return [
        replace(
            _line(desk, one, agenda[one.id], asked[one.id], people, teams),
            untold=untold.count(one.id),
            signed=one.id in signed,
            open_actions=open_actions.get(one.id, 0),
            waiting=waiting.get(one.id, 0),
        )
        for one in found
    ]


def _line(
    desk: Desk,
    one: Session,
    agenda: tuple[AgendaLine, ...],
    lines: list[Attendance],
    people: dict[Id, Person],
    teams: dict[Id, Team],
) -> SessionLine:
    met = quorum(desk.site.quorum, one, lines, people, expected=one.status is SessionStatus.PLANNED)
    team = teams.get(one.team) if one.team else None
    assert one.starts_at is not None  # noqa: S101 - the caller left out those without a time
    return SessionLine(
        session=one.id,
        team=(team.name or "") if team else "",
        place=one.place,
        starts_at=one.starts_at,
        status=one.status or SessionStatus.PLANNED,
        discuss=sum(1 for line in agenda if line.lane is not Lane.NOTE),
        note=sum(1 for line in agenda if line.lane is Lane.NOTE),
        coming=met.here,
        invited=met.invited,
        quorum=met.met,
        unasked=tuple(line.name for line in agenda if line.known and line.lane is not Lane.NOTE and not line.question),
        undecided=sum(1 for line in agenda if line.open),
    )


def _open_actions(reader: Reader, sessions: list[Id]) -> dict[Id, int]:
    """How many actions of each session are still open."""
    of = {one.id: one.session for one in reader.list(Discussion, session=sessions)}
    counted: dict[Id, int] = {}
    for one in reader.list(Action, discussion=list(of), status=ActionStatus.OPEN) if of else ():
        session = of.get(one.discussion) if one.discussion else None
        if session is not None:
            counted[session] = counted.get(session, 0) + 1
    return counted


def _waiting(reader: Reader, sessions: list[Id]) -> dict[Id, int]:
    """How many cases each session carried over that stand on no later agenda."""
    return Counter(
        one.session for one in still_waiting(reader, carried_over(reader, session=sessions)) if one.session is not None
    )


def _agenda_line(
    number: int,
    item: AgendaItem,
    persons: Mapping[Id, Participant],
    said: Mapping[Id, Discussion],
    people: Mapping[Id, Person],
) -> AgendaLine:
    assert item.participant is not None  # noqa: S101 - the caller left out those without
    person = persons.get(item.participant)
    found = said.get(item.discussion) if item.discussion else None
    presenter = people.get(item.presenter) if item.presenter else None
    may_name = person is not None and (found is None or found.topics is not Topics.NO)
    return AgendaLine(
        item=item.id,
        number=number,
        lane=item.lane or Lane.DISCUSS,
        participant=item.participant,
        name=person.name if person else "",
        born=person.birth_date if person else None,
        address=person.address if person else None,
        question=found.question if found else None,
        minutes=item.minutes,
        presenter=item.presenter,
        presenter_name=(presenter.name if presenter else None) or None,
        late=bool(item.late),
        topics=found.topics if found else None,
        decided=found is not None and found.decided_at is not None,
        provisional=found is not None and bool(found.provisional) and found.told_at is None,
        carried=why_carried(item, found),
        why=tuple(Why(one) for one in sorted(item.why) if one in set(Why)),
        withdrawn=item.withdrawn,
        seconds=item.seconds_used or 0,
        known=person is not None,
        named=may_name,
    )


def _overdue(
    reader: Reader, agenda: tuple[AgendaLine, ...], people: dict[Id, Person], today: date
) -> tuple[OverdueLine, ...]:
    """Actions of the people on this agenda that nobody has finished in time: they head the meeting."""
    known = {line.participant: line for line in agenda if line.named}
    if not known:
        return ()
    found = reader.list(Action, order_by="due", scope=list(known), status=ActionStatus.OPEN, due__lt=today)
    return tuple(
        OverdueLine(
            action=one.id,
            participant=one.scope,
            number=known[one.scope].number,
            name=known[one.scope].name,
            text=one.text or "",
            owner_name=name_of(people, one.owner) or one.owner_name or "",
            due=one.due,
            days=(today - one.due).days,
            owner_kind=one.owner_kind,
        )
        for one in of_now(reader, found)
        if one.due is not None
    )
