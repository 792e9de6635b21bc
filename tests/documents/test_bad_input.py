"""What should not break a paper: letters that no face has, long names, long actions, many of them, and none at all."""

from dataclasses import replace

import pytest

from tests.documents import examples, stages, taken
from workwell_desktop import documents
from workwell_desktop.documents import PaperStyle, compose
from workwell_desktop.documents.facts import AccessEntry, BlankItem, CrisisLine
from workwell_desktop.errors import MissingGlyph

LONG_NAME = "Wolfeschlegelstein" * 11 + "ab"
LONG_ACTION = "".join(f"w{number:04d} " for number in range(834))
LOOKS = (PaperStyle.STANDARD, PaperStyle.LARGE, PaperStyle.SIMPLE)


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("composed", [compose.participant_plan, compose.simple_plan])
def test_a_plan_of_many_pages_with_a_long_name_and_a_long_action_is_whole(composed: object, name: PaperStyle) -> None:
    assert (len(LONG_NAME), len(LONG_ACTION)) == (200, 5004)
    actions = tuple(replace(examples.ACTIONS[0], text=f"Action number {n} of a long plan") for n in range(400))
    facts = replace(
        examples.PLAN, name=LONG_NAME, actions=(replace(examples.ACTIONS[0], text=LONG_ACTION), *actions), weeks=()
    )
    pdf = documents.render(composed(facts), name)  # type: ignore[operator]
    assert documents.pages(pdf) >= 18
    whole = "".join(taken.structure(pdf).whole().split())
    assert LONG_NAME in whole
    assert "w0833" in whole
    assert "Actionnumber399ofalongplan" in whole
    assert "Life in danger" in taken.page_texts(pdf)[0]


@pytest.mark.parametrize("composed", [compose.participant_plan, compose.simple_plan])
def test_a_plan_of_forty_pages_numbers_each(composed: object) -> None:
    actions = tuple(replace(examples.ACTIONS[0], text=f"Step {n}. " + "It goes on. " * 12) for n in range(240))
    texts = taken.page_texts(documents.render(composed(replace(examples.PLAN, actions=actions)), PaperStyle.LARGE))  # type: ignore[operator]
    assert len(texts) >= 40
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text


def test_a_simple_plan_with_nothing_in_it_is_a_plan_all_the_same() -> None:
    facts = replace(
        examples.PLAN,
        what_matters=None,
        goals=(),
        actions=(),
        changes=(),
        weeks=(),
        strengths=None,
        if_worse=None,
        review_on=None,
        contact=replace(examples.CONTACT, phone=None, hours=None),
    )
    said = " ".join(taken.page_texts(documents.render(compose.simple_plan(facts), PaperStyle.SIMPLE)))
    assert "You can leave at any time." in said
    assert "Tell Maya when you next meet." in said
    assert "999" in said


def test_a_letter_that_no_face_has_is_named_in_every_kind_before_there_is_a_file() -> None:
    odd = "Dani \u6f22"
    for composition in (
        compose.simple_plan(replace(examples.PLAN, name=odd)),
        compose.phased_return(replace(examples.PHASED, name=odd)),
        compose.ahp_report(replace(examples.ADVICE, name=odd)),
        compose.fit_note_draft(replace(examples.ADVICE, name=odd)),
        compose.access_copy(replace(examples.ACCESS, name=odd)),
        compose.blank_assessment(replace(examples.BLANK, items=(BlankItem(text=odd),))),
    ):
        with pytest.raises(MissingGlyph) as caught:
            documents.render(composition)
        assert "Dani" not in str(caught.value.params)


def test_what_is_too_long_for_a_card_or_a_page_goes_on() -> None:
    """A card with many numbers of the site takes the whole sheet; a copy of everything as many pages as it needs."""
    lines = tuple(CrisisLine(label=f"Local line {n}", number="01632 960777") for n in range(9))
    many = documents.render(compose.service_card(replace(examples.SERVICE_CARD, crisis_lines=lines)))
    text = taken.page_texts(many)[0]
    assert "Local line 8" in text
    assert "Cut along this line" not in text
    assert "Cut along this line" in taken.page_texts(stages.stages("service_card")[0])[0]
    entries = tuple(AccessEntry(title="", rows=(("Note", f"{LONG_ACTION} {n}"),)) for n in range(12))
    copy = documents.render(compose.access_copy(replace(examples.ACCESS, sections=(("Talks", entries),))))
    assert documents.pages(copy) > 12
    assert taken.structure(copy).whole().count("w0833") == 12
