"""Reading: conditions, order, search, and objects that harm nothing."""

import threading
from datetime import UTC, date, datetime

import cbor2
import pytest

from tests.store.conftest import FAST, House
from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.participants import Participant, WorkSituation
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import Action, ActionStatus
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import NotFound
from workwell_desktop.store import Founder


def actions(house: House) -> Id:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        for number, (due, status) in enumerate(
            [
                (date(2026, 3, 12), ActionStatus.OPEN),
                (date(2026, 3, 10), ActionStatus.OPEN),
                (None, ActionStatus.OPEN),
                (date(2026, 3, 11), ActionStatus.DONE),
            ]
        ):
            unit.add(Action(id=new_id(), scope=kim, text=f"a{number}", due=due, status=status))
    return kim


def test_conditions_and_order(house: House) -> None:
    kim = actions(house)
    with house.store.read() as reader:

        def texts(order: str | tuple[str, ...] = "text", limit: int | None = None, **conditions: object) -> list[str]:
            return [str(one.text) for one in reader.list(Action, order, limit, **conditions)]

        assert texts("due") == ["a1", "a3", "a0", "a2"]
        assert texts("-due") == ["a0", "a3", "a1", "a2"]
        assert texts(("status", "-text")) == ["a3", "a2", "a1", "a0"]
        assert texts("due", 2) == ["a1", "a3"]
        assert texts(status=ActionStatus.OPEN) == ["a0", "a1", "a2"]
        assert texts(status=[ActionStatus.DONE, ActionStatus.BLOCKED]) == ["a3"]
        assert texts(status={ActionStatus.DONE}) == ["a3"]
        assert texts(status=[]) == []
        assert texts(due=None) == ["a2"]
        assert texts(due__ne=None) == ["a0", "a1", "a3"]
        assert texts(due__lt=date(2026, 3, 12)) == ["a1", "a3"]
        assert texts(due__ge=date(2026, 3, 11), status__ne=ActionStatus.DONE) == ["a0"]
        assert texts(due__ne=date(2026, 3, 12)) == ["a1", "a2", "a3"]
        assert texts(scope=new_id()) == []
        assert reader.count(Action, scope=kim, status=ActionStatus.OPEN) == 3
        with pytest.raises(ValueError, match="no field"):
            reader.list(Action, colour="blue")
        with pytest.raises(ValueError, match="no comparison"):
            reader.list(Action, due__near=date(2026, 3, 1))


def test_a_set_is_compared_as_a_whole(house: House) -> None:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, needs=frozenset({"audio", "braille"}))
    with house.store.read() as reader:
        assert reader.count(Participant, needs=frozenset({"braille", "audio"})) == 1
        assert reader.count(Participant, needs=frozenset({"audio"})) == 0


def test_what_was_read_can_be_altered_without_harm(house: House) -> None:
    kim = house.participant()
    with house.store.read() as reader:
        found = reader.get(Participant, kim)
        found.town = "Nowhere"
        assert reader.get(Participant, kim).town is None
    with house.store.unit(house.anna) as unit:
        again = unit.reader.get(Participant, kim)
        again.town = "Nowhere"
        unit.set(Participant, kim, phone="01632 960001")
    with house.store.read() as reader:
        assert reader.get(Participant, kim).town is None
    assert found.name == "Kim Sample"


def test_no_such_record(house: House) -> None:
    with house.store.read() as reader:
        assert reader.find(Participant, None) is None
        assert reader.find(Participant, new_id()) is None
        with pytest.raises(NotFound):
            reader.get(Participant, new_id())
        assert reader.history(new_id()) == []
        assert reader.conflict("nothing/town") is None


def test_search_as_one_types(house: House) -> None:
    made = {}
    people = [
        ("Zoë", "O'Hara", "9990000018", "Leeds", "LS1 4AB"),
        ("Kim", "Sample", "9990237573", "York", "YO1 7HH"),
        ("Kimberley", "Samson", None, "Yorkley", None),
    ]
    with house.store.unit(house.anna) as unit:
        for given, family, number, town, postcode in people:
            made[given] = unit.add(
                Participant(
                    id=(one := new_id()),
                    scope=one,
                    given_name=given,
                    family_name=family,
                    nhs_number=number,
                    town=town,
                    postcode=postcode,
                )
            )
        unit.add(WorkSituation(id=new_id(), scope=made["Kim"], employer="Fictional Bakery"))
    with house.store.read() as reader:

        def found(words: str) -> set[str]:
            names = {participant: given for given, participant in made.items()}
            return {names[hit.participant] for hit in reader.search(words)}

        assert found("k") == {"Kim", "Kimberley"}
        assert found("kim sam") == {"Kim", "Kimberley"}
        assert found("kim samp") == {"Kim"}
        assert found("zoe") == found("ZOË") == found("o'h") == {"Zoë"}
        assert found("999 023 7573") == found("9990237") == {"Kim"}
        assert found("baker") == {"Kim"}
        assert found("yo1 7") == found("yo17hh") == {"Kim"}
        assert found("york") == {"Kim", "Kimberley"}
        for odd in ("", "  ", '"', "*", "name:kim", "kim OR", "NEAR(", "a-b", "'", "(", "kim\x00"):
            reader.search(odd)
        assert reader.search("baker")[0].matched == "employer"
        assert reader.search("9990237573")[0].matched == "number"
        assert reader.search("kim", limit=1)[0].matched == "name"
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, made["Kim"], family_name="Newname")
    with house.store.read() as reader:
        assert reader.search("kim samp") == []
        assert reader.search("newn")[0].name == "Kim Newname"


