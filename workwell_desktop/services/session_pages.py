"""What the pages Sessions, Session and its projector read."""

from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.papers import PaperKind, TeamDocument
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.plans import Action, ActionStatus, Obstacle, ObstacleStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import (
    Addendum,
    AgendaItem,
    Attendance,
    Contribution,
    Discussion,
    Lane,
    Presence,
    Session,
    SessionAddendum,
    SessionStatus,
    Topics,
)
from workwell_desktop.errors import BadInput
from workwell_desktop.services._reads import latest_work, present_episode
from workwell_desktop.services._session_cards import in_lanes
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.discussions import case_quorum
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.measures import measures_in
from workwell_desktop.services.quorum import allowed_outcomes, is_here, quorum
from workwell_desktop.services.session_views import (
    ActionLine,
    AddendumLine,
    AgendaLine,
    Attendee,
    CaseView,
    ContributionLine,
    ObstacleLine,
    SessionLine,
    SessionView,
    ToTell,
)
from workwell_desktop.store import Reader


def list_sessions(desk: Desk, *, team: Id | None = None, day: date | None = None) -> list[SessionLine]:
    """Sessions, newest first; of one team, or of one London day."""
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        people, teams = staff(reader), {one.id: one for one in reader.list(Team)}
        chosen: dict[str, Any] = {"team": team} if team else {}
        found = reader.list(Session, order_by="-starts_at", **chosen)
        return [
            _line(desk, reader, one, people, teams)
            for one in found
            if one.starts_at is not None and (day is None or london_day(one.starts_at) == day)
        ]


def view_session(desk: Desk, session: Id) -> SessionView:
    """The session as the room sees it."""
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        found = reader.get(Session, session)
        if found.starts_at is None or found.team is None:
            raise BadInput("not_found")
        people = staff(reader)
        lines = reader.list(Attendance, session=session)
        agenda = _agenda(reader, session, people)
        undecided = tuple(
            line.item for line in agenda if line.lane is not Lane.NOTE and not line.decided and not line.carried
        )
        status = found.status or SessionStatus.PLANNED
        return SessionView(
            session=session,
            team=found.team,
            team_name=reader.get(Team, found.team).name or "",
            place=found.place,
            starts_at=found.starts_at,
            status=status,
            started_at=found.started_at,
            locked_at=found.locked_at,
            locked_by=name_of(people, found.locked_by) or None,
            chair=found.chair,
            note_taker=found.note_taker,
            attendees=tuple(_attendee(line, found, people) for line in _by_name(lines)),
            quorum=quorum(desk.site.quorum, found, lines, people, expected=status is SessionStatus.PLANNED),
            agenda=agenda,
            undecided=undecided,
            may_lock=status is not SessionStatus.LOCKED and found.chair == desk.me and not undecided,
            addenda=tuple(
                AddendumLine(one.text or "", one.at, name_of(people, one.author))
                for one in reader.list(SessionAddendum, order_by="at", about=session)
                if one.at is not None
            ),
        )


def view_case(desk: Desk, item: Id) -> CaseView:
    """One case at the table. Opening it is written down like opening the record."""
    desk.allow(Act.READ, Discussion)
    with desk.read() as reader:
        line = reader.get(AgendaItem, item)
        if line.discussion is None or line.session is None or line.participant is None:
            raise BadInput("not_found")
        view = _case(desk, reader, line, reader.get(Discussion, line.discussion))
    desk.opened(view.participant)
    return view


def people_to_tell(desk: Desk) -> list[ToTell]:
    """Those who have not yet heard what the team decided about them, soonest first; feeds Today."""
    desk.allow(Act.READ, Discussion)
    with desk.read() as reader:
        waiting = []
        for found in reader.list(Discussion, told_at=None, decided_at__ne=None):
            if found.session is None or found.decided_at is None:
                continue
            person = reader.find(Participant, found.scope)
            on = london_day(found.decided_at)
            name = person.name if person is not None else ""
            waiting.append(ToTell(found.id, found.scope, name, on, found.tell_by, found.tell_owner))
    return sorted(waiting, key=lambda one: (one.by or date.max, one.name, one.discussion))


def _line(desk: Desk, reader: Reader, one: Session, people: dict[Id, Person], teams: dict[Id, Team]) -> SessionLine:
    lines = reader.list(Attendance, session=one.id)
    agenda = _agenda(reader, one.id, people)
    planned = one.status is SessionStatus.PLANNED
    met = quorum(desk.site.quorum, one, lines, people, expected=planned)
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
        unasked=tuple(line.name for line in agenda if line.lane is not Lane.NOTE and not line.question),
        undecided=sum(1 for line in agenda if line.lane is not Lane.NOTE and not line.decided and not line.carried),
        untold=reader.count(Discussion, session=one.id, told_at=None, decided_at__ne=None),
        signed=reader.count(TeamDocument, session=one.id, kind=PaperKind.MINUTES) > 0,
    )


def _agenda(reader: Reader, session: Id, people: dict[Id, Person]) -> tuple[AgendaLine, ...]:
    lines = []
    for number, item in enumerate(in_lanes(reader.list(AgendaItem, session=session)), start=1):
        if item.participant is None:
            continue
        person = reader.find(Participant, item.participant)
        found = reader.find(Discussion, item.discussion) if item.discussion else None
        lines.append(
            AgendaLine(
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
                presenter_name=name_of(people, item.presenter) or None,
                late=bool(item.late),
                topics=found.topics if found else None,
                decided=found is not None and found.decided_at is not None,
                provisional=found is not None and bool(found.provisional) and found.told_at is None,
                carried=item.carried_reason,
            )
        )
    return tuple(lines)


