"""A person who was erased is gone from the file to its last page, stays gone whatever comes, and every chain holds."""

import shutil

import pytest
from sqlalchemy import text

from tests.store.conftest import FAST, PASSPHRASE, House, content
from workwell_desktop.domain.erasure import Erasure, ErasureReason, erasure_id
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Partnership, Person, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import NotFound
from workwell_desktop.store import Founder, Identity, Store, unlock
from workwell_desktop.store.safekeeping import raw_pages, salvage

SECRETS = (b"quillfeather", b"zebrawood", b"secret-ink", b"half a zithern", b"owl street")


def decided(store: Store, by: Identity, case: Id) -> None:
    with store.read() as reader:
        scope = reader.list(Partnership)[0].scope
    with store.unit(by) as unit:
        unit.undoable = False
        unit.add(
            Erasure(id=erasure_id(case), scope=scope, case=case, reason=ErasureReason.REQUEST, decided_by=by.person)
        )


def written(house: House) -> tuple[Id, Id]:
    """Somebody with a word in each place: fields, answers, a file, a draft, the search index, what was undone."""
    case = house.participant("Kim", "Quillfeather")
    response = house.response(case)
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, case, address="4 Owl Street")
        for n in range(60):
            unit.answer(response, f"q{n}", f"zebrawood {n}")
        unit.answer(response, "file", unit.blob(b"secret-ink" * 2000, "application/pdf", case))
    house.store.undo(house.anna)
    house.store.redo(house.anna)
    house.store.drafts.put(f"note/{response}", "half a zithern")
    return case, response


def found_in(store: Store) -> set[bytes]:
    """Which of the secrets stand on any page of the file or the log beside it, free pages too, for who has the key."""
    raw = raw_pages.read(store.path, store._key)
    pages = [*raw.pages.values(), *(page for _number, page in raw.older)]
    return {one for one in SECRETS for page in pages if one in page.lower()}


def test_nothing_of_an_erased_person_is_left_in_the_file(house: House) -> None:
    other = house.participant("Robin", "Elsewhere")
    case, response = written(house)
    assert found_in(house.store) == set(SECRETS)
    before = house.store.vector()
    decided(house.store, house.anna, case)
    (gone,) = house.store.follow_erasures()
    assert (gone.scope, gone.blobs) == (case, 1)
    assert gone.changes == gone.only_here > 60
    assert house.store.follow_erasures() == ()
    assert found_in(house.store) == set()
    with house.store.read() as reader:
        assert [one.id for one in reader.list(Participant)] == [other]
        assert reader.search("quillfeather") == []
        assert len(reader.search("robin")) == 1
        assert reader.history(response) == []
    assert house.store.drafts.keys() == []
    assert house.store.next_undo(house.anna) is None
    # the log still says that something was written, and proves it
    assert all(house.store.vector()[place] >= number for place, number in before.items())
    tables = content(house.store)
    assert house.store.check().problems == ()
    house.store.rebuild()
    assert content(house.store) == tables
    house.again()
    with pytest.raises(NotFound), house.store.unit(house.anna) as unit:
        unit.set(Participant, case, town="York")
    with pytest.raises(NotFound), house.store.unit(house.anna) as unit:
        unit.add(Participant(id=case, scope=case, given_name="Kim"))


def test_an_erased_person_does_not_come_back_by_an_old_copy(house: House) -> None:
    case, response = written(house)
    away, there = house.twin("away")
    old, _ = house.twin("old")
    with away.unit(there) as unit:
        unit.answer(response, "since", "zebrawood since")
        unit.answer(response, "ink", unit.blob(b"secret-ink more", "image/png", case))
    decided(house.store, house.anna, case)
    house.store.follow_erasures()
    # what was written elsewhere meanwhile enters as entries without contents
    report = house.store.apply(away.changes_since(house.store.vector()))
    assert (report.refused, report.bare) == ((), 2)
    assert found_in(house.store) == set()
    # the other one learns of it, loses it, and says how much of that nobody else had
    report = away.apply(house.store.changes_since(away.vector()))
    (gone,) = report.erased
    assert gone.scope == case
    assert gone.only_here > 0
    assert found_in(away) == set()
    # an old copy gives everything it has to both, and takes the erasure in return
    for store in (house.store, away):
        store.apply(old.changes_since({}))
        assert found_in(store) == set()
        assert store.check().problems == ()
    assert [one.scope for one in old.apply(away.changes_since(old.vector())).erased] == [case]
    assert content(old) == content(away) == content(house.store)
    assert found_in(old) == set()


def test_only_an_administrator_erases(house: House) -> None:
    case = house.participant()
    kim = _colleague(house)
    with house.store.unit(kim) as unit:
        unit.set(Person, kim.person, roles=frozenset({"administrator"}))
    decided(house.store, kim, case)
    assert house.store.follow_erasures() == ()
    with house.store.read() as reader:
        assert reader.find(Participant, case) is not None
    # with the role from somebody else it counts, also for what was written before
    with house.store.unit(house.anna) as unit:
        unit.set(Person, kim.person, roles=frozenset({"administrator", "coach"}))
    assert [one.scope for one in house.store.follow_erasures()] == [case]


def test_what_was_erased_is_not_missed_when_a_damaged_store_is_saved(house: House) -> None:
    case, _response = written(house)
    decided(house.store, house.anna, case)
    house.store.follow_erasures()
    key = house.store._key
    house.store.close()
    target = house.path.with_name("saved.store")
    saved = salvage.salvage(house.path, key, target)
    assert (saved.values, saved.blobs, saved.gaps) == ((), (), ())
    store, _anna = unlock(target, house.anna.person, PASSPHRASE, clock=house.clock)
    house.close_later.append(store)
    assert found_in(store) == set()
    with store.read() as reader:
        assert reader.list(Participant) == []


def test_a_reader_in_the_way_puts_the_tidying_off_and_not_the_erasing(house: House) -> None:
    case, response = written(house)
    with house.store.unit(house.anna) as unit:
        unit.answer(response, "small", unit.blob(b"secret-ink", "application/pdf", case))
    with house.store.read() as reader:
        assert reader.find(Participant, case) is not None
        decided(house.store, house.anna, case)
        assert len(house.store.follow_erasures()) == 1
        # the log beside the file still has the pages of before: what is saved from both is without them
        crashed = house.path.with_name("crashed.store")
        for ending in ("", "-wal", ".keys"):
            shutil.copy(house.path.with_name(house.path.name + ending), crashed.with_name(crashed.name + ending))
    salvage.salvage(crashed, house.store._key, house.path.with_name("saved.store"))
    saved, _anna = unlock(house.path.with_name("saved.store"), house.anna.person, PASSPHRASE, clock=house.clock)
    house.close_later.append(saved)
    assert found_in(saved) == set()
    assert house.store.tidy()
    assert found_in(house.store) == set()


def test_a_mark_without_its_warrant_hides_no_loss(house: House) -> None:
    case, _response = written(house)
    house.again()
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("DELETE FROM value WHERE n IN (SELECT n FROM change WHERE scope = :s)"), {"s": case})
        mark = {"k": f"erased:{case}", "v": b'["no such change", 0, 1, 0, 0]'}
        connection.execute(text("INSERT INTO computer (key, value) VALUES (:k, :v)"), mark)
    assert {one.code for one in house.store.check().problems} >= {"value_missing"}


def _colleague(house: House) -> Identity:
    made = Founder("Kim Example", Profession.COACH, PASSPHRASE)
    return house.store.identity(house.store.add_person(house.anna, made, profile=FAST), PASSPHRASE)
