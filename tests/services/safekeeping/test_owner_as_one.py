"""Who does an action is one question: which kind of person, and who of them, are never settled against each other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.safekeeping.test_settling import copy_of
from workwell_desktop.domain.plans import Action, ActionStatus, OwnerKind
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import conflicts

NURSE: dict[str, Any] = {"owner_kind": OwnerKind.OTHER, "owner": None, "owner_name": "The practice nurse"}


@pytest.mark.parametrize("theirs", [True, False])
def test_who_does_it_goes_with_the_answer_that_is_kept(
    desk: Desk, colleague: Callable[..., Desk], refer: Callable[..., Any], tmp_path: Path, theirs: bool
) -> None:
    who, priya = refer().participant, colleague()
    action = new_id()
    with desk.unit() as unit:
        unit.add(Action(id=action, scope=who, text="Call", owner_kind=OwnerKind.PARTICIPANT, status=ActionStatus.OPEN))
    there = copy_of(desk, priya.me, tmp_path / "there")
    with desk.unit() as unit:
        unit.set(Action, action, owner_kind=OwnerKind.STAFF, owner=desk.me)
    with there.unit() as unit:
        unit.set(Action, action, **NURSE)
    desk.store.apply(there.store.changes_since(desk.store.vector()))
    there.store.close()
    (found,) = conflicts.of_participant(desk, who)
    assert (found.field, len(conflicts.marks(desk, who))) == ("owner_kind", 1)
    conflicts.settle(
        desk, Id(found.record), found.field, OwnerKind.OTHER if theirs else OwnerKind.STAFF, "They said so"
    )
    with desk.read() as reader:
        one = reader.get(Action, action)
        assert not reader.conflicts(who)
    kept = (OwnerKind.OTHER, None, "The practice nurse") if theirs else (OwnerKind.STAFF, desk.me, None)
    assert (one.owner_kind, one.owner, one.owner_name) == kept
