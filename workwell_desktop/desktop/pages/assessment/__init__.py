"""The assessment: choosing a form, its parts, its questions, what is missing, and the risk panel beside them."""

from workwell_desktop.desktop.pages.assessment.page import AssessmentPage

__all__ = ["AssessmentPage"]
