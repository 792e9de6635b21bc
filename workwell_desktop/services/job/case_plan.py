"""The plan of a case file: goals, changes at work, weeks, what the person said to each paper, and signatures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from workwell_desktop.catalogue import text
from workwell_desktop.domain.papers import ApprovalHow, PaperKind
from workwell_desktop.domain.plans import EmployerAnswer, PlanType, SignatoryRole, SignatureOutcome
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.errors import CaseFileInvalid
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.job.case_file import CaseRun, said_at
from workwell_desktop.services.job.case_session import Held, add_action
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import going_back
from workwell_desktop.services.person.obstacles import leave_obstacle
from workwell_desktop.services.planning import adjustments, plans, signatories, signing
from workwell_desktop.services.planning.signing import Ink, Stroke

PLAIN_INK = Ink((Stroke(((0.05, 0.2), (0.25, 0.14), (0.45, 0.22), (0.7, 0.16))),), 1.0, 0.3)
"""What stands for a signature that the file does not draw."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The signed plan: its papers by kind, and why others were not made."""

    plan: Id
    made: tuple[Id, ...]
    refused: dict[PaperKind, str]


def agree_plan(run: CaseRun, held: Held) -> Agreed:
    """Writes the plan on the day of the run, asks about each paper, and signs. Raises CaseFileInvalid."""
    run.at(run.today, 10, 30)
    plan = _written(run, held)
    _settled(run, plan)
    reasons = _asked(run, plan)
    return _signed(run, plan, reasons)


def _written(run: CaseRun, held: Held) -> Id:
    desk, case = run.coach, run.case
    for one in case["obstacles"]:
        if "left_reason" in one:
            leave_obstacle(desk, held.obstacles[one["key"]], one["left_reason"])
    for number, action in enumerate(case["actions"]):
        if not action.get("from_session"):
            add_action(run, number, action, held.obstacles, None)
    for number, one in enumerate(case.get("goals", ())):
        with said_at(f"goals[{number}]"):
            goal = plans.add_goal(desk, run.participant, one["text"], by=_day(one.get("by")))
            if "level" in one:
                plans.change_goal(desk, goal, level=one["level"])
    for number, one in enumerate(case.get("adjustments", ())):
        with said_at(f"adjustments[{number}]"):
            _adjusted(run, one, held)
    for number, one in enumerate(case.get("return_weeks", ())):
        with said_at(f"return_weeks[{number}]"):
            going_back.add_week(
                desk,
                run.participant,
                starts_on=date.fromisoformat(one["starts_on"]),
                days=one["days"],
                hours=Decimal(one["hours"]),
                start=one.get("start"),
                finish=one.get("finish"),
                duties=one.get("duties"),
                check_in=_day(one.get("check_in")),
            )
    with said_at("plan"):
        return _texts(run, case["plan"])


def _adjusted(run: CaseRun, one: dict[str, Any], held: Held) -> None:
    made = adjustments.ask_for(
        run.coach,
        run.participant,
        one["text"],
        code=Code(one["code"]) if "code" in one else None,
        reason=one.get("reason"),
        obstacle=held.obstacles.get(one.get("obstacle", "")),
        starts_on=_day(one.get("starts_on")),
        ends_on=_day(one.get("ends_on")),
        review_on=_day(one.get("review_on")),
        asked_by=run.colleagues.ids.get(one.get("asked_by", "")),
    )
    if "answer" in one:
        adjustments.record_answer(run.coach, made, EmployerAnswer(one["answer"]), one.get("answer_note"))


def _texts(run: CaseRun, written: dict[str, Any]) -> Id:
    desk = run.coach
    plan = plans.open_plan(desk, run.participant)
    plans.set_plan_type(desk, plan, PlanType(written["type"]))
    for field in sorted(plans.TEXTS - {"gp_risk"}):
        if field in written:
            plans.set_plan_text(desk, plan, field, written[field])
    if "gp_risk" in written:
        clinician = _signature(run, "clinician")
        if clinician is None:
            raise CaseFileInvalid("plan.gp_risk", text("jobs.risk_needs_clinician"))
        plans.set_plan_text(run.colleagues.desk(clinician["person"]), plan, "gp_risk", written["gp_risk"])
    plans.set_review(desk, plan, date.fromisoformat(written["review_on"]))
    return plan


