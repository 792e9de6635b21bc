"""The shipped example case, laid out around another day."""

import re
from datetime import date, timedelta
from typing import Any

from workwell_desktop import assets
from workwell_desktop.domain.case_file import CaseFile, parse_case

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
KEPT = frozenset({"birth_date"})


def example_case(today: date) -> CaseFile:
    """Somebody off sick with low back pain, every day of it moved so that the run is on ``today``."""
    path = assets.resource("schemas", "examples", "low-back-pain.case.json")
    case = parse_case(path.read_bytes())
    shift = today - date.fromisoformat(case["today"])
    moved: dict[str, Any] = _moved(case, shift)
    weeks = case.get("return_weeks", ())
    if weeks:
        first = date.fromisoformat(weeks[0]["starts_on"]) + shift
        whole = shift + timedelta(days=-first.weekday() % 7)
        moved["return_weeks"] = [_moved(week, whole) for week in weeks]
    return moved


def _moved(value: Any, shift: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: below if name in KEPT else _moved(below, shift) for name, below in value.items()}
    if isinstance(value, list):
        return [_moved(below, shift) for below in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return (date.fromisoformat(value) + shift).isoformat()
    return value
