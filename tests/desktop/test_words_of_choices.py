"""What two people wrote apart is asked in words: no code, no blank to fill, and each delicate field by its name."""

import pytest

from workwell_desktop.desktop.pages.person_form import _OF_KIND, code_words, field_words
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.records import fields_of
from workwell_desktop.domain.screen import has, text

NAMED = ("red_flag_screen", "safeguarding", "capacity", "disclosure")
"""Kinds that somebody is looked after by; what says who wrote and when, and which paper it was, is asked of nobody."""
_ASIDE = frozenset({"id", "scope", "at", "recorded_by", "document", "content", "decided_by"})


@pytest.mark.parametrize(("kind", "field"), sorted(_OF_KIND))
def test_each_code_has_words_without_a_blank(kind: str, field: str) -> None:
    spec = next(one for one in fields_of(KINDS[kind]) if one.name == field)  # type: ignore[arg-type]
    for one in spec.enum or ():
        words = code_words(field, kind)(one.value)
        assert has(f"{_OF_KIND[kind, field]}.{one.value}")
        assert "{" not in words


@pytest.mark.parametrize("kind", NAMED)
def test_each_delicate_field_has_a_name(kind: str) -> None:
    every = [one.name for one in fields_of(KINDS[kind])]  # type: ignore[arg-type]
    asked = [name for name in every if name not in _ASIDE and not name.startswith("seen_")]
    asked = [name for name in asked if not name.endswith("_by") or name == "see_by"]
    assert [name for name in asked if field_words(kind, name) == text("today.a_field")] == []
