"""Undo: one's own last act, by new changes, while nobody else has touched it."""

from tests.store.conftest import FAST, House, exchange
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import Action, Plan
from workwell_desktop.domain.records import new_id
from workwell_desktop.store import DELETED, Founder


def test_undo_and_redo_say_what_they_did(house: House) -> None:
    response = house.response(house.participant())
    for value in (5, 6):
        with house.store.unit(house.anna) as unit:
            unit.answer(response, "ability", value)
    upcoming = house.store.next_undo(house.anna)
    undone = house.store.undo(house.anna)
    assert undone == upcoming
    assert undone is not None
    assert (undone.kind, undone.field, undone.before, undone.after) == ("response", "answer/ability", 6, 5)
    with house.store.read() as reader:
        assert reader.answers(response) == {"ability": 5}
        assert [line.value for line in reader.history(response, "answer/ability")] == [5, 6, 5]
    assert house.store.next_undo(house.anna) is not None
    redone = house.store.redo(house.anna)
    assert redone is not None
    assert (redone.before, redone.after) == (5, 6)
    with house.store.read() as reader:
        assert reader.answers(response) == {"ability": 6}
    assert house.store.redo(house.anna) is None
    assert house.store.undo(house.anna) == undone


def test_undo_of_a_first_answer_clears_it(house: House) -> None:
    response = house.response(house.participant())
    with house.store.unit(house.anna) as unit:
        unit.answer(response, "q1", 2)
    assert house.store.undo(house.anna) is not None
    with house.store.read() as reader:
        assert reader.answers(response) == {}


def test_undo_of_adding_takes_the_record_away_and_redo_brings_it_back(house: House) -> None:
    kim = house.participant("Kim", "Sample")
    undone = house.store.undo(house.anna)
    assert undone is not None
    assert (undone.kind, undone.field, undone.record) == ("participant", DELETED, kim)
    with house.store.read() as reader:
        assert reader.find(Participant, kim) is None
    assert house.store.redo(house.anna) is not None
    with house.store.read() as reader:
        assert reader.get(Participant, kim).name == "Kim Sample"
    assert house.store.undo(house.anna) is not None
    with house.store.read() as reader:
        assert reader.find(Participant, kim) is None


def test_undo_of_deleting_brings_everything_back(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.delete(Participant, kim)
    assert house.store.undo(house.anna) is not None
    with house.store.read() as reader:
        assert reader.get(Participant, kim).name == "Kim Sample"
        assert reader.search("kim")


def test_a_unit_is_undone_as_a_whole(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
        unit.set(Participant, kim, town="York", phone="01632 960001")
        action = unit.add(Action(id=new_id(), scope=kim, text="Call"))
    assert house.store.undo(house.anna) is not None
    with house.store.read() as reader:
        found = reader.get(Participant, kim)
        assert (found.town, found.phone) == (None, None)
        assert reader.find(Action, action) is None


def test_what_somebody_else_changed_since_is_not_undone(house: House) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    exchange(house.store, other)
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York")
    exchange(house.store, other)
    assert house.store.undo(house.anna) is None
    with house.store.read() as reader:
        assert reader.get(Participant, kim).town == "York"


def test_a_new_record_that_somebody_else_wrote_in_is_not_undone(house: House) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York")
    exchange(house.store, other)
    assert house.store.undo(house.anna) is None


def test_undo_is_ones_own(house: House) -> None:
    kim = house.participant()
    ben = house.store.add_person(house.anna, Founder("Ben Sample", Profession.COACH, "words"), profile=FAST)
    identity = house.store.identity(ben, "words")
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    assert house.store.undo(identity) is None
    assert house.store.undo(house.anna) is not None


def test_what_a_service_calls_final_stands_and_so_does_all_before_it(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    with house.store.unit(house.anna) as unit:
        unit.undoable = False
        unit.set(Participant, kim, phone="01632 960001")
    assert house.store.undo(house.anna) is None


def test_what_a_signature_covers_is_not_undone(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        plan = unit.add(Plan(id=new_id(), scope=kim, version=1))
    with house.store.unit(house.anna) as unit:
        unit.set(Plan, plan, strengths="Knows the work")
    other, anna_too = house.twin()
    with other.unit(anna_too) as unit:
        unit.set(Plan, plan, covers=unit.reader.heads_of(plan))
    exchange(house.store, other)
    assert house.store.undo(house.anna) is None
    with house.store.read() as reader:
        assert reader.get(Plan, plan).strengths == "Knows the work"
