"""The record of events: latest first, found by words, for those who may; one's own for everybody else."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop.conftest import settle
from tests.desktop.laptop import MAYA, TOM, Laptop
from tests.desktop.reader import Role, find, find_all, says
from workwell_desktop.catalogue import has
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.administration import audit, partnership


@pytest.fixture
def at(at_laptop: Laptop) -> Laptop:
    """Tom opened Dani's record and was refused something; then Maya printed."""
    at_laptop.unlock(TOM)
    at_laptop.desk.opened(dani(at_laptop))
    with pytest.raises(NoPermission):
        partnership.change(at_laptop.desk, phone="01632 960 000")
    at_laptop.program.lock()
    settle()
    at_laptop.clock.set(at_laptop.clock.now() + timedelta(hours=1))
    at_laptop.unlock(MAYA)
    at_laptop.desk.noted(AuditKind.PRINTED, dani(at_laptop), detail="printed")
    at_laptop.desk.noted(AuditKind.EXPORTED, detail="backup")
    return at_laptop


def dani(at: Laptop) -> Id:
    with at.desk.read() as reader:
        return reader.list(Participant)[0].id


def rows(at: Laptop) -> list[str]:
    """What each row in sight says, column by column."""
    model = at.page.table.model()
    return [
        "; ".join(str(model.index(line, place).data()) for place in range(model.columnCount()))
        for line in range(model.rowCount())
    ]


def test_the_latest_stands_first_with_who_what_and_whom(at: Laptop) -> None:
    at.go("events")
    found = rows(at)
    assert found[0] == "Tue 24 Nov, 11:42am; Maya Okafor; Made a copy to take away, A backup of the store; "
    assert found[1] == "Tue 24 Nov, 11:42am; Maya Okafor; Printed a paper, On paper; Danielle Marsh"
    assert "Tue 24 Nov, 10:42am; Tom Reid; Opened the record; Danielle Marsh" in found
    assert "Tue 24 Nov, 10:42am; Tom Reid; Was refused, Changing the partnership; " in found


def test_events_are_found_by_words_kind_and_person(at: Laptop) -> None:
    at.go("events")
    search = at.page.search
    assert search.hasFocus()
    QTest.keyClicks(search, "tom marsh")
    assert rows(at) == ["Tue 24 Nov, 10:42am; Tom Reid; Opened the record; Danielle Marsh"]
    assert "1 event, latest first" in says(at.window)
    QTest.keyClicks(search, " nothing")
    assert "No event fits" in says(at.window)
    search.clear()
    kind = find(at.window, Role.ComboBox, "Kind of event")
    QTest.keyClicks(kind, "Refused")
    settle()
    assert [row.split("; ")[1] for row in rows(at)] == [TOM]


def test_events_are_found_by_day(at: Laptop) -> None:
    at.clock.set(at.clock.now() + timedelta(days=3))
    at.desk.noted(AuditKind.PRINTED, dani(at), detail="printed")
    at.go("events")
    first = find(at.window, Role.EditableText, "From this day")
    first.setFocus()
    QTest.keyClicks(first, "27 11")
    QTest.keyClick(first, Qt.Key.Key_Return)
    settle()
    assert rows(at) == ["Fri 27 Nov, 11:42am; Maya Okafor; Printed a paper, On paper; Danielle Marsh"]
    first.clear()
    last = find(at.window, Role.EditableText, "To this day")
    last.setFocus()
    QTest.keyClicks(last, "26 11")
    QTest.keyClick(last, Qt.Key.Key_Return)
    settle()
    assert {row.split(",")[0] for row in rows(at)} == {"Tue 24 Nov"}


def test_one_of_us_from_their_page(at: Laptop) -> None:
    at.go("events", person=str(at.person(TOM)))
    assert {row.split("; ")[1] for row in rows(at)} == {TOM}


def test_one_person_under_their_banner(at: Laptop) -> None:
    at.go("events", participant=str(dani(at)))
    assert "Who looked at this record" in says(at.window)
    assert "Record of Danielle Marsh" in says(at.window)
    assert {row.rsplit("; ", 1)[1] for row in rows(at)} == {"Danielle Marsh"}


def test_a_row_opens_the_record(at: Laptop) -> None:
    at.go("events")
    opened: list[tuple[str, str]] = []
    navigator = at.page.context.navigator
    navigator.routes.add("record", lambda _context: pytest.fail("not made"))
    navigator.go = lambda route, **params: opened.append((route, params["participant"]))
    at.page.table.setFocus()
    at.page.table.selectRow(1)
    QTest.keyClick(at.page.table, Qt.Key.Key_Return)
    at.page.table.selectRow(0)
    QTest.keyClick(at.page.table, Qt.Key.Key_Return)
    assert opened == [("record", str(dani(at)))]


def test_everybody_sees_what_they_did_themselves(at: Laptop) -> None:
    at.program.lock()
    settle()
    at.unlock(TOM)
    at.go("events")
    assert "These are the events of your own work." in says(at.window)
    assert {row.split("; ")[1] for row in rows(at)} == {TOM}
    assert not find_all(at.window, Role.ComboBox, "Whose events")
    refused = [one for one in audit.my_own(at.desk) if one.kind is AuditKind.REFUSED]
    assert len(refused) == 1, "looking at the page is no refusal"


def test_every_kind_and_every_act_has_words() -> None:
    assert all(has(f"audit.kind.{kind.value}") and has(f"audit.said.{kind.value}") for kind in AuditKind)
    assert all(has(f"audit.act.{act.value}") for act in Act)
