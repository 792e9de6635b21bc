"""Registering people, and telling them apart."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import dani
from workwell_desktop.domain.intake import birth_problem, number_problem
from workwell_desktop.domain.likeness import Likeness
from workwell_desktop.domain.nhs_number import check_digit
from workwell_desktop.domain.participants import NumberStatus
from workwell_desktop.errors import FieldsInvalid, NotFound
from workwell_desktop.services.coming_in import participants, referrals
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk

TODAY = date(2026, 11, 24)


def test_a_person_is_kept_as_told(desk: Desk) -> None:
    who = participants.register(desk, dani(needs=frozenset({"large_print"}), what_matters="Back by Christmas."))
    one = participants.get(desk, who)
    assert (one.name, one.called, one.birth_date) == ("Danielle Marsh", "Dani", date(1984, 3, 14))
    assert (one.nhs_number, one.nhs_number_status) == ("9990000018", NumberStatus.GIVEN)
    assert one.needs == {"large_print"}
    assert (one.what_matters_by, one.what_matters_at) == (desk.me, desk.clock.now())
    assert one.id == one.scope


def test_no_number_has_no_status(desk: Desk) -> None:
    one = participants.get(desk, participants.register(desk, dani(nhs_number="  ")))
    assert (one.nhs_number, one.nhs_number_status) == (None, None)


def test_every_field_that_is_wrong_is_named(desk: Desk) -> None:
    wrong = dani(given_name=" ", family_name="", birth_date=None, nhs_number="999 000 0019")
    with pytest.raises(FieldsInvalid) as trouble:
        participants.register(desk, wrong)
    assert trouble.value.problems == (
        ("given_name", "given_name_missing"),
        ("family_name", "family_name_missing"),
        ("birth_date", "birth_missing"),
        ("nhs_number", "nhs_number_check"),
    )
    assert "Marsh" not in str(trouble.value)


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        (date(2026, 11, 25), "birth_in_future"),
        (date(2010, 11, 25), "too_young"),
        (date(2010, 11, 24), None),
        (date(1916, 11, 24), None),
        (date(1915, 11, 24), "birth_too_long_ago"),
    ],
)
def test_a_birth_is_plausible(born: date, reason: str | None) -> None:
    found = birth_problem(born, TODAY)
    assert (found[1] if found else None) == reason


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 9))
def test_a_number_passes_with_its_own_check_digit_alone(nine: str, last: int) -> None:
    right = check_digit(nine) == last and len(set(nine + str(last))) > 1
    assert (number_problem(nine + str(last)) is None) is right


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_equal_digits_are_refused(digit: str) -> None:
    assert number_problem(digit * 10) == ("nhs_number", "nhs_number_same")


def test_one_number_is_one_person(desk: Desk) -> None:
    first = participants.register(desk, dani())
    with pytest.raises(FieldsInvalid) as trouble:
        participants.register(desk, dani(given_name="Daniel"))
    assert trouble.value.problems == (("nhs_number", "number_taken"),)
    other = participants.register(desk, dani(given_name="Daniel", nhs_number="999 023 7573"))
    with pytest.raises(FieldsInvalid):
        participants.edit(desk, other, nhs_number="9990000018")
    participants.edit(desk, first, nhs_number="9990000018")


def test_editing_checks_what_is_edited(desk: Desk) -> None:
    who = participants.register(desk, dani())
    for fields in ({"given_name": ""}, {"birth_date": date(2020, 1, 1)}, {"nhs_number": "12"}, {"birth_date": None}):
        with pytest.raises(FieldsInvalid):
            participants.edit(desk, who, **fields)
    after = participants.edit(desk, who, preferred_name="", phone="01632 960 102", nhs_number="")
    assert (after.preferred_name, after.phone, after.nhs_number, after.nhs_number_status) == (
        None,
        "01632 960 102",
        None,
        None,
    )
    with pytest.raises(TypeError):
        participants.edit(desk, who, scope="x")
    with pytest.raises(NotFound):
        participants.edit(desk, "0" * 32, phone="1")  # type: ignore[arg-type]


def test_a_matched_number_says_so(desk: Desk) -> None:
    who = participants.register(desk, dani())
    assert (
        participants.edit(desk, who, nhs_number_status=NumberStatus.MATCHED).nhs_number_status is NumberStatus.MATCHED
    )
    assert participants.edit(desk, who, nhs_number="999 000 0018").nhs_number_status is NumberStatus.MATCHED
    assert participants.edit(desk, who, nhs_number="999 031 6767").nhs_number_status is NumberStatus.GIVEN


def test_who_may_be_the_same_is_found_before_anything_is_written(desk: Desk, refer: Callable[..., Referred]) -> None:
    dan = refer("Daniel", "Osei", nhs_number="999 023 7573")
    near = refer("Danielle", "Marsh")
    refer("Tomasz", "Zielinski")
    found = participants.like(desk, "Dani", "Marsh", date(1984, 3, 14))
    assert [(one.line.participant, one.why) for one in found] == [(near.participant, Likeness.SAME_NAME_AND_BIRTH)]
    found = participants.like(desk, "Danielle", "Marsh", date(1990, 1, 1), "9990237573")
    assert [(one.line.participant, one.why) for one in found] == [
        (dan.participant, Likeness.SAME_NUMBER),
        (near.participant, Likeness.LIKE_NAME),
    ]
    assert participants.like(desk, "Ruth", "Vance") == ()
    assert participants.like(desk, "Zielinski", "Tomasz")[0].why is Likeness.TURNED_NAME


def test_a_line_tells_people_apart(desk: Desk, refer: Callable[..., Referred]) -> None:
    case = refer()
    line = participants.line(desk, case.participant)
    assert (line.name, line.called, line.birth_date, line.address, line.episode_status) == (
        "Danielle Marsh",
        "Dani",
        date(1984, 3, 14),
        "7 Mill Lane",
        "active",
    )
    assert referrals.waiting(desk) == ()
