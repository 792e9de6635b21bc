"""What joins the parts: the gate between the first page and the store."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workwell_desktop.app import StoreGate
from workwell_desktop.desktop.gate import NewStore
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.errors import NotAStore, StoreNotFound, WrongPassphrase
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson
from workwell_desktop.services.assessing import library
from workwell_desktop.services.safekeeping import places, settings
from workwell_desktop.store import Argon2Profile

CLOCK = FixedClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
WORDS = "harbour lantern mosaic"
NEW = NewStore(
    partnership="Calder Valley partnership",
    team="Calder Valley team",
    name="Maya Okafor",
    profession="coach",
    registration_number="",
    passphrase=WORDS,
)


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreGate]:
    """Nobody has a store yet; passphrases cost little."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))
    cheap = Argon2Profile(memory=8, passes=1, lanes=1)
    monkeypatch.setattr(Argon2Profile, "calibrated", classmethod(lambda _cls: cheap))
    monkeypatch.setattr(Argon2Profile, "floor", classmethod(lambda _cls: cheap))
    made = StoreGate(None, CLOCK)
    yield made
    made.close()


def test_there_is_nobody_to_choose_before_the_first_store(gate: StoreGate) -> None:
    assert gate.facts() is None


def test_the_first_run_makes_a_store_that_is_found_again(gate: StoreGate) -> None:
    begun = gate.create(NEW)
    assert begun.matches("-".join(begun.code).lower())
    assert not begun.matches("AAAA")
    assert places.last_store() == begun.desk.store.path
    assert library.list_forms(begun.desk), "the shipped questionnaires stand on the shelf"
    gate.close()
    facts = StoreGate(places.last_store(), CLOCK).facts()
    assert facts is not None
    assert [person.name for person in facts.people] == ["Maya Okafor"]
    assert facts.partnership == "Calder Valley partnership"


def test_the_next_start_knows_the_language_and_nobody(gate: StoreGate) -> None:
    desk = gate.create(NEW).desk
    assert StoreGate(places.last_store(), CLOCK).language() == "en-GB", "nobody has chosen yet"
    settings.choose(desk, "language", "cy")
    assert StoreGate(places.last_store(), CLOCK).language() == "cy"
    assert StoreGate(None, CLOCK).language() == "cy", "the very first page as well"
    assert json.loads((places.home() / "screen.json").read_text(encoding="utf-8")) == {"language": "cy"}
    gate.spoken("en-GB")
    assert gate.language() == "en-GB", "whoever signed in last"


@pytest.mark.parametrize("noted", ['{"language": "xx"}', '{"language": "../cy"}', '{"language": 7}', "[]", "{"])
def test_a_language_that_is_not_there_is_english(gate: StoreGate, noted: str) -> None:
    places.home().mkdir(parents=True)
    (places.home() / "screen.json").write_text(noted, encoding="utf-8")
    assert gate.language() == "en-GB"


def test_a_second_store_never_takes_the_place_of_the_first(gate: StoreGate) -> None:
    first = gate.create(NEW).desk.store.path
    second = gate.create(NEW).desk.store.path
    assert first != second
    assert first.exists()


def test_who_comes_back_opens_the_store_anew(gate: StoreGate) -> None:
    desk = gate.create(NEW).desk
    gate.close()
    assert desk.store.closed
    again = gate.unlock(str(desk.me), WORDS)
    assert (again.me, again is desk) == (desk.me, False)


def test_a_locked_window_stays_locked_for_a_wrong_passphrase(gate: StoreGate) -> None:
    me = str(gate.create(NEW).desk.me)
    gate.close()
    with pytest.raises(WrongPassphrase):
        gate.unlock(me, "not these words")
    assert gate.unlock(me, WORDS).me == me


def test_the_lock_keeps_the_minutes_of_the_site(gate: StoreGate, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = gate.create(NEW).desk
    monkeypatch.setattr(desk, "site", replace(desk.site, pace=replace(desk.site.pace, lock_after_minutes=3)))
    for _ in range(2):
        facts = gate.facts()
        assert facts is not None
        assert facts.lock_minutes == 3
        gate.close()


def test_another_person_takes_over_the_open_store(gate: StoreGate) -> None:
    desk = gate.create(NEW).desk
    other = people.add(
        desk,
        NewPerson(
            name="Tom Reid",
            profession=people.Profession.COORDINATOR,
            roles=frozenset({"coordinator"}),
            passphrase="seven pebbles orchard",
            teams=desk.person.teams,
        ),
    )
    taken = gate.unlock(str(other), "seven pebbles orchard")
    assert taken is not desk
    assert taken.person.name == "Tom Reid"
    assert desk.store.closed
    assert not taken.store.closed


def test_the_recovery_code_gives_a_new_passphrase(gate: StoreGate) -> None:
    begun = gate.create(NEW)
    me, code = str(begun.desk.me), "-".join(begun.code)
    gate.recover(code, me, "new words for me")
    gate.close()
    assert gate.unlock(me, "new words for me").me == me


def test_choosing_what_is_no_store_leaves_the_open_one_alone(gate: StoreGate, tmp_path: Path) -> None:
    desk = gate.create(NEW).desk
    other = tmp_path / "letter.txt"
    other.write_text("Dear all")
    with pytest.raises((NotAStore, StoreNotFound)):
        gate.choose(other)
    assert not desk.store.closed


def test_a_store_comes_back_from_its_backup(gate: StoreGate, tmp_path: Path) -> None:
    desk = gate.create(NEW).desk
    me = str(desk.me)
    desk.store.backup(tmp_path / "copy.backup")
    facts = gate.restore(tmp_path / "copy.backup", tmp_path / "back.workwell")
    assert [person.id for person in facts.people] == [me]
    assert gate.unlock(me, WORDS).store.path == tmp_path / "back.workwell"


def test_why_a_passphrase_will_not_do_is_a_sentence(gate: StoreGate) -> None:
    said = gate.problem("short", "Maya Okafor")
    assert said is not None
    assert said.endswith(".")
    assert gate.problem(WORDS, "Maya Okafor") is None
