"""Which words of a text are looked at: never a name, an address or a figure."""

from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.domain.spelling import LONGEST, may_be_added, words_in


def found(text: str) -> list[str]:
    return [word.text for word in words_in(text)]


def test_names_and_addresses_are_left_alone() -> None:
    text = "Priyanka works at 9am, write to priya@calder.example or see nhs.uk/talk about Teh plan for OTs"
    assert found(text) == ["works", "at", "write", "to", "or", "see", "about", "plan", "for"]


def test_each_part_of_a_joined_word_is_looked_at() -> None:
    assert found("a self-managed week isn’t (too) long...") == ["a", "self", "managed", "week", "isn’t", "too", "long"]


def test_only_one_plain_word_may_be_added() -> None:
    assert may_be_added("workability")
    assert not may_be_added("two words")
    assert not may_be_added("Priyanka")
    assert not may_be_added("x" * (LONGEST + 1))
    assert not may_be_added("")


@given(st.text(max_size=300))
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    for word in words_in(text):
        assert text[word.start : word.end] == word.text
        assert word.text.islower()
