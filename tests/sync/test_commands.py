"""Enrolling with a code, and the commands sync, bundle and conflicts as they are typed."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.store.conftest import PASSPHRASE, content
from tests.sync.hubs import PARTNERSHIP, TestHub
from tests.sync.laptops import Laptop, Office
from workwell_desktop import cli
from workwell_desktop.domain.people import Device, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import HubNotSet, HubRefused
from workwell_desktop.services.administration.site_in_use import site_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.syncing import by_file, exchange
from workwell_desktop.sync.hub import enrolment
from workwell_desktop.sync.hub.enrolment import Enrolment, Vouched

Ask = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """Runs a command on a laptop whose store is closed meanwhile: exit code, JSON, standard error."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def run(laptop: Laptop, *words: object) -> tuple[int, dict[str, Any], str]:
        laptop.store.close()
        argv = [*map(str, words), "--store", str(laptop.path), "--passphrase-file", str(secret), "--json"]
        code = cli.main(argv, None)  # type: ignore[arg-type]
        said = capsys.readouterr()
        laptop.reopen()
        return code, json.loads(said.out), said.err

    return run


def desk_of(laptop: Laptop) -> Desk:
    with laptop.store.read() as reader:
        return Desk(
            laptop.store,
            laptop.anna,
            reader.get(Person, laptop.anna.person),
            clock=laptop.clock,
            site=site_of(reader),
        )


def invited(hub: TestHub, laptop: Laptop) -> tuple[bytes, str]:
    """As an administrator does it: an invitation, and a code."""
    key = bytes(laptop.anna.changes_key.verify_key)
    until = datetime.now(UTC) + timedelta(days=1)
    with closing(hub.server.connect(hub.database)) as admin:
        enrolment.vouch(admin, (Vouched(laptop.anna.person, (key,), (), True),))
        code = enrolment.enrol(admin, Enrolment((laptop.anna.person,), until))
    return enrolment.invitation(hub.address, "Testshire WorkWell", until), code


def test_a_laptop_is_enrolled_once_and_syncs_from_then_on(hub: TestHub, tmp_path: Path, ask: Ask) -> None:
    alone = Office(tmp_path, None)
    one = alone.laptop()
    one.interview(one.case(), 14)
    desk = desk_of(one)
    standing = exchange.stand(desk)
    assert (standing.host, standing.last, standing.only_here.answers) == (None, None, 14)
    with pytest.raises(HubNotSet):
        exchange.sync(desk)
    source, code = invited(hub, one)
    with pytest.raises(HubRefused):
        exchange.enrol(desk, source, "0" * 8 + code[9:])
    (tmp_path / "invitation.json").write_bytes(source)
    (tmp_path / "code").write_text(code + "\n", encoding="utf-8")
    words = ("sync", "--invitation", tmp_path / "invitation.json", "--code-file", tmp_path / "code")
    exit_code, said, _err = ask(one, *words)
    assert exit_code == 0
    assert set(said) == {"pushed", "pulled", "conflicts", "seconds"}
    assert said["pushed"] > 14
    standing = exchange.stand(desk_of(one))
    assert standing.host == hub.address.host
    assert standing.last is not None
    assert standing.only_here.changes == 0
    # once: the code opens nothing a second time, and the login that is here stays
    exit_code, said, err = ask(one, *words)
    assert (exit_code, said["error"]["code"]) == (3, "hub_code_refused")
    assert err.count("\n") == 1
    assert ask(one, "sync")[0] == 0
    assert ask(one, "sync", "--hub", hub.address.url)[0] == 0
    exit_code, said, _err = ask(one, "sync", "--hub", "http://somewhere")
    assert (exit_code, said["error"]["code"]) == (2, "bad_input")
    alone.close()


def test_conflicts_are_told_and_make_the_answer_no(office: Office, ask: Ask) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    two.sync()
    one.set(kim, town="Leeds")
    two.set(kim, town="York")
    assert ask(one, "conflicts") == (0, {"conflicts": []}, "")
    assert ask(one, "sync")[0] == 0
    code, said, _err = ask(two, "sync")
    assert (code, said["conflicts"]) == (1, 1)
    assert said["pulled"] >= 1
    code, said, _err = ask(two, "conflicts")
    (found,) = said["conflicts"]
    assert (code, found["id"], found["participant"], found["field"]) == (1, f"{kim}/town", kim, "town")
    assert {one["value"] for one in found["values"]} == {"Leeds", "York"}
    assert {one["by"] for one in found["values"]} == {"Anna Example"}
    assert all(datetime.fromisoformat(one["at"]) for one in found["values"])


def test_two_laptops_exchange_by_stick(tmp_path: Path, ask: Ask) -> None:
    alone = Office(tmp_path, None)
    one, two = alone.laptop(), alone.laptop()
    kim = one.case()
    stick = tmp_path / "stick.changes"
    code, _said, err = ask(one, "bundle", "write", stick, "--to", two.path.stem)
    assert (code, stick.exists(), "--for" in err) == (2, False, True), "a file that could hold no case"
    code, said, _err = ask(one, "bundle", "write", stick, "--to", two.path.stem, "--for", "Anna Example")
    assert code == 0
    assert said["changes"] >= 3
    code, said, _err = ask(two, "bundle", "read", stick)
    assert (code, said["conflicts"]) == (0, 0)
    assert said["changes"] >= 3
    assert content(one.store) != {}
    with two.store.read() as reader:
        assert kim in {Id(one) for one in two.store.scopes()}
        assert {device.id for device in reader.list(Device)} == {one.store.device, two.store.device}
    code, said, err = ask(one, "bundle", "read", stick)
    assert (code, said["error"]["code"]) == (2, "bad_input")
    assert "another computer" in err
    assert ask(one, "bundle", "write", stick)[0] == 2
    for nobody in ("nobody's", " "):
        code, said, _err = ask(one, "bundle", "write", tmp_path / "no", "--to", nobody)
        assert (code, two.store.device[:8] in said["error"]["message"]) == (2, True), nobody
    desk = desk_of(two)
    known = {one.id: one for one in by_file.computers(desk)}
    assert known[two.store.device].here
    assert [name for _who, name in known[one.store.device].people] == ["Anna Example"]
    alone.close()


def test_a_session_is_live(office: Office) -> None:
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    one.sync()
    desk = desk_of(two)
    exchange.sync(desk)
    with exchange.live(desk) as line:
        one.set(kim, town="Leeds")
        one.sync()
        assert line.wait(5)
        assert line.sync().cases == (kim,)


def test_the_partnership_is_the_one_of_the_hub(hub: TestHub, office: Office) -> None:
    from workwell_desktop.errors import HubOfAnother

    one = office.laptop()
    with closing(hub.server.connect(hub.database)) as admin:
        admin.execute("update workwell.hub set partnership = gen_random_uuid() where partnership = %s", (PARTNERSHIP,))
    with pytest.raises(HubOfAnother):
        one.sync()
    assert one.store.only_here().changes > 0