def test_a_reader_sees_one_moment_while_another_thread_writes(house: House) -> None:
    kim = house.participant()
    response = house.response(kim)
    stop = threading.Event()
    failed: list[BaseException] = []

    def write() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                with house.store.unit(house.anna) as unit:
                    unit.answer(response, "left", number)
                    unit.answer(response, "right", number)
        except BaseException as trouble:  # noqa: BLE001 shown by the test
            failed.append(trouble)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = set()
        for _ in range(150):
            with house.store.read() as reader:
                answers = reader.answers(response)
                assert answers.get("left") == answers.get("right")
                assert reader.answers(response) == answers
                assert reader.get(Participant, kim).name == "Kim Sample"
                seen.add(answers.get("left"))
    finally:
        stop.set()
        writer.join()
    assert failed == []
    assert len(seen) > 3
    assert house.store.check().ok


def test_two_threads_that_write_take_turns(house: House) -> None:
    response = house.response(house.participant())
    failed: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(40):
                with house.store.unit(house.anna) as unit:
                    unit.answer(response, f"{name}{number}", number)
                house.store.drafts.put(name, str(number))
        except BaseException as trouble:  # noqa: BLE001 shown by the test
            failed.append(trouble)

    writers = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    with house.store.read() as reader:
        assert len(reader.answers(response)) == 120
    assert house.store.check().ok


def test_drafts_and_settings_of_this_computer_outlive_it(house: House) -> None:
    assert house.store.drafts.get("note") is None
    house.store.drafts.put("note", "half")
    house.store.drafts.put("note", "half a sentence")
    house.store.drafts.put("other", "x")
    house.store.drafts.clear("other")
    house.store.settings.put("text_size", {"percent": 150})
    before = house.store.vector()
    house.again()
    assert house.store.drafts.get("note") == "half a sentence"
    assert house.store.drafts.keys() == ["note"]
    assert house.store.settings.get("text_size") == {"percent": 150}
    assert house.store.settings.get("unset", 7) == 7
    assert house.store.vector() == before


def test_times_read_back_aware_and_in_utc(house: House) -> None:
    kim = house.participant()
    with house.store.read() as reader:
        assert reader.history(kim)[0].at == datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def test_the_author_of_a_field_is_who_set_the_value_that_stands(house: House) -> None:
    ben = house.store.add_person(
        house.anna, Founder("Ben Sample", Profession.COACH, "another long phrase"), profile=FAST
    )
    as_ben = house.store.identity(ben, "another long phrase")
    kim, lee, robin = (house.participant(name) for name in ("Kim", "Lee", "Robin"))
    for writer, towns in ((as_ben, {kim: "York", lee: "Hull"}), (house.anna, {kim: "Leeds"})):
        for who, town in towns.items():
            with house.store.unit(writer) as unit:
                unit.set(Participant, who, town=town)
    with house.store.unit(as_ben) as unit:
        unit.set(Participant, kim, phone="0113 496 0000")
    with house.store.read() as reader:
        found = reader.authors_of((kim, lee, robin, new_id()), "town")
        assert found == {who: reader.history(who, "town")[-1].author for who in (kim, lee)}
        assert found == {kim: house.anna.person, lee: ben}


def test_what_cannot_be_read_of_a_case_is_known(house: House) -> None:
    later = [
        ("participant", "of_a_later_version", ["t", "x"]),
        ("participant", "nhs_number_status", ["k", "dreamt_of"]),
        ("participant", "needs", ["s", ["audio", "by_telepathy"]]),
        ("response", "answer/q1", ["z", 1]),
        ("mood", "colour", ["t", "blue"]),
    ]
    for kind, field, value in later:
        kim = house.participant()
        response = house.response(kim)
        with house.store.unit(house.anna) as unit:
            unit.set(Participant, kim, needs=frozenset({"audio"}), town=None)
            unit.answer(response, "q2", 3)
            assert not unit.reader.holds_later(kim)
            record = {"participant": kim, "response": response}.get(kind, new_id())
            standing = unit.ledger.standing(record, field)
            unit._write(kind, record, kim, field, cbor2.dumps(value), standing, tuple(one.id for one in standing.heads))
        with house.store.read() as reader:
            assert reader.holds_later(kim), (kind, field)
        if kind == "response":
            with house.store.unit(house.anna) as unit:
                unit.delete(Response, response)
            with house.store.read() as reader:
                assert not reader.holds_later(kim)
