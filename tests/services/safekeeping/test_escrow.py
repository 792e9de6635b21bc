"""The partnership's escrow key, rehearsed: made, typed back, used when every passphrase is forgotten, replaced."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, FIRST
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.errors import BadInput, NoPermission, WrongPassphrase
from workwell_desktop.services.administration import audit, people
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening, upkeep
from workwell_desktop.store import EscrowKey

NEW = "willow copper lantern"


def test_an_escrow_key_is_typed_back_however_it_is_broken_up() -> None:
    key = EscrowKey.fresh()
    assert EscrowKey.parse(str(key).lower().replace("-", " ")).private == key.private
    assert key.matches("".join(key.groups))
    assert not key.matches(str(EscrowKey.fresh()))
    slip = str(key)[:-1] + ("2" if str(key)[-1] != "2" else "3")
    with pytest.raises(BadInput):
        EscrowKey.parse(slip)
    assert str(key) not in repr(key)


@pytest.mark.parametrize("way", ["recovery", "escrow"])
def test_a_rehearsal_of_the_day_when_every_passphrase_is_forgotten(tmp_path: Path, clock: FixedClock, way: str) -> None:
    path = tmp_path / "a.workwell"
    desk, code = opening.create(path, FIRST, clock=clock, profile=CHEAP)
    assert not upkeep.has_escrow_key(desk)
    before = upkeep.new_escrow_key(desk)
    key = upkeep.new_escrow_key(desk)
    assert upkeep.has_escrow_key(desk)
    maya = desk.me
    desk.lock()
    with pytest.raises(WrongPassphrase):
        opening.recover(path, str(before), maya, NEW, clock=clock, profile=CHEAP)
    back = opening.recover(path, str(code) if way == "recovery" else str(key), maya, NEW, clock=clock, profile=CHEAP)
    assert way in [one.detail for one in audit.latest(back, [AuditKind.RECOVERED])]
    assert AuditKind.UNLOCK_FAILED in [one.kind for one in audit.latest(back)]
    assert back.store.check().ok
    # who came back administers again: the CA is theirs, and people can be added
    people.add(back, people.NewPerson("New One", FIRST.profession, frozenset({"coach"}), "harbour lantern mosaic"))
    back.lock()
    opening.unlock(path, maya, NEW, clock=clock, profile=CHEAP).lock()


def test_only_who_manages_people_makes_an_escrow_key(colleague: Callable[..., Desk]) -> None:
    with pytest.raises(NoPermission):
        upkeep.new_escrow_key(colleague())
