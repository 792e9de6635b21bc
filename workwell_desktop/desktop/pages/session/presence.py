"""One line of who is here: the name, the presence, and for a part of the time from when to when."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import Clear, Field, Page, Words, column, row, text
from workwell_desktop.desktop.pages.session.agenda_side import role_words
from workwell_desktop.desktop.pages.session.picking import Pick
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.desktop.pages.session.times import TimeField, moment_of
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Presence
from workwell_desktop.errors import BadInput
from workwell_desktop.services.meeting import room
from workwell_desktop.services.meeting.session_views import Attendee


class PresenceLine(Clear):
    """``attend`` is called with the chosen presence. The two times stand there for a part alone: an empty *From* is
    the beginning of the meeting, an empty *To* says that the person is still here."""

    def __init__(
        self,
        page: Page,
        one: Attendee,
        offered: Sequence[Presence],
        began: datetime,
        attend: Callable[[Presence], Any],
        saved: Callable[[Any], Any],
    ) -> None:
        super().__init__()
        self._page, self._line, self._began, self._saved = page, one.attendance, began, saved
        self._attend, self._name = attend, one.name
        self._may = True
        self._box = column(self, (0, 1, 0, 1), 2)
        first = row(None, (0, 0, 0, 0), 12)
        lines = column(None, (0, 0, 0, 0), 0)
        lines.addWidget(Words(one.name, "label"))
        role = role_words(one)
        if role:
            lines.addWidget(Words(role, "note", "soft"))
        first.addLayout(lines, 1)
        kinds = [(kind.value, text(f"session.presence.{kind.value}")) for kind in offered]
        self.chosen = Pick(kinds, one.presence.value, width=200, on_leaving=True)
        self.chosen.setAccessibleName(text("session.presence_of", name=one.name))
        self.chosen.done.connect(self._choose)
        first.addWidget(self.chosen, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(first)
        self._times: Clear | None = None
        self._typing: Saving | None = None

    def show_attendee(self, one: Attendee, *, may: bool) -> None:
        """What the record holds; what is being chosen or typed stays."""
        self._may = may
        if not self.chosen.waiting:
            self.chosen.set_value(one.presence.value)
        self.chosen.setEnabled(may)
        self._show_times(one)

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._typing is not None:
            self._typing.flush()

    def _choose(self) -> None:
        value = self.chosen.value()
        if value:
            self._attend(Presence(value))

    def _show_times(self, one: Attendee) -> None:
        part = one.presence is Presence.PART
        if part and self._times is None:
            self._make_times()
        if self._times is None or self._typing is None:
            return
        self._times.setVisible(part)
        for control in (self.came, self.left):
            control.set_read_only(not self._may)
        if self._typing.dirty or self.came.hasFocus() or self.left.hasFocus():
            return
        self.came.set_clock(_clock(one.came_at))
        self.left.set_clock(_clock(one.left_at))
        self._typing.known()

    def _make_times(self) -> None:
        self._times = Clear()
        box = row(self._times, (0, 0, 0, 4), 12)
        self.came, self.left = TimeField(), TimeField()
        self._fields = {
            "from": Field(text("session.part_from"), self.came),
            "to": Field(text("session.part_to"), self.left),
        }
        self.came.setAccessibleName(text("session.part_from_whole", name=self._name))
        self.left.setAccessibleName(text("session.part_to_whole", name=self._name))
        box.addWidget(Words(text("session.part_hint"), "note", "soft"), 1, Qt.AlignmentFlag.AlignBottom)
        for field in self._fields.values():
            box.addWidget(field, 0, Qt.AlignmentFlag.AlignBottom)
        self._typing = Saving(self._page, [self.came, self.left], self._part, self._saved, self._refused)
        self._box.addWidget(self._times)

    def _part(self) -> Callable[[], Any] | None:
        for field in self._fields.values():
            if not field.check():
                return None
        came, left = self.came.clock(), self.left.clock()
        start = moment_of(came, self._began) if came else self._began
        end = moment_of(left, self._began) if left else None
        return partial(room.came_for_part, self._page.context.desk, Id(self._line), start, end)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, BadInput) and error.reason == "ends_before_start":
            self._fields["to"].show_error(text("errors.field.ends_before_start"))
        else:
            self._page.fail(error)


def _clock(at: datetime | None) -> Any:
    return at.astimezone(LONDON).time().replace(second=0, microsecond=0) if at is not None else None
