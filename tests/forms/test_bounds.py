"""No form and no expression runs without end: what is cut off says so, and says the same each time."""

import time

import pytest

from tests.forms.make import begun, expression, item, source
from workwell_desktop.forms import Run, check_form
from workwell_desktop.forms.fhirpath import EvaluationError, compile_tree, evaluate, parse
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Environment

MOMENT = Temporal.parse("dateTime", "2026-03-10T09:00:00Z")
MANY = " | ".join(str(number) for number in range(60))
ENDLESS = [
    f"({MANY}).aggregate($total * 9 * 9 * 9, 9)",
    f"({MANY}).aggregate($total & $total, 'x').length()",
    f"({MANY}).aggregate($total + $total, 'x').length()",
    f"({MANY}).aggregate($total.combine($total), 1).count()",
    f"({MANY}).select({MANY}).select({MANY}).select({MANY}).count()",
    "1.repeat($this + 1).count()",
    "'x'.repeat($this & $this).count()",
    "('x' | 'xx').repeat($this.replace('x', 'xx')).count()",
]


@pytest.mark.parametrize("written", ENDLESS)
def test_an_expression_that_grows_without_end_has_no_result(written: str) -> None:
    begin = time.process_time()
    with pytest.raises(EvaluationError):
        evaluate(compile_tree(parse(written)), Environment(lambda _name: [], MOMENT, MOMENT.day), [])
    assert time.process_time() - begin < 10


def heavy(count: int) -> list[dict[str, object]]:
    asked = [item(f"q{number}", "integer", initial=[{"valueInteger": number}]) for number in range(count)]
    costly = "%resource.item.where(linkId.startsWith('q')).select(%resource.item.where(linkId.startsWith('q'))).count()"
    return [
        *asked,
        *(item(f"c{number}", "string", expression("enabled", f"{costly} > {number}")) for number in range(count)),
    ]


def test_many_costly_expressions_are_cut_off_together_and_say_so() -> None:
    begin = time.process_time()
    run: Run = begun(*heavy(150))
    found = [one.code for one in run.issues()]
    assert "expressionFailed" in found
    assert run.enabled().count("c0") == 1
    run.answer("q0", 7)
    assert [one.code for one in run.issues()] == found
    assert time.process_time() - begin < 20


def test_conditions_on_many_names_are_checked_in_good_time() -> None:
    count = 600
    items = [item(f"q{number}", "integer") for number in range(count)]
    items += [
        item(
            f"c{number}",
            "string",
            expression("enabled", f"%resource.item.where(linkId.startsWith('q{number}')).answer.value.count() > 1"),
        )
        for number in range(count)
    ]
    begin = time.process_time()
    assert check_form(source(*items)).status == "refused"  # what could be any item could be itself
    assert time.process_time() - begin < 20
