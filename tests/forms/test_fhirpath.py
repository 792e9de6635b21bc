"""FHIRPath by itself: exact numbers, what is unknown stays unknown, and mistakes are named where they stand."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forms.make import NOW
from workwell_desktop.forms.fhirpath import FUNCTIONS, EvaluationError, PathError, compile_tree, evaluate, parse
from workwell_desktop.forms.fhirpath.conversions import as_text
from workwell_desktop.forms.fhirpath.nodes import node
from workwell_desktop.forms.fhirpath.temporal import Temporal
from workwell_desktop.forms.fhirpath.types import Environment, system

WEIGHT = "http://hl7.org/fhir/StructureDefinition/itemWeight"
RESPONSE: dict[str, Any] = {
    "resourceType": "QuestionnaireResponse",
    "item": [
        {"linkId": "a", "answer": [{"valueDecimal": Decimal("1.10")}]},
        {"linkId": "b", "answer": [{"valueDate": "2026-03"}]},
        {"linkId": "c", "answer": [{"valueCoding": {"code": "x", "extension": [{"url": WEIGHT, "valueDecimal": 2}]}}]},
        {"linkId": "g", "item": [{"linkId": "d", "answer": [{"valueInteger": 4}]}]},
        {"linkId": "g", "item": [{"linkId": "d", "answer": [{"valueInteger": 4}]}]},
    ],
}


def value(source: str) -> list[Any]:
    moment = Temporal.of_moment(NOW)
    env = Environment(lambda name: [node(RESPONSE)] if name == "resource" else [], moment, moment.day)
    found = [system(item) for item in evaluate(compile_tree(parse(source)), env, [node(RESPONSE)])]
    return [as_text(item) if isinstance(item, Temporal) else item for item in found]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("0.1 + 0.2 = 0.3", [True]),
        ("1 / 3", [Decimal("0.33333333")]),
        ("7 div 2", [3]),
        ("-7 mod 2", [-1]),
        ("1 / 0", []),
        ("{} and false", [False]),
        ("{} or true", [True]),
        ("{} and true", []),
        ("{} implies true", [True]),
        ("{} = 1", []),
        ("1 > {}", []),
        ("iif({} > 1, 'a', 'b')", ["b"]),
        ("@2026-03 = @2026-03-10", []),
        ("@2026-03 < @2026-04-10", [True]),
        ("@2026-01-31 + 1 month", ["2026-02-28"]),
        ("@2024-02-29 - 1 year", ["2023-02-28"]),
        ("today() = @2026-03-10", [True]),
        ("4 'kg' = 4000 'g'", [True]),
        ("4 'kg' > 4 'cm'", []),
        ("2.5.round(0)", [Decimal(3)]),
        ("0.98.power(2.5).round(4)", [Decimal("0.9507")]),
        ("2.power(10)", [1024]),
        ("(1 | 2 | 2).count()", [2]),
        ("%resource.item.where(linkId='a').answer.value", [Decimal("1.10")]),
        ("%resource.item.where(linkId='c').answer.value.weight()", [2]),
        ("%resource.item.where(linkId='c').answer.value.ordinal()", [2]),
        ("%resource.repeat(item).where(linkId='d').count()", [1]),
        ("%resource.descendants().where(linkId='d').count()", [2]),
        ("%resource.item.item.answer.value.sum()", [8]),
        ("item.where(linkId='b').answer.value > @2026-02", [True]),
        ("'a,b,c'.split(',').join('|')", ["a|b|c"]),
        ("'Total 12'.replaceMatches('[0-9]+', 'x')", ["Total x"]),
        ("(3 | 1 | 2).aggregate($this + $total, 0)", [6]),
        ("'abc'.toChars().skip(1).first()", ["b"]),
        ("`item`.count()", [5]),
        ("1 + /* two */ 2 // three", [3]),
    ],
)
def test_values(source: str, wanted: list[Any]) -> None:
    assert value(source) == wanted


@pytest.mark.parametrize(
    "source", ["(1 | 2) + 1", "'a' + 1", "'a' > 1", "true + 1", "(1 | 2).single()", "10.power(900)"]
)
def test_what_has_no_value_is_an_error_and_never_a_guess(source: str) -> None:
    with pytest.raises(EvaluationError):
        value(source)


@pytest.mark.parametrize(
    ("source", "reason", "position"),
    [
        ("", "syntax", 0),
        ("1 +", "syntax", 3),
        ("a.b(", "syntax", 4),
        ("1 2", "syntax", 2),
        ("'open", "syntax", 0),
        ("'bad \\q'", "syntax", 5),
        ("@2026-13", "syntax", 0),
        ("a # b", "syntax", 2),
        ("a.nonsense()", "function", 2),
        ("a.first(1)", "arguments", 2),
        ("a is Nonsense", "type", 2),
        ("Patient.valueCoding.code", "element", 8),
        ("descendants().first()", "order", 14),
        ("(" * 100 + "1", "limit", 60),
        ("1" * 30_000, "limit", 20_000),
    ],
)
def test_mistakes_are_named_where_they_stand(source: str, reason: str, position: int) -> None:
    with pytest.raises(PathError) as wrong:
        compile_tree(parse(source))
    assert (wrong.value.reason, wrong.value.position) == (reason, position)


@given(st.text(alphabet="()[]{}.,+-*/&|<>=~!%$@'\"`\\ \nabit10", max_size=40))
def test_any_text_at_all_is_an_expression_or_a_named_mistake(source: str) -> None:
    try:
        closure = compile_tree(parse(source))
    except PathError:
        return
    moment = Temporal.of_moment(NOW)
    try:
        found = evaluate(closure, Environment(lambda _name: [], moment, moment.day), [node(RESPONSE)])
    except EvaluationError:
        return
    assert isinstance(found, list)


@given(st.decimals(-1000, 1000, places=3), st.decimals(-1000, 1000, places=3))
def test_arithmetic_is_exact(a: Decimal, b: Decimal) -> None:
    assert value(f"({a:f}) + ({b:f})") == [a + b]
    assert value(f"({a:f}) * ({b:f})") == [a * b]
    assert value(f"({a:f}) > ({b:f})") == [a > b]


def test_no_expression_runs_without_end() -> None:
    grown = "(1 | 2)" + ".select($this | $this + 1 | $this * 2)" * 40
    with pytest.raises(EvaluationError, match="too much work"):
        value(grown)
    with pytest.raises(EvaluationError):
        value("1.repeat($this + 1)")


def test_a_hyphen_belongs_to_a_name_only_where_a_variable_has_it() -> None:
    assert parse("%a-b", frozenset(("a-b",))) == parse("%`a-b`")
    assert parse("%a-b") != parse("%`a-b`")


def test_the_functions_of_real_forms_are_on_the_list() -> None:
    wanted = (
        "where exists repeat iif empty select toString first substring toDate join round replace last all intersect "
        "toInteger today matches descendants ln replaceMatches not extension power now weight ordinal combine count "
        "lower exp skip endsWith children sum toChars upper toDecimal startsWith split aggregate"
    )
    assert set(wanted.split()) <= set(FUNCTIONS)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("(7 / 2).round(0).toInteger()", [4]),  # a whole number that is written without a point
        ("(6 / 2).toInteger()", [3]),
        ("3.0.toInteger()", []),
        ("1 year ~ 1 'a'", [True]),
        ("1 year = 1 'a'", []),
        ("'<b>'.escape('html').unescape('html')", ["<b>"]),
        ("'ab?'.encode('hex').decode('hex')", ["ab?"]),
        ("'zz'.decode('hex')", []),
        ("'x'.encode('rot13')", []),
        # a day has no zone: the moment counts as it was written, not as it is in Greenwich
        ("@2026-03-10 > @2026-03-10T00:30+01:00", []),
        ("@2026-03-09 < @2026-03-10T00:30+01:00", [True]),
    ],
)
def test_what_a_boundary_gives(written: str, wanted: list[object]) -> None:
    moment = Temporal.parse("dateTime", "2026-03-10T09:00:00Z")
    env = Environment(lambda _name: [], moment, moment.day)
    assert evaluate(compile_tree(parse(written)), env, []) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("1.587.lowBoundary()", "1.58650000"),
        ("1.587.highBoundary(2)", "1.59"),
        ("(-1.587).lowBoundary(2)", "-1.59"),
        ("120.lowBoundary(2)", "119.50"),
        ("1.587.lowBoundary(32)", None),
        ("@2014.lowBoundary(6)", "2014-01"),
        ("@2016-02.highBoundary()", "2016-02-29"),
        ("@2014-01-01T08:05.highBoundary()", "2014-01-01T08:05:59.999-12:00"),
        ("@2014-01-01T08:05+01:00.lowBoundary()", "2014-01-01T08:05:00.000+01:00"),
        ("@T10:30.highBoundary(9)", "10:30:59.999"),
        ("@2014.lowBoundary(5)", None),
        ("1.58700.precision()", "5"),
        ("7.precision()", "0"),
        ("@2014-03.precision()", "6"),
        ("{}.precision()", None),
    ],
)
def test_a_value_stands_for_what_rounds_to_it(source: str, wanted: str | None) -> None:
    assert [str(one) for one in value(source)] == ([] if wanted is None else [wanted])


@given(st.decimals(min_value=-1000, max_value=1000, places=3), st.integers(min_value=0, max_value=10))
def test_a_value_lies_between_its_boundaries(number: Decimal, digits: int) -> None:
    (low,), (high,) = (value(f"({number}).{name}Boundary({digits})") for name in ("low", "high"))
    if abs(number) * 2 >= Decimal(1).scaleb(-digits):
        assert low <= number <= high


@pytest.mark.parametrize("source", ["'x'.precision()", "true.lowBoundary()"])
def test_what_is_no_amount_has_no_boundaries(source: str) -> None:
    with pytest.raises(EvaluationError):
        value(source)
