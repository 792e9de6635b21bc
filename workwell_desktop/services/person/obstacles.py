"""What gets in the way, and the actions against it: each with one owner and one date."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import (
    Action,
    ActionKind,
    ActionStatus,
    Obstacle,
    ObstacleKind,
    ObstacleStatus,
    OwnerKind,
)
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.sessions import Discussion, Session, SessionStatus
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.services._reads import latest_work
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import after_birth, key_after, key_beside, needed_episode, words_or_none
from workwell_desktop.store import Reader


@dataclass(frozen=True, slots=True)
class OwnedBy:
    """The one who does it: ``person`` for one of ours, a name for another; participant and employer need neither."""

    kind: OwnerKind
    person: Id | None = None
    name: str | None = None


def add_obstacle(desk: Desk, participant: Id, kind: ObstacleKind, text: str, *, noted_on: date | None = None) -> Id:
    """Notes what gets in the way, in the person's words where possible."""
    desk.allow(Act.EDIT_PLAN, Obstacle)
    if not text.strip():
        raise BadInput("text_missing")
    with desk.unit() as unit:
        after_birth(unit.reader, participant, noted_on=noted_on)
        beside = unit.reader.list(Obstacle, scope=participant)
        return unit.add(
            Obstacle(
                id=new_id(),
                scope=participant,
                episode=needed_episode(unit.reader, participant).id,
                kind=kind,
                text=text.strip(),
                noted_on=noted_on or desk.clock.today(),
                status=ObstacleStatus.OPEN,
                position=key_after(one.position for one in beside),
            )
        )


def change_obstacle(
    desk: Desk, obstacle: Id, *, text: str | None = None, kind: ObstacleKind | None = None, index: int | None = None
) -> None:
    """Other words, another kind, or another place (from 0) in the list."""
    desk.allow(Act.EDIT_PLAN, Obstacle)
    with desk.unit() as unit:
        found = unit.reader.get(Obstacle, obstacle)
        given: dict[str, Any] = {}
        if text is not None and text.strip():
            given["text"] = text.strip()
        if kind is not None:
            given["kind"] = kind
        if index is not None:
            others = [
                one.position
                for one in unit.reader.list(Obstacle, order_by="position", scope=found.scope)
                if one.id != obstacle
            ]
            given["position"] = key_beside(others, index)
        unit.set(Obstacle, obstacle, **given)


def leave_obstacle(desk: Desk, obstacle: Id, reason: str) -> None:
    """No action for now, and why; a later action takes the reason away."""
    desk.allow(Act.EDIT_PLAN, Obstacle)
    if not reason.strip():
        raise BadInput("reason_missing")
    with desk.unit() as unit:
        unit.reader.get(Obstacle, obstacle)
        unit.set(Obstacle, obstacle, status=ObstacleStatus.LEFT, left_reason=reason.strip())


def finish_obstacle(desk: Desk, obstacle: Id, *, done: bool = True) -> None:
    """It no longer gets in the way; or it does again."""
    desk.allow(Act.EDIT_PLAN, Obstacle)
    with desk.unit() as unit:
        unit.set(Obstacle, obstacle, status=ObstacleStatus.DONE if done else ObstacleStatus.OPEN, left_reason=None)


def add_action(
    desk: Desk,
    participant: Id,
    text: str,
    owner: OwnedBy | None,
    due: date | None,
    *,
    obstacle: Id | None = None,
    discussion: Id | None = None,
    kind: ActionKind = ActionKind.IN_HOUSE,
    for_employer: bool = False,
) -> Id:
    """One thing that one named owner does by one date; FieldsInvalid names what lacks, and nothing is saved.

    One of ours who has left owns nothing new: FieldsInvalid (``owner``).
    """
    desk.allow(Act.EDIT_PLAN if discussion is None else Act.RECORD_DECISION, Action)
    _complete(text, owner, due)
    assert owner is not None  # noqa: S101 - said above
    with desk.unit() as unit:
        _open_discussion(unit.reader, discussion)
        _still_here(unit.reader, owner)
        after_birth(unit.reader, participant, due=due)
        beside = unit.reader.list(Action, scope=participant)
        if obstacle is not None:
            unit.set(Obstacle, obstacle, status=ObstacleStatus.OPEN, left_reason=None)
        return unit.add(
            Action(
                id=new_id(),
                scope=participant,
                episode=needed_episode(unit.reader, participant).id,
                obstacle=obstacle,
                discussion=discussion,
                kind=kind,
                text=text.strip(),
                owner_kind=owner.kind,
                owner=owner.person,
                owner_name=_owner_name(unit.reader, participant, owner),
                due=due,
                status=ActionStatus.OPEN,
                for_employer=for_employer,
                position=key_after(one.position for one in beside),
            )
        )


