"""domain.md 5.2: papers for participants aim at a reading age of 9 to 11, measured while one writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.domain.reading_age import FEWEST_WORDS, reading, syllables

COUNTED = {
    "plan": 1,
    "worked": 1,
    "makes": 1,
    "hours": 1,
    "people": 2,
    "table": 2,
    "little": 2,
    "quiet": 2,
    "nation": 2,
    "special": 2,
    "anxious": 2,
    "changes": 2,
    "agreed": 2,
    "being": 2,
    "every": 2,
    "sometimes": 2,
    "couldn't": 2,
    "client": 2,
    "employer": 3,
    "area": 3,
    "adjustment": 3,
    "created": 3,
    "completely": 3,
    "situation": 4,
    "gradually": 4,
    "reality": 4,
    "occupational": 5,
    "physiotherapy": 6,
}
PLAIN = (
    "You and your coach made this plan together. You will start with two days a week. Your manager will move your "
    "desk to a quiet place. If things get worse, phone us and we will look at the plan again."
)
OFFICIAL = (
    "It is recommended that a graduated resumption of contractual duties be facilitated, incorporating reasonable "
    "adjustments accommodating fluctuating symptomatology, subject to occupational health authorisation."
)


@pytest.mark.parametrize(("word", "count"), COUNTED.items())
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_read_younger_than_official_ones() -> None:
    plain, official = reading(PLAIN), reading(OFFICIAL)
    assert plain.age is not None
    assert official.age is not None
    assert plain.age <= 9
    assert official.age >= 18
    assert plain.plain
    assert not official.plain


def test_the_figure_is_flesch_and_kincaids_grade_and_five_years() -> None:
    # 14 words, one sentence, 16 syllables: 0.39 * 14 + 11.8 * 16 / 14 - 15.59 = 3.36
    assert reading("We will call you on Monday and talk about what you can do then.").age == 8


def test_a_few_words_have_no_age() -> None:
    assert reading("Call us on Monday.").age is None
    assert reading("").words == 0


def test_long_sentences_are_pointed_at() -> None:
    words = "You can come back. " + " ".join(["and"] * 21) + ". Good."
    (long,) = reading(words).long_sentences
    assert words[long.start : long.end].strip() == " ".join(["and"] * 21) + "."


def test_lines_of_a_list_are_sentences_of_their_own() -> None:
    listed = "\n".join(f"- do {place} small things each day" for place in range(6))
    assert reading(listed).long_sentences == ()


@given(st.text(max_size=400))
def test_any_text_is_measured(text: str) -> None:
    found = reading(text)
    assert (found.age is None) is (found.words < FEWEST_WORDS)
    assert found.age is None or 5 <= found.age <= 22
