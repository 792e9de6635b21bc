"""Capacity, where it was doubted for one decision (Mental Capacity Act 2005, sections 1 to 4).

Everybody is presumed to have it, so that there is nothing to record for those of whom nobody doubts it; a record is of
one decision at one time and says what help was given first. From 16 on people decide for themselves.
"""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.duties import CapacityOutcome, CapacityRecord
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services._reads import staff_names
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none

NEEDED = (
    ("decision", "decision_missing"),
    ("doubt", "doubt_missing"),
    ("help_given", "help_given_missing"),
    ("assessed_by", "name_missing"),
)


@dataclass(frozen=True, slots=True)
class Assessed:
    """``best_interests`` and ``involved`` are needed where the person lacks capacity for this decision."""

    decision: str
    doubt: str
    help_given: str
    outcome: CapacityOutcome
    assessed_on: date
    assessed_by: str
    best_interests: str = ""
    involved: str = ""


@dataclass(frozen=True, slots=True)
class CapacityView:
    """One decision; the newest comes first."""

    record: Id
    decision: str
    doubt: str
    help_given: str
    outcome: CapacityOutcome
    best_interests: str
    involved: str
    assessed_on: date | None
    assessed_by: str
    by_name: str


def record(desk: Desk, participant: Id, told: Assessed) -> Id:
    """Writes down one decision. Raises FieldsInvalid for what the Act asks for and nobody wrote."""
    desk.allow(Act.RECORD_CAPACITY)
    problems = [(name, reason) for name, reason in NEEDED if not str(getattr(told, name)).strip()]
    if told.assessed_on > desk.clock.today():
        problems.append(("assessed_on", "date_in_future"))
    if told.outcome is CapacityOutcome.LACKS:
        if not told.best_interests.strip():
            problems.append(("best_interests", "best_interests_missing"))
        if not told.involved.strip():
            problems.append(("involved", "involved_missing"))
    if problems:
        raise FieldsInvalid(tuple(problems))
    with desk.unit() as unit:
        unit.reader.get(Participant, participant)
        unit.undoable = False
        return unit.add(
            CapacityRecord(
                id=new_id(),
                scope=participant,
                decision=told.decision.strip(),
                doubt=told.doubt.strip(),
                help_given=told.help_given.strip(),
                outcome=told.outcome,
                best_interests=words_or_none(told.best_interests),
                involved=words_or_none(told.involved),
                assessed_on=told.assessed_on,
                assessed_by=told.assessed_by.strip(),
                recorded_by=desk.me,
                at=desk.clock.now(),
            )
        )


def of_participant(desk: Desk, participant: Id) -> tuple[CapacityView, ...]:
    """Every decision for which capacity was doubted, the newest first."""
    desk.allow(Act.READ, CapacityRecord)
    with desk.read() as reader:
        found = reader.list(CapacityRecord, order_by=("-at", "id"), scope=participant)
        names = staff_names(reader) if found else {}
    return tuple(
        CapacityView(
            record=one.id,
            decision=one.decision or "",
            doubt=one.doubt or "",
            help_given=one.help_given or "",
            outcome=one.outcome or CapacityOutcome.LATER,
            best_interests=one.best_interests or "",
            involved=one.involved or "",
            assessed_on=one.assessed_on,
            assessed_by=one.assessed_by or "",
            by_name=names.get(one.recorded_by, "") if one.recorded_by else "",
        )
        for one in found
    )
