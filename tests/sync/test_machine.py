"""Whatever three laptops, a hub and a stick go through: nothing acknowledged is lost, and at rest all agree.

Four hundred lives of fifty acts at every run, the same ones each time: some at a real PostgreSQL, the rest by file, on
the same code of the stores. With --long as many again at the hub, and other ones each time.
"""

from collections.abc import Iterator

import pytest

from tests.sync.by_file import ByFile
from tests.sync.hubs import TestHub
from tests.sync.lives import AT_A_HUB, BY_FILE, a_seed, live
from tests.sync.stage import Stage, small_pages
from tests.sync.world import World
from workwell_desktop.sync.hub.local import LocalHub

SEED = "house"
HUB_LIVES, FILE_LIVES, PARTS = 80, 320, 4
LONG = 400

EVERYTHING = {"conflict", "undone", "died", "file", "set back"}
EVERYTHING_AT_A_HUB = EVERYTHING | {"granted", "revoked", "restored", "kept_back", "cut", "hub set back"}


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


@pytest.fixture(scope="module")
def bare_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage.made(tmp_path_factory.mktemp("bare"), None)
    with small_pages():
        yield made


def part_of(lives: int, part: int) -> range:
    return range(part * lives // PARTS, (part + 1) * lives // PARTS)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_lives_at_a_hub_lose_nothing(stage: Stage, part: int) -> None:
    seen = live(lambda seed: World(stage, seed), AT_A_HUB, SEED, part_of(HUB_LIVES, part))
    assert seen >= EVERYTHING_AT_A_HUB


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_lives_by_file_lose_nothing(bare_stage: Stage, part: int) -> None:
    seen = live(lambda seed: ByFile(bare_stage, seed), BY_FILE, SEED, part_of(FILE_LIVES, part))
    assert seen >= EVERYTHING


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_four_hundred_other_lives_at_a_hub_lose_nothing(stage: Stage) -> None:
    live(lambda seed: World(stage, seed), AT_A_HUB, a_seed(), range(LONG))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_four_hundred_other_lives_by_file_lose_nothing(bare_stage: Stage) -> None:
    live(lambda seed: ByFile(bare_stage, seed), BY_FILE, a_seed(), range(LONG))
