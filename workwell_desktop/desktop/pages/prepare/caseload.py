"""Whom the site's rules bring to this session, and why; the chosen ones go on the agenda in one press."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Card,
    Check,
    Clear,
    Empty,
    Page,
    Tag,
    Words,
    column,
    date_words,
    long_day,
    outlined,
    quiet,
    row,
    rule,
    text,
)
from workwell_desktop.desktop.pages.session.order import reading_order
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane, Why
from workwell_desktop.services.meeting import agenda_rules
from workwell_desktop.services.meeting.session_views import Suggestion

AT_ONCE = 40
"""Lines that are made at once; the rest comes on request, so that a caseload of thousands opens as fast."""
_TINT = {Lane.URGENT: "risk", Lane.DISCUSS: "brand", Lane.NOTE: "neutral"}


class Caseload(Card):
    """Every line is chosen until somebody takes it out. ``added`` is called once they are on the agenda."""

    def __init__(self, page: Page, session: Id, added: Callable[[Any], Any]) -> None:
        super().__init__(text("prepare.caseload"), gap=8)
        self._page, self._session, self._added = page, session, added
        self._found: tuple[Suggestion, ...] = ()
        self._left_out: set[Id] = set()
        self._shown, self._may = AT_ONCE, True
        self._checks: dict[Id, Check] = {}
        self.add(Words(text("prepare.caseload_words"), "note", "soft"))
        self._list = column(None, (0, 0, 0, 0), 2)
        self.body.addLayout(self._list)
        self.more = quiet(text("prepare.show_more", count=0), self._show_more, "chevron-down")
        self.add_left(self.more)
        self.button = outlined(text("prepare.add_chosen", count=0), self._add, "plus")
        self.add_left(self.button)
        self.end()

    def show_found(self, found: Sequence[Suggestion], *, may: bool = True) -> None:
        """Shows whom the rules bring; what was taken out stays out."""
        if tuple(found) == self._found and self._list.count():
            return
        self._found = tuple(found)
        self._may = may
        self._lay()

    def first(self) -> QWidget | None:
        """Where the focus goes."""
        return next(iter(self._checks.values()), None)

    def chosen(self) -> list[Suggestion]:
        """Those that go on the agenda."""
        return [one for one in self._found if one.participant not in self._left_out]

    def _lay(self) -> None:
        while self._list.count():
            empty(self._list.takeAt(0))
        self._checks = {}
        today = self._page.context.today()
        for one in self._found[: self._shown]:
            self._list.addWidget(self._line(one, today))
            self._list.addWidget(rule())
        if not self._found:
            self._list.addWidget(
                Empty(text("prepare.nobody_brought"), text("prepare.nobody_brought_words"), icon_name="users-round")
            )
        left = len(self._found) - self._shown
        self.more.setVisible(left > 0)
        self.more.say(text("prepare.show_more", count=max(0, left)))
        self._count()

    def _line(self, one: Suggestion, today: date) -> QWidget:
        holder = Clear()
        box = row(holder, (0, 2, 0, 2), 12)
        apart = _apart(one)
        name = text("prepare.suggested", name=one.name, born=apart) if apart else one.name
        check = Check(name, on=one.participant not in self._left_out)
        check.edited.connect(lambda: self._toggle(one.participant, check.isChecked()))
        check.setEnabled(self._may)
        self._checks[one.participant] = check
        lines = column(None, (0, 0, 0, 0), 0)
        lines.addWidget(check)
        said = Words(why_words(one, today), "note", "soft")
        lines.addWidget(said)
        if one.question:
            lines.addWidget(Words(text("prepare.suggested_question", question=one.question), "note"))
        check.setAccessibleDescription(said.plain())
        box.addLayout(lines, 1)
        tag = Tag(text(f"session.lane.{one.lane.value}"), _TINT[one.lane])
        box.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _toggle(self, participant: Id, on: bool) -> None:
        if on:
            self._left_out.discard(participant)
        else:
            self._left_out.add(participant)
        self._count()

    def _count(self) -> None:
        count = len(self.chosen())
        self.button.say(text("prepare.add_chosen", count=count))
        self.button.setVisible(bool(self._found))
        self.button.setEnabled(bool(count) and self._may)

    def _show_more(self) -> None:
        self._shown += AT_ONCE
        self._lay()
        reading_order(self._page)

    def _add(self) -> None:
        desk, session, chosen = self._page.context.desk, self._session, self.chosen()
        self._page.run(lambda: agenda_rules.fill(desk, session, chosen), self._added)


def why_words(one: Suggestion, today: date) -> str:
    """Why the rules bring somebody, in words: "Review due Friday 4 December. 2 actions overdue."."""
    parts = []
    for why in one.why:
        if why is Why.OVERDUE_ACTIONS:
            parts.append(text("prepare.why.overdue_actions", count=one.overdue))
        elif why is Why.REVIEW_DUE and one.since is not None:
            parts.append(text("prepare.why.review_on", day=long_day(one.since, today)))
        else:
            parts.append(text(f"prepare.why.{why.value}"))
    return " ".join(f"{part}." for part in parts)


def _apart(one: Suggestion) -> str:
    if one.address is None:
        return ""
    born = text("session.born", day=date_words(one.born)) if one.born else ""
    return ", ".join(part for part in (born, one.address) if part)
