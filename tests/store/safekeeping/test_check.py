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
from workwell_desktop.errors import DamagedStore
from workwell_desktop.store import Exchange, Founder, computer, slots
from workwell_desktop.store.keys import vault
from workwell_desktop.store.safekeeping import check, check_rights, check_shape, check_slots


def tamper(house: House, sql: str, **values: object) -> None:
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        assert connection.execute(text(sql), values).rowcount > 0


def statement(house: House, sql: str) -> None:
    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql(sql)


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
        ("UPDATE change SET header = CAST(header AS TEXT) WHERE field = 'phone'", "unreadable"),
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


def test_what_stands_in_no_log_is_named_too(house: House) -> None:
    """The shape of the file, what this computer signs with, and a place that two cases hold."""
    prepared(house)
    house.store.drafts.put("note", "half a sentence")
    for edit, undo, code, where in (
        ("CREATE TABLE other (a)", "DROP TABLE other", "schema", "other"),
        ("CREATE VIEW other AS SELECT * FROM change", "DROP VIEW other", "schema", "other"),
        ("ALTER TABLE change ADD COLUMN other TEXT", "ALTER TABLE change DROP COLUMN other", "schema", "change"),
        ("PRAGMA user_version = 7", "PRAGMA user_version = 0", "schema", "user_version"),
        ("UPDATE draft SET text = x'00'", "UPDATE draft SET text = 'words'", "unreadable", "draft"),
    ):
        statement(house, edit)
        assert [(one.code, one.where) for one in house.store.check().problems] == [(code, where)]
        statement(house, undo)
    for name, other in (
        ("seed", bytes(32)),
        ("paper_key", b"none"),
        ("device", b"2" * 32),
        ("lamport", b"[999999, 1]"),
        ("incarnation", b"mine"),
    ):
        before = house.store.kept(name) or b"[0, 0]"
        with house.store._writes() as cursor:
            computer.set_own(cursor, name, other)
        assert "computer" in codes(house), name
        with house.store._writes() as cursor:
            computer.set_own(cursor, name, before)
    assert codes(house) == set()


def test_a_trigger_is_never_opened_and_other_keys_than_ones_own_open_nothing(house: House) -> None:
    """Neither is in the log: one would eat what is written, with the other nothing that is signed would count."""
    ben = house.store.add_person(house.anna, Founder("Ben Example", Profession.COACH, "words of ben"), profile=FAST)
    bens = house.store.identity(ben, "words of ben")
    whole = slots.load(house.path)
    own = vault.person_slot(whole, house.anna.person, "words of ben", key=house.store._key, own=bens.own, profile=FAST)
    slots.save(house.path, whole.with_slot(own))
    with pytest.raises(DamagedStore):
        house.store.identity(house.anna.person, "words of ben")
    slots.save(house.path, whole)
    statement(house, "CREATE TRIGGER other AFTER INSERT ON value BEGIN DELETE FROM value WHERE n = new.n; END")
    with pytest.raises(DamagedStore):
        house.again()


def test_what_somebody_signed_and_might_never_say_is_named(house: House) -> None:
    """A coach who has the key of the file makes themselves an administrator, and gives a colleague another key."""
    kim = prepared(house)
    ben = house.store.add_person(house.anna, Founder("Ben Example", Profession.COACH, "words of ben"), profile=FAST)
    bens = house.store.identity(ben, "words of ben")
    assert codes(house) == set()
    with house.store.unit(bens) as unit:
        unit.set(Person, house.anna.person, verify_key="ab" * 32)
        unit.set(Person, ben, roles=frozenset({"coach", "administrator"}))
        unit.set(Person, ben, phone="01632 960002")
    found = house.store.check().problems
    assert [one.code for one in found] == ["right", "right"]
    tamper(house, "UPDATE change SET scope = :ben WHERE record = :kim AND field = 'phone'", ben=ben, kim=kim)
    assert "home" in codes(house)


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


def test_what_is_taken_whole_leaves_its_numbers_behind(house: House) -> None:
    """All that was read of anybody, or a scan with all that says where it was, and the tables made anew."""
    prepared(house)
    with house.store.unit(house.anna) as unit:
        unit.event(AuditEvent(AuditKind.SEARCHED))
        unit.set(Person, house.anna.person, phone="01632 960003")
    tamper(house, "DELETE FROM blob WHERE media_type = 'image/png'")
    tamper(house, "DELETE FROM blob_scope WHERE sha256 NOT IN (SELECT sha256 FROM blob)")
    assert codes(house) == {"blob_missing"}
    tamper(house, "DELETE FROM value WHERE n IN (SELECT n FROM change WHERE kind = 'audit_event')")
    tamper(house, "DELETE FROM change WHERE kind = 'audit_event'")
    house.store.rebuild()
    assert codes(house) == {"blob_missing", "lost"}


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
        "slots_practice": [replace(whole, rehearsal=True)],
        "slots_recovery": [whole.without("recovery", "")],
    }
    for code, files in edits.items():
        for edited in files:
            slots.save(house.path, edited)
            assert codes(house) == {code}
    slots.save(house.path, replace(whole, rehearsal=True))
    house.again()
    assert not house.store.header.rehearsal  # as the store itself says
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
            "".join(
                Path(str(module.__file__)).read_text() for module in (check, check_rights, check_shape, check_slots)
            ),
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
