"""Duties of care and agreements in the real window, by role and name: asked first, recorded, kept apart, taken back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, choose, press, tab_to, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find_all, says
from workwell_desktop.domain.duties import ConcernAbout, DisclosureReason, SafeguardingConcern, ScreenOutcome
from workwell_desktop.domain.episodes import ClosureReason, Episode
from workwell_desktop.domain.participants import AgreementKind, Party
from workwell_desktop.domain.people import Profession
from workwell_desktop.services.administration import people
from workwell_desktop.services.coming_in import agreements, limits, needs
from workwell_desktop.services.duties import capacity, disclosures, equality, red_flags, safeguarding
from workwell_desktop.services.duties.safeguarding import Concern


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


@pytest.fixture
def clinician(here: AtWork) -> AtWork:
    """Maya is a nurse as well, and works as a clinician."""
    people.change(
        here.desk,
        here.desk.me,
        profession=Profession.NURSE,
        registration_number="12A3456E",
        roles=frozenset({"administrator", "clinician"}),
    )
    here.desk.refresh()
    return here


def send() -> None:
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle()


def test_needs_then_limits_come_before_the_first_question_and_are_kept(here: AtWork) -> None:
    page = here.go("agreement")
    assert "First: how Dani likes to be told things" in says(page)
    choose("Large print")
    choose("Step-free way in")
    tab_to("How and when to get in touch")
    write("Phone before 11am")
    send()
    asked = needs.view(here.desk, here.dani)
    assert (asked.talking, asked.adjustments, asked.contact_note) == (
        ("large_print",),
        ("step_free",),
        "Phone before 11am",
    )
    assert "serious harm" in says(page)
    send()
    assert limits.said(here.desk, here.dani) is not None
    words = says(page)
    assert "Ask it in these words" in words
    assert "Large print. Phone before 11am." in words
    assert "Step-free way in." in words


def test_both_may_wait_and_a_service_is_asked_about_by_its_name(here: AtWork) -> None:
    page = here.go("agreement")
    click(page, Role.Button, "Ask later")
    settle()
    click(page, Role.Button, "Ask later")
    settle()
    assert "Nobody has asked how Dani likes to be told things" in says(page)
    choose("Share with another service")
    tab_to("Name of the service")
    write("Money advice")
    tab_to("Yes")
    press(Qt.Key.Key_Space)
    send()
    found = next(one for one in agreements.current(here.desk, here.dani) if one.party is Party.SERVICE)
    assert (found.kind, found.party_name, found.given) == (AgreementKind.SHARE, "Money advice", True)
    page = here.go("agreement", kind="share", party="service", party_name="Money advice")
    assert "Nothing was given so far" in says(page)
    click(page, Role.Button, "Take the agreement back")
    settle()
    assert "That is their right" in says(page)
    assert not agreements.allowed(here.desk, here.dani, AgreementKind.SHARE, Party.SERVICE, "Money advice")


def test_leaving_takes_two_acts_from_the_record_and_asks_for_nothing(here: AtWork) -> None:
    page = here.go("record")
    next(act for act in page.acts() if act.words == "They would like to leave").run()
    settle()
    send()
    with here.desk.read() as reader:
        (episode,) = reader.list(Episode, scope=here.dani)
    assert episode.closure_reason is ClosureReason.CHOSE_TO_LEAVE


def test_a_coach_is_told_who_screens_and_records_the_rest(here: AtWork) -> None:
    page = here.go("record")
    next(act for act in page.acts() if act.words == "Open duties of care").run()
    settle()
    page = here.page
    assert "A registered clinician records a screen" in says(page)
    assert find_all(page, Role.Button, "Record the screen") == []
    press(Qt.Key.Key_Tab, modifier=Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "01632 960 112" in says(page)
    send()
    assert "Choose from the list." in says(page)
    choose("A child")
    tab_to("The concern")
    write("A bruise on the arm")
    page = here.go("duties", part="capacity")
    page = here.go("duties", part="safeguarding")
    assert page.fields["what"].control.value() == "A bruise on the arm"  # kept while somebody looked elsewhere
    choose("A child")
    tab_to("Passed on to")
    write("Children's social care")
    click(page, Role.RadioButton, "No")
    settle()
    send()
    assert "Say why the person was not told." in says(page)
    tab_to("Why they were not told")
    write("It would put the child in danger")
    send()
    (note,) = safeguarding.of_participant(here.desk, here.dani).mine
    assert (note.what, note.passed_to, note.told) == ("A bruise on the arm", "Children's social care", False)
    assert page.fields["what"].control.value() == ""
    tab_to("What came of it")
    write("They will visit")
    click(page, Role.Button, "Record what came of it")
    settle()
    assert safeguarding.of_participant(here.desk, here.dani).mine[0].came_of_it == "They will visit"


def test_a_note_behind_glass_opens_once_for_a_reason(here: AtWork) -> None:
    seen = Concern(ConcernAbout.ADULT, "Bruises on both arms", "Adult services", here.desk.clock.today(), told=True)
    note = safeguarding.record(here.desk, here.dani, seen)
    with here.desk.unit() as unit:
        unit.set(SafeguardingConcern, note, recorded_by=None)
    page = here.go("duties", part="safeguarding")
    assert "Bruises" not in says(page)
    click(page, Role.Button, "Open it this once")
    settle()
    assert "Say in a sentence why" in says(page)
    write("She asked me on the phone whether she is safe.")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    settle()
    assert "Bruises on both arms" in says(page)
    here.go("duties", part="capacity")
    assert "Bruises" not in says(here.go("duties", part="safeguarding"))


def test_capacity_and_what_is_told_for_counts(here: AtWork) -> None:
    page = here.go("duties", part="capacity")
    assert "Dani decides." in says(page)
    for label, words in (
        ("The decision", "Whether the GP is told"),
        ("Why it was doubted", "Could not say it back"),
        ("Help that was given first", "Simple words"),
    ):
        tab_to(label)
        write(words)
    click(page, Role.RadioButton, "They have capacity for this decision")
    settle()
    send()
    (decision,) = capacity.of_participant(here.desk, here.dani)
    assert (decision.decision, decision.assessed_by) == ("Whether the GP is told", "Maya Okafor")
    page = here.go("duties", part="counts")
    click(page, Role.RadioButton, "Neurodiversity, such as autism or ADHD")
    settle()
    click(page, Role.Button, "Record it")
    settle()
    told = equality.condition(here.desk, here.dani)
    assert told is not None
    assert told.main.value == "neurodiversity"
    page.fields["sex"].control.set_value("female")
    page.fields["religion"].control.set_value("rather_not")
    send()
    assert "The answers are kept for counts." in says(page)
    assert "Answered Tuesday 24 November" in says(page)
    assert page.fields["sex"].control.value() is None  # nobody reads them for one person
    click(page, Role.Button, "Take the answers back")
    settle()
    assert equality.asked_on(here.desk, here.dani) is None


def test_a_flag_stands_at_the_head_of_every_page_until_the_person_was_seen(clinician: AtWork) -> None:
    here = clinician
    page = here.go("duties")
    choose("Red: a sign of serious illness")
    tab_to("In a few words")
    write("Numb legs")
    tab_to("Who is to see them")
    write("GP, same day")
    send()
    (screen,) = red_flags.of_participant(here.desk, here.dani)
    assert (screen.outcome, screen.see_by) == (ScreenOutcome.RED, here.clock.today() + timedelta(days=1))
    for route in ("record", "plan", "work"):
        words = says(here.go(route))
        assert "Work planning waits. Dani is to be seen first: GP, same day" in words
        assert "Numb legs" not in words
    click(here.go("record"), Role.Button, "Open duties")
    settle()
    page = here.page
    tab_to("Seen by")
    write("Dr Xavier")
    send()
    assert "It is recorded that Dani was seen." in says(page)
    assert "Work planning waits" not in says(here.go("record"))


def test_telling_without_agreement_is_recorded_by_who_may_and_never_for_an_employer(clinician: AtWork) -> None:
    here = clinician
    page = here.go("duties", part="told")
    choose("The law")
    tab_to("Why it could not wait for agreement")
    write("An order of the court")
    tab_to("Name")
    write("Northgate Parcels")
    tab_to("What was told")
    write("Dates of absence")
    click(page, Role.RadioButton, "Yes")
    settle()
    send()
    assert "Nothing is told to an employer without agreement" in says(page)
    assert page.fields["why"].control.value() == "An order of the court"
    page.fields["party_name"].control.set_value("County court")
    send()
    (told,) = disclosures.of_participant(here.desk, here.dani).mine
    assert (told.reason, told.party_name, told.decided_by) == (DisclosureReason.LAW, "County court", "Maya Okafor")


def test_the_way_of_talking_that_somebody_can_use_is_offered_where_one_talks(here: AtWork) -> None:
    needs.record(here.desk, here.dani, needs.Asked(frozenset({"text_only"}), contact_note="Never leave a message"))
    page = here.go("contact")
    assert page.fields["mode"].control.value() == "text"
    assert "By text only. Never leave a message." in says(page)
