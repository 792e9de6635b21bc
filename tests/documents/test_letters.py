"""Words of letters: the shipped ones give the papers that they gave before, and a template can ask for nothing more."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from tests.documents.examples import ALL, EMPLOYER, SERVICE_CARD
from workwell_desktop.documents import compose
from workwell_desktop.documents.blocks import BulletList, Paragraph, canonical
from workwell_desktop.documents.letter_values import values
from workwell_desktop.documents.wording import Worded, worded
from workwell_desktop.documents.words import Words, shared
from workwell_desktop.domain.letters import PLACES, in_order, letters, mistakes, template
from workwell_desktop.domain.site_reading import check_sites
from workwell_desktop.domain.templates import Known, Mistake, Values, read
from workwell_desktop.services.paperwork.letter_samples import compose_of, facts_of

# What each paper said before its words became data. A change of the shipped words is meant, or it is a fault.
GOLDEN = {
    "plan": "11ce41bd626b6c35215a95e3edd1d1e7058e385628812c4ffe213b0beff6e187",
    "simple": "662023874185cd49a8fbc4034847de1f064bfd04b55a58225e6a7afbf6c6fe32",
    "gp": "da60a0d01879ad5642f142ab0ac068641c6694b58effb4b1e36fb9332ffd9d29",
    "employer": "dcda135cde5f3264095271c1e4c581ad8ad0f9b0e263483fedf214b76c08b58e",
    "minutes": "60080bd059d612507f3059b2031c1ce61be322427ba659a4faa5c033fddaeaed",
    "minutes_alone": "3b0ff72adc995cbf8c2f18a77cb27def1ff6edcce4f49fc396a0d642cce50d56",
    "agenda": "e1b97c8667c52bb6be535bb815cca3c76dce6bd17d3da620bb7a5c2c3a010a59",
    "letter": "bf2d3a45fdc991fb7cd1318790e897af9dbcdd811917491b6d8b497f4db49580",
    "card": "10157460fc0f9aa02ba7086c9324a980b0d23a97b6e0b038b7b213ab6445887d",
    "phased": "cccc56a55f6a8b0e8bbb272f5994b6b77a4658017fa897c46c60347f82f73701",
    "service_card": "53ac9511388d25d09a3a6a14cb419b27c847c2bfbc1d91a7f4f629a66bdf818a",
    "access": "1091d72019b6a2f0b8a0aab46c1aee552c04910499d0a90e7f06c0c8500dca0b",
    "blank": "2b8ea882d9114bc71122fc9dfe799f61c3d9ca1c76529893108e440c1f0ba6e8",
    "ahp": "8155d11e4a72d59288b86afe7d150cf23affcd926a24541e8a80ae9b32998c5d",
    "fit_note": "64429b40a7167b10953de7951e5bf4d775ec35791065d49467800f8fa0adfc54",
}
DAY = date(2026, 11, 24)


def told(found: Iterable[Mistake]) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in found]


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_the_shipped_words_give_the_paper_that_they_gave(name: str) -> None:
    made = ALL[name]
    said = canonical((made.title, made.byline, made.footer, made.blocks, made.attachment))
    assert hashlib.sha256(said).hexdigest() == GOLDEN[name]


@pytest.mark.parametrize("name", sorted(letters()))
def test_every_letter_may_name_what_its_facts_hold_and_its_shipped_words_are_in_order(name: str) -> None:
    kind, facts = letters()[name], facts_of(name, DAY)
    held = values(facts, Words(shared(), 2026))
    assert set(held) == set(kind.fields)
    lists = {field for field, known in kind.fields.items() if known is Known.LIST}
    assert {field for field, value in held.items() if isinstance(value, tuple)} == lists
    shipped = {word: kind.words[word] for word in kind.changeable}
    assert [word for word, said in shipped.items() if mistakes(name, word, said)] == []
    heard = Worded({}, held, shared())
    assert compose_of(name)(facts, heard) == compose_of(name)(facts, None)
    assert {f"papers.{name}.{place}" for place in PLACES} <= heard.asked.keys()


def test_a_template_prints_what_is_known_and_what_is_typed_changes_no_emphasis() -> None:
    fields = {"name": Known.ALWAYS, "phone": Known.SOMETIMES, "goals": Known.LIST}
    text = "Hello **{name}**\n{if phone}\nCall **{phone}**\n{end}\n{each goals}\n- {item}\n{end}\nBye"
    made, wrong = read(text, fields)
    assert not wrong
    assert made is not None
    known: Values = {"name": "A **b** {phone} {0.__class__}", "phone": "01632 960142", "goals": ("one", "two")}
    assert made.runs(known) == [
        ("Hello ", False),
        ("A **b** {phone} {0.__class__}", True),
        ("\nCall ", False),
        ("01632 960142", True),
        ("\n- one\n- two\nBye", False),
    ]
    assert made.fill({"name": "Dani", "phone": None, "goals": ()}) == "Hello Dani\nBye"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fine\n{diagnosis}", [(2, "unknown")]),
        ("{nhs_number} {item}", [(1, "unknown"), (1, "unknown")]),
        ("{name.__class__}", [(1, "unknown")]),
        ("{name!r} {name:>9}", [(1, "unknown"), (1, "unknown")]),
        ("a\nCall {phone}", [(2, "sometimes")]),
        ("{changes}", [(1, "is_list")]),
        ("{each name}{item}{end}", [(1, "no_list")]),
        ("{if phone}\n{if email}\n{end}\n{end}", [(2, "inside"), (4, "end_alone")]),
        ("a\n{if phone}", [(2, "not_ended")]),
        ("{end}", [(1, "end_alone")]),
        ("a\nb {name", [(2, "brace")]),
        ("**a", [(1, "stars")]),
        ("**a {if phone}** {end}", [(1, "stars")]),
        ("a\n\nShe has depression", [(3, "no_place")]),
        ("a\x07", [(1, "not_printed")]),
        ("x" * 2001, [(1, "too_long")]),
    ],
)
def test_a_mistake_is_named_by_its_line_and_gives_no_template(text: str, found: list[tuple[int, str]]) -> None:
    assert told(mistakes("employer", "before", text)) == found
    assert template("employer", "before", text) is None


@pytest.mark.parametrize(
    ("letter", "word", "text", "code"),
    [
        ("employer", "title", " ", "empty"),
        ("employer", "title", "a\nb", "one_line"),
        ("employer", "title", "**a**", "no_stars"),
        ("employer", "approved", "They agreed.", "fixed"),
        ("fit_note", "watermark", "Statement of Fitness for Work", "fixed"),
        ("employer", "nothing", "a", "no_word"),
        (
            "simple",
            "about",
            "This one sentence has a good many more words than the fifteen that it may have.",
            "simple",
        ),
    ],
)
def test_a_word_keeps_its_own_rules(letter: str, word: str, text: str, code: str) -> None:
    assert [one.code for one in mistakes(letter, word, text)] == [code]


def test_own_words_stand_on_the_paper_and_those_with_a_mistake_do_not() -> None:
    own = in_order(
        {
            ("en-GB", "employer", "title"): "Helping {name} at {employer}",
            ("en-GB", "employer", "before"): "Good day.\n{each changes}\n- **{item}**\n{end}",
            ("en-GB", "employer", "keep"): "{diagnosis}",
            ("pl", "employer", "function"): "Inny",
        }
    )
    made = compose.employer_summary(EMPLOYER, worded(own, EMPLOYER, 2026))
    assert made.title == "Helping Danielle Marsh at Northgate Parcels"
    first, second = made.blocks[:2]
    assert isinstance(first, Paragraph)
    assert first.text[0].text == "Good day."
    assert isinstance(second, BulletList)
    assert [run.strong for item in second.items for run in item] == [True] * 3
    assert made.blocks[2:] == compose.employer_summary(EMPLOYER).blocks
    assert worded({}, EMPLOYER, 2026) is shared()


def test_words_in_another_language_stand_over_its_translation() -> None:
    own = in_order({("pl", "service_card", "title"): "Do kogo: {contact}"}, "pl")
    below = shared("pl")
    made = compose.service_card(SERVICE_CARD, worded(own, SERVICE_CARD, 2026, below))
    translated = compose.service_card(SERVICE_CARD, below)
    assert (made.language, made.title) == ("pl", "Do kogo: Maya")
    assert made.blocks == translated.blocks
    assert made.draft == translated.draft


def test_a_pack_brings_words_of_letters_and_a_mistake_is_named_by_line(tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    head = 'extends = "generic"\ncode = "here"\nname = "Here"\nversion = "1"\n'
    pack.write_text(head + '[letters.en-GB.gp]\ntitle = "For your surgery"\n', encoding="utf-8")
    assert check_sites(pack)[0].problems == ()
    pack.write_text(head + '[letters.en-GB.gp]\ntitle = "A"\nbefore = """Hello\n{score}"""\n', encoding="utf-8")
    (problem,) = check_sites(pack)[0].problems
    assert (problem.line, problem.field) == (7, "letters.en-GB.gp.before")
    assert "Line 2" in problem.message
    assert "{score}" in problem.message
