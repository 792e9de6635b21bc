"""A warning for names of others, exact enough to be believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workwell_desktop.domain.third_parties import Around, Mention, Third, contact_name, family_names, mentions

AROUND = Around(
    never=frozenset({"Emma Tallis", "Em Tallis", "Em", "Helen Frost", "Priya Nair", "Lee Stone"}),
    others=frozenset({"Marlon Price", "Will Price", "Zoë O'Neil", "Jan van der Berg"}),
    contacts=("Sue Hartley, practice manager", "HR"),
    firms=("Aire Dental Ltd",),
)


def words(text: str) -> list[str]:
    return [one.words for one in mentions(text, AROUND)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As with Marlon Price last month.", ["Marlon Price"]),
        ("as with MARLON PRICE", ["MARLON PRICE"]),
        ("as with marlon price, zoe o'neil", ["marlon price", "zoe o'neil"]),
        ("Zoe O’Neil had the same", ["Zoe O’Neil"]),
        ("Jan van der Berg's plan", ["Jan van der Berg"]),
        ("Sue Hartley allows it", ["Sue Hartley"]),
        ("Ask Sue again, and Sue Hartley", ["Sue", "Sue Hartley"]),
        ("her manager Dave says no", ["Dave"]),
        ("Her line manager, Dave Oakley, says no", ["Dave Oakley"]),
        ("their old boss is Kirsty", ["Kirsty"]),
        ("My colleague Mr Brown thinks so", ["Brown"]),
        ("his supervisor Dave’s idea", ["Dave"]),
        ("Her husband Paul drives; friend, Mrs Khan, and his son is Jack", ["Paul", "Khan", "Jack"]),
    ],
)
def test_it_finds(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Emma Tallis and Helen Frost agree; Em says so.",
        "her manager Priya will ring",  # one of ours, who is at the table
        "her mother Monday to Friday, his friend Priya, her partner will come. Son. Jack",
        "a sound mind, in person Ann",
        "Her manager. Dave is a name that stands alone.",
        "their manager Monday to Friday",
        "her boss at Aire Dental, her manager Aire says",
        "his manager HR",
        "She would sue them. The price of a marlon.",
        "Price rises; Marlon alone",
        "they will price it",
        "her manager wants a plan",
        "Marlon, Price",
        "the manager May ask",
        "",
    ],
)
def test_it_is_quiet(text: str) -> None:
    assert words(text) == []


def test_it_says_who() -> None:
    found = mentions("Marlon Price knows her manager Dave.", AROUND)
    assert found == (Mention("Marlon Price", Third.PARTICIPANT), Mention("Dave", Third.AT_WORK))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Sue Hartley, practice manager", "Sue Hartley"),
        ("Mrs S. Hartley (HR)", "S Hartley"),
        ("HR", ""),
        ("Payroll team", ""),
        ("The practice manager", ""),
        ("Sue - duty manager", "Sue"),
    ],
)
def test_a_contact_line_gives_its_name(line: str, name: str) -> None:
    assert contact_name(line) == name


def test_only_words_that_could_be_a_family_name_are_asked_for() -> None:
    asked = family_names("We asked: Marlon Price rang, and Jan van der Berg")
    assert {one for one in asked if one not in ("Asked", "Rang", "Van", "Der")} == {"Price", "van der Berg"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as emma tallis did", {"Tallis"}),
        ("zoe o’neil and PAT MCDONALD", {"O'neil", "O'Neil", "McDonald", "MCDONALD", "Mcdonald"}),
        ("kim smith-jones", {"Smith-Jones", "Smith-jones"}),
        ("will price", set()),  # two ordinary words
    ],
)
def test_a_name_without_its_capitals_is_asked_for_as_a_record_has_it(text: str, found: set[str]) -> None:
    assert found <= family_names(text)
    assert family_names(text) if found else not family_names(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    family_names(text)
    assert all(one.words in text for one in mentions(text, AROUND))
