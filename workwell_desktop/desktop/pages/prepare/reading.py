"""What preparing reads."""

from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import SessionStatus
from workwell_desktop.services import agenda, agenda_rules, case_pages, people, session_pages, teams
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.session_views import CaseView, SessionView, Suggestion


@dataclass(frozen=True, slots=True)
class Prepared:
    """What preparing reads."""

    session: SessionView | None
    case: CaseView | None
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    others: tuple[Participant, ...]
    brought: tuple[Suggestion, ...] = ()
    """Whom the site's rules bring."""


def read_prepared(desk: Desk, session: Id | None, item: Id | None) -> Prepared:
    """On the worker; without a session only what a new one is made from."""
    staff, mine = people.everyone(desk), teams.mine(desk)
    if session is None:
        return Prepared(None, None, mine, staff, ())
    view = session_pages.view_session(desk, session)
    if item not in {line.item for line in view.agenda}:
        item = view.agenda[0].item if view.agenda else None
    case = case_pages.view_case(desk, item) if item else None
    if not desk.may(Act.PREPARE_SESSION) or view.status is SessionStatus.LOCKED:
        return Prepared(view, case, mine, staff, ())
    others = tuple(agenda.may_be_brought(desk, session))
    return Prepared(view, case, mine, staff, others, agenda_rules.suggestions(desk, session))
