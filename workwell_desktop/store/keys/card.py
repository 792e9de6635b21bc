"""A smart card (PKCS#11) whose key signs papers in the place of the person's own. The key never leaves the card.

The card's maker brings the module, a library of the system; its place is a setting of the computer. The PIN goes to the
card and nowhere else. Papers are signed with ECDSA on P-256, so a key of another kind is of no use here.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workwell_desktop.errors import BadInput

if TYPE_CHECKING:
    import pkcs11

_P256 = bytes.fromhex("06082a8648ce3d030107")
"""The name of the curve, DER, as a card says it."""
_PIN = {
    "PinIncorrect": "card_pin_wrong",
    "PinInvalid": "card_pin_wrong",
    "PinLenRange": "card_pin_wrong",
    "PinLocked": "card_pin_locked",
    "PinExpired": "card_pin_locked",
    "UserPinNotInitialized": "card_pin_locked",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A card in a reader: its serial number and the name that it says of itself."""

    serial: str
    label: str


@dataclass(frozen=True, slots=True)
class CardPin:
    """Which card signs, and its PIN; an empty ``serial`` is the only one in the readers."""

    pin: str = field(repr=False)
    serial: str = ""

    def __bool__(self) -> bool:
        return bool(self.pin)


@dataclass(frozen=True)
class CardSigner:
    """Signs papers with the key on the card for as long as the card is open: a ``DocumentSigner``."""

    certificate: bytes
    chain: tuple[bytes, ...]
    card: "OpenCard" = field(repr=False)

    def sign(self, data: bytes) -> bytes:
        """ECDSA over SHA-256 of ``data``, DER. Raises BadInput ``card_pulled_out``."""
        return self.card.sign(data)


class OpenCard:
    """A card whose PIN was right. ``public`` is its key, SubjectPublicKeyInfo DER."""

    def __init__(self, card: Card, private: "pkcs11.PrivateKey", public: bytes) -> None:
        self.card, self._private, self.public = card, private, public

    def sign(self, data: bytes) -> bytes:
        """ECDSA over SHA-256 of ``data``, DER. Raises BadInput ``card_pulled_out``."""
        from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
        from pkcs11 import Mechanism, PKCS11Error

        try:
            made = bytes(self._private.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA))  # type: ignore[attr-defined]
        except PKCS11Error as trouble:
            raise BadInput(_reason(trouble, "card_pulled_out")) from None
        half = len(made) // 2
        return encode_dss_signature(int.from_bytes(made[:half]), int.from_bytes(made[half:]))

    def request(self, name: str) -> bytes:
        """A request (PKCS#10, DER) for a certificate, signed by the card."""
        from asn1crypto import csr, keys, x509

        said = csr.CertificationRequestInfo(
            {
                "version": "v1",
                "subject": x509.Name.build({"common_name": name[:64] or "-"}),
                "subject_pk_info": keys.PublicKeyInfo.load(self.public),
                "attributes": [],
            }
        )
        algorithm = {"algorithm": "sha256_ecdsa"}
        made = {
            "certification_request_info": said,
            "signature_algorithm": algorithm,
            "signature": self.sign(said.dump()),
        }
        return bytes(csr.CertificationRequest(made).dump())


def cards(module: Path) -> tuple[Card, ...]:
    """The cards in the readers, by their names. Raises BadInput ``card_module_bad``."""
    return tuple(sorted((card for card, _token in _tokens(module)), key=lambda card: (card.label, card.serial)))


@contextmanager
def opened(module: Path, pin: CardPin, key: bytes | None = None) -> Iterator[OpenCard]:
    """A card, open. ``key`` (SubjectPublicKeyInfo DER) is the one that is wanted; without it the first that will do.

    Raises BadInput: ``card_module_bad``, ``card_missing``, ``card_which`` for several cards where none was chosen,
    ``card_pin_wrong``, ``card_pin_locked``, ``card_no_key``, ``card_other_key``, ``card_pulled_out``.
    """
    from pkcs11 import PKCS11Error

    found = [(card, token) for card, token in _tokens(module) if pin.serial in ("", card.serial)]
    if not found:
        raise BadInput("card_missing")
    if len(found) > 1:
        raise BadInput("card_which")
    ((card, token),) = found
    try:
        session = token.open(user_pin=pin.pin)
    except PKCS11Error as trouble:
        raise BadInput(_reason(trouble, "card_pulled_out")) from None
    try:
        yield _found(card, session, key)
    finally:
        try:
            session.close()
        except PKCS11Error:
            # a card that was pulled out has closed it already
            session = None


def requested_key(request: bytes) -> bytes:
    """The key (SubjectPublicKeyInfo DER) of a request that the key itself signed. Raises BadInput ``card_request``."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        read = x509.load_der_x509_csr(request)
    except ValueError:
        raise BadInput("card_request") from None
    public = read.public_key()
    if not read.is_signature_valid or not isinstance(public, ec.EllipticCurvePublicKey):
        raise BadInput("card_request")
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _tokens(module: Path) -> list[tuple[Card, Any]]:
    import pkcs11

    try:
        library = pkcs11.lib(str(module))
        # a card that was put in since is seen only so
        library.reinitialize()
        found = list(library.get_tokens())
    except (RuntimeError, OSError):
        raise BadInput("card_module_bad") from None
    return [(Card(_plain(token.serial), _plain(token.label)), token) for token in found if _ready(token)]


def _ready(token: Any) -> bool:
    from pkcs11 import TokenFlag

    return bool(token.flags & TokenFlag.TOKEN_INITIALIZED)


def _plain(said: object) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return words.strip("\0 ")


def _found(card: Card, session: Any, wanted: bytes | None) -> OpenCard:
    from pkcs11 import PKCS11Error

    try:
        held = _keys(session)
    except PKCS11Error as trouble:
        raise BadInput(_reason(trouble, "card_pulled_out")) from None
    if not held:
        raise BadInput("card_no_key")
    for private, public in held:
        if wanted in (None, public):
            return OpenCard(card, private, public)
    raise BadInput("card_other_key")


def _keys(session: Any) -> list[tuple[Any, bytes]]:
    """The keys on P-256 that sign, each with its public half, in the order of their numbers."""
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11.util.ec import encode_ec_public_key

    kind = {Attribute.KEY_TYPE: KeyType.EC, Attribute.EC_PARAMS: _P256}
    public = {
        bytes(one[Attribute.ID]): encode_ec_public_key(one)
        for one in session.get_objects({Attribute.CLASS: ObjectClass.PUBLIC_KEY, **kind})
    }
    private = {
        bytes(one[Attribute.ID]): one
        for one in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.KEY_TYPE: KeyType.EC})
    }
    return [(private[number], public[number]) for number in sorted(private.keys() & public.keys())]


def _reason(trouble: Exception, otherwise: str) -> str:
    """What a fault of the card is called here; the card's own words go nowhere."""
    return _PIN.get(type(trouble).__name__, otherwise)
