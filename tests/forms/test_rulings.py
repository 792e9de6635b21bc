"""What FHIR and SDC leave open, and how it is ruled here. Each test names its ruling."""

from decimal import Decimal

import pytest

from tests.forms.make import FHIR, begun, chosen, codes, expression, item, problems, scored, when
from workwell_desktop.domain.values import Coding, PartialDate
from workwell_desktop.forms import Run


def test_sdc_an_answer_to_a_disabled_item_is_kept_inside_and_left_out_of_everything_else() -> None:
    run = begun(
        item("a", "boolean"),
        item("b", "choice", answerOption=scored(0, 1), when=[when("a", answerBoolean=True)]),
        item("c", "string", when=[when("b", "exists", answerBoolean=True)]),
        item(
            "total", "decimal", expression("calculated", "%resource.item.where(linkId='b').answer.value.weight().sum()")
        ),
    )
    run.answer("a", True)
    run.answer("b", chosen(1))
    assert run.enabled() == ["a", "b", "c", "total"]
    assert run.scores()[0].value == 1
    run.answer("a", False)
    assert run.enabled() == ["a", "total"]
    assert run.answers()["b"] == chosen(1)
    assert [one["linkId"] for one in run.response()["item"]] == ["a"]
    assert run.scores()[0].value is None
    run.answer("a", True)
    assert run.row("b").value == chosen(1)
    assert run.enabled() == ["a", "b", "c", "total"]
    assert run.scores()[0].value == 1


def score_of(*answers: int | None, source: str) -> Decimal | None:
    run = begun(
        *(item(f"q{place}", "choice", answerOption=scored(0, 1, 2, 3)) for place in range(3)),
        item("total", "decimal", expression("calculated", source)),
    )
    for place, answer in enumerate(answers):
        if answer is not None:
            run.answer(f"q{place}", chosen(answer))
    value = run.scores()[0].value
    assert value is None or isinstance(value, Decimal)
    return value


@pytest.mark.parametrize(
    "source",
    [
        "%resource.item.where(linkId != 'total').answer.value.weight().sum()",
        "%resource.item.answer.value.ordinal().sum()",
        "%resource.repeat(item).where(linkId.startsWith('q')).answer.value.weight().aggregate($this + $total, 0)",
        " + ".join(f"%resource.item.where(linkId='q{place}').answer.value.weight()" for place in range(3)),
        "iif(%resource.item.answer.value.weight().sum() > 100, 1, %resource.item.answer.value.weight().sum())",
    ],
)
def test_sdc_a_score_with_a_missing_part_is_absent_and_never_zero(source: str) -> None:
    assert score_of(None, None, None, source=source) is None
    assert score_of(1, 2, None, source=source) is None
    assert score_of(1, 2, 3, source=source) == 6
    assert score_of(0, 0, 0, source=source) == 0


def test_sdc_a_form_may_say_itself_how_to_prorate_a_missing_part() -> None:
    weights = "%resource.item.where(linkId.startsWith('q')).answer.value.weight()"
    prorated = f"iif({weights}.count() >= 2, ({weights}.sum() * 3 / {weights}.count()).round(0), {{}})"
    assert score_of(1, 2, None, source=prorated) == 5
    assert score_of(1, None, None, source=prorated) is None


def test_sdc_a_band_that_hangs_on_an_absent_score_is_absent_too() -> None:
    run = begun(
        *(item(f"q{place}", "choice", answerOption=scored(0, 1, 2, 3)) for place in range(2)),
        item("band", "string", expression("calculated", "iif(%total > 3, 'high', 'low')")),
        extensions=[expression("variable", "%resource.item.answer.value.weight().sum()", "total")],
    )
    run.answer("q0", chosen(1))
    assert run.row("band").value is None
    run.answer("q1", chosen(1))
    assert run.row("band").value == "low"
    run.answer("q1", chosen(3))
    assert run.row("band").value == "high"


