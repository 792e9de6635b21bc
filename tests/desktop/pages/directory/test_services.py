"""The directory and what comes of it, in the window: found as one types, chosen, its letter shown, the loop closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
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
from tests.services.signposting.test_directory import EXAMPLE, TALK
from workwell_desktop.desktop.reminding import Reminding
from workwell_desktop.desktop.shell.navigator import Routes
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.directory import Stage, Way
from workwell_desktop.domain.people import Profession
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.person import appointments, blocks
from workwell_desktop.services.signposting import directory, service_loops
from workwell_desktop.services.signposting.directory_views import NATIONAL, OWN
from workwell_desktop.services.signposting.service_loops import Chosen

AT = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def names(page: object) -> list[str]:
    return [row.cells[0].first for row in page.table.model().rows]  # type: ignore[attr-defined]


def press_the_button() -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()


def test_a_service_is_found_as_one_types_and_the_crisis_lines_stay(here: AtWork) -> None:
    directory.add(here.desk, TALK)
    here.workspace.navigator.go("services")
    settle()
    page = here.page
    page.fields["words"].control.setFocus()
    write("talking calder")
    settle()
    assert names(page)[4:] == [TALK.name]
    assert all("always first" in one for one in names(page)[:4])
    write(" and nothing else")
    settle()
    assert len(names(page)) == 4
    assert "No service here is like that" in says(page)


def test_a_file_with_a_wrong_line_changes_nothing_and_offers_the_good_ones(here: AtWork, tmp_path: Path) -> None:
    here.workspace.navigator.go("services")
    settle()
    page = here.page
    path = tmp_path / "own.csv"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("mood company", "friends"), encoding="utf-8")
    page.take_in(path)
    settle()
    assert "own.csv, line 2, helps" in says(page)
    assert not [one for one in directory.find(here.desk).entries if one.own]
    click(page, Role.Button, "Take in the 2 good lines")
    settle()
    assert len([one for one in directory.find(here.desk).entries if one.own]) == 2


def test_an_entry_is_written_and_what_lacks_is_named_at_its_field(here: AtWork) -> None:
    here.workspace.navigator.go("service-edit")
    settle()
    page = here.page
    press_the_button()
    assert page.fields["name"].wrong
    assert page.fields["helps"].wrong
    page.fields["name"].control.setFocus()
    write("Mill Moves")
    page.fields["helps"].control.set_value(["health"])
    page.fields["phone"].control.setFocus()
    write("01632 960 203")
    press_the_button()
    assert [one.name for one in directory.find(here.desk).entries if one.own] == ["Mill Moves"]
    assert here.page.route == "services"


def test_a_national_number_is_corrected_and_a_crisis_line_is_not_offered_to_be(here: AtWork) -> None:
    here.workspace.navigator.go("service-edit", service=NATIONAL + "mind")
    settle()
    here.page.fields["phone"].control.set_value("0300 999 9999")
    press_the_button()
    assert directory.entry(here.desk, NATIONAL + "mind").phone == "0300 999 9999"
    here.workspace.navigator.go("service-edit", service=NATIONAL + "samaritans")
    settle()
    assert here.page.fields == {}
    assert "nobody can take it out" in says(here.page)


def test_a_service_is_chosen_its_letter_agreed_to_and_the_loop_closed(here: AtWork) -> None:
    key = OWN + directory.add(here.desk, TALK)
    page = here.go("service", service=key)
    pick(page.fields["way"].control, "referral")
    press_the_button()
    assert page.fields["asked"].wrong
    page.fields["asked"].control.setFocus()
    write("A place on Thursdays")
    press_the_button()
    page = here.page
    assert page.route == "loops"
    assert "Not shown to them yet" in says(page)
    click(page, Role.Button, "Dani has seen it and agrees")
    settle()
    assert "They agreed to this letter" in says(page)
    pick(page.fields["stage"].control, "not_started")
    page.fields["stage"].control.done.emit()
    settle()
    press_the_button()
    assert page.fields["why"].wrong
    page.fields["why"].control.set_value("too_long")
    press_the_button()
    (view,) = service_loops.of_participant(here.desk, here.dani)
    assert (view.stage, view.open) == (Stage.NOT_STARTED, False)
    assert "The wait is too long" in says(page)


def test_what_has_to_be_known_of_a_service_is_said_before_it_is_chosen(here: AtWork) -> None:
    service_loops.choose(here.desk, here.dani, NATIONAL + "able-futures", Chosen(Way.SELF, ""))
    said = says(here.go("service", service=NATIONAL + "able-futures"))
    assert "Not open to civil servants" in said
    assert "nobody has said yet what came of it" in said


def al(here: AtWork) -> str:
    new = NewPerson("Al Reed", Profession.COACH, frozenset({"coach"}), PASSPHRASE, teams=here.desk.person.teams)
    return str(people.add(here.desk, new))


def test_a_home_visit_is_booked_warned_of_once_and_asked_after_when_the_time_has_passed(here: AtWork) -> None:
    knows = al(here)
    for expected in (0, 1):
        page = here.go("appointment")
        for name, words in (("purpose", "Look at the plan"), ("day", "1/12"), ("at", "10am"), ("place", "7 Mill Lane")):
            page.fields[name].control.setFocus()
            write(words)
        pick(page.fields["mode"].control, "home")
        page.fields["mode"].control.done.emit()
        settle()
        press_the_button()
        if expected:
            assert "At that time there is Danielle Marsh, 10am to 10:30am." in says(page)
            break
        assert page.fields["knows"].wrong
        assert page.fields["back_by"].wrong
        page.fields["knows"].control.set_value(knows)
        page.fields["back_by"].control.setFocus()
        write("11am")
        press_the_button()
        assert "Card for them" in says(here.page)
    context = here.workspace.context
    assert context is not None
    above = Reminding(context)
    assert above.isHidden()
    here.clock.set(AT + timedelta(hours=1))
    above.look()
    assert "You were to be back by 11am" in says(above)
    click(above, Role.Button, "I am back")
    settle()
    assert appointments.reminders(here.desk) == ()
    above.deleteLater()


def test_a_block_of_sessions_counts_what_took_place(here: AtWork) -> None:
    page = here.go("blocks")
    page.fields["what"].control.setFocus()
    write("Pain and pacing")
    press_the_button()
    click(page, Role.Button, "A session took place today")
    settle()
    assert "1 of 6" in says(page)
    (one,) = blocks.of_participant(here.desk, here.dani)
    assert (one.attended, one.open) == (1, True)


def test_every_page_of_it_is_known_to_the_window() -> None:
    from workwell_desktop.desktop.pages import routes

    known = Routes({**routes.table()})
    for route in ("services", "service", "service-edit", "loops", "appointment", "blocks"):
        assert route in known
