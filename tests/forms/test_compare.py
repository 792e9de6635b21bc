"""What changed between two versions of a form, said by question and in words."""

import copy
from typing import Any

import pytest

from tests.forms.make import SCALE, expression, form, item, scored, when
from workwell_desktop.forms.compare import Difference, compare
from workwell_desktop.forms.model import Form

ITEMS = [
    item("sleep", "choice", text="How did you sleep?", answerOption=scored(0, 1)),
    item("why", text="What kept you awake?", when=[when("sleep", answerCoding={"code": "a1", "system": SCALE})]),
    item("hours", "integer", text="How many hours?"),
    item("total", "integer", expression("calculated", "1 + 1"), text="Total"),
]


def version(**changes: Any) -> Form:
    """The form with other items, or with these fields of one item changed: ``hours={"text": …}``."""
    made = copy.deepcopy(ITEMS)
    for one in made:
        one.update(changes.get(one["linkId"], {}))
    made = [one for one in made if not one.get("gone")]
    return form(*made, *changes.get("more", []))


def codes(found: tuple[Difference, ...]) -> list[tuple[str, str | None]]:
    return [(one.code, one.link_id) for one in found]


def only(found: tuple[Difference, ...]) -> Difference:
    assert len(found) == 1, codes(found)
    assert found[0].message
    return found[0]


def test_the_same_form_differs_in_nothing() -> None:
    assert compare(version(), version()) == ()


def test_a_question_that_came_or_went_is_named_with_what_it_asks() -> None:
    later = version(more=[item("new", "boolean", text="Do you nap?")])
    added = only(compare(version(), later))
    assert (added.code, added.link_id, added.was, added.now) == ("added", "new", "", "Do you nap?. yes or no")
    gone = only(compare(later, version()))
    assert (gone.code, gone.was, gone.now) == ("removed", "Do you nap?. yes or no", "")


@pytest.mark.parametrize(
    ("change", "code", "was", "now"),
    [
        ({"text": "How many hours a night?"}, "reworded", "How many hours?", "How many hours a night?"),
        ({"type": "decimal"}, "type", "a whole number", "a number"),
        ({"required": True}, "required", "no", "yes"),
        ({"maxLength": 4, "type": "integer"}, "limits", "", "at most 4 letters"),
    ],
)
def test_a_changed_question_says_what_it_was_and_is(change: dict[str, Any], code: str, was: str, now: str) -> None:
    found = only(compare(version(), version(hours=change)))
    assert (found.code, found.link_id, found.was, found.now) == (code, "hours", was, now)


def test_answers_that_came_went_or_score_otherwise_are_named() -> None:
    found = compare(version(), version(sleep={"answerOption": scored(0, 2, 3)}))
    assert codes(found) == [("option_points", "sleep"), ("option_added", "sleep")]
    assert (found[0].was, found[0].now) == ("1 point", "2 points")
    assert found[1].now == "Answer 2 (3 points)"
    (gone,) = compare(version(), version(sleep={"answerOption": scored(0)}, why={"enableWhen": []}))[:1]
    assert (gone.code, gone.was) == ("option_removed", "Answer 1 (1 point)")


def test_a_condition_is_said_with_the_words_of_its_question() -> None:
    other = {"enableWhen": [when("hours", "<", answerInteger=5), when("hours", "exists", answerBoolean=True)]}
    later = version(why={**other, "enableBehavior": "any"})
    found = only(compare(version(), later))
    assert (found.code, found.was) == ("condition", "“How did you sleep?” is Answer 1")
    assert found.now == "“How many hours?” is less than 5, or “How many hours?” has an answer"


def test_a_condition_is_the_same_where_only_the_words_of_its_question_changed() -> None:
    assert codes(compare(version(), version(sleep={"text": "Did you sleep well?"}))) == [("reworded", "sleep")]


def test_a_score_that_is_worked_out_otherwise_is_shown_as_it_is_written() -> None:
    later = version(total={"extension": [expression("calculated", "1 + 2")]})
    found = only(compare(version(), later))
    assert (found.code, found.was, found.now) == ("calculation", "1 + 1", "1 + 2")


def test_only_what_left_its_order_is_called_moved() -> None:
    earlier = form(*(item(name) for name in "abcde"))
    later = form(*(item(name) for name in "abecd"))
    assert codes(compare(earlier, later)) == [("moved", "e")]
    inside = form(item("a"), item("g", "group", items=[item("b"), item("c"), item("d"), item("e")]))
    assert ("moved", "b") in codes(compare(earlier, inside))


def test_two_versions_of_a_large_form_are_compared_at_once() -> None:
    many = form(*(item(f"q{number}", text=f"Question {number}?") for number in range(2000)))
    back = form(*(item(f"q{number}", text=f"Question {number}?") for number in reversed(range(2000))))
    assert len(compare(many, back)) == 1999
