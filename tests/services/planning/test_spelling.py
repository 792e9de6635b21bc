"""British spelling in what people write, and the words that a partnership adds."""

import pytest

from workwell_desktop import assets
from workwell_desktop.domain.spelling import may_be_added
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.planning import spelling


def test_spelling_is_british() -> None:
    assert spelling.unknown(["colour", "organise", "practise", "physio", "don’t"]) == frozenset()
    assert spelling.unknown(["color", "organize", "recieve"]) == {"color", "organize", "recieve"}


def test_words_of_work_and_health_are_known() -> None:
    assert spelling.unknown(["jobcentre", "wellbeing", "neurodivergent", "sertraline", "flexitime"]) == frozenset()


def test_what_was_meant_comes_first() -> None:
    assert spelling.suggestions("recieve")[0] == "receive"
    assert len(spelling.suggestions("teh")) <= spelling.MOST_SUGGESTIONS


def test_our_own_list_has_nothing_that_the_dictionary_has() -> None:
    lines = assets.resource("spelling", "also_right.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words))
    assert all(may_be_added(word) for word in words)


def test_a_partnership_adds_a_word_once_and_takes_it_back(desk: Desk) -> None:
    spelling.add_word(desk, "cirdan")
    spelling.add_word(desk, " cirdan ")
    (word,) = spelling.own_words(desk)
    assert (word.text, word.added_by) == ("cirdan", desk.me)
    spelling.remove_word(desk, word.id)
    assert spelling.own_words(desk) == ()


@pytest.mark.parametrize("word", ["Priyanka", "two words", "", "9am"])
def test_no_name_gets_into_the_list_that_every_computer_holds(desk: Desk, word: str) -> None:
    with pytest.raises(BadInput) as refused:
        spelling.add_word(desk, word)
    assert refused.value.reason == "no_word_to_add"
    assert spelling.own_words(desk) == ()
