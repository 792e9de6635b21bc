"""Backup, rebuild, the recovery code and certificates, as Settings offers them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Profession
from workwell_desktop.errors import FieldsInvalid, NoPermission, WrongPassphrase
from workwell_desktop.services.administration import audit, certificates, people
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening, upkeep
from workwell_desktop.store import RecoveryCode, read_slots, unlock_with_recovery


def test_the_last_backup_is_remembered(desk: Desk, tmp_path: Path) -> None:
    assert upkeep.last_backup(desk) is None
    report = upkeep.backup(desk, tmp_path / "copy.workwell-backup")
    assert report.file.is_file()
    assert upkeep.last_backup(desk) == desk.clock.now()


def test_rebuilt_tables_pass_the_check(desk: Desk) -> None:
    upkeep.rebuild(desk)
    assert upkeep.check(desk).ok


def test_a_new_recovery_code_opens_and_the_old_one_does_not(tmp_path: Path, clock: FixedClock) -> None:
    from tests.services.conftest import FIRST

    path = tmp_path / "a.workwell"
    desk, old = opening.create(path, FIRST, clock=clock, profile=CHEAP)
    code = upkeep.new_recovery_code(desk)
    assert "recovery_code" in [one.detail for one in audit.latest(desk, [AuditKind.EXPORTED])]
    desk.lock()
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery(path, old, clock=clock)
    unlock_with_recovery(path, RecoveryCode.parse(str(code)), clock=clock).close()


def test_only_who_manages_people_makes_a_code_or_a_certificate(desk: Desk, colleague: Callable[..., Desk]) -> None:
    tom = colleague("Tom Reid", Profession.COACH, "coach", None)
    with pytest.raises(NoPermission):
        upkeep.new_recovery_code(tom)
    with pytest.raises(NoPermission):
        certificates.renew(tom, tom.me)


def test_a_certificate_is_renewed_for_the_same_key(
    desk: Desk, colleague: Callable[..., Desk], clock: FixedClock
) -> None:
    priya = colleague()
    before = certificates.until(desk, priya.me)
    assert before is not None
    clock.set(clock.now() + timedelta(days=300))
    assert certificates.renew(desk, priya.me) > before
    assert certificates.until(desk, priya.me) == before + timedelta(days=300)
    own = desk.identity.signer().certificate
    certificates.renew(desk, desk.me)
    assert desk.identity.signer().certificate != own


def test_who_came_back_with_the_code_gives_their_passphrase(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    desk.store.set_passphrase(priya.me, "willow copper lantern", profile=CHEAP)
    assert certificates.until(desk, priya.me) is None
    with pytest.raises(FieldsInvalid):
        certificates.renew(desk, priya.me)
    certificates.renew(desk, priya.me, "willow copper lantern")
    assert desk.store.identity(priya.me, "willow copper lantern").signer().certificate


def test_the_first_page_follows_names_and_who_left(desk: Desk, colleague: Callable[..., Desk]) -> None:
    def shown() -> list[str]:
        return [one.name for one in read_slots(desk.store.path).people]

    priya = colleague()
    people.change(desk, priya.me, name="Priya Nair-Brown")
    assert shown() == ["Maya Okafor", "Priya Nair-Brown"]
    people.deactivate(desk, priya.me)
    assert shown() == ["Maya Okafor"]
    people.activate(desk, priya.me)
    assert shown() == ["Maya Okafor", "Priya Nair-Brown"]
    assert desk.store.identity(priya.me, PASSPHRASE).person == priya.me
