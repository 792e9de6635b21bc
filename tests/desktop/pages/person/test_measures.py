"""Measures over time: the sentence, the picture and the table say the same, and a screen reader hears all of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find_all, says
from workwell_desktop.catalogue import has
from workwell_desktop.desktop.pages.person.measures import WholeTable
from workwell_desktop.domain.episodes import Mode


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    with at_work.begin(made, tmp_path) as found:
        yield with_pages(found)


def answered(here: AtWork, *totals: int) -> None:
    """A PHQ-9 for each total, two weeks apart; -1 leaves question 9 open."""
    clock = here.clock
    start = clock.moment
    for place, total in enumerate(totals):
        clock.set(start - timedelta(days=14 * (len(totals) - 1 - place)))
        values = {f"phq9-{n}": 0 for n in range(1, 10)}
        left = max(total, 0)
        for n in range(1, 9):
            values[f"phq9-{n}"] = min(3, left)
            left -= values[f"phq9-{n}"]
        if total < 0:
            del values["phq9-7"]
        here.filled("phq-9", values)
    clock.set(start)


def test_the_sentences_say_value_range_change_and_what_it_is_held_against(here: AtWork) -> None:
    answered(here, 18, 11)
    words = says(here.go("measures"))
    for said in ("11", "In the range often called moderate.", "Higher is worse", "Down 7 since 10 November 2026."):
        assert said in words
    assert "That passes the published number for a reliable change, 6." in words
    assert "Source: Bands: Kroenke, Spitzer and Williams 2001." in words


def test_what_is_missing_is_named_and_no_zero_is_shown(here: AtWork) -> None:
    answered(here, 18, -1)
    words = says(here.go("measures"))
    assert "Not calculated because question 7 has no answer." in words
    assert "0 of 27" not in words


def test_the_same_stands_as_a_table_of_dates_values_ranges_and_changes(here: AtWork) -> None:
    answered(here, 18, 14, 6)
    page = here.go("measures")
    (table,) = page.findChildren(WholeTable)
    model = table.model()
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["Date", "Value", "Range as published", "Change", "How, and who"]
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert rows == [
        ["24 November 2026", "6 of 27", "Mild range", "Down 8, Passes the published number"],
        ["10 November 2026", "14 of 27", "Moderate range", "Down 4, Below the published number"],
        ["27 October 2026", "18 of 27", "Moderately severe range", "First time"],
    ]
    assert table.height() >= table.verticalHeader().defaultSectionSize() * 3
    assert QAccessible.queryAccessibleInterface(table).role() == QAccessible.Role.Table
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "24 November 2026, 6 of 27, mild range, Down 8, Passes the published number" in spoken


def test_the_picture_is_heard_as_its_values(here: AtWork) -> None:
    answered(here, 18, 6)
    page = here.go("measures")
    pictures = [one.accessibleName() for one in find_all(page, Role.Graphic)]
    assert any("18 on Tuesday 10 November" in name and "6 on Tuesday 24 November" in name for name in pictures)


def test_the_overview_leads_to_it_and_it_leads_back(here: AtWork) -> None:
    answered(here, 18)
    page = here.go("record")
    click(page, Role.Button, "Measures over time, as a table")
    settle()
    assert here.page.route == "measures"
    click(here.window, Role.Button, "Back to the record")
    settle()
    assert here.page.route == "record"


def test_without_a_measure_it_says_so(here: AtWork) -> None:
    assert "No measure has been answered yet" in says(here.go("measures"))


def test_every_way_of_asking_has_its_words() -> None:
    assert all(has(f"measures.mode.{mode.value}") for mode in Mode)


def test_what_did_not_change_is_not_held_against_a_number(here: AtWork) -> None:
    answered(here, 8, 8)
    page = here.go("record")
    words = says(page)
    assert "No change" in words
    assert "reliable" not in words
