"""What stands beside a question: the answer from last time, and the ways to leave it out."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import Button, Clear, Flow, Words, column, text, theme
from workwell_desktop.desktop.pages.assessment.blocks import View, day_of
from workwell_desktop.desktop.pages.assessment.values import unit_of, words_of
from workwell_desktop.domain.left_out import Reason
from workwell_desktop.forms import Row
from workwell_desktop.services.assessing.filling import Previous

WIDTH = 200


class _Way(Button):
    """A small link."""

    def restyle(self) -> None:
        super().restyle()
        self.setFont(theme().font("note", 600))


class Beside(Clear):
    """``use`` takes last time's answer; ``leave_out(reason)`` says why there is none, unless the form has an option of
    the same words (``offered``). The ways to leave a question out
    are there for the mouse while it holds the focus; the keyboard has them in the menu, so that Tab stays short."""

    def __init__(self, use: Callable[[], None], leave_out: Callable[[str], None], offered: Collection[str]) -> None:
        super().__init__()
        self._offered = offered
        self._use_act, self._leave_out = use, leave_out
        self._box = column(self, (0, 0, 0, 0), 0)
        self._last: Clear | None = None
        self._use: Button | None = None
        self._ways: Clear | None = None
        self._box.addStretch(1)

    def show_last(self, now: Row, previous: Previous | None, view: View) -> None:
        """Shows last time's answer, or hides it where nobody wants to see it."""
        if previous is None or not view.show_previous:
            if self._last is not None:
                self._last.setVisible(False)
            return
        if self._last is None:
            self._make(now, previous, view)
        if self._last is not None and self._use is not None:
            self._last.setVisible(True)
            self._use.setVisible(not view.read_only and not now.read_only and previous.value != now.value)

    def show_ways(self, shown: bool) -> None:
        """Shows or hides the ways to leave the question out."""
        if shown and self._ways is None:
            self._ways = Clear()
            flow = Flow(self._ways)
            flow.setSpacing(8)
            for reason in [one for one in Reason if text(f"assessment.leave_{one.value}") not in self._offered]:
                way = _Way(
                    text(f"assessment.leave_{reason.value}"), partial(self._leave_out, reason.value), kind="link"
                )
                way.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                flow.addWidget(way)
            self._box.insertWidget(self._box.count() - 1, self._ways)
        if self._ways is not None:
            self._ways.setVisible(shown)

    def _make(self, now: Row, previous: Previous, view: View) -> None:
        self._last = Clear()
        box = column(self._last, (0, 0, 0, 4), 0)
        when = text("assessment.last", day=day_of(previous, view.today), author=previous.author)
        box.addWidget(Words(when, "note", "soft"))
        said = words_of(previous.value, view.today, now.options, unit_of(now))
        box.addWidget(Words(said, "note"))
        self._use = Button(text("assessment.use"), self._use_act, kind="link")
        self._use.setAccessibleName(text("assessment.use_named", label=now.text, answer=said))
        box.addWidget(self._use, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.insertWidget(0, self._last)
