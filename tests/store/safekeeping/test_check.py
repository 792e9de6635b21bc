"""Somebody edits the file behind our back, holding the key: the check names what they did."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.conftest import FAST, House, content
from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.store import Exchange, Founder, slots
from workwell_desktop.store.safekeeping import check, check_slots


def tamper(house: House, sql: str, **values: object) -> None:
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        assert connection.execute(text(sql), values).rowcount > 0


def codes(house: House) -> set[str]:
    return {problem.code for problem in house.store.check().problems}


def prepared(house: House) -> Id:
    kim = house.participant()
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
        unit.set(Participant, kim, town="York", phone="01632 960001")
        unit.answer(house_response(house, kim, unit), "scan", unit.blob(b"scanned", "image/png", kim))
    return kim


def house_response(house: House, kim: Id, unit: object) -> Id:
    from workwell_desktop.domain.episodes import Response
    from workwell_desktop.domain.records import new_id
    from workwell_desktop.store import Unit

    assert isinstance(unit, Unit)
    return unit.add(Response(id=new_id(), scope=kim, form_title="PHQ-4"))


def test_a_whole_store_is_whole(house: House) -> None:
    prepared(house)
    report = house.store.check()
    assert report.ok
    assert report.participants == 1
    assert report.changes > 10


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "UPDATE value SET value = (SELECT value FROM value WHERE n = 1) WHERE n = (SELECT max(n) FROM value)",
            "value",
        ),
        ("UPDATE change SET signature = zeroblob(64) WHERE field = 'phone'", "signature"),
        ("UPDATE change SET author = scope WHERE field = 'phone'", "columns"),
        ("UPDATE change SET field = 'email' WHERE field = 'phone'", "columns"),
        ("UPDATE change SET header = zeroblob(9) WHERE field = 'phone'", "unreadable"),
        ("DELETE FROM change WHERE n = (SELECT min(n) FROM change WHERE field = 'town')", "gap"),
        ("UPDATE r_participant SET town = 'Hull'", "table"),
        ("DELETE FROM head WHERE field LIKE 'answer/%'", "table"),
        ("DELETE FROM head WHERE field = 'phone'", "table"),
        ("DELETE FROM search", "table"),
        ("DELETE FROM blob WHERE media_type = 'image/png'", "blob_missing"),
        ("UPDATE blob SET data = zeroblob(size) WHERE media_type = 'image/png'", "blob_changed"),
        ("DELETE FROM signer WHERE author IN (SELECT author FROM change WHERE field = 'phone')", "unknown_author"),
    ],
)
def test_each_kind_of_tampering_is_named(house: House, sql: str, found: str) -> None:
    prepared(house)
    tamper(house, sql)
    assert found in codes(house)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("DELETE FROM value WHERE n = (SELECT n FROM change WHERE field = 'phone')", "value_missing"),
        ("DELETE FROM change WHERE field = 'phone'", "lost"),
        ("DELETE FROM change WHERE kind = 'audit_event'", "lost"),
        ("UPDATE event SET kind = 'printed'", "table"),
        ("DELETE FROM event", "table"),
    ],
)
def test_a_removed_end_and_a_removed_value_are_named(house: House, sql: str, found: str) -> None:
    kim = prepared(house)
    with house.store.unit(house.anna) as unit:
        unit.event(AuditEvent(AuditKind.OPENED, kim))
    tamper(house, sql)
    assert found in codes(house)


def test_an_end_that_the_hub_has_seen_is_missed(house: House) -> None:
    """Whoever holds the key may take the end of a stream and all that was made from it; not what the hub knows."""
    kim = prepared(house)
    place = {"scope": kim, "incarnation": house.store._counter.incarnation}
    number = house.store.vector()[kim, place["incarnation"]]
    receipt = "INSERT INTO receipt VALUES (:scope, :incarnation, :number)"
    tamper(house, receipt, **place, number=number)
    assert codes(house) == set()
    tamper(house, "DELETE FROM value WHERE n = (SELECT max(n) FROM change WHERE scope = :scope)", scope=kim)
    tamper(house, "DELETE FROM change WHERE n = (SELECT max(n) FROM change WHERE scope = :scope)", scope=kim)
    house.store.rebuild()
    assert "lost" in codes(house)


def test_slots_that_were_edited_are_named(house: House) -> None:
    ben = house.store.add_person(
        house.anna, Founder("Ben Example", Profession.COACH, "amber lantern seven"), profile=FAST
    )
    whole = slots.load(house.path)
    bens = whole.slot("person", ben)
    assert bens is not None
    assert codes(house) == set()
    edits = {
        "slots_people": [
            replace(whole, people=tuple(replace(one, name="Dr Ben Example") for one in whole.people)),
            replace(whole, sealed=(*whole.sealed, replace(bens, holder="f" * 32))),
            replace(whole, people=(*whole.people, replace(whole.people[0], person="e" * 32))),
        ],
        "slots_roots": [replace(whole, roots=("00ff",)), replace(whole, partnership="Another partnership")],
    }
    for code, files in edits.items():
        for edited in files:
            slots.save(house.path, edited)
            assert codes(house) == {code}
    slots.save(house.path, whole)
    slots.copy_path(house.path).write_bytes(slots.serialise(whole.without("person", ben)))
    assert codes(house) == {"slots_copy"}
    slots.keys_path(house.path).write_bytes(b"{}")
    slots.copy_path(house.path).write_bytes(slots.serialise(whole))
    assert codes(house) == {"slots_damaged"}


def test_every_code_has_a_sentence() -> None:
    from workwell_desktop.catalogue import has

    written = set(
        re.findall(
            r'(?:Problem\(|yield )"(\w+)"',
            "".join(Path(str(module.__file__)).read_text() for module in (check, check_slots)),
        )
    )
    assert len(written) > 15
    assert [code for code in sorted(written) if not has(f"store.problem.{code}")] == []


def test_two_changes_that_swap_places_break_the_chain(house: House) -> None:
    kim = prepared(house)
    with house.store.read() as reader:
        first, second = (line.change for line in reader.history(kim, "town"))
    tamper(house, "UPDATE change SET number = -1 WHERE id = :id", id=first)
    tamper(house, "UPDATE change SET number = number - 1 WHERE id = :id", id=second)
    tamper(
        house,
        "UPDATE change SET number = (SELECT number + 1 FROM change WHERE id = :b) WHERE id = :a",
        a=first,
        b=second,
    )
    assert {"columns", "chain"} & codes(house)


def test_the_check_writes_nothing(house: House) -> None:
    prepared(house)
    tamper(house, "UPDATE r_participant SET town = 'Hull'")
    before = content(house.store)
    house.store.check()
    assert content(house.store) == before


def test_a_damaged_page_is_found(house: House) -> None:
    prepared(house)
    house.store.close()
    whole = bytearray(house.path.read_bytes())
    whole[-2000] ^= 1
    house.path.write_bytes(whole)
    from workwell_desktop.errors import DamagedStore

    try:
        house.again()
    except DamagedStore:
        return
    assert "file" in codes(house)


def test_a_rebuild_mends_the_tables(house: House) -> None:
    prepared(house)
    before = content(house.store)
    for sql in (
        "UPDATE r_participant SET town = 'Hull'",
        "DELETE FROM head WHERE field LIKE 'answer/%'",
        "DELETE FROM search",
    ):
        tamper(house, sql)
    assert content(house.store) != before
    seen: list[tuple[int, int]] = []
    house.store.rebuild(lambda done, total: seen.append((done, total)))
    assert content(house.store) == before
    assert seen[-1][0] == seen[-1][1] > 0
    assert house.store.check().ok


def test_another_stamp_rebuilds_at_the_next_unlock(house: House, make_house: Callable[[str], House]) -> None:
    prepared(house)
    before = content(house.store)
    tamper(house, "UPDATE stamp SET stamp = 'of an earlier version'")
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("DROP TABLE r_participant"))
        connection.execute(text("CREATE TABLE r_of_old (id TEXT)"))
    house.again()
    assert content(house.store) == before
    assert house.store.check().ok


def test_a_paper_that_has_still_to_come_is_no_damage(house: House) -> None:
    twin, _anna = house.twin()
    with house.store.unit(house.anna) as unit:
        person = unit.reader.get(Person, house.anna.person)
        unit.set(Person, person.id, card=unit.blob(b"a card", "application/pkix-cert", person.scope))
    sent = house.store.changes_since(twin.vector())
    twin.apply(Exchange(sent.changes, sent.values))
    assert len(twin.missing_blobs()) == 1
    assert twin.check().problems == ()
