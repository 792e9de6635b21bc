"""A site pack: everything about a partnership that is data and not code.

``site_reading.load_site`` reads a pack from TOML and refuses one that breaks ``resources/schemas/site.schema.json``
or a rule that a schema cannot say (a role that nobody defined, a work situation that no plan covers). Each area is a
pack; nothing here knows how many there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.keeping import KeepRule
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import PlanType, SignatoryRole
from workwell_desktop.domain.records import is_restricted
from workwell_desktop.domain.sessions import Lane, Why

RoleCode = NewType("RoleCode", str)


@dataclass(frozen=True, slots=True)
class Noun:
    """What the person is called on screens and papers: "participant", "participants"."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class ServiceContact:
    """How the service is reached, as it stands on every paper. ``controller`` answers for the data."""

    name: str
    controller: str
    phone: str
    hours: str
    email: str
    web: str
    if_late: str
    """What to do outside these hours, in a sentence."""
    neutral_name: str
    """What stands in calendars and other places that anybody may see: nothing of health."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role and what it may do. ``may`` maps an act to the kinds of record it holds for; None is every kind."""

    code: RoleCode
    label: str
    signs_as: frozenset[SignatoryRole]
    may: Mapping[Act, frozenset[str] | None]
    named: Mapping[Act, frozenset[str]] = field(default_factory=dict)
    """Restricted kinds by act: they are in no "every kind", so that ``read`` alone is not ``read:safeguarding``."""

    def allows(self, act: Act, kind: str | None = None) -> bool:
        """Whether the role may do ``act`` to records of ``kind``; kind None asks for any kind at all."""
        if act not in self.may:
            return False
        if kind is not None and is_restricted(kind):
            return kind in self.named.get(act, frozenset())
        kinds = self.may[act]
        return kinds is None or kind is None or kind in kinds


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """Who must be there for a decision that is more than information."""

    chair: bool
    knows_the_person: bool
    clinicians: int
    """At least this many people of a registered profession."""


@dataclass(frozen=True, slots=True)
class AgendaRule:
    """What brings a case to a session by itself, and to which lane.

    ``days``: how many days an action is overdue, or how many days ahead of the session a review falls due.
    """

    why: Why
    lane: Lane
    days: int = 0


@dataclass(frozen=True, slots=True)
class ProgrammeClock:
    """How long support lasts for one work situation. It warns and never locks."""

    code: str
    label: str
    weeks: int
    statuses: frozenset[WorkStatus]


@dataclass(frozen=True, slots=True)
class Pace:
    """The partnership's own times. Days are calendar days unless the name says working days."""

    first_contact_working_days: int
    review_interval_days: int
    expected_contacts: int
    contact_tries: int
    plan_review_days: int
    tell_back_working_days: int
    agenda_hours_before: int
    session_minutes: int
    lane_minutes: Mapping[Lane, int]
    follow_up_weeks: tuple[int, ...]
    """Weeks after closure at which people are asked how it goes."""
    lock_after_minutes: int
    """Minutes without a key or a click after which the window locks itself."""
    session_lock_after_minutes: int
    """The same while a session runs."""
    agenda_access_days: int
    """How long after a session the invited may still open its cases."""
    approval_days: int
    """How long the participant's approval of a paper stands."""
    service_loop_days: int
    """Days without news after which we ask what came of a service that was chosen."""
    service_check_months: int
    """Months after which an entry of the service directory is marked as not looked at for long."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    """One type of plan: what it is called here and who signs it."""

    type: PlanType
    label: str
    title: str
    """What stands at the head of the participant's paper."""
    statuses: frozenset[WorkStatus]
    required: tuple[SignatoryRole, ...]
    optional: tuple[SignatoryRole, ...]


class EvidenceStart(StrEnum):
    """Where evidence of absence starts."""

    ANY = "any"
    """Nothing is expected."""
    FIT_NOTE_FIRST = "fit_note_first"
    """A GP gives a first fit note, and then refers."""
    NO_FIT_NOTE = "no_fit_note"
    """People come without a fit note from a GP at the start."""


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What is expected as evidence of absence. It is said where the evidence is asked for, and never locks."""

    start: EvidenceStart
    words: str


@dataclass(frozen=True, slots=True)
class EligibilityQuestion:
    """What is asked of everybody who comes in. ``ends``: answers that mean another service fits better (``Said``)."""

    code: str
    question: str
    hint: str
    ends: frozenset[str]
    least_age: int | None
    """The date of birth answers: yes from this age on."""
    services: tuple[str, ...]
    """Codes of services that fit then."""
    areas: tuple[str, ...]
    """Areas of the list of services to look in besides."""


@dataclass(frozen=True, slots=True)
class RiskTrigger:
    """An answer that opens the risk conversation, whatever the total. ``answers`` are option codes of the item."""

    form: str
    """Canonical url of the questionnaire, without a version."""
    link_id: str
    answers: frozenset[str]
    question: str
    """The place of the question in its form, as people say it: "question 9"."""


@dataclass(frozen=True, slots=True)
class RiskStep:
    """A step that may be taken in a risk conversation."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Pinned, in every handout of the participant, and in no pack left out."""

    code: str
    label: str
    number: str
    how: str
    """One sentence: who answers, and when."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A form to offer next when a score of another one reaches a number; a person decides."""

    after: str
    link_id: str
    at_least: int
    form: str


