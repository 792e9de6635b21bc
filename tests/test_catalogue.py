"""The text catalogue: one sentence a key, a plural chosen by count, a translation over the source, and errors said."""

from pathlib import Path

import pytest

from workwell_desktop import assets, catalogue
from workwell_desktop.catalogue import Catalogue
from workwell_desktop.errors import BadInput, Locked, UnknownForm

SOURCE = """
plain = "Nothing is due."
named = "{name} is due on {day}."
days = { one = "{count} day", other = "{count} days" }
[title]
coach = "Coach"
other = "Team member"
"""
WELSH = """
plain = "Nid oes dim i'w wneud."
[title]
coach = "Hyfforddwr"
"""


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of its own in two languages."""
    for language, said in (("en-GB", SOURCE), ("cy", WELSH)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "today.toml").write_text(said, encoding="utf-8")
    monkeypatch.setattr(assets, "resource", lambda *parts: tmp_path.joinpath(*parts[1:]))
    return tmp_path


def test_a_key_is_a_sentence_with_its_places_filled(words: Path) -> None:
    said = Catalogue()
    assert said.text("today.plain") == "Nothing is due."
    assert said.text("today.named", name="Sam", day="Monday") == "Sam is due on Monday."


@pytest.mark.parametrize(("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_a_plural_is_chosen_by_count(words: Path, count: int, said: str) -> None:
    assert Catalogue().text("today.days", count=count) == said


def test_a_table_may_have_an_entry_called_other(words: Path) -> None:
    assert Catalogue().text("today.title.other") == "Team member"
    assert not Catalogue().has("today.title")
    assert Catalogue().keys("today") == ("plain", "named", "days", "title.coach", "title.other")


@pytest.mark.parametrize("key", ["today.nobody_wrote_it", "today.plain.deeper", "nowhere.plain", "today"])
def test_an_unknown_key_is_an_error(words: Path, key: str) -> None:
    with pytest.raises(KeyError):
        Catalogue().text(key)
    assert not Catalogue().has(key)


def test_what_a_translation_lacks_is_said_in_the_source_language(words: Path) -> None:
    said = Catalogue("cy")
    assert said.text("today.plain") == "Nid oes dim i'w wneud."
    assert said.text("today.title.coach") == "Hyfforddwr"
    assert said.text("today.title.other") == "Team member"
    assert said.text("today.days", count=2) == "2 days"


def test_an_error_is_said_by_its_class_or_its_reason() -> None:
    assert catalogue.sentence(Locked()) == catalogue.text("errors.locked")
    assert catalogue.sentence(BadInput("name_missing")) == catalogue.text("errors.reason.name_missing")
    assert "urn:one" in catalogue.sentence(UnknownForm("urn:one"))


def test_a_checkout_has_its_files_beside_the_program() -> None:
    root = Path(__file__).resolve().parents[1]
    assert assets.ui("tokens.toml") == root / "ui" / "tokens.toml"
    assert assets.resource("text", "en-GB") == root / "resources" / "text" / "en-GB"
