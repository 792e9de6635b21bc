"""The library: what is on the shelf, found as one types; help at once stays at the top."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop.conftest import settle
from tests.desktop.pages.at_work import AtWork, focus
from tests.desktop.reader import Role, click, find_all, says, typed
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.domain.records import Code
from workwell_desktop.services.assessing import library


def rows(work: AtWork) -> list[str]:
    """What the first column of the list says."""
    table = work.page.table
    return [] if table is None else [row.cells[0].first for row in table.model().rows]


def test_the_forms_stand_with_version_and_whether_they_are_offered(work: AtWork) -> None:
    work.go("library")
    assert {"PHQ-9", "GAD-7", "Work and health conversation"} <= set(rows(work))
    first = work.page.table.model().rows[0].cells
    assert [first[0].first, first[2].first, first[3].first] == [
        "Work and health conversation",
        "Offered",
        "May be shown",
    ]


def test_a_form_is_found_by_its_name(work: AtWork) -> None:
    page = work.go("library")
    typed(page, "Find a form", "phq 9")
    page._wait.timeout.emit()
    settle()
    assert rows(work) == ["PHQ-9"]
    typed(page, "Find a form", " zzz")
    page._wait.timeout.emit()
    settle()
    assert "Nothing has these words" in says(page)


def test_forms_of_a_newer_program_wait_in_the_library_and_are_offered_with_one_act(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = json.loads(next(one for one in library.shipped() if b"/forms/phq-2" in one))
    newer["version"] = "9.0"
    fresh = {**newer, "url": "https://workwell-desktop.example/forms/fresh", "title": "A fresh form"}
    came = [json.dumps(one).encode() for one in (newer, fresh)]
    monkeypatch.setattr(library, "shipped", lambda: came)
    page = work.go("library")
    settle()
    assert "2 forms came with this version of the program." in says(page)
    waits = {row.cells[0].first: row.cells[2] for row in page.table.model().rows}
    assert waits["A fresh form"].first == "Not offered yet"
    assert (waits["PHQ-2"].first, waits["PHQ-2"].second) == ("Offered", "Another waits to be tried")
    click(page, Role.Button, "Offer what came with the program")
    settle()
    assert "1 form is offered now." in says(page)
    assert library.open_form(work.desk, newer["url"]).version != "9.0"
    work.go("record")
    assert "came with this version" not in says(work.go("library"))


def test_changes_at_work_are_found_by_what_they_help_with(work: AtWork) -> None:
    page = work.go("library", tab="changes")
    every = len(rows(work))
    assert every > 40
    typed(page, "Find a change at work", "tiredness")
    page._wait.timeout.emit()
    assert 0 < len(rows(work)) < every
    typed(page, "Find a change at work", " zzz")
    page._wait.timeout.emit()
    settle()
    assert "Nothing has these words" in says(page)


def test_help_at_once_stays_at_the_top_whatever_is_looked_for(work: AtWork) -> None:
    page = work.go("library", tab="services")
    assert rows(work)[:3] == ["999 or A&E", "NHS 111, option 2", "Samaritans"]
    typed(page, "Find a service", "debt")
    page._wait.timeout.emit()
    found = rows(work)
    assert found[:3] == ["999 or A&E", "NHS 111, option 2", "Samaritans"]
    assert 4 < len(found) < 20


def test_the_parts_are_reached_by_the_arrows(work: AtWork) -> None:
    page = work.go("library")
    (bar,) = find_all(page, Role.PageTabList)
    bar.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Right)
    settle()
    assert page.tab == "changes"
    assert focus() is bar


def test_who_may_only_read_is_offered_nothing_else(work: AtWork) -> None:
    work.desk.person = replace(work.desk.person, roles=frozenset({Code("coach")}))
    page = work.go("library")
    assert find_all(page, Role.Button) == []
    assert "PHQ-9" in rows(work)


def test_in_one_column_the_number_of_a_service_is_still_in_sight(work: AtWork) -> None:
    theme().choose(percent=200)
    work.window.resize(1280, 720)
    work.go("library", tab="services")
    name, number, route = work.page.table.model().rows[0].cells
    # one below the other, each is there once: the number does not stand under the name as well
    assert (name.first, name.second, number.first) == ("999 or A&E", "Help at once", "999")
    assert route.first
    assert work.page.table.rowHeight(0) >= 2 * theme().measure("list_row") - theme().px(20)
