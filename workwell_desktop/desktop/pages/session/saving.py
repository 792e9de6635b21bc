"""Typed words are saved when the field is left, or after two seconds' pause; nobody presses Save."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from workwell_desktop.desktop.kit import Page

PAUSE_MS = 2000

Save = Callable[[], Callable[[], Any] | None]
"""Called in the window: reads the controls and gives the work for the store's thread, or None while it cannot be."""


class Saving(QObject):
    """Watches controls of a page. ``saved`` is called in the window once the service has returned.

    What could not be saved stays in its field, and is tried again at the next change or when the page is left.
    """

    def __init__(
        self,
        page: Page,
        controls: Sequence[Any],
        save: Save,
        saved: Callable[[Any], Any],
        failed: Callable[[Exception], Any] | None = None,
    ) -> None:
        super().__init__(controls[0])
        self._page, self._controls, self._save, self._saved, self._failed = page, list(controls), save, saved, failed
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)
        self._kept = self._now()
        self._ended = False
        self._under_way = 0
        for control in self._controls:
            control.edited.connect(self._typed)
            control.done.connect(self.flush)

    @property
    def dirty(self) -> bool:
        """Whether something stands in the fields that is not saved, or is on its way."""
        return bool(self._under_way) or self._now() != self._kept

    def watches(self, control: Any) -> bool:
        """Whether this one saves ``control``."""
        return control in self._controls

    def untouched(self, control: Any) -> bool:
        """Whether ``control`` shows what the store held when it was filled, and nothing is on its way."""
        return not self._under_way and control.value() == self._kept[self._controls.index(control)]

    def knows(self, control: Any) -> None:
        """What stands in ``control`` now is what the store holds; the others are as they were."""
        place = self._controls.index(control)
        self._kept = (*self._kept[:place], control.value(), *self._kept[place + 1 :])

    def known(self) -> None:
        """What stands in the fields now is what the store holds."""
        self._kept = self._now()
        self._timer.stop()

    def end(self) -> None:
        """The fields are made anew, or hold another case: this one does nothing more."""
        if self._ended:
            return
        self._ended = True
        self._timer.stop()
        for control in self._controls:
            control.edited.disconnect(self._typed)
            control.done.disconnect(self.flush)
        self.deleteLater()

    def flush(self) -> None:
        """Saves what changed."""
        if self._ended:
            return
        self._timer.stop()
        now, before = self._now(), self._kept
        if now == before:
            return
        work = self._save()
        if work is None:
            return
        self._kept = now
        self._under_way += 1

        def done(result: Any) -> None:
            self._under_way -= 1
            self._saved(result)

        def fail(error: Exception) -> None:
            self._under_way -= 1
            self._kept = before
            (self._failed or self._page.fail)(error)

        self._page.run(work, done, fail)

    def _typed(self) -> None:
        if not self._ended:
            self._timer.start()

    def _now(self) -> tuple[Any, ...]:
        return tuple(control.value() for control in self._controls)
