"""Packs of the screen: one mechanism with those of the papers, checked by file and line; a number takes its form."""

from pathlib import Path

import pytest

from workwell_desktop.catalogue import Catalogue
from workwell_desktop.domain.language_packs import check_packs
from workwell_desktop.domain.pseudo_language import LONG, Pseudo, pseudo
from workwell_desktop.domain.screen_packs import packs, share

HEADER = """[pack]
language = "xx"
name = "Example"
own_name = "Example"
translator = "Somebody"
translated_on = 2026-11-22
draft = "Draft"
"""


def test_welsh_is_in_order_and_a_draft() -> None:
    (welsh,) = (one for one in packs() if one.language == "cy")
    assert welsh.draft
    assert 90 <= share(welsh) <= 100


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ('lokc = "Cloi"', "lokc", "No sentence"),
        ('text_size = "Maint"', "text_size", "percent"),
        ('lock = "**Cloi"', "lock", "stars"),
        ('lock = "Cl\u200eoi"', "lock", "nobody sees"),
        ('lock = { one = "a", other = "b" }', "lock.one", "No sentence"),
    ],
)
def test_a_bad_sentence_is_named_by_file_and_line(tmp_path: Path, line: str, field: str, said: str) -> None:
    (tmp_path / "xx.toml").write_text(HEADER, encoding="utf-8")
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "shell.toml").write_text(f'menu = "Bwydlen"\n{line}\n', encoding="utf-8")
    (report,) = check_packs(tmp_path / "xx.toml")
    assert report.status == "refused"
    first = report.problems[0]
    assert (Path(first.file).name, first.line, first.field) == ("shell.toml", 2, field)
    assert said in first.message


def test_a_pseudo_language_keeps_what_the_program_fills_in() -> None:
    said = pseudo("Lock **now** with Ctrl+L, {name}: [see](guide.md) <b>it</b>")
    for kept in ("**", "Ctrl+L", "{name}", "](guide.md)", "<b>", "</b>"):
        assert kept in said
    assert "Lock" not in said
    assert len(pseudo("Somebody records the conversation")) > 1.3 * len("Somebody records the conversation")
    odd = Pseudo(LONG)
    assert odd.text("dates.in_days", count=1) != Catalogue().text("dates.in_days", count=1)
    assert "1" in odd.text("dates.in_days", count=1)
