"""Units of work: what they write, and that they leave nothing behind when they fail."""

from datetime import UTC, date, datetime
from decimal import Decimal

import cbor2
import pytest

from tests.store.conftest import House, content, exchange
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Need, NumberStatus, Participant, WorkSituation, WorkStatus
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.values import BlobRef, Coding, PartialDate, Quantity
from workwell_desktop.errors import BadInput, NotFound
from workwell_desktop.store import BLOB_LIMIT


def test_a_record_reads_back_as_it_was_written(house: House) -> None:
    kim = new_id()
    written = Participant(
        id=kim,
        scope=kim,
        given_name="Kim",
        birth_date=date(1980, 2, 29),
        nhs_number="9990000018",
        nhs_number_status=NumberStatus.GIVEN,
        needs=frozenset({"large_print", "quiet_place"}),
        what_matters_at=datetime(2026, 3, 10, 9, 30, 1, 5, tzinfo=UTC),
    )
    with house.store.unit(house.anna) as unit:
        unit.add(written)
    with house.store.read() as reader:
        found = reader.get(Participant, kim)
    assert repr(found) == repr(written)


def test_a_decimal_keeps_its_precision(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        told = unit.add(WorkSituation(id=new_id(), scope=kim, usual_hours=Decimal("37.50"), status=WorkStatus.OFF_SICK))
    with house.store.read() as reader:
        assert str(reader.get(WorkSituation, told).usual_hours) == "37.50"


def test_a_set_writes_only_what_differs(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        assert unit.set(Participant, kim, given_name="Kim", town="Leeds") == ("town",)
    with house.store.read() as reader:
        assert [line.value for line in reader.history(kim, "town")] == ["Leeds"]
        assert len(reader.history(kim, "given_name")) == 1


def test_what_reads_as_unset_because_it_is_of_a_later_version_is_not_cleared_by_saving_it(house: House) -> None:
    kim = house.participant()
    response = house.response(kim)
    written = {
        ("participant", kim, "nhs_number_status"): ["k", "dreamt_of"],
        ("participant", kim, "town"): ["z", {"a": 1}],
        ("participant", kim, "needs"): ["z", ["large_print"]],
        ("response", response, "answer/q1"): ["z", 1],
    }
    later = ["s", ["by_telepathy", Need.LARGE_PRINT.value]]
    with house.store.unit(house.anna) as unit:
        for (kind, record, name), value in written.items():
            unit._write(kind, record, kim, name, cbor2.dumps(value))
    before = house.store.vector()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, nhs_number_status=None, town="", needs=frozenset())
        unit.answer(response, "q1", None)
    assert house.store.vector() == before
    # a set is shown as far as it is understood, and changed as far as it is shown
    with house.store.unit(house.anna) as unit:
        standing = unit.ledger.standing(kim, "needs")
        unit._write("participant", kim, kim, "needs", cbor2.dumps(later), standing, (standing.heads[0].id,))
    with house.store.read() as reader:
        assert reader.get(Participant, kim).needs == {Need.LARGE_PRINT}
    with house.store.unit(house.anna) as unit:
        assert unit.set(Participant, kim, needs=frozenset({Need.LARGE_PRINT})) == ()
        assert unit.set(Participant, kim, needs=frozenset({Need.INTERPRETER})) == ("needs",)
    with house.store.read() as reader:
        assert reader.get(Participant, kim).needs == {Need.INTERPRETER}
        assert reader.history(kim, "needs")[-1].value == {"by_telepathy", Need.INTERPRETER.value}


def test_a_field_can_be_cleared(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, family_name=None)
    with house.store.read() as reader:
        assert reader.get(Participant, kim).family_name is None
        assert [line.value for line in reader.history(kim, "family_name")] == ["Sample", None]


def fails(house: House, kim: Id) -> None:
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
        raise RuntimeError("on purpose")


def test_a_unit_that_raises_leaves_nothing(house: House) -> None:
    kim = house.participant()
    before = house.store.vector()

    with pytest.raises(RuntimeError, match="on purpose"):
        fails(house, kim)
    assert house.store.vector() == before
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="York")
    with house.store.read() as reader:
        assert [line.value for line in reader.history(kim, "town")] == ["York"]
    assert house.store.check().ok


@pytest.mark.parametrize(
    "value",
    [
        "some words",
        True,
        7,
        Decimal("2.50"),
        PartialDate(2024, 5),
        datetime(2026, 3, 10, 9, 30, tzinfo=UTC),
        Coding("http://loinc.org", "LA6568-5", "Not at all"),
        Quantity(Decimal("3.0"), "hours", None, "h"),
        BlobRef("ab" * 32, 12, "image/png"),
        frozenset({"a", "b"}),
        (Coding(None, "a"), "words", 3),
    ],
)
def test_an_answer_reads_back_as_it_was_given(house: House, value: object) -> None:
    response = house.response(house.participant())
    with house.store.unit(house.anna) as unit:
        assert unit.answer(response, "group/q1", value)  # type: ignore[arg-type]
        assert not unit.answer(response, "group/q1", value)  # type: ignore[arg-type]
    with house.store.read() as reader:
        assert reader.answers(response) == {"group/q1": value}


def test_a_cleared_answer_is_gone_from_the_answers_and_kept_in_the_history(house: House) -> None:
    response = house.response(house.participant())
    with house.store.unit(house.anna) as unit:
        unit.answer(response, "q1", 3)
        unit.answer(response, "q1", None)
    with house.store.read() as reader:
        assert reader.answers(response) == {}
        assert [line.value for line in reader.history(response, "answer/q1")] == [3, None]


