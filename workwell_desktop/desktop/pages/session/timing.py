"""How long each case has been at the table, by the injected clock. Silent: it says how much, and never hurries."""

from PySide6.QtCore import QObject, QTimer

from workwell_desktop.desktop.kit import SessionTimer, clock_words
from workwell_desktop.domain.clock import Clock

TICK_MS = 10_000


class Timing(QObject):
    """``spent`` holds seconds by agenda item, for a page that comes back. A gap of ``rests_after`` seconds or more was
    no talk: the laptop slept, or it would have locked itself."""

    def __init__(self, clock: Clock, shown: SessionTimer, rests_after: float) -> None:
        super().__init__(shown)
        self._clock, self._shown, self._rests_after = clock, shown, rests_after
        self.spent: dict[str, float] = {}
        self._item, self._minutes = "", 0
        self._since = clock.now()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.show)

    def at_table(self, item: str, minutes: int, before: int = 0) -> None:
        """A case is at the table; the same one goes on counting. ``before`` are seconds that the record holds."""
        if item != self._item:
            self.stop()
            self._item, self._since = item, self._clock.now()
            self.spent[item] = max(self.spent.get(item, 0.0), float(before))
            self._tick.start()
        self._minutes = minutes
        self.show()

    def stop(self) -> None:
        """Nothing is at the table."""
        self._count()
        self._item = ""
        self._tick.stop()

    def seconds(self) -> float:
        """Spent on the case at the table."""
        self._count()
        return self.spent.get(self._item, 0.0)

    def show(self) -> None:
        """Brings clock and bar up to date."""
        minutes = int(self.seconds() // 60) if self._item else 0
        self._shown.show_time(clock_words(self._clock.now()), minutes, self._minutes)

    def _count(self) -> None:
        now = self._clock.now()
        gap = (now - self._since).total_seconds()
        if self._item and 0 < gap < self._rests_after:
            self.spent[self._item] += gap
        self._since = now
