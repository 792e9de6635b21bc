"""What is refused or cannot be: one clear sentence where it was asked, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, press, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, says
from workwell_desktop.domain.participants import AgreementKind, Participant, Party
from workwell_desktop.domain.plans import ObstacleKind
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Discussion, Outcome
from workwell_desktop.services.coming_in import agreements, participants
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.person import obstacles, record, record_lists

ASK = "Please ask someone who may do it"


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def only_reads(here: AtWork) -> None:
    """The rights were taken while the page was open."""
    here.desk.person = replace(here.desk.person, roles=frozenset({"chair"}))


def put(page: Any, name: str, words: str) -> None:
    control = page.fields[name].control
    control.setFocus()
    control.selectAll()
    write(words)


def decided(here: AtWork) -> Id:
    with here.desk.unit() as unit:
        return unit.add(
            Discussion(
                id=new_id(),
                scope=here.dani,
                question="Is lifting safe?",
                decision="Lift up to 5 kg.",
                outcome=Outcome.CARRY_ON,
                decided_at=here.clock.now(),
                provisional=True,
            )
        )


def test_an_obstacle_refused_stays_as_typed(here: AtWork) -> None:
    page = here.go("obstacle")
    put(page, "text", "Shifts start at 5am")
    page.fields["kind"].control.set_value("workplace")
    only_reads(here)
    click(page, Role.Button, "Add the obstacle")
    settle()
    assert ASK in says(page)
    assert page.fields["text"].control.value() == "Shifts start at 5am"
    assert page.fields["kind"].control.value() == "workplace"
    assert record.overview(here.desk, here.dani).obstacles == ()


def test_an_obstacle_half_written_is_there_again_and_gone_once_added(here: AtWork) -> None:
    put(here.go("obstacle"), "text", "Shifts start")
    here.workspace.navigator.go("today")
    settle()
    page = here.go("obstacle")
    assert page.fields["text"].control.value() == "Shifts start"
    page.fields["kind"].control.set_value("workplace")
    click(page, Role.Button, "Add the obstacle")
    settle()
    assert here.page.fields["text"].control.value() == ""
    assert here.go("obstacle").fields["text"].control.value() == ""


def test_a_change_of_an_obstacle_that_was_refused_is_saved_once_it_may_be(here: AtWork) -> None:
    one = obstacles.add_obstacle(here.desk, here.dani, ObstacleKind.PERSON, "Pain")
    page = here.go("obstacle", obstacle=str(one))
    roles = here.desk.person.roles
    put(page, "text", "Pain at night")
    only_reads(here)
    press(Qt.Key.Key_Tab)
    assert ASK in says(page)
    assert page.fields["text"].control.value() == "Pain at night"
    here.desk.person = replace(here.desk.person, roles=roles)
    page.fields["text"].control.done.emit()
    settle()
    assert record.overview(here.desk, here.dani).obstacles[0].text == "Pain at night"


def test_leaving_an_obstacle_for_now_needs_a_reason(here: AtWork) -> None:
    one = obstacles.add_obstacle(here.desk, here.dani, ObstacleKind.PERSON, "Pain")
    page = here.go("obstacle", obstacle=str(one))
    click(page, Role.Button, "Leave it for now")
    settle()
    assert page.fields["why"].wrong
    assert record.overview(here.desk, here.dani).obstacles[0].left_reason == ""


def test_an_agreement_needs_an_answer_and_a_refusal_keeps_it(here: AtWork) -> None:
    page = here.go("agreement", kind="contact", party="employer")
    put(page, "said", "Only Jo")
    click(page, Role.Button, "Record the answer")
    settle()
    assert page.fields["given"].wrong
    assert page.errors.isVisible()
    page.fields["given"].control.set_value("yes")
    here.desk.person = replace(here.desk.person, roles=frozenset({"observer"}))
    click(page, Role.Button, "Record the answer")
    settle()
    assert ASK in says(page)
    assert page.fields["said"].control.value() == "Only Jo"
    here.desk.person = replace(here.desk.person, roles=frozenset({"coach"}))
    assert not agreements.allowed(here.desk, here.dani, AgreementKind.CONTACT, Party.EMPLOYER)


@pytest.mark.parametrize(
    ("name", "typed", "says_so"),
    [("since", "40/13", "14/3/1984"), ("since", "1/1/2027", "not later"), ("usual_hours", "200", "0 to 168")],
)
def test_work_that_cannot_be_is_named_and_stays_as_typed(here: AtWork, name: str, typed: str, says_so: str) -> None:
    before = work.current(here.desk, here.dani)
    page = here.go("work")
    put(page, name, typed)
    press(Qt.Key.Key_Tab)
    assert page.fields[name].wrong
    assert says_so in says(page)
    assert page.fields[name].control.value() == typed
    assert work.current(here.desk, here.dani) == before


@pytest.mark.parametrize(
    ("route", "name", "typed", "stored"),
    [
        ("work", "job_title", "Driver", lambda desk, who: work.history(desk, who)[0].job_title),
        ("details", "town", "Hebble", lambda desk, who: participants.get(desk, who).town),
    ],
)
def test_a_field_refused_keeps_its_words_and_is_saved_when_it_may_be(
    here: AtWork, route: str, name: str, typed: str, stored: Callable[[Desk, Id], object]
) -> None:
    page = here.go(route)
    roles = here.desk.person.roles
    put(page, name, typed)
    only_reads(here)
    press(Qt.Key.Key_Tab)
    assert ASK in says(page)
    assert page.fields[name].control.value() == typed
    assert stored(here.desk, here.dani) is None
    here.desk.person = replace(here.desk.person, roles=roles)
    page.leave()
    settle()
    assert stored(here.desk, here.dani) == typed


@pytest.mark.parametrize(
    ("name", "typed"),
    [("birth_date", "30/2/1984"), ("birth_date", "1/1/2020"), ("given_name", ""), ("family_name", "")],
)
def test_details_that_cannot_be_are_named_and_the_ones_before_stay(here: AtWork, name: str, typed: str) -> None:
    before = getattr(participants.get(here.desk, here.dani), name)
    page = here.go("details")
    control = page.fields[name].control
    control.setFocus()
    control.clear()
    write(typed)
    press(Qt.Key.Key_Tab)
    assert page.fields[name].wrong
    assert control.value() == typed
    assert getattr(participants.get(here.desk, here.dani), name) == before


def test_telling_that_is_refused_keeps_what_they_said(here: AtWork) -> None:
    page = here.go("tell", discussion=str(decided(here)))
    put(page, "words", "That is fair.")
    here.desk.person = replace(here.desk.person, roles=frozenset({"observer"}))
    click(page, Role.Button, "Record that they were told")
    settle()
    assert ASK in says(page)
    assert page.fields["words"].control.value() == "That is fair."
    here.desk.person = replace(here.desk.person, roles=frozenset({"coach"}))
    (found,) = record_lists.decisions_of(here.desk, here.dani)
    assert found.told_at is None


def test_a_talk_that_is_refused_keeps_its_note(here: AtWork) -> None:
    page = here.go("contact")
    put(page, "purpose", "Sick pay")
    put(page, "note", "She rang us.")
    only_reads(here)
    click(page, Role.Button, "Record the talk")
    settle()
    assert ASK in says(page)
    assert page.fields["note"].control.value() == "She rang us."
    assert page.fields["purpose"].control.value() == "Sick pay"


@pytest.mark.parametrize("route", ["record", "contact", "work", "agreement", "obstacle", "details", "ending", "plan"])
def test_who_may_not_read_a_record_is_told_in_one_sentence(here: AtWork, route: str) -> None:
    here.desk.person = replace(here.desk.person, roles=frozenset({"observer"}))
    with here.desk.read() as reader:
        name = reader.get(Participant, here.dani).name
    page = here.go(route)
    assert says(page).count(ASK) == 1
    assert name not in says(page)


def test_who_sees_no_papers_can_still_note_an_answer(here: AtWork) -> None:
    here.desk.person = replace(here.desk.person, roles=frozenset({"coordinator"}))
    page = here.go("agreement", kind="contact", party="employer")
    assert ASK not in says(page)
    assert "We get in touch with the employer" in says(page)
