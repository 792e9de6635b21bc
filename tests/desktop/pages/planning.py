"""Maya plans with Dani; Priya Nair is a physiotherapist who may sign too."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.desktop import reader
from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, press
from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.desktop.pages.papers.page import PapersPage
from workwell_desktop.desktop.pages.papers.paper import PaperPage
from workwell_desktop.desktop.pages.plan import PlanPage
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import ApprovalHow, Document, PaperKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.plans import ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import plan_pages, plans
from workwell_desktop.services.planning.plan_views import PlanView
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import read_slots

CONTROL = Qt.KeyboardModifier.ControlModifier
PRIYA = "Priya Nair"
BOTH = (PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY)


def make(path: Path) -> None:
    """A closed store: two obstacles are noted, and there is no plan yet."""
    at_work.make(path)
    clock = FixedClock(at_work.BEFORE)
    desk = opening.unlock(path, Id(read_slots(path).people[0].person), PASSPHRASE, clock=clock, profile=CHEAP)
    new = NewPerson(
        name=PRIYA,
        profession=Profession.PHYSIOTHERAPIST,
        roles=frozenset({"clinician"}),
        passphrase=PASSPHRASE,
        registration_number="PH123456",
        teams=desk.person.teams,
    )
    people.add(desk, new)
    with desk.read() as found:
        who = found.list(Participant)[0].id
    participants.edit(desk, who, what_matters="Back with my team", gp_practice="Hebble Street Surgery")
    obstacles.add_obstacle(desk, who, ObstacleKind.PERSON, "Low back pain")
    obstacles.add_obstacle(desk, who, ObstacleKind.CONTEXT, "Sick pay ends")
    desk.lock()


@contextmanager
def begin(made: Path, folder: Path, **how: Any) -> Iterator[AtWork]:
    """The window with the pages of plans and papers."""
    with at_work.begin(made, folder, **how) as work:
        for page in (PlanPage, PaperPage, PapersPage):
            work.workspace.navigator.routes.add(page.route, page)
        yield work


def ready(work: AtWork) -> Id:
    """A plan that lacks nothing, through the services."""
    desk, who = work.desk, work.dani
    plan = plans.open_plan(desk, who)
    for one in view(work).obstacles:
        owner = OwnedBy(OwnerKind.STAFF, desk.me)
        obstacles.add_action(desk, who, f"Act on {one.text}", owner, date(2026, 12, 3), obstacle=one.obstacle)
    plans.set_review(desk, plan, date(2026, 12, 8))
    return plan


def view(work: AtWork) -> PlanView:
    """What the store holds of the newest version."""
    newest = plans.newest_plan(work.desk, work.dani)
    assert newest is not None
    return plan_pages.view_plan(work.desk, newest)


def say_yes(work: AtWork, plan: Id, *kinds: PaperKind) -> None:
    """Dani saw these and agreed, through the services."""
    for kind in kinds:
        shown = papers.preview(work.desk, plan, kind)
        papers.approve(work.desk, plan, kind, shown.content, how=ApprovalHow.IN_ROOM)


def documents(work: AtWork) -> list[Document]:
    """The register of Dani."""
    with work.desk.read() as found:
        return found.list(Document, scope=work.dani)


def staff(work: AtWork, name: str) -> Id:
    """One of ours."""
    with work.desk.read() as found:
        return found.list(Person, name=name)[0].id


def click(page: QWidget, role: QAccessible.Role, name: str) -> None:
    """Clicks, and lets what it brings come to rest."""
    reader.click(page, role, name)
    settle()


def draw(field: QWidget) -> None:
    """Draws a name with the mouse."""
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(field, left, pos=QPoint(30, 60))
    for step in range(1, 12):
        QTest.mouseMove(field, QPoint(30 + 20 * step, 60 + (step % 3) * 15))
    QTest.mouseRelease(field, left, pos=QPoint(270, 70))
    settle()


def go_on() -> None:
    """Ctrl+Enter."""
    press(Qt.Key.Key_Return, modifier=CONTROL)
