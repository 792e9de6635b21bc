"""The first days of the guide, walked through in the window: what a page names stands where it says."""

import pytest

from tests.journeys.places import PLACES, Rehearsal
from tests.journeys.sight import words_anywhere
from tests.support.tree import ROOT, none

GUIDE = ROOT / "resources" / "guide"

WALKS = {
    "first-day-coach": {
        "today": ("Record what was done",),
        "referral": ("From whom", "Why they come", "Take the referral"),
        "record": ("Plan or record a talk", "Note an agreement", "Begin an assessment", "Open the plan"),
        "plan-actions": ("Actions", "Changes at work", "Going back bit by bit", "Check and sign"),
        "plan-sign": ("Show", "Note the answer", "Sign and make the paper"),
        "verify": ("Check a paper",),
    },
    "first-day-clinician": {
        "participants": ("Whole team",),
        "record": ("Assessments", "Open duties of care", "Bring to a session"),
        "duties": ("Red flags", "Safeguarding", "Capacity", "Told without agreement"),
    },
    "first-day-chair": {
        "sessions": ("Prepare", "Who comes to sessions"),
        "prepare": ("From the caseload", "Start the session"),
        "session": ("Here now", "What each of us brings", "Agree and go to case", "Show to the room", "End session"),
        "signoff": ("Carry over",),
    },
    "first-day-administrator": {
        "settings-partnership": ("See the site packs",),
        "settings-people": ("Add a person",),
        "settings-computer": ("Choose a folder", "Back up now", "Make an escrow key", "Check the store"),
    },
    "first-day-hub": {"sync": ("Sync now",)},
}
"""Pages of the guide, the pages of the window that they lead through, and what they tell one to look for there."""


@pytest.mark.parametrize("name", WALKS)
def test_what_a_first_day_names_stands_where_it_says(rehearsal: Rehearsal, name: str) -> None:
    page = (GUIDE / f"{name}.md").read_text(encoding="utf-8")
    for place, labels in WALKS[name].items():
        none(f"{name}.md no longer says {label!r}" for label in labels if label not in page)
        route, params = PLACES[place]
        rehearsal.go(route, params(rehearsal))
        there = " / ".join(words_anywhere(rehearsal.window)).replace("&", "")
        none(f"{place} has no {label!r}" for label in labels if label not in there)
