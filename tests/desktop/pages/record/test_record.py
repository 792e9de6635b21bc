"""The record: written in place, every part real, and what one person sees is never carried to another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, focus, pick, press, tab_to, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, find_all, says
from workwell_desktop.catalogue import has
from workwell_desktop.desktop.pages.record.timeline import LANES, ask_history
from workwell_desktop.desktop.widgets.lanes import LanesPicture
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import AgreementKind, Participant, Party
from workwell_desktop.domain.plans import Action, ActionStatus, ObstacleKind, ObstacleStatus, OwnerKind
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.sessions import Discussion, Outcome
from workwell_desktop.services.coming_in import agreements, participants
from workwell_desktop.services.employment import work
from workwell_desktop.services.meeting import bringing, discussions
from workwell_desktop.services.person import contacts, obstacles, record
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.person.obstacles import OwnedBy

MATTERS = "What matters to Dani"


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def test_what_matters_is_read_then_written_in_place_and_saved_when_left(here: AtWork) -> None:
    page = here.go("record")
    assert "Nobody has asked yet." in says(page)
    assert not find_all(page, Role.EditableText, MATTERS)
    click(page, Role.Button, "Change what matters to Dani")
    settle()
    assert focus() is find(page, Role.EditableText, MATTERS)
    write("Back with my team by Christmas")
    assert participants.get(here.desk, here.dani).what_matters is None
    press(Qt.Key.Key_Tab)
    assert participants.get(here.desk, here.dani).what_matters == "Back with my team by Christmas"
    assert "Saved on this computer, 10:42am" in says(page)
    assert focus().accessibleName() == "Lives with"
    click(page, Role.Button, "Finish writing")
    settle()
    assert "“Back with my team by Christmas”" in says(page)


def test_leaving_the_page_saves_what_is_being_typed(here: AtWork) -> None:
    page = here.go("record")
    page.write(True)
    settle()
    find(page, Role.EditableText, MATTERS).setFocus()
    write("Sleep")
    here.workspace.navigator.go("today")
    settle()
    assert participants.get(here.desk, here.dani).what_matters == "Sleep"


def overfull(here: AtWork) -> None:
    for number in range(1, 8):
        one = obstacles.add_obstacle(here.desk, here.dani, list(ObstacleKind)[number % 3], f"Obstacle {number}")
        for step in ("Ask", "Try", "Look again"):
            obstacles.add_action(
                here.desk,
                here.dani,
                f"{step} about {number}",
                OwnedBy(OwnerKind.PARTICIPANT),
                date(2026, 12, number),
                obstacle=one,
            )


@pytest.mark.parametrize("size", [(1366, 690), (1366, 768)])
def test_the_overview_needs_no_scrolling_however_much_there_is(here: AtWork, size: tuple[int, int]) -> None:
    overfull(here)
    participants.edit(here.desk, here.dani, what_matters="Back with my team by Christmas, without pain every night.")
    here.window.resize(*size)
    page = here.go("record")
    for _ in range(3):
        settle()
    assert page.scroller is not None
    assert page.scroller.verticalScrollBar().maximum() == 0
    words = says(page)
    assert "more obstacles" in words
    for said in ("What matters to Dani", "Where we are", "What next", "What gets in the way", "Measures", "So far"):
        assert said in words
    find(page, Role.Button, next(one for one in words.splitlines() if one.endswith("more obstacles")))


def test_in_a_low_window_the_overview_scrolls_and_leaves_nothing_out(here: AtWork) -> None:
    overfull(here)
    here.window.resize(1366, 480)
    page = here.go("record")
    for _ in range(3):
        settle()
    words = says(page)
    assert "Obstacle 7" in words
    assert "more obstacles" not in words


def test_the_overview_says_where_we_are_and_what_comes_next(here: AtWork) -> None:
    contacts.plan(here.desk, here.dani, ContactDetails("Review call", "phone", due=date(2026, 11, 24)))
    obstacles.add_obstacle(here.desk, here.dani, ObstacleKind.WORKPLACE, "12 kg parcels")
    page = here.go("record")
    words = says(page)
    for said in ("Off sick 43 days, since 12 Oct", "Review call", "12 kg parcels", "1 open, 0 done", "Referral."):
        assert said in words
    filled = [one for one in find_all(page, Role.Button) if getattr(one, "kind", "") == "filled"]
    assert [one.accessibleName() for one in filled] == ["Record the call"]
    assert focus() is filled[0]


def test_what_is_to_be_done_stands_in_the_plan_tab_and_is_ticked_off_there(here: AtWork) -> None:
    owner = OwnedBy(OwnerKind.STAFF, here.desk.me)
    made = obstacles.add_action(here.desk, here.dani, "Ring the depot", owner, date(2026, 11, 20))
    bringing.ask_for(here.desk, here.dani, "Ready for full days?")
    page = here.go("record", tab="plan")
    assert "Ring the depot" in says(page)
    assert "4 days overdue" in says(page)
    click(page, Role.Button, "It is done: Ring the depot")
    settle()
    with here.desk.read() as reader:
        assert reader.get(Action, made).status is ActionStatus.DONE
    assert "Done, or not needed" in says(page)
    page.choose("sessions")
    settle()
    assert "Ready for full days?" in says(page)
    click(page, Role.Button, "Take it back: Ready for full days?")
    settle()
    assert "No session has talked about this person yet" in says(page)


def test_every_part_of_the_record_opens_and_is_remembered(here: AtWork) -> None:
    page = here.go("record")
    seen = {}
    for tab in ("assessments", "plan", "sessions", "papers", "agreements", "everything"):
        page.choose(tab)
        settle()
        seen[tab] = says(page)
    assert "Choose the questions" in seen["assessments"] or "Begin the assessment" in seen["assessments"]
    assert "There is no plan yet" in seen["plan"]
    assert "No session has talked about this person yet" in seen["sessions"]
    assert "No papers yet" in seen["papers"]
    assert "We share papers with the employer" in seen["agreements"]
    assert "Said yes: Take part in the service" in seen["everything"]
    here.workspace.navigator.go("today")
    settle()
    assert here.back().tab == "everything"


def test_what_sessions_decided_is_told_over_time_with_who_told_them_and_what_was_added(here: AtWork) -> None:
    with here.desk.unit() as unit:
        for day, decision in ((3, "Wait for the scan."), (17, "Half days from Monday.")):
            decided = unit.add(
                Discussion(
                    id=new_id(),
                    scope=here.dani,
                    question="What next?",
                    decision=decision,
                    rationale="It fits.",
                    dissent="Tom would wait.",
                    outcome=Outcome.CARRY_ON,
                    decided_at=datetime(2026, 11, day, 14, tzinfo=UTC),
                )
            )
    discussions.record_told(here.desk, decided, own_words="She is glad.")
    words = says(here.go("record", tab="sessions"))
    assert words.index("Half days from Monday.") < words.index("Wait for the scan.")
    for expected in ("What next?", "It fits.", "Tom would wait.", "Carry on", "She is glad.", "Not yet"):
        assert expected in words
    assert ", by Maya Okafor" in words


def test_the_history_of_a_line_says_who_wrote_what_when(here: AtWork) -> None:
    page = here.go("record", tab="everything")
    line = next(one for one in record.everything(here.desk, here.dani) if one.kind == "work")
    ask_history(page, line)
    settle()
    words = says(page)
    assert "Maya Okafor" in words
    assert "Stands now" in words
    assert "Northgate Parcels" in words
    ask_history(page, next(one for one in record.everything(here.desk, here.dani) if one.kind == "opened"))
    settle()
    assert "Off sick" in says(page)  # the site's word for the clock that it runs by
    assert "off_sick" not in says(page)
    click(page, Role.Button, "Back to everything, by date")
    settle()
    assert "Newest first" in says(here.page)


def test_details_are_saved_one_by_one_and_a_wrong_one_is_kept_and_named(here: AtWork) -> None:
    page = here.go("details")
    tab_to("Town")
    write("Hebble")
    press(Qt.Key.Key_Tab)
    assert participants.get(here.desk, here.dani).town == "Hebble"
    field = page.fields["nhs_number"].control
    field.setFocus()
    field.selectAll()
    write("999 000 0017")
    press(Qt.Key.Key_Tab)
    assert participants.get(here.desk, here.dani).nhs_number == "9990000018"
    assert page.fields["nhs_number"].wrong
    assert field.value() == "999 000 0017"


def test_work_is_told_again_and_stays_one_telling_of_the_day(here: AtWork) -> None:
    page = here.go("work")
    page.fields["job_title"].control.setFocus()
    write("Team leader")
    page.fields["usual_hours"].control.setFocus()
    write("37.5")
    page.fields["employer"].control.setFocus()
    settle()
    now = work.current(here.desk, here.dani)
    assert now is not None
    assert (now.details.job_title, str(now.details.usual_hours)) == ("Team leader", "37.5")
    assert len(work.history(here.desk, here.dani)) == 2
    assert page.foot is not None
    assert "Saved on this computer, 10:42am" in says(page)


def test_an_obstacle_is_added_changed_and_ended(here: AtWork) -> None:
    page = here.go("obstacle")
    click(page, Role.Button, "Add the obstacle")
    assert "Write what gets in the way." in says(page)
    page.fields["text"].control.setFocus()
    write("Shifts start at 5am")
    pick(page.fields["kind"].control, "workplace")
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle()
    (one,) = record.overview(here.desk, here.dani).obstacles
    assert (one.text, one.kind) == ("Shifts start at 5am", ObstacleKind.WORKPLACE)
    here.go("obstacle", obstacle=str(one.obstacle))
    click(here.page, Role.Button, "It no longer gets in the way")
    settle()
    assert record.overview(here.desk, here.dani).obstacles[0].status is ObstacleStatus.DONE


def test_somebody_who_may_not_write_reads_and_finds_no_field(here: AtWork) -> None:
    here.desk.person = replace(here.desk.person, roles=frozenset({"chair"}))
    assert here.desk.may(Act.READ, Participant)
    assert not here.desk.may(Act.EDIT_PARTICIPANT, Participant)
    page = here.go("record")
    assert not find_all(page, Role.EditableText, MATTERS)
    assert not find_all(page, Role.Button, "Change what matters to Dani")


def test_agreements_are_what_the_record_shows(here: AtWork) -> None:
    page = here.go("agreement", kind="contact", party="employer")
    pick(page.fields["given"].control, "yes")
    click(page, Role.Button, "Record the answer")
    settle()
    assert agreements.allowed(here.desk, here.dani, AgreementKind.CONTACT, Party.EMPLOYER)
    page = here.go("agreement", kind="contact", party="employer")
    assert "Nothing was given so far." in says(page)
    click(page, Role.Button, "Take the agreement back")
    settle()
    assert not agreements.allowed(here.desk, here.dani, AgreementKind.CONTACT, Party.EMPLOYER)
    assert "Taken back" in says(here.page)


def test_everything_by_date_shows_one_lane_alone_and_says_the_picture(here: AtWork) -> None:
    page = here.go("record", tab="everything")
    picture = page.findChild(LanesPicture)
    assert isinstance(picture, LanesPicture)
    assert "Work: 1 time." in picture.accessibleName()
    choice = find(page, Role.ComboBox, "Show")
    choice.set_value("work")  # type: ignore[attr-defined]
    choice.done.emit()  # type: ignore[attr-defined]
    settle()
    said = says(page)
    assert "Off sick" in said
    assert "Said yes: Take part in the service" not in said


def test_each_kind_of_event_that_a_lane_names_has_its_words() -> None:
    """A kind that was renamed would silently leave its lane."""
    for lane, kinds in LANES.items():
        assert has(f"record.lane.{lane}")
        for kind in kinds:
            assert has(f"record.event.{kind}"), kind
