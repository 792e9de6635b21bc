"""The ways in which real forms are written: each must count and hide exactly right."""

from decimal import Decimal

import pytest

from tests.forms.make import FHIR, begun, chosen, expression, item, scored, when

ORDINAL = FHIR + "itemWeight"
SUMS = [
    # a look-up in the questionnaire for each item, as variables that a total adds up
    None,
    "%resource.item.where(linkId='/1' or linkId='/2' or linkId='/3').answer.value.ordinal().sum()",
    "%resource.item.where(linkId in ('/1' | '/2' | '/3')).answer.value.weight().sum()",
    "%resource.item.where(linkId.matches('^/[0-9]$')).answer.value.ordinal().aggregate($total + $this, 0)",
    "QuestionnaireResponse.item.where(linkId != '/total').answer.value.ordinal().sum()",
    "%resource.repeat(item).answer.value.weight().sum()",
    "%resource.descendants().where(linkId.startsWith('/') and linkId != '/total').answer.value.weight().sum()",
    "%resource.item.answer.valueCoding.weight().sum()",
    "%resource.item.answer.value.ofType(Coding).weight().sum()",
    " + ".join(f"%resource.item.where(linkId='/{name}').answer.value.weight()" for name in "123"),
    "%resource.item.select(answer.value.weight()).sum()",
]


@pytest.mark.parametrize("source", SUMS)
def test_a_total_however_it_is_written(source: str | None) -> None:
    variables = []
    if source is None:
        for name in "123":
            code = f"%resource.item.where(linkId = '/{name}').answer.valueCoding.code"
            variables.append(
                expression(
                    "variable",
                    f"%questionnaire.item.where(linkId = '/{name}').answerOption.where(valueCoding.code={code})"
                    f".extension.where(url='{ORDINAL}').valueDecimal",
                    f"v{name}",
                )
            )
        source = "%v1 + %v2 + %v3"
    run = begun(
        *(item(f"/{name}", "choice", answerOption=scored(0, 1, 2, 3)) for name in "123"),
        item("/total", "decimal", expression("calculated", source)),
        extensions=variables,
    )
    for name, place in zip("123", (3, 0, 3), strict=True):
        assert run.row("/total").value is None
        run.answer(f"/{name}", chosen(place))
    assert run.row("/total").value == Decimal(6)
    run.answer("/2", None)
    assert run.row("/total").value is None
    run.answer("/2", chosen(3))
    assert run.scores()[0].value == 9


@pytest.mark.parametrize(
    "source",
    [
        "%resource.item.where(linkId='a').answer.value.code = 'a1'",
        "%resource.item.where(linkId='a').answer.value.where(code = 'a1').exists()",
        "%resource.item.where(linkId='a').answer.where(value.code = 'a1').exists()",
        "%resource.item.where(linkId='a' and answer.value.code = 'a1').exists()",
        "%resource.repeat(item).where(linkId='a').answer.value.select(code) contains 'a1'",
        "%resource.descendants().where(linkId='a').answer.value.display = 'Answer 1'",
        "QuestionnaireResponse.descendants().where(linkId='a').answer.value.ofType(Coding).code = 'a1'",
        "%resource.item.where(linkId='a').answer.value.weight() = 1",
        "iif(%resource.item.where(linkId='a').answer.empty(), false, %picked = 'a1')",
        "%resource.item.where(linkId='a').answer.exists(value.code = 'a1')",
        "%picked = 'a1'",
    ],
)
def test_a_condition_however_it_is_written(source: str) -> None:
    run = begun(
        item("a", "choice", answerOption=scored(0, 1)),
        item("b", "string", expression("enabled", source)),
        item("c", "string", when=[when("b", "exists", answerBoolean=True)]),
        extensions=[expression("variable", "%resource.item.where(linkId='a').answer.value.code", "picked")],
    )
    run.answer("a", chosen(1))
    assert run.enabled() == ["a", "b"]
    run.answer("b", "x")
    assert run.enabled() == ["a", "b", "c"]
    run.answer("a", chosen(0))
    assert run.enabled() == ["a"]
    run.answer("a", None)
    assert run.enabled() == ["a"]


def test_height_and_weight_give_a_body_mass_index() -> None:
    def variable(name: str, link_id: str) -> dict[str, object]:
        return expression("variable", f"%resource.item.where(linkId='{link_id}').answer.value", name)

    run = begun(
        item("h", "decimal"),
        item("w", "decimal"),
        item("bmi", "decimal", expression("calculated", "(%weight / ((%height / 100).power(2))).round(1)")),
        item(
            "band",
            "string",
            expression("calculated", "iif(%resource.item.where(linkId='bmi').answer.value >= 30, 'a', 'b')"),
        ),
        extensions=[variable("height", "h"), variable("weight", "w")],
    )
    run.answer("h", Decimal(180))
    assert (run.row("bmi").value, run.row("band").value) == (None, None)
    run.answer("w", Decimal("81.5"))
    assert (run.row("bmi").value, run.row("band").value) == (Decimal("25.2"), "b")
    run.answer("w", Decimal(100))
    assert (run.row("bmi").value, run.row("band").value) == (Decimal("30.9"), "a")


def test_each_instance_of_a_group_counts_for_itself() -> None:
    own = expression("variable", "item.where(linkId='n').answer.value", "own")
    run = begun(
        item(
            "g",
            "group",
            own,
            repeats=True,
            items=[item("n", "integer"), item("twice", "integer", expression("calculated", "%own * 2"))],
        ),
        item(
            "all",
            "integer",
            expression("calculated", "%resource.item.where(linkId='g').item.where(linkId='n').answer.value.sum()"),
        ),
    )
    first = run.rows()[0].path.removesuffix("g")
    second = run.add_repeat("g").removesuffix("g")
    run.answer(f"{first}n", 3)
    assert (run.row(f"{first}twice").value, run.row("all").value) == (6, None)
    notice = run.answer(f"{second}n", 4)
    assert notice.changed == (f"{second}n", f"{second}twice", "all")
    assert (run.row(f"{first}twice").value, run.row(f"{second}twice").value, run.row("all").value) == (6, 8, 7)
