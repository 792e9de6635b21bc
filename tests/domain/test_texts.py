"""What may stand in a text: nothing that hides, nothing that turns words round, and nothing else is touched."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workwell_desktop.domain.texts import clean
from workwell_desktop.errors import BadInput

TURNS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
NAMES = ["Zoë O’Neill", "Łukasz Żółć", "سارا می‌نویسد", "ক্‍ষ", "Nguyễn Thị Ánh", "François\u00a0Dupont", "E\u0301lise"]
anything = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("turn", TURNS)
def test_what_turns_words_round_is_refused_and_named(turn: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean(f"Daniel {turn}eromtihW")
    assert refused.value.reason == "hidden_letter"
    assert refused.value.params == {"letter": f"U+{ord(turn):04X}"}


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_as_they_are_written(name: str) -> None:
    assert clean(name) == name


def test_what_comes_along_with_copied_text_is_swept_away() -> None:
    assert clean("\ufeffDan\u00adiel\u200b Whit\x00more\x7f") == "Daniel Whitmore"
    assert clean("one\r\ntwo\rthree\u2028four\x85five\tsix") == "one\ntwo\nthree\nfour\nfive\tsix"


@given(anything)
@example("\u202e")
@example("a\u2066b\u2069")
@example("\U000e0041")
@example("\ufffe")
def test_whatever_comes_in_what_stays_can_be_seen(text: str) -> None:
    """Cleaning is finished after once, loses no visible character, and leaves none that hides or turns."""
    try:
        cleaned = clean(text)
    except BadInput:
        return
    assert clean(cleaned) == cleaned
    hidden = {letter for letter in cleaned if unicodedata.category(letter) in ("Cc", "Zl", "Zp")}
    assert hidden <= {"\n", "\t"}
    assert not any(unicodedata.bidirectional(letter) in _OVERRIDES for letter in cleaned)

    def seen(words: str) -> str:
        return "".join(letter for letter in words if unicodedata.category(letter)[0] not in "CZ")

    assert seen(cleaned) == seen(text)


_OVERRIDES = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
