"""Questionnaires as they are written elsewhere, with a response and what is right for it: short ways to say them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.forms.make import SCALE, expression, item, source
from workwell_desktop.forms import check_form, fill, plain

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def said(link_id: str, *answers: Any, items: Sequence[Mapping[str, Any]] = (), **value: Any) -> dict[str, Any]:
    """An item of a response: ``value`` is one answer (``valueInteger=3``), ``answers`` are several; without either it
    is a group."""
    made: dict[str, Any] = {"linkId": link_id}
    given = [dict(one) for one in answers] + ([value] if value else [])
    if not given:
        return {**made, "item": list(items)}
    if items:
        given[0] = {**given[0], "item": list(items)}
    return {**made, "answer": given}


@dataclass(frozen=True)
class Case:
    """``enabled`` None is not asked; ``scores`` by linkId; ``issues`` are (severity initial, code, linkId)."""

    name: str
    items: Sequence[Mapping[str, Any]]
    answers: Sequence[Mapping[str, Any]] = ()
    enabled: str | None = None
    scores: Mapping[str, Any] = field(default_factory=dict)
    issues: Sequence[tuple[str, str, str | None]] = ()
    form: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


def outcome(case: Case) -> dict[str, Any]:
    """What the form makes of the response, in the terms of the case."""
    content = source(*case.items, **case.form)
    report = check_form(content)
    assert report.status == "ready", [(one.code, one.link_id, one.message) for one in report.problems]
    answers = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(case.answers)}
    made = plain(fill(content, json.loads(json.dumps(answers)), NOW))
    values: dict[str, Any] = {}
    waiting = list(made["response"].get("item", []))
    while waiting:
        one = waiting.pop(0)
        for answer in one.get("answer", ()):
            found = next((answer[key] for key in answer if key.startswith("value")), None)
            values.setdefault(one["linkId"], []).append(found)
            waiting += answer.get("item", [])
        waiting += one.get("item", [])
    return {
        "enabled": None if case.enabled is None else " ".join(made["enabled"]),
        "scores": {one["linkId"]: one["value"] for one in made["scores"]},
        "issues": sorted((one["severity"][0], one["code"], one["linkId"]) for one in made["issues"]),
        "values": {name: values.get(name, []) for name in case.values},
    }


def expected(case: Case) -> dict[str, Any]:
    """The same that the case says."""
    return {
        "enabled": case.enabled,
        "scores": dict(case.scores),
        "issues": sorted(case.issues),
        "values": dict(case.values),
    }


UCUM = "http://unitsofmeasure.org"


def at(link_id: str) -> str:
    return f"%resource.item.where(linkId='{link_id}').answer.value"


def calculated(link_id: str, kind: str, source: str, **more: Any) -> dict[str, Any]:
    return item(link_id, kind, expression("calculated", source), **more)


def variable(name: str, source: str) -> dict[str, Any]:
    return expression("variable", source, name)


def coded(*codes: str) -> list[dict[str, Any]]:
    return [{"valueCoding": {"system": SCALE, "code": code}} for code in codes]


def code(name: str, **more: Any) -> dict[str, Any]:
    return {"valueCoding": {"system": SCALE, "code": name, **more}}


def amount(value: float, unit: str, system: str = UCUM) -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": system, "code": unit}
