"""Whatever three laptops, a hub and a stick go through: nothing acknowledged is lost, and at rest all agree."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.sync.hubs import TestHub
from tests.sync.world import Stage, World, small_pages
from workwell_desktop.sync.hub.local import LocalHub

_AT, _FEW, _SOME = st.integers(0, 2), st.integers(0, 3), st.integers(0, 9)


@pytest.fixture(scope="module")
def stage(hub_server: LocalHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    hub = TestHub.fresh(hub_server)
    try:
        made = Stage.made(tmp_path_factory.mktemp("stage"), hub)
        with small_pages():
            yield made
        made.close()
    finally:
        hub.close()


class Machine(RuleBasedStateMachine):
    """The rules; what each does is told in ``World``."""

    stage: Stage
    seen: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.stage)

    @rule(at=_AT, case=_FEW, what=st.integers(0, 5), value=_SOME)
    def edits(self, **given: int) -> None:
        self.world.edit(**given)

    @rule(at=_AT, other=_AT, case=_FEW, value=_SOME)
    def two_edit_one_field(self, at: int, other: int, case: int, value: int) -> None:
        self.world.edit(at, case, 0, value)
        self.world.edit(other, case, 0, value + 1)

    @rule(at=_AT, case=_FEW, size=_SOME)
    def adds_a_paper(self, **given: int) -> None:
        self.world.paper(**given)

    @rule(at=_AT)
    def opens_a_case(self, at: int) -> None:
        self.world.open_case(at)

    @rule(at=_AT, which=_FEW)
    def settles(self, **given: int) -> None:
        self.world.settle(**given)

    @rule(at=_AT, redo=st.booleans())
    def undoes(self, **given: Any) -> None:
        self.world.turn(**given)

    @rule(at=_AT, case=_FEW, to=_AT)
    def hands_over(self, **given: int) -> None:
        self.world.hand_over(**given)

    @rule(at=_AT, case=_FEW, days=_SOME)
    def grants(self, **given: int) -> None:
        self.world.grant(**given)

    @rule(at=_AT)
    def syncs(self, at: int) -> None:
        self.world.sync(at)

    @rule(at=_AT)
    def syncs_again(self, at: int) -> None:
        self.world.sync(at)

    @rule(at=_AT, after=st.integers(1, 12), answered=st.booleans())
    def is_cut_off(self, **given: Any) -> None:
        self.world.sync_cut(**given)

    @rule(at=_AT, after=st.integers(1, 120))
    def dies_while_syncing(self, **given: int) -> None:
        self.world.sync_dies(**given)

    @rule(at=_AT, case=_FEW, after=st.integers(1, 30))
    def dies_while_writing(self, **given: int) -> None:
        self.world.write_dies(**given)

    @rule(giver=_AT, taker=_AT)
    def writes_a_stick(self, **given: int) -> None:
        self.world.stick(**given)

    @rule(which=_SOME, cut=st.booleans())
    def reads_a_stick(self, **given: Any) -> None:
        self.world.plug_in(**given)

    @rule(giver=_AT, taker=_AT, order=st.integers(0, 99))
    def gives_a_part(self, **given: int) -> None:
        self.world.by_hand(**given)

    @rule(at=_AT, hours=st.integers(-72, 72))
    def has_a_wrong_clock(self, **given: int) -> None:
        self.world.skew(**given)

    @rule()
    def backs_the_hub_up(self) -> None:
        self.world.hub_backup()

    @rule(told=st.booleans())
    def restores_the_hub(self, told: bool) -> None:
        self.world.hub_restored(told=told)

    @rule(at=_AT)
    def backs_up(self, at: int) -> None:
        self.world.back_up(at)

    @rule(at=_AT)
    def restores(self, at: int) -> None:
        self.world.restore(at)

    def teardown(self) -> None:
        try:
            self.world.finish(checked=self.stage.worlds % 3)
        finally:
            self.seen |= self.world.seen
            self.world.close()


def run(stage: Stage, runs: int, steps: int = 50) -> set[str]:
    """So many lives of so many steps; gives what happened in them."""
    machine = type("TheMachine", (Machine,), {"stage": stage, "seen": set()})
    # a life that fails is told as it was: to look for a shorter one takes minutes
    chosen = settings(max_examples=runs, stateful_step_count=steps, phases=(Phase.generate,))
    run_state_machine_as_test(machine, settings=chosen)  # type: ignore[no-untyped-call]
    return set(machine.seen)


EVERYTHING = {"granted", "revoked", "restored", "clock_off", "conflict", "undone", "cut", "died", "file", "set back"}


@pytest.mark.timeout(600)
def test_a_few_lives_lose_nothing(stage: Stage) -> None:
    assert run(stage, 12) >= EVERYTHING


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_four_hundred_lives_lose_nothing(stage: Stage) -> None:
    assert run(stage, 400) >= EVERYTHING
