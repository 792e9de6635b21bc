"""A malicious colleague's laptop: what it says of others never enters another laptop, and the hub does not take it."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from tests.store.conftest import FAST, PASSPHRASE
from tests.sync import hubs
from tests.sync.hubs import PARTNERSHIP, Sent, TestHub, hex_id
from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.people import Device, Partnership, Person, Profession, Revocation
from workwell_desktop.domain.records import FieldType, Id, new_id
from workwell_desktop.domain.sessions import Grant
from workwell_desktop.store import ApplyReport, Exchange, Founder
from workwell_desktop.store.log.changes import Change
from workwell_desktop.sync.bundle.rights import may_go

BEN = Founder("Ben Ito", Profession.COACH, PASSPHRASE, role="coach")


class Colleague(hubs.Laptop):
    """Ben's laptop in the hands of somebody who writes whatever they like, with Ben's own key."""

    @classmethod
    def on(cls, laptop: Laptop, founder: Founder = BEN) -> "Colleague":
        person = laptop.store.add_person(laptop.anna, founder, profile=FAST)
        key = laptop.store.identity(person, PASSPHRASE).changes_key
        return cls(person, hex_id(), key, hex_id(), lamport=1000)

    def says(
        self, kind: str, record: str, name: str, value: Any, held: FieldType | None, scope: str = PARTNERSHIP
    ) -> Sent:
        return self.write(scope, name, value, kind=kind, record=record, holds=held)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, None)
    made.laptop()
    yield made
    made.close()


def take(laptop: Laptop, *sent: Sent) -> ApplyReport:
    values = {one.change.id: (one.salt, one.value) for one in sent if one.salt and one.value}
    return laptop.store.apply(Exchange(tuple((one.change.header, one.change.signature) for one in sent), values))


def codes(report: ApplyReport) -> list[str]:
    return [code for _change, code in report.refused]


def standing(laptop: Laptop) -> list[str]:
    """Everything that the laptop believes of people, computers and the partnership."""
    with laptop.store.read() as reader:
        kinds = (Person, Device, Partnership, Revocation, Grant)
        return [repr(one) for kind in kinds for one in sorted(reader.list(kind), key=lambda one: one.id)]


def test_a_colleague_makes_nobody_an_administrator_and_takes_nobody_s_place(office: Office) -> None:
    anna = office.laptops[0]
    ben = Colleague.on(anna)
    before, other = standing(anna), SigningKey.generate().verify_key.encode().hex()
    root = (anna.anna.person, anna.store.device)
    tries = [
        ("person", ben.person, "roles", frozenset({"administrator"}), None),
        ("person", ben.person, "teams", frozenset({hex_id()}), None),
        ("person", ben.person, "all_cases", True, None),
        ("person", root[0], "verify_key", other, FieldType.TEXT),
        ("person", root[0], "active", False, None),
        ("person", root[0], "certificate", None, None),
        ("person", root[0], "@deleted", True, None),
        ("person", hex_id(), "verify_key", other, FieldType.TEXT),
        ("device", root[1], "verify_key", other, FieldType.TEXT),
        ("revocation", hex_id(), "serial", "0a", FieldType.TEXT),
        ("erasure", hex_id(), "case", hex_id(), FieldType.ID),
        ("partnership", PARTNERSHIP, "site", "theirs", FieldType.CODE),
        ("partnership", PARTNERSHIP, "revoked", None, None),
        ("partnership", PARTNERSHIP, "root", None, None),
    ]
    for kind, record, name, value, held in tries:
        scopes = (PARTNERSHIP,) if record in (*root, ben.person, PARTNERSHIP) else (PARTNERSHIP, hex_id())
        for scope in scopes:
            ben.incarnation, ben.tips = hex_id(), {}
            sent = ben.says(kind, record, name, value, held, scope)
            follows = ben.write(scope, "note", "after it")
            assert codes(take(anna, sent, follows)) == ["right", "gap"], (kind, name)
            assert codes(take(anna, sent)) == ["right"], "again"
    assert standing(anna) == before
    # in the name of somebody else, and with what the founder once wrote, signed anew
    ben.incarnation, ben.tips = hex_id(), {}
    forged = ben.write(PARTNERSHIP, "roles", frozenset({"administrator"}), kind="person", record=ben.person)
    as_anna = hubs.Laptop(root[0], hex_id(), ben.key, hex_id())
    sent = as_anna.write(PARTNERSHIP, "roles", frozenset({"administrator"}), kind="person", record=ben.person)
    assert codes(take(anna, sent)) == ["signature"]
    assert codes(take(anna, forged)) == ["right"]
    assert standing(anna) == before


def test_what_is_one_s_own_is_changed_by_oneself_and_what_is_theirs_by_administrators(office: Office) -> None:
    anna = office.laptops[0]
    ben = Colleague.on(anna)
    fresh = SigningKey.generate()
    own = ben.says("person", ben.person, "verify_key", fresh.verify_key.encode().hex(), FieldType.TEXT)
    phone = ben.write(PARTNERSHIP, "phone", "01632 960001", kind="person", record=ben.person, key=fresh)
    computer = hex_id()
    ben.device, ben.incarnation, ben.tips = computer, hex_id(), {}
    begun = ben.says("device", computer, "verify_key", "0a" * 32, FieldType.TEXT)
    again = ben.says("device", computer, "verify_key", "0b" * 32, FieldType.TEXT)
    assert take(anna, own, phone).refused == ()
    assert codes(take(anna, begun, again)) == ["right"]
    with anna.store.unit(anna.anna) as unit:
        unit.set(Person, Id(ben.person), roles=frozenset({"coach", "administrator"}))
    ben.incarnation, ben.tips = hex_id(), {}
    named = ben.says("person", anna.anna.person, "name", "Anna O", FieldType.TEXT)
    assert take(anna, named).refused == ()
    with anna.store.unit(anna.anna) as unit:
        unit.set(Person, Id(ben.person), roles=frozenset({"coach"}))
    ben.lamport += 1000
    assert codes(take(anna, ben.says("person", anna.anna.person, "name", "Nobody", FieldType.TEXT))) == ["right"]
    with anna.store.read() as reader:
        assert reader.get(Person, anna.anna.person).name == "Anna O"
        assert reader.get(Device, Id(computer)).verify_key == "0a" * 32


def test_a_computer_vouches_for_those_who_work_on_it_and_for_nobody_else(office: Office) -> None:
    anna = office.laptops[0]
    ben = Colleague.on(anna)
    seed = SigningKey.generate()
    begun = ben.write(
        PARTNERSHIP, "verify_key", bytes(seed.verify_key).hex(), kind="device", record=ben.device, holds=FieldType.TEXT
    )
    computer = hubs.Laptop(ben.device, ben.device, seed, hex_id(), lamport=2000)
    key = bytes(SigningKey.generate().verify_key).hex()
    for_ben = computer.write(PARTNERSHIP, "verify_key", key, kind="person", record=ben.person)
    for_anna = computer.write(PARTNERSHIP, "verify_key", key, kind="person", record=anna.anna.person)
    root = hubs.Laptop(ben.device, ben.device, seed, hex_id(), lamport=2000)
    new_root = root.write(PARTNERSHIP, "root", None, kind="partnership", record=PARTNERSHIP, holds=None)
    assert codes(take(anna, begun, for_ben, for_anna, new_root)) == ["right", "right"]
    with anna.store.read() as reader:
        assert reader.get(Person, Id(ben.person)).verify_key == key
        assert reader.get(Person, anna.anna.person).verify_key != key


def test_nobody_opens_a_case_to_themselves(office: Office) -> None:
    anna = office.laptops[0]
    kim, lou = anna.case(), anna.case("Lou")
    ben = Colleague.on(anna)
    take(anna, ben.coach(kim, ben.person), ben.says("grant", hex_id(), "person", ben.person, FieldType.ID, kim))
    with anna.store.unit(anna.anna) as unit:
        unit.add(Grant(id=new_id(), scope=lou, person=Id(ben.person)))
    with anna.store.read() as reader:
        may = may_go(reader, {Id(ben.person)}, anna.clock.today())
        assert kim not in may
        assert lou in may
    # who works here no more is handed nothing by file, as at the hub
    with anna.store.unit(anna.anna) as unit:
        unit.set(Person, Id(ben.person), active=False)
    with anna.store.read() as reader:
        assert may_go(reader, {Id(ben.person)}, anna.clock.today()) == {PARTNERSHIP}


def test_who_names_themselves_coach_is_given_nothing_in_whatever_order_it_came(office: Office) -> None:
    anna, two = office.laptops[0], office.laptop()
    kim = anna.case()
    ben = Colleague.on(anna)
    with anna.store.read() as reader:
        (episode,) = reader.list(Episode, scope=kim)
    said = ben.write(kim, "coach", ben.person, kind="episode", record=episode.id, holds=FieldType.ID)
    everything = anna.store.changes_since({})
    late = [one for one in everything.changes if Change.read(*one).scope == kim]
    two.store.apply(replace(everything, changes=tuple(one for one in everything.changes if one not in late)))
    # an administrator's word on who the coach is comes after Ben's, and Ben's is the one that is shown
    take(two, said)
    assert two.store.apply(replace(everything, changes=tuple(late))).applied == len(late)
    with two.store.read() as reader:
        assert reader.get(Episode, episode.id).coach == ben.person
        assert reader.history(episode.id, "coach")[-1].author == anna.anna.person
        assert kim not in may_go(reader, {Id(ben.person)}, anna.clock.today())


def test_who_reads_all_cases_of_their_teams_is_given_them_by_file_and_nobody_draws_a_case_into_theirs(
    office: Office,
) -> None:
    anna = office.laptops[0]
    kim, lou = anna.case(), anna.case("Lou")
    ben, jo = Colleague.on(anna), Colleague.on(anna, replace(BEN, name="Jo Pike"))
    north, south = Id(hex_id()), Id(hex_id())

    def given(person: str) -> set[Id]:
        with anna.store.read() as reader:
            return may_go(reader, {Id(person)}, anna.clock.today()) & {kim, lou}

    with anna.store.unit(anna.anna) as unit:
        for person in (ben.person, jo.person):
            unit.set(Person, Id(person), teams=frozenset({north}))
        (episode,) = unit.reader.list(Episode, scope=kim)
        unit.set(Episode, episode.id, team=north)
    assert given(ben.person) == given(jo.person) == set(), "a team alone opens no case"
    with anna.store.unit(anna.anna) as unit:
        unit.set(Person, Id(ben.person), all_cases=True)
    assert (given(ben.person), given(jo.person)) == ({kim}, set())
    # somebody who was given one case says that it, and another, belong to their team
    with anna.store.unit(anna.anna) as unit:
        unit.set(Person, Id(jo.person), all_cases=True, teams=frozenset({south}))
        unit.add(Grant(id=new_id(), scope=lou, person=Id(jo.person), ends_on=anna.clock.today()))
        (other,) = unit.reader.list(Episode, scope=lou)
    take(anna, jo.write(kim, "team", south, kind="episode", record=episode.id, holds=FieldType.ID))
    take(anna, jo.write(lou, "team", south, kind="episode", record=other.id, holds=FieldType.ID))
    assert given(jo.person) == {lou}, "by the grant"
    anna.clock.set(anna.clock.moment + timedelta(days=3))
    assert given(jo.person) == set()
    # who reads all cases of the team that it is in may hand it to another
    take(anna, ben.write(kim, "team", south, kind="episode", record=episode.id, holds=FieldType.ID))
    assert (given(ben.person), given(jo.person)) == (set(), {kim})
    with anna.store.unit(anna.anna) as unit:
        unit.set(Person, Id(jo.person), active=False)
    assert given(jo.person) == set()


def test_who_worked_on_a_case_elsewhere_is_named_by_whoever_brings_it_in_and_by_nobody_else(office: Office) -> None:
    anna = office.laptops[0]
    ben, jo = Colleague.on(anna), Colleague.on(anna, replace(BEN, name="Jo Pike"))
    grace = hex_id()

    def says(who: Colleague, name: str, value: Any, held: FieldType | None = None) -> list[str]:
        who.incarnation, who.tips = hex_id(), {}
        return codes(take(anna, who.says("person", grace, name, value, held)))

    assert says(ben, "name", "Grace Okoro", FieldType.TEXT) == []
    assert says(ben, "active", False) == []
    for name, value in (("roles", frozenset({"administrator"})), ("teams", frozenset({hex_id()})), ("all_cases", True)):
        assert says(ben, name, value) == ["right"], name
    assert says(ben, "verify_key", "0a" * 32, FieldType.TEXT) == ["right"]
    for jo.lamport in (0, 5000):
        assert says(jo, "name", "Somebody else", FieldType.TEXT) == ["right"]
    with anna.store.unit(anna.anna) as unit:
        unit.set(Person, Id(grace), name="Grace O.")
        ben.lamport = 9000
    assert says(ben, "name", "Grace Okoro", FieldType.TEXT) == ["right"], "an administrator has spoken"
    with anna.store.read() as reader:
        assert reader.get(Person, Id(grace)).name == "Grace O."
    assert anna.store.check().problems == ()


@settings(max_examples=3, deadline=None)
@given(order=st.randoms(use_true_random=False))
def test_whatever_a_colleague_writes_and_however_it_is_mixed_the_partnership_stands(order: random.Random) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder), None)
        anna = office.laptop()
        ben = Colleague.on(anna)
        before = standing(anna)
        for _ in range(25):
            lot = [_mischief(order, ben, anna) for _ in range(order.randint(1, 6))]
            order.shuffle(lot)
            cut = order.randint(0, len(lot))
            for part in (lot[:cut], lot[cut:], lot):
                assert take(anna, *part).applied == 0
        assert standing(anna) == before
        assert anna.store.check().problems == ()
        office.close()


def _mischief(order: random.Random, ben: Colleague, anna: Laptop) -> Sent:
    stranger = hex_id()
    others = [("person", anna.anna.person), ("person", stranger), ("device", anna.store.device)]
    kind, record = order.choice(
        [*others, ("partnership", PARTNERSHIP), ("revocation", hex_id()), ("person", ben.person)]
    )
    # who worked on a case elsewhere may be named by whoever brings it in
    names = ["roles", "teams"] if record == stranger else ["name", "roles", "active", "teams"]
    if record != ben.person:
        names += ["verify_key", "certificate", "root", "revoked", "site", "serial", "of a later version"]
    name = order.choice(names)
    told = {"active": False, "teams": frozenset({hex_id()}), "roles": frozenset({"administrator"})}
    if order.random() < 0.7:
        ben.incarnation, ben.tips = hex_id(), {}
    ben.device, ben.lamport = order.choice([ben.device, anna.store.device]), order.randint(0, 5000)
    return ben.write(order.choice([PARTNERSHIP, ben.person]), name, told.get(name, "0a" * 32), kind=kind, record=record)


def test_the_hub_takes_none_of_it_either(hub: TestHub, tmp_path: Path) -> None:
    office = Office(tmp_path, hub)
    anna = office.laptop()
    kim = anna.case()
    ben = Colleague.on(anna)
    anna.sync()
    ben.login = hub.enrol(ben.person, ben.device, bytes(ben.key.verify_key))
    ben.hub = hub.connect(ben.login)
    hub.admin().execute("select workwell.give(%s, %s, now() + interval '1 day')", (_uuid(ben.person), _uuid(kim)))
    tries = [
        ben.says("person", ben.person, "roles", frozenset({"administrator"}), None),
        ben.says("person", anna.anna.person, "verify_key", "0a" * 32, FieldType.TEXT),
        ben.says("revocation", hex_id(), "serial", "0a", FieldType.TEXT),
        ben.says("partnership", PARTNERSHIP, "site", "theirs", FieldType.CODE),
    ]
    ben.incarnation, ben.tips = hex_id(), {}
    (row,) = ben.push([ben.says("person", hex_id(), "name", "Grace Okoro", FieldType.TEXT)])
    assert (row.code, row.accepted) == (None, 1), "who worked on a case elsewhere is named by whoever brings it in"
    for sent in tries:
        ben.incarnation, ben.tips = hex_id(), {}
        again = ben.says(sent.change.kind, sent.change.record, sent.change.field, None, FieldType.TEXT)
        (row,) = ben.push([again])
        assert (row.code, row.accepted, row.at_number) == ("right", 0, 1), sent.change.field
    ben.incarnation, ben.tips = hex_id(), {}
    note, phone = ben.write(PARTNERSHIP, "note"), ben.says("person", ben.person, "phone", "1", FieldType.TEXT)
    fresh = SigningKey.generate()
    key = ben.says("person", ben.person, "verify_key", bytes(fresh.verify_key).hex(), FieldType.TEXT)
    (row,) = ben.push([note, phone, key])
    assert (row.code, row.accepted) == (None, 3)
    assert hub.admin().execute(
        "select count(*) from workwell.signer where author = %s", (_uuid(ben.person),)
    ).fetchone() == (2,)
    office.close()


def _uuid(text: str) -> Any:
    from uuid import UUID

    return UUID(text)
