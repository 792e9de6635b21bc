"""Pictures of the pages with demonstration data (``workwell screenshots``, ``workwell demo --headless``).

Each page is opened by its route as a person would open it, with the one clock of the run.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.begin import application, program_for
from workwell_desktop.desktop.gate import Gate
from workwell_desktop.desktop.operations import Inline
from workwell_desktop.desktop.program import Program
from workwell_desktop.desktop.screenshots import LOOKS, Picture, draw, settle
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.episodes import Response, RiskConversation
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import FormStatus, FormVersion
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.domain.sessions import Session, SessionStatus

if TYPE_CHECKING:
    from workwell_desktop.services.desk import Desk

MAIN = ("today", "participants", "record", "assessment", "session", "plan", "papers", "settings")
"""The pages that ``demo --headless`` draws; ``screenshots`` draws every one."""

Opened = tuple[str, str, dict[str, str]]
"""Name of the picture, route, and what the route is opened with."""


def draw_pages(gate: Gate, desk: "Desk", out: Path, clock: Clock, *, every_look: bool) -> Sequence[Path]:
    """Draws into ``out``; ``every_look`` takes all pages at 100 % and 200 %, dark and in high contrast."""
    app = application()
    program = program_for(gate, clock, Inline())
    program.start()
    settle(app)
    looks = LOOKS if every_look else LOOKS[:1]
    try:
        files = draw(program.window, [Picture("unlock", lambda _window: None)], out, looks) if every_look else []
        program.enter(desk)
        return [*files, *draw(program.window, list(_pictures(program, desk, every=every_look)), out, looks)]
    finally:
        program.window.close()
        program.close()


def _pictures(program: Program, desk: "Desk", *, every: bool) -> Iterator[Picture]:
    workspace = program.workspace
    if workspace is None:
        return
    navigator = workspace.navigator
    for name, route, params in _places(desk):
        if route in navigator.routes and (every or name in MAIN):

            def show(_window: QWidget, route: str = route, params: dict[str, str] = params) -> None:
                navigator.go(route, **params)

            yield Picture(name, show)


def _places(desk: "Desk") -> Iterator[Opened]:
    """Where there is most to see: the record with the fullest plan, the session of the day, an open conversation."""
    with desk.read() as reader:
        plans = reader.list(Plan, order_by=("-version", "id"), status=PlanStatus.SIGNING)
        signed = reader.list(Plan, order_by=("-agreed_on", "id"), status=PlanStatus.SIGNED)
        responses = reader.list(Response, order_by=("-started_at", "id"))
        sessions = reader.list(Session, order_by=("starts_at", "id"))
        forms = reader.list(FormVersion, order_by=("title", "id"), status=FormStatus.ACTIVE)
        risks = reader.list(RiskConversation, order_by=("raised_at", "id"))
        someone = plans[0].scope if plans else reader.list(Participant, order_by="id", limit=1)[0].id
    own = [one for one in responses if one.scope == someone]
    coming = [one for one in sessions if one.status is not SessionStatus.LOCKED]
    who = {"participant": str(someone)}
    yield "today", "today", {}
    yield "participants", "participants", {}
    yield "record", "record", who
    yield "measures", "measures", who
    for tab in ("assessments", "plan", "sessions", "papers", "agreements", "everything"):
        yield f"record-{tab}", "record", {**who, "tab": tab}
    yield "referral", "referral", {}
    yield "referrals", "referrals", {}
    yield "contact", "contact", who
    yield "work", "work", who
    yield "agreement", "agreement", who
    for route in ("obstacle", "details"):
        yield route, route, who
    yield "assessment-choose", "assessment", who
    if own:
        yield "assessment", "assessment", {**who, "response": str(own[0].id)}
    for one in risks[:1]:
        yield "risk", "risk", {"participant": str(one.scope), "risk": str(one.id)}
        if one.response is not None:
            yield "assessment-risk", "assessment", {"participant": str(one.scope), "response": str(one.response)}
    yield "sessions", "sessions", {}
    for session in coming[:1]:
        yield "prepare", "prepare", {"session": str(session.id)}
        yield "session", "session", {"session": str(session.id)}
    for plan in plans[:1]:
        for step in ("actions", "changes", "return", "sign"):
            name = "plan" if step == "actions" else f"plan-{step}"
            yield name, "plan", {**who, "plan": str(plan.id), "step": step}
    for plan in signed[:1]:
        yield "plan-signed", "plan", {"participant": str(plan.scope), "plan": str(plan.id)}
    yield "papers", "papers", {}
    for tab in ("changes", "services"):
        yield f"library-{tab}", "library", {"tab": tab}
    yield "library-take-in", "form-import", {}
    for form in forms[:1]:
        for tab in ("about", "versions", "rights"):
            yield f"library-form-{tab}", "form", {"form": str(form.id), "tab": tab}
        yield "library-try", "form-try", {"form": str(form.id)}
    for route in ("library", "settings", "person", "events", "help", "keys", "about", "diagnostics"):
        yield route, route, {}
    for section in ("people", "teams", "partnership", "computer"):
        yield f"settings-{section}", "settings", {"section": section}
