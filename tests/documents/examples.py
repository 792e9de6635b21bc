"""Synthetic facts for the tests of papers: nobody here is a real person."""

from datetime import UTC, date, datetime
from decimal import Decimal

from workwell_desktop.documents.facts import (
    ActionFact,
    ChangeFact,
    Contact,
    GoalFact,
    PaperHead,
    ParticipantPlanFacts,
    SignatoryFact,
    WeekFact,
)
from workwell_desktop.domain.plans import EmployerAnswer, PlanType, SignatoryRole
from workwell_desktop.domain.records import Id

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 11, 42, tzinfo=UTC)
HEAD = PaperHead(
    document=Id("5f0c3a9d1b2e4c6f8a7b9c0d1e2f3a4b"),
    partnership="Calder Valley partnership, work and health support",
    dated=DAY,
)
COACH = SignatoryFact(role=SignatoryRole.COACH, name="Maya Okafor", title="Work and Health Coach")
PARTICIPANT = SignatoryFact(role=SignatoryRole.PARTICIPANT, name="Danielle Marsh", title="participant")
CLINICIAN = SignatoryFact(
    role=SignatoryRole.CLINICIAN, name="Tom Reyes", title="Occupational Therapist", registration="HCPC OT00000"
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
    ActionFact(owner="You", text="Walk for 15 minutes on 5 days a week", by=date(2026, 11, 25), starts=True),
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
