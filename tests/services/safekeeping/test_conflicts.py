"""Two answers to one question: both are shown with who, when and where; a person settles, and all of them stay."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import NoPermission, NotFound
from workwell_desktop.services.administration import audit
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import access_copies
from workwell_desktop.services.person import record
from workwell_desktop.services.safekeeping import conflicts, opening
from workwell_desktop.store import slots


@pytest.fixture
def apart(desk: Desk, refer: Callable[..., Referred], tmp_path: Path, clock: FixedClock) -> Iterator[tuple[Desk, Id]]:
    """A desk on whose store one phone number was written twice, here and elsewhere."""
    who, path = refer().participant, desk.store.path
    participants.edit(desk, who, phone="01632 960 103")
    desk.store.close()
    other_path = tmp_path / "other.workwell"
    for file in path.parent.glob(f"{path.name}*"):
        if not file.name.endswith(".lock"):
            shutil.copy(file, other_path.with_name(file.name.replace(path.name, other_path.name)))
    slots.save(other_path, replace(slots.load(other_path), renew=True))
    here = opening.unlock(path, desk.me, PASSPHRASE, clock=clock)
    there = opening.unlock(other_path, desk.me, PASSPHRASE, clock=clock)
    try:
        participants.edit(here, who, phone="01632 960 104")
        participants.edit(there, who, phone="01632 960 105")
        here.store.apply(there.store.changes_since(here.store.vector()))
        yield here, who
    finally:
        here.store.close()
        there.store.close()


def test_both_answers_and_the_one_before_are_shown(apart: tuple[Desk, Id]) -> None:
    desk, who = apart
    (one,) = conflicts.of_participant(desk, who)
    (line,) = conflicts.waiting(desk)
    assert (line.participant, line.session, line.name, line.count) == (who, None, "Danielle Marsh", 1)
    assert conflicts.of_the_rest(desk) == ()
    assert (one.record_kind, one.field, one.left) == ("participant", "phone", 1)
    assert {answer.value for answer in one.answers} == {"01632 960 104", "01632 960 105"}
    assert {answer.by_name for answer in one.answers} == {"Maya Okafor"}
    assert one.before is not None
    assert one.before.value == "01632 960 103"
    # both are on record about the person, so both are in the copy that they are owed
    with desk.read() as reader:
        about, *_rest = access_copies.entries_of(desk, reader, who)[0]
    phones = {row.field: row.words for row in about.rows if row.field.startswith("participant.phone")}
    assert set(phones) == {"participant.phone", "participant.phone#1"}
    assert set(phones.values()) == {"01632 960 104", "01632 960 105"}


@pytest.mark.parametrize("value", ["01632 960 105", "01632 960 106"])
def test_one_of_them_or_another_is_settled_and_every_answer_stays(apart: tuple[Desk, Id], value: str) -> None:
    desk, who = apart
    conflicts.settle(desk, who, "phone", value)
    assert participants.get(desk, who).phone == value
    assert conflicts.of_participant(desk, who) == ()
    stay = {line.value for line in record.field_history(desk, who, who, "phone")}
    assert stay >= {"01632 960 103", "01632 960 104", "01632 960 105", value}
    with pytest.raises(NotFound):
        conflicts.settle(desk, who, "phone", value)


def test_who_may_not_settle_is_refused(apart: tuple[Desk, Id]) -> None:
    desk, who = apart
    assert [one.participant for one in conflicts.of_everything(desk)] == [who]
    assert [(one.kind, one.participant) for one in audit.my_own(desk, 1)] == [(AuditKind.OPENED, who)]
    desk.person = replace(desk.person, roles=frozenset({"observer"}))
    assert conflicts.of_everything(desk) == ()
    with pytest.raises(NoPermission):
        conflicts.settle(desk, who, "phone", "01632 960 104")
    with desk.read() as reader:
        assert len(reader.conflicts()) == 1
