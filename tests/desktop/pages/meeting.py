"""A team that meets: Maya writes, Helen Frost takes the chair; Dani Marsh and Marlon Price take part."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, press
from tests.services.conftest import CHEAP, OFF_SICK, PASSPHRASE, TAKES_PART, dani
from workwell_desktop.desktop.pages.meetings.sessions import SessionsPage
from workwell_desktop.desktop.pages.prepare import PreparePage
from workwell_desktop.desktop.pages.session import SessionPage
from workwell_desktop.desktop.pages.signoff import SignOffPage
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Presence, Topics
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.meeting import agenda, case_pages, discussions, session_pages, sessions
from workwell_desktop.services.meeting.session_views import CaseView, SessionView
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def make(path: Path) -> None:
    """A closed store with both people and the chair."""
    at_work.make(path)
    desk = opening.unlock(
        path, Id(read_slots(path).people[0].person), PASSPHRASE, clock=FixedClock(at_work.BEFORE), profile=CHEAP
    )
    for name, profession, role in (
        ("Helen Frost", Profession.DOCTOR, "chair"),
        ("Priya Nair", Profession.PHYSIOTHERAPIST, "clinician"),
    ):
        new = NewPerson(
            name=name,
            profession=profession,
            roles=frozenset({role}),
            passphrase=PASSPHRASE,
            registration_number="7000001",
            teams=desk.person.teams,
        )
        people.add(desk, new)
    who = dani(given_name="Marlon", family_name="Price", preferred_name=None, nhs_number=None)
    referrals.create(
        desk,
        NewReferral(
            source=ReferralSource.GP,
            reason="Off work.",
            who=who,
            agreements=(TAKES_PART,),
            work=OFF_SICK,
            accept=True,
        ),
    )
    desk.lock()


@contextmanager
def begin(made: Path, folder: Path, **how: Any) -> Iterator[AtWork]:
    """The window with the pages of sessions."""
    with at_work.begin(made, folder, **how) as work:
        for page in (SessionsPage, PreparePage, SessionPage, SignOffPage):
            work.workspace.navigator.routes.add(page.route, page)
        yield work


def person(work: AtWork, name: str) -> Id:
    """One of ours."""
    with work.desk.read() as reader:
        return reader.list(Person, name=name)[0].id


def participant(work: AtWork, given: str) -> Id:
    """Somebody who takes part."""
    with work.desk.read() as reader:
        return reader.list(Participant, given_name=given)[0].id


def session(work: AtWork, *, chair_here: bool = True, questions: tuple[str, ...] = ("What next?", "Ready?")) -> Id:
    """A running session through the services, with Dani's case and then Marlon's."""
    helen, desk = person(work, "Helen Frost"), work.desk
    made = sessions.create_session(
        desk, Id(min(desk.person.teams)), at_work.NOW, place="Room 4", chair=helen, note_taker=desk.me
    )
    for given, question in zip(("Danielle", "Marlon"), questions, strict=False):
        item = agenda.add_case(desk, made, participant(work, given), question=question)
        discussions.agree_to_discuss(
            desk, case(work, item).discussion, Topics.YES, own_words="I want to go back.", view_how=Code("told_coach")
        )
    sessions.start_session(desk, made)
    for one in session_pages.view_session(desk, made).attendees:
        here = chair_here or one.person != helen
        sessions.attend(desk, one.attendance, Presence.PRESENT if here else Presence.APOLOGIES)
    return made


def open_page(work: AtWork, route: str, **params: str) -> Any:
    """Opens a page."""
    work.workspace.navigator.go(route, **params)
    settle()
    return work.page


def case(work: AtWork, item: Id) -> CaseView:
    """What the store holds of a case."""
    return case_pages.view_case(work.desk, item)


def cases(work: AtWork, made: Id) -> list[CaseView]:
    """All of a session, in order."""
    return [case(work, line.item) for line in view(work, made).agenda]


def view(work: AtWork, made: Id) -> SessionView:
    """What the store holds of a session."""
    return session_pages.view_session(work.desk, made)


def go_on() -> None:
    """Ctrl+Enter."""
    press(Qt.Key.Key_Return, modifier=CONTROL)
