"""Everything that two computers wrote in two ways: a row for each person and session, which leads to the choice."""

from collections.abc import Callable, Sequence
from functools import partial

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Empty,
    Page,
    RowFacts,
    RowList,
    clock_words,
    date_words,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.conflicts.fork_words import fork_words
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.safekeeping.conflicts import WaitingChoice
from workwell_desktop.services.safekeeping.forks import ForkView


def lay_all(page: Page, found: Sequence[WaitingChoice], forks: Sequence[ForkView], see_to: Callable[[], None]) -> None:
    """Fills the body of a page; a laptop of which there are two comes first."""
    page.set_title(text("conflict.all"), text("conflict.left", count=sum(one.count for one in found)) if found else "")
    for one in forks:
        tint = "info" if one.seen or one.healed else "risk"
        title = text("conflict.healed" if one.healed else "conflict.fork")
        page.add(Alert(title, fork_words(one, page.context.today()), tint))
    if any(not one.seen for one in forks):
        page.add(outlined(text("conflict.fork_seen"), see_to, "check"))
    card = Card(flush=True)
    if found:
        card.add(RowList([("", [_row(page, one) for one in found])], name=text("conflict.all")))
    else:
        card.add(Empty(text("conflict.nothing"), text("conflict.nothing_anywhere"), icon_name="circle-check"))
    page.add(card.end())
    page.add_end()


def _row(page: Page, one: WaitingChoice) -> RowFacts:
    if one.participant is not None:
        title, line, where = one.name, text("conflict.of_person"), {"participant": str(one.participant)}
    elif one.session is not None:
        at = one.starts_at.astimezone(LONDON) if one.starts_at else None
        when = text("prepare.at", day=long_day(at.date(), page.context.today()), time=clock_words(at)) if at else ""
        title, line, where = one.name, text("conflict.of_session", when=when), {"session": str(one.session)}
    else:
        title, line, where = text("conflict.rest"), text("conflict.of_rest"), {"rest": "1"}
    act = partial(page.go, "conflict", **where)
    return RowFacts(
        title=title,
        line=line,
        icon="git-compare-arrows",
        when=text("conflict.left", count=one.count),
        when_tint="due",
        told_apart=text("today.born", day=date_words(one.born)) if one.born else "",
        act=text("conflict.choose"),
        on_act=act,
        on_open=act,
    )
