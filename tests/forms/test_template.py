"""Records made of a finished response by the templates of its form (SDC, template-based extraction)."""

from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from tests.forms.make import NOW, SCALE, SDC, begun, codes, form, item, problems, scored, source, when
from workwell_desktop.errors import FormRefused
from workwell_desktop.forms import Run, check_form, plain
from workwell_desktop.forms.template import extracted, has_templates

CONTEXT = SDC + "questionnaire-templateExtractContext"
VALUE = SDC + "questionnaire-templateExtractValue"


def value(source: str) -> dict[str, Any]:
    return {"extension": [{"url": VALUE, "valueString": source}]}


def context(source: str, name: str | None = None) -> list[dict[str, Any]]:
    if name is None:
        return [{"url": CONTEXT, "valueString": source}]
    return [{"url": CONTEXT, "valueExpression": {"language": "text/fhirpath", "expression": source, "name": name}}]


def extracts(reference: str, **parts: str) -> dict[str, Any]:
    return {
        "url": SDC + "questionnaire-templateExtract",
        "extension": [
            {"url": "template", "valueReference": {"reference": reference}},
            *({"url": name, "valueString": source} for name, source in parts.items()),
        ],
    }


def allocates(name: str) -> dict[str, Any]:
    return {"url": SDC + "questionnaire-extractAllocateId", "valueString": name}


PERSON = {
    "resourceType": "Patient",
    "id": "person",
    "gender": "unknown",
    "_gender": value("item.where(linkId='sex').answer.value.code"),
    "name": [
        {
            "extension": context("item.where(linkId='name')"),
            "use": "official",
            "_family": value("item.where(linkId='family').answer.value"),
            "_given": [value("item.where(linkId='given').answer.value")],
        }
    ],
    "telecom": [
        {"extension": context("item.where(linkId='phone').answer.value"), "system": "phone", "_value": value("$this")}
    ],
    "_active": {"extension": [{"url": "http://example.org/kept", "valueString": "as it is"}]},
}
WEIGHT = {
    "resourceType": "Observation",
    "id": "weight",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
    "subject": value("%person"),
    "performer": [value("%resource.author")],
    "_effectiveDateTime": value("%resource.authored"),
    "valueQuantity": {"_value": value("answer.value * 1000"), "unit": "g"},
    "interpretation": [value("%resource.item.where(linkId='how').answer.value")],
}
ITEMS = (
    item(
        "p",
        "group",
        extracts("#person", fullUrl="%person"),
        items=[
            item("sex", "choice", answerOption=[{"valueCoding": {"system": SCALE, "code": "female"}}]),
            item("name", "group", items=[item("family"), item("given", repeats=True)]),
            item("phone", repeats=True),
        ],
    ),
    item("how", "choice", answerOption=scored(0)),
    item("kg", "decimal", extracts("#weight", ifNoneExist="'subject=' & %person")),
    item("away", "boolean"),
    item("gone", "decimal", extracts("#weight"), when=[when("away", answerBoolean=True)]),
)
SENT = {
    "resourceType": "QuestionnaireResponse",
    "id": "r",
    "authored": "2026-03-10T09:00:00Z",
    "author": {"reference": "Practitioner/1"},
}


def counted() -> Iterator[str]:
    yield from (f"00000000-0000-4000-8000-{number:012d}" for number in range(1, 100))


def made(run: Run) -> Any:
    fresh = counted()
    found = plain(extracted(run, SENT, lambda: next(fresh)))
    get_fhir_model_class("Bundle").model_validate(found)
    return found


def filled() -> Run:
    run = begun(*ITEMS, contained=[PERSON, WEIGHT], extensions=[allocates("person")])
    run.answer("family", "Muster")
    run.answer("given", ("Ann", "Bea"))
    run.answer("kg", 81)
    return run


