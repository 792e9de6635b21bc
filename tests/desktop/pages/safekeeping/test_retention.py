"""A record that is due is looked at, kept longer, erased by two people, and its certificate is saved."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop.laptop import MAYA, TOM, Laptop
from tests.desktop.reader import Role, click, find, find_all, says
from tests.services.conftest import PASSPHRASE
from tests.services.paperwork.test_papers import words_of
from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person


@pytest.fixture
def due(at_laptop: Laptop) -> Laptop:
    """Nine years after Dani's programme ended; Tom leads the team."""
    at_laptop.unlock(MAYA)
    tom = at_laptop.person(TOM)
    with at_laptop.desk.unit() as unit:
        (one,) = unit.reader.list(Episode)
        unit.set(Episode, one.id, status=EpisodeStatus.CLOSED, closed_on=date(2026, 11, 24))
        unit.set(Person, tom, roles=frozenset({"team_lead"}))
    at_laptop.clock.set(at_laptop.clock.now() + timedelta(days=365 * 9))
    at_laptop.go("retention")
    return at_laptop


def test_a_record_is_kept_longer_with_a_reason(due: Laptop) -> None:
    (row,) = due.page.rows.rows
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    due.rest()
    assert due.page.route == "erase"
    assert due.page.banner is not None
    click(due.window, Role.Button, "Keep longer")
    due.rest()
    assert "Give the day until which it is kept." in says(due.window)
    due.page.fields["until"].control.set_value("1 January 2037")
    due.page.fields["reason"].control.set_value("other")
    click(due.window, Role.Button, "Keep longer")
    due.rest()
    assert "Say why in your own words." in says(due.window)
    due.page.fields["words"].control.set_value("Her letters are drying")
    click(due.window, Role.Button, "Keep longer")
    due.rest()
    assert "Danielle Marsh is kept until Thursday 1 January 2037." in says(due.window)
    due.go("retention")
    said = says(due.window)
    assert "Nothing to decide" in said
    assert "Something else · Her letters are drying" in said
    QTest.keyClick(due.page.rows.rows[0], Qt.Key.Key_Return)
    due.rest()
    assert "decided that it is kept until Thursday 1 January 2037. Whoever erases it goes against that" in says(
        due.window
    )


def test_a_record_is_erased_by_two_and_its_certificate_saved(due: Laptop, tmp_path: Path) -> None:
    with due.desk.read() as reader:
        (dani,) = reader.list(Participant)
    page = due.go("erase", participant=str(dani.id))
    click(due.window, Role.Button, "Erase for good")
    assert [name for name, field in page.fields.items() if field.wrong] == ["why", "second", "passphrase", "name"]
    page.fields["why"].control.set_value("retention")
    page.fields["second"].control.set_value(str(due.person(TOM)))
    QTest.keyClicks(find(due.window, Role.EditableText, "Their passphrase"), PASSPHRASE)
    click(due.window, Role.Button, "Erase for good")
    due.rest()
    assert "Type the name as it stands above." in says(due.window)
    QTest.keyClicks(find(due.window, Role.EditableText, "Type Danielle Marsh to be sure"), "danielle marsh")
    click(due.window, Role.Button, "Erase for good")
    due.rest()
    assert "The record was erased here." in says(due.window)
    assert find_all(due.window, Role.Button, "Save the certificate…")
    page.save(tmp_path / "certificate.pdf")
    due.rest()
    assert "Danielle Marsh" in words_of((tmp_path / "certificate.pdf").read_bytes())
    with due.desk.read() as reader:
        assert reader.list(Participant) == []
    due.go("retention")
    said = says(due.window)
    assert f"Record {dani.id[:8]}" in said
    assert "Maya Okafor, agreed by Tom Reid" in said
    assert "Danielle" not in said
