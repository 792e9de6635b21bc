"""The service summary as a person uses it: by role and name, by keyboard, and as a file."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, find_all, says
from tests.services.summary_people import SOUTH, Group, fill, filled
from workwell_desktop.desktop.pages.person.measures import WholeTable
from workwell_desktop.desktop.pages.summary.page import SummaryPage
from workwell_desktop.desktop.pages.summary.periods import PRESETS
from workwell_desktop.desktop.shell.rail import NAV, NavEntry
from workwell_desktop.domain.episodes import ReferralSource
from workwell_desktop.domain.participants import WorkStatus


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def opened(here: AtWork) -> SummaryPage:
    here.workspace.navigator.go("summary")
    settle()
    page = here.page
    assert isinstance(page, SummaryPage)
    return page


def chosen(page: SummaryPage, code: str) -> None:
    page.preset.set_value(code)
    page.preset.done.emit()
    settle()


def test_charts_say_their_rows_and_turn_into_tables_by_key(here: AtWork) -> None:
    filled(here.desk)
    page = opened(here)
    chosen(page, "last_month")
    assert "1 October 2026 to 31 October 2026" in says(page)
    (chart,) = [one for one in find_all(page, Role.Graphic) if one.accessibleName().startswith("How people came to us")]
    assert "GP or practice team: 15, 58 %; " in chart.accessibleName()
    assert "Themselves: 11, 42 %" in chart.accessibleName()
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settle()
    table = next(one for one in page.findChildren(WholeTable) if one.accessibleName() == "How people came to us")
    model = table.model()
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert ["GP or practice team", "15", "58 %"] in rows
    assert isinstance(QApplication.focusWidget(), WholeTable)
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not [one for one in page.findChildren(WholeTable) if one.isVisible() and one.accessibleName() == "Plans"]


def test_one_team_is_chosen_by_name(here: AtWork) -> None:
    _north, south = filled(here.desk)
    page = opened(here)
    chosen(page, "last_month")
    assert find(page, Role.ComboBox, "Team") is page.teams
    page.teams.set_value(south)
    page.teams.done.emit()
    settle()
    (chart,) = [one for one in find_all(page, Role.Graphic) if one.accessibleName().startswith("How people came to us")]
    assert "GP or practice team: 7, 58 %" in chart.accessibleName()


def test_small_numbers_have_words(here: AtWork) -> None:
    filled(here.desk)
    fill(here.desk, Group(3, ReferralSource.HOUSING, here.clock.today(), WorkStatus.WORKING))
    page = opened(here)
    words = "\n".join(one.accessibleName() for one in find_all(page, Role.Graphic))
    assert "Housing: Fewer than 5" in words
    assert "Housing: 3" not in words
    assert "under 5 are not shown" in says(page) or "under 5 is not shown" in says(page)


def test_days_of_ones_own_are_asked_for_and_shown(here: AtWork) -> None:
    filled(here.desk)
    page = opened(here)
    chosen(page, "own")
    page.first.set_day(None)
    click(page, Role.Button, "Show this period")
    settle()
    assert "Give a day, such as 24/11/2026." in says(page)
    page.first.set_day(SOUTH[0].received.replace(day=1))
    page.last.set_day(SOUTH[0].received.replace(day=31))
    click(page, Role.Button, "Show this period")
    settle()
    assert "1 October 2026 to 31 October 2026" in says(page)


def test_a_period_that_ends_before_it_begins_is_said(here: AtWork) -> None:
    filled(here.desk)
    page = opened(here)
    chosen(page, "own")
    page.first.set_day(SOUTH[0].received.replace(day=31))
    page.last.set_day(SOUTH[0].received.replace(day=1))
    click(page, Role.Button, "Show this period")
    settle()
    assert "The end is before the start." in says(page)


def test_nobody_and_too_few_are_said(here: AtWork) -> None:
    page = opened(here)
    assert "Fewer than 5 people were with the service in this period" in says(page)
    chosen(page, "last_year")
    assert "Nobody was with the service in this period" in says(page)
    assert not find(page, Role.Button, "Save as a table").isEnabled()


def test_the_file_is_saved_where_it_was_asked_for(
    here: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(here.desk)
    page = opened(here)
    chosen(page, "last_month")
    place = tmp_path / "to take away"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(place))
    click(page, Role.Button, "Save as a table")
    settle()
    assert "Saved in to take away" in says(page)
    with (place / "service-summary.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["to"] for row in csv.DictReader(file)} == {"2026-10-31"}


def test_who_may_not_report_is_told(here: AtWork) -> None:
    here.desk.person = replace(here.desk.person, roles=frozenset({"chair"}))
    page = opened(here)
    assert "Please ask someone who may do it" in says(page)


def test_the_rail_and_a_key_lead_here(here: AtWork) -> None:
    assert {entry.route: entry.key for entry in _nav()}["summary"] == "Ctrl+5"
    here.workspace.navigator.go("summary")
    settle()
    assert here.page.route == here.page.nav == "summary"


def _nav() -> tuple[NavEntry, ...]:
    return NAV


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("this_month", "2026-01-01", "2026-01-15"),
        ("last_month", "2025-12-01", "2025-12-31"),
        ("this_quarter", "2026-01-01", "2026-01-15"),
        ("last_quarter", "2025-10-01", "2025-12-31"),
        ("this_year", "2025-04-01", "2026-01-15"),
        ("last_year", "2024-04-01", "2025-03-31"),
    ],
)
def test_periods_by_name(code: str, first: str, last: str) -> None:
    found = PRESETS[code](SOUTH[0].received.replace(year=2026, month=1, day=15))
    assert tuple(day.isoformat() for day in found) == (first, last)
