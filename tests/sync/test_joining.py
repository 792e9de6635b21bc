"""A new laptop from an invitation: by hub and by file, cut short and gone on with, and nothing left where it fails."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.store.conftest import ANNA, FAST, PASSPHRASE
from tests.sync.hubs import PARTNERSHIP, TestHub, hex_id
from tests.sync.laptops import Laptop, Office
from tests.sync.test_commands import desk_of
from workwell_desktop import cli
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device, Person, Profession
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, CodeRefused, HubStopped, HubUnreachable, UnfinishedStore, WrongPassphrase
from workwell_desktop.services.safekeeping import opening, upkeep
from workwell_desktop.services.syncing import by_file, exchange, joining
from workwell_desktop.services.syncing.joining import Joining
from workwell_desktop.store import Founder, beside, read_slots, slots
from workwell_desktop.store.exchange import joining as making
from workwell_desktop.sync import client
from workwell_desktop.sync.hub import enrolment
from workwell_desktop.sync.hub.enrolment import Enrolment, Vouched

GIVEN, CHOSEN = "given by the lead", "four small brown teapots"
BEN = Founder("Ben Ito", Profession.OCCUPATIONAL_THERAPIST, GIVEN, "OT000002", role="clinician")


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    made.laptop()
    yield made
    made.close()


def ben_on(anna: Laptop) -> Id:
    return anna.store.add_person(anna.anna, BEN, profile=FAST)


def invited(office: Office, person: Id, *, new_keys: bool = False, sync: bool = True) -> tuple[bytes, str]:
    anna, hub = office.laptops[0], office.hub
    assert hub is not None
    until = anna.clock.now() + timedelta(days=1)
    with anna.store.read() as reader:
        key = bytes.fromhex(reader.get(Person, person).verify_key or "")
    with closing(hub.server.connect(hub.database)) as admin:
        enrolment.vouch(admin, (Vouched(person, (key,)),))
        code = enrolment.enrol(admin, Enrolment((person,), until))
        secret = enrolment.secret_of(code)
        _device, parcel = making.pack(anna.store, anna.anna, [person], secret, name="Room 4", new_keys=new_keys)
    if sync:
        anna.sync()
    return enrolment.invitation(hub.address, "Testshire WorkWell", until, parcel), code


def test_a_colleague_joins_with_their_own_keys_and_both_laptops_agree(office: Office, tmp_path: Path) -> None:
    anna = office.laptops[0]
    ben = ben_on(anna)
    kim = anna.case()
    with anna.store.unit(anna.anna) as unit:
        unit.add(Episode(id=new_id(), scope=kim, coach=ben))
    file, code = invited(office, ben)
    (newcomer,) = joining.look(file, code).people
    assert (newcomer.name, newcomer.chooses, newcomer.brings) == (BEN.name, False, False)
    path = tmp_path / "new" / "ben.store"
    with pytest.raises(WrongPassphrase):
        joining.join(path, Joining(file, code, CHOSEN), clock=anna.clock, profile=FAST)
    assert not beside.taken(path)
    told = Joining(file, code, GIVEN, new_passphrase=CHOSEN)
    done = joining.join(path, told, clock=anna.clock, profile=FAST)
    store = done.desk.store
    assert (done.desk.me, store.device == anna.store.device, done.pulled > 0) == (ben, False, True)
    assert store.header.rehearsal is False
    with store.read() as reader:
        assert reader.get(Device, store.device).name == "Room 4"
        assert done.desk.identity.device_paper is not None
    with done.desk.unit() as unit:
        unit.set(Participant, kim, given_name="Kimberley")
    assert exchange.sync(done.desk).report.refused == {}
    assert anna.sync().refused == {}
    with anna.store.read() as reader:
        assert reader.get(Participant, kim).given_name == "Kimberley"
    assert store.check().problems == ()
    store.close()
    again = opening.unlock(path, ben, CHOSEN, clock=anna.clock, profile=FAST)
    again.store.close()
    back = opening.recover(path, str(done.code), ben, "another long one here", clock=anna.clock, profile=FAST)
    back.store.close()
    with pytest.raises(CodeRefused):
        joining.join(tmp_path / "third.store", told, clock=anna.clock, profile=FAST)
    assert not beside.taken(tmp_path / "third.store")


def test_somebody_who_has_no_keys_yet_chooses_a_passphrase_on_their_own_laptop(office: Office, tmp_path: Path) -> None:
    anna = office.laptops[0]
    ben = ben_on(anna)
    file, code = invited(office, ben, new_keys=True)
    assert ben not in [one.person for one in read_slots(anna.path).people]
    (newcomer,) = joining.look(file, code).people
    assert newcomer.chooses
    assert PASSPHRASE.encode() not in file
    done = joining.join(tmp_path / "ben.store", Joining(file, code, CHOSEN), clock=anna.clock, profile=FAST)
    assert done.desk.identity.signer() is not None
    exchange.sync(done.desk)
    assert anna.sync().refused == {}
    done.desk.store.close()


def test_their_keys_come_from_their_other_laptop(office: Office, tmp_path: Path) -> None:
    anna = office.laptops[0]
    ben = ben_on(anna)
    kept = tmp_path / "ben.keys"
    kept.write_bytes(slots.serialise(slots.load(anna.path)))
    slot_file = slots.load(anna.path)
    slots.save(anna.path, slot_file.without("person", ben))
    file, code = invited(office, ben)
    assert joining.look(file, code).people[0].brings
    path = tmp_path / "ben.store"
    with pytest.raises(BadInput) as missing:
        joining.join(path, Joining(file, code, GIVEN), clock=anna.clock, profile=FAST)
    assert missing.value.reason == "join_keys"
    done = joining.join(path, Joining(file, code, GIVEN, keys=kept), clock=anna.clock, profile=FAST)
    with done.desk.read() as reader:
        assert reader.get(Person, ben).verify_key == done.desk.identity.own.verify_key.hex()
    done.desk.store.close()


@pytest.mark.parametrize("cut", ["before the hub knows", "after the hub knows", "in the first copy"])
def test_cut_short_it_goes_on_with_the_same_invitation(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    anna = office.laptops[0]
    ben = ben_on(anna)
    file, code = invited(office, ben)
    path, told = tmp_path / "ben.store", Joining(file, code, GIVEN)
    redeem = enrolment.redeem

    def cut_redeem(*given: object, **named: object) -> object:
        if cut == "after the hub knows":
            redeem(*given, **named)  # type: ignore[arg-type]
        raise HubStopped(state="")

    def cut_sync(*_given: object, **_named: object) -> object:
        raise HubStopped(state="")

    with monkeypatch.context() as patch:
        if cut == "in the first copy":
            patch.setattr(client, "sync", cut_sync)
        else:
            patch.setattr(enrolment, "redeem", cut_redeem)
        with pytest.raises(HubStopped):
            joining.join(path, told, clock=anna.clock, profile=FAST)
    with pytest.raises(UnfinishedStore):
        opening.unlock(path, ben, GIVEN, clock=anna.clock)
    with pytest.raises(WrongPassphrase):
        joining.join(path, Joining(file, code, CHOSEN), clock=anna.clock, profile=FAST)
    done = joining.join(path, told, clock=anna.clock, profile=FAST)
    assert done.desk.me == ben
    done.desk.store.close()


def test_after_a_wrong_address_it_goes_on_at_the_right_one(office: Office, tmp_path: Path) -> None:
    anna = office.laptops[0]
    ben = ben_on(anna)
    file, code = invited(office, ben)
    assert office.hub is not None
    elsewhere = file.replace(office.hub.address.url.encode(), b"postgresql://localhost:1/workwell")
    assert elsewhere != file
    path = tmp_path / "ben.store"
    with pytest.raises(HubUnreachable):
        joining.join(path, Joining(elsewhere, code, GIVEN), clock=anna.clock, profile=FAST)
    done = joining.join(path, Joining(file, code, GIVEN), clock=anna.clock, profile=FAST)
    assert done.desk.me == ben
    done.desk.store.close()


def test_what_does_not_fit_leaves_nothing(office: Office, tmp_path: Path) -> None:
    anna = office.laptops[0]
    anna.sync()
    ben = ben_on(anna)
    file, code = invited(office, ben, sync=False)
    path = tmp_path / "ben.store"

    def refused(told: Joining) -> str:
        with pytest.raises(BadInput) as raised:
            joining.join(path, told, clock=anna.clock, profile=FAST)
        assert not beside.taken(path)
        return raised.value.reason

    other = enrolment.fresh_code()
    assert refused(Joining(file, other, GIVEN)) == "join_code"
    assert refused(Joining(file, code, GIVEN, person="Nobody")) == "join_person"
    assert refused(Joining(file.replace(b'"parcel"', b'"left out"'), code, GIVEN)) == "join_none"
    assert refused(Joining(file, code, GIVEN)) == "join_early"


def test_the_first_copy_comes_by_file_where_there_is_no_hub(tmp_path: Path) -> None:
    office = Office(tmp_path, None)
    anna = office.laptop()
    ben = ben_on(anna)
    mine, kim = anna.case("Only Anna's"), anna.case()
    with anna.store.unit(anna.anna) as unit:
        unit.add(Episode(id=new_id(), scope=kim, coach=ben))
    bundle = tmp_path / "first.changes"
    made = by_file.invite(desk_of(anna), [BEN.name], bundle, "Room 4")
    with pytest.raises(BadInput) as raised:
        joining.join(tmp_path / "b.store", Joining(made.invitation, made.code, GIVEN), clock=anna.clock, profile=FAST)
    assert raised.value.reason == "join_file"
    told = Joining(made.invitation, made.code, GIVEN, bundle=bundle)
    done = joining.join(tmp_path / "ben.store", told, clock=anna.clock, profile=FAST)
    store = done.desk.store
    with store.read() as reader:
        assert [one.id for one in reader.list(Participant)] == [kim]
    assert mine not in store.scopes()
    with done.desk.unit() as unit:
        unit.set(Participant, kim, given_name="Kimberley")
    anna.store.apply(store.changes_since(anna.store.vector()))
    with anna.store.read() as reader:
        assert reader.get(Participant, kim).given_name == "Kimberley"
    assert store.check().problems == ()
    store.close()
    office.close()


def test_a_hub_with_another_beginning_is_not_believed(office: Office, tmp_path: Path) -> None:
    """Whoever holds the hub cannot give a new laptop a partnership of their own making."""
    anna = office.laptops[0]
    ben = ben_on(anna)
    file, code = invited(office, ben)
    _address, parcel = enrolment.packed_in(file)
    assert parcel is not None
    secret = enrolment.secret_of(code)
    other = replace(making.opened(parcel, secret), anchor=bytes.fromhex(hex_id() * 2))
    assert other.partnership == PARTNERSHIP
    own, authority = making.secrets_of(other.people[0], GIVEN)
    path = tmp_path / "ben.store"
    store = making.begin(path, other, other.people[0], own, GIVEN, authority=authority, clock=anna.clock, profile=FAST)
    report = store.apply(anna.store.changes_since({}))
    assert report.applied == 0
    with pytest.raises(BadInput) as raised:
        making.finish(store, other.people[0], own, FAST)
    assert raised.value.reason == "join_early"
    store.close()


def test_two_people_of_one_invitation_work_on_the_laptop_that_it_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path, None)
    anna = office.laptop()
    ben = ben_on(anna)
    jo = anna.store.add_person(anna.anna, replace(BEN, name="Jo Pike", registration_number=None), profile=FAST)
    desk = desk_of(anna)
    copy = by_file.invite(desk, (ben, jo), tmp_path / "copy")
    other = by_file.invite(desk, (jo,), tmp_path / "other")
    told = Joining(copy.invitation, copy.code, GIVEN, ben, bundle=tmp_path / "copy")
    done = joining.join(tmp_path / "room4.store", told, clock=anna.clock, profile=FAST)
    assert [upkeep.was_invited(one) for one in (desk, done.desk)] == [False, True]
    second = replace(told, person="jo pike", new_passphrase=CHOSEN)
    refused = {
        "join_not_here": replace(second, invitation=other.invitation, code=other.code),
        "join_there": replace(second, person=ben),
        "join_code": replace(second, code=other.code),
        "join_person": replace(second, person=None),
    }
    for reason, one in refused.items():
        with pytest.raises(BadInput) as caught:
            joining.join_also(done.desk, one)
        assert caught.value.reason == reason
    with pytest.raises(WrongPassphrase):
        joining.join_also(done.desk, replace(second, passphrase=CHOSEN))
    done.desk.store.close()
    for name, written in {"invitation": copy.invitation, "code": copy.code.encode(), "given": GIVEN.encode()}.items():
        (tmp_path / name).write_bytes(written)
    (tmp_path / "chosen").write_text(CHOSEN, encoding="utf-8")
    words = ["join", "invitation", "--store", "room4.store", "--code-file", "code", "--passphrase-file", "given"]
    words += ["--new-passphrase-file", "chosen", "--beside-passphrase-file", "given"]
    argv = [str(tmp_path / one) if index and not one.startswith("--") else one for index, one in enumerate(words)]
    assert cli.main([*argv, "--person", "Jo Pike", "--beside", BEN.name, "--json"], None) == 0  # type: ignore[arg-type]
    assert json.loads(capsys.readouterr().out)["person"] == "Jo Pike"
    for person, passphrase in ((jo, CHOSEN), (ben, GIVEN)):
        desk = opening.unlock(tmp_path / "room4.store", person, passphrase, clock=anna.clock, profile=FAST)
        with desk.unit() as unit:
            unit.set(Person, person, phone="01632 960001")
        assert desk.store.check().problems == ()
        written = desk.store.changes_since(anna.store.vector())
        desk.lock()
        assert anna.store.apply(written).refused == ()
    office.close()


def test_the_command_makes_a_store_by_file_and_by_hub(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anna = office.laptops[0]
    ben = ben_on(anna)
    file, code = invited(office, ben)
    files = {"invitation": file, "code": code.encode(), "given": GIVEN.encode(), "chosen": CHOSEN.encode()}
    for name, written in files.items():
        (tmp_path / name).write_bytes(written)
    anna.store.close()

    def run(*words: object) -> dict[str, Any]:
        argv = [str(word) for word in words] + ["--json"]
        exit_code = cli.main(argv, None)  # type: ignore[arg-type]
        said = capsys.readouterr()
        assert exit_code == 0, said.err
        found: dict[str, Any] = json.loads(said.out)
        return found

    first = ("--code-file", tmp_path / "code", "--passphrase-file", tmp_path / "given")
    new = ("--new-passphrase-file", tmp_path / "chosen")
    made = run("join", tmp_path / "invitation", "--store", tmp_path / "ben.store", *first, *new)
    assert (made["person"], made["pulled"] > 0) == (BEN.name, True)
    signed_in = ("--store", tmp_path / "ben.store", "--passphrase-file", tmp_path / "chosen")
    assert run("sync", *signed_in)["conflicts"] == 0
    assert run("check-store", *signed_in)["ok"]

    (tmp_path / "anna").write_text(PASSPHRASE, encoding="utf-8")
    as_anna = ("--store", anna.path, "--passphrase-file", tmp_path / "anna", "--person", ANNA.name)
    copy = run("bundle", "invite", tmp_path / "copy", "--for", BEN.name, "--new-keys", *as_anna)
    (tmp_path / "code").write_text(copy["code"], encoding="utf-8")
    first = ("--code-file", tmp_path / "code", "--passphrase-file", tmp_path / "chosen")
    second = run("join", copy["invitation"], "--first-copy", copy["file"], "--store", tmp_path / "second.store", *first)
    assert second["pulled"] == copy["changes"]
    anna.reopen()
