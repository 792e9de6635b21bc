"""What one look at the table of a session reads."""

from dataclasses import dataclass

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Discussion
from workwell_desktop.services.administration import people
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import case_pages, session_pages
from workwell_desktop.services.meeting.session_views import AgendaLine, CaseView, SessionView
from workwell_desktop.services.person import case_background, record
from workwell_desktop.services.person.case_background import Background
from workwell_desktop.services.person.record_views import BannerView
from workwell_desktop.services.planning import typed
from workwell_desktop.services.safekeeping import conflicts

_AT_TABLE = "case"
"""Name of the draft that holds the case."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one look at the table reads."""

    session: SessionView
    case: CaseView | None
    banner: BannerView | None
    people: tuple[Person, ...]
    found: Background | None = None
    """What the record says of work and of what was tried; None for a case that goes by its number."""
    apart: int = 0
    """How many answers of this session were written in two ways by people who were apart."""


def read_table(desk: Desk, session: Id, item: Id | None, held: Table | None = None) -> Table:
    """On the worker. Without an item the case that was at the table last on this computer, or the first that is open.

    ``held`` is the table as it was read last, where nothing of the session has changed since: only the case is read.
    """
    view = session_pages.view_session(desk, session) if held is None else held.session
    known = {line.item for line in view.agenda}
    if item not in known:
        item = Id(last) if (last := at_table(desk, session)) in known else None
    if item not in known:
        opened = [line.item for line in view.agenda if _waits(line)]
        item = next(iter(opened), None) or next((line.item for line in view.agenda), None)
    case = case_pages.view_case(desk, item) if item and desk.may(Act.READ, Discussion) else None
    banner = record.banner(desk, case.participant) if case and case.visible else None
    found = case_background.background(desk, case.participant) if case and case.visible and case.known else None
    if held is not None:
        return Table(view, case, banner, held.people, found, held.apart)
    return Table(view, case, banner, people.everyone(desk), found, len(conflicts.of_session(desk, session)))


def at_table(desk: Desk, session: Id) -> str:
    """The case that was at the table when this computer went off, or nothing."""
    return typed.of(desk, session).get(_AT_TABLE, "") if desk.may(Act.EDIT_OWN_SETTINGS) else ""


def keep_at_table(desk: Desk, session: Id, item: Id) -> None:
    """So that the room goes on at the same case after the computer has died. On the worker."""
    if desk.may(Act.EDIT_OWN_SETTINGS):
        typed.keep(desk, session, _AT_TABLE, str(item))


def after(lines: tuple[AgendaLine, ...], case: CaseView, noted: set[str]) -> AgendaLine | None:
    """The next case that is still open, going round once; ``noted`` are those to note that were passed."""
    for line in lines[case.number :] + lines[: case.number - 1]:
        if _waits(line) and line.item not in noted:
            return line
    return None


def _waits(line: AgendaLine) -> bool:
    """Whether the room has not been through this case yet, also one to note."""
    return not line.decided and not line.carried and line.withdrawn is None