@dataclass(frozen=True, slots=True)
class SiteRisk:
    """What opens the risk conversation and what helps in it."""

    triggers: tuple[RiskTrigger, ...]
    prompts: tuple[str, ...]
    steps: tuple[RiskStep, ...]
    card: str
    """For people who are not clinicians: whom to call here, at once."""


@dataclass(frozen=True, slots=True)
class SiteDuties:
    """How the partnership keeps what it owes. A pack without these words has the plainest."""

    restricted_note: bool = False
    """Whether those who may not read a restricted note are told that there is one."""
    see_working_days: int = 1
    """Within how many working days somebody is to be seen after a red or orange flag."""
    follow_up_working_days: int = 2
    """After how many working days we ask what came of a safeguarding concern."""
    card: str = ""
    """Whom to tell of a safeguarding concern here, and at once."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long a record is kept after the last contact; a person looks at it then, and nothing goes by itself.

    ``conditions`` are groups of main condition (``duties.Group``) that the rule is for, empty for everybody.
    ``under`` makes it one for people who were younger at the last contact: their record is kept until ``birthday``,
    or until ``late_birthday`` for who was in the last year before ``under``.
    """

    code: str
    label: str
    source: str
    """Where the rule is written, in words."""
    years: int
    years_after_death: int | None = None
    conditions: frozenset[str] = frozenset()
    under: int | None = None
    birthday: int | None = None
    late_birthday: int | None = None


@dataclass(frozen=True, slots=True)
class KeepReason:
    """Why a record may be kept past the day that the rule says. ``words`` asks for words of one's own beside it."""

    code: str
    label: str
    words: bool = False


@dataclass(frozen=True, slots=True)
class SiteRetention:
    """``second_person``: nobody erases alone. Without rules nothing is ever due. ``keep``: reasons for keeping longer,
    in the order in which they are offered."""

    second_person: bool = True
    rules: tuple[RetentionRule, ...] = ()
    keep: tuple[KeepReason, ...] = ()


class PhraseUse(StrEnum):
    """The text in which a phrase is offered first."""

    ANY = "any"
    STRENGTHS = "strengths"
    IF_WORSE = "if_worse"
    FUNCTION = "function"
    GP_REQUEST = "gp_request"
    DECISION = "decision"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that one may put into a text, and then change."""

    use: PhraseUse
    words: str


@dataclass(frozen=True, slots=True)
class Site:
    """One partnership's pack."""

    code: str
    name: str
    version: str
    ods_code: str | None
    """Code of the NHS body that leads the area, where known."""
    successor: str | None
    """Where the area went when bodies merged, in words."""
    noun: Noun
    service: ServiceContact
    roles: Mapping[RoleCode, Role]
    first_person: tuple[RoleCode, ...]
    """Roles of whoever makes the store."""
    quorum: QuorumRule
    agenda: tuple[AgendaRule, ...]
    """In order of weight: of several rules that a case meets, the first decides its lane."""
    clocks: Mapping[str, ProgrammeClock]
    pace: Pace
    plans: Mapping[PlanType, PlanRule]
    evidence: EvidenceRule
    eligibility: tuple[EligibilityQuestion, ...]
    """In the order in which they are asked; a pack may ask nothing."""
    risk: SiteRisk
    crisis: tuple[CrisisLine, ...]
    measures: tuple[str, ...]
    """Urls of the forms offered first, in order."""
    offers: tuple[Offer, ...]
    confidentiality: tuple[str, ...]
    """What is said at the start, a sentence each; it stands on the participant's paper and is read out in sessions."""
    phrases: tuple[Phrase, ...]
    agreement_words: Mapping[str, str]
    """What is asked for each kind of agreement (AgreementKind); ``{party}`` is the place for a name."""
    differs: tuple[str, ...]
    """What is different from the generic pack, where that was read, and what is in doubt, in words."""
    duties: SiteDuties = SiteDuties()
    retention: SiteRetention = SiteRetention()
    backups: KeepRule = field(default_factory=KeepRule)
    """Which backups each computer keeps."""
    letters: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """Words of letters by language, letter and name, in the place of those as shipped (``letters``)."""

    def allows(self, roles: Iterable[str], act: Act, kind: str | None = None) -> bool:
        """Whether somebody with these roles may do ``act`` to records of ``kind``; an unknown role gives nothing."""
        return any(role in self.roles and self.roles[RoleCode(role)].allows(act, kind) for role in roles)

    def may_sign_as(self, roles: Iterable[str], signatory: SignatoryRole) -> bool:
        """Whether somebody with these roles signs plans or minutes as ``signatory``."""
        return any(role in self.roles and signatory in self.roles[RoleCode(role)].signs_as for role in roles)

    def clock_for(self, status: WorkStatus) -> ProgrammeClock:
        """The programme clock for a work situation; every situation has exactly one."""
        return next(clock for clock in self.clocks.values() if status in clock.statuses)

    def plan_for(self, status: WorkStatus) -> PlanRule:
        """The type of plan that is offered first for a work situation."""
        return next(rule for rule in self.plans.values() if status in rule.statuses)

    def trigger_for(self, form: str, link_id: str, answer_code: str) -> RiskTrigger | None:
        """The trigger that an answer meets, or None. ``form`` is the url with or without ``|version``."""
        url = form.partition("|")[0]
        for trigger in self.risk.triggers:
            if trigger.form == url and trigger.link_id == link_id and answer_code in trigger.answers:
                return trigger
        return None
