"""A low window with large text: at least half of its height is the page's, and nothing is lost by it."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from tests.desktop.conftest import settle
from tests.desktop.reader import Role, find, find_all, says
from tests.journeys.sight import in_sight
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.shell.workspace import Workspace
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.banner import BannerFacts
from workwell_desktop.desktop.widgets.buttons import filled, outlined
from workwell_desktop.desktop.widgets.fields import TextField
from workwell_desktop.desktop.widgets.foot import Foot
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.layouts import Clear, column
from workwell_desktop.desktop.widgets.risk import RiskBar
from workwell_desktop.desktop.widgets.tabs import Tabs
from workwell_desktop.desktop.widgets.tag import Tag

FACTS = BannerFacts(
    "Danielle Marsh", "Dani", date(1984, 3, 14), "9990000018", "She, her", "Large print.", 5, 8, date(2026, 12, 18)
)
LOW = {"width": 1280, "height": 642, "percent": 200}


class About(Page):
    """Everything that can stand around a body."""

    route = "about"

    def build(self) -> None:
        below = Clear()
        box = column(below)
        box.addWidget(Tabs([("overview", "Overview"), ("plan", "Plan")], "overview", name="Part of the record"))
        box.addWidget(RiskBar("Talk with Dani today", "Dani answered “Several days” to question 9.", lambda: None))
        self.set_banner(FACTS, below)
        self.set_title("Work now")
        self.add(Field("Job", TextField()))
        self.add_end()
        self.set_foot(Foot(outlined("Back", lambda: None), filled("Next: health", lambda: None)))
        self.foot.saved("Saved on this computer, 10:42am")  # type: ignore[union-attr]


class Wordy(Page):
    """A foot whose buttons need two lines."""

    route = "wordy"

    def build(self) -> None:
        self.set_foot(Foot(*(outlined(f"A long button to press {place}", lambda: None) for place in range(4))))


def page_of(work: Workspace) -> Page:
    assert work.host.page is not None
    return work.host.page


def body_of(page: Page) -> QWidget:
    assert page.scroller is not None
    return page.scroller


def test_half_of_a_low_window_is_the_body(open_pages) -> None:  # type: ignore[no-untyped-def]
    page = page_of(open_pages(About, **LOW))
    assert page.window().size().toTuple() == (1280, 642)
    assert body_of(page).height() >= 642 / 2
    within = body_of(page)
    assert page.banner is not None
    assert not within.isAncestorOf(page.banner)
    assert within.isAncestorOf(find(page, Role.Button, "Record what was done"))
    assert within.isAncestorOf(find(page, Role.ComboBox, "Part of the record"))
    assert not within.isAncestorOf(find(page, Role.Button, "Next: health"))


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_lost_by_it(open_pages, percent: int) -> None:  # type: ignore[no-untyped-def]
    work = open_pages(About, width=1280, height=642, percent=percent)
    said = says(work)
    for words in ("Danielle Marsh", "Large print.", "Week 5 of 8", "Talk with Dani today", "Saved on this computer"):
        assert words in said, words
    assert ("Talk about risk asked for" in said) is (percent == 200), "a sign stays when the bar scrolls away"
    assert len(find_all(work, Role.Button, "Record what was done")) == 1


def test_the_banner_is_as_high_as_its_lines(open_pages) -> None:  # type: ignore[no-untyped-def]
    page = page_of(open_pages(About, **LOW))
    assert page.banner is not None
    sign = next(one for one in page.banner.findChildren(Tag) if one.text() == "Talk about risk asked for")
    assert in_sight(sign), "the second line of the banner is not cut"
    assert body_of(page).mapTo(page, QPoint(0, 0)).y() == page.banner.geometry().bottom() + 1


def test_it_follows_the_text_both_ways(open_pages) -> None:  # type: ignore[no-untyped-def]
    work = open_pages(About, width=1280, height=642)
    page = page_of(work)
    assert not body_of(page).isAncestorOf(find(page, Role.Button, "Record what was done"))
    for percent, inside in ((200, True), (100, False)):
        theme().choose(percent=percent)
        settle()
        assert body_of(page).isAncestorOf(find(page, Role.Button, "Record what was done")) is inside
        assert "Saved on this computer" in says(page)


def test_a_foot_of_two_lines_scrolls_with_the_body(open_pages) -> None:  # type: ignore[no-untyped-def]
    page = page_of(open_pages(Wordy, **LOW))
    assert page.foot is not None
    assert body_of(page).isAncestorOf(page.foot)
    theme().choose(percent=100)
    settle()
    assert not body_of(page).isAncestorOf(page.foot)


def test_a_foot_that_is_set_anew_leaves_nothing_of_the_old_one(open_pages) -> None:  # type: ignore[no-untyped-def]
    page = page_of(open_pages(About, **LOW))
    page.set_foot(Foot(filled("Next: home", lambda: None)))
    settle()
    assert "Saved on this computer" not in says(page)
    assert "Next: health" not in says(page)


def test_the_focus_begins_where_work_begins(open_pages) -> None:  # type: ignore[no-untyped-def]
    page = page_of(open_pages(About, **LOW))
    assert page.first_focus() is find(page, Role.EditableText, "Job")