def test_the_chain_goes_on_after_a_unit_that_raised_and_after_another_store_was_heard(house: House) -> None:
    kim = house.participant()
    other, anna_too = house.twin()
    with pytest.raises(RuntimeError):
        fails(house, kim)
    for turn in range(3):
        with other.unit(anna_too) as unit:
            unit.set(Participant, kim, phone=f"01632 96000{turn}")
        exchange(house.store, other)
        with house.store.unit(house.anna) as unit:
            unit.set(Participant, kim, town=f"Leeds {turn}", email="kim@example.org")
    assert house.store.check().ok
    with house.store.read() as reader:
        found = reader.get(Participant, kim)
        assert (found.town, found.phone) == ("Leeds 2", "01632 960002")
        assert reader.conflicts() == []


def test_a_field_set_often_in_one_unit_has_one_head(house: House) -> None:
    kim = house.participant()
    before = content(house.store)
    with house.store.unit(house.anna) as unit:
        for town in ("Leeds", "York", "Hull"):
            unit.set(Participant, kim, town=town)
    with house.store.read() as reader:
        assert reader.get(Participant, kim).town == "Hull"
        assert [line.is_head for line in reader.history(kim, "town")] == [False, False, True]
    made = content(house.store)
    assert made != before
    house.store.rebuild()
    assert content(house.store) == made


def test_reading_inside_a_unit_sees_what_it_wrote(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, preferred_name="Kimberley")
        assert unit.reader.get(Participant, kim).preferred_name == "Kimberley"
        assert unit.reader.search("kimb")[0].participant == kim
        with house.store.read() as outside:
            assert outside.get(Participant, kim).preferred_name is None


def test_what_cannot_be_is_refused_by_name(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        with pytest.raises(NotFound):
            unit.set(Participant, new_id(), town="Leeds")
        with pytest.raises(NotFound):
            unit.set(Response, kim, form_title="x")
        with pytest.raises(TypeError):
            unit.set(Participant, kim, birth_date="1980-01-01")
        with pytest.raises(TypeError):
            unit.set(Participant, kim, no_such_field="x")
        with pytest.raises(ValueError, match="scope"):
            unit.set(Participant, kim, scope=new_id(), town="Leeds")
        with pytest.raises(ValueError, match="own scope"):
            unit.add(Team(id=new_id(), scope=new_id()))
        with pytest.raises(ValueError, match="not an id"):
            unit.add(Team(id=Id("x"), scope=Id("x")))
        with pytest.raises(ValueError, match="time zone"):
            unit.set(Participant, kim, what_matters_at=datetime(2026, 3, 1))  # noqa: DTZ001
        with pytest.raises(ValueError, match="known"):
            unit.add(Participant(id=kim, scope=kim, given_name="Other"))


def test_a_record_with_nothing_set_is_there_all_the_same(house: House) -> None:
    team = new_id()
    with house.store.unit(house.anna) as unit:
        unit.add(Team(id=team, scope=team))
    with house.store.read() as reader:
        assert reader.get(Team, team).name is None


def test_a_deleted_record_is_out_of_sight_and_its_history_stays(house: House) -> None:
    kim = house.participant("Kim", "Vanish")
    with house.store.unit(house.anna) as unit:
        unit.delete(Participant, kim)
        unit.delete(Participant, kim)
    with house.store.read() as reader:
        assert reader.find(Participant, kim) is None
        assert reader.search("vanish") == []
        assert [line.field for line in reader.history(kim)] == ["given_name", "family_name", "@deleted"]


def test_a_deleted_response_has_no_answers_until_it_is_brought_back(house: House) -> None:
    response = house.response(house.participant())
    with house.store.unit(house.anna) as unit:
        unit.answer(response, "q1", 3)
    with house.store.unit(house.anna) as unit:
        unit.delete(Response, response)
    with house.store.read() as reader:
        assert reader.answers(response) == {}
    house.store.undo(house.anna)
    with house.store.read() as reader:
        assert reader.answers(response) == {"q1": 3}


def test_blobs_are_kept_once_and_limited(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        ref = unit.blob(b"ink", "image/png", kim)
        assert unit.blob(b"ink", "image/png", kim) == ref
        with pytest.raises(BadInput) as refused:
            unit.blob(bytes(BLOB_LIMIT + 1), "image/png", kim)
    assert refused.value.reason == "blob_too_large"
    with house.store.read() as reader:
        assert reader.blob(ref) == b"ink"
        assert reader.has_blob(ref)
        with pytest.raises(NotFound):
            reader.blob("00" * 32)


def test_a_reading_counts_once_in_a_quarter_of_an_hour(house: House) -> None:
    kim = house.participant()
    opened = AuditEvent(AuditKind.OPENED, kim, kim)
    house.clock.set(datetime(2026, 3, 10, 9, 31, tzinfo=UTC))
    with house.store.unit(house.anna) as unit:
        assert unit.event(opened)
        assert not unit.event(opened)
        assert unit.event(AuditEvent(AuditKind.PRINTED, kim, kim))
        assert unit.event(AuditEvent(AuditKind.PRINTED, kim, kim))
    house.clock.set(datetime(2026, 3, 10, 9, 46, tzinfo=UTC))
    with house.store.unit(house.anna) as unit:
        assert unit.event(opened)
    with house.store.read() as reader:
        kinds = [line.kind for line in reader.events(participant=kim)]
        assert len(reader.events(person=house.anna.person, kinds=[AuditKind.OPENED])) == 2
    assert kinds[0] is AuditKind.OPENED
    assert kinds.count(AuditKind.PRINTED) == 2


def test_observers_hear_of_what_changed_after_it_is_durable(house: House) -> None:
    heard: list[set[tuple[str, str, str]]] = []
    stop = house.store.on_change(heard.append)
    kim = house.participant()
    stop()
    house.participant()
    assert heard == [{("participant", kim, kim)}]
