"""Signing on the spot: whole or not at all."""

from collections.abc import Callable

import pytest

from tests.services.case_help import ready_plan
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.planning import plans, signatories
from workwell_desktop.services.planning.signing_together import Hands, sign_together

Refer = Callable[..., Referred]
STRUGGLING = WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels")


def status(desk: Desk, plan: str) -> PlanStatus | None:
    with desk.read() as reader:
        return reader.get(Plan, plan).status  # type: ignore[arg-type]


def refused(desk: Desk, plan: str, hands: Hands) -> tuple[tuple[str, str], ...]:
    with pytest.raises(FieldsInvalid) as found:
        sign_together(desk, plan, hands)  # type: ignore[arg-type]
    return found.value.problems


def test_everybody_signs_in_one_act(desk: Desk, refer: Refer, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    plan = ready_plan(desk, refer(work=STRUGGLING).participant)
    hands = Hands(
        coach_passphrase=PASSPHRASE, typed="Danielle Marsh", clinician=priya.me, clinician_passphrase=PASSPHRASE
    )
    signed = sign_together(desk, plan, hands)
    assert (signed.next, status(desk, plan)) == (None, PlanStatus.SIGNED)
    assert len(signed.documents) == 1
    assert {kind.value for kind, _state in signed.not_made} == {"gp_summary", "employer_summary"}


def test_nothing_is_signed_while_somebodys_part_is_wrong(
    desk: Desk, refer: Refer, colleague: Callable[..., Desk]
) -> None:
    tom = colleague("Tom Reid", Profession.PSYCHOLOGICAL_THERAPIST, number=None)
    plan = ready_plan(desk, refer(work=STRUGGLING).participant)
    plans.change_the_plan(desk, plan)
    dani = "Danielle Marsh"
    assert refused(desk, plan, Hands(typed=dani)) == (("coach", "passphrase_missing"),)
    assert refused(desk, plan, Hands(coach_passphrase=PASSPHRASE)) == (("ink", "ink_missing"),)
    assert refused(desk, plan, Hands(coach_passphrase=PASSPHRASE, declined=" ")) == (("reason", "reason_not_given"),)
    wrong = Hands(coach_passphrase=PASSPHRASE, clinician=tom.me, clinician_passphrase="not his", typed=dani)
    assert refused(desk, plan, wrong) == (("clinician", "passphrase_wrong"),)
    assert refused(desk, plan, Hands(coach_passphrase="not hers", typed=dani)) == (("coach", "passphrase_wrong"),)
    assert status(desk, plan) is PlanStatus.DRAFT
    with desk.read() as reader:
        assert reader.count(Document, plan=plan) == 0


def test_who_may_sign_follows_the_site(desk: Desk, refer: Refer, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    plan = ready_plan(desk, refer(work=STRUGGLING).participant)
    found = signatories.who_may_sign(desk, plan)
    assert (found.coach, found.mine, found.clinician_needed) == (desk.me, True, False)
    assert found.clinicians == ((priya.me, "Priya Nair"),)
    theirs = signatories.who_may_sign(priya, plan)
    assert (theirs.coach, theirs.mine) == (desk.me, False)
