"""What a room can see holds no identity."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.services.meeting.masking import Kind, Term, initials, mask

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


BORN = mask([], number="a number", births=[date(1995, 5, 30), date(1961, 9, 3)], a_date="a date")


@pytest.mark.parametrize(
    "said",
    [
        "30 May 1995", "30th of May 1995", "30/05/1995", "30.5.95", "1995-05-30", "30 may 1995", "30 May 95",
        "May 30th, 1995", "30th May, 1995", "30-May-1995", "30May1995", "30 - 05 - 1995", "30–05–1995", "05/30/1995",
        "1995/05/30", "30 / 5 / '95", "30\u00a0May\u00a01995", "May 1995", "3 Sept. 1961", "Sept 3 1961",
    ],
)  # fmt: skip
def test_a_date_of_birth_goes_however_it_is_written(said: str) -> None:
    assert BORN.over(f"Came on {said}, she says") == "Came on a date, she says"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("her son, born 4 June 2019, is ill", "her son, born a date, is ill"),
        ("DOB: 4/6/19", "DOB: a date"),
        ("born in 1990", "born in a date"),
        (
            "Look again on 12/11/2026, 30 May 2027 or 3 September",
            "Look again on 12/11/2026, 30 May 2027 or 3 September",
        ),
        ("2026-11-22 10:30, PHQ-9 12, £1,240.50, 9 to 5", "2026-11-22 10:30, PHQ-9 12, £1,240.50, 9 to 5"),
    ],
)
def test_other_dates_stay_but_those_that_say_born(said: str, seen: str) -> None:
    assert BORN.over(said) == seen


@pytest.mark.parametrize(
    "said",
    [
        "999 000 0018", "999-000-0018", "999.000.0018", "999  000  0018", "999\u00a0000\u00a00018",
        "999\u2013000\u20130018", "NHS9990000018", "999/000/0018", "(01632) 960 100", "07700.900123",
        "+44 (0)7700 900 123", "tel01632960100", "em@dental", "em.t at dental dot example", "LS1\u00a04AB",
        "QQ 12 34 56 C", "30051995", "@emtallis",
    ],
)  # fmt: skip
def test_a_number_goes_however_it_is_written(said: str) -> None:
    assert BORN.over(f"Look: {said}.") == "Look: a number."


SIOBHAN = mask(
    [
        Term("Siobh\u00e1n O'Neill-\u0141ukaszewska", "this person"),
        *(Term(one, "this person", Kind.CAPITALS) for one in initials("Siobh\u00e1n O'Neill-\u0141ukaszewska")),
        Term("Jo\u00e3o van der M\u00fcller", "somebody else"),
        Term("S\u00f8ren \u00c6b\u00f8", "somebody else"),
        Term("Grace Marsh", "somebody else"),
        Term("Aire Dental Ltd", "the employer", Kind.FIRM),
        Term("The Crown Inn", "the surgery", Kind.FIRM),
        Term("St Mary's Primary School", "the school", Kind.FIRM),
        Term("14 Mill Lane", "a place", Kind.PHRASE),
    ],
    number="a number",
)


@pytest.mark.parametrize(
    "said",
    [
        "SIOBHAN", "Siobha\u0301n", "O\u2019Neill", "oneill", "O Neill", "Neill", "Lukaszewska", "\u0141ukaszewska",
        "ONeill-Lukaszewska", "SiobhanONeillLukaszewska", "Siob\u00adhan", "Sio\u200bbhan", "\uff33iobhan",
        "S. O'Neill", "S O'Neill-\u0141ukaszewska", "S.O.", "SO", "S. O.", "SOL",
    ],
)  # fmt: skip
def test_odd_ways_of_writing_a_name_hide_nobody(said: str) -> None:
    assert SIOBHAN.over(f"Ask {said}") == "Ask this person"


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("Siobhans plan, siobhan_oneill.docx", "This person plan, this person_this person.docx"),
        ("Mueller, Muller and Soren Aeb\u00f8", "Somebody else, somebody else and somebody else"),
        ("Joao drives a van", "Somebody else drives a van"),
        ("Maya's Marsh", "Maya's somebody else"),
        ("AIRE DENTAL LIMITED, Aire-Dental", "The employer, the employer"),
        ("Crown Inn, the Crown Inn, St Mary's", "The surgery, the surgery, the school"),
        ("at 14 Mill Lane, not at 114 Mill Lane", "at a place, not at 114 Mill Lane"),
        ("So she went to a marsh with grace", "So she went to a marsh with grace"),
    ],
)
def test_what_stands_round_a_name_stays(said: str, seen: str) -> None:
    assert SIOBHAN.over(said) == seen


def test_two_letters_that_mean_something_here_are_no_initials() -> None:
    assert "OT" not in initials("Olive Tallis")
    assert "O.T." in initials("Olive Tallis")
    assert initials("Cher") == ()


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
