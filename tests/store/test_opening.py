"""Making and opening a store, and every real trouble that can stand in the way."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.conftest import ANNA, FAST, PASSPHRASE, House
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import (
    BadInput,
    DamagedStore,
    DiskFull,
    NewerStore,
    NoPermission,
    NotAStore,
    NotFound,
    ReadOnlyFolder,
    StoreInUse,
    StoreNotFound,
    WrongPassphrase,
)
from workwell_desktop.store import (
    Founder,
    create_store,
    face,
    read_slots,
    slots,
    unlock,
    unlock_with_escrow,
    unlock_with_recovery,
)


def test_the_unlock_page_needs_no_slow_import(house: House) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from workwell_desktop.store.face import read_face; from workwell_desktop.domain import clock;"
        "face = read_face(Path(sys.argv[1]));"
        "slow = {'sqlalchemy', 'sqlcipher3', 'cryptography', 'nacl', 'argon2', 'cbor2', 'alembic'};"
        "slow |= {'hashlib', 'dataclasses', 'workwell_desktop.store.slots'};"
        "assert not slow & set(sys.modules), slow & set(sys.modules);"
        "print(face.partnership, face.rehearsal, [(one.name, one.profession) for one in face.people])"
    )
    run = subprocess.run([sys.executable, "-c", script, str(house.path)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "Testshire WorkWell False [('Anna Example', 'occupational_therapist')]"


def test_the_face_says_what_the_slots_say(house: House) -> None:
    header, shown = read_slots(house.path), face.read_face(house.path)
    assert (shown.partnership, shown.rehearsal) == (header.partnership, header.rehearsal)
    assert [tuple(one) for one in shown.people] == [
        (one.person, one.name, one.profession, one.last_opened) for one in header.people
    ]


@pytest.mark.parametrize("written", [b"", b"[]", b"{", b'{"magic": "workwell-store", "format": 1}'])
def test_a_face_that_is_damaged_is_read_from_the_copy(house: House, written: bytes) -> None:
    before = face.read_face(house.path)
    face.keys_path(house.path).write_bytes(written)
    assert face.read_face(house.path) == before
    face.copy_path(house.path).unlink()
    with pytest.raises((DamagedStore, NotAStore)):
        face.read_face(house.path)


def test_nothing_in_the_file_can_be_read_without_a_key(house: House) -> None:
    house.participant("Zebedee", "Unmistakable")
    house.store.drafts.put("note", "Unmistakable draft")
    house.store.close()
    for file in house.path.parent.iterdir():
        assert b"nmistakable" not in file.read_bytes(), file.name
    assert not house.path.read_bytes().startswith(b"SQLite")


def test_a_right_passphrase_opens_and_a_wrong_one_waits_longer_and_longer(house: House) -> None:
    house.store.close()
    person = house.anna.person
    waits = []
    for _ in range(7):
        with pytest.raises(WrongPassphrase) as wrong:
            unlock(house.path, person, "guess", clock=house.clock)
        waits.append(wrong.value.params["wait"])
        house.clock.set(house.clock.moment + timedelta(seconds=int(str(waits[-1]))))
    assert waits == [0, 0, 0, 0, 5, 10, 20]
    house.clock.set(house.clock.moment - timedelta(seconds=3))
    with pytest.raises(WrongPassphrase) as early:
        unlock(house.path, person, PASSPHRASE, clock=house.clock)
    assert early.value.params["wait"] == 3
    house.clock.set(house.clock.moment + timedelta(seconds=3))
    store, _identity = unlock(house.path, person, PASSPHRASE, clock=house.clock)
    house.close_later.append(store)
    with store.read() as reader:
        assert [line.kind for line in reader.events()] == [AuditKind.UNLOCK_FAILED] * 7


def test_one_process_at_a_time(house: House) -> None:
    with pytest.raises(StoreInUse):
        unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
    house.again()
    assert house.participant()


def test_no_store_and_something_else(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(StoreNotFound):
        read_slots(tmp_path / "none.store")
    other = tmp_path / "letter.txt"
    other.write_text("Dear Kim")
    with pytest.raises(NotAStore):
        read_slots(other)
    slots.keys_path(other).write_text('{"keys": "of something else"}')
    with pytest.raises(NotAStore):
        read_slots(other)


def test_a_damaged_store_is_said_to_be_damaged(house: House) -> None:
    house.store.close()
    whole = house.path.read_bytes()
    house.path.write_bytes(whole[:4096] + os.urandom(2 * 4096) + whole[3 * 4096 :])
    with pytest.raises(DamagedStore):
        unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
    house.path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(DamagedStore):
        unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
    house.path.write_bytes(b"")
    with pytest.raises(DamagedStore):
        unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
    house.path.write_bytes(whole)
    house.again()


def test_damaged_slots_are_read_from_their_copy(house: House) -> None:
    house.store.close()
    slots.keys_path(house.path).write_bytes(b'{"magic": "workwell-st')
    assert read_slots(house.path).people[0].name == "Anna Example"
    slots.copy_path(house.path).unlink()
    with pytest.raises(DamagedStore):
        read_slots(house.path)


def test_a_newer_store_is_left_alone(house: House) -> None:
    from sqlalchemy import text

    with house.store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    house.store.close()
    with pytest.raises(NewerStore):
        unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
    written = json.loads(slots.keys_path(house.path).read_bytes())
    slots.keys_path(house.path).write_text(json.dumps(written | {"format": 99}))
    with pytest.raises(NewerStore):
        read_slots(house.path)


def test_parameters_of_a_slot_cannot_be_weakened(house: House) -> None:
    house.store.close()
    slot_file = slots.load(house.path)
    slot = slot_file.slot("person", house.anna.person)
    assert slot is not None
    for altered in ({"passes": 2}, {"salt": "00" * 16}, {"note": "not there when it was sealed"}):
        slots.save(house.path, slot_file.with_slot(replace(slot, kdf=slot.kdf | altered)))
        with pytest.raises(WrongPassphrase):
            unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
    slots.save(house.path, slot_file.with_slot(replace(slot, kdf=slot.kdf | {"memory": 2**40})))
    with pytest.raises(DamagedStore):
        unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)


def test_a_full_disk_keeps_what_was_saved(house: House) -> None:
    kim = house.participant()
    house.again()
    with house.store.unit(house.anna) as unit:
        unit.reader.count(Participant)
    pages = house.store._writer.connection.driver_connection  # type: ignore[union-attr]
    (count,) = pages.execute("PRAGMA page_count").fetchone()
    pages.execute(f"PRAGMA max_page_count = {count + 2}")
    with pytest.raises(DiskFull), house.store.unit(house.anna) as unit:
        unit.blob(os.urandom(200_000), "image/png", kim)
    pages.execute("PRAGMA max_page_count = 1000000")
    with house.store.unit(house.anna) as unit:
        unit.set(Participant, kim, town="Leeds")
    assert house.store.check().ok


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, clock: FixedClock) -> None:
    in_the_way = tmp_path / "a-file"
    in_the_way.write_text("x")
    with pytest.raises(ReadOnlyFolder):
        create_store(in_the_way / "new.store", ANNA, clock=clock, partnership_name="P", site="generic", profile=FAST)
    with pytest.raises(BadInput) as refused:
        create_store(in_the_way, ANNA, clock=clock, partnership_name="P", site="generic", profile=FAST)
    assert refused.value.reason == "store_exists"
    assert in_the_way.read_text() == "x"


def test_a_store_on_a_read_only_file_system_says_so(house: House) -> None:
    with house.store.unit(house.anna) as unit:
        unit.reader.count(Participant)
    raw = house.store._writer.connection.driver_connection  # type: ignore[union-attr]
    raw.execute("PRAGMA query_only = ON")
    with pytest.raises(ReadOnlyFolder):
        house.participant()
    raw.execute("PRAGMA query_only = OFF")
    assert house.participant()


def test_a_failed_beginning_leaves_nothing_behind(tmp_path: Path, clock: FixedClock) -> None:
    slots.copy_path(tmp_path / "new.store").mkdir()
    with pytest.raises(ReadOnlyFolder):
        create_store(tmp_path / "new.store", ANNA, clock=clock, partnership_name="P", site="generic", profile=FAST)
    assert [file.name for file in tmp_path.iterdir()] == ["new.store.keys.copy"]


def test_the_recovery_code_opens_and_a_new_passphrase_works(house: House) -> None:
    kim = house.participant()
    old_root = house.store.trust()[0]
    house.store.close()
    store = unlock_with_recovery(house.path, house.code, clock=house.clock)
    house.close_later.append(store)
    again = store.set_passphrase(house.anna.person, "another long one", profile=FAST)
    with store.unit(again) as unit:
        unit.set(Participant, kim, town="Leeds")
    assert store.trust()[0] != old_root
    assert old_root in store.trust()
    assert again.signer().chain == (store.trust()[0],)
    assert store.check().ok
    store.close()
    with pytest.raises(WrongPassphrase):
        unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock)
    store, identity = unlock(house.path, house.anna.person, "another long one", clock=house.clock)
    house.close_later.append(store)
    assert store.authority(identity).key
    with pytest.raises(NotFound):
        store.set_passphrase(new_id(), "x", profile=FAST)


def test_a_wrong_recovery_code_does_not_open(house: House) -> None:
    house.store.close()
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery(house.path, type(house.code).fresh(), clock=house.clock)


def test_escrow_opens_the_store(house: House) -> None:
    from nacl.public import PrivateKey

    private = PrivateKey.generate()
    house.store.set_escrow(house.anna, bytes(private.public_key))
    house.store.close()
    store = unlock_with_escrow(house.path, bytes(private), clock=house.clock)
    house.close_later.append(store)
    with store.read() as reader:
        assert reader.count(Person) == 1
    store.close()
    with pytest.raises(WrongPassphrase):
        unlock_with_escrow(house.path, bytes(PrivateKey.generate()), clock=house.clock)


def test_a_second_person_writes_under_their_own_name_alone(house: House) -> None:
    ben = Founder("Ben Sample", Profession.COACH, "ben's own words", role="coach")
    person = house.store.add_person(house.anna, ben, profile=FAST)
    identity = house.store.identity(person, "ben's own words")
    with pytest.raises(WrongPassphrase):
        house.store.identity(person, PASSPHRASE)
    with house.store.unit(identity) as unit:
        kim = unit.add(Participant(id=(made := new_id()), scope=made, given_name="Kim"))
    with house.store.read() as reader:
        assert reader.history(kim)[0].author == person
    assert identity.signer().certificate != house.anna.signer().certificate
    with pytest.raises(NoPermission):
        house.store.add_person(identity, replace(ben, name="Cara"), profile=FAST)
    with house.store.unit(house.anna) as unit:
        unit.set(Person, person, roles=frozenset({"coach", "administrator"}))
    house.store.grant_authority(house.anna, person)
    house.store.add_person(identity, replace(ben, name="Cara"), profile=FAST)
    assert [one.name for one in house.store.header.people] == ["Anna Example", "Ben Sample", "Cara"]
    assert house.store.check().ok


def test_a_slot_can_be_taken_away(house: House) -> None:
    ben = house.store.add_person(house.anna, Founder("Ben Sample", Profession.COACH, "words"), profile=FAST)
    identity = house.store.identity(ben, "words")
    with pytest.raises(NoPermission):
        house.store.remove_slot(identity, house.anna.person)
    with pytest.raises(ValueError, match="own slot"):
        house.store.remove_slot(house.anna, house.anna.person)
    house.store.remove_slot(house.anna, ben)
    with pytest.raises(WrongPassphrase):
        house.store.identity(ben, "words")
    assert [one.name for one in house.store.header.people] == ["Anna Example"]
    with house.store.read() as reader:
        assert reader.get(Person, ben).name == "Ben Sample"


def test_a_passphrase_can_be_changed(house: House) -> None:
    with pytest.raises(WrongPassphrase):
        house.store.change_passphrase(house.anna, "wrong", "new words", profile=FAST)
    house.store.change_passphrase(house.anna, PASSPHRASE, "new words", profile=FAST)
    with pytest.raises(WrongPassphrase):
        house.store.identity(house.anna.person, PASSPHRASE)
    assert house.store.authority(house.store.identity(house.anna.person, "new words"))


def test_unlocking_notes_when(house: House) -> None:
    house.clock.set(datetime(2026, 4, 1, 8, 0, tzinfo=UTC))
    house.again()
    assert read_slots(house.path).people[0].last_opened == "2026-04-01T08:00:00+00:00"


def test_a_weak_slot_is_made_stronger_when_asked(house: House) -> None:
    house.store.close()
    stronger = replace(FAST, passes=2)
    store, _identity = unlock(house.path, house.anna.person, PASSPHRASE, clock=house.clock, profile=stronger)
    house.close_later.append(store)
    slot = slots.load(house.path).slot("person", house.anna.person)
    assert slot is not None
    assert slot.kdf["passes"] == 2
    assert store.identity(house.anna.person, PASSPHRASE)
