"""The lines of the card "What is new"."""

from datetime import date

from workwell_desktop.desktop.pages.plan.since import since_words
from workwell_desktop.domain.records import new_id
from workwell_desktop.domain.values import PartialDate
from workwell_desktop.services.planning.plan_versions import Difference, FieldDifference, Happened

TODAY = date(2026, 11, 24)


def test_each_part_that_differs_is_a_sentence_that_needs_no_codes() -> None:
    due = FieldDifference("due", PartialDate(2026, 12, 4), PartialDate(2026, 12, 11))
    found = (
        Difference("plan", new_id(), Happened.CHANGED, "", (FieldDifference("if_worse", None, "I call Maya. "),)),
        Difference(
            "action", new_id(), Happened.CHANGED, "Walk each day", (due, FieldDifference("status", "open", "done"))
        ),
        Difference("obstacle", new_id(), Happened.TAKEN_OUT, "Nights"),
        Difference("return_week", new_id(), Happened.ADDED, PartialDate(2026, 12, 7)),
    )
    assert since_words(found, TODAY) == [
        "If things get worse: now “I call Maya.”",
        "“Walk each day”. By when: “4 December 2026” became “11 December 2026”",
        "“Walk each day”. Where it stands: “Open” became “Done”",
        "No longer an obstacle in the plan: “Nights”",
        "New week: “7 December 2026”",
    ]
