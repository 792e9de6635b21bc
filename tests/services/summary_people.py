"""A caseload that is counted by hand: who came when, how, from where, and how it ended."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from workwell_desktop.domain.episodes import (
    ClosureReason,
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Referral,
    ReferralSource,
)
from workwell_desktop.domain.participants import Participant, WorkSituation, WorkStatus
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.plans import Action, ActionKind, ActionStatus, Obstacle, ObstacleKind
from workwell_desktop.domain.records import Code, Id, Record, new_id
from workwell_desktop.services.desk import Desk

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


@dataclass(frozen=True)
class Group:
    """So many people who are alike."""

    number: int
    source: ReferralSource
    received: date
    work: WorkStatus
    met: date | None = None
    later: WorkStatus | None = None
    closed: date | None = None
    born: date = date(1986, 5, 4)


GP, SELF = ReferralSource.GP, ReferralSource.SELF
NORTH = (
    Group(8, GP, date(2026, 10, 1), WorkStatus.OFF_SICK, met=date(2026, 10, 6), later=WorkStatus.RETURNED),
    Group(6, SELF, date(2026, 10, 10), WorkStatus.STRUGGLING, met=date(2026, 10, 30)),
    Group(6, SELF, date(2026, 9, 1), WorkStatus.OFF_SICK, met=date(2026, 9, 3), closed=date(2026, 10, 15)),
)
SOUTH = (
    Group(7, GP, date(2026, 10, 5), WorkStatus.OUT_OF_WORK, met=date(2026, 10, 15), born=date(2000, 5, 4)),
    Group(5, SELF, date(2026, 10, 20), WorkStatus.OFF_SICK),
)
ELSEWHEN = (
    Group(3, GP, date(2026, 8, 1), WorkStatus.OFF_SICK, met=date(2026, 8, 3), closed=date(2026, 9, 30)),
    Group(2, GP, date(2026, 11, 1), WorkStatus.OFF_SICK),
)


def fill(desk: Desk, *groups: Group, team: Id | None = None) -> Id:
    """Writes the groups down for a team, a new one where none is named."""
    records: list[Record] = []
    if team is None:
        team = new_id()
        records.append(Team(id=team, scope=team, name="South"))
    for group in groups:
        for number in range(group.number):
            records += _one(team, group, number)
    with desk.unit() as unit:
        for one in records:
            unit.add(one)
    return team


def filled(desk: Desk) -> tuple[Id, Id]:
    """The two teams of the caseload that is counted by hand."""
    north = fill(desk, *NORTH, *ELSEWHEN, team=Id(min(desk.person.teams)))
    return north, fill(desk, *SOUTH)


def _one(team: Id, group: Group, number: int) -> list[Record]:
    who, episode, referral = new_id(), new_id(), new_id()
    records: list[Record] = [
        Participant(
            id=who,
            scope=who,
            given_name="Quentin",
            family_name=f"Zebrowski-{number}",
            birth_date=group.born,
            nhs_number="9990000018",
        ),
        Referral(id=referral, scope=who, source=group.source, received_on=group.received, referrer_name="Dr Xavier"),
        Episode(
            id=episode,
            scope=who,
            referral=referral,
            team=team,
            status=EpisodeStatus.CLOSED if group.closed else EpisodeStatus.ACTIVE,
            opened_on=group.received,
            closed_on=group.closed,
            closure_reason=ClosureReason.RETURNED_TO_WORK if group.closed else None,
            closed_work=WorkStatus.RETURNED if group.closed else None,
        ),
        WorkSituation(id=new_id(), scope=who, told_on=group.received, status=group.work, employer="Yarrow Mill"),
        Obstacle(id=new_id(), scope=who, episode=episode, kind=ObstacleKind.PERSON, text="Panic on the bus"),
        Action(
            id=new_id(),
            scope=who,
            episode=episode,
            kind=ActionKind.SELF,
            status=ActionStatus.DONE if group.later else ActionStatus.OPEN,
            text="Walk to the bus stop",
        ),
    ]
    if group.later:
        records.append(WorkSituation(id=new_id(), scope=who, told_on=date(2026, 10, 20), status=group.later))
    if group.met:
        at = datetime(group.met.year, group.met.month, group.met.day, 11, tzinfo=UTC)
        records.append(
            Contact(id=new_id(), scope=who, episode=episode, mode=Code("room"), status=ContactStatus.DONE, done_at=at)
        )
    return records
