"""Duties of care: who may record them, what is asked for, what waits, and what is told to others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.case_help import ready_plan, say_yes
from tests.services.conftest import PASSPHRASE
from workwell_desktop.domain.clock import FixedClock
from workwell_desktop.domain.duties import CapacityOutcome, ConcernAbout, DisclosureReason, Group, ScreenOutcome
from workwell_desktop.domain.papers import AuditKind, Document, PaperKind, ReleaseHow
from workwell_desktop.domain.participants import Need, PaperFormat, Participant, Party, WorkStatus
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput, FieldsInvalid, Locked, NoPermission
from workwell_desktop.services.caseload import today
from workwell_desktop.services.coming_in import limits, needs
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.duties import capacity, disclosures, equality, red_flags, safeguarding
from workwell_desktop.services.duties.disclosures import Told
from workwell_desktop.services.duties.red_flags import Screened, Seen
from workwell_desktop.services.duties.safeguarding import Concern
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.paperwork import register
from workwell_desktop.services.planning import signing

Refer = Callable[..., Referred]
Join = Callable[..., Desk]
TODAY = date(2026, 11, 24)
STRUGGLING = WorkDetails(WorkStatus.STRUGGLING, employer="Northgate Parcels")
FLAG = Screened(ScreenOutcome.RED, TODAY, "Numb between the legs", "GP, same day", TODAY + timedelta(days=1))
CONCERN = Concern(ConcernAbout.ADULT, "Money taken by a nephew", "Adult social care", TODAY, told=True)
LACKS = capacity.Assessed(
    "Whether the employer is told", "Could not hold what was said", "Pictures, and a second talk",
    CapacityOutcome.LACKS, TODAY, "Dr Helen Frost", "Nothing is told for now", "Her sister",
)  # fmt: skip


@pytest.fixture
def clinician(colleague: Join) -> Desk:
    return colleague()


def said(refused: pytest.ExceptionInfo[FieldsInvalid]) -> set[tuple[str, str]]:
    return set(refused.value.problems)


# --- red flags


def test_a_screen_is_recorded_by_a_registered_clinician_alone(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    with pytest.raises(NoPermission):
        red_flags.record(desk, who, FLAG)
    counsellor = colleague("Ola Byrne", Profession.COUNSELLOR, number=None)
    unregistered = colleague("Sam Lowe", Profession.EMPLOYMENT_SPECIALIST, number="X1")
    for one in (counsellor, unregistered):
        assert not red_flags.may_screen(one)
        with pytest.raises(BadInput) as refused:
            red_flags.record(one, who, FLAG)
        assert refused.value.reason == "not_a_registered_clinician"
        with one.read() as reader:
            (event,) = reader.events(person=one.me, kinds=[AuditKind.REFUSED])
        assert event.detail == "screen_red_flags"
    assert red_flags.of_participant(desk, who) == ()


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"done_on": TODAY + timedelta(days=1)}, ("done_on", "date_in_future")),
        ({"found": " "}, ("found", "flag_found_missing")),
        ({"see_whom": ""}, ("see_whom", "see_whom_missing")),
        ({"see_by": None}, ("see_by", "date_missing")),
        ({"see_by": TODAY - timedelta(days=1)}, ("see_by", "ends_before_start")),
    ],
)
def test_a_flag_says_what_whom_and_until_when(
    refer: Refer, clinician: Desk, wrong: dict[str, object], problem: tuple[str, str]
) -> None:
    who = refer().participant
    with pytest.raises(FieldsInvalid) as refused:
        red_flags.record(clinician, who, replace(FLAG, **wrong))  # type: ignore[arg-type]
    assert problem in said(refused)
    red_flags.record(clinician, who, Screened(ScreenOutcome.CLEAR, TODAY))
    assert red_flags.pause(clinician, who) is None


@pytest.mark.parametrize("outcome", [ScreenOutcome.RED, ScreenOutcome.ORANGE])
def test_work_waits_until_a_clinician_records_that_the_person_was_seen(
    desk: Desk, refer: Refer, clinician: Desk, outcome: ScreenOutcome
) -> None:
    who = refer().participant
    screen = red_flags.record(clinician, who, replace(FLAG, outcome=outcome))
    pause = red_flags.pause(desk, who)
    assert pause == red_flags.Pause(screen, "GP, same day", FLAG.see_by)
    with pytest.raises(NoPermission):
        red_flags.record_seen(desk, screen, Seen(TODAY, "Dr Xavier"))
    with pytest.raises(FieldsInvalid) as refused:
        red_flags.record_seen(clinician, screen, Seen(TODAY - timedelta(days=1), " "))
    assert said(refused) == {("seen_on", "ends_before_start"), ("seen_by", "name_missing")}
    red_flags.record_seen(clinician, screen, Seen(TODAY, "Dr Xavier", "May work on it"))
    assert red_flags.pause(desk, who) is None
    (view,) = red_flags.of_participant(desk, who)
    assert (view.waits, view.seen_by, view.seen_recorded_by, view.by_name) == (
        False,
        "Dr Xavier",
        "Priya Nair",
        "Priya Nair",
    )
    with pytest.raises(Locked):
        red_flags.record_seen(clinician, screen, Seen(TODAY, "Dr Xavier"))


def test_of_two_flags_one_seen_still_waits(desk: Desk, refer: Refer, clinician: Desk) -> None:
    who = refer().participant
    first = red_flags.record(clinician, who, FLAG)
    red_flags.record(clinician, who, replace(FLAG, outcome=ScreenOutcome.ORANGE, see_whom="Crisis team"))
    red_flags.record(clinician, who, Screened(ScreenOutcome.CLEAR, TODAY))
    red_flags.record_seen(clinician, first, Seen(TODAY, "Dr Xavier"))
    pause = red_flags.pause(desk, who)
    assert pause is not None
    assert pause.see_whom == "Crisis team"


def test_nothing_goes_to_the_employer_while_somebody_is_to_be_seen(desk: Desk, refer: Refer, clinician: Desk) -> None:
    who = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, who)
    say_yes(desk, plan, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY)
    screen = red_flags.record(clinician, who, FLAG)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    with desk.read() as reader:
        papers = {one.kind: one.id for one in reader.list(Document, plan=plan)}
    theirs, gp = papers[PaperKind.EMPLOYER_SUMMARY], papers[PaperKind.GP_SUMMARY]
    assert (register.may_release(desk, theirs), register.held_back(desk, theirs)) == (False, True)
    assert (register.may_release(desk, gp), register.held_back(desk, gp)) == (True, False)
    with pytest.raises(BadInput) as refused:
        register.release(desk, theirs, ReleaseHow.PRINTED)
    assert refused.value.reason == "seen_first"
    register.release(desk, gp, ReleaseHow.PRINTED)
    red_flags.record_seen(clinician, screen, Seen(TODAY, "Dr Xavier"))
    register.release(desk, theirs, ReleaseHow.PRINTED)


def test_a_flag_that_waits_stands_on_the_coachs_today_until_it_is_seen(
    desk: Desk, refer: Refer, clinician: Desk, clock: FixedClock
) -> None:
    who = refer().participant
    screen = red_flags.record(clinician, who, FLAG)
    clock.set(clock.now() + timedelta(days=3))
    (found,) = [one for one in today.view(desk).items if one.kind == "red_flag"]
    assert (found.participant, found.days, found.route.page) == (who, -2, "duties")
    assert FLAG.found not in str(found)
    red_flags.record_seen(clinician, screen, Seen(TODAY, "Dr Xavier"))
    assert not [one for one in today.view(desk).items if one.kind == "red_flag"]


# --- safeguarding


def test_a_concern_says_what_to_whom_and_whether_the_person_knows(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    with pytest.raises(FieldsInvalid) as refused:
        safeguarding.record(desk, who, replace(CONCERN, what="", passed_to=" ", told=False))
    assert said(refused) == {
        ("what", "concern_missing"),
        ("passed_to", "passed_to_missing"),
        ("not_told_why", "not_told_why_missing"),
    }
    with pytest.raises(FieldsInvalid):
        safeguarding.record(desk, who, replace(CONCERN, told=None))
    safeguarding.record(desk, who, replace(CONCERN, reference="ASC-1"))
    assert desk.store.next_undo(desk.identity) is None


def test_a_concern_is_asked_after_until_somebody_says_what_came_of_it(
    desk: Desk, refer: Refer, colleague: Join
) -> None:
    who = refer().participant
    lead = colleague("Nadia Cole", Profession.COACH, "team_lead", None)
    soon = TODAY + timedelta(days=2)
    concern = safeguarding.record(desk, who, replace(CONCERN, follow_up_on=TODAY))
    (found,) = [one for one in today.view(desk).items if one.kind == "concern"]
    assert CONCERN.what not in str(found)
    safeguarding.follow_up(lead, concern, "They will ring on Thursday", reference="ASC-2", again_on=soon)
    safeguarding.follow_up(lead, concern, "A visit took place")
    (view,) = safeguarding.of_participant(lead, who).mine
    assert view.came_of_it == "They will ring on Thursday\nA visit took place"
    assert (view.reference, view.followed_up_on, view.followed_up_by) == ("ASC-2", TODAY, "Nadia Cole")
    assert not [one for one in today.view(desk).items if one.kind == "concern"]
    with pytest.raises(Locked):
        safeguarding.follow_up(lead, concern, "More")


# --- capacity


def test_capacity_is_presumed_and_a_record_is_of_one_decision(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    assert capacity.of_participant(desk, who) == ()
    with pytest.raises(FieldsInvalid) as refused:
        capacity.record(desk, who, replace(LACKS, decision="", help_given="", best_interests="", involved=""))
    assert said(refused) == {
        ("decision", "decision_missing"),
        ("help_given", "help_given_missing"),
        ("best_interests", "best_interests_missing"),
        ("involved", "involved_missing"),
    }
    has = replace(LACKS, outcome=CapacityOutcome.HAS, best_interests="", involved="")
    capacity.record(desk, who, has)
    capacity.record(desk, who, LACKS)
    assert {one.outcome for one in capacity.of_participant(desk, who)} == {CapacityOutcome.HAS, CapacityOutcome.LACKS}


# --- for counts alone


def test_equality_answers_are_kept_by_choice_and_read_by_nobody(desk: Desk, refer: Refer, colleague: Join) -> None:
    who = refer().participant
    assert equality.asked_on(desk, who) is None
    with pytest.raises(FieldsInvalid) as refused:
        equality.tell(desk, who, {"sex": "female", "religion": "jedi", "shoe_size": "5"})
    assert said(refused) == {("religion", "choice_unknown"), ("shoe_size", "choice_unknown")}
    equality.tell(desk, who, {"sex": "female", "religion": "rather_not", "caring": ""})
    assert equality.asked_on(desk, who) == TODAY
    assert equality.take_back(desk, who) == 1
    assert equality.asked_on(desk, who) is None
    chair = colleague("Helen Frost", Profession.DOCTOR, "chair", "7000001")
    with pytest.raises(NoPermission):
        equality.tell(chair, who, {"sex": "female"})


def test_the_newest_main_condition_counts(desk: Desk, refer: Refer, clock: FixedClock) -> None:
    who = refer().participant
    equality.tell_condition(desk, who, Group.OTHER)
    clock.set(clock.now() + timedelta(minutes=1))
    equality.tell_condition(desk, who, Group.MUSCULOSKELETAL, frozenset({"mental_health", "musculoskeletal"}))
    told = equality.condition(desk, who)
    assert told is not None
    assert (told.main, told.beside) == (Group.MUSCULOSKELETAL, ("mental_health",))


# --- without agreement


def told(desk: Desk, **changes: object) -> Told:
    usual = Told(
        DisclosureReason.SERIOUS_HARM, "Said he would end it tonight", Party.SERVICE, "Ambulance service",
        "Name, address, and that he is at risk now", desk.me, told=True,
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def test_only_who_may_disclose_tells_without_agreement(desk: Desk, refer: Refer, clinician: Desk) -> None:
    who = refer().participant
    with pytest.raises(NoPermission):
        disclosures.disclose(desk, who, told(desk))
    made = disclosures.disclose(clinician, who, told(clinician))
    (view,) = disclosures.of_participant(clinician, who).mine
    assert (view.decided_by, view.told, view.by_name) == ("Priya Nair", True, "Priya Nair")
    with desk.read() as reader:
        events = reader.events(participant=who, kinds=[AuditKind.RELEASED])
    assert [(one.record, one.detail) for one in events] == [(made, "disclosure")]
    assert disclosures.of_participant(desk, who) == disclosures.Disclosures((), others=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"party": Party.EMPLOYER},
        {"party_name": "northgate parcels"},
        {"party_name": "Northgate Parcels Ltd, site office"},
        {"party": Party.PARTICIPANT},
    ],
)
def test_an_employer_is_never_told_without_agreement_by_whatever_name(
    refer: Refer, clinician: Desk, changes: dict[str, object]
) -> None:
    who = refer().participant
    with pytest.raises(BadInput) as refused:
        disclosures.disclose(clinician, who, told(clinician, **changes))
    assert refused.value.reason == "never_to_an_employer"
    assert disclosures.of_participant(clinician, who).mine == ()


def test_the_employers_paper_is_not_given_to_anybody_without_agreement(
    desk: Desk, refer: Refer, clinician: Desk
) -> None:
    who = refer(work=STRUGGLING).participant
    plan = ready_plan(desk, who)
    say_yes(desk, plan, PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY)
    signing.sign_as_coach(desk, plan, PASSPHRASE)
    with desk.read() as reader:
        papers = {one.kind: one for one in reader.list(Document, plan=plan)}
    with pytest.raises(BadInput):
        disclosures.disclose(clinician, who, told(clinician, document=papers[PaperKind.EMPLOYER_SUMMARY].id))
    gp = papers[PaperKind.GP_SUMMARY]
    disclosures.disclose(clinician, who, told(clinician, document=gp.id))
    (view,) = disclosures.of_participant(clinician, who).mine
    assert (view.paper, view.content) == ("gp_summary", gp.content)


def test_a_disclosure_says_why_who_decided_and_why_nobody_told_the_person(refer: Refer, clinician: Desk) -> None:
    who = refer().participant
    nobody = Id("0" * 32)
    with pytest.raises(FieldsInvalid) as refused:
        disclosures.disclose(
            clinician, who, told(clinician, why="", what="", party_name="", decided_by=nobody, told=False)
        )
    assert {name for name, _reason in said(refused)} == {"why", "what", "party_name", "decided_by", "not_told_why"}


# --- said and asked first


def test_the_limits_are_said_in_the_words_of_the_site_by_somebody_on_a_day(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    assert limits.said(desk, who) is None
    limits.say(desk, who, "in_room")
    view = limits.said(desk, who)
    assert view is not None
    assert (view.on, view.by_name, view.same) == (TODAY, "Maya Okafor", True)
    assert "serious harm" in view.words
    with pytest.raises(FieldsInvalid):
        limits.say(desk, who, "by pigeon")


def test_needs_are_asked_and_none_at_all_is_an_answer(desk: Desk, refer: Refer) -> None:
    who = refer().participant
    assert needs.view(desk, who).asked_on is None
    with pytest.raises(FieldsInvalid) as refused:
        needs.record(desk, who, needs.Asked(frozenset({"interpreter"})))
    assert said(refused) == {("language", "language_missing")}
    needs.record(desk, who, needs.Asked())
    assert needs.view(desk, who).asked_on == TODAY
    both = frozenset({Need.LARGE_PRINT.value, Need.STEP_FREE.value})
    needs.record(desk, who, needs.Asked(both, paper_format=PaperFormat.LARGE, contact_note="Phone before 11am"))
    view = needs.view(desk, who)
    assert (view.talking, view.adjustments, view.asked_by) == (("large_print",), ("step_free",), "Maya Okafor")
    with desk.read() as reader:
        assert reader.get(Participant, who).paper_format is PaperFormat.LARGE


@pytest.mark.parametrize(("code", "mode"), [("text_only", "text"), ("phone_only", "phone"), ("quiet_place", "room")])
def test_the_way_of_talking_that_somebody_can_use_is_offered_first(code: str, mode: str) -> None:
    assert needs.first_mode(frozenset({code}), "room") == mode
