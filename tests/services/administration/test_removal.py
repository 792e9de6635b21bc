"""Somebody goes for good: their key with them, and what they could still open is named."""

from collections.abc import Callable

import pytest

from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Profession
from workwell_desktop.errors import BadInput, NoPermission, WrongPassphrase
from workwell_desktop.services.administration import audit, people, removal
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import backups


def test_who_is_removed_has_no_key_and_the_old_backups_are_named(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    tom = colleague("Tom Reid", Profession.COACH, "coach", None)
    copy = backups.now(desk).file
    assert removal.still_opens(desk, priya.me)
    done = removal.remove(desk, priya.me)
    assert done.older == (copy,)
    assert str(done.code) not in repr(done)
    assert not removal.still_opens(desk, priya.me)
    with pytest.raises(WrongPassphrase):
        desk.store.identity(priya.me, PASSPHRASE)
    assert desk.store.identity(tom.me, PASSPHRASE).person == tom.me
    assert [one.name for one in people.everyone(desk)] == ["Maya Okafor", "Tom Reid"]
    assert [one.record for one in audit.latest(desk, [AuditKind.REKEYED])] == [priya.me]


def test_only_who_manages_people_removes_and_the_last_of_them_stays(desk: Desk, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    with pytest.raises(NoPermission):
        removal.remove(priya, desk.me)
    with pytest.raises(BadInput) as refused:
        removal.remove(desk, desk.me)
    assert refused.value.reason == "last_manager"
    assert removal.still_opens(desk, desk.me)
