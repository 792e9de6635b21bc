"""Reading a questionnaire: what is used, what is ignored with a word, and what refuses the form."""

import json
from typing import Any

import pytest

from tests.forms.make import FHIR, SDC, codes, expression, form, item, problems, scored, source, when
from workwell_desktop.errors import FormRefused
from workwell_desktop.forms import check, check_form, compile_form
from workwell_desktop.forms.source import MAX_BYTES


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "notJson"),
        (b"\xff\xfe\x00", "notJson"),
        (b"{", "notJson"),
        (b'{"a": NaN}', "notJson"),
        (b'{"a": 1e999999}', "notJson"),
        (b"[" * 5_000 + b"]" * 5_000, "tooDeep"),
        (b"[" * 100_000 + b"]" * 100_000, "tooDeep"),
        (b'{"resourceType": "Questionnaire", "title": "' + b"x" * MAX_BYTES + b'"}', "tooLarge"),
        (b"[]", "notAQuestionnaire"),
        (b'{"resourceType": "Patient"}', "notAQuestionnaire"),
        (b'{"resourceType": "Questionnaire"}', "noItems"),
        (b'{"resourceType": "Questionnaire", "item": 4}', "badStructure"),
    ],
)
def test_what_is_no_questionnaire_gets_one_clear_word(content: bytes, code: str) -> None:
    report = check_form(content)
    assert report.status == "refused"
    assert report.problems[0].code == code
    with pytest.raises(FormRefused):
        compile_form(content)


def extension(url: str, **value: Any) -> dict[str, Any]:
    return {"url": url, **value}


CQL = {"language": "text/cql", "expression": "Total"}
QUERY = {"language": "application/x-fhir-query", "expression": "Observation?code=1"}
CALCULATED = SDC + "questionnaire-calculatedExpression"


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (item("a", "integer", extension(CALCULATED, valueExpression=CQL)), "languageUnsupported"),
        (item("a", "integer", extension(CALCULATED, valueExpression=QUERY)), "languageUnsupported"),
        (item("a", "choice", answerValueSet="http://example.org/vs"), "valueSetMissing"),
        (item("a", "choice", answerValueSet="#nowhere"), "valueSetMissing"),
        (
            item("a", "choice", extension(SDC + "questionnaire-candidateExpression", valueExpression=QUERY)),
            "candidateExpression",
        ),
        (
            item("a", "string", modifierExtension=[{"url": "http://example.org/m", "valueBoolean": True}]),
            "modifierExtension",
        ),
        (
            item("a", "display", extension(SDC + "questionnaire-subQuestionnaire", valueCanonical="x")),
            "subQuestionnaire",
        ),
        (item("a", "question"), "invalidType"),
        (item("a", ["string"]), "invalidType"),  # type: ignore[arg-type]
        (item("a", when=[when("nobody", "exists", answerBoolean=True)]), "conditionBroken"),
        (item("a", "integer", when=[when("a", "~", answerInteger=1)]), "conditionBroken"),
        (item("a", "integer", expression("calculated", "1 +")), "expression.syntax"),
        (item("a", "integer", expression("calculated", "1.conformsTo('x')")), "expression.function"),
        (item("a", "integer", expression("calculated", "1.first(2)")), "expression.arguments"),
        (item("a", "integer", expression("calculated", "1 is Nothing")), "expression.type"),
        (item("a", "integer", expression("calculated", "%nobody + 1")), "expression.variable"),
        (item("a", "integer", expression("calculated", "Observation.valueInteger")), "expression.element"),
        (item("a", "integer", expression("calculated", "(" * 200 + "1" + ")" * 200)), "expression.limit"),
        (item("a", "string", extension(FHIR + "regex", valueString=r"(a)\1")), "patternUnsupported"),
    ],
)
def test_what_gates_or_scores_and_is_not_supported_refuses_the_form(one: dict[str, Any], code: str) -> None:
    found = problems(one)
    assert ("error", code) in [(severity, kind) for severity, kind, _link in codes(found)]
    assert all(problem.message and "{" not in problem.message.replace("{}", "") for problem in found)


def test_a_refused_expression_is_named_with_its_position() -> None:
    (found,) = problems(item("a", "integer", expression("calculated", "1 + today().weekday()")))
    assert "today().weekday()" in found.message
    assert "character 13" in found.message


@pytest.mark.parametrize("name", ["targetStructureMap", "sourceStructureMap", "questionnaireAdaptive"])
def test_forms_that_need_a_server_are_refused(name: str) -> None:
    url = SDC + f"questionnaire-{name}"
    assert check_form(source(item("a"), extensions=[extension(url, valueBoolean=True)])).status == "refused"


def test_a_circle_is_refused_naming_every_link_id_on_it() -> None:
    def plus_one(other: str) -> dict[str, Any]:
        return expression("calculated", f"%resource.item.where(linkId='{other}').answer.value + 1")

    found = problems(
        item("a", "integer", plus_one("b")),
        item("b", "integer", plus_one("c")),
        item("c", "integer", plus_one("a")),
        item("d", "integer", plus_one("a")),
    )
    (circle,) = [one for one in found if one.code == "cycle"]
    assert circle.message.endswith(": a, b, c.")


def test_a_condition_on_what_stands_inside_itself_is_a_circle() -> None:
    inner = item("in", "boolean")
    assert ("error", "cycle", "g") in codes(
        problems(item("g", "group", when=[when("in", answerBoolean=True)], items=[inner]))
    )


def test_link_ids_must_be_there_and_be_one_of_a_kind() -> None:
    assert ("error", "linkIdTwice", "a") in codes(problems(item("a"), item("a")))
    assert ("error", "linkIdMissing", None) in codes(problems({"type": "string"}))