def change_action(
    desk: Desk,
    action: Id,
    *,
    text: str | None = None,
    owner: OwnedBy | None = None,
    due: date | None = None,
    kind: ActionKind | None = None,
    obstacle: Id | None = None,
    for_employer: bool | None = None,
) -> None:
    """Other words, another owner or another date; what is None stays. What a chair has locked stays as it is."""
    desk.allow(Act.EDIT_PLAN, Action)
    with desk.unit() as unit:
        found = unit.reader.get(Action, action)
        if text is not None or owner is not None or due is not None:
            _open_discussion(unit.reader, found.discussion)
        after_birth(unit.reader, found.scope, due=due)
        given: dict[str, Any] = {"kind": kind, "obstacle": obstacle, "for_employer": for_employer, "due": due}
        given = {name: value for name, value in given.items() if value is not None}
        if text is not None:
            if not text.strip():
                raise BadInput("text_missing")
            given["text"] = text.strip()
        if owner is not None:
            _complete(found.text or "", owner, found.due)
            if owner.person != found.owner:
                _still_here(unit.reader, owner)
            given |= {
                "owner_kind": owner.kind,
                "owner": owner.person,
                "owner_name": _owner_name(unit.reader, found.scope, owner),
            }
        unit.set(Action, action, **given)


def finish_action(
    desk: Desk, action: Id, status: ActionStatus = ActionStatus.DONE, *, effect: str | None = None
) -> None:
    """Done, not needed, or blocked; and what came of it."""
    desk.allow(Act.EDIT_PLAN, Action)
    with desk.unit() as unit:
        unit.reader.get(Action, action)
        done = desk.clock.today() if status is ActionStatus.DONE else None
        unit.set(Action, action, status=status, done_on=done, effect=words_or_none(effect))


def give_action(desk: Desk, action: Id, owner: Id, *, discussion: Id | None = None) -> Id:
    """Somebody else does it: one of ours, who still works here. Gives the new action.

    What a chair has locked stays as it is: the old action ends as not needed and says to whom it went, and a new one
    with the same words and date stands in its place. A date that has passed becomes today. Raises BadInput
    ``already_done`` for one that is no longer open, FieldsInvalid (``owner``) for who has left.
    """
    desk.allow(Act.EDIT_PLAN if discussion is None else Act.RECORD_DECISION, Action)
    with desk.unit() as unit:
        found, person = unit.reader.get(Action, action), unit.reader.get(Person, owner)
        if found.status is not ActionStatus.OPEN:
            raise BadInput("already_done")
        if person.active is False:
            raise FieldsInvalid((("owner", "owner_left"),))
        _open_discussion(unit.reader, discussion)
        today = desk.clock.today()
        made = unit.add(
            replace(
                found,
                id=new_id(),
                discussion=discussion,
                owner_kind=OwnerKind.STAFF,
                owner=owner,
                owner_name=None,
                due=max(found.due or today, today),
                position=key_after(one.position for one in unit.reader.list(Action, scope=found.scope)),
            )
        )
        unit.set(Action, action, status=ActionStatus.NOT_NEEDED, effect=person.name)
    return made


def remove_action(desk: Desk, action: Id) -> None:
    """Takes an action away that was never part of a locked session."""
    desk.allow(Act.EDIT_PLAN, Action)
    with desk.unit() as unit:
        found = unit.reader.get(Action, action)
        _open_discussion(unit.reader, found.discussion)
        unit.delete(Action, action)


def _complete(text: str, owner: OwnedBy | None, due: date | None) -> None:
    named = owner is not None and bool(
        {OwnerKind.STAFF: owner.person, OwnerKind.OTHER: (owner.name or "").strip()}.get(owner.kind, "by kind")
    )
    problems = [
        (field, reason)
        for field, reason, given in (
            ("text", "text_missing", text.strip()),
            ("owner", "owner_missing", named),
            ("due", "date_missing", due),
        )
        if not given
    ]
    if problems:
        raise FieldsInvalid(tuple(problems))


def _still_here(reader: Reader, owner: OwnedBy) -> None:
    person = reader.find(Person, owner.person) if owner.kind is OwnerKind.STAFF and owner.person else None
    if person is not None and person.active is False:
        raise FieldsInvalid((("owner", "owner_left"),))


def _owner_name(reader: Reader, participant: Id, owner: OwnedBy) -> str | None:
    """The name as it stood that day: of another, or of the employer where we know it."""
    if owner.kind is OwnerKind.EMPLOYER:
        work = latest_work(reader, participant)
        return (owner.name or "").strip() or (work.employer if work else None)
    return words_or_none(owner.name)


def _open_discussion(reader: Reader, discussion: Id | None) -> None:
    if discussion is None:
        return
    found = reader.get(Discussion, discussion)
    session = reader.find(Session, found.session) if found.session else None
    if session is not None and session.status is SessionStatus.LOCKED:
        raise Locked()
