"""Beside a paper: to whom it was given and how, the very file of each, and how it goes now."""

from collections.abc import Callable
from functools import partial

from workwell_desktop.desktop.kit import Alert, Card, Words, quiet, text
from workwell_desktop.desktop.pages.papers.papers_list import given_words
from workwell_desktop.domain.papers import ReleaseHow
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.paper_views import PaperLine, ReleaseLine

WAYS = (ReleaseHow.HANDED_OVER, ReleaseHow.EMAILED, ReleaseHow.POSTED)
"""How a paper goes that was printed or saved before; these are written down, and the program sends nothing."""
ICONS = {ReleaseHow.HANDED_OVER: "check", ReleaseHow.EMAILED: "upload", ReleaseHow.POSTED: "mail"}


class GivenCard(Card):
    """``ways`` is called with how it went, and None where nobody may give it now; ``shown`` is the copy in sight.

    ``withdrawn`` names the person where they have taken back the agreement behind it.
    """

    def __init__(
        self,
        desk: Desk,
        line: PaperLine,
        show: Callable[[Id], None],
        ways: Callable[[ReleaseHow], None] | None,
        *,
        shown: ReleaseLine | None,
        withdrawn: str,
    ) -> None:
        super().__init__(text("paper.given"))
        lines = given_words(desk, line)
        for words, one in zip(lines, line.releases, strict=True):
            self.add(Words(words, "body"))
            if one.kept and one != shown:
                again = quiet(text("paper.show_given"), partial(show, one.release), "file-text")
                again.setAccessibleName(text("paper.show_given_named", given=words))
                self.add_left(again)
        if not lines:
            self.add(Words(text("paper.given_nobody"), "body"))
        if withdrawn:
            said = text("paper.withdrawn_given", name=withdrawn) if lines else text("paper.withdrawn", name=withdrawn)
            self.add(Alert("", said, "due"))
        if ways is None:
            return
        for how in WAYS:
            self.add_left(quiet(text(f"paper.went.{how.value}"), partial(ways, how), ICONS[how]))
