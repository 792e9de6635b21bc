"""People who may be one person: found by number, birth, sound, short form and turned names, and never put together."""

import cProfile
import pstats
from datetime import date
from itertools import product

import pytest

from tests.benchmarks.caseload import FAMILY, GIVEN
from workwell_desktop import assets
from workwell_desktop.domain.likeness import MOST, Index, Likeness, Named, full_names, short_names
from workwell_desktop.domain.names import plain, sound
from workwell_desktop.domain.records import Id

BORN = date(1984, 3, 4)
DANI = Named("Danielle", "Marsh", "Dani", BORN, "9990000018")


def why(asked: Named, there: Named = DANI) -> Likeness | None:
    found = Index([(Id("dani"), there)]).find(asked)
    return found[0][1] if found else None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Named("Zoe", "Other", number="9990000018"), Likeness.SAME_NUMBER),
        (Named("", "", number="9990000018"), Likeness.SAME_NUMBER),
        (Named("Danielle", "Marsh", born=BORN), Likeness.SAME_NAME_AND_BIRTH),
        (Named("dani", "MARSH", born=BORN), Likeness.SAME_NAME_AND_BIRTH),
        (Named("Daniel", "Marsch", born=BORN), Likeness.SAME_NAME_AND_BIRTH),
        (Named("Marsh", "Danielle", born=BORN), Likeness.SAME_NAME_AND_BIRTH),
        (Named("Danielle", "Okafor", born=BORN), Likeness.BIRTH_AND_PART),
        (Named("Ruth", "Marsh", born=BORN), Likeness.BIRTH_AND_PART),
        (Named("Danielle", "Marsh", born=date(1984, 4, 3)), Likeness.BIRTH_TURNED),
        (Named("Danielle", "Marsh"), Likeness.LIKE_NAME),
        (Named("Danielle", "Marsh", born=date(1990, 1, 1)), Likeness.LIKE_NAME),
        (Named("Marsh", "Danielle"), Likeness.TURNED_NAME),
        (Named("Da", "Mars"), Likeness.BEGINS),
        (Named("Ruth", "Vance", born=BORN), None),
        (Named("Ruth", "Marsh"), None),
        (Named("Danielle", ""), None),
        (Named("", ""), None),
        (Named("Da", "Mars", born=date(1990, 1, 1)), None),
    ],
)
def test_why_somebody_may_be_the_same(asked: Named, expected: Likeness | None) -> None:
    assert why(asked) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bill", "William"), ("Liz", "Elizabeth"), ("Peggy", "Margaret"), ("Mohammed", "Muhammad"), ("Al", "Alastair")],
)
def test_short_forms_are_one_name_both_ways(one: str, other: str) -> None:
    for typed, kept in ((one, other), (other, one)):
        found = why(Named(typed, "Hart"), Named(kept, "Hart"))
        assert found in (Likeness.SHORT_NAME, Likeness.LIKE_NAME)
    assert full_names(one) & full_names(other)


def test_two_short_forms_of_one_name_meet() -> None:
    assert why(Named("Bob", "Hart"), Named("Robbie", "Hart")) is Likeness.SHORT_NAME
    assert why(Named("Ted", "Hart"), Named("Robbie", "Hart")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Knight", "Night"), ("Wright", "Right"), ("Callaghan", "Callahan"), ("Leigh", "Lee"), ("McKenzie", "MacKenzie")],
)
def test_letters_that_nobody_hears_make_no_difference(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_accents_hyphens_and_apostrophes_hide_nobody() -> None:
    assert why(Named("Zoe", "ONeill-Lloyd"), Named("Zoë", "O’Neill Lloyd")) is Likeness.LIKE_NAME


def test_names_of_another_script_are_found_by_their_letters() -> None:
    assert why(Named("Олена", "Шевченко"), Named("Олена", "Шевченко")) is Likeness.LIKE_NAME
    assert why(Named("Олена", "Шевченко"), Named("Ivan", "Bondar")) is None


def test_the_likeliest_stand_first_and_a_beginning_gives_no_endless_list() -> None:
    people = [(Id(f"{number:03d}"), Named("Dan", "Marshall")) for number in range(300)]
    found = Index([*people, (Id("dani"), DANI)]).find(Named("Dan", "Marsh", born=BORN))
    assert found[0] == (Id("dani"), Likeness.SAME_NAME_AND_BIRTH)
    assert len(found) == MOST
    assert {each for _own, each in found[1:]} == {Likeness.BEGINS}


def test_every_line_of_the_list_is_small_letters_without_accents() -> None:
    for line in assets.resource("names", "short_names.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            assert line == plain(line)
            assert len(line.split()) > 1
    assert len(short_names()) > 400


def test_a_question_looks_at_a_few_of_fifty_nine_thousand() -> None:
    """What grows with the caseload is the making, once; a question compares those alone who share something."""
    names = list(product(GIVEN, FAMILY))
    people = [
        (Id(f"{number:05d}"), Named(*names[number % len(names)], born=date(1957 + number % 48, 1 + number % 12, 9)))
        for number in range(59_000)
    ]
    index = Index(people)
    assert len(index) == 59_000
    profile = cProfile.Profile()
    profile.enable()
    found = index.find(Named(*names[7], born=date(1980, 5, 9)))
    profile.disable()
    assert found
    calls = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    assert calls < 12_000, "a fifth of one look at everybody"
