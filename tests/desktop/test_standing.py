"""What stands around every page: counts, people in Ctrl+K, the words of undo."""

import pytest

from workwell_desktop.desktop.standing import undo_words
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.services.safekeeping.undoing import UndoView


def undone(kind: str, field: str, **more: object) -> UndoView:
    given: dict[str, object] = {"fields": 1, "label": "", "shown": "", **more}
    return UndoView(kind, "0" * 32, field, None, None, **given)  # type: ignore[arg-type]


def test_nothing_to_undo_says_nothing() -> None:
    assert undo_words(None) == ""


def test_an_answer_is_named_by_its_question_and_what_it_holds() -> None:
    said = undo_words(undone("response", "answer/x", label="How able do you feel to work today?", shown="6"))
    assert said == "How able do you feel to work today? 6"


def test_long_words_of_a_record_do_not_stand_in_a_menu() -> None:
    said = undo_words(undone("response", "answer/x", label="What matters to you?", shown="w" * 41))
    assert said == "What matters to you?"


def test_a_record_that_comes_or_goes_is_named_by_its_kind() -> None:
    assert undo_words(undone("action", "@deleted")) == "an action"
    assert undo_words(undone("action", "text", fields=4)) == "an action"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_whatever_can_be_written_can_be_named_in_the_menu(kind: str) -> None:
    assert undo_words(undone(kind, "@deleted"))
