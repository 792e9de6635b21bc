"""Rights that end, end: the key of the CA with the role, an open desk with the person, a wait with nothing but time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.people import Person, Profession
from workwell_desktop.errors import NoPermission, PersonLeft, TooSoon, WrongPassphrase
from workwell_desktop.services.administration import people
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import slots
from workwell_desktop.store.keys.tries import FREE, Tries

BOTH = frozenset({"administrator", "coach"})


def coach(colleague: Callable[..., Desk], name: str = "Tom Reid") -> Desk:
    return colleague(name, Profession.COACH, "coach", None)


def test_who_is_administrator_no_more_holds_no_key_of_the_ca(desk: Desk, colleague: Callable[..., Desk]) -> None:
    tom = coach(colleague)
    people.change(desk, tom.me, roles=BOTH)
    assert desk.store.authority(tom.identity).key == desk.store.authority(desk.identity).key
    people.change(desk, tom.me, roles=frozenset({"coach"}))
    with pytest.raises(NoPermission):
        desk.store.authority(tom.identity)
    assert desk.store.authority(desk.identity)


def test_without_the_key_of_the_ca_nobody_is_made_an_administrator_by_half(
    desk: Desk, colleague: Callable[..., Desk]
) -> None:
    tom, eve = coach(colleague), coach(colleague, "Eve Marsh")
    people.change(desk, tom.me, roles=BOTH)
    desk.store.withdraw_authority(tom.me)  # as on a computer where only the recovery code let them back in
    with pytest.raises(NoPermission):
        people.change(tom, eve.me, roles=BOTH)
    with desk.read() as reader:
        assert reader.get(Person, eve.me).roles == {"coach"}


def test_an_open_desk_follows_what_becomes_of_its_person(desk: Desk, colleague: Callable[..., Desk]) -> None:
    tom = coach(colleague)
    people.change(desk, tom.me, roles=frozenset({"observer"}))
    with pytest.raises(NoPermission):
        tom.allow(Act.CREATE_PARTICIPANT)
    people.deactivate(desk, tom.me)
    with pytest.raises(PersonLeft):
        tom.allow(Act.SEARCH)
    assert replace(tom.person).active is False


def wrong(tries: Tries) -> None:
    with pytest.raises(WrongPassphrase), tries.counting("somebody"):
        raise WrongPassphrase(wait=0)


def test_setting_the_clock_back_ends_no_wait(tmp_path: Path, clock: FixedClock) -> None:
    tries = Tries(slots.tries_path(tmp_path / "a.workwell"), clock)
    for _ in range(FREE + 2):
        wrong(tries)
    clock.set(clock.now() - timedelta(days=1))
    with pytest.raises(TooSoon) as early:
        tries.check("somebody")
    assert early.value.params["wait"] == 20
    clock.set(clock.now() + timedelta(seconds=20))
    tries.check("somebody")


@pytest.mark.parametrize("written", ['{"somebody": [9, "soon"]}', '{"somebody": [9, "2026-11-24T09:00:00"]}', "[]"])
def test_a_count_that_cannot_be_read_keeps_nobody_out(tmp_path: Path, clock: FixedClock, written: str) -> None:
    path = slots.tries_path(tmp_path / "a.workwell")
    path.write_text(written)
    tries = Tries(path, clock)
    tries.check("somebody")
    wrong(tries)
    assert tries.count("somebody") == 1
