"""What stands around every page: counts, people in Ctrl+K, the words of undo."""

from datetime import UTC, datetime

import pytest

from workwell_desktop.desktop import sync_words
from workwell_desktop.desktop.standing import undo_words
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.services.safekeeping.undoing import UndoView
from workwell_desktop.store.exchange.receipts import OnlyHere


def undone(kind: str, field: str, **more: object) -> UndoView:
    given: dict[str, object] = {"fields": 1, "label": "", "shown": "", **more}
    return UndoView(kind, "0" * 32, field, None, None, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "papers", "said", "short"),
    [
        (0, 0, "All sent", "All sent"),
        (0, 2, "2 papers or scans exist only here", "2 papers only here"),
        (3, 1, "3 changes since 9am exist only here. One paper or scan too", "3 changes only here"),
    ],
)
def test_all_is_sent_when_papers_are_too(changes: int, papers: int, said: str, short: str) -> None:
    since = datetime(2026, 11, 24, 9, tzinfo=UTC)
    found = OnlyHere(changes, 0, changes, since if changes else None, papers)
    assert sync_words.only_here(found, since.date()) == (said, short)


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
