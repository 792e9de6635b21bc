"""What the page Plan and the list Plans and papers read (pictures 07)."""

from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.plan_views import PlanLine, PlanView


def view_plan(desk: Desk, plan: Id) -> PlanView:
    """One version of a plan, whole, with what stands in the way of signing."""
    raise NotImplementedError


def list_plans(desk: Desk) -> list[PlanLine]:
    """The newest plan of each episode that runs: ready to sign first, then drafts, then those to look at again."""
    raise NotImplementedError
