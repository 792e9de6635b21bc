"""What two people wrote apart is asked in words: no code, no blank to fill, and each delicate field by its name."""

from datetime import date, time
from decimal import Decimal

import pytest

from workwell_desktop.desktop.pages.codes import OF_KIND, code_words, codes_of
from workwell_desktop.desktop.pages.person_form import field_words, value_words
from workwell_desktop.domain.duties import EQUALITY
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.records import FieldSpec, FieldType, fields_of
from workwell_desktop.domain.screen import has, keys, text
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.site_reading import generic_pack, load_site
from workwell_desktop.domain.values import Coding, PartialDate, Quantity, Value
from workwell_desktop.services.safekeeping._called import CALLED
from workwell_desktop.services.safekeeping._names import site_codes

NAMED = ("red_flag_screen", "safeguarding", "capacity", "disclosure")
"""Kinds that somebody is looked after by; what says who wrote and when, and which paper it was, is asked of nobody."""
_ASIDE = frozenset({"id", "scope", "at", "recorded_by", "document", "content", "decided_by"})
NO_CODES = {
    ("cosignature", "covers"), ("plan", "covers"), ("session", "covers"),  # ids of changes
    ("discussion", "keep_off_screen"),  # words of the person's
    ("person", "teams"),  # ids of records
    ("letter_words", "language"), ("letter_words", "letter"), ("letter_words", "word"),  # the record's id is made of it
    ("repeat", "link_id"), ("setting", "key"), ("settling", "field"),  # written once, with the record
}  # fmt: skip
"""Fields of codes or of sets that never stand in two ways, or hold no code."""


ASIDE = frozenset(
    """about action agenda_item answer apart apart_settled approval asked at author authority before by card
    card_request carried_from case certificate code contact content covers definition digest discussion document
    episode field form_digest form_title form_url form_version issuer key kind language letter link_id of parent
    participant path plan position question referral response revoked root sequence serial session supersedes
    url value verify_key version word words""".split()
)
"""What a record belongs to or was made from, its place in a list, and what only the program writes."""


def _coded() -> list[tuple[str, FieldSpec]]:
    wanted = (FieldType.CODE, FieldType.SET)
    every = [(kind, one) for kind, cls in KINDS.items() for one in fields_of(cls) if one.holds in wanted]  # type: ignore[arg-type]
    return [(kind, one) for kind, one in every if (kind, one.name) not in NO_CODES]


def _wrong(site: Site, kind: str, spec: FieldSpec) -> str:
    words, group = code_words(spec.name, kind), OF_KIND.get((kind, spec.name), f"record.code.{spec.name}")
    if not has(f"conflict.kind.{kind}"):
        return "the question does not say what kind of record it is about"
    if not has(f"fields.of.{kind}.{spec.name}"):
        return "the field has no name"
    if spec.enum is not None:
        return ", ".join(one.value for one in spec.enum if not has(f"{group}.{one.value}") or "{" in words(one.value))
    if spec.name == "demands" or site_codes(site, kind, spec.name):
        return ""
    namespace, _dot, within = group.partition(".")
    return "" if any(one.startswith(f"{within}.") for one in keys(namespace)) else "nobody has words for its codes"


def test_each_coded_field_of_each_kind_is_said_in_words() -> None:
    site, every = load_site(generic_pack()), _coded()
    assert len(every) > 80
    said = {f"{kind}.{one.name}": _wrong(site, kind, one) for kind, one in every}
    assert {name: wrong for name, wrong in said.items() if wrong} == {}


def test_a_place_for_a_signature_is_called_by_its_role() -> None:
    assert code_words("present", "document")("clinician2") == "The clinician"


def test_no_field_is_named_that_there_is_not() -> None:
    there = {(kind, one.name) for kind, cls in KINDS.items() for one in fields_of(cls)}  # type: ignore[arg-type]
    assert set(OF_KIND) <= there
    assert there >= NO_CODES
    assert {("equality", one) for one in EQUALITY} <= set(OF_KIND)


@pytest.mark.parametrize("kind", NAMED)
def test_each_delicate_field_has_a_name(kind: str) -> None:
    every = [one.name for one in fields_of(KINDS[kind])]  # type: ignore[arg-type]
    asked = [name for name in every if name not in _ASIDE and not name.startswith("seen_")]
    asked = [name for name in asked if not name.endswith("_by") or name == "see_by"]
    assert [name for name in asked if field_words(kind, name) == text("today.a_field")] == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Coding("http://loinc.org", "LA6571-9", "Nearly every day"), "Nearly every day"),
        ((Coding("s", "b", "Tired"), Coding("s", "a", "Low")), "Tired, Low"),
        (Quantity(Decimal("2.5"), "kg"), "2.5 kg"),
        (time(14, 30), "2:30pm"),
        (PartialDate(1984, 3), "March 1984"),
    ],
)
def test_an_answer_of_a_form_is_said_as_people_say_it(value: Value, said: str) -> None:
    assert value_words(value, date(2026, 11, 24), code_words("answer/q", "response")) == said


def test_each_field_that_people_write_in_two_ways_has_a_name() -> None:
    nameless = {
        f"{kind}.{one.name}"
        for kind, cls in KINDS.items()
        for one in fields_of(cls)  # type: ignore[arg-type]
        if not has(f"fields.of.{kind}.{one.name}") and one.name not in ASIDE and not one.name.endswith(("_by", "_at"))
    }
    assert nameless == set()
    assert {kind for kind, by in CALLED.items() if not has(f"fields.of.{kind}.{by}")} <= {
        "broken_glass",
        "erasure",
        "revocation",
    }


def test_a_third_answer_is_offered_in_words() -> None:
    offered = {(kind, one.name): codes_of(one.name, kind) for kind, one in _coded() if one.enum is None}
    assert "paper" in offered["agreement", "how"]
    assert offered["return_week", "days"][:2] == ["mon", "tue"]
    assert "ask" not in offered["equality", "sex"]
    assert all(code_words(field, kind)(code) != code for (kind, field), codes in offered.items() for code in codes)
