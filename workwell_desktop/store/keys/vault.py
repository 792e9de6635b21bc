"""Making and opening the key slots of a store; what each seal is bound to."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey

from workwell_desktop.errors import DamagedStore, WrongPassphrase
from workwell_desktop.store.keys import kdf, seal
from workwell_desktop.store.keys.kdf import Argon2Profile
from workwell_desktop.store.keys.recovery import RecoveryCode
from workwell_desktop.store.slots import SealedSlot, SlotFile


@dataclass(frozen=True)
class Secrets:
    """What is one person's alone: the seed of the Ed25519 key for changes, the P-256 key (PKCS#8 DER) for papers."""

    seed: bytes
    paper_key: bytes

    @property
    def verify_key(self) -> bytes:
        return bytes(SigningKey(self.seed).verify_key)

    def __repr__(self) -> str:
        return "Secrets()"


@dataclass(frozen=True)
class Opened:
    """What a right passphrase gives: the key of the store (48 bytes: key and salt of SQLCipher), and one's own."""

    key: bytes
    own: Secrets | None

    def __repr__(self) -> str:
        return "Opened()"


def person_slot(
    slots: SlotFile, person: str, passphrase: str, *, key: bytes, own: Secrets, profile: Argon2Profile
) -> SealedSlot:
    """A person's slot; the CA key that they may hold stays, since it is sealed to their own key and not here."""
    kdf_parameters = profile.parameters()
    derived = kdf.derive(kdf_parameters, passphrase)
    about = _about(slots.store, "person", person, kdf_parameters)
    secrets = json.dumps({"seed": own.seed.hex(), "paper_key": own.paper_key.hex()}).encode()
    return SealedSlot(
        "person",
        person,
        kdf_parameters,
        seal.seal(seal.subkey(derived, "store"), key, about).hex(),
        seal.seal(seal.subkey(derived, "own"), secrets, about).hex(),
        known.authority if (known := slots.slot("person", person)) else None,
    )


def open_person(slots: SlotFile, person: str, passphrase: str) -> Opened:
    """Raises WrongPassphrase, also where somebody changed the slot or its parameters."""
    slot = slots.slot("person", person)
    if slot is None:
        raise WrongPassphrase(wait=0)
    derived, about = _derived(slots, slot, passphrase)
    own = _secrets(_unsealed(derived, "own", slot.own or "", about))
    if slot.handed is None:
        return Opened(_unsealed(derived, "store", slot.key, about), own)
    for sealed in slot.handed.split():
        with suppress(seal.SealBroken, ValueError):
            return Opened(seal.unseal_with(own.seed, bytes.fromhex(sealed)), own)
    raise DamagedStore


def own_secrets(store: str, slot: SealedSlot, passphrase: str) -> Secrets:
    """What is a person's alone, from their slot of another store, whose key is not looked for. Raises WrongPassphrase,
    DamagedStore for parameters that are none."""
    derived, about = _derived(SlotFile(store, ""), slot, passphrase)
    return _secrets(_unsealed(derived, "own", slot.own or "", about))


def handed_on(slot: SealedSlot, verify_keys: Iterable[bytes], key: bytes) -> SealedSlot:
    """The slot of somebody who stays when the store gets a new key, made without their passphrase.

    Which of their keys the slot holds only the passphrase tells: somebody who got new ones on another computer has
    those of before here. So it is sealed to each that they ever had.
    """
    return replace(slot, key="", handed=" ".join(seal.seal_to(one, key).hex() for one in verify_keys))


def escrow_again(slot: SealedSlot, key: bytes) -> SealedSlot:
    """The escrow slot for a new key of the store."""
    box = SealedBox(PublicKey(bytes.fromhex(slot.holder)))
    return replace(slot, key=bytes(box.encrypt(key)).hex())


def recovery_slot(slots: SlotFile, code: RecoveryCode, key: bytes, profile: Argon2Profile) -> SealedSlot:
    """Opens the store and nobody's own secrets: whoever finds the paper cannot write or sign as anybody."""
    kdf_parameters = profile.parameters()
    derived = kdf.derive(kdf_parameters, code.letters)
    about = _about(slots.store, "recovery", "", kdf_parameters)
    return SealedSlot("recovery", "", kdf_parameters, seal.seal(seal.subkey(derived, "store"), key, about).hex())


