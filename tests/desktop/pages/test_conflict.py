"""Which answer is right: neither is chosen for anybody, nothing is thrown away."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, says
from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.services import conflicts, opening, participants
from workwell_desktop.store import read_slots, slots


@pytest.fixture
def here(qapp: QApplication, made: Path, tmp_path: Path) -> Iterator[AtWork]:
    other = tmp_path / "other.workwell"
    for file in made.parent.glob(f"{made.name}*"):
        if not file.name.endswith(".lock"):
            shutil.copy(file, other.with_name(file.name.replace(made.name, other.name)))
    slots.save(other, replace(slots.load(other), renew=True))
    with at_work.begin(made, tmp_path) as found:
        maya = read_slots(other).people[0].person
        there = opening.unlock(other, found.desk.me, PASSPHRASE, clock=found.clock, profile=CHEAP)
        assert maya == found.desk.me
        participants.edit(found.desk, found.dani, town="Hebble")
        participants.edit(there, found.dani, town="Weir")
        found.desk.store.apply(there.store.changes_since(found.desk.store.vector()))
        there.store.close()
        yield with_pages(found)


def test_nothing_is_chosen_beforehand_and_keeping_asks_first(here: AtWork) -> None:
    page = here.go("conflict")
    words = says(page)
    for said in ("Hebble", "Weir", "Maya Okafor (you)", "On this laptop", "Nothing has been thrown away."):
        assert said in words
    assert not any(radio.isChecked() for radio in page.radios)
    click(page, Role.Button, "Keep the chosen answer")
    settle()
    assert "Choose one answer, or write another." in says(page)
    assert len(conflicts.of_participant(here.desk, here.dani)) == 1


def test_one_answer_is_kept(here: AtWork) -> None:
    page = here.go("conflict")
    click(page, Role.RadioButton, "Weir")
    click(page, Role.Button, "Keep Weir")
    settle()
    assert participants.get(here.desk, here.dani).town == "Weir"
    assert "There is nothing to choose" in says(here.page)


def test_another_answer_is_written(here: AtWork) -> None:
    page = here.go("conflict")
    find(page, Role.EditableText, "The right answer").setFocus()
    write("Calder")
    assert [radio.isChecked() for radio in page.radios] == [False, False, True]
    click(page, Role.Button, "Keep Calder")
    settle()
    assert participants.get(here.desk, here.dani).town == "Calder"
