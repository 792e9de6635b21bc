"""The store of the benchmarks is a real one: every signature and chain holds, and a rebuild makes the same tables."""

from pathlib import Path

from tests.benchmarks.large import fill_large
from tests.services.conftest import CHEAP, FIRST, TUESDAY
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening


def tables(desk: Desk) -> dict[str, list[str]]:
    with desk.read() as reader:
        found = {kind: sorted(repr(vars(one)) for one in reader.list(cls)) for kind, cls in KINDS.items()}
        found["search"] = [str(hit) for hit in reader.search("han", 100)]
        return found


def test_what_is_written_set_by_set_is_what_the_log_says(tmp_path: Path) -> None:
    desk, _code = opening.create(tmp_path / "large.workwell", FIRST, clock=FixedClock(TUESDAY), profile=CHEAP)
    try:
        assert fill_large(desk, 60) > 60 * 18
        assert desk.store.check().ok
        before = tables(desk)
        assert len(before["participant"]) == 60
        assert before["search"]
        desk.store.rebuild()
        assert tables(desk) == before
    finally:
        desk.store.close()


def test_work_goes_on_in_it_as_in_any_other(tmp_path: Path) -> None:
    desk, _code = opening.create(tmp_path / "large.workwell", FIRST, clock=FixedClock(TUESDAY), profile=CHEAP)
    try:
        fill_large(desk, 12)
        with desk.unit() as unit:
            episode = unit.reader.list(Episode, limit=1)[0]
            assert unit.set(Episode, episode.id, own_view="It helped.")
        assert desk.store.check().ok
    finally:
        desk.store.close()
