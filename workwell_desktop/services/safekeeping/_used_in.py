"""Where an answer is used: what a person should know before choosing between two."""

from dataclasses import dataclass

from workwell_desktop.domain.episodes import Response
from workwell_desktop.domain.plans import Plan, PlanStatus, ReturnWeek
from workwell_desktop.domain.records import Id, Record
from workwell_desktop.store import Reader

PLANNED = frozenset({"obstacle", "action", "goal", "adjustment", "return_week", "plan"})
"""Kinds whose every field the plan and its papers say."""
ON_PAPER = frozenset(
    {
        "given_name",
        "family_name",
        "preferred_name",
        "birth_date",
        "nhs_number",
        "what_matters",
        "gp_practice",
        "paper_format",
    }
)
"""Fields of a participant that stand on the papers of a plan, or decide how they look."""
OF_WORK = frozenset({"usual_hours", "usual_pattern", "employer", "job_title", "employer_person"})
SEEN = frozenset({"needs", "contact_note", "preferred_name", "pronouns", "phone", "email"})
"""Fields by which people get in touch."""


@dataclass(frozen=True, slots=True)
class UsedIn:
    """One place: ``text(f"conflict.used_in.{code}", …)``. ``plan`` and ``status`` are codes, ``weeks`` a count."""

    code: str
    plan: str = ""
    status: str = ""
    weeks: int = 0
    words: str = ""


def used_in(reader: Reader, kind: str, field: str, scope: Id, one: Record | None) -> tuple[UsedIn, ...]:
    """Every place that says or reckons with this field now."""
    found: list[UsedIn] = []
    if kind == "response" and isinstance(one, Response):
        found.append(UsedIn("score", words=one.form_title or ""))
    if (
        kind in PLANNED
        or (kind == "participant" and field in ON_PAPER)
        or (kind == "work_situation" and field in OF_WORK)
    ):
        plans = reader.list(Plan, order_by="-version", scope=scope)
        newest = next((each for each in plans if each.status is not PlanStatus.SUPERSEDED), None)
        if newest is not None and newest.type is not None and newest.status is not None:
            found.append(UsedIn("plan", plan=newest.type.value, status=newest.status.value))
    if kind == "work_situation" and field == "usual_hours":
        weeks = reader.count(ReturnWeek, scope=scope)
        if weeks:
            found.append(UsedIn("weeks", weeks=weeks))
    if kind == "work_situation" and field in ("status", "since"):
        found.append(UsedIn("clock"))
    if kind == "work_situation" and field in ("evidence", "evidence_until"):
        found.append(UsedIn("evidence"))
    if kind == "participant" and field in SEEN:
        found.append(UsedIn("touch"))
    if kind in ("contact", "action") and field in ("due", "at", "owner", "status"):
        found.append(UsedIn("today"))
    return tuple(found)
