"""What is alike in a response: where it counts, and where FHIRPath drops it."""

from typing import Any

import pytest

from tests.forms.elsewhere import Case, outcome, said
from tests.forms.make import expression, item


def instances(*pairs: tuple[int, int]) -> list[dict[str, Any]]:
    return [said("g", items=[said("n", valueInteger=n), said("m", valueInteger=m)]) for n, m in pairs]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        # a path keeps what is alike, and the order of the response
        ("%resource.item.where(linkId = 'g' or linkId = 'h').item.where(linkId = 'n').answer.value.sum()", "5"),
        ("%resource.item.item.where(linkId = 'n' or linkId = 'm').answer.value.select(toString()).join('')", "121234"),
        ("%resource.descendants().where(linkId = 'n' or linkId = 'm').answer.value.count()", "6"),
        # repeat() drops what is equal (FHIRPath 2.0, 5.2.3), level by level
        ("%resource.repeat(item).where(linkId = 'n').answer.value.select(toString()).join('')", "13"),
        ("%resource.repeat(item).where(linkId = 'm').answer.value.select(toString()).join('')", "24"),
        ("%resource.repeat(item).where(linkId = 'n' or linkId = 'm').answer.value.select(toString()).join('')", "1234"),
        ("%resource.repeat(item).where(linkId = 'g').item.where(linkId = 'n').answer.value.count()", "2"),
        ("%resource.repeat(item).where(linkId = 'g').count()", "2"),
    ],
)
def test_fhirpath_what_is_alike_counts_except_in_repeat(source: str, value: str) -> None:
    found = outcome(
        Case(
            source,
            [
                item("g", "group", repeats=True, items=[item("n", "integer"), item("m", "integer")]),
                item("h", "group", items=[item("k", "integer")]),
                item("t", "string", expression("calculated", f"({source}).toString()")),
            ],
            [*instances((1, 2), (1, 2), (3, 4)), said("h", items=[said("k", valueInteger=4)])],
            values={"t": [value]},
        )
    )
    assert found["values"] == {"t": [value]}
