"""From facts to a composition, one function for each kind of paper.

Each takes the facts of its kind alone, and a Catalogue for the language of the paper (ours when not given).
"""

from workwell_desktop.documents.compose.employer import employer_summary
from workwell_desktop.documents.compose.gp import gp_summary
from workwell_desktop.documents.compose.letters import appointment_card, referral_letter
from workwell_desktop.documents.compose.meeting import agenda, minutes
from workwell_desktop.documents.compose.plan import participant_plan
from workwell_desktop.documents.compose.simple import simple_plan

__all__ = [
    "agenda",
    "appointment_card",
    "employer_summary",
    "gp_summary",
    "minutes",
    "participant_plan",
    "referral_letter",
    "simple_plan",
]
