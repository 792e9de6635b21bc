"""What the chair does with the second window: shows the case, or the name, keeps words off it, puts the card up."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Card,
    Check,
    Field,
    Page,
    TextField,
    Words,
    clock_words,
    outlined,
    row,
    text,
)
from workwell_desktop.desktop.pages.session.projector import Projector
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.domain.records import Id
from workwell_desktop.services.meeting import projecting
from workwell_desktop.services.meeting.projecting import ProjectedCase
from workwell_desktop.services.meeting.session_views import CaseView

APART = ","
"""Stands between words to keep off the screen."""


class RoomScreen(Card):
    """The panel, and the window that it drives. ``turned`` gives the state of the window when it is another."""

    turned = Signal(str)

    def __init__(self, page: Page, saved: Callable[[Any], Any], done: Callable[[], Any]) -> None:
        super().__init__(text("projector.panel"))
        self._page, self._saved = page, saved
        self._window: Projector | None = None
        self._case: CaseView | None = None
        self._shown = False
        self._saving: Saving | None = None
        self.add(Words(text("projector.panel_words"), "note", "soft"))
        self.show_button = outlined(text("projector.show"), self.toggle, "monitor")
        self.add_left(self.show_button)
        self.name = Check(text("projector.reveal"))
        self.name.edited.connect(self.update_case)
        self.add(self.name)
        self.words = TextField()
        self._field = Field(text("projector.keep_off"), self.words, hint=text("projector.keep_off_hint"))
        self.add(self._field)
        self.seen = Words("", "note", "soft")
        self.add(self.seen)
        self.close_button = outlined(text("projector.close"), self.close_window, "x")
        buttons = row(None, (0, 6, 0, 0), 10)
        self.back: Button = outlined(text("session.attendance_done"), done, "arrow-left")
        buttons.addWidget(self.back)
        buttons.addWidget(self.close_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._say()

    # The page's part

    def show_case(self, case: CaseView | None) -> None:
        """Another case is at the table, or the same one says something else."""
        other = case is None or self._case is None or case.item != self._case.item
        self._case = case
        if other:
            self._begin_case(case)
        self.update_case()

    def first(self) -> QWidget:
        """Where the focus goes."""
        return self.show_button

    def state(self) -> str:
        """``off``, ``resting``, ``named`` or ``unnamed``."""
        if self._window is None:
            return "off"
        if not self._shown:
            return "resting"
        return "named" if self.name.isChecked() else "unnamed"

    def rest(self) -> None:
        """The neutral card, at once; nothing but a press of the button shows the case again."""
        self._shown = False
        if self._window is not None:
            self._window.rest()
        self._say()

    def close_window(self) -> None:
        """Closes the second window."""
        if self._window is not None:
            self._window.close()

    def let_go(self) -> None:
        """The page goes: the window stands with its neutral card until a session page takes it over again."""
        self.rest()
        window, self._window = self._window, None
        if window is not None:
            window.on_closed(None)
            window.rested.disconnect(self._rested)

    def take_over(self, window: Projector) -> None:
        """A window of ours: a new one, or one that stood with its card while the page was away. It goes on resting."""
        self._window = window
        window.on_closed(self._gone)
        window.rested.connect(self._rested)
        self._say()

    # The chair's part

    def toggle(self) -> None:
        """Shows the case, or puts the neutral card up."""
        if self._shown:
            self.rest()
            return
        if self._window is None:
            window = Projector()
            self.take_over(window)
            self._page.context.frame.open_window(window)
            window.take_screen(self._page.window())
            self._page.window().activateWindow()
        self._shown = True
        self._say()
        self.update_case()

    def update_case(self, *_: Any) -> None:
        """Reads what the room may see, and shows it where the window is open."""
        case = self._case
        self._say()
        if case is None:
            self.rest()
            return
        desk, item, reveal = self._page.context.desk, case.item, self.name.isChecked()
        if self._shown or not self.isHidden():
            self._page.run(lambda: projecting.project(desk, item, reveal=reveal), self._project)

    def _project(self, seen: ProjectedCase) -> None:
        if self._case is None or seen.number != self._case.number:
            return
        self.seen.say(text("projector.seen", words=seen.question) if seen.question else "")
        if self._window is not None and self._shown:
            clock = self._page.context.clock
            self._window.show_case(seen, clock_words(clock.now()), self._page.context.today())

    def _begin_case(self, case: CaseView | None) -> None:
        """Nothing of the last case goes on: its name is hidden again, its words are its own."""
        if self._window is not None and self._shown:
            self._window.rest()
        self.name.setChecked(False)
        if self._saving is not None:
            self._saving.flush()
            self._saving.end()
            self._saving = None
        self.words.set_value(f"{APART} ".join(case.keep_off_screen) if case else "")
        if case is not None:
            self._saving = Saving(self._page, [self.words], lambda: self._keep_off(case.discussion), self._kept)

    def _keep_off(self, discussion: Id) -> Callable[[], Any]:
        words = frozenset(self.words.value().split(APART))
        desk = self._page.context.desk
        return lambda: projecting.keep_off_screen(desk, discussion, words)

    def _kept(self, result: Any) -> None:
        self._saved(result)
        self.update_case()

    def _rested(self) -> None:
        """The window put its card up by itself: its screen was taken away."""
        self._shown = False
        self._say()

    def _gone(self) -> None:
        self._window, self._shown = None, False
        self._say()

    def _say(self) -> None:
        self.show_button.say(text("projector.rest" if self._shown else "projector.show"))
        self.close_button.setVisible(self._window is not None)
        self.name.setEnabled(self._case is not None and self._case.visible)
        if self.window().isVisible() and self.close_button.hasFocus() and self._window is None:
            self.show_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(self.state())
