"""A new root: what was signed stays as good as the register shows it; what a stolen key issues counts for nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.documents import examples
from tests.services.administration.test_revocation import DAY, crl_of, signed
from tests.services.conftest import PASSPHRASE
from tests.test_cli import NoScreen
from workwell_desktop import cli, documents
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Partnership, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import NoPermission
from workwell_desktop.services.administration import new_root, people, revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.paperwork.papers_outside import judged_outside
from workwell_desktop.store import EscrowKey, restore_backup, slots, unlock
from workwell_desktop.store.blobs import blob_data, put_blob
from workwell_desktop.store.keys import vault
from workwell_desktop.store.keys.authority import DocumentSigner, new_key, public_of

__all__ = ["signed"]


def root_of(desk: Desk) -> bytes:
    with desk.read() as reader:
        root = reader.list(Partnership)[0].root
        assert root is not None
        return reader.blob(root)


def test_what_was_signed_stays_and_what_the_old_key_issues_counts_for_nothing(
    desk: Desk, clock: FixedClock, signed: tuple[Desk, Id]
) -> None:
    tom, paper = signed
    stolen, pdf = desk.store.authority(desk.identity), register.paper_bytes(desk, paper)
    with pytest.raises(NoPermission):
        new_root.make(tom)
    clock.set(clock.now() + DAY)
    made = new_root.make(desk)
    assert root_of(desk) == made.root != stolen.certificate
    assert made.certificates >= 3
    assert desk.store.trust() == (made.root, stolen.certificate)
    # what was signed before stands in the register since before; people sign on with the keys that they have
    assert register.verify_paper(desk, pdf).valid
    for one in (desk.me, tom.me):
        with desk.read() as reader:
            held = reader.get(Person, one).certificate
            assert held is not None
            x509.load_der_x509_certificate(reader.blob(held)).verify_directly_issued_by(
                x509.load_der_x509_certificate(made.root)
            )
    again = desk.store.identity(tom.me, PASSPHRASE)
    assert again.signer().certificate != tom.identity.signer().certificate
    assert public_of(again.own.paper_key) == public_of(tom.identity.own.paper_key)
    # both roots have a list: the old one's last names itself
    with desk.read() as reader:
        read = [x509.load_der_x509_crl(one) for one in revocation.lists(reader)]
    old = x509.load_der_x509_certificate(stolen.certificate)
    last = next(one for one in read if one.is_signature_valid(old.public_key()))  # type: ignore[arg-type]
    assert last.get_revoked_certificate_by_serial_number(old.serial_number) is not None
    assert crl_of(desk).issuer is not None
    # whoever kept the old key issues a certificate in somebody's name, and signs a paper that is older than all this
    key = new_key()
    forged = DocumentSigner(
        stolen.issue("Ruth Adeyemi", public_of(key), clock.now() - DAY, 365), (stolen.certificate,), key
    )
    composition = examples.ALL["minutes"]
    (field,) = composition.fields
    at = clock.now() - DAY / 2
    made_up = documents.sign(
        documents.render(composition), field.field, forged, at=at, name=field.name, role=field.title
    )
    assert documents.verify(made_up, (stolen.certificate,)).valid, "nothing was tried"
    for verdict in (register.verify_paper(desk, made_up), judged_outside(made_up, desk.store.path, None, clock.now())):
        assert (verdict.status, verdict.code) == ("not_trusted", "revoked")
    assert desk.store.check().problems == ()


def test_the_other_administrators_hold_the_new_key_on_their_own_computers(
    desk: Desk, clock: FixedClock, colleague: Callable[..., Desk], tmp_path: Path
) -> None:
    priya = colleague()
    people.change(desk, priya.me, roles=frozenset({"administrator"}))
    escrow = EscrowKey.fresh()
    desk.store.set_escrow(desk.identity, escrow.public)
    # Priya's own computer: a copy of the store as it stood
    copy, path = tmp_path / "copy", tmp_path / "priya.store"
    desk.store.backup(copy)
    restore_backup(copy, path)
    theirs, at_home = unlock(path, priya.me, PASSPHRASE, clock=clock)
    before = theirs.authority(at_home)
    made = new_root.make(desk)
    assert made.administrators == tuple(sorted(("Maya Okafor", priya.person.name or "")))
    assert theirs.apply(desk.store.changes_since(theirs.vector())).refused == ()
    for ref in theirs.missing_blobs():
        with theirs._writes() as cursor, desk.store._reads() as held:
            put_blob(cursor, blob_data(held, ref.sha256) or b"", ref.media_type, ref.scope)
    after = theirs.authority(at_home)
    assert (before.certificate == made.root, after.certificate, after.fits) == (False, made.root, True)
    # the safe keeps the new one, and who is no administrator any more is handed nothing
    assert vault.open_escrow(slots.load(desk.store.path), escrow.private)[1] == after.key
    with desk.unit() as unit:
        unit.set(Person, priya.me, roles=frozenset({"clinician"}))
    theirs.apply(desk.store.changes_since(theirs.vector()))
    with pytest.raises(NoPermission):
        theirs.authority(at_home)
    theirs.close()


def test_the_command_makes_one_and_writes_it_for_whoever_checks_papers(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = desk.store.path, desk.store.trust()
    desk.lock()
    (tmp_path / "pass").write_text(PASSPHRASE, encoding="utf-8")
    words = ["new-root", str(tmp_path / "root.pem"), "--store", str(path), "--passphrase-file", str(tmp_path / "pass")]
    assert cli.main([*words, "--json"], NoScreen()) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["administrators"] == ["Maya Okafor"]
    assert said["certificates"] == 2, "hers, and the computer's"
    made = x509.load_pem_x509_certificate((tmp_path / "root.pem").read_bytes())
    assert made.public_bytes(Encoding.DER) not in before
