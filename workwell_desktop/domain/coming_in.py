"""Between a referral and the first day: what is asked of each source, the partnership's questions, who helps from here.

    referral ──▶ questions of the partnership ──▶ who helps from here: another service · a coach · the team meeting
                 (EligibilityAnswer, each kept)    (Triage, each kept; the newest counts)

Nobody is told "no" and left with it: what ends here ends with services that fit better, said and written down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from workwell_desktop.domain.episodes import ReferralSource as Source
from workwell_desktop.domain.records import Code, Id, Record, Scope, record

Problem = tuple[str, str]
"""A field and a reason; the sentence is ``errors.field.<reason>``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a source; ``missing`` is the reason where a referral of that source says nothing without it."""

    name: str
    missing: str = ""


_WHO = Asked("referrer_name")
_ROLE = Asked("referrer_role")
_REACH = Asked("referrer_contact")
_REFERENCE = Asked("reference")
_KNOWS = Asked("person_knows", "person_knows_missing")
_WHERE = Asked("organisation")

ASKED: Mapping[Source, tuple[Asked, ...]] = MappingProxyType(
    {
        Source.SELF: (Asked("heard_from"),),
        Source.GP: (_WHERE, _WHO, _ROLE, _REACH),
        Source.PHARMACIST: (_WHERE, _WHO, _REACH),
        Source.EMPLOYER: (Asked("organisation", "organisation_missing"), _WHO, _ROLE, _REACH, _KNOWS),
        Source.JOBCENTRE: (_WHERE, _WHO, _REACH, _REFERENCE, _KNOWS),
        Source.TALKING_THERAPIES: (_WHERE, _WHO, _REACH, _REFERENCE),
        Source.OTHER_NHS: (_WHERE, _WHO, _ROLE, _REACH, _REFERENCE),
        Source.COUNCIL: (_WHERE, _WHO, _REACH, _REFERENCE, _KNOWS),
        Source.COMMUNITY: (_WHERE, _WHO, _REACH, _KNOWS),
        Source.HOUSING: (_WHERE, _WHO, _REACH, _REFERENCE, _KNOWS),
        Source.OTHER: (_WHERE, _WHO, _REACH, _KNOWS),
    }
)
"""What is asked of each source, in the order of the page; of the others the page asks nothing."""

FIELDS: tuple[str, ...] = tuple(dict.fromkeys(one.name for asked in ASKED.values() for one in asked))
"""Every field that some source has."""


def fields_of_source(source: Source | None) -> tuple[str, ...]:
    """The names of the fields of a source; none where nobody has chosen one."""
    return tuple(one.name for one in ASKED[source]) if source is not None else ()


def source_problems(source: Source, told: Mapping[str, object]) -> list[Problem]:
    """What a referral of this source still has to say: ``organisation_missing``, ``person_knows_missing``."""
    return [(one.name, one.missing) for one in ASKED[source] if one.missing and told.get(one.name) in (None, "")]


def day_problems(*, received: date | None, born: date | None, today: date) -> list[Problem]:
    """A referral came today or before, and not before the person was born."""
    if received is None:
        return []
    if received > today:
        return [("received_on", "referral_in_future")]
    return [("received_on", "referral_before_birth")] if born is not None and received < born else []


def work_problems(*, since: date | None, until: date | None, born: date | None) -> list[Problem]:
    """Work as it is told with a referral: nothing began before a birth, nothing ends before it began."""
    problems: list[Problem] = []
    if since is not None and born is not None and since < born:
        problems.append(("since", "since_before_birth"))
    if since is not None and until is not None and until < since:
        problems.append(("evidence_until", "ends_before_start"))
    return problems


class Said(StrEnum):
    """What somebody said to a question of the partnership."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


@record("eligibility_answer", Scope.PARTICIPANT)
class EligibilityAnswer(Record):
    """What was said to one question of the partnership's; the newest answer to a question counts, all are kept."""

    referral: Id | None = None
    question: Code | None = None
    asked: str | None = None
    """The words as they stood then."""
    answer: Said | None = None
    ends: bool | None = None
    """Whether this answer meant, by the pack of that day, that another service fits better."""
    carry_on: str | None = None
    """Why the person goes on with us all the same."""
    recorded_by: Id | None = None
    at: datetime | None = None


class Helper(StrEnum):
    """Who helps from here."""

    SIGNPOST = "signpost"
    """Another service, and nothing more from us."""
    COACH = "coach"
    MEETING = "meeting"
    """The team is asked first."""


@record("triage", Scope.PARTICIPANT)
class Triage(Record):
    """Who helps from here, decided by a person, with the reason. The newest counts, all are kept."""

    referral: Id | None = None
    episode: Id | None = None
    helper: Helper | None = None
    reason: str | None = None
    coach: Id | None = None
    question: str | None = None
    """What the team is asked."""
    suggested: frozenset[str] = frozenset()
    """Codes of the services that were suggested."""
    suggested_note: str | None = None
    """Services that stand on no list, and how they are reached."""
    told_how: Code | None = None
    """How the person heard: ``phone``, ``text``, ``letter``, ``room``, ``video``, ``home``; None is not yet."""
    decided_by: Id | None = None
    at: datetime | None = None


def newest_answers(answers: Iterable[EligibilityAnswer]) -> dict[str, EligibilityAnswer]:
    """By question, the answer that counts: the latest, and of two of one moment the one with the greater id."""
    found: dict[str, EligibilityAnswer] = {}
    for one in answers:
        before = found.get(one.question or "")
        if one.question and (before is None or _when(one) > _when(before)):
            found[one.question] = one
    return found


def newest_triage(made: Iterable[Triage]) -> Triage | None:
    """The decision that counts."""
    return max(made, key=_when, default=None)


def moment_after(before: EligibilityAnswer | Triage | None, now: datetime) -> datetime:
    """``now``, or just after what was said before: of two of one moment the later act counts."""
    if before is None or before.at is None or before.at < now:
        return now
    return before.at + timedelta(microseconds=1)


def _when(one: EligibilityAnswer | Triage) -> tuple[str, str]:
    return (one.at.isoformat() if one.at else "", one.id)
