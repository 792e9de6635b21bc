"""One form in the hands of the participant: large type, nothing beside it, and no way on but giving the laptop back.

the coach's page ── hand over ──▶ HandedScreen(form ⇄ give it back) ── passphrase ──▶ the coach's page
                                          └── rest, sleep, crash ──▶ unlock
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Card,
    Clear,
    Columns,
    Context,
    Foot,
    Heading,
    IconMark,
    PageAct,
    Scroll,
    Words,
    clock_words,
    column,
    fault_words,
    filled,
    outlined,
    quiet,
    row,
    text,
    theme,
)
from workwell_desktop.desktop.operations import Operations
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.page import AssessmentPage
from workwell_desktop.desktop.pages.assessment.snapshot import Opened, Snapshot
from workwell_desktop.desktop.shell.navigator import Navigator, Routes
from workwell_desktop.desktop.theme.scale import STEPS
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.domain.clock import Clock
from workwell_desktop.services.desk import Desk

LARGE = 140
"""Percent: the least size of type in somebody else's hands."""


class _Shut:
    """A frame without anything around the page."""

    def refresh_rail(self) -> None:
        """There is no rail."""

    def open_window(self, widget: Any) -> None:
        """No second window is opened."""

    def windows(self) -> tuple[Any, ...]:
        """There is none."""
        return ()

    def rest_after(self, minutes: int | None) -> None:
        """It rests as usual."""

    def acts_changed(self) -> None:
        """There are no menus."""

    def hand_over(self, participant: str, response: str) -> None:
        """It is handed over already."""


class HandedPage(AssessmentPage):
    """The questions alone: no record, no scores, no risk panel, no other page. ``finished`` is asked for at the end."""

    beside = False
    links = False
    tells_risk = False
    margins = (24, 10, 24, 24)

    def __init__(self, context: Context, finished: Callable[[], None]) -> None:
        self._finished = finished
        super().__init__(context)

    def last(self) -> int:
        """There is nothing to check at the end: whoever takes the laptop back does that."""
        return max(self.order().asked[-1:], default=0) if self.shot is not None else 0

    def go(self, route: str, **params: str) -> None:
        """No other page can be reached."""

    def to_record(self) -> None:
        """The record cannot be reached."""

    def acts(self) -> tuple[PageAct, ...]:
        return ()

    def show_risk(self) -> None:
        """What follows from an answer is for whoever takes the laptop back."""

    def _opened(self, state: Opened) -> None:
        super()._opened(replace(state, may_see_scores=False))

    def reopened(self, state: Opened) -> None:
        super().reopened(replace(state, may_see_scores=False))

    def _draw_side(self) -> None:
        """No list of parts: the title says how far it is."""

    def _title_acts(self) -> tuple[QWidget, ...]:
        return ()

    def _part_box(self) -> Any:
        return Clear()

    def _lines(self, shot: Snapshot) -> list[Line]:
        return [line for line in super()._lines(shot) if line.kind != "score"]

    def _note(self, number: int, count: int) -> str:
        return text("assessment.part_of_parts", number=number, count=count - 1)

    def redraw_foot(self) -> None:
        if self.state is None or self.shot is None:
            return
        stop = quiet(text("assessment.stop_here"), self._stop)
        back = outlined(text("assessment.back"), self.part_before, "arrow-left")
        back.setEnabled(self.order().before(self.part) is not None)
        self.next_button = None
        if self.part < self.last():
            self.next_button = filled(text("assessment.go_onward"), self.next_part, "arrow-right")
            self.set_foot(Foot(stop, back, self.next_button))
        else:
            self.set_foot(Foot(stop, back, filled(text("assessment.finished"), self.finish_it, "check")))
        self._say_saved()

    def finish_it(self) -> None:
        if self.checked():
            self._finished()

    def part_before(self) -> None:
        before = self.order().before(self.part)
        if before is not None:
            self.show_part(before)

    def refresh(self) -> None:
        button, self.next_button = self.next_button, None
        super().refresh()
        self.next_button = button
        self._say_saved()

    def _say_saved(self) -> None:
        if self.foot is None or self.shot is None:
            return
        if self.saving.failed:
            self.foot.waiting(text("assessment.not_saved"))
        elif self.shot.saved_at is not None:
            self.foot.saved(text("assessment.saved_short", time=clock_words(self.shot.saved_at)))
        else:
            self.foot.saved(text("assessment.saves_itself"))

    def _stop(self) -> None:
        self.flush()
        self._finished()


