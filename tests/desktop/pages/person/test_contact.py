"""A talk: recorded in a moment, planned, moved; words typed are kept until they are recorded."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, pick, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, says
from tests.services.conftest import PASSPHRASE
from workwell_desktop.desktop.pages.person.contact_fields import time_of
from workwell_desktop.domain.episodes import ContactStatus
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.employment import work
from workwell_desktop.services.person import contacts, follow_up, obstacles
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.person.obstacles import OwnedBy

DUE = date(2026, 11, 24)


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def planned(here: AtWork) -> Id:
    return contacts.plan(here.desk, here.dani, ContactDetails("Review call", "phone", due=date(2026, 11, 24)))


def press_the_button() -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()


def test_a_planned_talk_is_recorded_with_a_line(here: AtWork) -> None:
    talk = planned(here)
    page = here.go("contact", contact=str(talk))
    page.fields["note"].control.setFocus()
    write("Slept better.")
    press_the_button()
    coming, one = contacts.of_participant(here.desk, here.dani)
    assert (one.status, one.note) == (ContactStatus.DONE, "Slept better.")
    assert (coming.status, coming.purpose, coming.due) == (ContactStatus.PLANNED, "Review call", date(2026, 12, 8))
    assert here.page.route == "record"
    assert "is recorded already" in says(here.go("contact", contact=str(talk)))


def test_length_work_actions_and_the_next_talk_are_one_press_of_the_button(here: AtWork) -> None:
    action = obstacles.add_action(here.desk, here.dani, "Ask for a chair", OwnedBy(OwnerKind.PARTICIPANT), DUE)
    talk = planned(here)
    page = here.go("contact", contact=str(talk))
    page.fields["minutes"].control.setFocus()
    write("15")
    pick(page.fields["work"].control, "returned")
    pick(page.fields[f"action {action}"].control, "done")
    page.fields["next"].control.set_value(None)
    press_the_button()
    (one,) = contacts.of_participant(here.desk, here.dani)
    assert (one.minutes, one.status) == (15, ContactStatus.DONE)
    now = work.current(here.desk, here.dani)
    assert now is not None
    assert now.details.status is WorkStatus.RETURNED
    assert follow_up.view(here.desk, here.dani).actions == ()


def test_tries_are_written_down_kindly_with_the_next_one(here: AtWork) -> None:
    talk = planned(here)
    page = here.go("contact", contact=str(talk))
    pick(page.fields["went"].control, "missed")
    page.fields["went"].control.done.emit()
    settle()
    assert "nobody’s failure" in says(page)
    assert not page.fields["minutes"].isVisible()
    press_the_button()
    coming, one = contacts.of_participant(here.desk, here.dani)
    assert (one.status, one.tries) == (ContactStatus.MISSED, 1)
    assert coming.due == date(2026, 11, 26)
    assert "Tried once" in says(here.go("contact"))


def test_the_week_of_the_programme_is_said_in_words_and_locks_nothing(here: AtWork) -> None:
    assert "Week 2 of 12. Off sick." in says(here.go("contact"))
    here.clock.set(here.clock.moment + timedelta(weeks=12))
    said = says(here.go("contact"))
    assert "The usual 12 weeks have passed" in said
    assert "Nothing is locked" in said


def test_what_is_typed_is_kept_until_it_is_recorded_and_for_that_talk_alone(here: AtWork) -> None:
    talk = planned(here)
    here.go("contact", contact=str(talk)).fields["note"].control.setFocus()
    write("Half a sentence")
    here.workspace.navigator.go("today")
    settle()
    assert here.go("contact").fields["note"].control.value() == ""
    assert here.go("contact", contact=str(talk)).fields["note"].control.value() == "Half a sentence"


def test_a_talk_that_nobody_planned_needs_its_purpose(here: AtWork) -> None:
    page = here.go("contact")
    page.fields["note"].control.setFocus()
    write("She rang us.")
    press_the_button()
    assert page.fields["purpose"].wrong
    assert page.fields["note"].control.value() == "She rang us."
    page.fields["purpose"].control.setFocus()
    write("Sick pay")
    press_the_button()
    _coming, one = contacts.of_participant(here.desk, here.dani)
    assert (one.purpose, one.note, one.status) == ("Sick pay", "She rang us.", ContactStatus.DONE)


def test_a_talk_is_planned_for_a_moment_and_put_on_another_day(here: AtWork) -> None:
    page = here.go("contact")
    pick(page.fields["kind"].control, "planned")
    page.fields["kind"].control.done.emit()
    settle()
    for name, words in (("purpose", "Review"), ("due", "3/12"), ("at", "2.30pm")):
        page.fields[name].control.setFocus()
        write(words)
    click(page, Role.Button, "Plan the talk")
    settle()
    (one,) = contacts.of_participant(here.desk, here.dani)
    assert one.at is not None
    assert (one.due, one.at.hour, one.at.minute) == (date(2026, 12, 3), 14, 30)
    page = here.go("contact", contact=str(one.id))
    page.fields["due"].control.setFocus()
    write("10/12")
    click(page, Role.Button, "Put it on another day")
    settle()
    assert contacts.of_participant(here.desk, here.dani)[0].due == date(2026, 12, 10)


def al(here: AtWork) -> Id:
    new = NewPerson("Al Reed", Profession.COACH, frozenset({"coach"}), PASSPHRASE, teams=here.desk.person.teams)
    return people.add(here.desk, new)


def test_whoever_has_the_next_step_is_chosen_and_can_hand_it_on(here: AtWork) -> None:
    taker = al(here)
    page = here.go("contact")
    pick(page.fields["kind"].control, "planned")
    page.fields["kind"].control.done.emit()
    settle()
    for name, words in (("purpose", "Review"), ("due", "3/12")):
        page.fields[name].control.setFocus()
        write(words)
    assert page.fields["owner"].control.value() == str(here.desk.me)
    pick(page.fields["owner"].control, str(taker))
    click(page, Role.Button, "Plan the talk")
    settle()
    (one,) = contacts.of_participant(here.desk, here.dani)
    assert one.owner == taker
    page = here.go("contact", contact=str(one.id))
    page.fields["note"].control.setFocus()
    write("Half a word")
    pick(page.fields["owner"].control, str(here.desk.me))
    click(page, Role.Button, "Hand the talk over")
    settle()
    assert contacts.of_participant(here.desk, here.dani)[0].owner == here.desk.me
    assert here.go("contact", contact=str(one.id)).fields["note"].control.value() == "Half a word"


def test_a_talk_is_not_given_to_somebody_who_left(here: AtWork) -> None:
    talk, taker = planned(here), al(here)
    page = here.go("contact", contact=str(talk))
    people.deactivate(here.desk, taker)
    page.fields["note"].control.setFocus()
    write("Half a word")
    pick(page.fields["owner"].control, str(taker))
    click(page, Role.Button, "Hand the talk over")
    settle()
    assert "no longer works here" in says(page)
    assert page.fields["note"].control.value() == "Half a word"
    assert contacts.of_participant(here.desk, here.dani)[0].owner == here.desk.me


@pytest.mark.parametrize(
    ("words", "hour", "minute"), [("11:30", 11, 30), ("9.05", 9, 5), ("1430", 14, 30), ("2pm", 14, 0), ("12pm", 12, 0)]
)
def test_a_time_is_read_as_people_write_it(words: str, hour: int, minute: int) -> None:
    found = time_of(words)
    assert found is not None
    assert (found.hour, found.minute) == (hour, minute)


@pytest.mark.parametrize("words", ["noon", "25:00", "11:75", ":", ""])
def test_what_is_no_time_is_none(words: str) -> None:
    assert time_of(words) is None
