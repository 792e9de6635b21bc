"""Answering one by one gives the same as working everything out from nothing, for forms and answers nobody chose."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.make import NOW, expression, form, item, scored, when
from workwell_desktop.domain.values import Coding
from workwell_desktop.forms import Form, Run

KINDS = ("integer", "boolean", "string", "choice")
COUNT = 9


def _condition(question: int, kinds: list[str], number: int) -> dict[str, Any]:
    operator = ("exists", "=", "!=")[number % 3]
    kind = kinds[question]
    if operator == "exists":
        return when(f"q{question}", "exists", answerBoolean=number % 2 == 0)
    answer: dict[str, Any] = {
        "integer": {"answerInteger": number % 3},
        "boolean": {"answerBoolean": number % 2 == 0},
        "string": {"answerString": "ab"[number % 2]},
        "choice": {"answerCoding": {"system": "http://example.org/scale", "code": f"a{number % 3}"}},
    }[kind]
    return when(f"q{question}", operator, **answer)


def _expressions(question: int, number: int) -> list[str]:
    path = (f"%resource.item.where(linkId='q{question}')", f"%resource.repeat(item).where(linkId='q{question}')")[
        number % 2
    ]
    return [
        f"{path}.answer.value.exists()",
        f"{path}.answer.count() = {number % 2}",
        f"%resource.descendants().where(linkId = 'q{question}').answer.exists()",
        f"{path}.exists() and {number} mod 2 = 0",
    ]


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Forms of nine questions; each may hang on earlier ones, stand in groups, repeat, or be worked out."""
    numbers = st.integers(0, 11)
    kinds = [draw(st.sampled_from(KINDS)) for _ in range(COUNT)]
    items: list[dict[str, Any]] = []
    for place, kind in enumerate(kinds):
        more: dict[str, Any] = {}
        extensions: list[dict[str, Any]] = []
        if kind == "choice":
            more["answerOption"] = scored(0, 1, 2)
        if place and draw(st.booleans()):
            question, number = draw(st.integers(0, place - 1)), draw(numbers)
            if number % 4 == 3:
                extensions.append(expression("enabled", _expressions(question, number)[draw(st.integers(0, 3))]))
            else:
                more["when"] = [_condition(question, kinds, number)]
                if number > 6:
                    more["when"].append(_condition(draw(st.integers(0, place - 1)), kinds, draw(numbers)))
                    more["enableBehavior"] = ("any", "all")[number % 2]
        if draw(st.integers(0, 4)) == 0 and kind != "choice":
            more["repeats"] = True
        items.append(item(f"q{place}", kind, *extensions, **more))
    cut = draw(st.integers(1, COUNT - 1))
    group = item("g", "group", items=items[cut:])
    group["extension"] = [
        expression("variable", f"item.where(linkId='q{draw(st.integers(cut, COUNT - 1))}').answer.value", "own"),
        expression("variable", "item.where(linkId.startsWith('q')).answer.value.weight().sum()", "part"),
        expression("variable", "%resource.item.where(linkId='g').item.where(linkId.startsWith('q'))", "every"),
    ]
    group["item"] = [
        *group["item"],
        item("has", "boolean", expression("calculated", "%own.exists()")),
        item("part", "decimal", expression("calculated", "%part + 1")),
        item("many", "integer", expression("calculated", "%every.answer.count()")),
        item("near", "string", when=[when("has", answerBoolean=True)]),
    ]
    if draw(st.booleans()):
        group["repeats"] = True
    items[0]["extension"] = [
        constraint(f"%resource.repeat(item).where(linkId='q{draw(st.integers(0, COUNT - 1))}').answer.exists()")
    ]
    weighted = "%resource.repeat(item).where(linkId != 'sum').answer.value.weight().sum()"
    count = "%answered + %resource.item.where(linkId != 'count' and linkId != 'last').count()"
    return (
        form(
            *items[:cut],
            group,
            item("sum", "decimal", expression("calculated", weighted)),
            item("count", "integer", expression("calculated", count)),
            item("last", "string", expression("enabled", "%resource.item.where(linkId='count').answer.value > 3")),
            extensions=[
                expression(
                    "variable", "%resource.repeat(item).where(linkId.startsWith('q')).answer.count()", "answered"
                )
            ],
        )
        if draw(st.booleans())
        else form(*items[:cut], group, item("sum", "decimal", expression("calculated", weighted)))
    )


def constraint(source: str) -> dict[str, Any]:
    value = {"language": "text/fhirpath", "expression": source}
    parts = [{"url": "key", "valueId": "k"}, {"url": "expression", "valueExpression": value}]
    return {"url": "http://hl7.org/fhir/StructureDefinition/targetConstraint", "extension": parts}


def _value(kind: str, number: int, several: bool) -> Any:
    if number % 5 == 4:
        return None
    value: Any = {
        "integer": number % 3,
        "boolean": number % 2 == 0,
        "string": "ab"[number % 2],
        "choice": Coding("http://example.org/scale", f"a{number % 3}", f"Answer {number % 3}"),
    }[kind]
    return (value, value) if several and number % 3 == 0 else (value,) if several else value


def _picture(run: Run) -> list[Any]:
    return [
        (row.path, row.enabled, row.shown, row.value, row.calculated, row.overridden, [one.code for one in row.issues])
        for row in run.rows()
    ]


@settings(max_examples=250)
@given(forms(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=25))
def test_incremental_equals_from_scratch(made: Form, steps: list[tuple[int, int]]) -> None:
    run = Run(made, now=NOW)
    before = {row.path: row for row in run.rows()}
    for target, number in steps:
        places = [
            one for one in run.all_places() if one.item is not None and one.item.is_question and not one.item.calculated
        ]
        if target >= 35 and made.index["g"].multiple:
            run.add_repeat("g")
            before = {row.path: row for row in run.rows()}
            continue
        if target >= 32 and made.index["g"].multiple:
            run.remove_repeat(next(one.path for one in run.all_places() if one.item is made.index["g"]))
            run.add_repeat("g")
            before = {row.path: row for row in run.rows()}
            continue
        place = places[target % len(places)]
        assert place.item is not None
        notice = run.answer(place.path, _value(place.item.type, number, place.item.several))
        after = {row.path: row for row in run.rows()}
        assert [path for path in after if after[path] is not before[path]] == list(notice.changed)
        assert all(after[path] != before[path] for path in notice.changed)
        before = after
    fresh = Run(made, now=NOW, answers=run.answers(), repeats=run.repeats())
    assert _picture(run) == _picture(fresh)
    assert run.response() == fresh.response()
    assert run.scores() == fresh.scores()
    assert run.issues() == fresh.issues()
