"""WorkWell Desktop: structured work-and-health assessments, MDT sessions and signed plans, offline."""

__version__ = "0.1.0"
