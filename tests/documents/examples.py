"""Synthetic facts for the tests of papers: nobody here is a real person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from workwell_desktop.documents import compose
from workwell_desktop.documents.facts import (
    AccessCopyFacts,
    AccessEntry,
    ActionFact,
    AddedFact,
    AdviceFact,
    AdviceOfFacts,
    AgendaFacts,
    AppointmentFacts,
    AttendanceFact,
    BlankFormFacts,
    BlankItem,
    ChangeFact,
    Contact,
    ContributionFact,
    EmployerSummaryFacts,
    FundingFact,
    GoalFact,
    GpSummaryFacts,
    MeasureFact,
    MinutesFacts,
    PaperHead,
    ParticipantPlanFacts,
    PhasedReturnFacts,
    ReferralLetterFacts,
    ServiceCardFacts,
    SessionCase,
    SignatoryFact,
    StandsByFact,
    TellFact,
    UnnamedCase,
    WeekFact,
)
from workwell_desktop.domain.plans import EmployerAnswer, PlanType, SignatoryRole
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane, Outcome, Presence, Topics

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 11, 42, tzinfo=UTC)
HEAD = PaperHead(
    document=Id("5f0c3a9d1b2e4c6f8a7b9c0d1e2f3a4b"),
    partnership="Calder Valley partnership, work and health support",
    dated=DAY,
)
AGREED = "I agree with it, and I have seen every page of it."
COACH = SignatoryFact(role=SignatoryRole.COACH, name="Maya Okafor", title="Work and Health Coach", statement=AGREED)
PARTICIPANT = SignatoryFact(
    role=SignatoryRole.PARTICIPANT,
    name="Danielle Marsh",
    title="participant",
    statement="I have read this plan, or it was read to me. I agree with it. I can change my mind.",
)
CLINICIAN = SignatoryFact(
    role=SignatoryRole.CLINICIAN,
    name="Tom Reyes",
    title="Occupational Therapist",
    registration="HCPC OT00000",
    statement=AGREED,
)
CONTACT = Contact(name="Maya", phone="01632 960142", hours="9am to 5pm, Monday to Friday")
WEEKS = (
    WeekFact(
        starts_on=date(2026, 12, 7),
        hours=Decimal(12),
        days=("mon", "wed", "fri"),
        duties="Scanning and labels, no lifting over 5 kg",
        check_in=date(2026, 12, 10),
    ),
    WeekFact(starts_on=date(2026, 12, 14), hours=Decimal(18), days=("mon", "wed", "thu", "fri")),
    WeekFact(starts_on=date(2026, 12, 21), hours=Decimal(24), days=("mon", "tue", "wed", "fri")),
    WeekFact(
        starts_on=date(2027, 1, 4),
        hours=Decimal(30),
        days=("mon", "tue", "wed", "thu", "fri"),
        check_in=date(2027, 1, 7),
    ),
)
CHANGES = (
    ChangeFact(
        text="Shorter shifts to begin with",
        answer=EmployerAnswer.AGREED_WITH_CHANGE,
        answer_note="4 hours a day rather than 3",
        starts_on=date(2026, 12, 7),
        review_on=date(2027, 1, 8),
    ),
    ChangeFact(text="A stool at the packing bench"),
    ChangeFact(text="Lighter packing for six weeks", answer=EmployerAnswer.AGREED, review_on=date(2027, 1, 8)),
)
ACTIONS = (
    ActionFact(
        owner="You", text="Walk for 15 minutes on 5 days a week", by=date(2026, 11, 25), starts=True, yours=True
    ),
    ActionFact(
        owner="Maya, your coach",
        text="Ask Northgate Parcels about shorter shifts and lighter packing",
        by=date(2026, 11, 27),
    ),
    ActionFact(
        owner="Tom, occupational therapist",
        text="Show you ways to lift and pack with less pain",
        by=date(2026, 12, 3),
    ),
    ActionFact(owner="Northgate Parcels", text="Asked to start you on 4 hours, 3 days a week", by=date(2026, 12, 7)),
)
PLAN = ParticipantPlanFacts(
    head=HEAD,
    name="Dani Marsh",
    type=PlanType.RETURN_TO_WORK,
    contact=CONTACT,
    what_matters="I want to be back with my team by Christmas, without being in pain every night.",
    goals=(
        GoalFact(text="Work 3 shifts a week", by=date(2026, 12, 18)),
        GoalFact(text="Sleep through most nights"),
    ),
    actions=ACTIONS,
    employer="Northgate Parcels",
    changes=CHANGES,
    weeks=WEEKS,
    usual_hours=Decimal("37.5"),
    strengths="You know the job well, your manager trusts you, and walking already helps.",
    if_worse="Rest for a day, do your stretches, then tell Maya. You do not have to wait for the review.",
    review_on=date(2026, 12, 15),
    signatories=(COACH, PARTICIPANT, CLINICIAN),
)
GP = GpSummaryFacts(
    head=HEAD,
    practice="Hebble Street Surgery",
    name="Danielle Marsh",
    contact=Contact(name="Maya Okafor", phone="01632 960142", hours="9am to 5pm, Monday to Friday"),
    date_of_birth=date(1984, 3, 14),
    nhs_number="9990000018",
    problem="Low back pain since August, worse after long standing; low mood since she stopped work in September.",
    function="Stands 20 minutes, sits 40, lifts 5 kg from waist height. Wakes most nights. Drives short distances.",
    own_words="I want to be back with my team by Christmas, without being in pain every night.",
    measures=(
        MeasureFact(name="PHQ-9", on=date(2026, 11, 17), value="14 of 27", meaning="Moderate"),
        MeasureFact(name="GAD-7", on=date(2026, 11, 17), value="Not calculated"),
        MeasureFact(name="Work ability", on=date(2026, 11, 17), value="4 of 10"),
    ),
    risk="A clinician has talked with Danielle about thoughts of being better off dead. She has no plan and "
    "knows whom to call.",
    actions=ACTIONS,
    changes=CHANGES,
    weeks=WEEKS,
    fit_note_advice="May be fit for work with a phased return, altered hours and amended duties, from 7 December.",
    request="Please consider a review of night-time pain relief, and a fit note that allows a phased return.",
    review_on=date(2026, 12, 15),
    approved_on=DAY,
    signatories=(COACH, CLINICIAN),
)
EMPLOYER = EmployerSummaryFacts(
    head=HEAD,
    employer="Northgate Parcels",
    name="Danielle Marsh",
    contact=Contact(name="Maya Okafor", phone="01632 960142", hours="9am to 5pm, Monday to Friday"),
    function="Can stand for 20 minutes and sit for 40 minutes at a time. Can lift up to 5 kg from waist height.\n"
    "Works best in the morning. Finds long standing and repeated bending hard.",
    changes=CHANGES,
    actions=(ActionFact(owner="Northgate Parcels", text="Say which changes are possible", by=date(2026, 12, 1)),),
    weeks=WEEKS,
    usual_hours=Decimal("37.5"),
    review_on=date(2026, 12, 15),
    approved_on=DAY,
    signatories=(COACH,),
)
CASE = SessionCase(
    name="Danielle Marsh",
    question="Which changes at work would let Danielle start in December, and who asks for them?",
    date_of_birth=date(1984, 3, 14),
    presenter="Maya Okafor",
    minutes=8,
    topics=Topics.SOME,
    topics_limits="Not her family",
    own_words="I want to be back with my team by Christmas.",
    view_how="Told her coach on Monday 23 November",
    since_last="Two sessions with the physiotherapist; walking most days.",
    contributions=(
        ContributionFact(
            author="Tom Reyes",
            title="Occupational Therapist",
            facts="Lifts 5 kg from waist height ten times without more pain.",
            opinion="Ready for shorter shifts if the packing is lighter.",
        ),
        ContributionFact(author="Maya Okafor", title="Work and Health Coach", facts="Her manager has rung twice."),
    ),
    options="Wait until January; begin with 12 hours in December",
    decision="Begin on 7 December with 12 hours over 3 days, going up week by week.",
    rationale="It is what Danielle wants, and standing has doubled since October.",
    dissent="The physiotherapist would have waited for two more sessions.",
    outcome=Outcome.CARRY_ON,
    actions=ACTIONS[1:3],
    tell=TellFact(who="Maya Okafor", how="By telephone", by=date(2026, 11, 25)),
    next_review=date(2026, 12, 15),
    late=True,
    why="Asked for, review due",
    there="The person and their supporter",
    minutes_used=11,
    funding=(FundingFact(what="Taxi for the first two weeks", cost=Decimal("1240.5"), approver="Ruth Adeyemi"),),
    advice=(
        AdviceFact(
            kind="an AHP Health and Work Report",
            author="Tom Reyes",
            title="Occupational Therapist",
            text="May be able to work shorter shifts.\nNo lifting above 5 kg.",
        ),
    ),
)
SECOND_CASE = SessionCase(
    name="Imran Shah",
    number=2,
    carried="No time was left",
    question="Is a referral for work coaching the right next step?",
    lane=Lane.NOTE,
    topics=Topics.YES,
    decision="Bring it back with his own view.",
    provisional=True,
    outcome=Outcome.INFORMATION,
)
UNNAMED = UnnamedCase(number=3, lane=Lane.DISCUSS, why="The person did not agree to be discussed.")
ATTENDANCE = (
    AttendanceFact(name="Ruth Adeyemi", title="Chair, Physiotherapist", presence=Presence.PRESENT),
    AttendanceFact(
        name="Tom Reyes", title="Occupational Therapist", presence=Presence.REMOTE, registration="HCPC OT00000"
    ),
    AttendanceFact(name="Maya Okafor", title="Work and Health Coach", presence=Presence.PRESENT),
    AttendanceFact(
        name="Lee Walsh",
        title="Employment adviser",
        organisation="Calder Council",
        presence=Presence.PART,
        came_at=AT,
        left_at=AT + timedelta(minutes=20),
    ),
)
MINUTES = MinutesFacts(
    head=HEAD,
    team="Upper Calder team",
    starts_at=AT - timedelta(minutes=12),
    ended_at=AT + timedelta(minutes=48),
    chair="Ruth Adeyemi",
    chair_before="Helen Frost",
    started_at=AT - timedelta(minutes=10),
    note_taker="Maya Okafor",
    place="Hebble Street, room 2, and by video",
    quorum_rule="A chair, the case owner and one registered clinician",
    quorum_met=True,
    confidentiality_read=True,
    attendance=ATTENDANCE,
    cases=(CASE, SECOND_CASE, UNNAMED),
    added=(AddedFact(author="Maya Okafor", at=AT + timedelta(days=1), text="Tom came at 12, not at 11:30."),),
    stand_by=(StandsByFact(name="Tom Reyes", title="Occupational Therapist", at=AT + timedelta(hours=2)),),
    signatories=(SignatoryFact(role=SignatoryRole.CHAIR, name="Ruth Adeyemi", title="Chair"),),
)
AGENDA = AgendaFacts(
    head=HEAD,
    team="Upper Calder team",
    starts_at=AT,
    chair="Ruth Adeyemi",
    place="Hebble Street, room 2",
    invited=ATTENDANCE[:3],
    overdue=ACTIONS[1:2],
    cases=(CASE, SECOND_CASE, UNNAMED),
)
ALONE = replace(
    MINUTES,
    alone=True,
    added=(),
    cases=(replace(CASE, added=(AddedFact(author="Maya Okafor", at=AT + timedelta(days=1), text="Told today."),)),),
)
LETTER = ReferralLetterFacts(
    head=HEAD,
    service="Calder Talking Group",
    name="Danielle Marsh",
    asked="A place in the group on Thursdays.\nShe would like to come once to see how it is.",
    contact=CONTACT,
    date_of_birth=date(1984, 3, 14),
    reach=(("Phone", "07700 900123"),),
    needs=("Interpreter: Polish", "Step-free"),
    approved_on=DAY,
)
CARD = AppointmentFacts(
    head=replace(HEAD, partnership="The support team"),
    name="Danielle Marsh",
    at=AT,
    minutes=45,
    where="Room 4, Calder Library",
    who="Maya Okafor",
    contact=CONTACT,
    interpreter="Polish",
)
PHASED = PhasedReturnFacts(
    head=HEAD,
    name="Danielle Marsh",
    contact=CONTACT,
    weeks=WEEKS,
    employer="Northgate Parcels",
    usual_hours=Decimal("37.5"),
    review_on=date(2026, 12, 15),
)
SERVICE_CARD = ServiceCardFacts(head=replace(HEAD, partnership="The support team"), contact=CONTACT)
ADVICE = AdviceOfFacts(
    head=HEAD,
    name="Danielle Marsh",
    adviser="Tom Reyes",
    title="Occupational Therapist",
    organisation="Calder Valley partnership",
    contact=CONTACT,
    born=date(1984, 3, 14),
    registration="HCPC OT00000",
    advised_on=DAY,
    draft="May be able to work shorter shifts.\nNo lifting above 5 kg.",
    function="Can stand for 20 minutes and sit for 40 minutes at a time.",
    options=("A phased return to work", "Altered hours", "Amended duties"),
    rows=(("Standing for long; lifting", "A stool at the packing bench"), ("Lifting", "Lighter packing for six weeks")),
    weeks=WEEKS,
    starts_on=date(2026, 12, 7),
    review_on=date(2026, 12, 15),
)
ACCESS = AccessCopyFacts(
    head=HEAD,
    name="Danielle Marsh",
    controller="Calder Valley NHS partnership",
    sections=(
        ("About you", (AccessEntry(title="", rows=(("Given name", "Danielle"), ("Phone", "07700 900123"))),)),
        (
            "A talk",
            tuple(
                AccessEntry(title=f"{number} November 2026", rows=(("Note", f"Talk {number}, about work"),))
                for number in range(1, 9)
            ),
        ),
    ),
    kept_apart=1,
)
BLANK = BlankFormFacts(
    head=HEAD,
    title="How work is going",
    source="Written for this test.",
    items=(
        BlankItem(text="About your week", heading=True),
        BlankItem(text="Think of the last 7 days."),
        BlankItem(text="How often did you work?", number="1.", options=("Never", "Some days", "Every day")),
        BlankItem(text="What helped?", number="2.", options=("A rest", "A talk"), several=True),
        BlankItem(text="What else?", number="3.", help="In your own words.", lines=4),
    ),
)
ALL = {
    "plan": compose.participant_plan(PLAN),
    "simple": compose.simple_plan(PLAN),
    "gp": compose.gp_summary(GP),
    "employer": compose.employer_summary(EMPLOYER),
    "minutes": compose.minutes(MINUTES),
    "minutes_alone": compose.minutes(ALONE),
    "agenda": compose.agenda(AGENDA),
    "letter": compose.referral_letter(LETTER),
    "card": compose.appointment_card(CARD),
    "phased": compose.phased_return(PHASED),
    "service_card": compose.service_card(SERVICE_CARD),
    "access": compose.access_copy(ACCESS),
    "blank": compose.blank_assessment(BLANK),
    "ahp": compose.ahp_report(ADVICE),
    "fit_note": compose.fit_note_draft(ADVICE),
}