class HandedScreen(QWidget):
    """The whole window while the participant has it. ``asked`` carries the passphrase of whoever takes it back and is
    answered with ``refused(error)``, or the screen is left."""

    asked = Signal(str)

    def __init__(self, desk: Desk, operations: Operations, clock: Clock, participant: str, response: str) -> None:
        super().__init__()
        self.setObjectName("gate")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._size = theme().scale.percent
        if self._size < LARGE:
            theme().choose(percent=LARGE)
        context = Context(desk, operations, Navigator(Routes({})), theme(), clock, _Shut())
        self.page = HandedPage(context, self.give_back)
        outer = column(self)
        outer.addWidget(self._bar())
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        outer.addWidget(holder, 1)
        self.back = GiveBack(desk, self._go_on, self.asked.emit)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.back)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._press)
        self.page.open({"participant": participant, "response": response}, {})

    def give_back(self) -> None:
        """The end: please give it back."""
        self._stack.setCurrentWidget(self.back)
        state = self.page.state
        self.back.begin(state.head.banner.called if state is not None else "")

    def refused(self, error: Exception) -> None:
        """The passphrase was wrong."""
        self.back.refused(error)

    def leave(self) -> None:
        """What is being typed is saved."""
        self.page.leave()

    def end(self) -> None:
        """The type is as it was."""
        theme().choose(percent=self._size)

    def _go_on(self) -> None:
        self._stack.setCurrentWidget(self.page)
        target = self.page.first_focus()
        if target is not None:
            target.setFocus()

    def _press(self) -> None:
        button = self.page.filled_button() if self._stack.currentWidget() is self.page else None
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()

    def _bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("topbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box = row(bar, (24, 2, 24, 2), 8)
        box.addWidget(Words(text("assessment.in_your_hands"), "note", "soft"), 1)
        for name, step in (("smaller", -1), ("larger", 1)):
            box.addWidget(quiet(text(f"assessment.text_{name}"), lambda step=step: self._resize(step)))  # type: ignore[misc]
        return bar

    def _resize(self, step: int) -> None:
        scale = theme().scale
        wanted = (scale.larger() if step > 0 else scale.smaller()).percent
        theme().choose(percent=max(STEPS[0], wanted))


class GiveBack(QWidget):
    """Thanks, where to find help at once, and the field for whoever takes the laptop back."""

    def __init__(self, desk: Desk, go_on: Callable[[], object], ask: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._ask_for = ask
        self._name = name = desk.person.name or ""
        outer = column(self)
        scroll = Scroll((24, 24, 24, 24), 12, "gate")
        outer.addWidget(scroll)
        self._title = Heading("", "page")
        card = Card(gap=8)
        card.add(self._title, Words(text("assessment.give_back_saved"), reading=True))
        line = row(None, (0, 6, 0, 0), 0)
        self._onward = outlined(text("assessment.back_to_questions"), go_on, "arrow-left")
        line.addWidget(self._onward)
        line.addStretch(1)
        card.body.addLayout(line)
        scroll.body.addWidget(card)
        help_card = Card(text("assessment.crisis_lines"))
        for one in desk.site.crisis:
            help_card.add(Words(text("assessment.crisis", label=one.label, number=one.number)))
        self._lock = Card()
        head = row(None, (0, 0, 0, 0), 10)
        head.addWidget(IconMark("lock", "text_soft"))
        head.addWidget(Heading(text("assessment.only_for", name=name), "section"), 1)
        self._lock.body.addLayout(head)
        self.secret = Secret(text("assessment.passphrase_of", name=name))
        self.secret.field.returnPressed.connect(self._ask)
        self._lock.add(self.secret)
        self.button: Button = filled(text("assessment.take_back"), self._ask, "lock-open")
        self._lock.add_left(self.button)
        scroll.body.addWidget(Columns([(self._lock, 3), (help_card, 2)], one_below=700))
        scroll.body.addStretch(1)

    def begin(self, called: str) -> None:
        """Nothing stands in the field, and the focus is on the way back to the questions."""
        self._title.say(text("assessment.give_back", called=called, name=self._name))
        self.secret.wipe()
        self.secret.show_error("")
        self._onward.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: Exception) -> None:
        """Says why; the field is ready for another try."""
        self.button.setEnabled(True)
        self.secret.field.setReadOnly(False)
        self.secret.show_error(fault_words(error))
        self.secret.field.selectAll()
        self.secret.focus()

    def _ask(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.secret.value():
            self.secret.show_error(text("unlock.empty"))
            self.secret.focus()
            return
        self.button.setEnabled(False)
        self.secret.field.setReadOnly(True)
        self._ask_for(self.secret.value())
