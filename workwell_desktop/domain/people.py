"""The partnership, its teams, and the people who work in it."""

from datetime import date, datetime
from enum import StrEnum

from workwell_desktop.domain.records import Code, Id, Record, Scope, record
from workwell_desktop.domain.values import BlobRef

ADMINISTRATOR = "administrator"
"""The role that looks after people and keys, in every site."""


@record("partnership", Scope.PARTNERSHIP)
class Partnership(Record):
    """The local WorkWell site. ``controller`` is who answers for the data; it stands on every export."""

    name: str | None = None
    controller: str | None = None
    site: Code | None = None
    """The code of the site pack."""
    site_pack: BlobRef | None = None
    """The partnership's own site pack, TOML; in use where its code is ``site``."""
    phone: str | None = None
    hours: str | None = None
    """When the phone is answered, in words."""
    root: BlobRef | None = None
    """The partnership's own root certificate, DER."""
    revoked: BlobRef | None = None
    """The list of certificates that count no more (RFC 5280), DER, signed by ``root``."""


@record("team", Scope.TEAM)
class Team(Record):
    """A team that meets. Its id is its scope."""

    name: str | None = None
    place: str | None = None


class Profession(StrEnum):
    """What a person is trained as. ``REGISTERED`` below says whose registration number is asked for."""

    COACH = "coach"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    PHYSIOTHERAPIST = "physiotherapist"
    COUNSELLOR = "counsellor"
    PSYCHOLOGICAL_THERAPIST = "psychological_therapist"
    DOCTOR = "doctor"
    NURSE = "nurse"
    PHARMACIST = "pharmacist"
    OCCUPATIONAL_HEALTH = "occupational_health"
    SOCIAL_PRESCRIBER = "social_prescriber"
    EMPLOYMENT_SPECIALIST = "employment_specialist"
    ADVISER = "adviser"
    COORDINATOR = "coordinator"
    OTHER = "other"


REGISTERED = frozenset(
    {
        Profession.OCCUPATIONAL_THERAPIST,
        Profession.PHYSIOTHERAPIST,
        Profession.DOCTOR,
        Profession.NURSE,
        Profession.PHARMACIST,
    }
)
"""Professions with a statutory register: HCPC, GMC, NMC, GPhC."""


@record("person", Scope.PARTNERSHIP)
class Person(Record):
    """Somebody who works here. ``roles`` are codes of the site pack; they decide what the person may do."""

    name: str | None = None
    profession: Profession | None = None
    registration_number: str | None = None
    roles: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    phone: str | None = None
    email: str | None = None
    active: bool | None = None
    all_cases: bool | None = None
    """Reads every case of their teams, as a coordinator or a lead does; the hub and files for other computers go by it.
    """
    verify_key: str | None = None
    """Ed25519 public key for changes, 64 hexadecimal characters."""
    certificate: BlobRef | None = None
    """P-256 certificate for documents, DER."""
    authority: str | None = None
    """The key of the partnership's CA, sealed to an administrator's ``verify_key``, hexadecimal: where a new root was
    made, which their other computers learn of by this."""
    card: BlobRef | None = None
    """The certificate (DER) for a key on a smart card, which signs in the place of the person's own."""
    card_request: BlobRef | None = None
    """A request (PKCS#10, DER) for that certificate, signed by the card; it waits for an administrator."""


@record("device", Scope.PARTNERSHIP)
class Device(Record):
    """A computer that holds a store. ``certificate`` seals the participant's ink; since ``lost`` it is let in nowhere,
    and whatever it holds of people goes from it as soon as it hears of that."""

    name: str | None = None
    verify_key: str | None = None
    certificate: BlobRef | None = None
    lost: datetime | None = None


class RevocationReason(StrEnum):
    """Why a certificate counts no more."""

    KEY_LOST = "key_lost"
    """The key or the card may be in other hands."""
    DEVICE_LOST = "device_lost"
    LEFT = "left"
    REPLACED = "replaced"


@record("revocation", Scope.PARTNERSHIP)
class Revocation(Record):
    """A certificate that counts no more since ``at``; the partnership's signed list is made from these, so that two
    administrators who take something back apart lose neither."""

    serial: str | None = None
    """Of the certificate, hexadecimal."""
    issuer: BlobRef | None = None
    """The root certificate that it was issued under."""
    reason: RevocationReason | None = None
    at: datetime | None = None
    by: Id | None = None


class FormStatus(StrEnum):
    """Whether a form is offered. ``held`` was taken in and waits for somebody to try it."""

    HELD = "held"
    ACTIVE = "active"
    RETIRED = "retired"


@record("form", Scope.PARTNERSHIP)
class FormVersion(Record):
    """One version of a questionnaire in the partnership's library; ``digest`` is the SHA-256 of its bytes."""

    url: str | None = None
    version: str | None = None
    title: str | None = None
    digest: str | None = None
    definition: BlobRef | None = None
    status: FormStatus | None = None


class Wording(StrEnum):
    """Whether the words of an instrument may be shown."""

    FREE = "free"
    """Free to use, or our own."""
    LICENSED = "licensed"
    """The partnership holds a licence."""
    SCORE_ONLY = "score_only"
    """Not licensed: the score alone may be entered, and the words are never shown."""


@record("form_rights", Scope.PARTNERSHIP)
class FormRights(Record):
    """What the partnership found out about the rights to one instrument. The newest record of a url counts; without
    one the record that comes with the program does. ``proof`` says where the permission can be read."""

    url: str | None = None
    wording: Wording | None = None
    holder: str | None = None
    permitted: str | None = None
    proof: str | None = None
    text_source: str | None = None
    checked_on: date | None = None
    checked_by: Id | None = None


@record("setting", Scope.PERSON)
class Setting(Record):
    """A choice of one person that follows them to another computer, such as the size of text."""

    key: Code | None = None
    value: str | None = None
