"""A name without a source starts at what a function looks at, wherever the expression stands."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from workwell_desktop.forms import Run, compile_form

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROWS = "%resource.item.where(linkId='row')"


def counted(expression: str, *, as_variable: bool) -> Any:
    """What an expression gives in a form with two rows, one of them named, on an item or as a variable of the form."""
    calculated = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
    total = f"%found{expression}" if as_variable else f"{ROWS}{expression}"
    form: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "url": "https://example.org/rows",
        "status": "active",
        "item": [
            {
                "linkId": "row",
                "type": "group",
                "repeats": True,
                "item": [{"linkId": "name", "type": "string"}, {"linkId": "other", "type": "string"}],
            },
            {
                "linkId": "count",
                "type": "integer",
                "extension": [
                    {
                        "url": calculated,
                        "valueExpression": {"language": "text/fhirpath", "expression": "%found.count()"},
                    }
                ],
            },
        ],
    }
    if as_variable:
        told = {"name": "found", "language": "text/fhirpath", "expression": f"{ROWS}{expression}"}
        form["extension"] = [{"url": "http://hl7.org/fhir/StructureDefinition/variable", "valueExpression": told}]
    else:
        form["item"][1]["extension"][0]["valueExpression"]["expression"] = f"{total}.count()"
    run = Run(compile_form(json.dumps(form).encode()), now=NOW)
    run.add_repeat("row")
    first, second = [row.path.rpartition("/")[0] for row in run.rows() if row.link_id == "row"]
    run.answer(f"{first}/name", "one")
    run.answer(f"{second}/other", "two")
    return next(row.value for row in run.rows() if row.link_id == "count")


@pytest.mark.parametrize("as_variable", [True, False])
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (".where(item.where(linkId='name').answer.exists())", 1),
        (".select(item.where(linkId='name'))", 1),
        (".select($this.item.where(linkId='name'))", 1),
        (".where(item.where(linkId='name' or linkId='other').answer.exists())", 2),
    ],
)
def test_a_bare_name_within_a_function_is_that_of_each_row(expression: str, expected: int, as_variable: bool) -> None:
    assert counted(expression, as_variable=as_variable) == expected
