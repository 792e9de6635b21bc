"""Papers about somebody who does not exist, so that words of letters can be looked at before they are used."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from workwell_desktop.catalogue import Catalogue, text
from workwell_desktop.documents.blocks import Composition
from workwell_desktop.documents.facts import (
    AccessCopyFacts,
    AccessEntry,
    ActionFact,
    AdviceOfFacts,
    AppointmentFacts,
    BlankFormFacts,
    BlankItem,
    ChangeFact,
    Contact,
    EmployerSummaryFacts,
    GoalFact,
    GpSummaryFacts,
    MeasureFact,
    PaperHead,
    ParticipantPlanFacts,
    PhasedReturnFacts,
    ReferralLetterFacts,
    ServiceCardFacts,
    WeekFact,
)
from workwell_desktop.domain.plans import EmployerAnswer, PlanType
from workwell_desktop.domain.records import Id

_PAPER = Id("0" * 32)
_BORN = date(1984, 3, 14)


def facts_of(letter: str, today: date) -> Any:
    """The facts of a letter's paper, as ``documents.facts`` has them, with everything known that can be known."""
    return _MAKERS[letter](today)


def compose_of(letter: str) -> Callable[[Any, Catalogue | None], Composition]:
    """What composes that letter."""
    from workwell_desktop.documents import compose

    found: dict[str, Callable[[Any, Catalogue | None], Composition]] = {
        "plan": compose.participant_plan,
        "simple": compose.simple_plan,
        "employer": compose.employer_summary,
        "gp": compose.gp_summary,
        "letter": compose.referral_letter,
        "card": compose.appointment_card,
        "phased": compose.phased_return,
        "service_card": compose.service_card,
        "ahp": compose.ahp_report,
        "fit_note": compose.fit_note_draft,
        "access": compose.access_copy,
        "blank": compose.blank_assessment,
    }
    return found[letter]


def _said(name: str) -> str:
    return text(f"letters.sample.{name}")


def _head(today: date) -> PaperHead:
    return PaperHead(document=_PAPER, partnership=_said("partnership"), dated=today)


def _contact() -> Contact:
    return Contact(name=_said("contact"), phone=_said("phone"), hours=_said("hours"), email=_said("email"))


def _weeks(today: date) -> tuple[WeekFact, ...]:
    starts = today + timedelta(days=7)
    return (
        WeekFact(starts_on=starts, hours=Decimal(12), days=("mon", "wed", "fri"), check_in=starts + timedelta(days=3)),
        WeekFact(starts_on=starts + timedelta(days=7), hours=Decimal(18), days=("mon", "wed", "thu", "fri")),
    )


def _changes(today: date) -> tuple[ChangeFact, ...]:
    agreed = ChangeFact(text=_said("shifts"), answer=EmployerAnswer.AGREED, review_on=today + timedelta(days=30))
    return agreed, ChangeFact(text=_said("stool"))


def _actions(today: date) -> tuple[ActionFact, ...]:
    return (
        ActionFact(owner=_said("you"), text=_said("walk"), by=today + timedelta(days=3), yours=True),
        ActionFact(owner=_said("contact"), text=_said("ask"), by=today + timedelta(days=5)),
    )


def _plan(today: date) -> ParticipantPlanFacts:
    return ParticipantPlanFacts(
        head=_head(today),
        name=_said("name"),
        type=PlanType.RETURN_TO_WORK,
        contact=_contact(),
        what_matters=_said("matters"),
        goals=(GoalFact(text=_said("goal"), by=today + timedelta(days=21)), GoalFact(text=_said("goal_two"))),
        actions=_actions(today),
        employer=_said("employer"),
        changes=_changes(today),
        weeks=_weeks(today),
        usual_hours=Decimal("37.5"),
        strengths=_said("strengths"),
        if_worse=_said("worse"),
        review_on=today + timedelta(days=21),
    )