def test_sdc_a_band_is_not_chosen_by_the_size_of_a_score_that_is_not_there() -> None:
    run = begun(
        *(item(f"q{place}", "integer") for place in range(2)),
        item("total", "integer", expression("calculated", TOTAL)),
        item(
            "band", "string", expression("calculated", f"iif({SCORE} > 3, 'high', iif({SCORE} > 1, 'middle', 'low'))")
        ),
        item(
            "told",
            "string",
            expression("calculated", f"iif({SCORE}.exists(), iif({SCORE} > 3, 'high', 'low'), 'not known')"),
        ),
    )
    run.answer("q0", 1)
    assert (run.row("total").value, run.row("band").value, run.row("told").value) == (None, None, "not known")
    run.answer("q1", 1)
    assert (run.row("total").value, run.row("band").value, run.row("told").value) == (2, "middle", "low")


SCORE = "%resource.item.where(linkId='total').answer.value"
TOTAL = "%resource.item.where(linkId='q0').answer.value + %resource.item.where(linkId='q1').answer.value"


def test_fhirpath_a_union_that_is_added_up_is_warned_of() -> None:
    union = "(%resource.item.where(linkId='a').answer.value | %resource.item.where(linkId='b').answer.value).sum()"
    found = problems(item("a", "integer"), item("b", "integer"), item("c", "integer", expression("calculated", union)))
    assert codes(found) == [("warning", "addsUnion", "c")]


def test_fhirpath_repeats_that_are_alike_and_are_added_up_after_repeat_are_warned_of() -> None:
    """``repeat()`` drops equal items: two instances with the same answer would count once, and nobody would know."""
    group = item("g", "group", repeats=True, items=[item("n", "integer")])
    total = "%resource.repeat(item).where(linkId='n').answer.value.sum()"
    assert codes(problems(group, item("c", "integer", expression("calculated", total)))) == [
        ("warning", "addsUnlike", "c")
    ]
    run = begun(group, item("c", "integer", expression("calculated", total)))
    second = run.add_repeat("g")
    first = next(one.id for one in run.repeats())
    run.answer(f"{first}/n", 3)
    run.answer(f"{second.split('/')[0]}/n", 3)
    assert run.row("c").value == 3, "as FHIRPath has it, and why the form is warned of"
    once = item("g", "group", items=[item("n", "integer")])
    assert codes(problems(once, item("c", "integer", expression("calculated", total)))) == []
    plainly = "%resource.item.where(linkId='g').item.where(linkId='n').answer.value.sum()"
    assert codes(problems(group, item("c", "integer", expression("calculated", plainly)))) == []


def test_sdc_a_missing_part_that_does_not_apply_is_not_missing() -> None:
    run = begun(
        item("a", "boolean"),
        item("q0", "choice", answerOption=scored(0, 1)),
        item("q1", "choice", answerOption=scored(0, 1), when=[when("a", answerBoolean=True)]),
        item("total", "decimal", expression("calculated", "%resource.item.answer.value.weight().sum()")),
    )
    run.answer("q0", chosen(1))
    assert run.scores()[0].value == 1
    run.answer("a", True)
    assert run.scores()[0].value is None
    assert run.scores()[0].missing == "answers"


def test_sdc_a_calculated_item_is_read_only_unless_the_form_marks_it_editable() -> None:
    twice = expression("calculated", "%resource.item.where(linkId='n').answer.value * 2")
    run = begun(item("n", "integer"), item("fixed", "integer", twice), item("free", "integer", twice, readOnly=False))
    run.answer("n", 4)
    assert (run.row("fixed").value, run.row("fixed").read_only) == (8, True)
    assert (run.row("free").value, run.row("free").read_only, run.row("free").overridden) == (8, False, False)
    run.answer("free", 9)
    run.answer("n", 5)
    free = run.row("free")
    assert (free.value, free.overridden, free.calculated) == (9, True, 10)
    run.answer("free", None)
    assert run.row("free").value == 10


def test_sdc_variables_are_scoped_and_an_inner_name_hides_an_outer_one() -> None:
    read = expression("calculated", "%v")
    run = begun(
        item("top", "integer", read),
        item("g", "group", expression("variable", "%v + 1", "v"), items=[item("in", "integer", read)]),
        item(
            "h", "group", expression("variable", "7", "w"), items=[item("x", "integer", expression("calculated", "%w"))]
        ),
        extensions=[expression("variable", "1", "v")],
    )
    assert [run.row(path).value for path in ("top", "in", "x")] == [1, 2, 7]


def test_sdc_a_variable_is_not_seen_outside_its_item() -> None:
    found = problems(
        item("h", "group", expression("variable", "7", "w"), items=[item("x", "integer")]),
        item("y", "integer", expression("calculated", "%w")),
    )
    assert codes(found) == [("error", "expression.variable", "y")]
    assert "%w" in found[0].message


