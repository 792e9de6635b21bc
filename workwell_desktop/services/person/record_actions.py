"""The actions of one person as their record lists them: from the plan and from every session, with whose they are."""

from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import london_day
from workwell_desktop.domain.plans import Action, ActionStatus, Obstacle, OwnerKind, Plan, PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Discussion, Session
from workwell_desktop.services._reads import present_episode
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff


@dataclass(frozen=True, slots=True)
class RecordAction:
    """One action. ``session_on`` is the day of the session that decided it, None for one that the plan began with."""

    action: Id
    text: str
    owner_kind: OwnerKind
    owner_name: str
    due: date | None
    status: ActionStatus
    done_on: date | None
    effect: str
    obstacle: str
    session_on: date | None
    overdue_days: int
    since_plan: bool
    """Whether a session decided it after the newest plan was signed: that plan does not say it."""


def actions_of(desk: Desk, participant: Id) -> tuple[RecordAction, ...]:
    """Actions of the present programme: open ones first, the longest overdue at the top, then those that ended."""
    desk.allow(Act.READ, Action)
    today = desk.clock.today()
    with desk.read() as reader:
        episode = present_episode(reader, participant)
        if episode is None:
            return ()
        found = reader.list(Action, order_by="position", episode=episode.id)
        people = staff(reader)
        asked = desk.may(Act.READ, Obstacle)
        obstacles = {one.id: one.text or "" for one in reader.list(Obstacle, scope=participant)} if asked else {}
        said = {one.id: one for one in reader.list(Discussion, scope=participant)}
        sessions = {one.session for one in said.values() if one.session}
        held = {one.id: one.starts_at for one in reader.list(Session, id=sessions)} if sessions else {}
        agreed = [
            one.agreed_on
            for one in reader.list(Plan, episode=episode.id, status=PlanStatus.SIGNED)
            if one.agreed_on is not None
        ]
    signed_on = max(agreed, default=None)

    def line(one: Action) -> RecordAction:
        decided = said.get(one.discussion) if one.discussion else None
        starts = held.get(decided.session) if decided and decided.session else None
        late = one.status is ActionStatus.OPEN and one.due is not None
        day = london_day(starts) if starts else None
        return RecordAction(
            action=one.id,
            text=one.text or "",
            owner_kind=one.owner_kind or OwnerKind.STAFF,
            owner_name=name_of(people, one.owner) or one.owner_name or "",
            due=one.due,
            status=one.status or ActionStatus.OPEN,
            done_on=one.done_on,
            effect=one.effect or "",
            obstacle=obstacles.get(one.obstacle, "") if one.obstacle else "",
            session_on=day,
            overdue_days=max(0, (today - one.due).days) if late and one.due else 0,
            since_plan=late and signed_on is not None and day is not None and day > signed_on,
        )

    lines = [line(one) for one in found]
    return tuple(
        sorted(
            lines,
            key=lambda one: (
                one.status not in (ActionStatus.OPEN, ActionStatus.BLOCKED),
                one.due or date.max,
                one.action,
            ),
        )
    )
