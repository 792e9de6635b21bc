"""What a case holds, in words: shared by the page that sends one and the page that takes one in."""

from collections.abc import Iterable

from workwell_desktop.desktop.kit import SummaryList, text
from workwell_desktop.domain.screen import has

WITHOUT = frozenset({"participant", "person", "team", "repeat"})
"""Kinds that say nothing to whoever decides: the person is named above, and who works there comes along."""


def held(counts: Iterable[tuple[str, int]], files: int) -> SummaryList:
    """How many there are of each, the rest together, then the files."""
    rows: dict[str, int] = {}
    rest = 0
    for kind, many in counts:
        if kind in WITHOUT:
            continue
        if has(f"case_travel.kind.{kind}"):
            rows[text(f"case_travel.kind.{kind}")] = many
        else:
            rest += many
    if rest:
        rows[text("case_travel.rest")] = rest
    rows[text("case_travel.files")] = files
    return SummaryList([(words, str(many)) for words, many in rows.items()], ruled=True)
