"""One case at the table, as the page Session and its second window read it."""

from datetime import date, datetime, time

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON, london_day
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.episodes import Contact, ContactStatus, Response, ResponseStatus, RiskConversation
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant, WorkSituation
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, ActionStatus, Obstacle, ObstacleStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import (
    Addendum,
    Advice,
    AgendaItem,
    Attendance,
    Contribution,
    Discussion,
    Funding,
    Lane,
    Session,
    SessionStatus,
    Topics,
)
from workwell_desktop.errors import BadInput
from workwell_desktop.services._reads import latest_work, of_now, present_episode
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.assessing.measures import measures_in
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.services.meeting._session_cards import in_lanes
from workwell_desktop.services.meeting.discussions import case_quorum
from workwell_desktop.services.meeting.quorum import allowed_outcomes, is_here
from workwell_desktop.services.meeting.session_pages import attendee, by_name
from workwell_desktop.services.meeting.session_views import (
    ActionLine,
    AddendumLine,
    AdviceLine,
    CaseView,
    ContributionLine,
    FundingLine,
    NewSince,
    ObstacleLine,
)
from workwell_desktop.store import Reader


def view_case(desk: Desk, item: Id) -> CaseView:
    """One case at the table. Opening it is written down like opening the record.

    A case whose record is not on this computer is ``known`` False: a case you may not see, with its number alone.
    """
    desk.allow(Act.READ, Discussion)
    with desk.read() as reader:
        line = reader.get(AgendaItem, item)
        if line.discussion is None or line.session is None or line.participant is None:
            raise BadInput("not_found")
        view = _case(desk, reader, line, line.participant, line.discussion)
    if view.known:
        desk.opened(view.participant)
    return view


def _case(desk: Desk, reader: Reader, line: AgendaItem, participant: Id, discussion: Id) -> CaseView:
    session = reader.get(Session, line.session or Id(""))
    here, said = reader.find(Participant, participant), reader.find(Discussion, discussion)
    person = here or Participant(id=participant, scope=participant)
    found = said or Discussion(
        id=discussion, scope=participant, session=session.id, agenda_item=line.id, topics=Topics.NO
    )
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
        # whoever takes the notes need not see scores to have the case in front
        measures=measures_in(desk, reader, person.id) if visible and desk.may(Act.READ_SCORES, Response) else (),
        risks=risk.open_in(desk, reader, person.id) if visible and desk.may(Act.READ, RiskConversation) else (),
        contributions=tuple(
            ContributionLine(
                one.id, one.author, name_of(people, one.author), one.discipline, one.facts, one.opinion, one.at
            )
            for one in contributions
        ),
        not_heard=tuple(
            attendee(one, session, people)
            for one in by_name(reader.list(Attendance, session=session.id))
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
        known=here is not None and said is not None,
        why=tuple(sorted(line.why)),
        withdrawn=line.withdrawn,
        seconds=line.seconds_used or 0,
        there=found.there,
        keep_off_screen=tuple(sorted(found.keep_off_screen)),
        funding=_funding(reader, found, people) if visible else (),
        advice=_advice(reader, found, people) if visible else (),
        open_actions=_open_actions(desk, reader, found, people) if visible else (),
        new_since=_new_since(reader, person.id, before) if visible else (),
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
    """What this decision asks of people."""
    chosen = reader.list(Action, order_by="position", discussion=found.id)
    return tuple(_action(one, people, desk.clock.today()) for one in chosen)


def _open_actions(desk: Desk, reader: Reader, found: Discussion, people: dict[Id, Person]) -> tuple[ActionLine, ...]:
    """What is still to be done from before this session, the longest overdue first."""
    chosen = reader.list(Action, order_by="due", scope=found.scope, status=ActionStatus.OPEN)
    now = of_now(reader, chosen)
    return tuple(_action(one, people, desk.clock.today()) for one in now if one.discussion != found.id)


def _action(one: Action, people: dict[Id, Person], today: date) -> ActionLine:
    late = (today - one.due).days if one.due and one.status is ActionStatus.OPEN else 0
    return ActionLine(
        action=one.id,
        text=one.text or "",
        owner_name=name_of(people, one.owner) or one.owner_name or "",
        owner=one.owner,
        due=one.due,
        done=one.status is ActionStatus.DONE,
        overdue_days=max(0, late),
        owner_left=one.owner is not None and one.owner in people and people[one.owner].active is False,
        owner_kind=one.owner_kind,
    )


def _funding(reader: Reader, found: Discussion, people: dict[Id, Person]) -> tuple[FundingLine, ...]:
    return tuple(
        FundingLine(one.id, one.what or "", one.cost, name_of(people, one.approver))
        for one in reader.list(Funding, order_by="at", discussion=found.id)
        if one.cost is not None
    )


def _advice(reader: Reader, found: Discussion, people: dict[Id, Person]) -> tuple[AdviceLine, ...]:
    return tuple(
        AdviceLine(one.id, one.kind, one.author, name_of(people, one.author), one.text or "")
        for one in reader.list(Advice, order_by="at", discussion=found.id)
        if one.kind is not None and one.author is not None
    )


def _new_since(reader: Reader, participant: Id, since: date | None) -> tuple[NewSince, ...]:
    """What the record has gained since the team last spoke of it: counts by kind, for a line under the question."""
    if since is None:
        return ()
    begin = datetime.combine(since, time.max, LONDON)
    counted = (
        ("assessments", reader.count(Response, scope=participant, completed_at__gt=begin)),
        ("contacts", reader.count(Contact, scope=participant, status=ContactStatus.DONE, done_at__gt=begin)),
        ("actions_done", reader.count(Action, scope=participant, status=ActionStatus.DONE, done_on__gt=since)),
        ("obstacles", reader.count(Obstacle, scope=participant, noted_on__gt=since)),
        ("work", reader.count(WorkSituation, scope=participant, told_on__gt=since)),
    )
    return tuple(NewSince(kind, count) for kind, count in counted if count)
