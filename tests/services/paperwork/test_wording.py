"""A partnership's own words of letters: used, undone, looked back at, and never on a paper with a mistake."""

from collections.abc import Callable

import pytest

from tests.services.paperwork.test_letters import said
from workwell_desktop.domain.letter_words import LetterWords, letter_words_id
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.errors import BadInput, NoPermission
from workwell_desktop.services.coming_in.referrals import Referred
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import handouts, wording
from workwell_desktop.services.safekeeping import undoing


@pytest.fixture
def who(refer: Callable[..., Referred]) -> Id:
    return refer().participant


def card(desk: Desk, who: Id) -> str:
    return said(handouts.handout(desk, who, PaperKind.SERVICE_CARD).pdf)


def test_words_are_used_from_then_on_taken_back_and_looked_back_at(desk: Desk, who: Id) -> None:
    before = card(desk, who)
    assert wording.write(desk, "service_card", {"title": "Call us", "after": "{if phone}Any day: {phone}{end}"}) == 2
    after = card(desk, who)
    assert "Call us" in after
    assert "Any day: 01632" in after
    assert wording.write(desk, "service_card", {"title": "Call us"}) == 0
    undoing.undo(desk)
    assert card(desk, who) == before
    wording.write(desk, "service_card", {"title": "Ring us"})
    assert wording.as_shipped(desk, "service_card", ["title", "after"]) == 1
    assert card(desk, who) == before
    seen = wording.view(desk, "service_card")
    texts = [one.text for one in seen.history if one.word == "title"]
    assert texts[:2] == [None, "Ring us"]
    assert "Call us" in texts
    assert all(one.who for one in seen.history)
    assert {one.word: one.own for one in seen.words}["title"] is None


def test_what_is_being_written_is_seen_and_its_mistakes_are_named_without_reaching_a_paper(desk: Desk) -> None:
    written = {"title": "Ring {contact}", "about": "Fine\n{diagnosis}"}
    paper = wording.preview(desk, "service_card", written)
    words = said(paper.pdf)
    assert "Ring Maya Sample" in words
    assert "You can call us about your support" in words
    assert [(one.line, one.code) for one in paper.mistakes["about"]] == [(2, "unknown"), (2, "one_line")]
    assert paper.asked["title"]["phone"] == "01632 960142"
    assert wording.page(desk, paper, 0, 200).startswith(b"\x89PNG")
    with pytest.raises(BadInput) as refused:
        wording.write(desk, "service_card", written)
    assert refused.value.reason == "letter_words"
    assert wording.view(desk, "service_card").history == ()


def test_words_that_were_good_once_stay_off_the_paper_and_are_named(desk: Desk, who: Id) -> None:
    before = card(desk, who)
    own = letter_words_id("en-GB", "service_card", "title")
    with desk.unit() as unit:
        scope = unit.reader.list(Partnership)[0].scope
        made = LetterWords(id=own, scope=scope, language=Code("en-GB"), letter=Code("service_card"), word=Code("title"))
        unit.add(made)
        unit.set(LetterWords, own, text="For {somebody}")
    assert card(desk, who) == before
    (title,) = [one for one in wording.view(desk, "service_card").words if one.word == "title"]
    assert [one.code for one in title.mistakes] == ["unknown"]


def test_only_who_keeps_the_site_may_change_words(desk: Desk, colleague: Callable[..., Desk]) -> None:
    with pytest.raises(NoPermission):
        wording.write(colleague(), "service_card", {"title": "Call us"})
    with pytest.raises(BadInput) as refused:
        wording.view(desk, "nothing")
    assert refused.value.reason == "not_found"
