"""Finishing with somebody, and handing a case over: blameless, whole, and kept while it is being written."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, choose, focus, press, tab_to, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, find_all, says
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.episodes import ClosureReason, Contact, ContactStatus, Episode, EpisodeStatus, Handover
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.person import contacts, ending, record
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.planning import plans


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def episode(here: AtWork) -> Episode:
    with here.desk.read() as reader:
        return reader.list(Episode, scope=here.dani)[0]


def al(here: AtWork) -> Id:
    new = NewPerson(
        name="Al Reed",
        profession=Profession.COACH,
        roles=frozenset({"coach"}),
        passphrase=PASSPHRASE,
        teams=here.desk.person.teams,
    )
    return people.add(here.desk, new)


def end() -> None:
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle()


def test_a_programme_ends_by_keyboard_with_what_the_person_said(here: AtWork) -> None:
    contacts.plan(here.desk, here.dani, ContactDetails("Review", "phone", due=date(2026, 12, 1)))
    page = here.go("record")
    next(act for act in page.acts() if act.words == "Finish with this person").run()
    settle()
    assert here.page.route == "ending"
    assert "1 planned talk will be called off" in says(here.page)
    choose("Dani is back at work")
    tab_to("Work now")
    here.page.fields["work"].control.set_value("returned")
    tab_to("How it was for Dani")
    write("You listened.")
    tab_to("Occupational health")
    press(Qt.Key.Key_Space)
    tab_to("What was arranged, with whom and from when")
    write("Seen on 3 December")
    end()
    assert here.page.route == "record"
    one = episode(here)
    assert (one.status, one.closed_on, one.closed_by) == (EpisodeStatus.CLOSED, date(2026, 11, 24), here.desk.me)
    assert (one.closure_reason, one.closed_work) == (ClosureReason.RETURNED_TO_WORK, WorkStatus.RETURNED)
    assert (one.own_view, one.onward, one.onward_note) == (
        "You listened.",
        frozenset({"occupational_health"}),
        "Seen on 3 December",
    )
    assert "Take a new referral" in says(here.page)
    assert "You listened." in says(here.go("ending"))


def test_the_work_situation_says_the_same_from_that_day_on(here: AtWork) -> None:
    ending.close(here.desk, episode(here).id, ClosureReason.RETURNED_TO_WORK, ending.Ending(WorkStatus.RETURNED))
    now = record.overview(here.desk, here.dani).work
    assert now is not None
    assert (now.details.status, now.details.employer) == (WorkStatus.RETURNED, "Northgate Parcels")
    assert now.details.evidence is None


def test_talks_later_are_planned_for_those_who_said_yes(here: AtWork) -> None:
    page = here.go("ending")
    page.fields["reason"].control.set_value("plan_complete")
    page.fields["follow_up"].control.set_value(["yes"])
    end()
    with here.desk.read() as reader:
        talks = reader.list(Contact, order_by="due", scope=here.dani, status=ContactStatus.PLANNED)
    assert [one.due for one in talks] == [date(2027, 2, 23), date(2027, 5, 25)]
    assert talks[0].purpose == "How is work going, 13 weeks after the programme?"


def test_a_reason_is_asked_for_and_nothing_written_is_lost(here: AtWork) -> None:
    page = here.go("ending")
    page.fields["own_view"].control.setFocus()
    write("All fine")
    end()
    assert page.fields["reason"].wrong
    assert page.errors.isVisible()
    assert page.fields["own_view"].control.value() == "All fine"
    assert episode(here).status is EpisodeStatus.ACTIVE


def test_after_a_death_nobody_is_asked_how_it_was(here: AtWork) -> None:
    page = here.go("ending")
    page.fields["own_view"].control.setFocus()
    write("Half a sentence")
    page.fields["reason"].control.set_value("died")
    page.fields["reason"].control.done.emit()
    assert not page.fields["own_view"].isVisible()
    assert not page.fields["follow_up"].isVisible()
    end()
    one = episode(here)
    assert (one.closure_reason, one.own_view) == (ClosureReason.DIED, None)


def test_a_talk_about_risk_comes_first_and_what_was_written_stays(here: AtWork) -> None:
    with here.desk.unit() as unit:
        risk.raise_in(
            here.desk, unit, here.dani, response=here.dani, form_title="PHQ-9", question="question 9", answer="x"
        )
    page = here.go("ending")
    page.fields["reason"].control.set_value("other")
    page.fields["own_view"].control.setFocus()
    write("Thank you")
    end()
    assert here.page is page
    assert "A risk conversation is still open" in says(page)
    assert page.fields["own_view"].control.value() == "Thank you"


def test_a_half_written_end_is_there_again_and_gone_once_it_was_noted(here: AtWork) -> None:
    page = here.go("ending")
    page.fields["own_view"].control.setFocus()
    write("You list")
    page.fields["onward"].control.set_value(["gp"])
    here.workspace.navigator.go("today")
    settle()
    page = here.go("ending")
    assert page.fields["own_view"].control.value() == "You list"
    assert page.fields["onward"].control.value() == frozenset({"gp"})
    page.fields["reason"].control.set_value("chose_to_leave")
    end()
    assert not [key for key in here.desk.store.drafts.keys() if "ending" in key]  # noqa: SIM118


def test_how_far_a_goal_was_reached_is_saved_when_chosen(here: AtWork) -> None:
    goal = plans.add_goal(here.desk, here.dani, "Back with my team", by=None)
    page = here.go("ending")
    control = find(page, Role.ComboBox, "Back with my team")
    control.set_value("1")  # type: ignore[attr-defined]
    control.done.emit()  # type: ignore[attr-defined]
    settle()
    (one,) = ending.view(here.desk, here.dani).goals
    assert (one.id, one.level) == (goal, 1)


def test_who_may_not_end_a_programme_reads_what_is_open(here: AtWork) -> None:
    here.desk.person = replace(here.desk.person, roles=frozenset({"clinician"}))
    page = here.go("ending")
    assert "Somebody with the right to end a programme does this." in says(page)
    assert not find_all(page, Role.Button, "End the programme")


def test_a_refusal_after_all_is_one_sentence_and_keeps_the_words(here: AtWork) -> None:
    page = here.go("ending")
    page.fields["reason"].control.set_value("other")
    page.fields["own_view"].control.setFocus()
    write("Thank you")
    here.desk.person = replace(here.desk.person, roles=frozenset({"clinician"}))
    end()
    assert "Please ask someone who may do it" in says(page)
    assert page.fields["own_view"].control.value() == "Thank you"


def test_a_case_is_handed_over_with_its_talks_and_a_word(here: AtWork) -> None:
    taker = al(here)
    contacts.plan(here.desk, here.dani, ContactDetails("Review", "phone", due=date(2026, 12, 1)))
    page = here.go("handover")
    assert focus().accessibleName() == "Who takes over"
    assert "1 planned talk" in says(page)
    end()
    assert page.fields["coach"].wrong
    assert page.fields["told"].wrong
    page.fields["coach"].control.set_value(str(taker))
    page.fields["told"].control.set_value("yes")
    page.fields["note"].control.setFocus()
    write("Mornings suit her.")
    end()
    assert here.page.route == "record"
    assert episode(here).coach == taker
    with here.desk.read() as reader:
        (one,) = reader.list(Handover)
        (talk,) = reader.list(Contact, scope=here.dani)
    assert (one.before, one.after, one.note, one.told) == (here.desk.me, taker, "Mornings suit her.", True)
    assert talk.owner == taker
    assert any(line.kind == "handed_over" for line in record.everything(here.desk, here.dani))
    assert "From Maya Okafor to Al Reed. Mornings suit her." in says(here.go("handover"))


def test_where_nobody_else_works_there_is_nobody_to_hand_it_to(here: AtWork) -> None:
    page = here.go("handover")
    assert "There is nobody else who could take the case" in says(page)
    click(page, Role.Button, "Back to the record")
    settle()
    assert here.page.route == "record"


def test_who_may_not_hand_over_finds_no_button_for_it(here: AtWork) -> None:
    al(here)
    here.desk.person = replace(here.desk.person, roles=frozenset({"chair"}))
    page = here.go("handover")
    assert "Somebody with the right to change a case does this." in says(page)
    assert not find_all(page, Role.Button, "Hand the case over")
