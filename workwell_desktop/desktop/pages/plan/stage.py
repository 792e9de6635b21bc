"""What the steps of a plan ask of the page around them; the page itself stands above its steps."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Page
from workwell_desktop.domain.papers import PaperKind
from workwell_desktop.services.paperwork.paper_views import PaperLine
from workwell_desktop.services.planning.signing_together import Signed


class Stage(Page):
    """A page that shows one step at a time, with the paper beside it."""

    called: str
    """The name that the person likes."""
    look: str
    """The format of their own papers in words; nothing for standard print."""
    focus_next: str
    """The accessible name of what takes the focus when the step is drawn anew."""
    look_for: str
    """An obstacle, in its words, whose changes at work are looked for on the second step."""
    held: bool
    """While people sign, the steps on the way are not shown: ink and ticks stay as they are."""

    def saved(self, _result: Any = None) -> None:
        """Called once the service has returned."""

    def do(self, work: Callable[[], Any], done: Callable[[Any], Any] | None = None) -> None:
        """One act, then what it changed."""

    def show_step(self, step: int) -> None:
        """Another step; what is being typed is saved first."""

    def set_tip(self, bar: QWidget | None) -> None:
        """A bar that stays in sight between the step and the foot."""

    def show_paper(self, kind: PaperKind) -> None:
        """One of the three papers beside the plan."""

    def open_paper(self, paper: PaperLine) -> None:
        """The finished paper."""

    def change_plan(self) -> None:
        """Back to writing, or a new version of what was signed."""

    def signed(self, signed: Signed) -> None:
        """Says which papers were made, and which were not and why."""
