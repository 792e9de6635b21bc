"""The NHS number: Modulus 11, ten equal digits refused, 999 for made-up people (NHS Data Dictionary)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.domain import nhs_number
from workwell_desktop.errors import BadInput

VALID = ("9434765919", "9434765870", "9990000018", "9990237573", "9990316767")


@pytest.mark.parametrize("number", VALID)
def test_a_right_check_digit_is_taken(number: str) -> None:
    assert nhs_number.parse(number) == number


@pytest.mark.parametrize("typed", ["943 476 5919", " 943-476-5919 ", "943\u00a0476\u00a05919"])
def test_spaces_and_dashes_as_people_type_them_are_taken(typed: str) -> None:
    assert nhs_number.parse(typed) == "9434765919"


@pytest.mark.parametrize("number", ["9434765918", "1234567890"])
def test_a_wrong_check_digit_is_refused(number: str) -> None:
    with pytest.raises(BadInput) as refused:
        nhs_number.parse(number)
    assert refused.value.reason == "nhs_number_check"


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_equal_digits_are_refused_even_where_the_sum_fits(digit: str) -> None:
    with pytest.raises(BadInput) as refused:
        nhs_number.parse(digit * 10)
    assert refused.value.reason == "nhs_number_same"


@pytest.mark.parametrize("typed", ["", "943476591", "94347659190", "943476591X", "٩٤٣٤٧٦٥٩١٩"])
def test_anything_but_ten_digits_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        nhs_number.parse(typed)
    assert refused.value.reason == "nhs_number_digits"


def test_nine_digits_that_leave_ten_have_no_tenth() -> None:
    assert nhs_number.check_digit("999000000") is None


def test_it_is_shown_in_groups_of_three_three_and_four() -> None:
    assert nhs_number.shown("9990000018") == "999 000 0018"


def test_numbers_from_999_are_known_to_be_made_up() -> None:
    assert nhs_number.is_made_up("9990000018")
    assert not nhs_number.is_made_up("9434765919")


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine: str, place: int, by: int) -> None:
    check = nhs_number.check_digit(nine)
    number = nine + str(check)
    if check is None or len(set(number)) == 1:
        return
    other = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert nhs_number.is_valid(number)
    assert not nhs_number.is_valid(other)