def _by_name(lines: list[Attendance]) -> list[Attendance]:
    return sorted(lines, key=lambda one: (one.presence is Presence.APOLOGIES, one.name or "", one.id))


def _attendee(line: Attendance, session: Session, people: dict[Id, Person]) -> Attendee:
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
    )


def _case(desk: Desk, reader: Reader, line: AgendaItem, found: Discussion) -> CaseView:
    session = reader.get(Session, found.session) if found.session else None
    assert line.participant is not None  # noqa: S101 - the caller looked
    assert session is not None  # noqa: S101
    person = reader.get(Participant, line.participant)
    people = staff(reader)
    items = in_lanes(reader.list(AgendaItem, session=session.id))
    number = [one.id for one in items].index(line.id) + 1
    visible = found.topics is not Topics.NO
    episode = present_episode(reader, person.id)
    work = latest_work(reader, person.id)
    before = _session_before(reader, found)
    contributions = reader.list(Contribution, order_by="at", discussion=found.id) if visible else []
    heard = {one.author for one in contributions}
    after = items[number] if number < len(items) else None
    last = _decided_before(reader, found)
    return CaseView(
        item=line.id,
        discussion=found.id,
        session=session.id,
        episode=episode.id if episode else None,
        participant=person.id,
        visible=visible,
        number=number,
        of=len(items),
        lane=line.lane or Lane.DISCUSS,
        name=person.name,
        called=person.called,
        pronouns=person.pronouns,
        born=person.birth_date,
        age=age(person.birth_date, desk.clock.today()) if person.birth_date else None,
        job_title=work.job_title if work and visible else None,
        employer=work.employer if work and visible else None,
        question=found.question if visible else None,
        minutes=line.minutes,
        own_words=found.own_words if visible else None,
        topics=found.topics,
        topics_limits=found.topics_limits,
        agreed_on=_agreed_on(reader, person.id) if found.topics else None,
        view_how=found.view_how,
        since=before,
        since_last=found.since_last if visible else None,
        obstacles=_obstacles(reader, person.id) if visible else (),
        measures=measures_in(desk, reader, person.id) if visible else (),
        contributions=tuple(
            ContributionLine(
                one.id, one.author, name_of(people, one.author), one.discipline, one.facts, one.opinion, one.at
            )
            for one in contributions
        ),
        not_heard=tuple(
            _attendee(one, session, people)
            for one in _by_name(reader.list(Attendance, session=session.id))
            if visible and is_here(one) and one.person not in heard | {session.note_taker}
        ),
        options=found.options,
        decision=found.decision,
        rationale=found.rationale,
        dissent=found.dissent,
        outcome=found.outcome,
        provisional=bool(found.provisional) and found.told_at is None,
        tell_owner=found.tell_owner,
        tell_owner_name=name_of(people, found.tell_owner) or None,
        tell_how=found.tell_how,
        tell_by=found.tell_by,
        told_at=found.told_at,
        next_review=found.next_review,
        decided_at=found.decided_at,
        actions=_actions(desk, reader, found, people),
        allowed_outcomes=allowed_outcomes(case_quorum(desk.site.quorum, reader, found)),
        next_item=after.id if after else None,
        locked=session.status is SessionStatus.LOCKED,
        addenda=tuple(
            AddendumLine(one.text or "", one.at, name_of(people, one.author))
            for one in reader.list(Addendum, order_by="at", about=found.id)
            if one.at is not None
        ),
        last_decision=last.decision if last and visible else None,
        last_decided_on=london_day(last.decided_at) if last and visible and last.decided_at else None,
    )


def _decided_before(reader: Reader, found: Discussion) -> Discussion | None:
    """The last decision about this person at another session."""
    earlier = [
        one
        for one in reader.list(Discussion, order_by="-decided_at", scope=found.scope, decided_at__ne=None)
        if one.id != found.id
        and one.decided_at is not None
        and (found.decided_at is None or one.decided_at < found.decided_at)
    ]
    return earlier[0] if earlier else None


def _session_before(reader: Reader, found: Discussion) -> date | None:
    earlier = [
        london_day(one.decided_at)
        for one in reader.list(Discussion, scope=found.scope, decided_at__ne=None)
        if one.id != found.id and one.decided_at is not None
    ]
    done = [
        london_day(one.completed_at)
        for one in reader.list(Response, scope=found.scope, status=ResponseStatus.COMPLETED)
        if one.completed_at is not None
    ]
    return max(earlier, default=min(done, default=None))


def _agreed_on(reader: Reader, participant: Id) -> date | None:
    said = [one.at for one in reader.list(Agreement, scope=participant, kind=AgreementKind.DISCUSS) if one.at]
    return london_day(max(said)) if said else None


def _obstacles(reader: Reader, participant: Id) -> tuple[ObstacleLine, ...]:
    found = reader.list(Obstacle, order_by="position", scope=participant)
    return tuple(
        ObstacleLine(one.id, one.kind, one.text or "", one.status is ObstacleStatus.DONE)
        for one in found
        if one.kind is not None and one.status is not ObstacleStatus.LEFT
    )


def _actions(desk: Desk, reader: Reader, found: Discussion, people: dict[Id, Person]) -> tuple[ActionLine, ...]:
    today = desk.clock.today()
    return tuple(
        ActionLine(
            action=one.id,
            text=one.text or "",
            owner_name=name_of(people, one.owner) or one.owner_name or "",
            owner=one.owner,
            due=one.due,
            done=one.status is ActionStatus.DONE,
            overdue_days=max(0, (today - one.due).days) if one.due and one.status is ActionStatus.OPEN else 0,
        )
        for one in reader.list(Action, order_by="position", discussion=found.id)
    )
