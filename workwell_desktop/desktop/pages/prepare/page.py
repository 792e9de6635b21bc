"""Prepare: a new session, or one that stands: agenda, case by case; when and where; who is invited; the paper."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Card,
    Change,
    Clear,
    Columns,
    Empty,
    Foot,
    Page,
    PageAct,
    Params,
    Tabs,
    clock_words,
    column,
    filled,
    long_day,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.conflicts.marking import mark_session
from workwell_desktop.desktop.pages.prepare.adding import Adding
from workwell_desktop.desktop.pages.prepare.came import say_already
from workwell_desktop.desktop.pages.prepare.caseload import Caseload
from workwell_desktop.desktop.pages.prepare.cases import Cases
from workwell_desktop.desktop.pages.prepare.details import Details
from workwell_desktop.desktop.pages.prepare.editor import CaseEditor
from workwell_desktop.desktop.pages.prepare.opened import Opened
from workwell_desktop.desktop.pages.prepare.paper import AgendaPaper
from workwell_desktop.desktop.pages.prepare.places import put_into
from workwell_desktop.desktop.pages.prepare.reading import SHOWN, Prepared, read_prepared, rules_look_again
from workwell_desktop.desktop.pages.prepare.record_says import record_says, since_words
from workwell_desktop.desktop.pages.session.attendance import AttendancePanel
from workwell_desktop.desktop.pages.session.order import reading_order
from workwell_desktop.desktop.pages.session.overdue import Overdue
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import TeamDocument
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.services.meeting import agenda, sessions
from workwell_desktop.services.meeting.session_views import AgendaLine, SessionView

_PARTS = ("agenda", "caseload", "details", "invited", "paper")


class PreparePage(Page):
    """The case in the editor stays while others change the session."""

    route = "prepare"
    nav = "sessions"
    help_topic = "prepare"

    def build(self) -> None:
        self._session: Id | None = None
        self._item: Id | None = None
        self._part = "agenda"
        self._read: Prepared | None = None
        self._may = self.context.desk.may(Act.PREPARE_SESSION, Session)
        self._may_print = self.context.desk.may(Act.MAKE_PAPERS, TeamDocument)
        self._said = ""
        self._to_question = False
        self._came = False
        self._stale = True
        self.tabs: Tabs | None = None
        self.details: Details | None = None
        self.editor: CaseEditor | None = None
        self.opened: Opened | None = None
        self._says: Clear | None = None
        self._record_said: tuple[object, object] | None = None
        self.cases: Cases | None = None
        self.adding: Adding | None = None
        self.caseload: Caseload | None = None
        self.invited: AttendancePanel | None = None
        self.paper: AgendaPaper | None = None

    def enter(self, params: Params) -> None:
        self._session = Id(params["session"]) if params.get("session") else None
        self._item = Id(params["case"]) if params.get("case") else None
        self._came = params.get("came") == "bring"
        self._ask(first=True)

    def changed(self, records: frozenset[Change]) -> None:
        if self._session is None:
            return
        looks_again = rules_look_again(records, self._read)
        self._stale = self._stale or looks_again
        if looks_again or any(kind in SHOWN for kind, _record, _scope in records):
            self._ask()

    def leave(self) -> None:
        for one in (self.details, self.editor):
            if one is not None:
                one.flush()

    def remember(self) -> dict[str, Any]:
        return {"part": self._part, "item": self._item}

    def recall(self, memory: dict[str, Any]) -> None:
        if memory.get("item") and memory["item"] != self._item:
            self._item = Id(memory["item"])
            self._ask()
        if self.tabs is not None:
            self.tabs.set_value(memory.get("part", "agenda"))

    def acts(self) -> tuple[PageAct, ...]:
        standing = self._session is not None

        def act(name: str, run: Any, key: str = "") -> PageAct:
            return PageAct(text(f"prepare.act.{name}"), run, key, "session", enabled=lambda: standing and self._may)

        return (
            act("add", self._focus_adding),
            act("caseload", lambda: self._open_part("caseload"), "Ctrl+Shift+F"),
            act("up", lambda: self._move(-1), "Alt+Up"),
            act("down", lambda: self._move(1), "Alt+Down"),
            act("next", lambda: self._step(1), "Ctrl+PgDown"),
            act("before", lambda: self._step(-1), "Ctrl+PgUp"),
            *([act("paper", lambda: self._open_part("paper"))] if self._may_print else []),
        )

    def first_focus(self) -> QWidget | None:
        if self._session is None and self.details is not None:
            return self.details.day
        if self.editor is not None:
            return self.editor.question
        return self.adding.line if self.adding is not None and self._may else super().first_focus()

    # Showing

    def _ask(self, *, first: bool = False, case: bool = False) -> None:
        desk, session, item = self.context.desk, self._session, self._item
        known = None if self._stale or first else self._read
        self._stale = False

        def fail(error: Exception) -> None:
            self._stale = True
            self.fail(error)

        self.run(
            lambda: read_prepared(desk, session, item, known),
            lambda found: self._show(found, first=first, case=case),
            fail,
        )

    def _show(self, found: Prepared, *, first: bool, case: bool) -> None:
        view = found.session
        if view is not None and view.status is SessionStatus.LOCKED:
            self.context.navigator.replace("signoff", session=view.session)
            return
        self._read = found
        if view is None:
            self._show_new(found)
        else:
            self._show_title(view)
            if first or self.cases is None:
                self._lay(view)
            self._show_parts(found, view, anew=first or case)
            mark_session(self, view.session)
        self._show_foot(view)
        reading_order(self)
        if case and self._to_question:
            self._to_question = False
            self._focus_question()
        if first:
            self.context.frame.acts_changed()
            self.ready()
        if self._came and found.line is not None:
            self._came = False
            say_already(self, found.line, self._words_came, may=self._may)

    def _words_came(self, _result: Any) -> None:
        self._saved(_result)
        self._ask(case=True)

    def _show_new(self, found: Prepared) -> None:
        self.set_title(text("prepare.title_new"))
        self.clear_body()
        self.details = Details(self, found.teams, found.people, None, self._saved)
        self.add(self.details)
        self.add_end()

    def _show_title(self, view: SessionView) -> None:
        at = view.starts_at.astimezone(LONDON)
        day = text("prepare.at", day=long_day(at.date(), self.context.today()), time=clock_words(at))
        self.set_title(
            text("prepare.title", day=day), ". ".join(part for part in (view.team_name, view.place or "") if part)
        )

    def _lay(self, view: SessionView) -> None:
        self.clear_body()
        left_out = {part for part, may in (("paper", self._may_print), ("caseload", self._may)) if not may}
        words = [(part, text(f"prepare.part.{part}")) for part in _PARTS if part not in left_out]
        self.tabs = Tabs(words, self._part, name=text("prepare.parts"))
        self.tabs.chosen.connect(self._open_part)
        self.cases = Cases(self._choose)
        self.overdue = Overdue()
        self.adding = Adding(self._add_case)
        left = Clear()
        box = column(left, (0, 0, 0, 0), 10)
        box.addWidget(self.overdue)
        box.addWidget(self.adding)
        if not self._may:
            self.adding.hide()
        box.addWidget(self.cases)
        box.addStretch(1)
        self._place = Clear()
        column(self._place)
        self.invited = AttendancePanel(self, self._saved, running=view.status is SessionStatus.RUNNING)
        self._details_place, self._paper_place = Clear(), Clear()
        column(self._details_place)
        column(self._paper_place)
        self.caseload = Caseload(self, view.session, self._filled)
        self._parts: dict[str, QWidget] = {
            "agenda": Columns([(left, 2), (self._place, 3)], first_when_one=left),
            "caseload": self.caseload,
            "details": self._details_place,
            "invited": self.invited,
            "paper": self._paper_place,
        }
        self.add(self.tabs, *self._parts.values())
        self.add_end()
        self._arrange()

    def _show_parts(self, found: Prepared, view: SessionView, *, anew: bool) -> None:
        assert self.cases is not None and self.adding is not None and self.invited is not None  # noqa: S101, PT018
        assert self.caseload is not None  # noqa: S101
        self.caseload.show_found(found.brought, may=self._may)
        shown = found.case.item if found.case else None
        other = anew or self.editor is None or shown != self._item
        if self.editor is not None and found.case is not None and not self.editor.shows(found.case):
            other = True
        self._item = shown
        self.cases.show_agenda(view.agenda, shown)
        self.overdue.show_lines(view.overdue)
        self.adding.show_people(found.others)
        self.invited.show_session(view, found.people, may=self._may)
        if self.details is None or not self.details.dirty:
            self._show_details(found, view)
        line = found.line
        if other:
            self._show_editor(found, view, line)
        elif line is not None and self.editor is not None:
            self.editor.show_line(line)
        if self.editor is not None:
            self._show_record(found)
        if self.opened is not None and found.case is not None:
            self.opened.show_opened(view, found.case, found.opened)
        if self.paper is not None:
            self.paper.show_session(view)

    def _show_details(self, found: Prepared, view: SessionView) -> None:
        focus = self.window().focusWidget()
        if self.details is not None and focus is not None and self.details.isAncestorOf(focus):
            return
        self.details = Details(self, found.teams, found.people, view, self._saved)
        if not self._may:
            self.details.set_read_only()
        put_into(self._details_place, self.details)

    def _show_editor(self, found: Prepared, view: SessionView, line: AgendaLine | None) -> None:
        self.editor = self.opened = None
        if line is None or found.case is None:
            card = Card()
            card.add(Empty(text("session.no_cases"), text("prepare.no_cases_words"), icon_name="users-round"))
            put_into(self._place, card)
            return
        staff = [(str(one.person), one.name) for one in view.attendees if one.person]
        if line.presenter and str(line.presenter) not in {code for code, _name in staff}:
            staff.append((str(line.presenter), line.presenter_name or ""))
        self.editor = CaseEditor(self, line, found.case, staff, self._saved, self._move, may=self._may)
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 10)
        self.opened = Opened(self, self._saved, may=self._may)
        box.addWidget(self.editor)
        self._says, self._record_said = Clear(), None
        column(self._says)
        box.addWidget(self._says)
        box.addWidget(self.opened)
        box.addStretch(1)
        put_into(self._place, holder)

    def _show_record(self, found: Prepared) -> None:
        """What the record says; it may change while somebody prepares."""
        case, says = found.case, found.background
        if self._says is None or self.editor is None or self._record_said == (case, says):
            return
        self._record_said = (case, says)
        card = record_says(case, says, self.context.today()) if case is not None and says is not None else None
        put_into(self._says, card or Clear())
        self.editor.offer_since(since_words(case, says) if case is not None and says is not None else "")

    def _show_foot(self, view: SessionView | None) -> None:
        if view is None:
            back = outlined(text("prepare.back"), lambda: self.go("sessions"), "arrow-left")
            make = filled(text("prepare.make"), self._make, "arrow-right")
            make.setEnabled(self._may)
            self.set_foot(Foot(back, make))
            return
        if self.foot is None or self.foot.buttons[0].accessibleName() != text("prepare.all_sessions"):
            back = outlined(text("prepare.all_sessions"), lambda: self.go("sessions"), "arrow-left")
            running = view.status is SessionStatus.RUNNING
            # days before, Ctrl+Enter behind a last word typed would begin the meeting
            button = filled if running or self._its_day(view) else outlined
            start = button(text("prepare.open" if running else "prepare.start"), self._start, "arrow-right")
            start.setEnabled(running or self.context.desk.may(Act.RUN_SESSION, Session))
            self.set_foot(Foot(back, start))
        if self._said and self.foot is not None:
            self.foot.saved(self._said)

    def _its_day(self, view: SessionView) -> bool:
        return view.starts_at.astimezone(LONDON).date() <= self.context.today()

    def _open_part(self, part: str) -> None:
        self._part = part
        if self.tabs is not None and self.tabs.value() != part:
            self.tabs.set_value(part)
        self.leave()
        self._arrange()

    def _arrange(self) -> None:
        for name, widget in self._parts.items():
            widget.setVisible(name == self._part)
        if self._part == "paper" and self.paper is None and self._session is not None:
            view = self._read.session if self._read is not None else None
            ahead = view is not None and not self._its_day(view)
            self.paper = AgendaPaper(self, self._session, self._saved, to_send_next=ahead)
            put_into(self._paper_place, self.paper)
            if view is not None:
                self.paper.show_session(view)

    # Doing

    def _saved(self, _result: Any) -> None:
        self._said = text("prepare.saved", when=moment_words(self.context.clock.now(), self.context.today()))
        if self.foot is not None:
            self.foot.saved(self._said)

    def _make(self) -> None:
        if self.details is not None:
            self.details.make(lambda session: self.context.navigator.replace("prepare", session=session))

    def _start(self) -> None:
        view, desk = self._read.session if self._read else None, self.context.desk
        if view is None:
            return
        self.leave()
        if view.status is SessionStatus.RUNNING:
            self.go("session", session=view.session)
            return
        session = view.session
        self.run(lambda: sessions.start_session(desk, session), lambda _done: self.go("session", session=session))

    def _choose(self, item: str) -> None:
        """To its question: among sixty cases the row may stand far below the editor."""
        if self.editor is not None:
            self.editor.flush()
        self._item = Id(item)
        self._to_question = True
        self._ask(case=True)

    def _focus_question(self) -> None:
        if self.editor is not None:
            self.editor.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        items = [line.item for line in self._read.session.agenda] if self._read and self._read.session else []
        if self._item in items and 0 <= items.index(self._item) + by < len(items):
            self._to_question = True
            self._choose(items[items.index(self._item) + by])

    def _add_case(self, participant: Id) -> None:
        desk, session = self.context.desk, self._session
        if session is None:
            return

        def added(item: Id) -> None:
            self._item = item
            self._saved(item)
            self._ask(case=True)

        self.run(lambda: agenda.add_case(desk, session, participant), added)

    def _filled(self, items: tuple[Id, ...]) -> None:
        """Back to the agenda, at the first case that came."""
        self._item = items[0] if items else self._item
        self._open_part("agenda")
        self._to_question = True
        self._saved(items)
        self._ask(case=True)

    def _move(self, by: int) -> None:
        view = self._read.session if self._read else None
        line = next((one for one in view.agenda if one.item == self._item), None) if view else None
        if view is None or line is None:
            return
        lane = [one.item for one in view.agenda if one.lane is line.lane]
        place = lane.index(line.item) + by
        desk, item = self.context.desk, line.item
        if 0 <= place < len(lane):
            self.run(lambda: agenda.move_case(desk, item, place), self._saved)

    def _focus_adding(self) -> None:
        self._open_part("agenda")
        if self.adding is not None:
            self.adding.line.setFocus(Qt.FocusReason.OtherFocusReason)