def test_what_only_decorates_is_a_warning_and_vendor_extensions_are_ignored() -> None:
    control = {"coding": [{"code": "hologram"}]}
    found = problems(
        item(
            "a",
            "string",
            extension(FHIR + "questionnaire-itemControl", valueCodeableConcept=control),
            extension("http://vendor.example/colour", valueString="red"),
        )
    )
    assert codes(found) == [("warning", "controlUnknown", "a")]


def test_an_open_choice_without_its_codes_is_typed_instead() -> None:
    assert codes(problems(item("a", "open-choice", answerValueSet="#nowhere"))) == [("warning", "valueSetOpen", "a")]


def value_set(**more: Any) -> dict[str, Any]:
    return {"resourceType": "ValueSet", "id": "vs", "url": "http://example.org/vs", **more}


@pytest.mark.parametrize(
    "contained",
    [
        value_set(compose={"include": [{"system": "s", "concept": [{"code": "x", "display": "X"}, {"code": "y"}]}]}),
        value_set(
            expansion={
                "contains": [{"system": "s", "code": "x", "display": "X", "contains": [{"system": "s", "code": "y"}]}]
            }
        ),
    ],
)
@pytest.mark.parametrize("reference", ["#vs", "http://example.org/vs", "http://example.org/vs|2"])
def test_options_come_from_contained_value_sets(contained: dict[str, Any], reference: str) -> None:
    made = form(item("a", "choice", answerValueSet=reference), contained=[contained])
    assert [option.label for option in made.index["a"].options] == ["X", "y"]


def test_a_value_set_that_names_itself_is_refused_and_does_not_hang() -> None:
    own = value_set(compose={"include": [{"valueSet": ["http://example.org/vs"]}]})
    assert codes(problems(item("a", "choice", answerValueSet="#vs"), contained=[own])) == [
        ("error", "valueSetMissing", "a")
    ]


def test_scores_of_options_are_read_from_all_three_extensions() -> None:
    urls = ("itemWeight", "ordinalValue", "questionnaire-ordinalValue")
    options = [
        {"valueCoding": {"code": str(place)}, "extension": [{"url": FHIR + url, "valueDecimal": place}]}
        for place, url in enumerate(urls)
    ]
    options.append({"valueCoding": {"code": "3", "extension": [{"url": FHIR + "ordinalValue", "valueDecimal": 3}]}})
    assert [option.weight for option in form(item("a", "choice", answerOption=options)).index["a"].options] == [
        0,
        1,
        2,
        3,
    ]


def test_helpers_go_to_the_item_around_them_and_stay_items() -> None:
    def helper(link_id: str, control: str) -> dict[str, Any]:
        concept = {"coding": [{"code": control}]}
        return item(link_id, "display", extension(FHIR + "questionnaire-itemControl", valueCodeableConcept=concept))

    made = form(item("a", "integer", items=[helper("h", "help"), helper("f", "flyover"), helper("l", "lower")]))
    question = made.index["a"]
    assert (question.help, question.hint, question.lower) == ("Question h", "Question f", "Question l")
    assert made.index["h"].helper


def test_markup_is_brought_down_to_what_cannot_load_or_run_anything() -> None:
    xhtml = (
        '<div xmlns="x" onclick="a()">Feeling <b style="x">down</b><script>alert(1)</script>'
        '<img src="http://e.example/x.png"/><a href="javascript:x()">here</a> &amp; <svg><b>no</b></svg></div>'
    )
    one = item("a")
    one["_text"] = {"extension": [{"url": FHIR + "rendering-xhtml", "valueString": xhtml}]}
    assert form(one).index["a"].html == "<div>Feeling <b>down</b>here &amp; </div>"


def test_pages_are_the_groups_at_the_top() -> None:
    made = form(item("a", "group", items=[item("a1")]), item("loose"), item("b", "group", items=[item("b1")]))
    assert [(page.title, page.items) for page in made.pages] == [
        ("Question a", ("a", "a1")),
        ("", ("loose",)),
        ("Question b", ("b", "b1")),
    ]


def test_the_digest_is_of_the_very_bytes_and_the_canonical_names_url_and_version() -> None:
    first, second = source(item("a")), source(item("a")) + b" "
    assert compile_form(first).digest != compile_form(second).digest
    assert compile_form(first).canonical == "http://example.org/form|1"


def test_check_gives_one_row_for_each_questionnaire_of_a_bundle() -> None:
    entries = [{"resource": json.loads(source(item("a")))}, {"resource": json.loads(source(item("b", "nothing")))}]
    rows = check(json.dumps({"resourceType": "Bundle", "entry": entries}).encode(), "b.json")
    assert [(row["path"], row["status"]) for row in rows] == [("b.json", "ready"), ("b.json", "refused")]
    assert set(rows[1]["problems"][0]) == {"severity", "code", "linkId", "message"}
    assert check(b"nothing", "x.json")[0]["status"] == "refused"


def test_a_form_of_ten_thousand_and_one_items_is_refused() -> None:
    report = check_form(source(*(item(str(number)) for number in range(10_001))))
    assert ("error", "tooManyItems") in [(one.severity, one.code) for one in report.problems]


def test_items_nested_beyond_all_use_are_refused() -> None:
    one = item("x")
    for depth in range(30):
        one = item(f"g{depth}", "group", items=[one])
    assert "tooDeep" in [problem.code for problem in problems(one)]


def test_options_that_score_are_kept_apart_from_those_that_do_not() -> None:
    made = form(item("a", "choice", answerOption=scored(2)), item("b", "choice", answerOption=[{"valueString": "x"}]))
    assert made.index["a"].options[0].weight == 2
    assert made.index["b"].options[0].weight is None
