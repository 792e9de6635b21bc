"""Questionnaires made of parts: from what they contain, from their Bundle, from the files beside them."""

import json
from collections.abc import Iterable
from typing import Any

from tests.forms.make import FHIR, NOW, SDC, codes, expression, item, source, when
from workwell_desktop.forms import assembled, check, check_form, fill

SUB = SDC + "questionnaire-subQuestionnaire"


def stands_for(link_id: str, canonical: str, **more: Any) -> dict[str, Any]:
    return item(link_id, "display", {"url": SUB, "valueCanonical": canonical}, **more)


def part(url: str, *items: dict[str, Any], extensions: Iterable[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": url,
        "status": "active",
        "extension": list(extensions),
        **more,
        "item": list(items),
    }


NAME = part(
    "http://example.org/name",
    item("first", required=True),
    item("last", when=[when("first", "exists", answerBoolean=True)]),
    extensions=[
        {"url": SDC + "questionnaire-assembleContext", "valueString": "linkIdPrefix"},
        expression("variable", "1 + 1", "two"),
    ],
)


def prefixed(link_id: str, prefix: str, *items: dict[str, Any]) -> dict[str, Any]:
    return item(link_id, "group", expression("variable", prefix, "linkIdPrefix"), items=list(items))


def whole(content: bytes) -> Any:
    return json.loads(assembled(content))


def test_a_contained_part_stands_where_it_was_named() -> None:
    asked = source(item("a"), stands_for("b", "http://example.org/name"), item("c"), contained=[NAME])
    assert check_form(asked).status == "ready"
    assert [one["linkId"] for one in whole(asked)["item"]] == ["a", "first", "last", "c"]
    assert "contained" not in whole(asked)
    found = fill(asked, {"resourceType": "QuestionnaireResponse"}, NOW)
    assert found["enabled"] == ["a", "first", "c"]


def test_the_same_part_twice_has_a_prefix_each_in_its_conditions_too() -> None:
    asked = source(
        prefixed("g", "'me.'", stands_for("b", "http://example.org/name")),
        prefixed("h", "'you.'", stands_for("d", "http://example.org/name")),
        contained=[NAME],
    )
    assert codes(list(check_form(asked).problems)) == []
    first, second = whole(asked)["item"]
    assert [one["linkId"] for one in first["item"]] == ["me.first", "me.last"]
    assert second["item"][1]["enableWhen"][0]["question"] == "you.first"
    names = [one["valueExpression"]["name"] for one in first["extension"] if one["url"] == FHIR + "variable"]
    assert names == ["linkIdPrefix", "two"]
    double = source(stands_for("b", "http://example.org/name"), stands_for("d", "http://example.org/name"))
    found = check_form(assembled(double, near=[NAME])).problems
    assert {one.code for one in found} == {"linkIdTwice"}


def test_parts_are_found_in_the_bundle_and_beside_the_file() -> None:
    asked = source(item("a"), stands_for("b", "http://example.org/name|2"))
    assert [one.code for one in check_form(asked).problems if one.severity == "error"] == ["subQuestionnaire"]
    bundle = {"resourceType": "Bundle", "entry": [{"resource": json.loads(asked)}, {"resource": NAME}]}
    assert [row["status"] for row in check(json.dumps(bundle).encode(), "x")] == ["ready", "ready"]
    assert check(asked, "x", lambda: [b"junk", json.dumps(NAME).encode()])[0]["status"] == "ready"
    other = json.dumps({**NAME, "version": "1"}).encode()
    assert check(asked, "x", lambda: [other])[0]["status"] == "refused"


def test_a_part_that_holds_itself_is_refused() -> None:
    one = part("http://example.org/one", item("g", "group", items=[stands_for("x", "http://example.org/two")]))
    two = part("http://example.org/two", stands_for("y", "http://example.org/one"))
    asked = source(stands_for("b", "http://example.org/one"), contained=[one, two])
    assert [found for found in codes(list(check_form(asked).problems)) if found[0] == "error"] == [
        ("error", "assembleCycle", "y")
    ]


def test_what_cannot_be_replaced_is_refused() -> None:
    named = {"url": SUB, "valueCanonical": "http://example.org/name"}
    for asking in (
        item("b", "group", named),
        item("b", "display", named, when=[when("a", "exists", answerBoolean=True)]),
    ):
        found = check_form(source(item("a"), asking, contained=[NAME])).problems
        assert ("error", "subQuestionnaireItem", "b") in codes(list(found))


def test_what_a_part_contains_keeps_its_meaning_where_the_name_is_taken() -> None:
    def colours(*names: str) -> dict[str, Any]:
        concepts = [{"code": name} for name in names]
        return {
            "resourceType": "ValueSet",
            "id": "v",
            "compose": {"include": [{"system": "http://example.org/colours", "concept": concepts}]},
        }

    asked = source(
        item("a", "choice", answerValueSet="#v"),
        stands_for("b", "http://example.org/colour"),
        contained=[
            colours("red"),
            part("http://example.org/colour", item("c", "choice", answerValueSet="#v"), contained=[colours("blue")]),
        ],
    )
    answers = [
        {"linkId": name, "answer": [{"valueCoding": {"system": "http://example.org/colours", "code": code}}]}
        for name, code in (("a", "red"), ("c", "blue"))
    ]
    found = fill(asked, {"resourceType": "QuestionnaireResponse", "item": answers}, NOW)
    assert found["issues"] == []


def test_a_part_that_needs_what_is_refused_makes_the_whole_refused() -> None:
    strange = part("http://example.org/odd", item("c"), modifierExtension=[{"url": "http://example.org/x"}])
    adaptive = part(
        "http://example.org/odd",
        item("c"),
        extensions=[{"url": SDC + "questionnaire-questionnaireAdaptive", "valueBoolean": True}],
    )
    for one, code in ((strange, "modifierExtension"), (adaptive, "adaptive")):
        asked = source(stands_for("b", "http://example.org/odd"), contained=[one])
        assert [found.code for found in check_form(asked).problems] == [code]


def test_value_sets_come_with_the_bundle() -> None:
    asked = json.loads(source(item("a", "choice", answerValueSet="http://example.org/vs|1")))
    values = {
        "resourceType": "ValueSet",
        "url": "http://example.org/vs",
        "version": "1",
        "compose": {"include": [{"system": "http://example.org/cs"}]},
    }
    system = {
        "resourceType": "CodeSystem",
        "url": "http://example.org/cs",
        "content": "complete",
        "concept": [{"code": "1"}],
    }
    entries = [{"resource": one} for one in (asked, values, system)]
    bundle = {"resourceType": "Bundle", "entry": entries}
    content = json.dumps(bundle).encode()
    assert [row["status"] for row in check(content, "x")] == ["ready"]
    assert check_form(assembled(content)).status == "ready"
    entries.pop()
    assert [row["status"] for row in check(json.dumps(bundle).encode(), "x")] == ["refused"]


def test_decimals_stay_as_they_were_written() -> None:
    weighed = json.loads(source(stands_for("b", "http://example.org/name"), contained=[NAME]))
    content = json.dumps({**weighed, "approvalDate": 0}).replace('"approvalDate": 0', '"approvalDate": 1.50').encode()
    assert b'"approvalDate":1.50' in assembled(content)
