"""What takes the place of the case for a while: who is here, what is overdue, the second window; made when asked."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from workwell_desktop.desktop.kit import Empty, Page, outlined, text
from workwell_desktop.desktop.pages.session.attendance import AttendancePanel
from workwell_desktop.desktop.pages.session.overdue_panel import OverduePanel
from workwell_desktop.desktop.pages.session.projector import Projector
from workwell_desktop.desktop.pages.session.room_screen import RoomScreen
from workwell_desktop.desktop.pages.session.table import Table
from workwell_desktop.services.meeting.session_views import OverdueLine

Act = Callable[[], Any]
Taken = AttendancePanel | RoomScreen | OverduePanel


class Instead:
    """One at a time; a session that only goes from case to case makes neither."""

    def __init__(
        self,
        page: Page,
        body: QVBoxLayout,
        saved: Callable[[Any], Any],
        done: Act,
        turned: Callable[[str], Any],
        prepare: Act,
        lead: Callable[[OverdueLine], Any],
    ) -> None:
        self._page, self._body, self._saved, self._done = page, body, saved, done
        self._turned, self._prepare, self._lead = turned, prepare, lead
        self._attendance: AttendancePanel | None = None
        self._room: RoomScreen | None = None
        self._overdue: OverduePanel | None = None
        self._nothing: Empty | None = None
        self._table: Table | None = None
        self._may_run = False

    @property
    def attendance(self) -> AttendancePanel:
        """Who is here."""
        if self._attendance is None:
            self._attendance = AttendancePanel(self._page, self._saved, self._done)
            self._attendance.hide()
            self._put(self._attendance)
        return self._attendance

    @property
    def room(self) -> RoomScreen:
        """What the chair does with the second window."""
        if self._room is None:
            self._room = RoomScreen(self._page, self._saved, self._done)
            self._room.hide()
            self._put(self._room)
            self._room.turned.connect(self._turned)
            if self._table is not None:
                self._room.show_case(self._table.case)
        return self._room

    @property
    def overdue(self) -> OverduePanel:
        """What is overdue."""
        if self._overdue is None:
            self._overdue = OverduePanel(self._lead, self._done)
            self._overdue.hide()
            self._put(self._overdue)
        return self._overdue

    def open_panel(self) -> Taken | None:
        """The one that is in sight."""
        for one in (self._attendance, self._room, self._overdue):
            if one is not None and not one.isHidden():
                return one
        return None

    def show_table(self, table: Table, *, may_run: bool) -> None:
        """What the table reads now; where there is no case at all the way to prepare stands in its place."""
        self._table, self._may_run = table, may_run
        self.show_lists()
        if self._room is not None:
            self._room.show_case(table.case)
        if table.case is None and self._nothing is None:
            self._nothing = self._empty(table)
            self._put(self._nothing)
        if self._nothing is not None:
            self._nothing.setVisible(table.case is None)

    def _empty(self, table: Table) -> Empty:
        if table.session.agenda:  # there are cases, and none of them is for whoever looks on
            return Empty(text("session.not_yours"), text("session.not_yours_words"), icon_name="lock")
        prepare = outlined(text("session.prepare"), self._prepare)
        return Empty(text("session.no_cases"), text("session.no_cases_words"), prepare, icon_name="users-round")

    def show_lists(self) -> None:
        """Their rows follow while they are open."""
        panel = self.open_panel()
        if self._table is None:
            return
        if isinstance(panel, AttendancePanel):
            panel.show_session(self._table.session, self._table.people, may=self._may_run)
        elif isinstance(panel, OverduePanel):
            panel.show_session(self._table.session)

    def take_over(self, window: Projector) -> None:
        """A second window that stood with its neutral card while the page was away."""
        self.room.take_over(window)

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._attendance is not None:
            self._attendance.flush()

    def rest(self) -> None:
        """The neutral card, at once, where there is a window."""
        if self._room is not None:
            self._room.rest()

    def let_go(self) -> None:
        """The page goes."""
        if self._room is not None:
            self._room.let_go()

    def _put(self, widget: Taken | Empty) -> None:
        """Above the stretch at the end."""
        self._body.insertWidget(self._body.count() - 1, widget)
