"""The record: what matters, where we are, what next, and everything behind it in tabs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from workwell_desktop.desktop.kit import Change, PageAct, Params, Tabs, text
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.desktop.pages.record.lists import (
    lay_agreements,
    lay_assessments,
    lay_papers,
    read_agreements,
    read_assessments,
    read_papers,
)
from workwell_desktop.desktop.pages.record.overview import lay as lay_overview
from workwell_desktop.desktop.pages.record.overview import read as read_overview
from workwell_desktop.desktop.pages.record.plan_tab import lay_plans, read_plans
from workwell_desktop.desktop.pages.record.sessions_tab import lay_sessions, read_sessions
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.desktop.pages.record.timeline import lay_everything, read_everything
from workwell_desktop.desktop.shell.focus import focus_again, focus_key
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk

TABS = ("overview", "assessments", "plan", "sessions", "papers", "agreements", "everything")

Read = Callable[[Desk, Id], Any]
Lay = Callable[[RecordSheet, Any], None]

_PARTS: dict[str, tuple[Read, Lay]] = {
    "overview": (read_overview, lay_overview),
    "assessments": (read_assessments, lay_assessments),
    "plan": (read_plans, lay_plans),
    "sessions": (read_sessions, lay_sessions),
    "papers": (read_papers, lay_papers),
    "agreements": (read_agreements, lay_agreements),
    "everything": (read_everything, lay_everything),
}


class RecordPage(RecordSheet):
    """Picture 04. ``participant`` and, where not the first, ``tab``."""

    route = "record"
    nav = "participants"
    help_topic = "record"
    margins = (24, 10, 24, 10)

    def build(self) -> None:
        self.tab = TABS[0]
        self.tabs: Tabs | None = None
        self.head: PersonHead | None = None
        self.who = Id("")
        self.pending = None
        self.lane = ""
        self.saved_line = None
        self.writing = False
        self.first_words = None
        self._asked = 0
        self._laid = ""

    def first_focus(self) -> QWidget | None:
        """The next act; a field would take what one types by mistake, unless it was asked for."""
        if self.writing and self.first_words is not None:
            return self.first_words
        return self.filled_button() or super().first_focus()

    def enter(self, params: Params) -> None:
        self._laid = ""
        self.writing = False
        self.lane = ""
        self.who = Id(params["participant"])
        self.tab = params.get("tab", TABS[0])
        if self._memory.get("own", {}).get("tab") in TABS:
            self.tab = self._memory["own"]["tab"]
        self.ask()

    def changed(self, records: frozenset[Change]) -> None:
        """Something of this person changed; a field that is being written in is not taken away."""
        mine = {kind for kind, _record, scope in records if scope == self.who}
        if mine - {"participant"}:
            self.ask()
        elif mine and self.head is not None:
            desk, who = self.context.desk, self.who
            self.run(lambda: person_head(desk, who), self._show_head)

    def leave(self) -> None:
        if self.pending is not None:
            self.pending()

    def remember(self) -> dict[str, Any]:
        return {"tab": self.tab}

    def acts(self) -> tuple[PageAct, ...]:
        """Everything that one does about this person."""
        go = self.open_page
        may_erase = self.context.desk.may(Act.ERASE)
        return (
            PageAct(text("record.act.contact"), partial(go, "contact"), "Ctrl+Shift+C"),
            PageAct(text("record.act.assess"), partial(self.choose, "assessments")),
            PageAct(text("record.act.plan"), partial(go, "plan")),
            PageAct(text("record.act.matters"), partial(self.write, True)),
            PageAct(text("record.act.work"), partial(go, "work")),
            PageAct(text("record.act.obstacle"), partial(go, "obstacle")),
            PageAct(text("record.act.find_service"), partial(go, "services"), "Ctrl+Shift+S"),
            PageAct(text("record.act.loops"), partial(go, "loops")),
            PageAct(text("record.act.appointment"), partial(go, "appointment"), "Ctrl+Shift+K"),
            PageAct(text("record.act.blocks"), partial(go, "blocks")),
            PageAct(text("record.act.agreement"), partial(go, "agreement")),
            PageAct(text("record.act.duties"), partial(go, "duties")),
            PageAct(text("record.act.details"), partial(go, "details")),
            PageAct(text("record.act.bring"), partial(go, "bring"), "Ctrl+Shift+B", menu="session"),
            PageAct(text("record.act.handover"), partial(go, "handover")),
            PageAct(text("record.act.case_out"), partial(go, "case-out")),
            PageAct(text("record.act.leave"), partial(go, "ending", reason="chose_to_leave")),
            PageAct(text("record.act.ending"), partial(go, "ending")),
            *((PageAct(text("record.act.erase"), partial(go, "erase")),) if may_erase else ()),
            PageAct(text("record.act.next_tab"), partial(self._step, 1), "Ctrl+Tab"),
            PageAct(text("record.act.tab_before"), partial(self._step, -1), "Ctrl+Shift+Tab"),
        )

    def write(self, on: bool) -> None:
        """What matters becomes fields to write in, or words to read again."""
        if self.tab != TABS[0]:
            self.choose(TABS[0])
        self.leave()
        self.writing = on
        self._laid = ""
        self.first_words = None
        self.ask()

    def choose(self, tab: str) -> None:
        """Shows another tab."""
        if tab == self.tab:
            return
        self.leave()
        self.writing = False
        self.tab = tab
        if self.tabs is not None:
            self.tabs.set_value(tab)
        self.ask()

    def ask(self) -> None:
        """Reads what the tab shows; an answer that a later question has overtaken is not shown."""
        self.leave()
        self._asked += 1
        asked, desk, who = self._asked, self.context.desk, self.who
        read, lay = _PARTS[self.tab]

        def show(found: tuple[PersonHead, Any]) -> None:
            if asked == self._asked:
                self._show(found, lay)

        self.run(lambda: (person_head(desk, who), read(desk, who)), show)

    def _step(self, by: int) -> None:
        self.choose(TABS[(TABS.index(self.tab) + by) % len(TABS)])

    def _show(self, found: tuple[PersonHead, Any], lay: Lay) -> None:
        again = self._laid == self.tab
        on_tabs = self.tabs is not None and self.tabs.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]
        key = focus_key(self) if again else None
        self.pending = None
        self._laid = self.tab
        self._show_head(found[0])
        self.clear_body()
        lay(self, found[1])
        if key is not None:
            QTimer.singleShot(0, self, lambda: focus_again(self, key))
        elif not on_tabs and not again:
            self.ready()

    def _show_head(self, head: PersonHead) -> None:
        if self.tabs is not None and head == self.head:
            return
        self.head = head
        focused = self.tabs is not None and self.tabs.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]
        self.tabs = Tabs([(code, text(f"record.tab.{code}")) for code in TABS], self.tab, name=text("record.tabs"))
        self.tabs.chosen.connect(self.choose)
        show_person(self, head, self.tabs)
        if focused:
            self.tabs.setFocus()