def test_sdc_template_values_take_the_place_of_their_elements() -> None:
    person, weight = made(filled())["entry"]
    assert person["fullUrl"] == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert person["request"] == {"method": "POST", "url": "Patient"}
    assert person["resource"] == {
        "resourceType": "Patient",
        "name": [{"use": "official", "family": "Muster", "given": ["Ann", "Bea"]}],
        "_active": PERSON["_active"],
    }
    assert weight["request"]["ifNoneExist"] == f"subject={person['fullUrl']}"
    assert weight["resource"] == {
        "resourceType": "Observation",
        "status": "final",
        "code": WEIGHT["code"],
        "subject": {"reference": person["fullUrl"]},
        "performer": [{"reference": "Practitioner/1"}],
        "effectiveDateTime": "2026-03-10T09:00:00Z",
        "valueQuantity": {"value": 81000, "unit": "g"},
    }


def test_sdc_a_context_makes_one_element_for_each_of_its_results() -> None:
    run = filled()
    run.answer("phone", ("1", "2"))
    run.answer("sex", run.row("sex").options[0].value)
    run.answer("how", run.row("how").options[0].value)
    person, weight = made(run)["entry"]
    assert person["resource"]["gender"] == "female"
    assert person["resource"]["telecom"] == [{"system": "phone", "value": "1"}, {"system": "phone", "value": "2"}]
    coded = {"system": SCALE, "code": "a0", "display": "Answer 0"}
    assert weight["resource"]["interpretation"] in ([coded], [{"coding": [coded]}])


def test_sdc_what_has_no_answer_or_does_not_apply_makes_no_record() -> None:
    run = begun(*ITEMS, contained=[PERSON, WEIGHT], extensions=[allocates("person")])
    assert made(run)["entry"] == []
    run.answer("away", True)
    run.answer("gone", 3)
    assert len(made(run)["entry"]) == 1
    run.answer("away", False)
    assert made(run)["entry"] == []


def test_sdc_each_instance_has_an_identity_of_its_own_and_a_name_for_its_context() -> None:
    child = {
        "resourceType": "RelatedPerson",
        "id": "child",
        "patient": {"_reference": value("%other")},
        "name": [
            {
                "extension": context("item.where(linkId='name')", "named"),
                "_text": value("%named.answer.value & '!'"),
            }
        ],
    }
    group = item(
        "g", "group", allocates("other"), extracts("#child", resourceId="'x' & item.answer.value"),
        repeats=True, items=[item("name")],
    )  # fmt: skip
    run = begun(group, contained=[child])
    first = run.rows()[0].path.removesuffix("g")
    second = run.add_repeat("g").removesuffix("g")
    run.answer(f"{first}name", "A")
    run.answer(f"{second}name", "B")
    entries = made(run)["entry"]
    assert [one["request"] for one in entries] == [
        {"method": "PUT", "url": "RelatedPerson/xA"},
        {"method": "PUT", "url": "RelatedPerson/xB"},
    ]
    assert [one["resource"]["name"] for one in entries] == [[{"text": "A!"}], [{"text": "B!"}]]
    assert len({one["resource"]["patient"]["reference"] for one in entries}) == 2


def test_sdc_a_whole_transaction_may_be_the_template() -> None:
    bundle = {
        "resourceType": "Bundle",
        "id": "b",
        "type": "transaction",
        "entry": [
            {
                "extension": context("item.where(linkId='n')"),
                "fullUrl": "urn:uuid:6f6177d2-13ee-4d27-b0e8-3eaf663dd031",
                "resource": {
                    "resourceType": "Observation",
                    "status": "final",
                    "code": {"text": "n"},
                    "_valueInteger": value("answer.value"),
                },
                "request": {"method": "POST", "url": "Observation"},
            }
        ],
    }
    marked = {"url": SDC + "questionnaire-templateExtractBundle", "valueReference": {"reference": "#b"}}
    run = begun(item("n", "integer"), contained=[bundle], extensions=[marked])
    assert has_templates(run.form)
    assert made(run)["entry"] == []
    run.answer("n", 4)
    (entry,) = made(run)["entry"]
    assert entry["resource"]["valueInteger"] == 4
    assert "extension" not in entry