def open_recovery(slots: SlotFile, code: RecoveryCode) -> bytes:
    """The key of the store. Raises WrongPassphrase."""
    slot = slots.slot("recovery", "")
    if slot is None:
        raise WrongPassphrase(wait=0)
    derived, about = _derived(slots, slot, code.letters)
    return _unsealed(derived, "store", slot.key, about)


def escrow_slot(public_key: bytes, key: bytes, authority: bytes | None) -> SealedSlot:
    """For the partnership's escrow key (X25519, kept off every computer); takes the CA key along where we hold it."""
    box = SealedBox(PublicKey(public_key))
    kept = bytes(box.encrypt(authority)).hex() if authority is not None else None
    return SealedSlot("escrow", public_key.hex(), {}, bytes(box.encrypt(key)).hex(), None, kept)


def escrow_authority(slot: SealedSlot, authority: bytes) -> SealedSlot:
    """The escrow slot with another CA key."""
    box = SealedBox(PublicKey(bytes.fromhex(slot.holder)))
    return replace(slot, authority=bytes(box.encrypt(authority)).hex())


def open_escrow(slots: SlotFile, private_key: bytes) -> tuple[bytes, bytes | None]:
    """The key of the store and the CA key. Raises WrongPassphrase."""
    private = PrivateKey(private_key)
    slot = slots.slot("escrow", bytes(private.public_key).hex())
    if slot is None:
        raise WrongPassphrase(wait=0)
    box = SealedBox(private)
    try:
        authority = box.decrypt(bytes.fromhex(slot.authority)) if slot.authority else None
        return box.decrypt(bytes.fromhex(slot.key)), authority
    except (CryptoError, ValueError) as trouble:
        raise WrongPassphrase(wait=0) from trouble


def with_authority(slots: SlotFile, person: str, verify_key: bytes, authority: bytes) -> SlotFile:
    """Lets one more administrator hold the CA key."""
    slot = slots.slot("person", person)
    if slot is None:
        raise KeyError(person)
    return slots.with_slot(replace(slot, authority=seal.seal_to(verify_key, authority).hex()))


def handed_authority(sealed: str, own: Secrets) -> bytes | None:
    """The same out of a record, where it was sealed to this person's key; None where it was not."""
    try:
        return seal.unseal_with(own.seed, bytes.fromhex(sealed))
    except (seal.SealBroken, ValueError):
        return None


def authority_key(slots: SlotFile, person: str, own: Secrets) -> bytes | None:
    """The CA key (PKCS#8 DER), or None where this person does not hold it."""
    slot = slots.slot("person", person)
    if slot is None or slot.authority is None:
        return None
    try:
        return seal.unseal_with(own.seed, bytes.fromhex(slot.authority))
    except (seal.SealBroken, ValueError):
        return None


def _secrets(written: bytes) -> Secrets:
    found = json.loads(written)
    return Secrets(bytes.fromhex(found["seed"]), bytes.fromhex(found["paper_key"]))


def _derived(slots: SlotFile, slot: SealedSlot, passphrase: str) -> tuple[bytes, Mapping[str, object]]:
    try:
        derived = kdf.derive(slot.kdf, passphrase)
    except (ValueError, KeyError, TypeError) as trouble:
        raise DamagedStore from trouble
    return derived, _about(slots.store, slot.kind, slot.holder, slot.kdf)


def _unsealed(derived: bytes, purpose: str, sealed: str, about: Mapping[str, object]) -> bytes:
    try:
        return seal.unseal(seal.subkey(derived, purpose), bytes.fromhex(sealed), about)
    except (seal.SealBroken, ValueError) as trouble:
        raise WrongPassphrase(wait=0) from trouble


def _about(store: str, kind: str, holder: str, parameters: Mapping[str, Any]) -> dict[str, object]:
    return {"store": store, "kind": kind, "holder": holder, "kdf": dict(parameters)}
