"""The session of a case file: prepared the day before, held, decided, locked and signed by its chair."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Team
from workwell_desktop.domain.plans import ActionKind, ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Discussion, Lane, Outcome, Presence, Topics
from workwell_desktop.services.job.case_file import CaseRun, said_at
from workwell_desktop.services.meeting import agenda, discussions, sessions, signing_minutes
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy


@dataclass(frozen=True, slots=True)
class Held:
    """What a session left: its record, its minutes in the register, and obstacles by their key in the file."""

    session: Id
    minutes: Id
    obstacles: dict[str, Id]


def hold_session(run: CaseRun) -> Held:
    """Runs the session. Raises CaseFileInvalid with the place in the file, Locked and NoPermission as the acts do."""
    case = run.case["session"]
    day = date.fromisoformat(case["on"])
    starts = datetime.combine(day, time.fromisoformat(case["at"]), LONDON).astimezone(UTC)
    noted = _obstacles(run)
    run.clock.set(starts - timedelta(days=1))
    session, item = _prepared(run, case, starts)
    run.clock.set(starts)
    sessions.start_session(run.coach, session)
    _attended(run, session, case)
    with run.coach.read() as reader:
        discussion = reader.list(Discussion, agenda_item=item)[0].id
    with said_at("session"):
        _discussed(run, discussion, case)
    for number, action in enumerate(run.case["actions"]):
        if action.get("from_session"):
            add_action(run, number, action, noted, discussion)
    run.clock.set(starts + timedelta(minutes=case.get("minutes", 10)))
    chair = run.colleagues.desk(case["chair"])
    sessions.lock_session(chair, session)
    minutes = signing_minutes.sign_minutes(chair, session, run.colleagues.passphrase_of(case["chair"]))
    return Held(session, minutes, noted)


def add_action(run: CaseRun, number: int, action: dict[str, Any], noted: dict[str, Id], discussion: Id | None) -> None:
    """One action of the file, from the session or from the plan."""
    kind = {"participant": OwnerKind.PARTICIPANT, "employer": OwnerKind.EMPLOYER, "other": OwnerKind.OTHER}
    owner = kind.get(action["owner"], OwnerKind.STAFF)
    person = run.colleagues.ids[action["owner"]] if owner is OwnerKind.STAFF else None
    with said_at(f"actions[{number}]"):
        obstacles.add_action(
            run.coach,
            run.participant,
            action["text"],
            OwnedBy(owner, person, action.get("owner_name")),
            date.fromisoformat(action["due"]),
            obstacle=noted.get(action.get("obstacle", "")),
            discussion=discussion,
            kind=ActionKind(action["kind"]),
            for_employer=action.get("for_employer", False),
        )


def _obstacles(run: CaseRun) -> dict[str, Id]:
    noted = {}
    for number, one in enumerate(run.case["obstacles"]):
        on = date.fromisoformat(one["noted_on"]) if "noted_on" in one else None
        with said_at(f"obstacles[{number}]"):
            noted[one["key"]] = obstacles.add_obstacle(
                run.coach, run.participant, ObstacleKind(one["kind"]), one["text"], noted_on=on
            )
    return noted


def _prepared(run: CaseRun, case: dict[str, Any], starts: datetime) -> tuple[Id, Id]:
    desk, ids = run.coach, run.colleagues.ids
    with desk.read() as reader:
        team = reader.list(Team)[0].id
    session = sessions.create_session(
        desk,
        team,
        starts,
        place=case.get("place"),
        chair=ids[case["chair"]],
        note_taker=ids[case["note_taker"]] if "note_taker" in case else None,
    )
    with said_at("session"):
        item = agenda.add_case(
            desk,
            session,
            run.participant,
            lane=Lane(case.get("lane", Lane.DISCUSS)),
            question=case["question"],
            presenter=ids[case["presenter"]],
            minutes=case.get("minutes"),
        )
        if "since_last" in case:
            agenda.set_since_last(desk, item, case["since_last"])
    return session, item


def _attended(run: CaseRun, session: Id, case: dict[str, Any]) -> None:
    desk = run.coach
    for number, one in enumerate(case["attendance"]):
        with said_at(f"session.attendance[{number}]"):
            if "person" in one:
                line = sessions.invite(desk, session, run.colleagues.ids[one["person"]])
            else:
                role = Code(one["role"]) if "role" in one else None
                line = sessions.invite_guest(
                    desk, session, one.get("name", ""), role=role, organisation=one.get("organisation")
                )
            sessions.attend(desk, line, Presence(one["presence"]))


def _discussed(run: CaseRun, discussion: Id, case: dict[str, Any]) -> None:
    desk, ids = run.coach, run.colleagues.ids
    discussions.agree_to_discuss(
        desk,
        discussion,
        Topics(case["topics"]),
        limits=case.get("topics_limits"),
        own_words=case.get("own_words"),
        view_how=Code(case["view_how"]) if "view_how" in case else None,
    )
    for one in case.get("contributions", ()):
        discussions.contribute(
            desk,
            discussion,
            opinion=one["opinion"],
            facts=one.get("facts"),
            author=ids[one["by"]],
            discipline=Code(one["discipline"]) if "discipline" in one else None,
        )
    review = case.get("next_review")
    discussions.decide(
        desk,
        discussion,
        decision=case["decision"],
        rationale=case["rationale"],
        outcome=Outcome(case["outcome"]),
        options=case.get("options"),
        dissent=case.get("dissent"),
        next_review=date.fromisoformat(review) if review else None,
    )
    tell = case["tell"]
    how = Code(tell.get("how", "phone"))
    discussions.plan_to_tell(desk, discussion, ids[tell["owner"]], how, date.fromisoformat(tell["by"]))
