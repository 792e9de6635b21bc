"""The thread obstacle, action, owner, date, as the record shows it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import (
    Action,
    ActionStatus,
    Adjustment,
    EmployerAnswer,
    Obstacle,
    ObstacleKind,
    ObstacleStatus,
    OwnerKind,
)
from workwell_desktop.domain.records import Id
from workwell_desktop.services.lookup import name_of
from workwell_desktop.services.person.record_views import ObstacleView, StepView
from workwell_desktop.store import Reader

_FINISHED = frozenset({ActionStatus.DONE.value, ActionStatus.NOT_NEEDED.value, EmployerAnswer.REFUSED.value})
_KINDS = list(ObstacleKind)


def obstacles_and_steps(
    reader: Reader,
    episode: Id | None,
    people: dict[Id, Person],
    employer: str,
    today: date,
    may: Callable[[str], bool],
) -> tuple[tuple[ObstacleView, ...], tuple[StepView, ...]]:
    """Obstacles of an episode with their actions and changes at work, and the steps that answer none of them; each
    where ``may`` says that records of its kind may be read."""
    if episode is None:
        return (), ()
    under: dict[Id | None, list[StepView]] = defaultdict(list)
    found = reader.list(Obstacle, order_by=("position", "id"), episode=episode) if may("obstacle") else []
    known = {one.id for one in found}
    for action in reader.list(Action, order_by=("position", "id"), episode=episode) if may("action") else ():
        under[action.obstacle if action.obstacle in known else None].append(_action(action, people, employer, today))
    for change in reader.list(Adjustment, order_by=("position", "id"), episode=episode) if may("adjustment") else ():
        under[change.obstacle if change.obstacle in known else None].append(_change(change, employer, today))
    views = [_obstacle(one, tuple(under[one.id])) for one in found if one.kind is not None]
    views.sort(key=lambda one: _KINDS.index(one.kind))
    return tuple(views), tuple(under[None])


def _obstacle(one: Obstacle, steps: tuple[StepView, ...]) -> ObstacleView:
    waiting = [step for step in steps if step.status not in _FINISHED]
    return ObstacleView(
        obstacle=one.id,
        kind=one.kind or ObstacleKind.PERSON,
        text=one.text or "",
        status=one.status or ObstacleStatus.OPEN,
        noted_on=one.noted_on,
        left_reason=one.left_reason or "",
        due=min((step.due for step in waiting if step.due is not None), default=None),
        late=max((step.late for step in waiting), default=0),
        steps=steps,
    )


def _action(one: Action, people: dict[Id, Person], employer: str, today: date) -> StepView:
    late = one.status is ActionStatus.OPEN and one.due is not None and one.due < today
    owner = name_of(people, one.owner) or one.owner_name or ""
    if not owner and one.owner_kind is OwnerKind.EMPLOYER:
        owner = employer
    return StepView(
        record=one.id,
        is_adjustment=False,
        text=one.text or "",
        owner_kind=one.owner_kind,
        owner_name=owner,
        due=one.due,
        status=(one.status or ActionStatus.OPEN).value,
        late=(today - one.due).days if late and one.due else 0,
    )


def _change(one: Adjustment, employer: str, today: date) -> StepView:
    """A change at work is the employer's to answer; its date is that of the review. It is never late."""
    return StepView(
        record=one.id,
        is_adjustment=True,
        text=one.text or "",
        owner_kind=OwnerKind.EMPLOYER,
        owner_name=employer,
        due=one.review_on if one.review_on is not None and one.review_on >= today else None,
        status=(one.answer or EmployerAnswer.ASKED).value,
        late=0,
    )
