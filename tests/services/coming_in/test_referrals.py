"""From a referral to an episode, and to its end."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.services.conftest import TAKES_PART, dani
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import (
    ClosureReason,
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Referral,
    ReferralSource,
)
from workwell_desktop.domain.participants import Agreement, AgreementKind, Participant, Party, WorkSituation
from workwell_desktop.domain.people import Profession
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.services.administration import people
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.coming_in import agreements, referrals
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import contacts, ending
from workwell_desktop.services.person.contacts import ContactDetails


def test_one_act_writes_everything_and_the_programme_begins(desk: Desk, refer: Callable[..., Referred]) -> None:
    gp = AgreementDetails(AgreementKind.SHARE, Party.GP, given=False, how="phone", said="Not yet")
    case = refer(agreements=(TAKES_PART, gp))
    with desk.read() as reader:
        episode = reader.get(Episode, case.episode)
        referral = reader.get(Referral, case.referral)
        assert {one.kind: one.given for one in reader.list(Agreement, scope=case.participant)} == {
            AgreementKind.TAKE_PART: True,
            AgreementKind.SHARE: False,
        }
        assert reader.list(WorkSituation, scope=case.participant)[0].employer == "Northgate Parcels"
    assert (episode.status, episode.coach, episode.opened_on) == (EpisodeStatus.ACTIVE, desk.me, date(2026, 11, 24))
    assert episode.team in desk.person.teams
    assert episode.clock in desk.site.clocks
    assert (referral.source, referral.reason) == (ReferralSource.GP, "Off work with her back.")
    assert referral.read_at is not None


def test_what_is_wrong_writes_nothing(desk: Desk) -> None:
    wrong = NewReferral(ReferralSource.SELF, " ", who=dani(), received_on=date(2026, 11, 25), accept=True)
    with pytest.raises(FieldsInvalid) as trouble:
        referrals.create(desk, wrong)
    assert trouble.value.problems == (
        ("reason", "reason_missing"),
        ("received_on", "referral_in_future"),
        ("agreements", "not_agreed_to_take_part"),
    )
    later = AgreementDetails(AgreementKind.DISCUSS, Party.TEAM, given=True, how="shouted")
    with pytest.raises(FieldsInvalid):
        referrals.create(desk, NewReferral(ReferralSource.SELF, "x", who=dani(), agreements=(TAKES_PART, later)))
    with desk.read() as reader:
        assert reader.count(Participant) == reader.count(Referral) == reader.count(Episode) == 0


def test_a_waiting_referral_is_read_then_accepted(
    desk: Desk, clock: FixedClock, refer: Callable[..., Referred]
) -> None:
    case = refer(accept=False, agreements=(), received_on=date(2026, 11, 20), referrer_name="Dr Frost")
    (one,) = referrals.waiting(desk)
    assert (one.name, one.referrer_name, one.read, one.agreed) == ("Danielle Marsh", "Dr Frost", False, frozenset())
    assert one.by is not None
    assert one.by > date(2026, 11, 20)
    referrals.mark_read(desk, case.referral)
    assert referrals.waiting(desk)[0].read
    with pytest.raises(BadInput) as trouble:
        referrals.accept(desk, case.episode)
    assert trouble.value.reason == "not_agreed_to_take_part"
    agreements.record(desk, case.participant, TAKES_PART)
    clock.set(clock.now() + timedelta(days=1))
    referrals.accept(desk, case.episode)
    assert referrals.waiting(desk) == ()
    with desk.read() as reader:
        episode = reader.get(Episode, case.episode)
    assert (episode.status, episode.opened_on, episode.coach) == (EpisodeStatus.ACTIVE, date(2026, 11, 25), desk.me)
    with pytest.raises(Locked):
        referrals.accept(desk, case.episode)


def test_taking_the_agreement_back_before_the_start_stops_the_start(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer(accept=False)
    state = agreements.current(desk, case.participant)[0]
    assert state.agreement is not None
    agreements.withdraw(desk, state.agreement)
    with pytest.raises(BadInput):
        referrals.accept(desk, case.episode)


def test_somebody_who_takes_part_is_not_taken_in_twice(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer()
    again = NewReferral(ReferralSource.SELF, "Back again.", participant=case.participant, agreements=(TAKES_PART,))
    with pytest.raises(BadInput) as trouble:
        referrals.create(desk, again)
    assert trouble.value.reason == "episode_open"
    ending.close(desk, case.episode, ClosureReason.RETURNED_TO_WORK)
    second = referrals.create(desk, again)
    assert second.participant == case.participant
    assert second.episode != case.episode


def test_leaving_is_one_act(desk: Desk, clock: FixedClock, refer: Callable[..., Referred]) -> None:
    case = refer()
    talk = contacts.plan(desk, case.participant, ContactDetails("Review", "phone", due=date(2026, 12, 1)))
    clock.set(clock.now() + timedelta(days=3))
    ending.close(desk, case.episode, ClosureReason.CHOSE_TO_LEAVE)
    with desk.read() as reader:
        episode = reader.get(Episode, case.episode)
        assert (episode.status, episode.closed_on) == (EpisodeStatus.CLOSED, date(2026, 11, 27))
        assert episode.closure_reason is ClosureReason.CHOSE_TO_LEAVE
        assert reader.get(Contact, talk).status is ContactStatus.CANCELLED
    with pytest.raises(Locked):
        ending.close(desk, case.episode, ClosureReason.OTHER)


def test_an_open_risk_conversation_keeps_the_episode_open(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer()
    with desk.unit() as unit:
        one = risk.raise_in(
            desk, unit, case.participant, response=case.episode, form_title="PHQ-9", question="question 9", answer="x"
        )
    with pytest.raises(BadInput) as trouble:
        ending.close(desk, case.episode, ClosureReason.OTHER)
    assert trouble.value.reason == "risk_open"
    risk.record(desk, one, risk.Talked("We talked.", "Call tomorrow."))
    ending.close(desk, case.episode, ClosureReason.OTHER)


def test_a_case_is_handed_to_somebody_who_works_here(
    desk: Desk, colleague: Callable[..., Desk], refer: Callable[..., Referred]
) -> None:
    al = colleague("Al Reed", Profession.COACH, "coach", None)
    case = refer()
    ending.hand_over(desk, case.episode, al.me)
    with desk.read() as reader:
        assert reader.get(Episode, case.episode).coach == al.me
    people.deactivate(desk, al.me)
    other = refer("Ruth", "Vance")
    with pytest.raises(BadInput) as trouble:
        ending.hand_over(desk, other.episode, al.me)
    assert trouble.value.reason == "person_gone"


def test_a_referral_is_for_somebody_new_or_somebody_known(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer()
    with pytest.raises(TypeError):
        referrals.create(desk, NewReferral(ReferralSource.GP, "x"))
    with pytest.raises(TypeError):
        referrals.create(desk, NewReferral(ReferralSource.GP, "x", who=dani(), participant=case.participant))
