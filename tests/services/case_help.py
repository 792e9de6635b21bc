"""What the tests about assessments, sessions, plans and papers begin with."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from workwell_desktop.domain.papers import ApprovalHow, PaperKind
from workwell_desktop.domain.plans import ObstacleKind, OwnerKind
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Discussion, Lane, Presence, Topics
from workwell_desktop.domain.values import Value
from workwell_desktop.services.assessing import assessments, library
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import agenda, discussions, sessions
from workwell_desktop.services.paperwork import papers
from workwell_desktop.services.person import obstacles
from workwell_desktop.services.person.obstacles import OwnedBy
from workwell_desktop.services.planning import plans, signatories

FORMS = "https://workwell-desktop.example/forms/"
SCALE = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
TODAY = date(2026, 11, 24)


def option(filling: Filling, link_id: str, code: str) -> Value:
    """The option of a question that has this code."""
    return next(one.value for one in filling.form.index[link_id].options if getattr(one.value, "code", None) == code)


def phq9(desk: Desk, participant: Id, digits: str, *, finish: bool = True) -> Filling:
    """A PHQ-9 answered with 0 to 3; fewer digits leave the last questions open."""
    library.bring_in_shipped(desk)
    filling = assessments.start(desk, participant, f"{FORMS}phq-9")
    said: Mapping[str, Value] = {
        f"phq9-{number}": option(filling, f"phq9-{number}", SCALE[int(digit)])
        for number, digit in enumerate(digits, start=1)
    }
    assessments.answer_all(desk, filling, said)
    if finish:
        assessments.complete(desk, filling)
    return filling


def session_with(
    desk: Desk,
    chair: Desk,
    participant: Id,
    *others: Desk,
    question: str | None = "What next?",
    lane: Lane = Lane.DISCUSS,
) -> tuple[Id, Id, Id]:
    """A running session with everybody here: session, agenda item, discussion."""
    team = Id(min(desk.person.teams))
    starts = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    session = sessions.create_session(desk, team, starts, place="Room 4", chair=chair.me, note_taker=desk.me)
    item = agenda.add_case(desk, session, participant, question=question, lane=lane)
    sessions.start_session(desk, session)
    for one in (desk, chair, *others):
        sessions.attend(desk, sessions.invite(desk, session, one.me), Presence.PRESENT)
    with desk.read() as reader:
        discussion = reader.list(Discussion, agenda_item=item)[0].id
    return session, item, discussion


def agreed(desk: Desk, discussion: Id, **changes: object) -> None:
    """The person agreed to be talked about, and told the coach their view."""
    told: dict[str, object] = {"own_words": "I want to go back", "view_how": "told_coach"}
    discussions.agree_to_discuss(desk, discussion, Topics.YES, **{**told, **changes})  # type: ignore[arg-type]


def ready_plan(desk: Desk, participant: Id, *, clinician: Id | None = None) -> Id:
    """A plan with one obstacle, one action and a review, with its signatories settled."""
    participants.edit(desk, participant, what_matters="Back with my team", gp_practice="Hebble Street Surgery")
    obstacle = obstacles.add_obstacle(desk, participant, ObstacleKind.PERSON, "Low back pain, worse by night")
    owner = OwnedBy(OwnerKind.STAFF, desk.me)
    obstacles.add_action(desk, participant, "Ask about shorter shifts", owner, TODAY, obstacle=obstacle)
    plan = plans.open_plan(desk, participant)
    plans.set_plan_text(desk, plan, "function", "Can stand and walk. Lifting is hard at the moment.")
    plans.set_plan_text(desk, plan, "gp_problem", "Lumbago with depression")
    plans.set_review(desk, plan, TODAY + timedelta(days=14))
    signatories.settle_signatories(desk, plan, clinician=clinician)
    return plan


def say_yes(desk: Desk, plan: Id, *kinds: PaperKind) -> None:
    """The participant saw these papers and agreed to each."""
    for kind in kinds:
        shown = papers.preview(desk, plan, kind)
        papers.approve(desk, plan, kind, shown.content, how=ApprovalHow.IN_ROOM)
