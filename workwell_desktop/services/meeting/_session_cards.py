"""The card of each session of today, and agendas that are to be sent."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.papers import TeamDocument
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.sessions import AgendaItem, Attendance, Discussion, Lane, Presence, Session, SessionStatus
from workwell_desktop.services.caseload._arranging import urgency
from workwell_desktop.services.caseload.today_views import Focus, Route, SessionCard, TodayItem
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import staff
from workwell_desktop.services.meeting.quorum import quorum
from workwell_desktop.store import Reader

_LANES = {lane: place for place, lane in enumerate(Lane)}
_AWAY = (Presence.APOLOGIES, Presence.ABSENT)


def in_lanes(lines: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Urgent cases first, then those to discuss, then those to note; within a lane by position."""
    return sorted(lines, key=lambda one: (_LANES.get(one.lane or Lane.DISCUSS, 1), one.position or "", one.id))


def agendas_to_send(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Agendas that the invited should have by now or soon, for whoever prepares sessions of that team.

    One is due on the day that lies the site's hours before the session; a session without a case has nothing to send.
    """
    may = desk.may(Act.PREPARE_SESSION, Session) and desk.may(Act.MAKE_PAPERS, TeamDocument)
    if focus.owner is None or not may:
        return
    planned = reader.list(Session, status=SessionStatus.PLANNED, agenda_sent_at=None)
    mine = [
        one
        for one in planned
        if one.starts_at is not None
        and london_day(one.starts_at) >= focus.today
        and (not desk.person.teams or one.team in desk.person.teams)
    ]
    cases = Counter(one.session for one in reader.list(AgendaItem, session=[one.id for one in mine])) if mine else {}
    teams = {one.id: one.name or "" for one in reader.list(Team)} if cases else {}
    for one in mine:
        if not cases.get(one.id) or one.starts_at is None:
            continue
        due = london_day(one.starts_at - timedelta(hours=desk.site.pace.agenda_hours_before))
        if focus.within(due):
            yield TodayItem(
                kind="agenda",
                record=one.id,
                participant=None,
                name=teams.get(one.team, "") if one.team else "",
                urgency=urgency(focus, due),
                due=due,
                at=None,
                days=(due - focus.today).days,
                words={"count": cases[one.id], "starts_at": one.starts_at},
                route=Route("prepare", {"session": one.id}),
            )


def session_cards(desk: Desk, reader: Reader, focus: Focus) -> tuple[SessionCard, ...]:
    """Sessions of today that are not locked, of the teams of the person who acts or with them invited."""
    found = [
        one
        for one in reader.list(
            Session, order_by=("starts_at", "id"), status=[SessionStatus.PLANNED, SessionStatus.RUNNING]
        )
        if one.starts_at is not None and london_day(one.starts_at) == focus.today
    ]
    if not found:
        return ()
    ids = {one.id for one in found}
    teams = {one.id: one for one in reader.list(Team)}
    people = staff(reader)
    attendance = reader.list(Attendance, session=ids)
    agenda = reader.list(AgendaItem, session=ids)
    questions = {one.id: one.question for one in reader.list(Discussion, session=ids)}
    cards: list[SessionCard] = []
    for one in found:
        lines = [line for line in attendance if line.session == one.id]
        mine = not desk.person.teams or one.team in desk.person.teams or any(line.person == desk.me for line in lines)
        if not mine or one.starts_at is None:
            continue
        rule = quorum(desk.site.quorum, one, lines, people, expected=one.status is SessionStatus.PLANNED)
        cases = in_lanes(line for line in agenda if line.session == one.id)
        lanes = [line.lane for line in cases]
        team = teams.get(one.team) if one.team else None
        cards.append(
            SessionCard(
                session=one.id,
                team=team.name or "" if team else "",
                place=one.place or "",
                starts_at=one.starts_at,
                running=one.status is SessionStatus.RUNNING,
                cases=len(cases),
                discuss=lanes.count(Lane.DISCUSS),
                note=lanes.count(Lane.NOTE),
                urgent=lanes.count(Lane.URGENT),
                coming=sum(1 for line in lines if line.presence not in _AWAY),
                invited=len(lines),
                quorum_met=rule.met,
                quorum_missing=tuple(str(code) for code in rule.lacking),
                without_question=tuple(
                    (line.participant, focus.names.get(line.participant, ""))
                    for line in cases
                    if line.participant and not (questions.get(line.discussion) if line.discussion else None)
                ),
            )
        )
    return tuple(cards)
