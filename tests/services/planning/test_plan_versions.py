"""What changed between two versions of a plan: read from what the signatures stand for, not from today's records."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.services.case_help import TODAY, ready_plan
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.plans import Action, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import plan_versions, plans, signatories, signing
from workwell_desktop.services.planning.plan_versions import Difference, Happened

Refer = Callable[..., Referred]


@pytest.fixture
def signed(desk: Desk, refer: Refer) -> tuple[Id, Id]:
    """The participant and a first version, signed."""
    who = refer(work=WorkDetails(WorkStatus.OUT_OF_WORK, since=date(2026, 6, 1))).participant
    plan = ready_plan(desk, who)
    signatories.will_not_sign(desk, plan, "Rather not")
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    return who, plan


def found(desk: Desk, plan: Id) -> tuple[Difference, ...]:
    since = plan_versions.since_signed(desk, plan)
    assert since is not None
    assert since.version == 1
    return since.differences


def the_action(desk: Desk, who: Id) -> Id:
    with desk.read() as reader:
        return reader.list(Action, scope=who)[0].id


def test_a_first_version_has_nothing_before_it(desk: Desk, signed: tuple[Id, Id]) -> None:
    assert plan_versions.since_signed(desk, signed[1]) is None


def test_a_version_that_was_only_begun_lacks_its_review_alone(desk: Desk, signed: tuple[Id, Id]) -> None:
    following = plans.change_the_plan(desk, signed[1])
    (difference,) = found(desk, following)
    assert (difference.kind, difference.happened, difference.name) == ("plan", Happened.CHANGED, "")
    (only,) = difference.fields
    assert (only.field, str(only.before), only.after) == ("review_on", str(TODAY + timedelta(days=14)), None)


def test_what_came_what_went_and_what_changed(desk: Desk, signed: tuple[Id, Id]) -> None:
    who, plan = signed
    following = plans.change_the_plan(desk, plan)
    plans.set_review(desk, following, TODAY + timedelta(days=14))
    old = the_action(desk, who)
    obstacles.add_action(desk, who, "Walk each day", OwnedBy(OwnerKind.PARTICIPANT), TODAY)
    obstacles.change_action(desk, old, due=TODAY + timedelta(days=7))
    changed, added = found(desk, following)
    assert (changed.happened, changed.name) == (Happened.CHANGED, "Ask about shorter shifts")
    (field,) = changed.fields
    assert (field.field, str(field.before), str(field.after)) == ("due", str(TODAY), str(TODAY + timedelta(days=7)))
    assert (added.kind, added.happened, added.name) == ("action", Happened.ADDED, "Walk each day")
    obstacles.remove_action(desk, old)
    assert [one.happened for one in found(desk, following)] == [Happened.TAKEN_OUT, Happened.ADDED]


def test_who_does_it_is_told_by_name(desk: Desk, signed: tuple[Id, Id]) -> None:
    who, plan = signed
    following = plans.change_the_plan(desk, plan)
    obstacles.change_action(desk, the_action(desk, who), owner=OwnedBy(OwnerKind.PARTICIPANT))
    owners = [
        (each.before, each.after) for one in found(desk, following) for each in one.fields if each.field == "owner"
    ]
    assert owners == [("Maya Okafor", "Dani")]


def test_what_was_edited_after_a_signature_belongs_to_the_next_version(desk: Desk, signed: tuple[Id, Id]) -> None:
    """The first version still says what its signatures stand for."""
    who, plan = signed
    obstacles.change_action(desk, the_action(desk, who), due=TODAY + timedelta(days=3))
    following = plans.change_the_plan(desk, plan)
    fields = [each.field for one in found(desk, following) if one.kind == "action" for each in one.fields]
    assert fields == ["due"]
