"""What stands around a step: the steps above it, what can still be done with this version, the foot below."""

from collections.abc import Callable
from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Empty,
    Foot,
    PageAct,
    Step,
    Stepper,
    filled,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.plan.body import StepBody
from workwell_desktop.desktop.pages.plan.check import CheckStep
from workwell_desktop.desktop.pages.plan.preview import KINDS
from workwell_desktop.desktop.pages.plan.shown import STEPS, Shown
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.plans import PlanStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.planning.plan_views import PlanView

LAST = len(STEPS) - 1


def stepper(now: int, on_open: Callable[[int], Any]) -> Stepper:
    """The four steps; each can be opened."""
    states = ["done" if at < now else "now" if at == now else "ahead" for at in range(len(STEPS))]
    steps = [Step(text(f"plan.step.{at}"), state) for at, state in enumerate(states)]
    return Stepper(steps, on_open, name=text("plan.steps"))


def change_words(view: PlanView) -> str:
    """What going back to writing is called: before the first signature it is the same version."""
    begun = any(one.at for one in view.signatories)
    return text("plan.change_plan" if view.status is PlanStatus.SIGNING and not begun else "plan.new_version")


def state_bar(
    shown: Shown, step: int, on_change: Callable[[], Any] | None, on_version: Callable[[Id], Any]
) -> Alert | None:
    """Why this version cannot be written, and what can be done; None for a draft. ``on_change`` is None for readers."""
    view, newest = shown.view, shown.newest
    if view is None or (view.status is PlanStatus.DRAFT and newest == view.plan):
        return None
    act = outlined(change_words(view), on_change) if on_change is not None else None
    if view.status is PlanStatus.SUPERSEDED or newest != view.plan:
        act = outlined(text("plan.open_newest"), lambda: on_version(newest)) if newest is not None else None
        return Alert("", text("plan.superseded_bar", version=view.version), "due", act=act)
    if view.status is PlanStatus.SIGNED:
        day = long_day(view.agreed_on) if view.agreed_on else ""
        return Alert("", text("plan.signed_bar", version=view.version, day=day), "info", act=act)
    if step != LAST or any(one.at for one in view.signatories):
        return Alert("", text("plan.signing_bar", version=view.version), "info", act=act)
    return None


def make_foot(step: int, body: StepBody | None, on_turn: Callable[[int], Any], on_open: Callable[[int], Any]) -> Foot:
    """Back and the next step; at the last one signing, where somebody can sign now."""
    buttons: list[Button] = []
    if step == 0:
        buttons.append(outlined(text("plan.preview_all"), lambda: on_open(LAST), "eye"))
    else:
        buttons.append(outlined(text("plan.back"), lambda: on_turn(-1)))
    if step < LAST:
        words = text("plan.next", step=text(f"plan.step.{step + 1}"))
        buttons.append(filled(words, lambda: on_turn(1), "arrow-right"))
    elif isinstance(body, CheckStep) and body.can_sign:
        buttons.append(filled(body.sign_words(), body.sign, "pen-line"))
    return Foot(*buttons)


def no_plan(called: str, on_begin: Callable[[], Any] | None) -> Empty:
    """Before there is one; ``on_begin`` is None for readers."""
    act = outlined(text("plan.begin"), on_begin, "file-plus") if on_begin is not None else None
    return Empty(text("plan.none"), text("plan.none_line", name=called), act, icon_name="file-text")


def paper_acts(called: str, on_show: Callable[[PaperKind], Any]) -> list[PageAct]:
    """Each of the three papers beside the plan, for the menus and Ctrl+K."""
    return [
        PageAct(
            text("plan.show_paper_name", paper=text(f"plan.paper.{kind.value}", name=called)), partial(on_show, kind)
        )
        for kind in KINDS
    ]
