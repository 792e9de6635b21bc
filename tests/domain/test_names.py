"""Names in lists: nobody is taken for somebody else."""

import pytest

from workwell_desktop.domain.names import alike, initials, plain, sound, with_likes


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Amira Begum", "AB"), ("Cher", "C"), ("Mary Ann Begum-Khan", "MK"), ("", ""), ("élodie ŵyn", "ÉŴ")],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_accents_and_apostrophes_do_not_hide_a_name() -> None:
    assert plain("Siân O’Neill") == plain("sian oneill")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Smith", "Smyth"), ("Phillips", "Philips"), ("Catherine", "Katherine"), ("Steven", "Stephen"), ("Ali", "Aly")],
)
def test_names_of_like_sound_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("Smith", "Jones"), ("Ali", "Abbas"), ("Grant", "Brandt")])
def test_different_names_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_two_people_of_like_names_are_both_told_apart() -> None:
    names = {1: "Jon Smith", 2: "John Smyth", 3: "Amira Begum", 4: "Begum Amira", 5: "Tom Ashdown", 6: ""}
    assert with_likes(names) == {1, 2, 3, 4}


def test_alike_agrees_with_the_list() -> None:
    assert alike("Jon Smith", "John Smyth")
    assert alike("Amira Begum", "Begum Amira")
    assert not alike("Amira Begum", "Amira Khan")
    assert not alike("", "")
