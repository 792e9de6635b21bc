"""One made-up participant: referral, agreements, work, measures, obstacles, actions, contacts, plan."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from workwell_desktop.domain.episodes import ClosureReason, Mode, ReferralSource
from workwell_desktop.domain.participants import AgreementKind, Evidence, Party, WorkStatus
from workwell_desktop.domain.plans import (
    ActionKind,
    EmployerAnswer,
    ObstacleKind,
    OwnerKind,
)
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.values import Value
from workwell_desktop.services.assessing import assessments
from workwell_desktop.services.coming_in import agreements, limits, needs, referrals
from workwell_desktop.services.coming_in.participant_views import AgreementDetails, ParticipantDetails
from workwell_desktop.services.demo.absence import make_papers
from workwell_desktop.services.demo.coming_in import make_coming_in, sent_by
from workwell_desktop.services.employment import work
from workwell_desktop.services.employment.work_views import WorkDetails
from workwell_desktop.services.job.case_answers import give_answers
from workwell_desktop.services.person import contacts, ending, going_back, obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import adjustments, plans, signatories, signing
from workwell_desktop.services.planning.signing import Ink, Stroke

if TYPE_CHECKING:
    from workwell_desktop.services.demo.making import Maker, Row

FORMS = "https://workwell-desktop.example/forms/"
ANSWERS = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
INK = Ink((Stroke(((0.04, 0.2), (0.12, 0.05), (0.2, 0.22), (0.34, 0.1), (0.5, 0.21), (0.66, 0.12))),), 1.0, 0.3)


def make_participant(maker: "Maker", row: "Row", number: str) -> Id:
    """Makes one participant, in the order in which things happened."""
    participant, episode = _referred(maker, row, number)
    if "begun" not in row:
        return participant
    maker.at(row["begun"], "10:00")
    take_part = AgreementDetails(AgreementKind.TAKE_PART, Party.PARTICIPANT, given=True, how="in_room")
    discuss = AgreementDetails(AgreementKind.DISCUSS, Party.TEAM, given=True, how="in_room")
    asked = needs.Asked(
        frozenset(row.get("needs", ())), row.get("language", ""), contact_note=row.get("contact_note", "")
    )
    needs.record(maker.desk, participant, asked)
    limits.say(maker.desk, participant, "in_room")
    agreements.record(maker.desk, participant, take_part)
    agreements.record(maker.desk, participant, discuss)
    referrals.accept(maker.desk, episode, maker.ids[row.get("coach", "maya")])
    if "employer_agreed" in row:
        maker.at(row["employer_agreed"], "15:00")
        talk = AgreementDetails(
            AgreementKind.CONTACT, Party.EMPLOYER, given=True, how="phone", party_name=row["work"]["employer"]
        )
        agreements.record(maker.desk, participant, talk)
    make_papers(maker, row, participant)
    noted = _obstacles(maker, row, participant)
    _actions(maker, row, participant, noted)
    _measured(maker, row, participant)
    _talks(maker, row, participant)
    if "plan" in row:
        _planned(maker, row, participant, noted)
    if "closed" in row:
        maker.at(row["closed"], "16:00")
        ending.close(maker.desk, episode, ClosureReason(row["closure"]))
    return participant


def _referred(maker: "Maker", row: "Row", number: str) -> tuple[Id, Id]:
    maker.at(row["received"], "08:30")
    told = row["work"]
    who = ParticipantDetails(
        given_name=row["given"],
        family_name=row["family"],
        birth_date=date.fromisoformat(row["born"]),
        preferred_name=row.get("called"),
        pronouns=row["pronouns"],
        nhs_number=number,
        address=row["address"],
        town=row["town"],
        phone=row.get("phone"),
        contact_note=row.get("contact_note"),
        needs=frozenset(row.get("needs", ())),
        language=row.get("language"),
        gp_practice=row.get("gp"),
        lives_with=row.get("lives_with"),
        good_at=row.get("good_at"),
    )
    made = referrals.create(
        maker.desk,
        referrals.NewReferral(
            source=ReferralSource(row["source"]),
            reason=row["reason"],
            who=who,
            received_on=maker.day(row["received"]),
            **sent_by(row),
            team=maker.teams[row.get("team", "calder")],
        ),
    )
    day = max(row.get("begun", row["received"]), told["since"])
    maker.at(day, "10:30")
    work.record(
        maker.desk,
        made.participant,
        WorkDetails(
            status=WorkStatus(told["status"]),
            since=maker.day(told["since"]),
            job_title=told["job"],
            employer=told.get("employer"),
            usual_hours=Decimal(str(told["hours"])) if "hours" in told else None,
            usual_pattern=told.get("pattern"),
            evidence=Evidence(told["evidence"]) if "evidence" in told else None,
            evidence_until=maker.day(told["until"]) if "until" in told else None,
        ),
    )
    make_coming_in(maker, row, made.referral, made.episode)
    if "matters" in row:
        from workwell_desktop.services.coming_in import participants

        maker.at(row.get("begun", row["received"]), "10:40")
        participants.edit(maker.desk, made.participant, what_matters=row["matters"])
    return made.participant, made.episode


def _obstacles(maker: "Maker", row: "Row", participant: Id) -> list[Id]:
    noted = []
    for one in row.get("obstacles", ()):
        maker.at(one["day"], "11:00")
        kind = ObstacleKind(one["kind"])
        made = obstacles.add_obstacle(maker.desk, participant, kind, one["text"], noted_on=maker.day(one["day"]))
        if one.get("done"):
            obstacles.finish_obstacle(maker.desk, made)
        noted.append(made)
    return noted


def _actions(maker: "Maker", row: "Row", participant: Id, noted: list[Id]) -> None:
    kinds = {"participant": OwnerKind.PARTICIPANT, "employer": OwnerKind.EMPLOYER}
    for one in row.get("actions", ()):
        maker.at(min(-1, one["due"]) - 2, "11:20")
        owner = kinds.get(one["owner"], OwnerKind.STAFF)
        person = maker.ids[one["owner"]] if owner is OwnerKind.STAFF else None
        made = obstacles.add_action(
            maker.desk,
            participant,
            one["text"],
            OwnedBy(owner, person),
            maker.day(one["due"]),
            obstacle=noted[one["on"]],
            kind=ActionKind.SELF if owner is OwnerKind.PARTICIPANT else ActionKind.IN_HOUSE,
            for_employer=one.get("employer", False),
        )
        if one.get("done"):
            maker.at(one["due"], "12:00")
            obstacles.finish_action(maker.desk, made)


def _measured(maker: "Maker", row: "Row", participant: Id) -> None:
    for code, form in (("phq9", "phq-9"), ("gad7", "gad-7")):
        for days, digits in row.get(code, ()):
            maker.at(days, "09:40")
            _filled(maker, participant, form, _scale(code, digits))
    for days, value in row.get("ability", ()):
        maker.at(days, "09:50")
        _filled(maker, participant, "work-ability-ruler", {"ability": value})
    for days, value in row.get("pain", ()):
        maker.at(days, "09:55")
        _filled(maker, participant, "pain-0-10", {"pain-now": value})
    if "home_phq9" in row:
        maker.at(0, "07:42")
        _filled(maker, participant, "phq-9", _scale("phq9", row["home_phq9"]), Mode.REMOTE)
    if "open_form" in row:
        begun = row["open_form"]
        maker.at(begun["day"], "14:00")
        filling = assessments.start(maker.desk, participant, f"{FORMS}work-and-health")
        give_answers(maker.desk, filling, begun["answers"], row["key"])


def _scale(code: str, digits: str) -> dict[str, Value]:
    """Answers 0 to 3 of one questionnaire as the codes of their options."""
    return {f"{code}-{number}": ANSWERS[int(digit)] for number, digit in enumerate(digits, start=1)}


def _filled(maker: "Maker", participant: Id, form: str, answers: dict[str, Value], mode: Mode = Mode.INTERVIEW) -> None:
    filling = assessments.start(maker.desk, participant, f"{FORMS}{form}", mode)
    give_answers(maker.desk, filling, answers, form)
    assessments.complete(maker.desk, filling)


def _talks(maker: "Maker", row: "Row", participant: Id) -> None:
    for one in row.get("contacts", ()):
        if one.get("done"):
            maker.at(one["due"], "12:30")
            said = contacts.ContactDetails(one["purpose"], one["mode"])
            contacts.record(maker.desk, participant, said)
            continue
        maker.at(min(-1, one["due"] - 1), "12:30")
        at = maker.moment(one["due"], one["at"]) if "at" in one else None
        planned = contacts.ContactDetails(
            one["purpose"],
            one["mode"],
            due=maker.day(one["due"]),
            at=at,
            place=one.get("place"),
            owner=maker.ids[row.get("coach", "maya")],
        )
        contacts.plan(maker.desk, participant, planned)


def _planned(maker: "Maker", row: "Row", participant: Id, noted: list[Id]) -> None:
    desk, wanted = maker.desk, row["plan"]
    maker.at(wanted.get("signed", -1), "13:00")
    _changes(maker, row, participant, noted)
    monday = maker.today + timedelta(days=-maker.today.weekday() % 7)
    for week in row.get("weeks", ()):
        going_back.add_week(
            desk,
            participant,
            starts_on=monday + timedelta(weeks=week["in"]),
            days=week["days"],
            start=week["start"],
            finish=week["finish"],
            duties=week["duties"],
        )
    for goal in row.get("goals", ()):
        plans.add_goal(desk, participant, goal["text"], by=maker.day(goal["by"]))
    plan = plans.open_plan(desk, participant)
    for field in sorted(plans.TEXTS - {"gp_risk"}):
        if field in wanted:
            plans.set_plan_text(desk, plan, field, wanted[field])
    if "review" not in wanted:
        return
    if not row.get("matters"):
        plans.set_plan_text(desk, plan, "what_matters", row["reason"])
    plans.set_review(desk, plan, maker.day(wanted["review"]))
    clinician = maker.ids[wanted["clinician"]] if "clinician" in wanted else None
    signatories.settle_signatories(desk, plan, clinician=clinician)
    if wanted["stage"] == "signed":
        signing.sign_as_coach(desk, plan, maker.passphrase)
        signing.take_ink(desk, plan, INK)


def _changes(maker: "Maker", row: "Row", participant: Id, noted: list[Id]) -> None:
    for one in row.get("changes", ()):
        made = adjustments.ask_for(
            maker.desk,
            participant,
            one["text"],
            code=Code(one["code"]) if "code" in one else None,
            reason=one["reason"],
            obstacle=noted[one["on"]],
            ends_on=maker.day(one["until"]) if "until" in one else None,
            review_on=maker.day(one["review"]),
        )
        if "answer" in one:
            adjustments.record_answer(maker.desk, made, EmployerAnswer(one["answer"]), one.get("note"))
