"""Which answer is right: neither is chosen for anybody, nothing is thrown away."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import settle
from tests.desktop.pages import at_work
from tests.desktop.pages.at_work import AtWork, choose, focus, press, write
from tests.desktop.pages.people_pages import with_pages
from tests.desktop.reader import Role, click, find, find_all, says
from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.domain.episodes import Contact
from workwell_desktop.domain.participants import Participant
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import contacts, record
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.safekeeping import conflicts, opening
from workwell_desktop.store import read_slots, slots


def copy_of(found: AtWork, folder: Path) -> Desk:
    """The same store on another computer, from now on apart."""
    path = found.desk.store.path
    other = folder / "other.workwell"
    for file in path.parent.glob(f"{path.name}*"):
        if not file.name.endswith(".lock"):
            shutil.copy(file, other.with_name(file.name.replace(path.name, other.name)))
    slots.save(other, replace(slots.load(other), renew=True))
    return opening.unlock(other, found.desk.me, PASSPHRASE, clock=found.clock, profile=CHEAP)


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
    for said in ("Hebble", "Weir", "Maya Okafor (you)", "On this computer", "Nothing has been thrown away."):
        assert said in words
    assert not any(radio.isChecked() for radio in page.radios)
    heard = QAccessible.queryAccessibleInterface(page).child(0)
    assert heard is not None
    assert heard.object() is page.banner, "whose record it is comes before what is asked"
    click(page, Role.Button, "Keep the chosen answer")
    settle()
    assert "Choose one answer, or write another." in says(page)
    assert focus() is page.radios[0]
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


def test_it_says_where_the_answer_is_used_and_keeps_why(here: AtWork) -> None:
    page = here.go("conflict")
    find(page, Role.EditableText, "Why (if you want)").setFocus()
    write("She told us by phone.")
    click(page, Role.RadioButton, "Weir")
    assert [mark.isVisible() for _card, mark in page._cards] == [answer.value == "Weir" for answer in page.one.answers]
    click(page, Role.Button, "Keep Weir")
    settle()
    line = next(one for one in record.everything(here.desk, here.dani) if one.kind == "settled")
    assert dict(line.words)["text"] == "She told us by phone."
    page = here.go("record", tab="everything")
    assert "Chose between two answers: She told us by phone." in says(page)


def test_a_refusal_is_one_sentence_and_nothing_chosen_or_written_is_lost(here: AtWork) -> None:
    page = here.go("conflict")
    click(page, Role.RadioButton, "Weir")
    page.fields["why"].control.setFocus()
    write("By phone")
    here.desk.person = replace(here.desk.person, roles=frozenset({"coordinator"}))
    click(page, Role.Button, "Keep Weir")
    settle()
    assert "Please ask someone who may do it" in says(page)
    assert page.fields["why"].control.value() == "By phone"
    assert page.chosen is not None
    with here.desk.read() as reader:
        assert len(reader.conflicts()) == 1


def test_who_may_not_choose_sees_both_and_no_button(here: AtWork) -> None:
    here.desk.person = replace(here.desk.person, roles=frozenset({"coordinator"}))
    page = here.go("conflict")
    click(page, Role.RadioButton, "Weir")
    settle()
    assert not find_all(page, Role.Button, "Keep the chosen answer")
    assert not find_all(page, Role.Button, "Keep Weir")
    assert len(page.radios) == 2, "nothing is written or kept by somebody who may not choose"
    here.workspace.navigator.go("conflict")
    settle()
    assert "Born 14 March 1984" in says(here.page), "two of one name are told apart"


def test_one_took_it_away_while_another_wrote_in_it(qapp: QApplication, made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "apart"
    folder.mkdir()
    with at_work.begin(made, tmp_path) as found:
        talk = contacts.plan(found.desk, found.dani, ContactDetails("Review call", "phone", due=date(2026, 12, 1)))
        with_pages(found)
        there = copy_of(found, folder)
        with found.desk.unit() as unit:
            unit.delete(Contact, talk)
        contacts.move(there, talk, due=date(2026, 12, 3))
        found.desk.store.apply(there.store.changes_since(found.desk.store.vector()))
        there.store.close()
        page = found.go("conflict")
        words = says(page)
        for said in ("Keep it, or take it away?", "A talk, “Review call”", "Keep it", "Take it away"):
            assert said in words
        click(page, Role.RadioButton, "Keep it")
        click(page, Role.Button, "Keep it")
        settle()
        assert [one.id for one in contacts.of_participant(found.desk, found.dani)] == [talk]
        assert conflicts.of_participant(found.desk, found.dani) == ()


def test_a_record_written_apart_is_settled_from_the_keyboard(qapp: QApplication, made: Path, tmp_path: Path) -> None:
    """From the mark on the field to the last choice without a mouse; what is delicate asks for a reason once."""
    folder = tmp_path / "apart"
    folder.mkdir()
    with at_work.begin(made, tmp_path) as found:
        with_pages(found)
        there = copy_of(found, folder)
        for desk, town, born, number in (
            (found.desk, "Hebble", date(1984, 3, 15), "9990000034"),
            (there, "Weir", date(1984, 4, 13), "9990000026"),
        ):
            with desk.unit() as unit:
                unit.set(Participant, found.dani, town=town, birth_date=born, nhs_number=number)
        found.desk.store.apply(there.store.changes_since(found.desk.store.vector()))
        there.store.close()
        page = found.go("details")
        assert "3 answers were written in two ways: Date of birth, NHS number, Town." in says(page)
        assert "papers for the employer, wait until somebody has chosen" in says(page)
        mark = find(page, Role.Button, "Date of birth: two answers stand here. Choose one")
        mark.setFocus()
        press(Qt.Key.Key_Space)
        settle()
        asked = []
        for _turn in range(3):
            page = found.page
            asked.append(page.one.field)
            first, second = page.radios[:2]
            assert focus() is first, "each question begins at its first answer"
            choose(second.accessibleName())
            assert second.isChecked()
            if len(asked) == 1:
                press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
                settle()
                assert "Write why this answer is the right one." in says(page)
                assert focus() is page.fields["why"].control
                write("On her passport")
            press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
            settle()
        assert sorted(asked) == ["birth_date", "nhs_number", "town"]
        assert "There is nothing to choose" in says(found.page)
        assert conflicts.of_participant(found.desk, found.dani) == ()
        page = found.go("details")
        assert "two answers stand here" not in says(page).lower()


def test_the_answer_before_both_is_shown_too(qapp: QApplication, made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "apart"
    folder.mkdir()
    with at_work.begin(made, tmp_path) as found:
        with_pages(found)
        participants.edit(found.desk, found.dani, town="Halifax")
        there = copy_of(found, folder)
        participants.edit(found.desk, found.dani, town="Hebble")
        participants.edit(there, found.dani, town="Weir")
        found.desk.store.apply(there.store.changes_since(found.desk.store.vector()))
        there.store.close()
        assert "Before both: Halifax, written by Maya Okafor" in says(found.go("conflict"))
