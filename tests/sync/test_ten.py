"""Ten laptops of one partnership edit apart, and are never all there at once."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.conftest import content
from tests.sync.hubs import TestHub
from tests.sync.laptops import Office
from workwell_desktop.domain.participants import Participant

LAPTOPS = 10


def test_ten_laptops_over_twenty_edits_each_end_equal(tmp_path: Path, hub: TestHub) -> None:
    edited_by_ten(tmp_path, hub, 20)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_ten_laptops_over_two_hundred_edits_each_end_equal(tmp_path: Path, hub: TestHub) -> None:
    edited_by_ten(tmp_path, hub, 200)


def edited_by_ten(tmp_path: Path, hub: TestHub, edits: int) -> None:
    """So many edits on each laptop; each syncs now and then, and is off a while."""
    office = Office(tmp_path, hub)
    first = office.laptop()
    cases = [first.case(f"Kim {number}") for number in range(6)]
    responses = [first.interview(kim, 3) for kim in cases]
    first.sync()
    laptops = [first, *(office.laptop() for _ in range(LAPTOPS - 1))]
    chance = random.Random(10)
    written: set[tuple[str, str, object]] = set()

    def edit(at: int, number: int) -> None:
        laptop, which = laptops[at], chance.randrange(len(cases))
        with laptop.store.unit(laptop.anna) as unit:
            value = f"{at} wrote {number}"
            if chance.random() < 0.4:
                name = chance.choice(("town", "contact_note"))
                if unit.set(Participant, cases[which], **{name: value}):
                    written.add((cases[which], name, value))
            else:
                path = f"q{chance.randrange(8)}"
                if unit.answer(responses[which], path, value):
                    written.add((responses[which], f"answer/{path}", value))

    try:
        for laptop in laptops:
            laptop.sync()
        for number in range(edits):
            for at in range(LAPTOPS):
                edit(at, number)
                if chance.random() < 0.02:
                    laptops[at].clock.set(datetime.now(UTC) + timedelta(hours=chance.randint(-50, 50)))
                if chance.random() < 0.03:
                    laptops[at].sync()
        for _round in range(2):
            for laptop in laptops:
                assert laptop.sync().refused == {}
        with first.store.read() as reader:
            for conflict in reader.conflicts():
                with first.store.unit(first.anna) as unit:
                    unit.settle(conflict.id, conflict.heads[-1].value)
        for _round in range(2):
            for laptop in laptops:
                laptop.sync()
        expected = content(first.store)
        for laptop in laptops:
            assert content(laptop.store) == expected
            assert laptop.store.only_here().changes == 0
            with laptop.store.read() as reader:
                assert reader.conflicts() == []
        with laptops[-1].store.read() as reader:
            lines = {(one, line.field, line.value) for one in (*cases, *responses) for line in reader.history(one)}
        assert written <= lines, "a value was lost from the history"
        assert laptops[-1].store.check().problems == ()
    finally:
        office.close()
