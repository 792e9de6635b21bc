"""When people meet: what a talk at a fixed moment needs beside itself, and blocks of sessions that we hold ourselves.

A talk (``episodes.Contact``) says with whom, when and how; an ``Appointment`` says the rest of the same talk. So the
moment stands in one place, and whoever moves the talk has moved the appointment.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from workwell_desktop.domain.episodes import Contact
from workwell_desktop.domain.records import Id, Record, Scope, record

USUAL_MINUTES = 30
LONGEST = 480
"""Minutes: a day."""


@record("appointment", Scope.PARTICIPANT)
class Appointment(Record):
    """What a fixed talk needs. ``knows`` is the colleague who knows of a home visit, ``back_by`` when they expect a
    word, ``back_at`` when it came. ``sequence`` counts the changes of when and where, as a calendar file has it."""

    contact: Id | None = None
    minutes: int | None = None
    interpreter: bool | None = None
    language: str | None = None
    interpreter_booked: bool | None = None
    knows: Id | None = None
    back_by: datetime | None = None
    back_at: datetime | None = None
    sequence: int | None = None


class BlockOutcome(StrEnum):
    """How a block of sessions ended."""

    COMPLETED = "completed"
    STOPPED_BY_CHOICE = "stopped_by_choice"
    STOPPED_BETTER = "stopped_better"
    MOVED_ON = "moved_on"
    NOT_STARTED = "not_started"


@record("block", Scope.PARTICIPANT)
class Block(Record):
    """Sessions that we hold ourselves: ``offered`` of them. Each is a talk that names the block, so that how many were
    attended is counted and never typed."""

    episode: Id | None = None
    action: Id | None = None
    what: str | None = None
    lead: Id | None = None
    offered: int | None = None
    offered_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    outcome: BlockOutcome | None = None
    effect: str | None = None


def ends_at(talk: Contact, appointment: Appointment | None) -> datetime | None:
    """When a talk is over, by the length that was planned."""
    if talk.at is None:
        return None
    minutes = appointment.minutes if appointment is not None else None
    return talk.at + timedelta(minutes=minutes or USUAL_MINUTES)


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two spans share any time; one that ends as the other begins does not."""
    return first[0] < second[1] and second[0] < first[1]
