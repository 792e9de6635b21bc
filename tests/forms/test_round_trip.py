"""A response that is read and sent again says the same: its instances, and what answers bore besides values."""

import json
from typing import Any

from tests.forms.make import NOW, form, item, source
from workwell_desktop.forms import Run, fill, plain, read_response


def test_what_an_answer_bore_besides_its_value_is_sent_again() -> None:
    asked = source(item("a", "attachment"), item("b", "choice", repeats=True), item("c", "reference"))
    items: list[dict[str, Any]] = [
        {"linkId": "a", "text": "Question a", "answer": [{"valueAttachment": {"url": "http://a.b/c", "title": "T"}}]},
        {
            "linkId": "b",
            "text": "Question b",
            "answer": [
                {"id": "x", "valueCoding": {"code": "1", "userSelected": True}},
                {"valueCoding": {"code": "2", "version": "3"}},
            ],
        },
        {"linkId": "c", "text": "Question c", "answer": [{"valueReference": {"reference": "Patient/1", "type": "P"}}]},
    ]
    sent = fill(asked, {"resourceType": "QuestionnaireResponse", "item": items}, NOW)["response"]
    assert plain(sent)["item"] == items


def test_instances_keep_their_ids_where_they_are_asked_to() -> None:
    asked = form(
        item("g", "group", repeats=True, items=[item("q", repeats=True, items=[item("n", "integer")])]), item("z")
    )
    run = Run(asked, now=NOW)
    second = run.add_repeat("g")
    repeat = second.split("/")[0]
    run.answer(f"{second.removesuffix('g')}{run.repeats()[-1].id}/q", "words")
    run.answer(f"{second.removesuffix('g')}{run.repeats()[-1].id}/n", 4)
    sent = json.loads(json.dumps(plain(run.response(ids=True))))
    assert sent["item"][0]["id"] == repeat
    again = read_response(asked, sent, ids=True)
    assert again.answers == run.answers()
    assert {one.id for one in again.repeats} <= {one.id for one in run.repeats()}
    assert read_response(asked, plain(run.response())).answers != run.answers()
    twice = {"resourceType": "QuestionnaireResponse", "item": [sent["item"][0], sent["item"][0]]}
    found = read_response(asked, twice, ids=True)
    assert len({one.id for one in found.repeats}) == len(found.repeats) == 4
