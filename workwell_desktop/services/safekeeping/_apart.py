"""What two laptops wrote differently at one session: which session it belongs to, and that it waits on Today."""

from collections import Counter
from collections.abc import Iterator

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.records import KINDS, Id
from workwell_desktop.domain.sessions import Session
from workwell_desktop.services.caseload._arranging import urgency
from workwell_desktop.services.caseload.today_views import Focus, Route, TodayItem
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Conflict, Reader


def session_of(reader: Reader, one: Conflict) -> Id | None:
    """The session that a record belongs to, or None."""
    if one.kind == "session":
        return one.record
    record = reader.find(KINDS[one.kind], one.record) if one.kind in KINDS else None
    if one.kind == "action":
        discussion = getattr(record, "discussion", None)
        record = reader.find(KINDS["discussion"], discussion) if discussion else None
    found: Id | None = getattr(record, "session", None)
    return found


def sessions_apart(desk: Desk, reader: Reader, focus: Focus) -> Iterator[TodayItem]:
    """Sessions of which something was written in two ways, for those of the team who may choose.

    One item a session, however much there is to choose: the page leads from one to the next.
    """
    if focus.owner is None or not desk.may(Act.SETTLE_CONFLICT, Session):
        return
    counted = Counter(session_of(reader, one) for one in reader.conflicts())
    for session, count in counted.items():
        found = reader.find(Session, session)
        if found is None or found.starts_at is None or not _mine(desk, found):
            continue
        team = reader.find(Team, found.team)
        yield TodayItem(
            kind="apart",
            record=found.id,
            participant=None,
            name=(team.name or "") if team else "",
            urgency=urgency(focus, None),
            due=None,
            at=None,
            days=0,
            words={"count": count, "starts_at": found.starts_at},
            route=Route("conflict", {"session": found.id}),
        )


def _mine(desk: Desk, session: Session) -> bool:
    teams = desk.person.teams
    return not teams or session.team in teams or desk.me in (session.chair, session.note_taker)
