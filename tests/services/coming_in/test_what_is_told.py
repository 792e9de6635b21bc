"""Agreements, the work situation, talks and risk conversations."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.services.conftest import OFF_SICK, TUESDAY
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.episodes import Contact, ContactStatus, RiskConversation
from workwell_desktop.domain.papers import Document, PaperKind, Release, ReleaseHow
from workwell_desktop.domain.participants import AgreementKind, Evidence, Party, WorkStatus
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked
from workwell_desktop.services.administration import people
from workwell_desktop.services.assessing import risk
from workwell_desktop.services.coming_in import agreements
from workwell_desktop.services.coming_in.participant_views import AgreementDetails
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.employment import work
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.person import contacts
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.safekeeping import undoing

TALK_TO_EMPLOYER = AgreementDetails(AgreementKind.CONTACT, Party.EMPLOYER, given=True, how="in_room")
SHARE_WITH_EMPLOYER = AgreementDetails(AgreementKind.SHARE, Party.EMPLOYER, given=True, how="in_room")


def test_a_question_nobody_asked_is_a_no(desk: Desk, refer: Callable[..., Referred]) -> None:
    who = refer().participant
    assert agreements.allowed(desk, who, AgreementKind.TAKE_PART, Party.PARTICIPANT)
    for kind, party in agreements.QUESTIONS[1:]:
        assert not agreements.allowed(desk, who, kind, party)


def test_each_question_is_answered_on_its_own_and_the_newest_answer_counts(
    desk: Desk, clock: FixedClock, refer: Callable[..., Referred]
) -> None:
    who = refer().participant
    agreements.record(desk, who, TALK_TO_EMPLOYER)
    assert agreements.allowed(desk, who, AgreementKind.CONTACT, Party.EMPLOYER)
    assert not agreements.allowed(desk, who, AgreementKind.SHARE, Party.EMPLOYER)
    clock.set(clock.now() + timedelta(minutes=1))
    agreements.record(desk, who, replace(TALK_TO_EMPLOYER, given=False, said="Not my manager"))
    assert not agreements.allowed(desk, who, AgreementKind.CONTACT, Party.EMPLOYER)
    assert [one.given for one in agreements.history(desk, who) if one.party is Party.EMPLOYER] == [False, True]


def test_services_are_agreed_to_by_name(desk: Desk, refer: Callable[..., Referred]) -> None:
    who = refer().participant
    mind = AgreementDetails(AgreementKind.SHARE, Party.SERVICE, given=True, how="phone", party_name="Money advice")
    agreements.record(desk, who, mind)
    assert agreements.allowed(desk, who, AgreementKind.SHARE, Party.SERVICE, "Money advice")
    assert not agreements.allowed(desk, who, AgreementKind.SHARE, Party.SERVICE, "Another service")
    assert agreements.current(desk, who)[-1].party_name == "Money advice"
    with pytest.raises(FieldsInvalid):
        agreements.record(desk, who, replace(mind, party_name=" "))


def test_taking_back_says_what_went_out_already(desk: Desk, refer: Callable[..., Referred]) -> None:
    who = refer().participant
    agreement = agreements.record(desk, who, SHARE_WITH_EMPLOYER)
    with desk.unit() as unit:
        paper = unit.add(Document(id=new_id(), scope=who, kind=PaperKind.EMPLOYER_SUMMARY, recipient=Party.EMPLOYER))
        for recipient in (Party.EMPLOYER, Party.GP):
            unit.add(
                Release(
                    id=new_id(),
                    scope=who,
                    document=paper,
                    recipient=recipient,
                    recipient_name="Northgate Parcels",
                    how=ReleaseHow.PRINTED,
                    at=TUESDAY,
                    by=desk.me,
                )
            )
    (given,) = agreements.withdraw(desk, agreement)
    assert (given.paper, given.recipient, given.on) == ("employer_summary", Party.EMPLOYER, date(2026, 11, 24))
    assert agreements.already_given(desk, who, Party.EMPLOYER) == (given,)
    state = next(one for one in agreements.current(desk, who) if one.agreement == agreement)
    assert (state.given, state.withdrawn) == (False, True)
    assert not agreements.allowed(desk, who, AgreementKind.SHARE, Party.EMPLOYER)
    with pytest.raises(Locked):
        agreements.withdraw(desk, agreement)


def test_the_newest_telling_is_the_present_situation(
    desk: Desk, clock: FixedClock, refer: Callable[..., Referred]
) -> None:
    who = refer().participant
    now = work.current(desk, who)
    assert now is not None
    assert (now.details.status, now.days, now.recorded_by) == (WorkStatus.OFF_SICK, 43, "Maya Okafor")
    assert (now.evidence_days_left, now.agreed_to_talk) == (None, None)
    agreements.record(desk, who, TALK_TO_EMPLOYER)
    clock.set(clock.now() + timedelta(days=2))
    work.record(desk, who, replace(OFF_SICK, evidence=Evidence.FIT_NOTE, evidence_until=date(2026, 12, 6)))
    later = work.current(desk, who)
    assert later is not None
    assert (later.days, later.evidence_days_left, later.agreed_to_talk) == (45, 10, date(2026, 11, 24))
    assert len(work.history(desk, who)) == 2


def test_told_again_on_one_day_it_corrects_what_was_told(desk: Desk, refer: Callable[..., Referred]) -> None:
    who = refer().participant
    for status in (WorkStatus.RETURNED, WorkStatus.STRUGGLING, WorkStatus.OUT_OF_WORK):
        work.record(desk, who, WorkDetails(status))
        now = work.current(desk, who)
        assert now is not None
        assert now.details == WorkDetails(status, told_on=date(2026, 11, 24))
    assert len(work.history(desk, who)) == 1


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (WorkDetails(WorkStatus.OFF_SICK, since=date(2026, 11, 25)), ("since", "date_in_future")),
        (WorkDetails(WorkStatus.WORKING, usual_hours=Decimal("168.5")), ("usual_hours", "hours_impossible")),
        (WorkDetails(WorkStatus.WORKING, usual_hours=Decimal(-1)), ("usual_hours", "hours_impossible")),
        (
            WorkDetails(WorkStatus.OFF_SICK, since=date(2026, 11, 1), evidence_until=date(2026, 10, 1)),
            ("evidence_until", "ends_before_start"),
        ),
    ],
)
def test_what_cannot_be_is_not_written(
    desk: Desk, refer: Callable[..., Referred], told: WorkDetails, problem: tuple[str, str]
) -> None:
    who = refer().participant
    with pytest.raises(FieldsInvalid) as trouble:
        work.record(desk, who, told)
    assert trouble.value.problems == (problem,)
    assert len(work.history(desk, who)) == 1


def test_a_talk_is_planned_moved_and_done_once(desk: Desk, clock: FixedClock, refer: Callable[..., Referred]) -> None:
    who = refer().participant
    at = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
    talk = contacts.plan(desk, who, ContactDetails(" Call after the first week ", "phone", at=at))
    (planned,) = contacts.planned(desk, until=date(2026, 12, 31))
    assert (planned.name, planned.days, planned.contact.purpose) == ("Danielle Marsh", 2, "Call after the first week")
    contacts.move(desk, talk, due=date(2026, 11, 20))
    (planned,) = contacts.planned(desk, until=date(2026, 11, 24), owner=desk.me)
    assert (planned.days, planned.contact.at) == (-4, None)
    contacts.done(desk, talk, "Went well.")
    assert contacts.planned(desk, until=date(2026, 12, 31)) == ()
    (one,) = contacts.of_participant(desk, who)
    assert (one.status, one.note, one.done_at) == (ContactStatus.DONE, "Went well.", clock.now())
    for again in (contacts.done, contacts.missed, contacts.cancel):
        with pytest.raises(Locked):
            again(desk, talk)
    with pytest.raises(Locked):
        contacts.move(desk, talk, due=date(2026, 12, 1))


def test_a_talk_that_nobody_planned_is_recorded_as_done(desk: Desk, refer: Callable[..., Referred]) -> None:
    who = refer().participant
    yesterday = TUESDAY - timedelta(days=1)
    talk = contacts.record(desk, who, ContactDetails("She rang", "phone", at=yesterday), "Asked about pay.")
    with desk.read() as reader:
        one = reader.get(Contact, talk)
    assert (one.status, one.done_at, one.due) == (ContactStatus.DONE, yesterday, date(2026, 11, 23))
    with pytest.raises(FieldsInvalid):
        contacts.record(desk, who, ContactDetails("Later", "phone", at=TUESDAY + timedelta(hours=1)))


def test_a_talk_needs_purpose_way_and_day(desk: Desk, refer: Callable[..., Referred]) -> None:
    who = refer().participant
    with pytest.raises(FieldsInvalid) as trouble:
        contacts.plan(desk, who, ContactDetails(" ", "pigeon"))
    assert [field for field, _ in trouble.value.problems] == ["purpose", "mode", "due"]


@pytest.fixture
def raised(desk: Desk, refer: Callable[..., Referred]) -> Id:
    case = refer("Tomasz", "Zielinski")
    return _raise(desk, case.participant, case.referral, "Several days")


def _raise(desk: Desk, who: Id, response: Id, answer: str, question: str = "question 9") -> Id:
    with desk.unit() as unit:
        return risk.raise_in(desk, unit, who, response=response, form_title="PHQ-9", question=question, answer=answer)


def test_one_conversation_for_a_response_and_a_question_while_it_is_open(desk: Desk, raised: Id) -> None:
    with desk.read() as reader:
        one = reader.get(RiskConversation, raised)
    assert one.response is not None
    assert _raise(desk, one.scope, one.response, "Nearly every day") == raised
    assert _raise(desk, one.scope, one.response, "Yes", "question 10") != raised
    assert _raise(desk, one.scope, new_id(), "Several days") != raised
    assert [view.answer for view in risk.open_ones(desk) if view.risk == raised] == ["Nearly every day"]
    risk.record(desk, raised, risk.Talked("Asked about thoughts of death.", "She is safe tonight."))
    assert _raise(desk, one.scope, one.response, "Several days") != raised


def test_it_stays_until_a_named_person_records_what_was_done(desk: Desk, raised: Id) -> None:
    for said in (risk.Talked("", "Agreed"), risk.Talked("Asked", " "), risk.Talked("a", "b", frozenset({"made_up"}))):
        with pytest.raises(FieldsInvalid):
            risk.record(desk, raised, said)
    assert [one.risk for one in risk.open_ones(desk)] == [raised]
    step = desk.site.risk.steps[0].code
    risk.record(desk, raised, risk.Talked("Asked directly.", "GP today.", frozenset({step}), told="Dr Frost"))
    assert risk.open_ones(desk) == ()
    with desk.read() as reader:
        who = reader.get(RiskConversation, raised).scope
    (one,) = risk.of_participant(desk, who)
    assert (one.open, one.done_by_name, one.done_at, one.steps) == (False, "Maya Okafor", desk.clock.now(), (step,))
    with pytest.raises(Locked):
        risk.record(desk, raised, risk.Talked("Again", "Again"))


def test_neither_raising_nor_recording_can_be_undone(desk: Desk, raised: Id) -> None:
    assert undoing.next_undo(desk) is None
    assert undoing.undo(desk) is None
    risk.record(desk, raised, risk.Talked("Asked directly.", "GP today."))
    assert undoing.undo(desk) is None
    assert risk.open_ones(desk) == ()


def test_it_is_handed_to_a_named_person_and_stays_open(desk: Desk, raised: Id, colleague: Callable[..., Desk]) -> None:
    priya = colleague()
    risk.hand_to(desk, raised, priya.me)
    (one,) = risk.open_ones(priya)
    assert (one.handed_to, one.handed_to_name, one.open) == (priya.me, "Priya Nair", True)
    people.deactivate(desk, priya.me)
    with pytest.raises(BadInput) as trouble:
        risk.hand_to(desk, raised, priya.me)
    assert trouble.value.reason == "person_gone"


def test_there_is_no_way_to_dismiss_one() -> None:
    acts = {name for name in dir(risk) if not name.startswith("_") and callable(getattr(risk, name))}
    ours = {name for name in acts if getattr(getattr(risk, name), "__module__", "") == risk.__name__}
    reads = {"RiskView", "asked_for", "of_participant", "open_in", "open_ones"}
    assert ours == {"Talked", "hand_to", "raise_in", "record", *reads}
