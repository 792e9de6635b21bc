"""Who is here: each of those asked, one more of ours, or a guest; live, and written down as it is changed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Card,
    Clear,
    Columns,
    Field,
    Page,
    TextField,
    Words,
    column,
    outlined,
    row,
    rule,
    text,
)
from workwell_desktop.desktop.pages.session.meeting_head import MeetingHead
from workwell_desktop.desktop.pages.session.picking import Pick
from workwell_desktop.desktop.pages.session.presence import PresenceLine
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.sessions import Presence
from workwell_desktop.services.meeting import sessions
from workwell_desktop.services.meeting.session_views import Attendee, SessionView


class AttendancePanel(Card):
    """``running`` offers presence; before the session the list says only who is asked and who sent apologies."""

    def __init__(
        self, page: Page, saved: Callable[[Any], Any], done: Callable[[], Any] | None = None, *, running: bool = True
    ) -> None:
        super().__init__(text("session.attendance") if running else text("session.invited"))
        self._page, self._saved, self._running = page, saved, running
        self._session: Id | None = None
        self._rows: dict[str, PresenceLine] = {}
        self._invited: tuple[Id, ...] = ()
        self._all: Button | None = None
        if running:
            self._all = outlined(text("session.all_here"), self._everybody, "check")
            self.add_left(self._all)
        self.head: MeetingHead | None = None
        self._list = column(None, (0, 0, 0, 0), 4)
        self.body.addLayout(self._list)
        self.person = Pick([], empty=text("session.choose_person"))
        self.person.setAccessibleName(text("session.add_person"))
        self.guest, self.organisation = TextField(), TextField()
        line = Clear()
        first = row(line, (0, 6, 0, 0), 10)
        first.addWidget(Words(text("session.add_person"), "label", wrap=False))
        first.addWidget(self.person, 1)
        self.add(line)
        add = outlined(text("session.add_guest"), self._add_guest, "user-plus")
        last = Clear()
        box = row(last, (0, 0, 0, 0), 0)
        box.addWidget(add, 0, Qt.AlignmentFlag.AlignBottom)
        self._guest_field = Field(text("session.guest_name"), self.guest)
        away = Field(text("session.guest_from"), self.organisation, optional=True)
        self.add(
            Columns(
                [
                    (self._guest_field, 1),
                    (away, 1),
                    (last, 1),
                ],
                gap=10,
                one_below=760,
            )
        )
        if running:
            self.head = MeetingHead(page, saved)
            self.add(rule(), self.head)
        self.person.done.connect(self._invite)
        self.back = None
        if done is not None:
            self.back = outlined(text("session.attendance_done"), done, "arrow-left")
            self.add_left(self.back)

    def show_session(self, view: SessionView, people: Sequence[Person], *, may: bool = True) -> None:
        """Shows those asked; the drop-down in use keeps the focus."""
        self._session = view.session
        shown = {str(one.attendance) for one in view.attendees}
        if set(self._rows) != shown:
            held = next((key for key, one in self._rows.items() if one.chosen.hasFocus()), None)
            while self._list.count():
                empty(self._list.takeAt(0))
            self._rows = {}
            for one in view.attendees:
                made = self._rows[str(one.attendance)] = self._line(view, one)
                self._list.addWidget(made)
                self._list.addWidget(rule())
            if held in self._rows:
                self._rows[held].chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        for one in view.attendees:
            self._rows[str(one.attendance)].show_attendee(one, may=may)
        self._invited = tuple(one.attendance for one in view.attendees if one.presence is Presence.INVITED)
        if self._all is not None:
            self._all.setVisible(may and bool(self._invited))
        if self.head is not None:
            self.head.show_session(view, people, may=may)
        there = {one.person for one in view.attendees}
        offered = [(str(one.id), one.name or "") for one in people if one.id not in there and one.active is not False]
        if not self.person.hasFocus() or not self.person.waiting:
            self.person.set_options(offered)
        for control in (self.person, self.guest, self.organisation):
            control.setEnabled(may)

    def flush(self) -> None:
        """Saves what is being typed."""
        for one in self._rows.values():
            one.flush()
        if self.head is not None:
            self.head.flush()

    def first(self) -> QWidget:
        """Where the focus goes."""
        if self._all is not None and not self._all.isHidden():
            return self._all
        return next((one.chosen for one in self._rows.values()), self.person)

    def _line(self, view: SessionView, one: Attendee) -> PresenceLine:
        offered = list(Presence) if self._running else [Presence.INVITED, Presence.APOLOGIES]
        if one.presence not in offered:
            offered.append(one.presence)
        began = view.started_at or view.starts_at
        return PresenceLine(self._page, one, offered, began, partial(self._attend, one.attendance), self._saved)

    def _attend(self, attendance: Id, presence: Presence) -> None:
        desk = self._page.context.desk

        def work() -> None:
            self._begin()
            sessions.attend(desk, attendance, presence)

        self._page.run(work, self._saved)

    def _begin(self) -> None:
        """Who is here is said in the room: the session runs from then on. On the worker."""
        if self._running and self._session is not None:
            sessions.start_session(self._page.context.desk, self._session)

    def _everybody(self) -> None:
        desk, invited = self._page.context.desk, self._invited

        def work() -> None:
            self._begin()
            for one in invited:
                sessions.attend(desk, one, Presence.PRESENT)

        def done(found: Any) -> None:
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)
            self._saved(found)

        self._page.run(work, done)

    def _invite(self) -> None:
        person, desk, session = self.person.value(), self._page.context.desk, self._session
        if not person or session is None:
            return

        def work() -> None:
            line = sessions.invite(desk, session, Id(person))
            if self._running:
                sessions.attend(desk, line, Presence.PRESENT)

        self._page.run(work, self._saved)

    def _add_guest(self) -> None:
        name, organisation = self.guest.value(), self.organisation.value()
        desk, session = self._page.context.desk, self._session
        self._guest_field.show_error("" if name else text("errors.field.name_missing"))
        if not name or session is None:
            self._guest_field.focus()
            return

        def work() -> None:
            line = sessions.invite_guest(desk, session, name, role=Code("guest"), organisation=organisation or None)
            if self._running:
                sessions.attend(desk, line, Presence.PRESENT)

        def done(found: Any) -> None:
            self.guest.set_value("")
            self.organisation.set_value("")
            self._saved(found)

        self._page.run(work, done)
