"""What stands in the way has its own sentence, and a cable that is cut costs nothing but time."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.store.conftest import content
from tests.sync import wires
from tests.sync.hubs import TestHub
from tests.sync.laptops import Office
from workwell_desktop.errors import (
    HubCertificate,
    HubExpired,
    HubPlain,
    HubPortal,
    HubProxy,
    HubStopped,
    HubTrouble,
    HubUnreachable,
)
from workwell_desktop.sync import client, standing
from workwell_desktop.sync.hub import wire
from workwell_desktop.sync.hub.wire import Address
from workwell_desktop.sync.standing import Account


def reached(port: int, root: str | None) -> None:
    client.reached(Account(Address("localhost", port, "workwell", root), "wd_nobody", "secret"), timeout=3).close()


@pytest.mark.parametrize(
    ("status", "trouble"),
    [("403 Forbidden", HubProxy), ("407 Proxy Authentication Required", HubProxy), ("200 OK", HubPortal)],
)
def test_a_page_instead_of_the_hub(tmp_path: Path, status: str, trouble: type[HubTrouble]) -> None:
    _file, _key, root = wires.certificate(tmp_path, days=(-1, 1))
    with wires.server(wires.page(status)) as port, pytest.raises(trouble):
        reached(port, root)


def test_a_certificate_that_ran_out_and_one_of_somebody_else(tmp_path: Path) -> None:
    for name in ("late", "good", "other"):
        (tmp_path / name).mkdir()
    file, key, root = wires.certificate(tmp_path / "late", days=(-30, -1))
    with wires.server(wires.false_hub(file, key)) as port, pytest.raises(HubExpired):
        reached(port, root)
    file, key, root = wires.certificate(tmp_path / "good", days=(-1, 1))
    _file, _key, theirs = wires.certificate(tmp_path / "other", days=(-1, 1))
    with wires.server(wires.false_hub(file, key)) as port, pytest.raises(HubCertificate) as wrong:
        reached(port, theirs)
    assert type(wrong.value) is HubCertificate
    file, key, root = wires.certificate(tmp_path / "other", days=(-1, 1), host="elsewhere.example")
    with wires.server(wires.false_hub(file, key)) as port, pytest.raises(HubCertificate):
        reached(port, root)


def test_nobody_there_and_no_encryption(tmp_path: Path) -> None:
    _file, _key, root = wires.certificate(tmp_path, days=(-1, 1))
    with closing(socket.socket()) as taken:
        # held and not listened on: nobody else can answer there meanwhile
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(HubUnreachable):
            reached(taken.getsockname()[1], root)

    def plain(wire: socket.socket) -> None:
        wire.recv(8)
        wire.sendall(b"N")
        wire.recv(8)

    with wires.server(plain) as port, pytest.raises(HubPlain):
        reached(port, root)


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()


def test_a_cable_that_is_cut_again_and_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time somewhat later; then whole. Everything is there once. One that swallows what is said is not waited for
    for ever."""
    one, two = office.laptop(), office.laptop()
    kim = one.case()
    response = one.interview(kim, 40)
    with one.store.unit(one.anna) as unit:
        unit.answer(response, "scan", unit.blob(bytes(range(256)) * 4000, "image/png", kim))
    account = standing.account_of(one.store)
    with wires.server(wires.cutter(account.address.host, account.address.port, 12_000, swallows=True)) as port:
        bent = replace(account, address=replace(account.address, port=port))
        with monkeypatch.context() as hasty:
            hasty.setattr(wire, "SILENCE", 0.2)
            with pytest.raises(HubUnreachable):
                one.sync(bent)
    shaking_hands = "connection to server failed: SSL error: unexpected eof while reading"
    assert isinstance(wire.trouble(psycopg.OperationalError(shaking_hands)), HubStopped), "no certificate was wrong"
    cuts = 0
    for after in (100, 900, 3_000, 12_000, 60_000, 400_000, 700_000):
        with wires.server(wires.cutter(account.address.host, account.address.port, after)) as port:
            bent = replace(account, address=replace(account.address, port=port))
            try:
                one.sync(bent)
            except (HubStopped, HubUnreachable):
                cuts += 1
    assert cuts == 7, "one that is cut in the middle of a paper says so too"
    one.sync()
    assert one.store.only_here().changes == 0
    assert one.store.unsent_blobs() == []
    two.sync()
    assert two.store.missing_blobs() == []
    assert content(one.store) == content(two.store)
    assert two.store.check().problems == ()
