"""The session: agenda at the left, the case in the middle, the decision at the right; the whole window."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Change,
    Clear,
    Page,
    PageAct,
    Params,
    Region,
    Scroll,
    clock_words,
    column,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.conflicts.marking import show_marks
from workwell_desktop.desktop.pages.session.agenda_side import AgendaSide
from workwell_desktop.desktop.pages.session.bar import SessionBar
from workwell_desktop.desktop.pages.session.brings import Brings
from workwell_desktop.desktop.pages.session.case import CaseTable
from workwell_desktop.desktop.pages.session.decision import Decision
from workwell_desktop.desktop.pages.session.instead import Instead, Taken
from workwell_desktop.desktop.pages.session.order import drop, reading_order
from workwell_desktop.desktop.pages.session.overdue_panel import OverduePanel
from workwell_desktop.desktop.pages.session.panels import Panels
from workwell_desktop.desktop.pages.session.projector import Projector
from workwell_desktop.desktop.pages.session.room_screen import RoomScreen
from workwell_desktop.desktop.pages.session.table import Table, after, keep_at_table, read_table
from workwell_desktop.desktop.pages.session.timing import Timing
from workwell_desktop.desktop.shell.focus import DIVIDED
from workwell_desktop.desktop.widgets.layouts import reveal
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Discussion, Lane, Session, SessionStatus, Withdrawn
from workwell_desktop.services.meeting import agenda, discussions, sessions
from workwell_desktop.services.meeting.session_views import AgendaLine, CaseView, OverdueLine
from workwell_desktop.services.safekeeping import conflicts
from workwell_desktop.store import ConflictPlace

_KINDS = frozenset(
    {
        "session", "attendance", "agenda_item", "discussion", "contribution", "action", "agreement", "obstacle",
        "funding", "advice", "work_situation", "adjustment",
        "response", "person", "participant",
    }
)  # fmt: skip


class SessionPage(Page):
    """Picture 06."""

    route = "session"
    nav = "sessions"
    help_topic = "session"
    whole_window = True
    scrolls = False
    margins = (0, 0, 0, 0)
    gap = 0

    def build(self) -> None:
        self._session = Id("")
        self._item: Id | None = None
        self._kept: Id | None = None
        self._table: Table | None = None
        self._noted: set[str] = set()
        self.agenda_lines: tuple[AgendaLine, ...] = ()
        desk = self.context.desk
        self._may = desk.may(Act.RECORD_DECISION, Discussion)
        self._may_run = desk.may(Act.RUN_SESSION, Session)
        self.bar = SessionBar(self._leave_room, self._end, self._open_room)
        self._top.addWidget(self.bar)
        # each part takes its place while it is empty: a widget that moves is dressed anew with all that is in it
        self.panels = Panels()
        self.add(self.panels, stretch=1)
        self.panels.changed.connect(self._arrange)
        self.tabs = self.panels.tabs
        self._top.addWidget(self.tabs)
        self.agenda = AgendaSide(self._change_attendance, self._look_at_overdue, self.panels)
        self.agenda.opened.connect(lambda item: self.open_case(Id(item)))
        # F6 goes through the three, and not to the page as one
        self.region.setProperty(DIVIDED, True)
        table = Region(text("session.part.case"), self.panels)
        self.middle = Scroll((20, 12, 20, 12), 8)
        column(table).addWidget(self.middle)
        self.decision = Decision(self, self._saved, self._agree, self.panels)
        self.panels.put(self.agenda, table, self.decision)
        self.case = CaseTable(self, self._saved, self._keep_off)
        self.brings = Brings(self, self._saved)
        self.apart = Clear()
        self._apart = column(self.apart)
        self._apart_count = 0
        self.middle.body.addWidget(self.apart)
        self.apart.hide()
        for widget in (self.case, self.brings):
            self.middle.body.addWidget(widget)
        self.middle.body.addStretch(1)
        self.instead = Instead(
            self, self.middle.body, self._saved, self._back_to_case, self.bar.show_room, self._prepare, self._lead
        )
        self.timing = Timing(
            self.context.clock, self.bar.timer, self.context.desk.site.pace.session_lock_after_minutes * 60
        )

    def enter(self, params: Params) -> None:
        self._session = Id(params["session"])
        self._item = Id(params["case"]) if params.get("case") else None
        self._take_over_window()
        desk = self.context.desk
        session, item = self._session, self._item
        self.run(lambda: read_table(desk, session, item), lambda table: self._show(table, first=True))

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in _KINDS for kind, _record, _scope in records):
            self._read()

    def leave(self) -> None:
        self._note_time()
        self.timing.stop()
        self._flush()
        self.instead.let_go()
        self.context.frame.rest_after(None)

    def remember(self) -> dict[str, Any]:
        self.timing.stop()
        return {"item": self._item, "spent": self.timing.spent, "noted": sorted(self._noted), "part": self.tabs.value()}

    def recall(self, memory: dict[str, Any]) -> None:
        self.timing.spent = dict(memory.get("spent", {}))
        self.timing.show()
        self._noted = set(memory.get("noted", ()))
        self.tabs.set_value(memory.get("part", "case"))
        if memory.get("item") and memory["item"] != self._item:
            self.open_case(Id(memory["item"]))

    def acts(self) -> tuple[PageAct, ...]:
        return (
            _act("next", lambda: self._step(1), "Ctrl+PgDown"),
            _act("before", lambda: self._step(-1), "Ctrl+PgUp"),
            _act("decision", self._write_decision, "Ctrl+Shift+D"),
            _act("action", self._new_action, "Ctrl+Shift+A"),
            _act("funding", self._new_funding),
            _act("advice", self._new_advice),
            *(_withdrawal(one, partial(self._withdraw, one)) for one in Withdrawn if self._may_run),
            _act("attendance", self._change_attendance, "Ctrl+Shift+H"),
            _act("overdue", self._look_at_overdue, "Ctrl+Shift+O"),
            _act("there", self._say_who_is_there),
            _act("screen", self._open_room, "Ctrl+Shift+P"),
            _act("rest", self.instead.rest, "Ctrl+Shift+N"),
            _act("end", self._end, "Ctrl+Shift+E"),
            _act("leave", self._leave_room),
            _act("record", self._open_record, menu="participant"),
        )

    def filled_button(self) -> Button | None:
        """The same act from every part, in one column too."""
        return self.decision.button if self.decision.button.isEnabled() else None

    def first_focus(self) -> QWidget | None:
        panel = self.instead.open_panel()
        if panel is not None:
            return panel.first()
        return (
            self.decision.decision if self._table and self._table.case and self.panels.wide() else super().first_focus()
        )

    def fail(self, error: Exception) -> None:
        """What was typed is not saved yet: the bar must not go on saying so."""
        self.bar.say_saved("")
        super().fail(error)

    # Showing

    def open_case(self, item: Id) -> None:
        """Brings a case to the table; what is typed for the last one is saved first."""
        self._flush()
        self._note_time()
        self._item = item
        self._back_to_case()
        self._read(anew=True)

    def _read(self, *, anew: bool = False) -> None:
        """``anew`` brings another case to the table: the session stands as it was read, or ``changed`` comes after."""
        desk, session, item, held = self.context.desk, self._session, self._item, self._table if anew else None
        self.run(lambda: read_table(desk, session, item, held), lambda table: self._show(table, anew=anew))

    def _show(self, table: Table, *, first: bool = False, anew: bool = False) -> None:
        view = table.session
        if view.status is SessionStatus.LOCKED:
            self.context.navigator.replace("signoff", session=self._session)
            return
        if not first and table.case is not None and self._item is not None and table.case.item != self._item:
            return
        self._table, self.agenda_lines = table, view.agenda
        running = view.status is SessionStatus.RUNNING
        self.context.frame.rest_after(self.context.desk.site.pace.session_lock_after_minutes if running else None)
        self.heading.say(self.bar.title.plain())
        self.bar.show_session(view, self.context.today())
        self.instead.show_table(table, may_run=self._may_run)
        if table.case is not None:
            self._item = table.case.item
            self.agenda.show_session(view, table.case.item)
            staff = [(str(one.id), one.name or "") for one in table.people if one.active is not False]
            self.case.show_case(table.case, table.banner, staff, found=table.found, anew=first or anew)
            self.brings.show_case(table.case, view)
            self.decision.show_case(table.case, view, table.people, may=self._may)
            self._say_next(table)
        else:
            self.agenda.show_session(view, "")
        self._show_apart(table.apart)
        self.decision.setEnabled(table.case is not None)
        self.heading.say(self.bar.title.plain())
        self._arrange()
        reading_order(self)
        if table.case is not None:
            self.timing.at_table(table.case.item, table.case.minutes or 0, table.case.seconds)
            if running:
                self._keep_at_table(table.case.item)
        if first:
            nobody = view.attendees and not any(one.here for one in view.attendees)
            if self._may_run and nobody and view.status is SessionStatus.RUNNING:
                self._change_attendance()
            self.ready()
        elif anew:
            self.middle.verticalScrollBar().setValue(0)
            self.unsay()
            self.errors.show_links([])
            focus = self.case.in_front() or self.first_focus()
            if focus is not None and self.panels.wide():
                focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_at_table(self, item: Id) -> None:
        if item != self._kept:
            self._kept = item
            desk, session = self.context.desk, self._session
            self.run(lambda: keep_at_table(desk, session, item), lambda _done: None)

    def _marked(self, apart: Sequence[ConflictPlace]) -> None:
        show_marks(self, apart, session=str(self._session))

    def _show_apart(self, count: int) -> None:
        """Two note-takers who were apart wrote different answers: somebody chooses, when the room has time for it."""
        if count or self.apart_marks:
            desk, session = self.context.desk, self._session
            self.run(lambda: conflicts.marks_of_session(desk, session), self._marked)
        if count == self._apart_count:
            return
        self._apart_count = count
        drop(self._apart)
        self.apart.setVisible(bool(count))
        if count:
            act = outlined(text("session.two_answers_act"), lambda: self.go("conflict", session=self._session))
            self._apart.addWidget(Alert("", text("session.two_answers", count=count), "due", act=act))

    def _say_next(self, table: Table) -> None:
        case = table.case
        assert case is not None  # noqa: S101 - asked by the caller
        nxt = after(self.agenda_lines, case, self._noted)
        self.decision.say_next(nxt.number if nxt else None, case.lane)
        self.decision.button.setEnabled(self._may)

    def _arrange(self) -> None:
        self.decision.stand_alone(not self.panels.wide())
        self.panels.arrange()
        case = self._table.case if self._table else None
        asked = self.instead.open_panel() is not None
        self.case.setVisible(case is not None and not asked)
        self.brings.setVisible(case is not None and case.visible and not asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.instead.open_panel() is not None:
            self._flush()
            self._back_to_case()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        self._arrange()

    # Doing

    def _flush(self) -> None:
        self.case.flush()
        self.brings.flush()
        self.instead.flush()
        self.decision.flush()

    def _saved(self, _result: Any) -> None:
        self._say_saved()
        self._read()

    def _say_saved(self) -> None:
        self.bar.say_saved(text("session.saved", time=clock_words(self.context.clock.now())))

    def _agree(self) -> None:
        case = self._table.case if self._table else None
        if case is None:
            return
        self._flush()
        if not case.visible or (case.lane is Lane.NOTE and not self.decision.decision.value()):
            self._noted.add(case.item)
            self._go_on(case)
        elif self.decision.complete():
            self.decision.steps.finish(lambda: self._decide(case))
        else:
            self.tabs.set_value("decision")

    def _decide(self, case: CaseView) -> None:
        desk, given, session = self.context.desk, self.decision.given(), self._session

        def work() -> None:
            if self._may_run:
                sessions.start_session(desk, session)
            discussions.decide(desk, case.discussion, **given)

        def done(_result: Any) -> None:
            self.decision.settled()
            self._say_saved()
            self._go_on(case)

        self.run(work, done, self.decision.refused)

    def _go_on(self, case: CaseView) -> None:
        nxt = after(self.agenda_lines, case, self._noted)
        if nxt is None:
            self._end()
        else:
            self.open_case(nxt.item)

    def _step(self, by: int) -> None:
        items = [line.item for line in self.agenda_lines]
        if self._item in items and 0 <= items.index(self._item) + by < len(items):
            self.open_case(items[items.index(self._item) + by])

    def _note_time(self) -> None:
        """How long the case at the table was given goes into the record while the session runs."""
        table, desk = self._table, self.context.desk
        if table is None or table.case is None or not self._may_run:
            return
        item, seconds = table.case.item, int(self.timing.seconds())
        if table.session.status is SessionStatus.RUNNING and seconds > table.case.seconds:
            self.run(lambda: agenda.spend(desk, item, seconds), lambda _done: None)

    def _new_action(self) -> None:
        self.tabs.set_value("decision")
        self.decision.steps.open_form()

    def _new_funding(self) -> None:
        self.tabs.set_value("decision")
        self.decision.more.open_funding()

    def _new_advice(self) -> None:
        self.tabs.set_value("decision")
        self.decision.more.open_advice()

    def _withdraw(self, why: Withdrawn) -> None:
        """The case leaves the table, and the room goes on with the next one."""
        case, desk = self._table.case if self._table else None, self.context.desk
        if case is None:
            return

        def done(_result: Any) -> None:
            self._say_saved()
            self._go_on(case)

        self.run(lambda: agenda.withdraw_case(desk, case.item, why), done)

    def _change_attendance(self) -> None:
        self._open_panel(self.instead.attendance)

    def _look_at_overdue(self) -> None:
        if self._table is not None and self._table.session.overdue:
            self._open_panel(self.instead.overdue)

    def _lead(self, line: OverdueLine) -> None:
        """To the case of an action, with the action in front."""
        item = next((one.item for one in self.agenda_lines if one.participant == line.participant), None)
        if item is not None:
            self.case.bring_forward(line.action)
            self.open_case(item)

    def _open_room(self) -> None:
        self._open_panel(self.instead.room)
        self.instead.room.update_case()

    def _keep_off(self) -> None:
        """To the words that the room must not read."""
        self._open_room()
        self.instead.room.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_who_is_there(self) -> None:
        self.tabs.set_value("case")
        self._back_to_case()
        if self.case.there is not None:
            self.case.there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_decision(self) -> None:
        self._back_to_case()
        self.tabs.set_value("decision")
        self.decision.decision.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_over_window(self) -> None:
        for window in self.context.frame.windows():
            if isinstance(window, Projector):
                self.instead.take_over(window)

    def _open_panel(self, panel: Taken) -> None:
        """A panel takes the place of the case; one at a time."""
        self.tabs.set_value("case")
        self._back_to_case()
        panel.show()
        self.instead.show_lists()
        self._arrange()
        panel.first().setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._from_the_top)

    def _from_the_top(self) -> None:
        """Once the panel is laid out: before that nobody knows where its controls stand."""
        self.middle.verticalScrollBar().setValue(0)
        held = QApplication.focusWidget()
        if held is not None and self.middle.isAncestorOf(held):
            reveal(held)

    def _back_to_case(self) -> None:
        panel = self.instead.open_panel()
        if panel is not None:
            panel.hide()
            self._arrange()
            self.middle.verticalScrollBar().setValue(0)
            backs = {RoomScreen: self.bar.room, OverduePanel: self.agenda.overdue}
            backs.get(type(panel), self.agenda.change).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_record(self) -> None:
        if self._table is not None and self._table.case is not None:
            self.go("record", participant=self._table.case.participant)

    def _prepare(self) -> None:
        self.go("prepare", session=self._session)

    def _leave_room(self) -> None:
        self.go("sessions")

    def _end(self) -> None:
        self.go("signoff", session=self._session)


def _withdrawal(why: Withdrawn, run: Any) -> PageAct:
    return PageAct(text("session.withdraw", why=text(f"session.withdrawn_why.{why.value}")), run, "", "session")


def _act(name: str, run: Any, key: str = "", menu: str = "session") -> PageAct:
    return PageAct(text(f"session.act.{name}"), run, key, menu)