def test_fhir_enable_when_between_different_types_is_false_and_a_warning() -> None:
    items = (item("a", "integer"), item("b", "string", when=[when("a", answerString="1")]))
    assert codes(problems(*items)) == [("warning", "conditionOfOtherType", "b")]
    run = begun(*items)
    run.answer("a", 1)
    assert run.enabled() == ["a"]


def test_fhirpath_dates_compare_by_the_precision_that_both_have() -> None:
    run = begun(
        item("d", "date"),
        item("after", "string", expression("enabled", "%resource.item.where(linkId='d').answer.value > @2026-03")),
        item("same", "boolean", expression("calculated", "%resource.item.where(linkId='d').answer.value = @2026-03")),
    )
    run.answer("d", PartialDate(2026, 4, 1))
    assert (run.enabled(), run.row("same").value) == (["d", "after", "same"], False)
    run.answer("d", PartialDate(2026, 3, 5))
    assert (run.enabled(), run.row("same").value) == (["d", "same"], None)
    run.answer("d", PartialDate(2026, 3))
    assert (run.enabled(), run.row("same").value) == (["d", "same"], True)


def test_fhir_stu3_is_converted_where_the_change_is_mechanical() -> None:
    items = (
        item("a", "choice", option=[{"valueCoding": {"code": "x"}}, {"valueCoding": {"code": "y"}}]),
        item("b", "boolean", initialBoolean=True),
        item("c", when=[{"question": "a", "hasAnswer": True}, {"question": "b", "answerBoolean": False}]),
    )
    assert codes(problems(*items)) == [("warning", "convertedFrom", None)]
    run = begun(*items)
    assert run.row("b").value is True
    assert run.enabled() == ["a", "b"]
    run.answer("a", Coding(None, "y"))
    assert run.enabled() == ["a", "b", "c"]  # in STU3 one condition is enough


def test_fhir_r5_is_converted_where_the_change_is_mechanical_and_otherwise_refused_by_version() -> None:
    option = [{"valueCoding": {"code": "x"}}]
    assert codes(problems(item("a", "coding", answerOption=option, answerConstraint="optionsOrString"))) == [
        ("warning", "convertedFrom", None)
    ]
    refused = problems(item("a", "coding", answerOption=option, answerConstraint="optionsOrType"))
    assert ("error", "unsupportedVersion", "a") in codes(refused)


def test_deleting_one_repeat_touches_no_other_repeat() -> None:
    run = begun(item("g", "group", repeats=True, items=[item("x", "integer"), item("y", "string")]))
    first = run.rows()[0].path
    paths = [first, run.add_repeat("g"), run.add_repeat("g")]
    inner = [path.removesuffix("g") + "x" for path in paths]
    for number, path in enumerate(inner):
        run.answer(path, number)
    kept = [run.row(inner[0]), run.row(inner[2])]
    run.remove_repeat(paths[1])
    assert [run.row(inner[0]), run.row(inner[2])] == kept
    assert run.row(inner[0]) is kept[0]
    assert run.row(inner[2]) is kept[1]
    assert run.answers() == {inner[0]: 0, inner[2]: 2}
    assert [one.id for one in run.repeats()] == [paths[0].split("/")[0], paths[2].split("/")[0]]


def test_sdc_hidden_items_are_answered_by_the_form_and_shown_to_nobody() -> None:
    hidden = {"url": FHIR + "questionnaire-hidden", "valueBoolean": True}
    run = begun(
        item("n", "integer"),
        item("h", "integer", hidden, expression("calculated", "%resource.item.where(linkId='n').answer.value + 1")),
    )
    run.answer("n", 1)
    assert (run.row("h").shown, run.row("h").value) == (False, 2)
    assert [one["linkId"] for one in run.response()["item"]] == ["n", "h"]


def test_a_form_that_was_begun_does_not_take_its_initial_values_again() -> None:
    run = begun(item("a", "string", initial=[{"valueString": "begin"}]))
    assert run.row("a").value == "begin"
    run.answer("a", None)
    again = Run(run.form, now=run.now, answers=run.answers(), repeats=run.repeats())
    assert again.row("a").value is None
