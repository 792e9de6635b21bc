"""The plan: actions, changes at work, going back bit by bit, check and sign."""

from workwell_desktop.desktop.pages.plan.page import PlanPage

__all__ = ["PlanPage"]