@pytest.mark.parametrize(
    ("template", "mark", "code"),
    [
        (WEIGHT, extracts("#elsewhere"), "template.missing"),
        (WEIGHT, extracts("Observation/weight"), "template.missing"),
        (WEIGHT, extracts("#weight", strange="1"), "template.part"),
        (WEIGHT, extracts("#weight", fullUrl="%nobody"), "template.expression"),
        ({**WEIGHT, "note": [value("text.unheard()")]}, extracts("#weight"), "template.expression"),
        (
            {**WEIGHT, "note": [{"extension": [{"url": VALUE, "valueExpression": {"language": "text/cql"}}]}]},
            extracts("#weight"),
            "template.language",
        ),
    ],
)
def test_a_template_that_cannot_be_followed_is_told_when_the_form_is_read(
    template: dict[str, Any], mark: dict[str, Any], code: str
) -> None:
    asked = (item("kg", "decimal", mark),)
    assert codes(problems(*asked, contained=[template], extensions=[allocates("person")])) == [("warning", code, "kg")]
    run = begun(*asked, contained=[template], extensions=[allocates("person")])
    run.answer("kg", 3)
    with pytest.raises(FormRefused):
        made(run)


@pytest.mark.parametrize(
    ("element", "code"),
    [
        ({"_valueInteger": value("%resource.item.answer.value")}, "template.several"),
        ({"_valueString": value("%resource.item")}, "template.type"),
        ({"_valueString": value("item.first()")}, None),
        ({"valueQuantity": value("'three'")}, "template.type"),
        ({"subject": value("%context")}, "template.type"),
        ({"_valueDecimal": value("1 + 'x'")}, "template.failed"),
    ],
)
def test_answers_that_a_template_has_no_place_for_make_no_record_at_all(
    element: dict[str, Any], code: str | None
) -> None:
    template = {"resourceType": "Observation", "id": "t", "status": "final", "code": {"text": "t"}, **element}
    run = begun(item("a", "integer", extracts("#t")), item("b", "integer"), contained=[template])
    run.answer("a", 1)
    run.answer("b", 2)
    if code is None:
        assert len(made(run)["entry"]) == 1
        return
    with pytest.raises(FormRefused) as caught:
        made(run)
    assert [one.code for one in caught.value.problems] == [code]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "changed", [{"entry": True}, {"entry": [{"resource": {}}]}, {"type": "batch"}, {"entry": None}]
)
def test_a_bundle_that_is_no_transaction_is_no_template(changed: dict[str, Any]) -> None:
    bundle = {"resourceType": "Bundle", "id": "b", "type": "transaction", "entry": [], **changed}
    marked = {"url": SDC + "questionnaire-templateExtractBundle", "valueReference": {"reference": "#b"}}
    found = codes(problems(item("n", "integer"), contained=[bundle], extensions=[marked]))
    assert found == [("warning", "template.notABundle", None)]


def test_a_template_that_grows_without_end_is_stopped() -> None:
    element: dict[str, Any] = {"text": "x"}
    for _ in range(8):
        element = {"extension": [*context("%resource.item.answer"), {"url": "http://example.org/x", **element}]}
    template = {"resourceType": "Basic", "id": "t", "code": element}
    run = begun(item("a", "integer", extracts("#t"), repeats=True), contained=[template])
    run.answer("a", tuple(range(30)))
    with pytest.raises(FormRefused) as caught:
        made(run)
    assert [one.code for one in caught.value.problems] == ["template.tooMany"]  # type: ignore[attr-defined]


def test_a_template_of_a_part_is_not_followed_in_the_whole() -> None:
    part = {
        "resourceType": "Questionnaire",
        "id": "part",
        "url": "http://example.org/part",
        "extension": [extracts("#t")],
        "contained": [{"resourceType": "Basic", "id": "t", "code": {"text": "t"}}],
        "item": [item("n")],
    }
    stands = item(
        "x", "display", {"url": SDC + "questionnaire-subQuestionnaire", "valueCanonical": "http://example.org/part"}
    )
    report = check_form(source(stands, contained=[part]))
    assert [(one.severity, one.code) for one in report.problems] == [("warning", "template.part")]


def test_a_form_without_templates_has_none() -> None:
    assert not has_templates(form(item("a")))
    assert extracted(Run(form(item("a")), now=NOW), SENT, str)["entry"] == []