def _settled(run: CaseRun, plan: Id) -> None:
    coach, clinician, participant = (_signature(run, role) for role in ("coach", "clinician", "participant"))
    if coach is None or coach["outcome"] != "signed":
        raise CaseFileInvalid("signatures", text("jobs.coach_must_sign"))
    with said_at("signatures"):
        signatories.settle_signatories(
            run.coach,
            plan,
            coach=run.coach.me,
            clinician=run.colleagues.ids[clinician["person"]] if clinician else None,
        )
        for one, role in ((participant, SignatoryRole.PARTICIPANT), (clinician, SignatoryRole.CLINICIAN)):
            if one is not None and one["outcome"] != "signed":
                outcome = SignatureOutcome(one["outcome"])
                signatories.will_not_sign(run.coach, plan, one["reason"], role=role, outcome=outcome)


def _asked(run: CaseRun, plan: Id) -> dict[PaperKind, str]:
    """What the participant said to each paper; the reasons of those that will not be made."""
    said = {PaperKind(one["kind"]): (number, one) for number, one in enumerate(run.case.get("papers", ()))}
    gp = said.get(PaperKind.GP_SUMMARY)
    if gp is not None and "recipient_name" in gp[1] and "gp_practice" not in run.case["participant"]:
        participants.edit(run.coach, run.participant, gp_practice=gp[1]["recipient_name"])
    reasons: dict[PaperKind, str] = {}
    for kind in (PaperKind.GP_SUMMARY, PaperKind.EMPLOYER_SUMMARY):
        if kind not in said:
            continue
        number, one = said[kind]
        how = ApprovalHow(one.get("how", ApprovalHow.IN_ROOM))
        with said_at(f"papers[{number}]"):
            if one["approved"]:
                shown = papers.preview(run.coach, plan, kind)
                reader = run.colleagues.ids.get(one.get("read_out_by", ""))
                papers.approve(run.coach, plan, kind, shown.content, how=how, read_out_by=reader)
            else:
                papers.refuse(run.coach, plan, kind, one["reason"], how=how)
                reasons[kind] = one["reason"]
    return reasons


def _signed(run: CaseRun, plan: Id, reasons: dict[PaperKind, str]) -> Agreed:
    key = _signature(run, "coach")
    assert key is not None  # noqa: S101 - looked at when it was settled who signs
    result = signing.sign_as_coach(run.coach, plan, run.colleagues.passphrase_of(key["person"]))
    refused = {kind: reasons.get(kind) or text(f"jobs.not_made.{state}") for kind, state in result.not_made}
    made = result.documents
    participant, clinician = _signature(run, "participant"), _signature(run, "clinician")
    if participant is not None and participant["outcome"] == "signed":
        signing.take_ink(run.coach, plan, _ink(participant))
    if clinician is not None and clinician["outcome"] == "signed":
        person, passphrase = clinician["person"], run.colleagues.passphrase_of(clinician["person"])
        signing.sign_as_clinician(run.coach, plan, run.colleagues.ids[person], passphrase)
    return Agreed(plan, made, refused)


def _ink(signature: dict[str, Any]) -> Ink:
    """The file's points run from 0 to 1 both ways; the box on the screen is three and a third times as wide as high."""
    if "ink" not in signature:
        return PLAIN_INK
    strokes = (
        Stroke(tuple((float(x), float(y) * PLAIN_INK.height) for x, y, *_ in stroke)) for stroke in signature["ink"]
    )
    return Ink(tuple(strokes), 1.0, PLAIN_INK.height)


def _signature(run: CaseRun, role: str) -> dict[str, Any] | None:
    return next((one for one in run.case["signatures"] if one["role"] == role), None)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
