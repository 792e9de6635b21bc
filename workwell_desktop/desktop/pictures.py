"""Pictures of the pages with demonstration data (``workwell screenshots``, ``workwell demo --headless``).

Each page is opened by its route as a person would open it, with the one clock of the run.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.begin import application, program_for
from workwell_desktop.desktop.days import clock_words
from workwell_desktop.desktop.gate import Gate
from workwell_desktop.desktop.operations import Inline
from workwell_desktop.desktop.pages.duties.page import PARTS
from workwell_desktop.desktop.pages.session.projector import Projector
from workwell_desktop.desktop.program import Program
from workwell_desktop.desktop.screenshots import LOOKS, Picture, draw, settle
from workwell_desktop.desktop.speaking import speak
from workwell_desktop.domain import screen
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.attachments import Attachment
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.episodes import Episode, Response, RiskConversation
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import FormStatus, FormVersion, Person
from workwell_desktop.domain.plans import Adjustment, Plan, PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Discussion, Session, SessionStatus
from workwell_desktop.services.administration import site_packs
from workwell_desktop.services.coming_in import waiting
from workwell_desktop.services.demo import tour
from workwell_desktop.services.meeting import projecting, session_pages
from workwell_desktop.services.safekeeping import conflicts

if TYPE_CHECKING:
    from workwell_desktop.services.desk import Desk
    from workwell_desktop.store import Reader

MAIN = ("today", "participants", "record", "assessment", "session", "plan", "papers", "settings")
"""The pages that ``demo --headless`` draws; ``screenshots`` draws every one."""

Opened = tuple[str, str, dict[str, str]]
"""Name of the picture, route, and what the route is opened with."""


def draw_pages(
    gate: Gate, desk: "Desk", out: Path, clock: Clock, *, every_look: bool, language: str = ""
) -> Sequence[Path]:
    """Draws into ``out``; ``every_look`` takes all pages at 100 % and 200 %, dark and in high contrast; ``language`` is
    spoken instead of what the person of the desk has chosen."""
    app = application()
    program = program_for(gate, clock, Inline())
    before = screen.language()
    program.language = language or before
    program.start()
    program.language = language
    settle(app)
    looks = LOOKS if every_look else LOOKS[:1]
    try:
        files = draw(program.window, [Picture("unlock", lambda _window: None)], out, looks) if every_look else []
        without_tour(desk)
        program.enter(desk)
        room = Projector()
        pictures = [*_pictures(program, desk, every=every_look), *_second_window(desk, room, clock)]
        return [*files, *draw(program.window, pictures, out, looks)]
    finally:
        program.window.close()
        program.close()
        speak(before)


def without_tour(desk: "Desk") -> None:
    """Pictures are of the pages as they are every day."""
    if desk.may(Act.READ, Episode):
        tour.keep(desk, tour.ENDED)


def _pictures(program: Program, desk: "Desk", *, every: bool) -> Iterator[Picture]:
    workspace = program.workspace
    if workspace is None:
        return
    navigator = workspace.navigator
    for name, route, params in places(desk):
        if route in navigator.routes and (every or name in MAIN):

            def show(_window: QWidget, route: str = route, params: dict[str, str] = params) -> None:
                navigator.go(route, **params)

            yield Picture(name, show)


def _second_window(desk: "Desk", room: Projector, clock: Clock) -> Iterator[Picture]:
    """What the room sees of a case: without a name, with the name, and the neutral card."""
    with desk.read() as reader:
        sessions = reader.list(Session, order_by=("starts_at", "id"), status__ne=SessionStatus.LOCKED)
    lines = session_pages.view_session(desk, sessions[0].id).agenda if sessions else ()
    line = next((one for one in lines if one.named and one.topics), None)
    if line is None:
        return
    room.resize(1920, 1080)

    def show(_window: QWidget, reveal: bool | None) -> None:
        room.rest()
        if reveal is not None:
            seen = projecting.project(desk, line.item, reveal=reveal)
            room.show_case(seen, clock_words(clock.now()), clock.today())

    for name, reveal in (("projector", False), ("projector-named", True), ("projector-resting", None)):
        yield Picture(name, partial(show, reveal=reveal), lambda: room)


def places(desk: "Desk") -> Iterator[Opened]:
    """Every route, where there is most to see."""
    yield "today", "today", {}
    yield "participants", "participants", {}
    yield "referral", "referral", {}
    yield "referrals", "referrals", {}
    yield "referral-import", "referral-import", {}
    yield "case-in", "case-in", {}
    for line in waiting.view(desk).lines[:1]:
        yield "coming-in", "coming-in", {"participant": str(line.one.participant)}
    yield "summary", "summary", {}
    yield "verify", "verify", {}
    yield "services", "services", {}
    yield "service", "service", {"service": "national:mind"}
    yield "service-edit", "service-edit", {}
    with desk.read() as reader:
        yield from _one_person(desk, reader)
        yield from _meetings(reader)
        yield from _plans(reader)
        yield from _shelf(reader)
        colleague = next(one.id for one in reader.list(Person, order_by="id") if one.id != desk.me)
    yield "person", "person", {"person": str(colleague)}
    yield "person-new", "person", {}
    yield "site", "site", {}
    yield "letters", "letters", {"letter": "employer"}
    yield "site-other", "site", {"pack": next(one.code for one in site_packs.choices(desk) if not one.in_use)}
    yield "help-page", "help", {"topic": "plan"}
    for route in ("sync", "devices", "settings", "events", "retention", "help", "keys", "about", "diagnostics"):
        yield route, route, {}
    for section in ("people", "teams", "partnership", "computer"):
        yield f"settings-{section}", "settings", {"section": section}


def _one_person(desk: "Desk", reader: "Reader") -> Iterator[Opened]:
    """The record with the fullest plan, an open conversation about risk, and who has two answers to one question."""
    someone = _main(reader)
    who = {"participant": str(someone)}
    yield "record", "record", who
    for tab in ("assessments", "plan", "sessions", "papers", "agreements", "everything"):
        yield f"record-{tab}", "record", {**who, "tab": tab}
    for route in ("services", "loops", "appointment", "blocks"):
        yield f"{route}-of-one", route, who
    for route in (
        "measures",
        "contact",
        "work",
        "agreement",
        "obstacle",
        "details",
        "ending",
        "handover",
        "bring",
        "erase",
    ):
        yield route, route, who
    for route in ("evidence", "attachments", "attachment", "advice", "case-out"):
        yield route, route, who
    for asked in reader.list(Adjustment, order_by=("position", "id"), scope=someone)[:1]:
        yield "change", "change", {**who, "adjustment": str(asked.id)}
    for paper in reader.list(AbsenceEvidence, order_by=("-starts_on", "id"), scope=someone)[:1]:
        yield "evidence-noted", "evidence", {**who, "evidence": str(paper.id)}
    for scan in reader.list(Attachment, order_by=("-added_at", "id"), scope=someone)[:1]:
        yield "attachment-kept", "attachment", {**who, "attachment": str(scan.id)}
    for part in PARTS:
        yield f"duties-{part.replace('_', '-')}", "duties", {**who, "part": part}
    yield "assessment-choose", "assessment", who
    responses = reader.list(Response, order_by=("-started_at", "id"), scope=someone)
    for answered in responses[:1]:
        yield "assessment", "assessment", {**who, "response": str(answered.id)}
    for one in reader.list(RiskConversation, order_by=("raised_at", "id"))[:1]:
        yield "risk", "risk", {"participant": str(one.scope), "risk": str(one.id)}
        if one.response is not None:
            yield "assessment-risk", "assessment", {"participant": str(one.scope), "response": str(one.response)}
    everyone = reader.list(Participant, order_by="id")
    twice = next((one.id for one in everyone if conflicts.of_participant(desk, one.id)), someone)
    yield "conflict", "conflict", {"participant": str(twice)}
    yield "conflict-all", "conflict", {}
    yield "digest", "digest", {}


def _meetings(reader: "Reader") -> Iterator[Opened]:
    """The session of the day, one that was held, and somebody who is to be told."""
    sessions = reader.list(Session, order_by=("starts_at", "id"))
    yield "sessions", "sessions", {}
    yield "attendance", "attendance", {}
    for session in [one for one in sessions if one.status is not SessionStatus.LOCKED][:1]:
        for route in ("prepare", "session", "signoff"):
            yield route, route, {"session": str(session.id)}
    for session in [one for one in sessions if one.status is SessionStatus.LOCKED][:1]:
        yield "session-locked", "session", {"session": str(session.id)}
    for decision in [one for one in reader.list(Discussion, order_by=("-decided_at", "id")) if one.decided_at][:1]:
        yield "tell", "tell", {"participant": str(decision.scope), "discussion": str(decision.id)}


def _plans(reader: "Reader") -> Iterator[Opened]:
    for plan in reader.list(Plan, order_by=("-version", "id"), status=PlanStatus.SIGNING)[:1]:
        for step in ("actions", "changes", "return", "sign"):
            name = "plan" if step == "actions" else f"plan-{step}"
            yield name, "plan", {"participant": str(plan.scope), "plan": str(plan.id), "step": step}
    for plan in reader.list(Plan, order_by=("-agreed_on", "id"), status=PlanStatus.SIGNED)[:1]:
        yield "plan-signed", "plan", {"participant": str(plan.scope), "plan": str(plan.id)}
    yield "papers", "papers", {}
    for paper in reader.list(Document, order_by=("-made_at", "id"))[:1]:
        yield "paper", "paper", {"participant": str(paper.scope), "paper": str(paper.id)}
        yield "handout", "handout", {"participant": str(paper.scope), "kind": "service_card"}


def _shelf(reader: "Reader") -> Iterator[Opened]:
    yield "library", "library", {}
    for tab in ("changes", "services"):
        yield f"library-{tab}", "library", {"tab": tab}
    yield "library-take-in", "form-import", {}
    for form in reader.list(FormVersion, order_by=("title", "id"), status=FormStatus.ACTIVE)[:1]:
        for tab in ("about", "versions", "rights"):
            yield f"library-form-{tab}", "form", {"form": str(form.id), "tab": tab}
        yield "library-try", "form-try", {"form": str(form.id)}


def _main(reader: "Reader") -> Id:
    """Whose plan is being signed, or anybody."""
    plans = reader.list(Plan, order_by=("-version", "id"), status=PlanStatus.SIGNING)
    return plans[0].scope if plans else reader.list(Participant, order_by="id", limit=1)[0].id
