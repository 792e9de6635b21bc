"""Today in the real window: each row names its act and leads there; people with like names are told apart."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find_all, says
from tests.services.conftest import TAKES_PART, dani
from workwell_desktop.desktop.standing import rail_facts
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode, ReferralSource
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import Code
from workwell_desktop.services.administration import audit
from workwell_desktop.services.coming_in import referrals
from workwell_desktop.services.coming_in.referrals import NewReferral
from workwell_desktop.services.person import contacts
from workwell_desktop.services.person.contacts import ContactDetails


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        contacts.plan(found.desk, found.dani, ContactDetails("Review call", "phone", due=date(2026, 11, 20)))
        yield with_pages(found)


def show(here: AtWork, route: str = "today") -> str:
    here.workspace.navigator.go(route)
    settle()
    return says(here.page)


def test_what_is_overdue_is_said_and_its_act_leads_to_the_page(here: AtWork) -> None:
    words = show(here)
    assert "4 days overdue" in words
    assert "Review call" in words
    button = next(one for one in find_all(here.page, Role.Button) if one.accessibleName().startswith("Record the call"))
    click(here.page, Role.Button, button.accessibleName())
    settle()
    assert here.page.route == "contact"


def test_like_names_show_birth_date_and_address_and_others_do_not(here: AtWork) -> None:
    assert "7 Mill Lane" not in show(here)
    other = dani(
        given_name="Daniel", preferred_name=None, nhs_number=None, address="3 Weir St", birth_date=date(1990, 1, 2)
    )
    made = referrals.create(
        here.desk,
        NewReferral(source=ReferralSource.SELF, reason="Back", who=other, agreements=(TAKES_PART,), accept=True),
    )
    contacts.plan(here.desk, made.participant, ContactDetails("First call", "phone", due=date(2026, 11, 24)))
    words = show(here)
    for said in ("Born 14 March 1984", "7 Mill Lane", "Born 2 January 1990", "3 Weir St"):
        assert said in words


def test_what_i_did_is_shown(here: AtWork) -> None:
    (talk,) = contacts.of_participant(here.desk, here.dani)
    words = show(here)
    assert "done today" not in words, "of nothing there is nothing to show"
    contacts.done(here.desk, talk.id)
    assert "Nothing" in show(here)
    settle()
    assert focus().accessibleName() == "New referral", "where nothing waits work begins with somebody new"
    click(here.page, Role.Button, "1 done today")
    settle()
    assert "Danielle Marsh: talked. Review call" in says(here.page)


@pytest.mark.parametrize("role", ["administrator", "observer"])
def test_who_may_read_no_case_is_told_so_and_is_not_noted_as_refused(here: AtWork, role: str) -> None:
    manager = here.desk.person
    here.desk.person = replace(manager, roles=frozenset({Code(role)}))
    assert "Nobody’s case is listed for your role" in show(here)
    assert rail_facts(here.desk).counts == {}
    here.desk.person = manager
    assert AuditKind.REFUSED not in {one.kind for one in audit.latest(here.desk)}


def test_a_page_that_is_refused_is_not_woken_by_the_note_of_its_refusal(here: AtWork) -> None:
    """Else it asks again, is noted again, and the store grows for as long as the window is open."""
    manager = here.desk.person
    show(here)
    here.desk.person = replace(manager, roles=frozenset({Code("observer")}))
    asked: list[str] = []

    def ask() -> None:
        asked.append("again")
        if len(asked) < 20:
            here.page.run(lambda: here.desk.allow(Act.READ, Episode))

    here.page.context.operations.changed.connect(ask)
    ask()
    settle()
    here.desk.person = manager
    assert asked == ["again"]
    assert "Your role does not include this" in says(here.page)
