"""What is told of a person, and whom it may be instead, as pages are shown it."""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.likeness import Likeness
from workwell_desktop.domain.participants import AgreementKind, NumberStatus, PaperFormat, Party
from workwell_desktop.domain.records import Id


@dataclass(frozen=True, slots=True)
class ParticipantDetails:
    """A person as told at the start; checked by ``domain.intake.participant_problems``. Empty texts count as None."""

    given_name: str
    family_name: str
    birth_date: date | None
    preferred_name: str | None = None
    pronouns: str | None = None
    nhs_number: str | None = None
    """As typed: spaces and hyphens are taken out."""
    nhs_number_status: NumberStatus = NumberStatus.GIVEN
    address: str | None = None
    town: str | None = None
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None
    contact_note: str | None = None
    needs: frozenset[str] = frozenset()
    language: str | None = None
    paper_format: PaperFormat | None = None
    gp_practice: str | None = None
    lives_with: str | None = None
    good_at: str | None = None
    what_matters: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in any list: name, date of birth and first line of address tell people apart."""

    participant: Id
    name: str
    called: str
    birth_date: date | None
    address: str
    nhs_number: str
    episode_status: str


@dataclass(frozen=True, slots=True)
class Like:
    """Somebody who is here already, and why this may be the same person."""

    line: PersonLine
    why: Likeness


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """What somebody said to one question. ``how``: ``in_room``, ``phone``, ``paper``, ``online``."""

    kind: AgreementKind
    party: Party
    given: bool
    how: str
    party_name: str | None = None
    limits: str | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementState:
    """Where one question stands now. ``given`` is None where nobody has asked; ``agreement`` then too."""

    kind: AgreementKind
    party: Party
    party_name: str
    given: bool | None
    withdrawn: bool
    agreement: Id | None
    limits: str
    said: str
    how: str
    on: date | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Given:
    """A paper that was given already: withdrawing does not bring it back, and the person is told so."""

    release: Id
    paper: str
    recipient: Party
    recipient_name: str
    on: date
    how: str = ""
    """A code of ``ReleaseHow``."""
    content: str = ""
    """SHA-256 of what the paper said, as 64 hexadecimal digits; empty where that is not known."""
    brought: str = ""
    """The kind of a file that the person had brought, where that is what was given."""
