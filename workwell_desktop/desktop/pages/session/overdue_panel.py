"""The actions that are overdue, in place of the case while the room goes through them: each leads to itself."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Button, Card, RowFacts, RowList, outlined, row, text
from workwell_desktop.desktop.pages.session.owners import owner_words
from workwell_desktop.services.meeting.session_views import OverdueLine, SessionView

AT_FIRST = 8
"""Rows in sight before somebody asks for all."""


class OverduePanel(Card):
    """The longest overdue first. ``lead`` brings the case of an action to the table, with the action in front."""

    def __init__(self, lead: Callable[[OverdueLine], Any], done: Callable[[], Any]) -> None:
        super().__init__(text("prepare.overdue"), gap=8)
        self._lead = lead
        self._shown: tuple[OverdueLine, ...] | None = None
        self._whole = False
        self._rows = RowList(name=text("prepare.overdue"))
        self.add(self._rows)
        self.back: Button = outlined(text("session.attendance_done"), done, "arrow-left")
        self.all = outlined("", self._show_all)
        last = row(None, (0, 6, 0, 0), 10)
        last.addWidget(self.back)
        last.addWidget(self.all)
        last.addStretch(1)
        self.body.addLayout(last)

    def show_session(self, view: SessionView) -> None:
        """What is overdue now; somebody may just have finished one."""
        if view.overdue == self._shown:
            return
        self._shown = view.overdue
        self._lay()

    def first(self) -> QWidget:
        """Where the focus goes."""
        return next(iter(self._rows.rows), self.back)

    def _show_all(self) -> None:
        self._whole = True
        self._lay()
        self._rows.rows[AT_FIRST].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay(self) -> None:
        lines = self._shown or ()
        self._rows.show_groups([("", [self._facts(one) for one in (lines if self._whole else lines[:AT_FIRST])])])
        self.all.say(text("prepare.overdue_all", count=len(lines)))
        self.all.setVisible(not self._whole and len(lines) > AT_FIRST)

    def _facts(self, one: OverdueLine) -> RowFacts:
        case = text("session.agenda_row", number=one.number, name=one.name)
        return RowFacts(
            one.text,
            text("session.overdue_whose", case=case, owner=owner_words(one, one.name)),
            when=text("session.overdue", count=one.days),
            when_tint="due",
            on_open=partial(self._lead, one),
        )
