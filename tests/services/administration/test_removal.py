"""Somebody goes for good: their key with them, and what they could still open is named."""

from collections.abc import Callable

import pytest

from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.people import Profession
from workwell_desktop.errors import BadInput, FieldsInvalid, NoPermission, WrongPassphrase
from workwell_desktop.services.administration import audit, certificates, people, removal
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


def test_who_was_removed_comes_back_with_new_keys_and_what_they_wrote_stays_theirs(
    desk: Desk, colleague: Callable[..., Desk]
) -> None:
    priya = colleague()
    removal.remove(desk, priya.me)
    with pytest.raises(FieldsInvalid):
        removal.bring_back(desk, priya.me, "short")
    with pytest.raises(NoPermission):
        removal.bring_back(priya, priya.me, "willow copper lantern nine")
    removal.bring_back(desk, priya.me, "willow copper lantern nine")
    back = desk.store.identity(priya.me, "willow copper lantern nine")
    assert back.own.verify_key != priya.identity.own.verify_key
    with pytest.raises(WrongPassphrase):
        desk.store.identity(priya.me, PASSPHRASE)
    assert certificates.until(desk, priya.me) is not None
    assert desk.store.check().ok
    with pytest.raises(BadInput) as refused:
        removal.bring_back(desk, priya.me, "willow copper lantern nine")
    assert refused.value.reason == "still_here"
