"""Our reading of JSON Schema: whole, or not at all."""

import pytest

from workwell_desktop.domain.schema import Fault, faults, written
from workwell_desktop.domain.toml_lines import line_of, lines_of


def test_a_keyword_that_is_not_understood_is_never_passed_over() -> None:
    with pytest.raises(ValueError, match="oneOf"):
        faults({"oneOf": [{"type": "string"}]}, 1)


def test_a_place_is_written_as_people_write_it() -> None:
    assert written(("session", "actions", 0, "due")) == "session.actions[0].due"
    assert written(()) == ""


@pytest.mark.parametrize(("value", "right"), [(True, False), (1, True), (1.0, True), (1.5, False), ("1", False)])
def test_a_flag_is_not_a_number(value: object, right: bool) -> None:
    assert (faults({"type": "integer"}, value) == []) is right


def test_one_is_not_yes() -> None:
    assert faults({"enum": [1]}, True) != []
    assert faults({"const": False}, 0) != []


def test_if_and_then_go_together() -> None:
    schema = {"if": {"type": "object", "required": ["a"]}, "then": {"type": "object", "required": ["b"]}}
    assert faults(schema, {}) == []
    assert faults(schema, {"a": 1}) == [Fault(("b",), "missing", {"name": "b"})]


@pytest.mark.parametrize(("day", "right"), [("2026-02-28", True), ("2026-02-30", False), ("20260228", False)])
def test_a_day_is_one_of_the_calendar(day: str, right: bool) -> None:
    assert (faults({"type": "string", "format": "date"}, day) == []) is right


TOML = '''\
top = 1
[a.b]
"odd key" = """
fake = 1
"""
list = [
    "one",   # [ not a bracket
    "two, with a comma",
]
flat = ["x", "y"]
[[rows]]
code = "first"
[[rows]]
code = "second"
[rows.under]
deep = true
'''


def test_every_key_of_a_toml_text_has_its_line() -> None:
    lines = lines_of(TOML)
    assert lines[("top",)] == 1
    assert lines[("a", "b")] == 2
    assert lines[("a", "b", "odd key")] == 3
    assert ("fake",) not in lines
    assert ("a", "b", "fake") not in lines
    assert lines[("a", "b", "list", 1)] == 8
    assert lines[("rows", 1, "code")] == 14
    assert lines[("rows", 1, "under", "deep")] == 16


def test_what_is_not_written_is_found_at_the_nearest_thing_around_it() -> None:
    assert line_of(TOML, ("a", "b", "flat", 1)) == 10
    assert line_of(TOML, ("a", "b", "missing")) == 2
    assert line_of(TOML, ("nothing", "here")) == 1
