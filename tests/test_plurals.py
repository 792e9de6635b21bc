"""Which form of a sentence a number takes, against the samples that Unicode gives for each language (CLDR 48)."""

from decimal import Decimal

import pytest

from workwell_desktop.catalogue import plural
from workwell_desktop.documents.translated import Translated
from workwell_desktop.documents.words import Words
from workwell_desktop.domain.language_packs import pack_of

SAMPLES = {
    "en": {"one": "1", "other": "0, 2~16, 100, 1000, 0.1~0.9, 1.1~1.5"},
    "cy": {
        "zero": "0",
        "one": "1",
        "two": "2",
        "few": "3",
        "many": "6",
        "other": "4, 5, 7~20, 100, 1000, 0.1~0.9, 1.1~1.7",
    },
    "ar": {
        "zero": "0",
        "one": "1",
        "two": "2",
        "few": "3~10, 103~110, 1003",
        "many": "11~26, 111, 1011",
        "other": "100~102, 200~202, 300~302, 400~402, 500~502, 600, 1000, 0.1~0.9, 1.1~1.7, 10.1",
    },
    "pl": {
        "one": "1",
        "few": "2~4, 22~24, 32~34, 42~44, 52~54, 62, 102, 1002",
        "many": "0, 5~19, 100, 1000",
        "other": "0.1~0.9, 1.1~1.5",
    },
    "ro": {"one": "1", "few": "0, 2~16, 101, 1001, 0.1~0.9, 1.1~1.5", "other": "20~35, 100, 1000"},
    "bn": {"one": "0, 1, 0.1~0.9", "other": "2~17, 100, 1000, 1.1~2.6"},
    "pa": {"one": "0, 1", "other": "2~17, 100, 1000, 0.1~0.9, 1.1~1.7"},
    "ur": {"one": "1", "other": "0, 2~16, 100, 1000, 0.1~0.9, 1.1~1.5"},
}
"""By language and form: numbers as CLDR writes its samples, ``3~10`` for each of them and ``0.1~0.9`` in tenths."""


def _numbers(samples: str) -> list[str]:
    found: list[str] = []
    for part in samples.split(", "):
        first, _, last = part.partition("~")
        step = Decimal("0.1") if "." in part else Decimal(1)
        at = Decimal(first)
        while at <= Decimal(last or first):
            found.append(format(at.normalize(), "f"))
            at += step
    return found


@pytest.mark.parametrize("language", SAMPLES)
def test_a_number_takes_the_form_that_unicode_gives_it(language: str) -> None:
    wrong = [
        (number, form, plural(language, number))
        for form, samples in SAMPLES[language].items()
        for number in _numbers(samples)
        if number in ("0", "1", "2") or not number.endswith(".0")
        if plural(language, number) != form
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ar", {"1": "1 ساعة", "3": "3 ساعات", "7.5": "7.5 ساعة", "37": "37 ساعة"}),
        ("ro", {"1": "1 oră", "7.5": "7.5 ore", "12": "12 ore", "37": "37 de ore"}),
        ("pl", {"1": "1 godz.", "3": "3 godz.", "37.5": "37.5 godz."}),
        ("cy", {"1": "1 awr", "37.5": "37.5 awr"}),
    ],
)
def test_a_paper_counts_as_its_language_does(language: str, said: dict[str, str]) -> None:
    pack = pack_of(language)
    assert pack is not None
    words = Words(Translated(pack), 2026)
    assert {number: words.hours(Decimal(number)) for number in said} == said


def test_a_paper_in_english_counts_in_english() -> None:
    pack = pack_of("ar")
    assert pack is not None
    assert Translated(pack).text("papers.access.apart", count=1).startswith("1 entry is kept")
