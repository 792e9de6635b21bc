"""What a room can see holds no identity."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.services.masking import Kind, Term, mask, written_dates

PERSON = mask(
    [
        Term("Emma Tallis", "this person"),
        Term("Em", "this person"),
        Term("Aire Dental Ltd", "the employer", Kind.FIRM),
        Term("Zoë O'Neil", "the coach"),
        Term("Will Day", "the doctor"),
    ],
    number="a number",
)


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("Can Em work 4 days, and who asks Aire Dental?", "Can this person work 4 days, and who asks the employer?"),
        ("Ring Aire today", "Ring the employer today"),
        ("Ask the Aire Dental manager", "Ask the employer manager"),
        ("Emma's wish", "This person's wish"),
        ("Em Tallis agrees", "This person agrees"),
        ("EMMA TALLIS agrees", "This person agrees"),
        ("Ask zoe o'neil", "Ask the coach"),
        ("Zoe\u0308 agrees", "The coach agrees"),
        ("Employer Emmanuel", "Employer Emmanuel"),
        ("She will work that day", "She will work that day"),
        ("Ask Will", "Ask the doctor"),
        ("NHS 999 000 0018, call 01632 960 100", "NHS a number, call a number"),
        ("LS1 4AB or em@dental.example", "a number or a number"),
        ("Look again on Tuesday 15 December 2026", "Look again on Tuesday 15 December 2026"),
    ],
)  # fmt: skip
def test_names_and_numbers_give_way_and_other_words_stay(said: str, seen: str) -> None:
    assert PERSON.over(said) == seen


@pytest.mark.parametrize(
    "said", ["30 May 1995", "30th of May 1995", "30/05/1995", "30.5.95", "1995-05-30", "30 may 1995"]
)
def test_a_date_of_birth_goes_however_it_is_written(said: str) -> None:
    dates = mask([Term(one, "a date", Kind.PHRASE) for one in written_dates(date(1995, 5, 30))], number="a number")
    assert dates.over(f"Born {said}, she says") == "Born a date, she says"


@given(
    given_name=st.text(st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=12),
    family=st.text(st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=12),
    before=st.text(st.sampled_from("xyz ,.;("), max_size=8),
    after=st.text(st.sampled_from(" ,.;)!?"), min_size=1, max_size=4),
)
def test_no_form_of_a_name_is_left_as_a_word(given_name: str, family: str, before: str, after: str) -> None:
    found = mask([Term(f"{given_name} {family}", "[ ]")], number="0")
    said = f"{before} {given_name.title()}{after}{family} {given_name} {family}"
    left = found.over(said).split()
    assert given_name not in left
    assert family not in left


def test_without_anything_known_numbers_go_all_the_same() -> None:
    assert mask([], number="a number").over("Call 07700 900123") == "Call a number"
    assert mask([], number="a number").over(None) == ""
