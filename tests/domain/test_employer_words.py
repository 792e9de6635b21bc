"""What an employer is not told, found in words that somebody typed; ordinary words about work pass."""

import pytest

from workwell_desktop.domain.employer_words import first_in


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Can sit 20 minutes. PHQ-9 was 13 of 27.", "PHQ-9"),
        ("Manages 13 of 27", "13 of 27"),
        ("Off since September with depression", "depression"),
        ("Has had thoughts of Suicide", "Suicide"),
        ("Self harm plan in place", "Self harm"),
        ("Waits for Talking Therapies", "Talking Therapies"),
        ("Jobcentre pays the course", "Jobcentre"),
        ("Needs breaks because of his sciatica", "sciatica"),
        ("She is autistic", "autistic"),
        ("EQ-5D given", "EQ-5D"),
    ],
)
def test_what_has_no_place_is_found_as_it_is_written(text: str, word: str) -> None:
    assert first_in(text) == word


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Can walk, stand and use both hands for most of a shift.",
        "Bending and lifting over 5 kg are hard at the moment.",
        "No lifting over 5 kg for the first two weeks, 10 kg in the next two",
        "Works 3 of 5 days; 12 hours of 37.5",
        "Audit checks at the desk, with the line on the floor removed",
        "Stress at the till goes down with a break of 5 minutes an hour",
    ],
)
def test_what_somebody_can_do_and_finds_hard_passes(text: str | None) -> None:
    assert first_in(text) is None
