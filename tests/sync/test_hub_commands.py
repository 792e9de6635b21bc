"""``workwell hub …`` and the first sync of a laptop, as somebody types them, against a real server."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import CHEAP, FIRST, PASSPHRASE
from tests.store.exchange.test_erasing import decided
from tests.test_cli import NoScreen
from workwell_desktop import cli, sync_commands
from workwell_desktop.domain.clock import SystemClock
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import CodeRefused, HubRefused
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.services.syncing.exchange import Synced
from workwell_desktop.store import read_slots
from workwell_desktop.sync.hub import enrolment, wire
from workwell_desktop.sync.hub.local import LocalHub
from workwell_desktop.sync.hub.making import SCHEMA

Said = tuple[int, dict[str, Any]]
Run = Callable[..., Said]


@pytest.fixture
def run(
    tmp_path: Path, hub_server: LocalHub, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """The command line on a store of its own, beside a server that runs."""
    monkeypatch.setenv("WORKWELL_HOME", str(tmp_path / "home"))
    store = tmp_path / "mine.workwell"
    desk, _code = opening.create(store, FIRST, clock=SystemClock(), profile=CHEAP)
    desk.lock()
    (tmp_path / "pass").write_text(PASSPHRASE, encoding="utf-8")
    (tmp_path / "password").write_text(hub_server.password, encoding="utf-8")

    def run(*words: object) -> Said:
        signing_in = ["--store", str(store), "--passphrase-file", str(tmp_path / "pass"), "--json"]
        code = cli.main([*(str(word) for word in words), *signing_in], NoScreen())
        return code, json.loads(capsys.readouterr().out)

    yield run
    with closing(hub_server.connect("postgres")) as hub:
        hub.execute("drop database if exists workwell with (force)")


def test_a_hub_is_set_up_and_a_computer_let_in_and_shown_out(
    run: Run, hub_server: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, refused = run("hub", "devices")
    assert (code, refused["error"]["code"]) == (2, "bad_input")
    code, made = run("hub", "start", "--local", hub_server.folder)
    assert (code, made["url"]) == (0, f"postgresql://localhost:{hub_server.port}/workwell")
    # from here on it is known where the hub is, and only the password is asked for
    office = ("--password-file", tmp_path / "password")
    invitation = tmp_path / "invitation.json"
    code, unknown = run("hub", "enrol", "--for", "Nobody Known", "--out", invitation, *office)
    assert (code, "Nobody Known" in unknown["error"]["message"]) == (2, True)
    wrong = run("hub", "enrol", "--for", FIRST.name, "--device", "5e", "--out", invitation, *office)
    assert (wrong[0], wrong[1]["error"]["code"]) == (2, "bad_input")
    code, invited = run("hub", "enrol", "--for", FIRST.name, "--label", "Room 4", "--out", invitation, *office)
    assert code == 0
    assert PASSPHRASE not in invitation.read_text(encoding="utf-8")
    assert invited["code"] not in invitation.read_text(encoding="utf-8")
    (tmp_path / "code").write_text(invited["code"], encoding="utf-8")
    code, synced = run("sync", "--invitation", invitation, "--code-file", tmp_path / "code")
    assert code == 0
    assert synced["pushed"] > 10
    (device,) = run("hub", "devices", *office)[1]["devices"]
    assert (device["name"], device["revoked"]) == ("Room 4", None)
    assert run("hub", "min-version", "99.1", *office)[0] == 0
    code, older = run("sync")
    assert (code, older["error"]["code"]) == (2, "hub_too_new")
    assert "99.1" in older["error"]["message"]
    # a place that cannot be written to is found out before a code is made
    with closing(hub_server.connect("workwell")) as admin:
        codes = admin.execute("select count(*) from workwell.enrolment").fetchone()
        nowhere = run("hub", "enrol", "--for", FIRST.name, "--out", tmp_path / "not there" / "i.json", *office)
        assert "folder is not there" in nowhere[1]["error"]["message"]
        assert admin.execute("select count(*) from workwell.enrolment").fetchone() == codes
    assert run("hub", "min-version", "newest", *office)[1]["error"]["code"] == "bad_input"
    assert run("hub", "min-version", "0", *office)[0] == 0
    assert run("hub", "enrol", "--for", FIRST.name, "--out", tmp_path / "3.json", *office)[0] == 0
    assert run("hub", "restored", *office)[1] == {"changes": synced["pushed"], "devices": 1, "codes": 1}
    assert run("hub", "devices", *office)[1]["codes"] == []
    told: list[bool] = []

    def said(done: Synced, _refused: int) -> tuple[str, ...]:
        told.append(done.report.restored)
        return ()

    with monkeypatch.context() as patch:
        patch.setattr(sync_commands, "_said", said)
        assert run("sync")[0] == 0
    assert told == [False], "nothing was lost"
    # what was erased here is erased at the hub, once it has been told
    case = erased_here(tmp_path / "mine.workwell")
    assert run("hub", "erase", *office)[1]["erased"] == []
    assert run("sync")[0] == 0
    (gone,) = run("hub", "erase", *office)[1]["erased"]
    assert (gone["case"], gone["values"]) == (case, 0), "it never had the values: they were gone before they went"
    assert run("hub", "erase", *office)[1]["erased"] == []
    with closing(hub_server.connect("workwell")) as admin:
        # as a backup of before that, in the place of the hub, which has heard of the erasure again by a sync
        admin.execute("alter table workwell.erased disable trigger all")
        admin.execute("delete from workwell.erased")
    assert [one["case"] for one in run("hub", "erase", *office)[1]["erased"]] == [case]
    assert run("hub", "revoke", "no such", *office)[0] == 2
    assert run("hub", "revoke", "room 4", *office)[1]["error"]["code"] == "bad_input", "it is this very computer"
    # a code that went to the wrong place is taken back; one is meant, or nothing happens
    code, invited = run("hub", "enrol", "--for", FIRST.name, "--label", "Room 5", "--out", tmp_path / "4.json", *office)
    assert [one["name"] for one in run("hub", "devices", *office)[1]["codes"]] == ["Room 5"]
    assert run("hub", "withdraw", "Room", *office)[1]["error"]["code"] == "bad_input"
    assert run("hub", "withdraw", invited["code"][:9].lower(), *office)[1]["name"] == "Room 5"
    with pytest.raises(CodeRefused):
        enrolment.redeem(hub_server.address(), invited["code"], "5e" * 16)
    assert run("hub", "withdraw", "room 5", *office)[0] == 2
    code, invited = run("hub", "enrol", "--for", FIRST.name, "--label", "Room 5", "--out", tmp_path / "5.json", *office)
    other = enrolment.redeem(hub_server.address(), invited["code"], "5e" * 16)
    assert run("hub", "revoke", "room 5", *office)[1]["revoked"] is not None
    with pytest.raises(HubRefused):
        wire.connect(hub_server.address(), other.user, other.password)
    assert run("sync")[0] == 0


def erased_here(path: Path) -> str:
    """Somebody who was taken in by mistake, and erased."""
    first = Id(read_slots(path).people[0].person)
    desk = opening.unlock(path, first, PASSPHRASE, clock=SystemClock(), profile=CHEAP)
    case = new_id()
    with desk.unit() as unit:
        unit.add(Participant(id=case, scope=case, given_name="Kim", family_name="Sample"))
    decided(desk.store, desk.identity, case)
    desk.store.follow_erasures()
    desk.lock()
    return case


def test_init_takes_an_address_and_says_what_is_wrong_with_it(run: Run, hub_server: LocalHub, tmp_path: Path) -> None:
    office = ("--root", hub_server.folder / "root.pem", "--password-file", tmp_path / "password")
    hub_server.database()
    url = hub_server.address().url
    assert run("hub", "init", url, *office) == (0, {"url": url, "before": 0, "schema": SCHEMA})
    assert run("hub", "init", url, *office) == (0, {"url": url, "before": SCHEMA, "schema": SCHEMA})
    for wrong, code in (
        ("postgresql://me:secret@localhost/workwell", "bad_input"),
        ("https://localhost/workwell", "bad_input"),
        ("postgresql://localhost:1/workwell", "hub_unreachable"),
        (url + "_not_there", "hub_office_refused"),
    ):
        assert run("hub", "init", wrong, *office)[1]["error"]["code"] == code, wrong
    assert run("hub", "init", url, "--password-file", tmp_path / "password")[1]["error"]["code"] == "hub_certificate"


def test_a_certificate_for_a_server_of_ones_own(run: Run, tmp_path: Path) -> None:
    code, made = run("hub", "certificate", "hub.example.org,10.0.0.7", "--out", tmp_path / "papers")
    assert code == 0
    assert [Path(one).name for one in made["files"]] == ["root.pem", "server.pem", "server.key"]
    from cryptography import x509

    server = x509.load_pem_x509_certificate((tmp_path / "papers" / "server.pem").read_bytes())
    root = x509.load_pem_x509_certificate((tmp_path / "papers" / "root.pem").read_bytes())
    server.verify_directly_issued_by(root)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["hub.example.org"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["10.0.0.7"]
    # a server may live by these: they are not written over, and a name that cannot be one is no certificate
    kept = (tmp_path / "papers" / "server.key").read_bytes()
    assert run("hub", "certificate", "hub.example.org", "--out", tmp_path / "papers")[0] == 2
    assert (tmp_path / "papers" / "server.key").read_bytes() == kept
    for wrong in ("a b;c", "hub.example.org,", "-hub", "hýb.example.org"):
        assert run("hub", "certificate", wrong, "--out", tmp_path / "others")[0] == 2, wrong
    assert not (tmp_path / "others").exists()


def test_a_mistyped_folder_does_not_become_a_hub(run: Run, tmp_path: Path) -> None:
    code, said = run("hub", "devices", "--local", tmp_path / "try-hib")
    assert (code, "no hub in that folder" in said["error"]["message"]) == (2, True)
    assert not (tmp_path / "try-hib").exists()
