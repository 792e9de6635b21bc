"""The people whom the service is for, and their work."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from workwell_desktop.domain.employment import Contract, EmployerSize, Sector
from workwell_desktop.domain.records import Code, Id, Record, Scope, record


class NumberStatus(StrEnum):
    """How sure the NHS number is: a right check digit proves nothing about whose it is."""

    GIVEN = "given"
    MATCHED = "matched"


class PaperFormat(StrEnum):
    """How the participant's own papers are laid out."""

    STANDARD = "standard"
    LARGE = "large"
    SIMPLE = "simple"
    HIGH_CONTRAST = "high_contrast"
    CREAM = "cream"
    """High contrast on a cream ground."""


class Need(StrEnum):
    """Communication needs (Accessible Information Standard, DCB1605)."""

    LARGE_PRINT = "large_print"
    SIMPLE_WORDS = "simple_words"
    INTERPRETER = "interpreter"
    SIGN_LANGUAGE = "sign_language"
    BRAILLE = "braille"
    AUDIO = "audio"
    PHONE_ONLY = "phone_only"
    TEXT_ONLY = "text_only"
    QUIET_PLACE = "quiet_place"
    STEP_FREE = "step_free"
    SUPPORTER = "supporter"


ADJUSTMENTS = frozenset({Need.QUIET_PLACE, Need.STEP_FREE, Need.SUPPORTER})
"""Needs that are reasonable adjustments (DAPB4019) and not ways of being told things."""


@record("participant", Scope.PARTICIPANT)
class Participant(Record):
    """A person who takes part. The id is the id of the scope. ``nhs_number`` is ten digits without spaces."""

    given_name: str | None = None
    family_name: str | None = None
    preferred_name: str | None = None
    pronouns: str | None = None
    birth_date: date | None = None
    nhs_number: str | None = None
    nhs_number_status: NumberStatus | None = None
    address: str | None = None
    """First line of the address: tells people with like names apart."""
    town: str | None = None
    postcode: str | None = None
    phone: str | None = None
    email: str | None = None
    contact_note: str | None = None
    """How and when to get in touch, in words: "Phone before 11am"."""
    needs: Annotated[frozenset[str], Need] = frozenset()
    needs_asked_on: date | None = None
    """When somebody asked last how the person is best told things; None where nobody has."""
    needs_asked_by: Id | None = None
    language: str | None = None
    """Language in which an interpreter is needed, in words."""
    paper_format: PaperFormat | None = None
    gp_practice: str | None = None
    lives_with: str | None = None
    good_at: str | None = None
    what_matters: str | None = None
    """In the person's own words."""
    what_matters_at: datetime | None = None
    what_matters_by: Id | None = None
    kept_why: str | None = None
    """Why the record is kept past the day that the rule says, in words beside the reason of the site's list."""

    @property
    def name(self) -> str:
        """Given and family name."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    @property
    def called(self) -> str:
        """What the person likes to be called."""
        return self.preferred_name or self.given_name or self.name


class WorkStatus(StrEnum):
    """Where somebody stands with work."""

    WORKING = "working"
    STRUGGLING = "struggling"
    OFF_SICK = "off_sick"
    OUT_OF_WORK = "out_of_work"
    RETURNED = "returned"


class Evidence(StrEnum):
    """What stands for the absence."""

    SELF_CERTIFIED = "self_certified"
    FIT_NOTE = "fit_note"
    AHP_REPORT = "ahp_report"
    PILOT_PLAN = "pilot_plan"
    OTHER = "other"
    NONE = "none"


class EmployerContact(StrEnum):
    """Where the talk with the employer stands."""

    NOT_ASKED = "not_asked"
    MAY_CONTACT = "may_contact"
    IN_CONTACT = "in_contact"
    NO_CONTACT = "no_contact"


@record("work_situation", Scope.PARTICIPANT)
class WorkSituation(Record):
    """The work situation as told on one day; the newest is the present one."""

    told_on: date | None = None
    status: WorkStatus | None = None
    since: date | None = None
    job_title: str | None = None
    employer: str | None = None
    employer_person: str | None = None
    usual_hours: Decimal | None = None
    """Hours a week."""
    usual_pattern: str | None = None
    contract: Contract | None = None
    sector: Sector | None = None
    employer_size: EmployerSize | None = None
    demands: frozenset[str] = frozenset()
    """What the job asks for and is hard now: codes of ``adjustments/barriers.csv``."""
    demands_words: str | None = None
    """The same in the person's words."""
    evidence: Evidence | None = None
    """As told in a referral or a form; papers that were looked at are ``AbsenceEvidence`` and count before this."""
    evidence_until: date | None = None
    employer_contact: EmployerContact | None = None
    recorded_by: Id | None = None


class Party(StrEnum):
    """To whom an agreement, a paper or a telling goes."""

    PARTICIPANT = "participant"
    TEAM = "team"
    GP = "gp"
    EMPLOYER = "employer"
    JOBCENTRE = "jobcentre"
    SERVICE = "service"
    EVALUATION = "evaluation"


class AgreementKind(StrEnum):
    """What is agreed to: each separately."""

    TAKE_PART = "take_part"
    DISCUSS = "discuss"
    CONTACT = "contact"
    SHARE = "share"


@record("agreement", Scope.PARTICIPANT)
class Agreement(Record):
    """What the person agreed to or declined, with whom, how it was said, and when it was withdrawn."""

    kind: AgreementKind | None = None
    party: Party | None = None
    party_name: str | None = None
    given: bool | None = None
    limits: str | None = None
    """What was left out, in the person's words: "Not my home life"."""
    how: Code | None = None
    """``in_room``, ``phone``, ``paper``, ``online``."""
    said: str | None = None
    at: datetime | None = None
    recorded_by: Id | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: Id | None = None


@record("settling", Scope.PARTICIPANT)
class Settling(Record):
    """Why one of two answers was chosen, for those who read on later. ``of`` is the record, ``field`` its field."""

    of: Id | None = None
    of_kind: Code | None = None
    field: Code | None = None
    why: str | None = None
    at: datetime | None = None
    by: Id | None = None
