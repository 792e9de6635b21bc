"""The rail in a low window: what is only here is said whole, or in few words, and nothing is cut."""

import pytest

from tests.desktop.conftest import Show, settle
from workwell_desktop.desktop.shell.rail import NAV, Rail, RailFacts
from workwell_desktop.desktop.widgets.words import Words

FACTS = RailFacts(
    only_here="395 answers and 3367 other changes since 8 May exist only here",
    only_here_short="3762 changes only here",
    synced="The hub is not in reach. Synced today, 7:30am",
    can_sync=True,
)


@pytest.mark.parametrize(("height", "said"), [(768, FACTS.only_here), (666, FACTS.only_here_short)])
def test_nothing_in_the_rail_is_cut(show: Show, height: int, said: str) -> None:
    rail = Rail(lambda _route: None, frozenset(entry.route for entry in NAV))
    show(rail, width=232, height=height)
    rail.show_person("Maya Okafor", "Work and Health Coach")
    rail.show_facts(FACTS)
    settle()
    assert rail.height() == height
    cut = [
        one.text()
        for one in rail.findChildren(Words)
        if one.isVisible() and one.wordWrap() and one.height() < one.heightForWidth(one.width())
    ]
    assert cut == []
    assert rail._only_here.text() == said
