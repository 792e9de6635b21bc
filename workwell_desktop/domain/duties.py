"""What a service owes by law and by its profession: limits that are said, red flags, safeguarding, capacity, equality.

Four kinds are restricted (``records.record``): a role reads them only where the site pack names them. None of what
stands here reaches a paper, an agenda or the second window by itself.
"""

from datetime import date, datetime
from enum import StrEnum

from workwell_desktop.domain.participants import Party
from workwell_desktop.domain.records import Code, Id, Record, Scope, record


@record("limits_said", Scope.PARTICIPANT)
class LimitsSaid(Record):
    """Somebody said when we may have to tell others without asking. ``words`` are those of the site pack that day."""

    words: str | None = None
    how: Code | None = None
    """``in_room``, ``phone``, ``paper``, ``online``."""
    at: datetime | None = None
    said_by: Id | None = None


class ScreenOutcome(StrEnum):
    """What a screen found (Kendall and others 2009): red is a sign of serious illness, orange one of mental ill health
    that needs a specialist. Obstacles have other colours and are no matter of a screen."""

    CLEAR = "clear"
    RED = "red"
    ORANGE = "orange"


@record("red_flag_screen", Scope.PARTICIPANT)
class RedFlagScreen(Record):
    """A registered clinician looked for red and orange flags. List and judgement are theirs; this is the record.

    While one is found and ``seen_on`` is empty, work planning waits.
    """

    outcome: ScreenOutcome | None = None
    done_on: date | None = None
    found: str | None = None
    see_whom: str | None = None
    """Who is to see the person: "GP, same day"."""
    see_by: date | None = None
    recorded_by: Id | None = None
    at: datetime | None = None
    seen_on: date | None = None
    seen_by: str | None = None
    seen_note: str | None = None
    seen_recorded_by: Id | None = None
    seen_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether somebody has still to see the person."""
        return self.outcome in (ScreenOutcome.RED, ScreenOutcome.ORANGE) and self.seen_on is None


class ConcernAbout(StrEnum):
    """Whom or what a concern is about (Care Act 2014 section 42, children, domestic abuse, Prevent)."""

    ADULT = "adult"
    CHILD = "child"
    DOMESTIC_ABUSE = "domestic_abuse"
    RADICALISATION = "radicalisation"
    OTHER = "other"


@record("safeguarding", Scope.PARTICIPANT, restricted=True)
class SafeguardingConcern(Record):
    """That a concern was passed on: what, to whom, when, and by which reference it is known there."""

    about: ConcernAbout | None = None
    what: str | None = None
    passed_to: str | None = None
    passed_on: date | None = None
    reference: str | None = None
    told: bool | None = None
    """Whether the person knows of it."""
    not_told_why: str | None = None
    follow_up_on: date | None = None
    came_of_it: str | None = None
    followed_up_on: date | None = None
    followed_up_by: Id | None = None
    recorded_by: Id | None = None
    at: datetime | None = None
    chosen_why: str | None = None
    """Why one of two answers to a question of this note was chosen; here, and not where everybody reads."""


class CapacityOutcome(StrEnum):
    """What came of looking at capacity for one decision."""

    HAS = "has"
    LACKS = "lacks"
    LATER = "later"
    """The decision can wait until the person may be able to make it."""


@record("capacity", Scope.PARTICIPANT)
class CapacityRecord(Record):
    """Capacity was doubted for one decision (Mental Capacity Act 2005). Where no such record is, it is presumed."""

    decision: str | None = None
    doubt: str | None = None
    help_given: str | None = None
    outcome: CapacityOutcome | None = None
    best_interests: str | None = None
    """What was decided for the person, and why it is in their best interests; where they lack capacity."""
    involved: str | None = None
    """Who was asked: family, attorney, advocate."""
    assessed_on: date | None = None
    assessed_by: str | None = None
    recorded_by: Id | None = None
    at: datetime | None = None


class Group(StrEnum):
    """What stands in the way most, as the person tells it; no diagnosis."""

    MENTAL_HEALTH = "mental_health"
    MUSCULOSKELETAL = "musculoskeletal"
    OTHER_LONG_TERM = "other_long_term"
    NEURODIVERSITY = "neurodiversity"
    OTHER = "other"


@record("main_condition", Scope.PARTICIPANT)
class MainCondition(Record):
    """The group of conditions that stands in the way most, for counts; the newest counts."""

    main: Group | None = None
    beside: frozenset[str] = frozenset()
    """Codes of ``Group``."""
    told_on: date | None = None
    recorded_by: Id | None = None
    at: datetime | None = None


RATHER_NOT = "rather_not"
"""The answer of somebody who would rather not say."""

EQUALITY = {
    "ethnicity": (
        "white_british",
        "white_irish",
        "white_traveller",
        "white_other",
        "mixed_caribbean",
        "mixed_african",
        "mixed_asian",
        "mixed_other",
        "asian_indian",
        "asian_pakistani",
        "asian_bangladeshi",
        "asian_chinese",
        "asian_other",
        "black_african",
        "black_caribbean",
        "black_other",
        "other_arab",
        "other_other",
    ),
    "sex": ("female", "male"),
    "gender": ("same", "different"),
    "disability": ("a_lot", "a_little", "no"),
    "caring": ("yes", "no"),
    "religion": ("none", "christian", "buddhist", "hindu", "jewish", "muslim", "sikh", "other"),
    "orientation": ("straight", "gay_lesbian", "bisexual", "other"),
}
"""Questions and their answers (ONS harmonised standards; 18 ethnic groups of the census of 2011 and "rather not").

``gender``: whether it is that registered at birth. ``disability``: whether a condition of 12 months or more limits the
person, as they see it themselves. Each may be answered ``RATHER_NOT`` or left out."""


@record("equality", Scope.PARTICIPANT, restricted=True)
class EqualityAnswers(Record):
    """Answers by the person's own choice, held apart from the case and used in counts alone; the newest counts."""

    ethnicity: Code | None = None
    sex: Code | None = None
    gender: Code | None = None
    disability: Code | None = None
    caring: Code | None = None
    religion: Code | None = None
    orientation: Code | None = None
    told_on: date | None = None
    recorded_by: Id | None = None
    at: datetime | None = None


class DisclosureReason(StrEnum):
    """Why somebody may be told without agreement."""

    SERIOUS_HARM = "serious_harm"
    SAFEGUARDING = "safeguarding"
    COURT = "court"
    LAW = "law"


@record("disclosure", Scope.PARTICIPANT, restricted=True)
class Disclosure(Record):
    """Something was told without agreement: why, who decided, what, to whom, and whether the person was told."""

    reason: DisclosureReason | None = None
    why: str | None = None
    party: Party | None = None
    party_name: str | None = None
    what: str | None = None
    """The least that serves the reason."""
    document: Id | None = None
    content: str | None = None
    """The hash of what the paper said, where one was given."""
    decided_by: Id | None = None
    told: bool | None = None
    not_told_why: str | None = None
    at: datetime | None = None
    recorded_by: Id | None = None
    chosen_why: str | None = None
    """As of a concern."""


@record("broken_glass", Scope.PARTICIPANT, restricted=True)
class BrokenGlass(Record):
    """Somebody whose role does not include a restricted kind opened it once: which, why, and who has looked at that."""

    kind: Code | None = None
    """The kind of record that was opened."""
    reason: str | None = None
    recorded_by: Id | None = None
    at: datetime | None = None
    seen_by: Id | None = None
    seen_at: datetime | None = None
