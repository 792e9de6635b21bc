"""Certificates that are taken back, run out, and are renewed; and what that does to papers."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from tests.services.case_help import ready_plan
from tests.services.conftest import PASSPHRASE
from tests.services.safekeeping.test_settling import copy_of
from workwell_desktop import sync_commands
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import Document, PaperKind
from workwell_desktop.domain.people import Device, Partnership, Profession, Revocation, RevocationReason
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.administration import certificates, computers, lost, people, revocation
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.paperwork.papers_outside import judged_outside
from workwell_desktop.services.planning import signing
from workwell_desktop.services.safekeeping import conflicts
from workwell_desktop.store.keys.authority import new_key, public_of

DAY = timedelta(days=1)


def crl_of(desk: Desk) -> x509.CertificateRevocationList:
    """The partnership's newest list; its root's key signed it."""
    with desk.read() as reader:
        found = x509.load_der_x509_crl(revocation.lists(reader)[0])
    root = x509.load_der_x509_certificate(desk.store.trust()[0])
    assert found.is_signature_valid(root.public_key())  # type: ignore[arg-type]
    return found


@pytest.fixture
def signed(desk: Desk, refer: Callable[..., Referred], colleague: Callable[..., Desk]) -> tuple[Desk, Id]:
    """A plan that Tom signed last: his desk, and the paper."""
    tom = colleague("Tom Reid", Profession.OCCUPATIONAL_THERAPIST, number="OT1")
    plan = ready_plan(desk, refer().participant, clinician=tom.me)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    signing.take_typed_name(desk, plan, "Danielle Marsh")
    signing.sign_as_clinician(desk, plan, tom.me, PASSPHRASE)
    with desk.read() as reader:
        papers = reader.list(Document, plan=plan)
    return tom, next(one.id for one in papers if one.kind is PaperKind.PARTICIPANT_PLAN)


def test_who_leaves_stands_on_the_list_and_what_they_signed_stays_good(
    desk: Desk, clock: FixedClock, signed: tuple[Desk, Id]
) -> None:
    tom, paper = signed
    pdf = register.paper_bytes(desk, paper)
    serial = x509.load_der_x509_certificate(tom.identity.signer().certificate).serial_number
    clock.set(clock.now() + DAY)
    people.deactivate(desk, tom.me)
    listed = crl_of(desk)
    row = listed.get_revoked_certificate_by_serial_number(serial)
    assert row is not None
    assert row.extensions.get_extension_for_class(x509.CRLReason).value.reason is x509.ReasonFlags.affiliation_changed
    assert len(list(listed)) == 1
    verdict = register.verify_paper(desk, pdf)
    assert verdict.valid
    assert [bool(one.note) for one in verdict.signatures] == [False, False, True]
    assert "This signature is older." in verdict.signatures[2].note
    assert certificates.until(desk, tom.me) is None
    people.activate(desk, tom.me)
    assert certificates.until(desk, tom.me) is not None


def test_without_signing_in_the_lists_beside_the_store_are_gone_by(
    desk: Desk, clock: FixedClock, signed: tuple[Desk, Id]
) -> None:
    tom, paper = signed
    pdf, path = register.paper_bytes(desk, paper), desk.store.path
    assert judged_outside(pdf, path, None, clock.now()).valid
    early = judged_outside(pdf, path, None, clock.now() - DAY)
    assert early.signatures[0].note.startswith("This signature gives a time that has not come yet.")
    clock.set(clock.now() + DAY)
    people.deactivate(desk, tom.me)
    desk.store.show()
    before = judged_outside(pdf, path, None, clock.now())
    clock.set(clock.now() + DAY)
    revocation.lose_key(desk, desk.me)
    after = judged_outside(pdf, path, None, clock.now())
    assert before.valid
    assert "only the signature itself says" in before.signatures[2].note
    # whoever has the key may have written any day into it: without the register nothing shows that this one is older
    assert (after.status, after.code) == ("not_trusted", "revoked")
    assert register.verify_paper(desk, pdf).valid


def test_a_paper_that_the_register_never_kept_is_not_trusted_after_the_key_was_lost(
    desk: Desk, clock: FixedClock, signed: tuple[Desk, Id], refer: Callable[..., Referred]
) -> None:
    """Whoever holds a stolen key can write any day into a signature."""
    from workwell_desktop import documents

    tom, paper = signed
    before = register.paper_bytes(desk, paper)
    with desk.read() as reader:
        content = reader.get(Document, paper).content
    assert content is not None
    revocation.lose_key(desk, tom.me)
    early = documents.verify(before, desk.store.trust(), crls=[crl_der(desk)])
    assert (early.status, early.code) == ("not_trusted", "revoked")
    with pytest.raises(BadInput) as caught:
        certificates.renew(desk, tom.me, PASSPHRASE)
    assert caught.value.reason == "key_lost"
    with pytest.raises(NoPermission):
        revocation.lose_key(tom, desk.me)


def crl_der(desk: Desk) -> bytes:
    with desk.read() as reader:
        return revocation.lists(reader)[0]


def test_a_lost_computer_seals_nothing_more(desk: Desk) -> None:
    with pytest.raises(BadInput):
        lost.declare(desk, desk.store.device)
    authority = desk.store.authority(desk.identity)
    der = authority.issue("laptop 2", public_of(new_key()), desk.clock.now(), 365)
    with desk.unit() as unit:
        scope = unit.reader.list(Partnership)[0].scope
        held = unit.blob(der, "application/pkix-cert", scope)
        laptop = unit.add(Device(id=new_id(), scope=scope, name="laptop 2", certificate=held))
    assert lost.declare(desk, laptop) is lost.AtHub.NONE
    (row,) = crl_of(desk)
    assert row.serial_number == x509.load_der_x509_certificate(der).serial_number
    with desk.read() as reader:
        assert reader.get(Device, laptop).certificate is None
    (_here, there) = computers.computers(desk)
    assert (there.until, there.lost) == (None, desk.clock.now())


def test_the_list_is_renewed_at_an_administrator_s_unlocking(
    desk: Desk, clock: FixedClock, signed: tuple[Desk, Id]
) -> None:
    tom, _paper = signed
    assert not revocation.keep_fresh(desk)
    revocation.begin(desk)
    first = crl_of(desk)
    assert not revocation.keep_fresh(desk)
    clock.set(clock.now() + 61 * DAY)
    assert not revocation.keep_fresh(tom)
    assert revocation.keep_fresh(desk)
    second = crl_of(desk)
    number = x509.CRLNumber
    numbers = [one.extensions.get_extension_for_class(number).value.crl_number for one in (first, second)]
    assert numbers[0] < numbers[1]
    assert second.next_update_utc is not None
    assert second.next_update_utc > clock.now() + 80 * DAY


def test_two_who_take_something_back_apart_lose_neither(desk: Desk, signed: tuple[Desk, Id]) -> None:
    """The list of one replaces that of the other; the records are both there, and the next list has both."""
    tom, _paper = signed
    revocation.lose_card(desk, tom.me)
    revocation.lose_key(desk, tom.me)
    with desk.unit() as unit:
        partnership = unit.reader.list(Partnership)[0]
        elsewhere = Revocation(
            id=new_id(),
            scope=partnership.scope,
            serial="abc123",
            issuer=partnership.root,
            reason=RevocationReason.DEVICE_LOST,
            at=desk.clock.now(),
        )
        unit.add(elsewhere)
    assert revocation.keep_fresh(desk)
    assert 0xABC123 in {row.serial_number for row in crl_of(desk)}
    assert len(list(crl_of(desk))) == 2


def test_of_two_lists_that_were_made_apart_nobody_has_to_choose(desk: Desk, tmp_path: Path) -> None:
    other = copy_of(desk, desk.me, tmp_path / "second")
    for one in (desk, other):
        with one.unit() as unit:
            partnership = unit.reader.list(Partnership)[0]
            unit.set(
                Partnership, partnership.id, revoked=unit.blob(new_id().encode(), revocation.CRL, partnership.scope)
            )
    desk.store.apply(other.store.changes_since(desk.store.vector()))
    assert [one.field for one in conflicts.of_everything(desk)] == ["revoked"]
    # on the terminal as at an unlocking in the window
    assert sync_commands._lists_mended(desk)
    assert conflicts.of_everything(desk) == ()
    assert not sync_commands._lists_mended(desk)
    assert list(crl_of(desk)) == []
    other.lock()


def test_renewal_is_offered_before_the_end_and_is_one_act(
    desk: Desk, clock: FixedClock, signed: tuple[Desk, Id]
) -> None:
    tom, paper = signed
    assert certificates.due(desk) == ()
    clock.set(clock.now() + 320 * DAY)
    assert [one.computer for one in certificates.due(desk)] == [True]
    clock.set(clock.now() + 400 * DAY)
    due = certificates.due(desk)
    assert {one.name for one in due if not one.computer} == {"Maya Okafor", "Tom Reid"}
    assert [one.name for one in certificates.due(tom)] == ["Tom Reid"]
    with pytest.raises(NoPermission):
        certificates.renew_due(tom)
    # the computer's has run out by now: its seals of before stay as good as they were
    verdict = register.verify_paper(desk, register.paper_bytes(desk, paper))
    assert verdict.valid
    assert verdict.signatures[1].note == "Signed while the certificate was valid. It has run out since."
    assert certificates.renew_due(desk) == 3
    assert certificates.due(desk) == ()
    assert register.verify_paper(desk, register.paper_bytes(desk, paper)).valid
