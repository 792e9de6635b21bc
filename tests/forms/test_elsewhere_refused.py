"""What no form may hold if it is to be run: refused when it is read, with its place."""

from typing import Any

import pytest

from tests.forms.make import FHIR, SDC, codes, expression, item, problems


def at(link_id: str) -> str:
    return f"%resource.item.where(linkId='{link_id}').answer.value"


def calculated(link_id: str, kind: str, source: str) -> dict[str, Any]:
    return item(link_id, kind, expression("calculated", source))


@pytest.mark.parametrize(
    ("items", "error"),
    [
        ([calculated("a", "integer", at("b")), calculated("b", "integer", at("a"))], ("error", "cycle", "a")),
        ([calculated("a", "integer", f"{at('a')} + 1")], ("error", "cycle", "a")),
        (
            [
                item("a", "boolean", expression("enabled", f"{at('b')}")),
                item("b", "boolean", expression("enabled", at("a"))),
            ],
            ("error", "cycle", "a"),
        ),
        ([calculated("a", "integer", "%undefined + 1")], ("error", "expression.variable", "a")),
        ([calculated("a", "integer", "1 + ")], ("error", "expression.syntax", "a")),
        ([calculated("a", "integer", "today().daysUntil(now())")], ("error", "expression.function", "a")),
        ([item("a", "choice", answerValueSet="http://example.org/somewhere")], ("error", "valueSetMissing", "a")),
        (
            [
                item(
                    "a",
                    "string",
                    {"url": FHIR + "questionnaire-signatureRequired", "valueCodeableConcept": {"text": "Initials"}},
                    repeats=True,
                    items=[item("b", "string")],
                )
            ],
            ("error", "signatureOfSeveral", "a"),
        ),
        (
            [
                item(
                    "a",
                    "choice",
                    {
                        "url": SDC + "questionnaire-candidateExpression",
                        "valueExpression": {"language": "text/fhirpath", "expression": "%patient"},
                    },
                )
            ],
            ("error", "candidateExpression", "a"),
        ),
        (
            [
                item(
                    "a",
                    "integer",
                    {
                        "url": SDC + "questionnaire-calculatedExpression",
                        "valueExpression": {"language": "text/cql", "expression": "1"},
                    },
                )
            ],
            ("error", "languageUnsupported", "a"),
        ),
        (
            [
                item(
                    "a",
                    "integer",
                    {
                        "url": SDC + "questionnaire-calculatedExpression",
                        "valueExpression": {"language": "application/x-fhir-query", "expression": "Patient"},
                    },
                )
            ],
            ("error", "languageUnsupported", "a"),
        ),
        (
            [item("a", modifierExtension=[{"url": "http://example.org/m", "valueBoolean": True}])],
            ("error", "modifierExtension", "a"),
        ),
        (
            [item("a", enableWhen=[{"question": "gone", "operator": "=", "answerBoolean": True}])],
            ("error", "conditionBroken", "a"),
        ),
        ([item("a", enableWhen=[{"question": "a", "operator": "=", "answerString": "x"}])], ("error", "cycle", "a")),
    ],
    ids=lambda found: "-".join(found[1:]) if isinstance(found, tuple) else "",
)
def test_what_cannot_be_run_is_refused_with_its_reason(
    items: list[dict[str, Any]], error: tuple[str, str, str]
) -> None:
    assert error in codes(problems(*items))


def test_a_question_is_enabled_in_one_way_alone() -> None:
    condition = [{"question": "q", "operator": "=", "answerBoolean": True}]
    national = {
        "url": "http://phr.kanta.fi/StructureDefinition/fiphr-ext-questionnaire-enablewhen",
        "valueString": "QuestionnaireResponse.item.where(linkId='q').answer.value",
    }
    for extension in (expression("enabled", at("q")), national):
        found = problems(item("q", "boolean"), item("a", "string", extension, enableWhen=condition))
        assert ("error", "enabledTwice", "a") in codes(found)


def test_of_two_calculations_nobody_can_tell_which_counts() -> None:
    def twice(one: str, other: str) -> list[tuple[str, str, str | None]]:
        both = (expression("calculated", one), expression("calculated", other))
        return codes(problems(item("a", "integer", *both)))

    assert twice("1", "2") == [("error", "expressionTwice", "a")]
    assert twice("1", "1") == []
