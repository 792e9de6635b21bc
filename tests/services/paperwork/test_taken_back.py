"""An agreement that was taken back stops every later paper, also in the middle of preparing one."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.case_help import ready_plan, say_yes
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.papers import ApprovalHow, Document, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.participants import AgreementKind, Party, WorkStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, NotApproved
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.paperwork import papers, register
from workwell_desktop.services.planning import signing

Refer = Callable[..., Referred]
STRUGGLING = WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels")
GP, EMPLOYER, OWN = PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY, PaperKind.PARTICIPANT_PLAN


def yes(desk: Desk, who: Id, party: Party, kind: AgreementKind = AgreementKind.SHARE) -> Id:
    return agreements.record(desk, who, AgreementDetails(kind, party, given=True, how="in_room"))


def paper(desk: Desk, plan: Id, kind: PaperKind) -> Id:
    with desk.read() as reader:
        return next(one.id for one in reader.list(Document, plan=plan) if one.kind is kind)


def taking_part(desk: Desk, who: Id) -> Id:
    found = next(one for one in agreements.current(desk, who) if one.kind is AgreementKind.TAKE_PART)
    assert found.agreement is not None
    return found.agreement


def given(desk: Desk, who: Id) -> list[Release]:
    with desk.read() as reader:
        return list(reader.list(Release, scope=who))


def test_a_withdrawn_consent_in_the_middle_of_a_release(desk: Desk, refer: Refer, tmp_path: Path) -> None:
    """The paper is made, agreed to and signed; while it is about to be given, the person takes it back."""
    who = refer(work=STRUGGLING).participant
    share = yes(desk, who, Party.EMPLOYER)
    plan = ready_plan(desk, who)
    say_yes(desk, plan, GP, EMPLOYER)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    theirs = paper(desk, plan, EMPLOYER)
    assert register.may_release(desk, theirs)
    agreements.withdraw(desk, share)
    assert not register.may_release(desk, theirs)
    for how in ReleaseHow:
        with pytest.raises(NotApproved):
            register.release(desk, theirs, how)
    place = tmp_path / "paper.pdf"
    with pytest.raises(NotApproved):
        register.save_as(desk, theirs, place)
    assert not place.exists()
    assert given(desk, who) == []
    register.release(desk, paper(desk, plan, GP), ReleaseHow.PRINTED)
    assert [one.recipient for one in given(desk, who)] == [Party.GP]


def test_a_consent_withdrawn_between_agreeing_and_signing_makes_no_paper(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    share = yes(desk, who, Party.EMPLOYER)
    plan = ready_plan(desk, who)
    say_yes(desk, plan, GP, EMPLOYER)
    agreements.withdraw(desk, share)
    signed = signing.sign_as_coach(desk, plan, PASSPHRASE)
    assert signed.not_made == ((EMPLOYER, "withdrawn"),)


def test_who_agrees_again_has_agreed_to_nothing_that_was_shown_before(
    desk: Desk, refer: Refer, clock: FixedClock
) -> None:
    who = refer(work=STRUGGLING).participant
    share = yes(desk, who, Party.EMPLOYER)
    plan = ready_plan(desk, who)
    say_yes(desk, plan, EMPLOYER)
    agreements.withdraw(desk, share)
    shown = papers.preview(desk, plan, EMPLOYER)
    with pytest.raises(BadInput) as refused:
        papers.approve(desk, plan, EMPLOYER, shown.content, how=ApprovalHow.IN_ROOM)
    assert refused.value.reason == "agreement_taken_back"
    clock.set(clock.now() + timedelta(minutes=1))
    yes(desk, who, Party.EMPLOYER)
    assert _state(desk, plan) == "withdrawn"
    say_yes(desk, plan, EMPLOYER)
    assert _state(desk, plan) == "agreed"


def test_who_takes_part_no_more_keeps_their_own_copy_and_nothing_else_goes_out(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, who)
    say_yes(desk, plan, GP, EMPLOYER)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    agreements.withdraw(desk, taking_part(desk, who))
    for kind in (GP, EMPLOYER):
        with pytest.raises(NotApproved):
            register.release(desk, paper(desk, plan, kind), ReleaseHow.HANDED_OVER)
    register.release(desk, paper(desk, plan, OWN), ReleaseHow.PRINTED)
    register.release(desk, paper(desk, plan, EMPLOYER), ReleaseHow.PRINTED, recipient=Party.PARTICIPANT)


def test_what_was_given_is_shown_with_its_day_and_fingerprint_before_it_is_taken_back(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    share = yes(desk, who, Party.GP)
    plan = ready_plan(desk, who)
    say_yes(desk, plan, GP)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    register.release(desk, paper(desk, plan, GP), ReleaseHow.PRINTED)
    register.release(desk, paper(desk, plan, OWN), ReleaseHow.PRINTED)
    (one,) = agreements.already_given(desk, who, Party.GP)
    with desk.read() as reader:
        content = reader.get(Document, paper(desk, plan, GP)).content
    assert (one.paper, one.on, one.how, one.content) == ("gp_summary", desk.clock.today(), "printed", content)
    assert agreements.already_given(desk, who, Party.PARTICIPANT) == (one,)
    assert agreements.already_given(desk, who, Party.EMPLOYER) == ()
    assert agreements.withdraw(desk, share) == (one,)


def test_each_party_is_asked_by_itself(desk: Desk, refer: Refer) -> None:
    who = refer(work=STRUGGLING).participant
    agreements.record(
        desk, who, AgreementDetails(AgreementKind.SHARE, Party.SERVICE, True, "phone", party_name="Money advice")
    )
    asked = {(one.kind, one.party, one.party_name): one.given for one in agreements.current(desk, who)}
    share = AgreementKind.SHARE
    assert asked[share, Party.SERVICE, "Money advice"] is True
    for party in (Party.GP, Party.EMPLOYER, Party.JOBCENTRE, Party.EVALUATION):
        assert asked[share, party, ""] is None


def _state(desk: Desk, plan: Id) -> str:
    return next(str(one.state) for one in papers.approvals(desk, plan) if one.kind is EMPLOYER)
