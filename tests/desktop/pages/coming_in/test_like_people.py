"""People with like names are told apart in every list, and nothing of one goes into the page of another."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import says
from tests.services.conftest import TAKES_PART, dani
from workwell_desktop.desktop.pages import routes
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.plans import ObstacleKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.person import contacts, obstacles
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.planning import plans

MARK = "7193"
"""Digits, so that a field for a number or a day takes them too."""
ABOUT_ONE = (
    "record", "contact", "work", "agreement", "obstacle", "details", "ending", "handover", "plan", "conflict", "tell",
    "referral", "assessment", "risk", "measures",
)  # fmt: skip
LISTS = ("today", "participants", "referrals", "papers")


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def another(here: AtWork, *, accept: bool = True) -> Id:
    """Somebody of the same name, born on another day, in another street."""
    who = dani(birth_date=date(1991, 6, 2), address="9 Weir Street", nhs_number=None, preferred_name=None)
    new = NewReferral(ReferralSource.GP, "Back pain", who=who, agreements=(TAKES_PART,), accept=accept)
    return referrals.create(here.desk, new).participant


def fields(page: Any) -> list[QLineEdit | QPlainTextEdit]:
    found = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return [one for one in found if one.isVisible() and one.isEnabled() and not one.isReadOnly()]


def words_in(page: Any) -> str:
    """Everything in sight and in the fields."""
    found = [one.text() for one in page.findChildren(QLineEdit)]
    found += [one.toPlainText() for one in page.findChildren(QPlainTextEdit)]
    return "\n".join([says(page), *found])


@pytest.mark.parametrize("route", ABOUT_ONE)
def test_nothing_typed_or_copied_of_one_person_is_in_the_page_of_another(here: AtWork, route: str) -> None:
    assert route in routes.table()
    other = another(here)
    for who in (here.dani, other):
        obstacles.add_obstacle(here.desk, who, ObstacleKind.PERSON, "Low back pain")
        plans.open_plan(here.desk, who)
    page = here.go(route)
    if route == "record":
        page.write(True)
        settle()
    written = fields(page)
    for one in written:
        one.setFocus()
        write(MARK)
    assert not written or MARK in words_in(page)
    QApplication.clipboard().setText(f"copied {MARK}")
    here.workspace.navigator.go(route, participant=str(other))
    settle()
    page = here.page
    assert MARK not in words_in(page)
    assert MARK not in QApplication.clipboard().text()
    assert "7 Mill Lane" not in words_in(page)
    sheets = [one for one in page.findChildren(QPlainTextEdit) if MARK in one.toPlainText()]
    assert sheets == []


def test_the_paper_beside_the_plan_is_never_another_persons(here: AtWork) -> None:
    other = another(here)
    for who in (here.dani, other):
        obstacles.add_obstacle(here.desk, who, ObstacleKind.PERSON, "Low back pain")
    mine, theirs = plans.open_plan(here.desk, here.dani), plans.open_plan(here.desk, other)
    here.go("plan")
    before = here.page._paper
    assert before is not None
    assert before._plan == mine
    here.workspace.navigator.go("plan", participant=str(other))
    settle()
    assert here.page._paper is not before
    assert here.page._paper._plan == theirs


@pytest.mark.parametrize("route", LISTS)
def test_two_people_of_one_name_are_told_apart_in_the_list(here: AtWork, route: str) -> None:
    other = another(here, accept=route != "referrals")
    if route == "referrals":
        third = dani(birth_date=date(1984, 3, 14), nhs_number=None)
        referrals.create(here.desk, NewReferral(ReferralSource.SELF, "Her back", who=third))
    for who in (here.dani, other):
        contacts.plan(here.desk, who, ContactDetails("Review", "phone", due=date(2026, 11, 24)))
        if route == "papers":
            plans.open_plan(here.desk, who)
    here.workspace.navigator.go(route)
    settle()
    words = words_in(here.page)
    assert words.count("Danielle Marsh") >= 2
    assert ("1984" in words and "1991" in words) or ("7 Mill Lane" in words and "9 Weir Street" in words)


def test_ctrl_k_tells_two_people_of_one_name_apart(here: AtWork) -> None:
    from workwell_desktop.services.caseload import search

    another(here)
    hits = search.quick(here.desk, "danielle marsh")
    assert len({(one.name, one.birth_date, one.address) for one in hits}) == 2
