"""Short ways to write questionnaires in tests."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workwell_desktop.domain.values import Coding
from workwell_desktop.forms import Form, Problem, Run, check_form, compile_form

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
FHIR = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-"
SCALE = "http://example.org/scale"


def item(link_id: str, kind: str = "string", *extensions: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """One item; ``items`` and ``when`` stand for ``item`` and ``enableWhen``."""
    made: dict[str, Any] = {"linkId": link_id, "type": kind, "text": f"Question {link_id}"}
    if extensions:
        made["extension"] = list(extensions)
    for name, value in more.items():
        made[{"items": "item", "when": "enableWhen"}.get(name, name)] = value
    return made


def expression(name: str, source: str, variable: str | None = None) -> dict[str, Any]:
    """An extension that holds a FHIRPath expression; ``name`` without its address."""
    url = {
        "calculated": SDC + "questionnaire-calculatedExpression",
        "enabled": SDC + "questionnaire-enableWhenExpression",
        "initial": SDC + "questionnaire-initialExpression",
        "answers": SDC + "questionnaire-answerExpression",
        "variable": FHIR + "variable",
    }[name]
    value = {"language": "text/fhirpath", "expression": source}
    return {"url": url, "valueExpression": {**value, "name": variable} if variable else value}


def scored(*weights: int) -> list[dict[str, Any]]:
    """Answer options that score as given, coded ``a0``, ``a1`` and so on."""
    return [
        {
            "valueCoding": {"system": SCALE, "code": f"a{place}", "display": f"Answer {place}"},
            "extension": [{"url": FHIR + "itemWeight", "valueDecimal": weight}],
        }
        for place, weight in enumerate(weights)
    ]


def chosen(place: int) -> Coding:
    """The option of ``scored`` at a place."""
    return Coding(SCALE, f"a{place}", f"Answer {place}")


def when(question: str, operator: str = "=", **answer: Any) -> dict[str, Any]:
    """One ``enableWhen``."""
    return {"question": question, "operator": operator, **answer}


def source(*items: Mapping[str, Any], extensions: list[Mapping[str, Any]] | None = None, **more: Any) -> bytes:
    """The bytes of a questionnaire."""
    made: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "url": "http://example.org/form",
        "version": "1",
        "title": "Form",
        "status": "active",
        **more,
        "item": list(items),
    }
    if extensions:
        made["extension"] = extensions
    return json.dumps(made).encode()


def form(*items: Mapping[str, Any], extensions: list[Mapping[str, Any]] | None = None, **more: Any) -> Form:
    return compile_form(source(*items, extensions=extensions, **more))


def begun(*items: Mapping[str, Any], extensions: list[Mapping[str, Any]] | None = None, **more: Any) -> Run:
    """A new run of a form of these items."""
    return Run(form(*items, extensions=extensions, **more), now=NOW)


def problems(
    *items: Mapping[str, Any], extensions: list[Mapping[str, Any]] | None = None, **more: Any
) -> list[Problem]:
    return list(check_form(source(*items, extensions=extensions, **more)).problems)


def codes(found: list[Problem]) -> list[tuple[str, str, str | None]]:
    """Severity, code and linkId of problems."""
    return [(one.severity, one.code, one.link_id) for one in found]
