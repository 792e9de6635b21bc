"""Two computers, no network, and a stick between them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.conftest import content
from tests.sync.laptops import Laptop, Office
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Device
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import BadInput
from workwell_desktop.store import Change, restore_backup
from workwell_desktop.store.exchange import pages as exchange
from workwell_desktop.sync.bundle import parts
from workwell_desktop.sync.bundle.exchange import BundleRead, BundleWritten, read_bundle, write_bundle


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, None)
    yield made
    made.close()


def written(giver: Laptop, taker: Laptop, file: Path) -> BundleWritten:
    with giver.store.read() as reader:
        device = reader.get(Device, taker.store.device)
    return write_bundle(giver.store, giver.anna, device, {taker.anna.person}, file, giver.clock)


def read(taker: Laptop, file: Path) -> BundleRead:
    return read_bundle(taker.store, file, taker.clock)


def test_a_week_apart_and_a_stick(office: Office, tmp_path: Path) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    response = one.interview(kim)
    scan = bytes(range(256)) * 3000
    with one.store.unit(one.anna) as unit:
        unit.answer(response, "scan", unit.blob(scan, "image/png", kim))
    (tmp_path / ".a.changes.k3x_z91a").write_bytes(b"what a power cut left of one")
    first = written(one, two, tmp_path / "a.changes")
    assert [file.name for file in tmp_path.glob("*.changes*") if file.is_file()] == ["a.changes"]
    assert first.blobs >= 1
    found = read(two, tmp_path / "a.changes")
    assert found.report.refused == ()
    assert found.sender == one.store.device
    assert content(one.store) == content(two.store)
    assert two.store.missing_blobs() == []
    # twice does no harm
    again = read(two, tmp_path / "a.changes")
    assert (again.report.applied, again.blobs) == (0, 0)
    # and what goes back is what the other lacks, and nothing that it said it has
    two.set(kim, town="York")
    one.set(kim, town="Leeds")
    back = written(two, one, tmp_path / "b.changes")
    assert back.changes < 5
    assert read(one, tmp_path / "b.changes").report.applied == back.changes
    assert written(one, two, tmp_path / "c.changes").changes < 5
    assert read(two, tmp_path / "c.changes").report.refused == ()
    assert content(one.store) == content(two.store)
    with two.store.read() as reader:
        (conflict,) = reader.conflicts()
        assert {head.value for head in conflict.heads} == {"Leeds", "York"}
    assert two.store.check().problems == ()
    # one comes back from a backup: its last file of before, read once more, does not say what it has now
    one.store.backup(tmp_path / "one.backup")
    one.set(kim, postcode="LS1 1AA")
    written(one, two, tmp_path / "late.changes")
    read(two, tmp_path / "late.changes")
    one.store.close()
    restore_backup(tmp_path / "one.backup", tmp_path / "back.store")
    one.path = tmp_path / "back.store"
    one.reopen()
    one.set(kim, phone="01632 960100")
    written(one, two, tmp_path / "d.changes")
    for stick in ("d", "late"):
        read(two, tmp_path / f"{stick}.changes")
    written(two, one, tmp_path / "e.changes")
    assert read(one, tmp_path / "e.changes").report.refused == ()
    assert content(one.store) == content(two.store)
    # and from its next file on it is known again
    written(one, two, tmp_path / "f.changes")
    read(two, tmp_path / "f.changes")
    assert written(two, one, tmp_path / "g.changes").changes == 0


def test_only_what_its_people_may_read_goes(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = office.laptop(), office.laptop()
    mine, others = one.case("Mine"), new_id()
    with one.store.unit(one.anna) as unit:
        unit.add(Participant(id=others, scope=others, given_name="Not yours"))
        unit.add(Episode(id=new_id(), scope=others, coach=new_id()))
    with one.store.read() as reader:
        device = reader.get(Device, two.store.device)
    write_bundle(one.store, one.anna, device, {two.anna.person}, tmp_path / "a.changes", one.clock)
    read(two, tmp_path / "a.changes")
    assert mine in two.store.scopes()
    assert others not in two.store.scopes()
    # nobody who is known there: the partnership's own alone
    page = next(one.store.pages_since({})).sent
    assert {Change.read(*change).scope for change in page.changes} > {mine, others}
    write_bundle(one.store, one.anna, device, (), tmp_path / "b.changes", one.clock)
    three = office.laptop()
    with pytest.raises(BadInput, match="bad_input") as refused:
        read(three, tmp_path / "b.changes")
    assert refused.value.reason == "bundle_other"


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _flipped(data: bytes) -> bytes:
    return data[:-40] + bytes([data[-40] ^ 1]) + data[-39:]


def _other_key(data: bytes) -> bytes:
    at = data.index(b'"key": "') + len(b'"key": "')
    return data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :]


def _longer(data: bytes) -> bytes:
    at = data.index(b"}") + 1
    return data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :]


def _without_its_end(data: bytes) -> bytes:
    """The count in the header and the last part taken off together."""
    at = data.index(b'"parts": "') + len(b'"parts": "')
    count = int(data[at : at + 8])
    starts, place = [], data.index(b"}") + 1
    while place < len(data):
        starts.append(place)
        place += 4 + int.from_bytes(data[place : place + 4])
    return data[:at] + f"{count - 1:08}".encode() + data[at + 8 : starts[-1]]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: b"PK\x03\x04" + data, "bundle_file"),
        (_other_key, "bundle_damaged"),
        (lambda data: data.replace(b"changes 1", b"changes 2", 1), "bundle_newer"),
        (lambda data: data[:30], "bundle_file"),
        (lambda data: data.replace(b'"parts": "', b'"parts": "x', 1), "bundle_file"),
        (_cut, "bundle_cut"),
        (_flipped, "bundle_damaged"),
        (_longer, "bundle_damaged"),
        (_without_its_end, "bundle_cut"),
    ],
)
def test_a_file_that_is_not_whole_says_so_and_keeps_what_it_brought(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes], reason: str
) -> None:
    monkeypatch.setattr(exchange, "PAGE", 20)
    one, two = office.laptop(), office.laptop()
    one.interview(one.case(), 40)
    file = tmp_path / "a.changes"
    written(one, two, file)
    whole = file.read_bytes()
    assert b"Sample" not in whole
    file.write_bytes(spoil(whole))
    with pytest.raises(BadInput) as refused:
        read(two, file)
    assert refused.value.reason == reason
    assert two.store.check().problems == ()
    file.write_bytes(whole)
    read(two, file)
    assert content(one.store) == content(two.store)


def test_a_file_that_came_too_late_or_to_somebody_else_opens_nothing(office: Office, tmp_path: Path) -> None:
    one, two = office.laptop(), office.laptop()
    one.case()
    file = tmp_path / "a.changes"
    made = written(one, two, file)
    with pytest.raises(BadInput) as other:
        read(one, file)
    assert other.value.reason == "bundle_other"
    two.clock.set(two.clock.moment + timedelta(days=15))
    with pytest.raises(BadInput) as late:
        read(two, file)
    assert (late.value.reason, late.value.params["day"]) == ("bundle_expired", made.until)
    with pytest.raises(BadInput) as own:
        written(one, one, file)
    assert own.value.reason == "bundle_self"
    # the header is bound to the parts: a later day is not believed
    two.clock.set(two.clock.moment - timedelta(days=14))
    until, later = made.until.isoformat().encode(), (made.until + timedelta(days=1)).isoformat().encode()
    file.write_bytes(file.read_bytes().replace(until, later, 1))
    with pytest.raises(BadInput) as changed:
        read(two, file)
    assert changed.value.reason == "bundle_damaged"


def test_what_somebody_else_claims_of_a_computer_is_not_believed(office: Office, tmp_path: Path) -> None:
    """A file that says "I have everything", written by another computer in its name: nothing is left out for that."""
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    vector = one.store.vector()
    with two.store.read() as reader:
        device = reader.get(Device, one.store.device)
    head = parts.Head(two.store.device, one.store.device, "c0ffee00" * 4, one.clock.today())
    import cbor2

    said = cbor2.dumps([[], [[scope, incarnation, number] for (scope, incarnation), number in vector.items()]])
    file = tmp_path / "a.changes"
    with file.open("w+b") as target:
        parts.write(target, head, bytes.fromhex(device.verify_key or ""), [["v", said, bytes(64)]])
    read(one, file)
    assert written(one, two, tmp_path / "b.changes").changes >= 3
    read(two, tmp_path / "b.changes")
    assert kim in two.store.scopes()
