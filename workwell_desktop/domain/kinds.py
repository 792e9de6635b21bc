"""Every kind of record, so that whoever reads the log knows them all: importing this module declares them."""

from workwell_desktop.domain import (
    appointments,
    attachments,
    coming_in,
    directory,
    duties,
    episodes,
    erasure,
    evidence,
    form_signatures,
    left_out,
    letter_words,
    papers,
    participants,
    people,
    plans,
    sessions,
    spelling,
)
from workwell_desktop.domain.records import KINDS

__all__ = [
    "KINDS",
    "appointments",
    "attachments",
    "coming_in",
    "directory",
    "duties",
    "episodes",
    "erasure",
    "evidence",
    "form_signatures",
    "left_out",
    "letter_words",
    "papers",
    "participants",
    "people",
    "plans",
    "sessions",
    "spelling",
]
