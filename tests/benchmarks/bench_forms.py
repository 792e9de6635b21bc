"""Speed of the assessment engine, by itself or with the other benchmarks. Prints figures and asserts nothing.

The form of 697 items is in a folder that stays outside the repository (``WORKWELL_FORMS_CORPUS``, else
``../shared/forms-corpus``); where it is absent its lines are left out.
"""

import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.rows import Row, table  # noqa: E402
from workwell_desktop.domain.values import Coding, PartialDate  # noqa: E402
from workwell_desktop.forms import Form, Item, Run, check_form, compile_form  # noqa: E402

CORPUS = Path(os.environ.get("WORKWELL_FORMS_CORPUS", ROOT.parent / "shared" / "forms-corpus"))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
ENABLED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"


def timed(run: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of this process (not of what else runs beside it) for each of ``times`` runs."""
    found: list[float] = []
    for _ in range(times):
        gc.collect()
        begin = time.process_time()
        run()
        found.append((time.process_time() - begin) * 1000)
    return found


def p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def expression(url: str, source: str) -> dict[str, Any]:
    return {"url": url, "valueExpression": {"language": "text/fhirpath", "expression": source}}


def grown(size: int) -> bytes:
    """A form of ``size`` items in groups of 20; the first question has five dependants."""
    items: list[dict[str, Any]] = [{"linkId": "q0", "type": "integer", "text": "Question 0"}]
    for number in range(1, 4):
        items.append(
            {
                "linkId": f"e{number}",
                "type": "string",
                "text": f"Only above {number}",
                "enableWhen": [{"question": "q0", "operator": ">", "answerInteger": number}],
            }
        )
    for number, source in enumerate(
        (
            "%resource.item.where(linkId='q0').answer.value * 2",
            "%resource.repeat(item).where(linkId='q0').answer.value + 1",
        )
    ):
        items.append(
            {
                "linkId": f"c{number}",
                "type": "integer",
                "text": "Worked out",
                "extension": [expression(CALCULATED, source)],
            }
        )
    for start in range(len(items), size, 20):
        below = [
            {"linkId": f"q{number}", "type": "string", "text": f"Question {number}"}
            for number in range(start + 1, min(start + 20, size))
        ]
        items.append({"linkId": f"g{start}", "type": "group", "text": f"Group {start}", "item": below})
    return json.dumps({"resourceType": "Questionnaire", "status": "active", "title": "Grown", "item": items}).encode()


def crossed() -> bytes:
    """800 items, 400 of them with ``%resource.repeat(item).where(…)``."""
    items: list[dict[str, Any]] = []
    for group in range(20):
        below: list[dict[str, Any]] = []
        for number in range(20):
            one = group * 20 + number
            below.append({"linkId": f"q{one}", "type": "integer", "text": f"Question {one}"})
            source = f"%resource.repeat(item).where(linkId='q{one}').answer.value > {number % 5}"
            below.append(
                {"linkId": f"d{one}", "type": "string", "text": "More", "extension": [expression(ENABLED, source)]}
            )
        items.append({"linkId": f"g{group}", "type": "group", "text": f"Group {group}", "item": below})
    return json.dumps({"resourceType": "Questionnaire", "status": "active", "title": "Crossed", "item": items}).encode()


def some_value(item: Item, number: int) -> Any:
    """An answer that fits an item."""
    if item.options:
        value: Any = item.options[number % len(item.options)].value
    else:
        value = {
            "boolean": number % 2 == 0,
            "integer": 20 + number % 40,
            "date": PartialDate(1960 + number % 40, 1, 1),
            "string": f"words {number}",
            "text": f"words {number}",
            "open-choice": f"words {number}",
            "choice": Coding(None, str(number)),
        }.get(item.type)
        if item.type == "decimal":
            from decimal import Decimal

            value = Decimal(number % 90) + 10
    return (value,) if item.several and value is not None else value


def answering(form: Form, rounds: int) -> list[float]:
    """Milliseconds of each answer, going round all questions of a form."""
    run = Run(form, now=NOW)
    run.rows()
    found: list[float] = []
    for number in range(rounds):
        for path, place in [(one.path, one) for one in run.all_places()]:
            item = place.item
            if item is None or not item.is_question or item.calculated:
                continue
            value = some_value(item, number)
            if value is None:
                continue
            begin = time.process_time()
            run.answer(path, value)
            found.append((time.process_time() - begin) * 1000)
    return found


def from_scratch(form: Form, run: Run) -> Callable[[], object]:
    answers, repeats = run.answers(), run.repeats()
    return lambda: Run(form, now=NOW, answers=answers, repeats=repeats)


def all_answered(form: Form) -> Run:
    """A run of a form in which every question that can be is answered."""
    run = Run(form, now=NOW)
    for place in list(run.all_places()):
        if place.item is not None and place.item.is_question and not place.item.calculated:
            run.answer(place.path, some_value(place.item, 3))
    return run


def measure_large_form() -> list[Row]:
    """The form of 697 items."""
    found = next(CORPUS.glob("resources/aehrc+smart-forms/*715*.json"), None)
    if found is None:
        print(f"no corpus of forms at {CORPUS}: the form of 697 items is left out")
        return []
    source = found.read_bytes()
    form = compile_form(source)
    run = all_answered(form)
    each = answering(form, 3)
    return [
        Row("check 697 items", statistics.median(timed(lambda: check_form(source), 7)), "ms", goal=300),
        Row(
            "open 697 items: read, run, rows of the first page",
            statistics.median(timed(lambda: Run(compile_form(source), now=NOW).rows(0), 7)),
            "ms",
            goal=150,
        ),
        Row("one answer of 697 items, median", statistics.median(each), "ms"),
        Row("one answer of 697 items, p95", p95(each), "ms", goal=5),
        Row("697 items from scratch", statistics.median(timed(from_scratch(form, run), 15)), "ms"),
        Row("697 items, every rule again", statistics.median(timed(run.settle_again, 15)), "ms", goal=12),
    ]


def measure_repeat_expressions() -> list[Row]:
    """800 items, 400 of them with ``%resource.repeat(item).where(…)``."""
    form = compile_form(crossed())
    run = all_answered(form)
    return [
        Row(
            "800 items, 400 repeat(item), from scratch",
            statistics.median(timed(from_scratch(form, run), 15)),
            "ms",
            goal=30,
        )
    ]


def measure_growth() -> list[Row]:
    """One answer with five dependants, in forms of 10 to 3,000 items."""
    rows: list[Row] = []
    for size in (10, 25, 100, 500, 1000, 2500, 3000):
        run = Run(compile_form(grown(size)), now=NOW)
        run.rows()
        each: list[float] = []
        for number in range(300):
            begin = time.process_time()
            run.answer("q0", number % 6)
            each.append((time.process_time() - begin) * 1000)
        rows.append(Row(f"one answer, five dependants, {size} items, p95", p95(each), "ms", goal=1))
    return rows


if __name__ == "__main__":
    print(table([*measure_large_form(), *measure_repeat_expressions(), *measure_growth()]))
