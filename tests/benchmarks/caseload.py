"""A caseload of any size, set down record by record in large units: what the benchmarks of lists and sessions read."""

from datetime import UTC, date, datetime, timedelta

from workwell_desktop.domain.episodes import (
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    RiskConversation,
    RiskStatus,
)
from workwell_desktop.domain.participants import Participant, WorkSituation, WorkStatus
from workwell_desktop.domain.plans import Action, ActionStatus, Obstacle, ObstacleKind, ObstacleStatus, OwnerKind
from workwell_desktop.domain.records import Id, Record, new_id
from workwell_desktop.domain.sessions import AgendaItem, Discussion, Lane, Outcome, Session, SessionStatus, Topics
from workwell_desktop.services.desk import Desk

AT_ONCE = 2_000
GIVEN = ("Hannah", "Marlon", "Emma", "Maryam", "Carol", "Yusuf", "Thomas", "Leanne", "Priya", "Colin", "Aisha", "Jo")
FAMILY = ("Ashworth", "Price", "Tallis", "Qureshi", "Bennett", "Demir", "Adeyemi", "Hughes", "Nair", "Grady", "Rahman")


def fill_caseload(desk: Desk, people: int) -> list[Id]:
    """``people`` synthetic participants in the team of the one who acts, each with work, obstacles and actions."""
    team, today = Id(min(desk.person.teams)), desk.clock.today()
    made = [new_id() for _ in range(people)]
    _written(desk, [one for number, who in enumerate(made) for one in _person(desk, who, number, team, today)])
    return made


def fill_session(desk: Desk, people: list[Id], starts_at: datetime) -> Id:
    """A planned session with every one of ``people`` on its agenda, agreed to and with a question."""
    team, session = Id(min(desk.person.teams)), new_id()
    records: list[Record] = [
        Session(id=session, scope=team, team=team, starts_at=starts_at, chair=desk.me, status=SessionStatus.PLANNED)
    ]
    for number, who in enumerate(people):
        item, discussion = new_id(), new_id()
        records += [
            AgendaItem(
                id=item,
                scope=team,
                session=session,
                participant=who,
                discussion=discussion,
                lane=Lane.DISCUSS,
                position=f"a{number:05}",
                presenter=desk.me,
                minutes=8,
            ),
            Discussion(
                id=discussion,
                scope=who,
                session=session,
                agenda_item=item,
                question="Ready for full days?",
                topics=Topics.YES,
                own_words="I want to go back",
                view_how="told_coach",  # type: ignore[arg-type]
            ),
        ]
    _written(desk, records)
    return session


def _person(desk: Desk, who: Id, number: int, team: Id, today: date) -> list[Record]:
    coach, opened = desk.me, today - timedelta(days=number % 90)
    now = datetime.combine(today, datetime.min.time(), UTC)
    episode = new_id()
    records: list[Record] = [
        Participant(
            id=who,
            scope=who,
            given_name=GIVEN[number % len(GIVEN)],
            family_name=f"{FAMILY[number % len(FAMILY)]}-{number}",
            birth_date=date(1960 + number % 45, 1 + number % 12, 1 + number % 28),
        ),
        Episode(
            id=episode, scope=who, team=team, coach=coach, status=EpisodeStatus.ACTIVE, opened_on=opened
        ),
        WorkSituation(
            id=new_id(), scope=who, status=WorkStatus.OFF_SICK, employer="Northgate Parcels", told_on=opened
        ),
        Contact(
            id=new_id(), scope=who, episode=episode, purpose="See how it goes", owner=coach,
            due=today + timedelta(days=number % 21 - 7), status=ContactStatus.PLANNED,
        ),
        Discussion(
            id=new_id(), scope=who, session=new_id(), question="What next?", decision="Go on", rationale="It helps",
            outcome=Outcome.CARRY_ON, decided_at=now - timedelta(days=20),
            next_review=today + timedelta(days=number % 60), told_at=now - timedelta(days=18),
        ),
    ]  # fmt: skip
    for place, kind in enumerate(ObstacleKind):
        records.append(
            Obstacle(
                id=new_id(), scope=who, episode=episode, kind=kind, text="Bright lamps, few breaks", noted_on=opened,
                status=ObstacleStatus.OPEN, position=f"a{place}",
            )
        )  # fmt: skip
        records.append(
            Action(
                id=new_id(), scope=who, episode=episode, text="Ask about lamps", owner_kind=OwnerKind.STAFF,
                owner=coach, due=today + timedelta(days=number % 40 - 10 + place), status=ActionStatus.OPEN,
                position=f"a{place}",
            )
        )  # fmt: skip
    if number % 100 == 0:
        records.append(RiskConversation(id=new_id(), scope=who, raised_at=now, status=RiskStatus.OPEN))
    return records


def _written(desk: Desk, records: list[Record]) -> None:
    for some in _batched(records, AT_ONCE):
        with desk.unit() as unit:
            unit.undoable = False
            for one in some:
                unit.add(one)


def _batched(records: list[Record], size: int) -> list[list[Record]]:
    return [records[start : start + size] for start in range(0, len(records), size)]
