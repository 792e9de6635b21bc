"""Formats of a participant's papers: contrast, sizes, and sentences that are short and easy."""

import re
from dataclasses import replace

import pytest

from tests.documents import examples, stages, taken
from workwell_desktop import assets, documents
from workwell_desktop.catalogue import letter_files
from workwell_desktop.documents import PaperStyle, compose
from workwell_desktop.documents.layout.style import style
from workwell_desktop.domain.reading_age import AIM, reading

FIXED = assets.table(assets.resource("text", "en-GB", "papers.toml")) | {
    file.stem: assets.table(file)["words"] for file in letter_files()
}
OWN = ("plan", "simple", "card", "crisis", "changes", "weeks", "service_card", "phased")
"""Parts of the catalogue that a participant reads."""


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", list(PaperStyle))
def test_every_word_stands_out_from_its_ground(name: PaperStyle) -> None:
    found = style(name)
    ground = found.ground or "#ffffff"
    for words in (found.ink, found.heading_ink, found.soft):
        assert contrast(words, ground) >= 7
        assert contrast(words, found.quote_ground) >= 7
    assert contrast(found.ink, found.bar) >= 7
    if "contrast" in name or name is PaperStyle.CREAM:
        assert contrast(found.rule, ground) >= 7
        assert found.weight > 2


def test_sizes_are_those_of_clear_and_large_print() -> None:
    assert (style(PaperStyle.STANDARD).body, style(PaperStyle.LARGE).body) == (14, 18)
    assert 14 <= style(PaperStyle.SIMPLE).body <= 16
    assert style(PaperStyle.LARGE_HIGH_CONTRAST).body == 18
    assert [name.value for name in PaperStyle if style(name).least < 14] == []


def test_large_print_has_no_table_and_no_letter_below_its_least_size() -> None:
    for kind in ("plan", "card"):
        pdf = stages.stages(kind, PaperStyle.LARGE)[0]
        assert "Table" not in {node.tag for node in taken.structure(pdf).walk()}
        assert min(taken.sizes(pdf)) >= style(PaperStyle.LARGE).least


def _sentences(node: object) -> list[str]:
    if isinstance(node, dict):
        return [one for item in node.values() for one in _sentences(item)]
    filled = re.sub(r"\{(\w+)\}", "Maya", str(node).replace("**", ""))
    return [line for line in re.split(r"(?<=[.!?])\s+|\n", filled) if line]


def test_each_sentence_of_the_simple_version_is_one_idea_of_fifteen_words_at_most() -> None:
    said = _sentences(FIXED["simple"])
    assert len(said) > 30
    assert [one for one in said if len(one.split()) > 15] == []
    assert [one for one in said if ";" in one or " which " in one] == []


@pytest.mark.parametrize("part", [part for part in OWN if part in FIXED])
def test_our_own_sentences_for_participants_are_read_at_eleven(part: str) -> None:
    said = [one for one in _sentences(FIXED[part]) if one.endswith(".")]
    read = reading("\n".join(said))
    assert read.age is None or read.age <= AIM[1], read.age
    assert read.long_sentences == ()


def test_the_simple_version_leaves_nothing_out_and_changes_no_words_of_anybody() -> None:
    full = "".join(taken.page_texts(stages.stages("plan")[0]))
    simple = "".join(taken.page_texts(stages.stages("simple", PaperStyle.SIMPLE)[0]))
    for said in (
        examples.PLAN.what_matters,
        examples.PLAN.strengths,
        examples.PLAN.if_worse,
        *(one.text for one in (*examples.PLAN.goals, *examples.ACTIONS, *examples.CHANGES)),
        *(one.owner for one in examples.ACTIONS),
        *(f"{one.hours} hours" for one in examples.WEEKS),
        "4 hours a day rather than 3",
        "Scanning and labels, no lifting over 5 kg",
        "15 December",
        "01632 960142",
    ):
        assert said is not None
        assert "".join(said.split()) in "".join(full.split())
        assert "".join(said.split()) in "".join(simple.split())


def test_pictures_say_nothing_by_themselves() -> None:
    """They stand beside the sentences as ornaments: a screen reader meets the sentences alone."""
    composition = compose.simple_plan(replace(examples.PLAN, weeks=()))
    tree = taken.structure(documents.render(composition, PaperStyle.SIMPLE))
    assert [node for node in tree.walk() if node.tag == "Figure"] == []
    assert "Easy Read" not in tree.whole()
