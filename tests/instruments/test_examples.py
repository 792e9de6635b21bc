"""The answers of the example cases fit the shipped instruments: each question is known, asked and answered rightly."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from workwell_desktop import assets
from workwell_desktop.domain.site_reading import generic_pack, load_site
from workwell_desktop.domain.values import PartialDate
from workwell_desktop.forms import Item, Run, compile_form

EXAMPLES = sorted(assets.resource("schemas", "examples").glob("*.case.json"))
FILLED = [
    pytest.param(assessment, id=f"{path.name.partition('.')[0]}-{assessment['form'].rsplit('/', 1)[1]}")
    for path in EXAMPLES
    for assessment in json.loads(path.read_bytes())["assessments"]
]


def value(item: Item, said: Any) -> Any:
    if item.several:
        return tuple(single(item, one) for one in said)
    return single(item, said)


def single(item: Item, said: Any) -> Any:
    if item.type == "choice":
        (option,) = [option.value for option in item.options if option.value.code == said]
        return option
    if item.type == "date":
        return PartialDate.parse(said)
    return Decimal(str(said)) if item.type == "decimal" else said


def run_of(assessment: dict[str, Any]) -> tuple[Run, list[str]]:
    name = assessment["form"].rsplit("/", 1)[1]
    form = compile_form(assets.resource("instruments", f"{name}.json").read_bytes())
    run = Run(form, now=datetime.fromisoformat(assessment["on"]).replace(hour=12, tzinfo=UTC))
    given: list[str] = []
    for link_id, said in assessment["answers"].items():
        item = form.index[link_id]
        if item.type != "group":
            run.answer(link_id, value(item, said))
            given.append(link_id)
            continue
        for number, instance in enumerate(said):
            paths = [row.path for row in run.rows() if row.item is item]
            path = paths[number] if number < len(paths) else run.add_repeat(link_id)
            for below, one in instance.items():
                run.answer(f"{path.rpartition('/')[0]}/{below}", value(form.index[below], one))
    return run, given


@pytest.mark.parametrize("assessment", FILLED)
def test_every_answer_is_to_a_question_that_is_asked_and_has_no_fault(assessment: dict[str, Any]) -> None:
    run, given = run_of(assessment)
    enabled = set(run.enabled())
    assert [link for link in given if link not in enabled] == []
    assert run.issues() == []
    assert all(score.value is not None for score in run.scores())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_risk_conversation_is_recorded_where_an_answer_opens_one(path: Path) -> None:
    case = json.loads(path.read_bytes())
    site = load_site(generic_pack())
    opened = [
        link
        for assessment in case["assessments"]
        for link, said in assessment["answers"].items()
        if isinstance(said, str) and site.trigger_for(assessment["form"], link, said)
    ]
    assert bool(opened) is ("risk" in case)


def test_one_example_opens_a_risk_conversation() -> None:
    assert any("risk" in json.loads(path.read_bytes()) for path in EXAMPLES)
