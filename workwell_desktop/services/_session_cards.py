"""The card of each session of today."""

from collections.abc import Iterable

from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.sessions import AgendaItem, Attendance, Discussion, Lane, Presence, Session, SessionStatus
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import staff
from workwell_desktop.services.quorum import quorum
from workwell_desktop.services.today_views import Focus, SessionCard
from workwell_desktop.store import Reader

_LANES = {lane: place for place, lane in enumerate(Lane)}
_AWAY = (Presence.APOLOGIES, Presence.ABSENT)


def in_lanes(lines: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Urgent cases first, then those to discuss, then those to note; within a lane by position."""
    return sorted(lines, key=lambda one: (_LANES.get(one.lane or Lane.DISCUSS, 1), one.position or "", one.id))


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
