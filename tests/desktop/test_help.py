"""The guide is found by its words, followed by its links, and read in whatever folder a page lies."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.desktop.conftest import settle
from workwell_desktop.desktop import guide
from workwell_desktop.desktop.pages.help.page import Guide, HelpPage
from workwell_desktop.desktop.shell.workspace import Workspace
from workwell_desktop.desktop.theme.theme import theme

Open = Callable[..., Workspace]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "guide"
    (folder / "safety").mkdir(parents=True)
    (folder / "index.md").write_text("# Guide\n\n[Locks](locks.md) lost", encoding="utf-8")
    (folder / "locks.md").write_text("# Locks\n\nA lost key. Ask who keeps the *code*.\n\n- Call 999", encoding="utf-8")
    (folder / "keys.md").write_text("# Lost\n\nThe key of O'Neill.\n\n## Doors\n\nA door.", encoding="utf-8")
    (folder / "safety" / "hazards.md").write_text("# Hazards\n\n[Locks](../locks.md) on doors", encoding="utf-8")
    return folder


def names(found: list[guide.Hit]) -> list[str]:
    return [one.name for one in found]


def test_every_word_counts_and_what_is_about_it_stands_first(pages: Path) -> None:
    assert names(guide.find(pages, "lost")) == ["keys", "locks"]
    assert names(guide.find(pages, "LOST cod")) == ["locks"]
    assert names(guide.find(pages, "oneill")) == ["keys"]
    assert names(guide.find(pages, "door")) == ["keys", "safety/hazards"]
    assert guide.find(pages, "ock") == guide.find(pages, "nowhere") == guide.find(pages, " ") == []


def test_what_is_quoted_is_the_sentence_that_says_it_and_no_marks(pages: Path) -> None:
    assert [one.says for one in guide.find(pages, "code")] == ["Ask who keeps the code."]
    assert [one.says for one in guide.find(pages, "999")] == ["Call 999"]
    assert [one.says for one in guide.find(pages, "hazards")] == ["Locks on doors"]


def test_a_link_is_read_from_the_page_it_stands_on(pages: Path) -> None:
    assert guide.led_to("safety/hazards", "../locks.md") == "locks"
    assert guide.led_to("locks", "safety/hazards.md") == "safety/hazards"
    assert guide.file_of(pages, "safety/hazards") is not None
    assert guide.file_of(pages, guide.led_to("locks", "../../secret.md")) is None


def test_from_a_word_to_its_page_and_back_by_keyboard(open_pages: Open) -> None:
    work = open_pages(HelpPage)
    page = work.host.page
    assert isinstance(page, HelpPage)
    first = page.guide.toPlainText()
    page.search.setFocus()
    QTest.keyClicks(page.search, "forgotten passphrase")
    assert re.match(r"\d+ pages speak of “forgotten passphrase”\nWhen something goes wrong", page.guide.toPlainText())
    theme().choose(percent=200)
    settle()
    assert page.search.font().pixelSize() == theme().font("body").pixelSize()
    assert "pages speak of" in page.guide.toPlainText()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    QTest.keyClick(page.guide, Qt.Key.Key_Return)
    settle()
    there = work.host.page
    assert isinstance(there, HelpPage)
    assert there.guide.toPlainText().startswith("When something goes wrong")
    work.navigator.back()
    settle()
    again = work.host.page
    assert isinstance(again, HelpPage)
    assert again.search.value() == "forgotten passphrase"
    again.search.clear()
    again.search.edited.emit()
    assert again.guide.toPlainText() == first


def test_a_picture_is_no_wider_than_the_lines(open_pages: Open, tmp_path: Path) -> None:
    open_pages(HelpPage)
    picture = QImage(3000, 300, QImage.Format.Format_RGB32)
    picture.fill(0)
    assert picture.save(str(tmp_path / "wide.png"))
    (tmp_path / "page.md").write_text("# A\n\n![A wide one](wide.png)", encoding="utf-8")
    shown = Guide(tmp_path)
    shown.resize(900, 600)
    assert shown.show_file("page")
    found = shown.loadResource(2, QUrl("wide.png"))
    assert isinstance(found, QImage)
    assert 0 < found.width() <= theme().measure("reading_width")
