"""What changed from one version of a plan to the next: read from the changes that its signatures stand for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import Action, Adjustment, Goal, Obstacle, OwnerKind, Plan, PlanStatus, ReturnWeek
from workwell_desktop.domain.records import Id, kind_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import name_of, staff
from workwell_desktop.store import Reader

GATHERED = (Obstacle, Action, Adjustment, Goal, ReturnWeek)
"""What a plan gathers, in the order in which it is told."""

OWNER = "owner"
_OWNED = frozenset({OWNER, "owner_kind", "owner_name"})
_SAID = {
    kind_of(Plan): (
        "type",
        "what_matters",
        "strengths",
        "if_worse",
        "function",
        "gp_problem",
        "gp_request",
        "review_on",
    ),
    kind_of(Obstacle): ("text", "kind", "status", "left_reason"),
    kind_of(Action): ("text", OWNER, "due", "status"),
    kind_of(Adjustment): ("text", "answer", "starts_on", "ends_on", "review_on"),
    kind_of(Goal): ("text", "by", "level"),
    kind_of(ReturnWeek): ("starts_on", "days", "hours", "start", "finish", "duties", "check_in"),
}
"""The fields of each kind that a paper says, in the order in which they are told."""


class Happened(StrEnum):
    """What became of one part of the plan."""

    ADDED = "added"
    CHANGED = "changed"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field; None where a version says nothing. Who owns an action is a name already."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs. ``name`` is its text, or the first day of a week; empty for the plan's own words."""

    kind: str
    record: Id
    happened: Happened
    name: Any
    fields: tuple[FieldDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """What differs from the version ``version``, which was signed."""

    version: int
    differences: tuple[Difference, ...]


_ACTION = kind_of(Action)
_Said = dict[Id, dict[str, Any]]


def since_signed(desk: Desk, plan: Id) -> Since | None:
    """What a version says otherwise than the signed one before it; None for a first version."""
    desk.allow(Act.READ, Plan)
    with desk.read() as reader:
        found = reader.get(Plan, plan)
        before = _before(reader, found)
        if before is None:
            return None
        covers = found.covers or covered(reader, found)
        found_ones = _differences(_said(reader, before, before.covers), _said(reader, found, covers))
        return Since(before.version or 1, tuple(found_ones))


def covered(reader: Reader, plan: Plan) -> frozenset[str]:
    """The changes that the signatures stand for: the plan and everything that it gathers."""
    records = [plan.id]
    for cls in GATHERED:
        records += [one.id for one in reader.list(cls, episode=plan.episode)]
    return reader.heads_of(*records)


def _before(reader: Reader, plan: Plan) -> Plan | None:
    """The newest earlier version that was signed: one that was begun and left is nothing that anybody holds."""
    if plan.version is None:
        return None
    earlier = reader.list(Plan, order_by="-version", episode=plan.episode, version__lt=plan.version)
    signed = (PlanStatus.SIGNED, PlanStatus.SUPERSEDED)
    return next((one for one in earlier if one.status in signed and one.covers), None)


def _said(reader: Reader, plan: Plan, covers: Iterable[str]) -> dict[str, _Said]:
    """Kind, record and field of everything that the paper says. The plan's own words are one part in all versions."""
    said: dict[str, _Said] = {kind: {} for kind in _SAID}
    for line in reader.lines_of(covers):
        told = line.field in _SAID.get(line.kind, ()) or (line.kind == _ACTION and line.field in _OWNED)
        if told and line.value is not None:
            record = Id("") if line.record == plan.id else line.record
            said[line.kind].setdefault(record, {})[line.field] = line.value
    people = staff(reader)
    called = reader.get(Participant, plan.scope).called
    for action in said[_ACTION].values():
        kind = action.pop("owner_kind", None)
        name = name_of(people, action.get(OWNER)) or action.pop("owner_name", None)
        if kind == OwnerKind.PARTICIPANT.value:
            name = called
        action[OWNER] = name or (text(f"today.owner.{kind}") if kind else None)
        action.pop("owner_name", None)
    return said


def _differences(before: dict[str, _Said], after: dict[str, _Said]) -> Iterable[Difference]:
    for kind, order in _SAID.items():
        old, new = before[kind], after[kind]
        for record in dict.fromkeys([*old, *new]):
            one, other = old.get(record, {}), new.get(record, {})
            name = (other or one).get("text", (other or one).get("starts_on", ""))
            fields = tuple(
                FieldDifference(field, one.get(field), other.get(field))
                for field in order
                if one.get(field) != other.get(field)
            )
            if record and not (one and other):
                yield Difference(kind, record, Happened.ADDED if other else Happened.TAKEN_OUT, name)
            elif fields:
                yield Difference(kind, record, Happened.CHANGED, name, fields)
