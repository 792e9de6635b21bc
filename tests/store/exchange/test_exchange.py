"""Two stores made from one: nothing lost, nothing overwritten, and the same in both, in whatever order it came."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.conftest import FAST, House, content, exchange
from tests.store.three import Three
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Need, Participant, WorkSituation
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.plans import Action
from workwell_desktop.domain.records import new_id
from workwell_desktop.store import DELETED, Exchange, Founder
from workwell_desktop.store.log import fields

STRANGE = (["d", "1e9999999"], ["i", float("inf")], ["B", [1], 2, 3], ["B", "a" * 64, 2**70, "x"], ["s", [None]])
"""What a later version, or somebody who means harm, may write under letters that are known."""


def test_two_administrators_who_remove_each_other_at_one_moment_are_not_both_gone(house: House) -> None:
    """Each on a laptop of their own, with equal counters: whoever was first by the ids goes on, on their own laptop."""
    ben = house.store.add_person(
        house.anna, Founder("Ben Example", Profession.COACH, "words of ben", role="administrator"), profile=FAST
    )
    other, _anna = house.twin()
    with house.store.unit(house.anna) as unit:
        unit.set(Person, ben, active=False)
    with other.unit(other.identity(ben, "words of ben")) as unit:
        unit.set(Person, house.anna.person, active=False)
    refused = [
        code
        for giver, taker in ((house.store, other), (other, house.store)) * 2
        for _change, code in taker.apply(giver.changes_since(taker.vector())).refused
    ]
    assert set(refused) == {"right"}
    working = []
    for store in (house.store, other):
        with store.read() as reader:
            working.append([one.id for one in reader.list(Person) if one.active])
    assert working in ([[house.anna.person], []], [[], [ben]])


def test_what_both_edited_keeps_both_values_until_somebody_chooses(house: House) -> None:
    kim = house.participant()
    response = house.response(kim)
    other, anna_too = house.twin()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds", phone="01632 960001")
        unit.answer(response, "q1", 3)
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York", email="kim@example.org")
        unit.answer(response, "q1", 4)
    exchange(house.store, other)
    assert content(house.store) == content(other)
    for store in (house.store, other):
        with store.read() as reader:
            conflicts = {conflict.field: conflict for conflict in reader.conflicts(kim)}
            assert set(conflicts) == {"town", "answer/q1"}
            assert {head.value for head in conflicts["town"].heads} == {"Leeds", "York"}
            assert {head.value for head in conflicts["answer/q1"].heads} == {3, 4}
            found = reader.get(Participant, kim)
            assert (found.phone, found.email) == ("01632 960001", "kim@example.org")
            assert found.town in ("Leeds", "York")
            assert reader.answers(response) == {"q1": conflicts["answer/q1"].heads[0].value}
    with other.unit(anna_too) as unit:
        unit.settle(conflicts["town"].id, "Leeds")
        unit.settle((response, "answer/q1"), 4)
    exchange(house.store, other)
    assert content(house.store) == content(other)
    with house.store.read() as reader:
        assert reader.conflicts() == []
        assert reader.get(Participant, kim).town == "Leeds"
        assert reader.answers(response) == {"q1": 4}
        assert {line.value for line in reader.history(kim, "town")} == {"Leeds", "York"}
    assert house.store.check().ok
    assert other.check().ok


def test_an_edit_in_a_conflict_leaves_the_other_value_standing(house: House) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York")
    exchange(house.store, other)
    with house.store.read() as reader:
        shown = reader.get(Participant, kim).town
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Hull")
    with house.store.read() as reader:
        (conflict,) = reader.conflicts()
        assert {head.value for head in conflict.heads} == {"Hull", "Leeds", "York"} - {shown}
        assert reader.get(Participant, kim).town == "Hull"
    # who saw both and took the record away leaves nothing to ask; who brings it back is asked again
    with house.store.unit(house.anna) as unit:
        unit.delete(Participant, kim)
    exchange(house.store, other)
    for store in (house.store, other):
        assert store.check().ok
        with store.read() as reader:
            assert reader.conflicts() == []
    house.store.undo(house.anna)
    with house.store.read() as reader:
        assert [one.field for one in reader.conflicts()] == ["town"]


def test_no_clock_decides_which_value_is_shown(house: House) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    house.clock.set(house.clock.moment + timedelta(days=400))
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York")
    house.clock.set(house.clock.moment - timedelta(days=800))
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, phone="01632 960001")
        unit.set(Participant, kim, town="Leeds")
    exchange(house.store, other)
    for store in (house.store, other):
        with store.read() as reader:
            assert reader.get(Participant, kim).town == "Leeds"


def test_a_change_that_comes_after_the_one_that_replaces_it_is_no_head(house: House) -> None:
    kim = house.participant()
    second, anna_too = house.twin("second")
    third, _anna = house.twin("third")
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    exchange(house.store, second)
    with second.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York")
    sent = second.changes_since(third.vector())
    first, later = sent.changes
    assert third.apply(replace(sent, changes=(later,))).applied == 1
    assert third.apply(replace(sent, changes=(first,))).applied == 1
    with third.read() as reader:
        assert reader.conflicts() == []
        assert [(line.value, line.is_head) for line in reader.history(kim, "town")] == [
            ("York", True),
            ("Leeds", False),
        ]
    assert content(third) == content(second)
    assert third.check().ok


def test_the_same_value_from_both_is_no_conflict(house: House) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    for store, person in ((house.store, house.anna), (other, anna_too)):
        with store.unit(person) as unit:
            unit.set(Participant, kim, town="Leeds")
    exchange(house.store, other)
    with house.store.read() as reader:
        assert reader.conflicts() == []
        assert sum(line.is_head for line in reader.history(kim, "town")) == 2


@pytest.mark.parametrize("keep", [True, False])
def test_delete_against_edit_is_a_conflict_and_the_record_stays_in_sight(house: House, keep: bool) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    with house.store.unit(house.anna) as unit:
        unit.delete(Participant, kim)
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York")
    exchange(house.store, other)
    assert content(house.store) == content(other)
    with house.store.read() as reader:
        (conflict,) = reader.conflicts()
        assert conflict.field == DELETED
        found = reader.get(Participant, kim)
        assert (found.town, found.given_name) == ("York", "Kim")
    with house.store.unit(house.anna) as unit:
        unit.settle(conflict.id, not keep)
    exchange(house.store, other)
    assert content(house.store) == content(other)
    with other.read() as reader:
        assert reader.conflicts() == []
        assert (reader.find(Participant, kim) is not None) is keep


def test_changes_enter_in_any_order_and_once(house: House) -> None:
    kim = house.participant()
    other, _anna_too = house.twin()
    for town in ("Leeds", "York", "Hull"):
        with house.store.unit(house.anna) as unit:
            unit.set(Participant, kim, town=town)
    sent = house.store.changes_since(other.vector())
    shuffled = list(sent.changes)
    random.Random(7).shuffle(shuffled)
    report = other.apply(replace(sent, changes=(*shuffled, *shuffled)))
    assert (report.applied, report.known, report.refused) == (3, 3, ())
    assert content(house.store) == content(other)
    # somebody whose employer comes before anything about themselves is found all the same
    sam = new_id()
    with house.store.unit(house.anna) as unit:
        unit.add(WorkSituation(id=new_id(), scope=sam, employer="Acme"))
    with house.store.unit(house.anna) as unit:
        unit.add(Participant(id=sam, scope=sam, needs=frozenset({Need.AUDIO})))
    exchange(house.store, other)
    assert content(house.store) == content(other)


def test_a_gap_waits_and_enters_when_the_missing_one_comes(house: House) -> None:
    kim = house.participant()
    other, _anna = house.twin()
    for town in ("Leeds", "York", "Hull"):
        with house.store.unit(house.anna) as unit:
            unit.set(Participant, kim, town=town)
    sent = house.store.changes_since(other.vector())
    report = other.apply(replace(sent, changes=(sent.changes[0], sent.changes[2])))
    assert report.applied == 1
    assert [code for _change, code in report.refused] == ["gap"]
    assert other.apply(sent).applied == 2
    assert content(house.store) == content(other)


def test_a_change_under_a_false_name_or_with_another_value_is_refused(house: House) -> None:
    kim = house.participant()
    other, _anna = house.twin()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    sent = house.store.changes_since(other.vector())
    ((header, signature),) = sent.changes
    (change,) = sent.values
    forged = replace(sent, changes=((header, bytes(64)),))
    assert other.apply(forged).refused == ((change, "signature"),)
    salt, _value = sent.values[change]
    swapped = replace(sent, values={change: (salt, b"\x82atdHull")})
    assert other.apply(swapped).refused == ((change, "value"),)
    assert other.apply(Exchange(((b"rubbish", signature),))).refused == (("", "unreadable"),)
    with other.read() as reader:
        assert reader.get(Participant, kim).town is None
    assert other.check().ok


def test_a_change_without_its_value_is_kept_and_shows_when_the_value_comes(house: House) -> None:
    kim = house.participant()
    other, _anna = house.twin()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    sent = house.store.changes_since(other.vector())
    assert other.apply(replace(sent, values={})).applied == 1
    with other.read() as reader:
        assert reader.get(Participant, kim).town is None
    assert other.check().ok
    assert other.apply(sent).known == 1
    assert content(house.store) == content(other)


def test_a_copied_folder_is_found_out_as_a_fork(house: House, tmp_path: Path) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    # as a copy by hand does it: two computers write under one incarnation
    other._counter.incarnation = house.store._counter.incarnation
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, town="York")
    (sent,) = other.changes_since(house.store.vector() | {}).changes or other.changes_since({}).changes[-1:]
    report = house.store.apply(Exchange((sent,)))
    assert len(report.forks) == 1
    problems = house.store.check().problems
    assert [(problem.code, problem.where) for problem in problems] == [("fork", report.forks[0])]


def test_blobs_and_events_travel(house: House) -> None:
    kim = house.participant()
    other, _anna = house.twin()
    with house.store.unit(house.anna) as unit:
        response = unit.add(Response(id=new_id(), scope=kim, status=ResponseStatus.IN_PROGRESS))
        unit.answer(response, "scan", unit.blob(b"scanned", "image/png", kim))
        unit.event(AuditEvent(AuditKind.PRINTED, kim, response))
    exchange(house.store, other)
    with other.read() as reader:
        (scan,) = reader.answers(response).values()
        assert reader.blob(scan) == b"scanned"  # type: ignore[arg-type]
        assert [line.kind for line in reader.events(participant=kim)] == [AuditKind.PRINTED]
    assert content(house.store) == content(other)
    assert other.check().ok


_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["town", "phone", "delete", "undelete", "settle", "answer", "new", "sync", "sync", "sync"]),
        st.integers(0, 3),
    ),
    min_size=4,
    max_size=30,
)


@settings(max_examples=10)
@given(steps=_STEPS, order=st.randoms(use_true_random=False))
def test_any_edits_exchanged_in_any_order_end_equal(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, int]], order: random.Random
) -> None:
    edited_apart(tmp_path_factory.mktemp("three"), steps, order)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=400)
@given(steps=_STEPS, order=st.randoms(use_true_random=False))
def test_many_edits_exchanged_in_any_order_end_equal(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, int]], order: random.Random
) -> None:
    edited_apart(tmp_path_factory.mktemp("three"), steps, order)


def edited_apart(folder: Path, steps: list[tuple[int, str, int]], order: random.Random) -> None:
    three = Three(folder)
    try:
        for store, act, value in steps:
            three.act(store, act, value, order)
        three.finish(order)
    finally:
        three.close()


def test_unknown_kinds_and_fields_are_kept_passed_on_and_not_shown(house: House) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    with house.store.unit(house.anna) as unit:
        unit._write("hologram", new_id(), kim, "colour", fields.encode("blue"))
        unit._write("participant", kim, kim, "shoe_size", fields.encode(42))
        unit._write("participant", kim, kim, "town", fields.encode(42))
        for value in STRANGE:
            record = new_id()
            unit._write("document", record, kim, "covers", cbor2.dumps(value))
            unit._write("document", record, kim, "covers", fields.encode("x"), unit.ledger.standing(record, "covers"))
            unit._write(
                "audit_event", new_id(), house.anna.person, "@event", cbor2.dumps(["e", "printed", None, value, 0])
            )
        # and a clock, and a counter, that nobody gets to by waiting or by writing
        unit._at, unit.lamport = 2**62 - 1, 2**62 - 2
        unit._write("participant", kim, kim, "phone", fields.encode("01632 960001"))
    exchange(house.store, other)
    assert content(house.store) == content(other)
    with other.read() as reader:
        assert reader.get(Participant, kim).town is None
        assert [line.value for line in reader.history(kim, "shoe_size")] == [42]
        assert [line.at.year for line in reader.history(kim, "phone")] == [9999]
        assert reader.count_conflicts() == len(STRANGE)
        assert all(None in {head.value for head in one.heads} for one in reader.conflicts())
    with other.unit(anna_too) as unit:
        unit.set(Participant, kim, phone="01632 960002")
    assert other.check().ok
    house.again()
    exchange(house.store, other)
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, phone="01632 960003")
    exchange(house.store, other)
    assert house.store.check().ok
    assert other.vector() == house.store.vector()


def test_a_signed_thing_names_its_changes_and_shows_when_they_are_amended(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        action = unit.add(Action(id=new_id(), scope=kim, text="Ask about a later start"))
        covers = unit.reader.heads_of(action)
        assert unit.reader.amended(covers) == frozenset()
        unit.set(Action, action, text="Ask about an earlier end")
        assert len(unit.reader.amended(covers)) == 1
