"""Slots, seals, codes and certificates."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from tests.store.conftest import FAST, House
from workwell_desktop.errors import BadInput, DiskFull
from workwell_desktop.store import Argon2Profile, RecoveryCode
from workwell_desktop.store.files import write_atomically, writing
from workwell_desktop.store.keys import kdf, seal
from workwell_desktop.store.keys.authority import Authority, expires, new_key, public_of
from workwell_desktop.store.keys.tries import delay


def test_the_floor_is_the_floor_and_calibration_never_goes_under() -> None:
    floor = Argon2Profile.floor()
    assert (floor.memory, floor.passes, floor.lanes) == (65536, 3, 4)
    chosen = Argon2Profile.calibrated()
    assert not chosen.weak
    assert FAST.weak


def test_a_release_build_refuses_a_cheap_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not kdf.is_release()
    monkeypatch.setattr("sys.frozen", True, raising=False)
    with pytest.raises(ValueError, match="cheap"):
        FAST.derive("words", bytes(16))
    with pytest.raises(ValueError, match="cheap"):
        kdf.derive(FAST.parameters(), "words")


def test_a_passphrase_counts_the_same_from_any_keyboard() -> None:
    assert FAST.derive("caf\u00e9", bytes(16)) == FAST.derive("cafe\u0301", bytes(16))
    assert FAST.derive("cafe", bytes(16)) != FAST.derive("caf\u00e9", bytes(16))


def test_a_seal_opens_for_its_purpose_alone() -> None:
    key, other = seal.subkey(bytes(32), "store"), seal.subkey(bytes(32), "own")
    sealed = seal.seal(key, b"secret", {"who": "anna"})
    assert seal.unseal(key, sealed, {"who": "anna"}) == b"secret"
    for broken in (
        (other, sealed, {"who": "anna"}),
        (key, sealed, {"who": "ben"}),
        (key, sealed[:-1], {"who": "anna"}),
    ):
        with pytest.raises(seal.SealBroken):
            seal.unseal(*broken)


def test_a_recovery_code_is_typed_back_however_it_is_broken_up() -> None:
    code = RecoveryCode.fresh()
    assert [len(group) for group in code.groups] == [4] * 7
    typed = " ".join(code.groups).lower().replace("0", "o").replace("1", "l")
    assert code.matches(typed)
    assert not code.matches(str(RecoveryCode.fresh()))
    assert not code.matches("")


@given(at=st.integers(0, 27), letter=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_in_a_recovery_code_is_noticed(at: int, letter: str) -> None:
    right = RecoveryCode.fresh().letters
    wrong = right[:at] + letter + right[at + 1 :]
    if wrong == right:
        return
    with pytest.raises(BadInput) as refused:
        RecoveryCode.parse(wrong)
    assert refused.value.reason == "recovery_code"


def test_certificates_stand_under_the_partnerships_own_root(house: House) -> None:
    root = x509.load_der_x509_certificate(house.store.trust()[0])
    for signer, days in ((house.anna.signer(), 730), (house.anna.device_signer(), 365)):
        certificate = x509.load_der_x509_certificate(signer.certificate)
        certificate.verify_directly_issued_by(root)
        assert expires(signer.certificate) == house.clock.moment + timedelta(days=days)
        public = certificate.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        assert isinstance(public.curve, ec.SECP256R1)
        public.verify(signer.sign(b"paper"), b"paper", ec.ECDSA(hashes.SHA256()))
        assert signer.chain == (house.store.trust()[0],)
    subject = x509.load_der_x509_certificate(house.anna.signer().certificate).subject.rfc4514_string()
    assert "CN=Anna Example" in subject
    assert "OT000001" in subject
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.value.ca
    assert constraints.critical


def test_a_certificate_can_be_renewed(house: House) -> None:
    house.clock.set(house.clock.moment + timedelta(days=700))
    certificate = house.store.renew_certificate(house.anna, house.anna.person, public_of(house.anna.own.paper_key))
    assert expires(certificate) == house.clock.moment + timedelta(days=730)
    house.again()
    assert house.anna.signer().certificate == certificate


def test_the_authority_key_lies_under_nobody_elses_key(house: House) -> None:
    authority = house.store.authority(house.anna)
    house.store.close()
    for file in house.path.parent.iterdir():
        held = file.read_bytes()
        assert authority.key not in held
        assert authority.key.hex().encode() not in held
        assert house.anna.own.seed.hex().encode() not in held


def test_long_names_make_a_certificate_all_the_same() -> None:
    moment = datetime(2026, 3, 10, tzinfo=UTC)
    authority = Authority.fresh("P" * 200, moment)
    key = new_key()
    certificate = x509.load_der_x509_certificate(authority.issue("N" * 200, public_of(key), moment, 10))
    assert serialization.load_der_private_key(key, None).public_key() == certificate.public_key()


def test_nothing_secret_is_printed(house: House) -> None:
    shown = repr((house.anna, house.anna.own, house.anna.signer(), house.store.authority(house.anna)))
    assert house.anna.own.seed.hex() not in shown
    assert "\\x" not in shown


def test_the_delay_grows_to_a_quarter_of_an_hour() -> None:
    assert [delay(count) for count in (0, 4, 5, 6, 7, 12, 100)] == [0, 0, 5, 10, 20, 640, 900]


def test_a_small_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "slots"
    write_atomically(file, b"first")
    write_atomically(file, b"second")
    assert file.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [file]
    with pytest.raises(DiskFull), writing(), Path("/dev/full").open("wb") as full:
        full.write(bytes(10_000))
