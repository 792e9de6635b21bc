"""From facts to a composition, one function for each kind of paper.

Each takes the facts of its kind alone, and a Catalogue for the language of the paper (ours when not given).
"""

from workwell_desktop.documents.compose.access import access_copy
from workwell_desktop.documents.compose.advice import ahp_report, fit_note_draft
from workwell_desktop.documents.compose.blank import blank_assessment
from workwell_desktop.documents.compose.employer import employer_summary
from workwell_desktop.documents.compose.erasure import erasure_certificate
from workwell_desktop.documents.compose.gp import gp_summary
from workwell_desktop.documents.compose.handouts import phased_return, service_card
from workwell_desktop.documents.compose.letters import appointment_card, referral_letter
from workwell_desktop.documents.compose.meeting import agenda, minutes
from workwell_desktop.documents.compose.plan import participant_plan
from workwell_desktop.documents.compose.simple import simple_plan

__all__ = [
    "access_copy",
    "agenda",
    "ahp_report",
    "appointment_card",
    "blank_assessment",
    "employer_summary",
    "erasure_certificate",
    "fit_note_draft",
    "gp_summary",
    "minutes",
    "participant_plan",
    "phased_return",
    "referral_letter",
    "service_card",
    "simple_plan",
]
