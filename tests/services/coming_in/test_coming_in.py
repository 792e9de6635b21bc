"""From a referral to the first day: questions of the partnership, who helps from here, and trying to reach somebody."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.conftest import CHEAP, PASSPHRASE
from workwell_desktop.catalogue import has
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.coming_in import EligibilityAnswer, Helper, Said, Triage
from workwell_desktop.domain.directory import Capacity, ServiceLoop, Stage
from workwell_desktop.domain.episodes import (
    ClosureReason,
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    Referral,
    ReferralSource,
)
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Agreement
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id, Record, fields_of
from workwell_desktop.domain.sessions import BringRequest
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked, NoPermission
from workwell_desktop.services.administration import audit, people
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in import eligibility, referrals, triage, tries
from workwell_desktop.services.coming_in.eligibility import State
from workwell_desktop.services.coming_in.referrals import NewReferral, Referred
from workwell_desktop.services.coming_in.triage import Elsewhere
from workwell_desktop.services.coming_in.tries import Reach
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import contacts, record
from workwell_desktop.services.safekeeping import opening, undoing
from workwell_desktop.services.signposting import directory, service_loops, suggesting
from workwell_desktop.services.signposting.directory_views import ServiceDetails
from workwell_desktop.services.travel import bundle, case_import

Refer = Callable[..., Referred]
FITS = dict.fromkeys(("area", "work", "health", "right_to_work"), Said.YES)


@pytest.fixture
def case(refer: Refer) -> Referred:
    return refer(accept=False, agreements=(), received_on=date(2026, 11, 20))


def episode_of(desk: Desk, case: Referred) -> Episode:
    with desk.read() as reader:
        return reader.get(Episode, case.episode)


def reasons(trouble: pytest.ExceptionInfo[FieldsInvalid]) -> list[str]:
    assert all(has(f"errors.field.{reason}") for _field, reason in trouble.value.problems)
    return [reason for _field, reason in trouble.value.problems]


# Questions of the partnership


def test_questions_are_open_until_each_is_answered_and_the_birth_date_answers_its_own(
    desk: Desk, case: Referred
) -> None:
    asked = eligibility.view(desk, case.referral)
    assert asked.state is State.OPEN
    assert [(one.code, one.answer, one.by_birth) for one in asked.lines if one.answer] == [("age", Said.YES, True)]
    assert eligibility.record(desk, case.referral, {"area": Said.YES}) is State.OPEN
    assert eligibility.record(desk, case.referral, FITS) is State.FITS
    now = eligibility.view(desk, case.referral)
    assert {one.by for one in now.lines if not one.by_birth} == {"Maya Okafor"}
    assert {one.on for one in now.lines if not one.by_birth} == {date(2026, 11, 24)}
    assert [one.code for one in now.lines if one.by_birth] == ["age"]


def test_an_answer_that_stays_is_not_written_twice_and_a_new_one_keeps_the_old(
    desk: Desk, clock: FixedClock, case: Referred
) -> None:
    eligibility.record(desk, case.referral, FITS)
    eligibility.record(desk, case.referral, FITS)
    clock.set(clock.now() + timedelta(hours=1))
    assert eligibility.record(desk, case.referral, {"area": Said.NO}) is State.ELSEWHERE
    with desk.read() as reader:
        said = reader.list(EligibilityAnswer, order_by="at", scope=case.participant, question="area")
    assert [one.answer for one in said] == [Said.YES, Said.NO]
    assert said[0].asked == desk.site.eligibility[1].question


def test_a_no_names_where_to_go_and_not_sure_is_no_no(desk: Desk, case: Referred) -> None:
    eligibility.record(desk, case.referral, {**FITS, "right_to_work": Said.NOT_SURE})
    assert eligibility.view(desk, case.referral).state is State.FITS
    eligibility.record(desk, case.referral, {"work": Said.NO})
    found = eligibility.view(desk, case.referral)
    assert found.state is State.ELSEWHERE
    assert next(one.name for one in found.suggestions) == "Connect to Work"
    assert all(one.reach for one in found.suggestions)


def test_a_service_of_the_partnership_is_suggested_by_what_it_helps_with_and_a_full_one_is_not(desk: Desk) -> None:
    desk.person = replace(desk.person, roles=frozenset({"team_lead"}))
    details = ServiceDetails(
        name="Hebble Job Club", helps=frozenset({"jobs"}), how="Come on Fridays.", phone="01632 960 180"
    )
    directory.add(desk, details)
    directory.add(desk, replace(details, name="Cragg Job Club", capacity=Capacity.FULL))
    names = [one.name for one in suggesting.fitting(desk, ["acas"], ["jobs"])]
    assert names[0] == "Acas helpline"
    assert "Hebble Job Club" in names
    assert "Cragg Job Club" not in names


def test_a_person_may_go_on_with_a_reason_that_stands_while_the_answer_does(
    desk: Desk, clock: FixedClock, case: Referred
) -> None:
    eligibility.record(desk, case.referral, {**FITS, "work": Said.NO})
    why = "Seven months, and starts a job in a fortnight."
    assert eligibility.record(desk, case.referral, {}, why) is State.CARRIED_ON
    assert [one.carry_on for one in eligibility.view(desk, case.referral).lines if one.ends] == [why]
    clock.set(clock.now() + timedelta(hours=1))
    assert eligibility.record(desk, case.referral, {"work": Said.NO}) is State.CARRIED_ON
    assert eligibility.record(desk, case.referral, {"area": Said.NO}) is State.ELSEWHERE


def test_only_who_takes_people_on_goes_on_all_the_same(
    desk: Desk, colleague: Callable[..., Desk], case: Referred
) -> None:
    jo = colleague("Jo Pike", Profession.COORDINATOR, "coordinator", None)
    assert eligibility.record(jo, case.referral, {**FITS, "work": Said.NO}) is State.ELSEWHERE
    with pytest.raises(NoPermission):
        eligibility.record(jo, case.referral, {}, "Because.")
    with pytest.raises(NoPermission):
        triage.to_coach(jo, case.episode, "Because.")


def test_a_question_that_the_pack_does_not_ask_is_refused(desk: Desk, case: Referred) -> None:
    with pytest.raises(FieldsInvalid) as trouble:
        eligibility.record(desk, case.referral, {"weight": Said.YES})
    assert reasons(trouble) == ["question_unknown"]


# Who helps from here


def test_other_services_end_the_referral_kindly_with_what_was_suggested(desk: Desk, case: Referred) -> None:
    eligibility.record(desk, case.referral, {**FITS, "work": Said.NO})
    told = Elsewhere(frozenset({"national:connect-to-work"}), "The job club in Hebble library", "phone", None)
    triage.signpost(desk, case.episode, "Out of work for two years.", told)
    now = episode_of(desk, case)
    assert (now.status, now.closure_reason) == (EpisodeStatus.CLOSED, ClosureReason.NOT_ELIGIBLE)
    assert now.onward_note == "Told of Connect to Work, The job club in Hebble library"
    found = triage.current(desk, case.participant, case.referral)
    assert found is not None
    assert (found.by, found.triage.helper, found.triage.told_how) == ("Maya Okafor", Helper.SIGNPOST, "phone")
    assert [one.name for one in found.services] == ["Connect to Work"]
    with pytest.raises(Locked):
        eligibility.record(desk, case.referral, {"work": Said.YES})
    again = NewReferral(source=ReferralSource.SELF, reason="Found work.", participant=case.participant)
    assert referrals.create(desk, again).participant == case.participant


def test_who_fits_and_is_helped_elsewhere_is_not_called_not_eligible(desk: Desk, case: Referred) -> None:
    eligibility.record(desk, case.referral, FITS)
    triage.signpost(desk, case.episode, "Talking therapy is all they want.", Elsewhere(note="NHS Talking Therapies"))
    assert episode_of(desk, case).closure_reason is ClosureReason.SIGNPOSTED


def test_nobody_leaves_with_a_no_alone(desk: Desk, case: Referred) -> None:
    with pytest.raises(FieldsInvalid) as trouble:
        triage.signpost(desk, case.episode, " ", Elsewhere(told_how="fax", ask_on=date(2026, 11, 24)))
    assert reasons(trouble) == ["triage_reason_missing", "suggestion_missing", "told_how_unknown", "ask_later"]
    assert episode_of(desk, case).status is EpisodeStatus.WAITING


def test_the_loop_is_closed_by_a_talk_and_all_of_it_is_undone_as_one(desk: Desk, case: Referred) -> None:
    told = Elsewhere(frozenset({"national:acas"}), ask_on=date(2026, 12, 8))
    triage.signpost(desk, case.episode, "Rights at work.", told)
    with desk.read() as reader:
        (talk,) = reader.list(Contact, scope=case.participant)
    assert (talk.status, talk.due) == (ContactStatus.PLANNED, date(2026, 12, 8))
    assert talk.purpose == "How did it go with Acas helpline?"
    undoing.undo(desk)
    assert episode_of(desk, case).status is EpisodeStatus.WAITING
    assert triage.current(desk, case.participant, case.referral) is None


def test_each_service_stays_open_until_we_know_what_came_of_it_where_the_person_is_asked(
    desk: Desk, clock: FixedClock, case: Referred
) -> None:
    keys = frozenset({"national:acas", "national:samaritans"})
    triage.signpost(desk, case.episode, "Rights at work.", Elsewhere(keys, ask_on=date(2026, 12, 8)))
    (one,) = service_loops.of_participant(desk, case.participant)
    assert (one.loop.name, one.stage, one.open, one.loop.action) == ("Acas helpline", Stage.CHOSEN, True, None)
    clock.set(clock.now() + timedelta(days=20))
    assert asked_today(desk) == {"contact"}, "the talk that asks comes first"
    with desk.read() as reader:
        (talk,) = reader.list(Contact, scope=case.participant)
    contacts.done(desk, talk.id, "Rang them.")
    assert asked_today(desk) == {"loop"}
    service_loops.record(desk, one.loop.id, Stage.COMPLETED, effect="Knows where they stand.")
    assert asked_today(desk) == set()


def test_who_is_not_to_be_asked_leaves_nothing_open(desk: Desk, case: Referred) -> None:
    triage.signpost(desk, case.episode, "Rights at work.", Elsewhere(frozenset({"national:acas"})))
    assert service_loops.of_participant(desk, case.participant) == ()


def asked_today(desk: Desk) -> set[str]:
    return {one.kind for one in today.view(desk).items if one.kind in ("contact", "loop")}


def test_a_coach_is_named_and_error_18_being_given_a_coach_is_no_consent(
    desk: Desk, colleague: Callable[..., Desk], case: Referred
) -> None:
    al = colleague("Al Reed", Profession.COACH, "coach", None)
    triage.to_coach(desk, case.episode, "Lives near Al.", al.me)
    now = episode_of(desk, case)
    assert (now.coach, now.status) == (al.me, EpisodeStatus.WAITING)
    with desk.read() as reader:
        assert reader.get(Referral, case.referral).read_at is not None
        assert reader.count(Agreement, scope=case.participant) == 0
    with pytest.raises(BadInput) as trouble:
        referrals.accept(desk, case.episode, al.me)
    assert trouble.value.reason == "not_agreed_to_take_part"
    people.deactivate(desk, al.me)
    with pytest.raises(BadInput):
        triage.to_coach(desk, case.episode, "Again.", al.me)


def test_the_team_is_asked_by_a_question_that_waits(desk: Desk, case: Referred) -> None:
    with pytest.raises(FieldsInvalid) as trouble:
        triage.to_meeting(desk, case.episode, "Two services could help.", " ")
    assert reasons(trouble) == ["team_question_missing"]
    triage.to_meeting(desk, case.episode, "Two services could help.", "Is this us or the pain clinic?")
    with desk.read() as reader:
        (asked,) = reader.list(BringRequest, scope=case.participant)
    assert (asked.question, asked.asked_by, asked.agenda_item) == ("Is this us or the pain clinic?", desk.me, None)
    triage.to_meeting(desk, case.episode, "Again.", "The same?")
    with desk.read() as reader:
        assert reader.count(BringRequest, scope=case.participant) == 1
        assert reader.count(Triage, scope=case.participant) == 2


def test_what_has_begun_is_decided_no_more(desk: Desk, refer: Refer) -> None:
    begun = refer()
    for act in (
        lambda: triage.to_coach(desk, begun.episode, "x"),
        lambda: triage.to_meeting(desk, begun.episode, "x", "y"),
        lambda: triage.signpost(desk, begun.episode, "x", Elsewhere(note="y")),
        lambda: tries.record(desk, begun.episode, "phone", reached=True),
        lambda: tries.end(desk, begun.episode),
    ):
        with pytest.raises(Locked):
            act()


# Trying to reach somebody


def test_tries_are_counted_until_the_partnership_has_tried_enough(
    desk: Desk, clock: FixedClock, case: Referred
) -> None:
    said = []
    for way in ("phone", "text", "letter"):
        clock.set(clock.now() + timedelta(days=1))
        said.append(tries.record(desk, case.episode, way, reached=False))
    assert said == [Reach.TRYING, Reach.TRYING, Reach.TRIED_ALL]
    found = tries.view(desk, case.episode)
    assert (found.count, found.of, found.reach) == (3, desk.site.pace.contact_tries, Reach.TRIED_ALL)
    assert [one.way for one in found.tries] == ["letter", "text", "phone"]
    assert episode_of(desk, case).status is EpisodeStatus.WAITING, "nothing happens by itself"
    assert tries.record(desk, case.episode, "phone", reached=True, note="At work until 4.") is Reach.REACHED


def test_a_try_lies_between_the_referral_and_now(desk: Desk, clock: FixedClock, case: Referred) -> None:
    with pytest.raises(FieldsInvalid) as trouble:
        tries.record(desk, case.episode, "pigeon", reached=False, at=clock.now() + timedelta(minutes=1))
    assert reasons(trouble) == ["mode_unknown", "date_in_future"]
    with pytest.raises(FieldsInvalid) as trouble:
        tries.record(desk, case.episode, "phone", reached=False, at=clock.now() - timedelta(days=5))
    assert reasons(trouble) == ["try_before_referral"]
    assert tries.view(desk, case.episode).reach is Reach.NOT_TRIED


def test_the_letter_is_kind_and_says_nothing_of_health_or_of_failing(desk: Desk, case: Referred) -> None:
    words = tries.letter(desk, case.episode)
    assert words.startswith("Dear Dani")
    assert desk.site.service.phone in words
    for never in ("health", "back", "failed", "missed", "discharge", "benefit", "last chance", "must"):
        assert never not in words.lower()


def test_an_ending_after_tries_is_a_persons_act_and_a_new_referral_is_open(desk: Desk, case: Referred) -> None:
    with pytest.raises(FieldsInvalid) as trouble:
        tries.end(desk, case.episode)
    assert reasons(trouble) == ["not_tried_yet"]
    tries.record(desk, case.episode, "phone", reached=False)
    tries.end(desk, case.episode, "Card sent.")
    assert episode_of(desk, case).closure_reason is ClosureReason.NO_CONTACT
    referrals.create(desk, NewReferral(source=ReferralSource.SELF, reason="Back.", participant=case.participant))


def test_all_of_it_travels_with_the_case(desk: Desk, clock: FixedClock, refer: Refer, tmp_path: Path) -> None:
    case = refer(
        accept=False, agreements=(), organisation="Hebble Street Surgery", referrer_role="GP", person_knows=True
    )
    eligibility.record(desk, case.referral, {**FITS, "work": Said.NO}, "Starts a job soon.")
    tries.record(desk, case.episode, "letter", reached=False)
    triage.to_meeting(desk, case.episode, "Two could help.", "Which?")
    triage.signpost(
        desk,
        case.episode,
        "One does.",
        Elsewhere(frozenset({"national:acas"}), "And the library", "phone", date(2026, 12, 8)),
    )
    sent = json.dumps(bundle.export_case(desk, case.participant)).encode()
    first = opening.FirstRun("Low Moor partnership", "Low Moor team", "Ann Bell", Profession.COACH, PASSPHRASE)
    there, _code = opening.create(tmp_path / "there.workwell", first, clock=clock, profile=CHEAP)
    try:
        assert case_import.import_case(there, sent).problems == ()
        for cls in (Referral, EligibilityAnswer, Triage, Contact, BringRequest, ServiceLoop):
            assert held(there, cls, case.participant) == held(desk, cls, case.participant) != []
    finally:
        there.store.close()


def held(desk: Desk, cls: type[Record], participant: Id) -> list[tuple[object, ...]]:
    """Every field of the records of one kind."""
    with desk.read() as reader:
        found = reader.list(cls, order_by="id", scope=participant)
    return [tuple(getattr(one, spec.name) for spec in fields_of(cls)) for one in found]  # type: ignore[arg-type]


def test_the_record_tells_it_by_date(desk: Desk, clock: FixedClock, case: Referred) -> None:
    eligibility.record(desk, case.referral, {"work": Said.NO})
    eligibility.go_on(desk, case.referral, "Starts a job soon.")
    triage.to_coach(desk, case.episode, "Near Maya.")
    kinds = {(one.kind, one.by_name) for one in record.everything(desk, case.participant)}
    assert {("asked_no", "Maya Okafor"), ("goes_on", "Maya Okafor"), ("helps_coach", "Maya Okafor")} <= kinds


def test_error_25_nobody_is_called_a_patient_in_what_is_handed_out(desk: Desk, case: Referred) -> None:
    letter = tries.letter(desk, case.episode)
    triage.signpost(desk, case.episode, "Rights at work.", Elsewhere(frozenset({"national:acas"})))
    assert "patient" not in f"{letter} {triage.handout(desk, case.participant, case.referral)}".lower()


def test_what_is_printed_on_coming_in_stands_in_the_record_of_events(desk: Desk, case: Referred) -> None:
    triage.printed(desk, case.participant, case.referral)
    one = audit.of_participant(desk, case.participant)[0]
    assert (one.kind, one.record, one.detail) == (AuditKind.PRINTED, case.referral, "printed")