def _employer(today: date) -> EmployerSummaryFacts:
    return EmployerSummaryFacts(
        head=_head(today),
        employer=_said("employer"),
        name=_said("name"),
        contact=_contact(),
        function=_said("function"),
        changes=_changes(today),
        actions=_actions(today)[1:],
        weeks=_weeks(today),
        usual_hours=Decimal("37.5"),
        review_on=today + timedelta(days=21),
        approved_on=today,
    )


def _gp(today: date) -> GpSummaryFacts:
    return GpSummaryFacts(
        head=_head(today),
        practice=_said("practice"),
        name=_said("name"),
        contact=_contact(),
        date_of_birth=_BORN,
        nhs_number="9990000018",
        problem=_said("problem"),
        function=_said("function"),
        own_words=_said("matters"),
        measures=(MeasureFact(name=_said("measure"), on=today, value=_said("measure_value")),),
        actions=_actions(today)[1:],
        changes=_changes(today),
        weeks=_weeks(today),
        fit_note_advice=_said("advice"),
        request=_said("request"),
        review_on=today + timedelta(days=21),
        approved_on=today,
    )


def _letter(today: date) -> ReferralLetterFacts:
    return ReferralLetterFacts(
        head=_head(today),
        service=_said("service"),
        name=_said("name"),
        asked=_said("asked"),
        contact=_contact(),
        date_of_birth=_BORN,
        reach=((_said("reach"), _said("phone")),),
        needs=(_said("needs"), _said("needs_two")),
        approved_on=today,
    )


def _card(today: date) -> AppointmentFacts:
    return AppointmentFacts(
        head=_head(today),
        name=_said("name"),
        at=datetime.combine(today + timedelta(days=7), time(14), UTC),
        minutes=45,
        where=_said("where"),
        who=_said("contact"),
        contact=_contact(),
        interpreter=_said("language"),
    )


def _phased(today: date) -> PhasedReturnFacts:
    return PhasedReturnFacts(
        head=_head(today),
        name=_said("name"),
        contact=_contact(),
        weeks=_weeks(today),
        employer=_said("employer"),
        usual_hours=Decimal("37.5"),
        review_on=today + timedelta(days=21),
    )


def _service_card(today: date) -> ServiceCardFacts:
    return ServiceCardFacts(head=_head(today), contact=_contact())


def _advice(today: date) -> AdviceOfFacts:
    return AdviceOfFacts(
        head=_head(today),
        name=_said("name"),
        adviser=_said("adviser"),
        title=_said("adviser_title"),
        organisation=_said("controller"),
        contact=_contact(),
        born=_BORN,
        registration=_said("registration"),
        advised_on=today,
        draft=_said("advice"),
        function=_said("function"),
        options=(_said("option"), _said("option_two")),
        rows=((_said("hard"), _said("stool")),),
        weeks=_weeks(today),
        starts_on=today + timedelta(days=7),
        review_on=today + timedelta(days=21),
    )


def _access(today: date) -> AccessCopyFacts:
    entry = AccessEntry(title="", rows=((_said("entry"), _said("asked")),))
    controller = _said("controller")
    return AccessCopyFacts(
        head=_head(today), name=_said("name"), controller=controller, sections=((_said("section"), (entry,)),)
    )


def _blank(today: date) -> BlankFormFacts:
    item = BlankItem(text=_said("question"), number="1.", options=(_said("never"), _said("often")), several=True)
    return BlankFormFacts(head=_head(today), title=_said("form"), source=None, items=(item,))


_MAKERS: dict[str, Callable[[date], Any]] = {
    "plan": _plan,
    "simple": _plan,
    "employer": _employer,
    "gp": _gp,
    "letter": _letter,
    "card": _card,
    "phased": _phased,
    "service_card": _service_card,
    "ahp": _advice,
    "fit_note": _advice,
    "access": _access,
    "blank": _blank,
}
