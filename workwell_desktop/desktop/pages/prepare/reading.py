"""What preparing reads."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workwell_desktop.desktop.kit import Change
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import SessionStatus
from workwell_desktop.services.administration import people, teams
from workwell_desktop.services.administration.grants import OpenTo
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda, agenda_rules, case_pages, sending, session_pages
from workwell_desktop.services.meeting.session_views import AgendaLine, CaseView, SessionView, Suggestion
from workwell_desktop.services.person import case_background
from workwell_desktop.services.person.case_background import Background

SHOWN = frozenset(
    {"session", "attendance", "agenda_item", "discussion", "person", "team", "bring_request", "risk", "grant", "action"}
)
"""Kinds of record that the page shows."""
_RULED = frozenset({"bring_request", "risk", "action", "discussion", "plan", "response", "episode", "participant"})
"""Kinds of record that the site's rules look at, each about one person."""


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
    background: Background | None = None
    """What the record says beside the case; None for one that goes by its number."""
    opened: tuple[OpenTo, ...] = ()
    """To whom the case is open because the agenda was sent."""

    @property
    def line(self) -> AgendaLine | None:
        """The case's line on the agenda."""
        if self.session is None or self.case is None:
            return None
        return next((one for one in self.session.agenda if one.item == self.case.item), None)

    @property
    def there(self) -> frozenset[Id]:
        """Who stands on the agenda."""
        return frozenset(one.participant for one in self.session.agenda) if self.session else frozenset()


def rules_look_again(records: Iterable[Change], known: Prepared | None) -> bool:
    """Whether a change can alter whom the rules bring.

    What happens to somebody who stands on the agenda cannot: the rules bring only the others. Reading the caseload
    again costs a hundred times what saving a question costs.
    """
    there = known.there if known is not None else frozenset()
    return any(kind == "session" or (kind in _RULED and scope not in there) for kind, _record, scope in records)


def read_prepared(desk: Desk, session: Id | None, item: Id | None, known: Prepared | None = None) -> Prepared:
    """On the worker; without a session only what a new one is made from.

    ``known`` is what was read before, where the rules need not look again; they do when others stand on the agenda.
    """
    staff, mine = people.everyone(desk), teams.mine(desk)
    if session is None:
        return Prepared(None, None, mine, staff, ())
    view = session_pages.view_session(desk, session)
    if item not in {line.item for line in view.agenda}:
        item = view.agenda[0].item if view.agenda else None
    case = case_pages.view_case(desk, item) if item else None
    found = Prepared(view, case, mine, staff, ())
    if case is not None and case.visible and case.known:
        found = replace(found, background=case_background.background(desk, case.participant))
    if case is not None and view.agenda_sent_at is not None:
        found = replace(found, opened=sending.open_to(desk, session, case.participant))
    if not desk.may(Act.PREPARE_SESSION) or view.status is SessionStatus.LOCKED:
        return found
    if known is not None and known.there == found.there:
        return replace(found, others=known.others, brought=known.brought)
    others = tuple(agenda.may_be_brought(desk, session))
    return replace(found, others=others, brought=agenda_rules.suggestions(desk, session))
