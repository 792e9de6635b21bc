"""A copied folder and a disk image put back: both laptops keep what was written on them, and go on apart."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.conftest import PASSPHRASE
from tests.sync.hubs import TestHub
from tests.sync.laptops import Laptop, Office
from tests.sync.test_commands import desk_of
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.domain.records import new_id
from workwell_desktop.services.safekeeping import forks
from workwell_desktop.services.syncing import exchange, outcome
from workwell_desktop.store import unlock
from workwell_desktop.sync import standing


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    made.laptop()
    yield made
    made.close()


def copied(laptop: Laptop, folder: Path) -> Laptop:
    """The folder of a laptop, copied as a person copies one: everything beside the store with it."""
    laptop.store.close()
    folder.mkdir()
    for file in laptop.path.parent.glob(laptop.path.name + "*"):
        if file.is_file():
            shutil.copy(file, folder / file.name)
    laptop.reopen()
    path = folder / laptop.path.name
    store, anna = unlock(path, laptop.anna.person, PASSPHRASE, clock=laptop.clock)
    return Laptop(path, store, anna, laptop.clock)


def test_what_both_clones_wrote_survives(office: Office, tmp_path: Path) -> None:
    anna = office.laptops[0]
    kim = anna.case()
    anna.sync()
    clone = copied(anna, tmp_path / "copy")
    office.laptops.append(clone)
    before = clone.store.incarnation
    anna.set(kim, family_name="From the first", preferred_name="Kay")
    clone.set(kim, given_name="From the second", family_name="Also")
    other = clone.case("Lou")
    response = clone.interview(kim, 5)
    assert exchange.sync(desk_of(anna)).report.forks == 0
    # the hub seems to have been set back too: what it holds under these numbers is not what was written here
    standing.keep_at(clone.store, standing.At("another life", 1, "00"))
    done = exchange.sync(desk_of(clone)).report
    assert (done.healed, done.forks > 0, done.refused) == (True, True, {})
    assert clone.store.incarnation != before
    (said,) = forks.waiting(desk_of(clone))
    assert (said.healed, said.here, said.at_hub, said.changes) == (True, True, False, done.forks)
    kept = outcome.last(desk_of(clone))
    assert kept is not None
    assert (kept.healed, kept.forks) == (True, 0)
    last = exchange.sync(desk_of(anna)).report
    assert last.refused == {}, last
    for laptop in (anna, clone):
        with laptop.store.read() as reader:
            found = reader.get(Participant, kim)
            assert (found.given_name, found.preferred_name) == ("From the second", "Kay")
            values = {line.value for line in reader.history(kim, "family_name")}
            assert {"From the first", "Also"} <= values
            assert reader.count_conflicts() == 1
            assert reader.get(Participant, other).given_name == "Lou"
            assert reader.answers(response) == {f"q{number}": number for number in range(5)}
        assert laptop.store.check().problems == ()
    assert anna.store.vector() == clone.store.vector()
    # both go on
    anna.set(kim, preferred_name="K")
    clone.set(kim, given_name="Kim")
    for laptop in (anna, clone, anna, clone):
        assert laptop.sync().forks == 0
    assert anna.store.vector() == clone.store.vector()


@pytest.mark.parametrize("again", [True, False], ids=["written again", "not yet"])
def test_a_third_laptop_that_read_the_copy_by_file_agrees_once_it_was_written_again(
    again: bool, office: Office, tmp_path: Path
) -> None:
    anna, third = office.laptops[0], office.laptop()
    kim = anna.case()
    anna.sync()
    third.sync()
    clone = copied(anna, tmp_path / "copy")
    office.laptops.append(clone)
    anna.set(kim, given_name="From the first", preferred_name="Kay")
    clone.set(kim, given_name="From the second", town="Leeds")
    clone.interview(kim, 3)
    third.store.apply(clone.store.changes_since(third.store.vector()))
    anna.sync()
    if again:
        assert exchange.sync(desk_of(clone)).report.healed
    third.sync()
    with third.store.read() as reader:
        found = reader.get(Participant, kim)
        assert found.town == "Leeds", "what nobody else has is not let go of"
        assert (found.preferred_name == "Kay") is again
    if again:
        for laptop in (anna, clone, third, anna):
            assert laptop.sync().refused == {}
        assert anna.store.vector() == clone.store.vector() == third.store.vector()
        seen = []
        for laptop in (anna, clone, third):
            with laptop.store.read() as reader:
                shown = {line.value for line in reader.history(kim, "given_name") if line.is_head}
                seen.append((shown, repr(reader.get(Participant, kim)), reader.count_conflicts()))
            assert laptop.store.check().problems == ()
        assert seen[0] == seen[1] == seen[2]


def test_what_was_signed_in_the_copy_is_left_to_a_person(office: Office, tmp_path: Path) -> None:
    anna = office.laptops[0]
    kim = anna.case()
    anna.sync()
    clone = copied(anna, tmp_path / "copy")
    office.laptops.append(clone)
    anna.set(kim, given_name="From the first")
    clone.set(kim, given_name="From the second")
    with clone.store.read() as reader:
        said = {one.change for one in reader.history(kim, "given_name") if one.is_head}
    with clone.store.unit(clone.anna) as unit:
        # signed: it names the very changes that it stands for, and these would have to be written again
        plan = unit.add(Plan(id=new_id(), scope=kim, status=PlanStatus.SIGNED, covers=frozenset(said)))
    incarnation = clone.store.incarnation
    exchange.sync(desk_of(anna))
    done = exchange.sync(desk_of(clone)).report
    assert (done.healed, done.forks > 0) == (False, True)
    assert clone.store.incarnation == incarnation, "nothing was written again"
    assert [one.at_hub for one in forks.waiting(desk_of(clone))] == [True]
    with clone.store.read() as reader:
        assert reader.get(Participant, kim).given_name == "From the second"
        assert reader.get(Plan, plan).covers == said
        assert reader.covered(said) == said, "what was signed still names what it stands for"
    assert clone.store.check().problems == ()


def test_what_others_wrote_in_the_copy_is_left_to_a_person(office: Office, tmp_path: Path) -> None:
    from tests.store.conftest import FAST
    from workwell_desktop.domain.people import Profession
    from workwell_desktop.store import Founder

    anna = office.laptops[0]
    kim = anna.case()
    ben = anna.store.add_person(anna.anna, Founder("Ben Ito", Profession.COACH, PASSPHRASE, role="coach"), profile=FAST)
    anna.sync()
    clone = copied(anna, tmp_path / "copy")
    office.laptops.append(clone)
    anna.set(kim, given_name="From the first")
    with clone.store.unit(clone.store.identity(ben, PASSPHRASE)) as unit:
        unit.set(Participant, kim, given_name="Ben's")
    exchange.sync(desk_of(anna))
    done = exchange.sync(desk_of(clone)).report
    assert (done.healed, done.forks > 0) == (False, True)
    with clone.store.read() as reader:
        assert reader.get(Participant, kim).given_name == "Ben's"
