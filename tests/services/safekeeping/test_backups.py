"""Backups by rule: once a day, kept by days, weeks and months, said when late, never at the cost of an older one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.keeping import KeepRule
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.errors import BadInput, DiskFull, ReadOnlyFolder, StoreInUse
from workwell_desktop.services.administration import audit
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import backups, opening, upkeep
from workwell_desktop.store import Store, read_slots
from workwell_desktop.store.safekeeping import keeping


def test_the_rule_keeps_the_newest_of_days_weeks_and_months() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    every_day = [noon - timedelta(days=day) for day in range(400)]
    twice = [*every_day, *(moment - timedelta(hours=3) for moment in every_day)]
    kept = sorted(KeepRule().kept(twice), reverse=True)
    assert kept[:7] == every_day[:7]
    days = [(noon - one).days for one in kept]
    # Sundays of the weeks before, and last days of the months before
    assert days == [0, 1, 2, 3, 4, 5, 6, 9, 16, 24, 55, 85, 116, 147]
    assert KeepRule().kept([noon]) == {noon}
    assert KeepRule().kept([]) == frozenset()


def test_a_backup_is_late_after_two_days_without_one() -> None:
    rule, today = KeepRule(), datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert not rule.late(today - timedelta(days=2), today.date(), today.date())
    assert rule.late(today - timedelta(days=3), today.date(), today.date())
    assert not rule.late(None, today.date(), today.date())
    assert rule.late(None, (today - timedelta(days=3)).date(), today.date())


def test_one_a_day_by_itself_and_old_ones_go_by_rule(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    assert backups.state(desk).beside
    assert not backups.choose_folder(desk, folder).beside
    other = folder / keeping.file_name("f" * 32, clock.now() - timedelta(days=900), "daily")
    other.write_bytes(b"of another store")
    migration = folder / keeping.file_name(desk.store.header.store, clock.now() - timedelta(days=900), "before_0002")
    migration.write_bytes(b"kept until somebody takes it away")
    nobodys = folder / migration.name.replace(migration.name[18:33], "20261399T256199")
    nobodys.write_bytes(b"of a day that is in no calendar")
    cut_short = folder / f".{migration.name}.k3x_z91a"
    cut_short.write_bytes(b"what a power cut left of a whole copy")
    for day in range(12):
        assert (backups.daily(desk) is not None) == (day % 2 == 0 or day > 4)
        if day != 3:
            clock.set(clock.now() + timedelta(hours=12 if day < 4 else 24))
        else:
            clock.set(clock.now() + timedelta(hours=12))
    found = backups.known(desk)
    moments = [one.moment for one in found if one.occasion == "daily"]
    assert frozenset(moments) == KeepRule().kept(moments)
    assert other.exists()
    assert migration.exists()
    assert nobodys.exists()
    assert not cut_short.exists()
    assert "daily" in [one.detail for one in audit.latest(desk, [AuditKind.BACKED_UP])]
    upkeep.restore(found[0].file, tmp_path / "back" / "back.workwell")
    # those of a folder that was used before are known of as well, and no rule reaches them
    newer = tmp_path / "newer"
    newer.mkdir()
    backups.choose_folder(desk, newer)
    assert backups.now(desk).file.parent == newer
    assert [one.file.parent for one in backups.known(desk)] == [newer] + [folder] * len(found)
    newer.rename(tmp_path / "unplugged")
    with pytest.raises(ReadOnlyFolder):
        backups.now(desk)
    assert not newer.exists(), "no folder is made where the drive is away"


def test_a_full_disk_keeps_the_older_ones_and_is_said_until_it_works_again(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.daily(desk)
    before = {one.file: one.file.read_bytes() for one in backups.known(desk)}
    clock.set(clock.now() + timedelta(days=3))

    def full(_store: Store, _file: Path) -> None:
        raise DiskFull

    monkeypatch.setattr(Store, "backup", full)
    with pytest.raises(DiskFull):
        backups.daily(desk)
    state = backups.state(desk)
    assert (state.failed, state.late) == ("disk_full", True)
    assert {one.file: one.file.read_bytes() for one in state.files} == before
    monkeypatch.undo()
    assert backups.daily(desk) is not None
    state = backups.state(desk)
    assert (state.failed, state.late, state.last) == ("", False, clock.now())


def test_a_busy_store_is_asked_again_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_store: Store, _file: Path) -> None:
        raise StoreInUse

    monkeypatch.setattr(Store, "backup", busy)
    assert backups.daily(desk) is None
    with pytest.raises(StoreInUse):
        backups.now(desk)
    assert backups.state(desk).failed == ""


def test_before_the_first_sync_there_is_a_copy_once(desk: Desk) -> None:
    assert backups.before_first_sync(desk) is not None
    assert backups.before_first_sync(desk) is None
    assert [one.occasion for one in backups.known(desk)] == ["first_sync"]


def test_a_folder_that_is_not_there_is_not_taken(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput) as refused:
        backups.choose_folder(desk, tmp_path / "unplugged")
    assert refused.value.reason == "folder_missing"

    def read_only(**_: object) -> None:
        raise PermissionError(13, "")

    monkeypatch.setattr(keeping.tempfile, "TemporaryFile", read_only)
    with pytest.raises(ReadOnlyFolder):
        backups.choose_folder(desk, tmp_path)
    assert backups.state(desk).beside


def test_what_came_back_is_proved_when_it_is_opened(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    assert upkeep.came_back(desk) is None
    drive = tmp_path / "drive"
    drive.mkdir()
    backups.choose_folder(desk, drive)
    upkeep.backup(desk, tmp_path / "safe.backup")
    drive.rename(tmp_path / "of another computer")
    path = tmp_path / "back" / "back.workwell"
    upkeep.restore(tmp_path / "safe.backup", path)
    person = read_slots(path).people[0].person
    back = opening.unlock(path, desk.me, PASSPHRASE, clock=clock)
    assert person == desk.me
    proof = upkeep.came_back(back)
    assert proof is not None
    assert (proof.at, proof.whole) == (clock.now(), True)
    assert backups.state(back).beside, "a backup is made here, too, before anybody chooses where"
    back.lock()


def test_the_site_says_how_many_are_kept_and_when_one_is_late(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    backups.choose_folder(desk, tmp_path)
    desk.site = replace(desk.site, backups=KeepRule(days=2, weeks=0, months=0, late_days=1))
    for _ in range(4):
        clock.set(clock.now() + timedelta(days=1))
        assert backups.daily(desk)
    assert len(backups.known(desk)) == 2
    clock.set(clock.now() + timedelta(days=2))
    assert backups.state(desk).late
