"""Participants: found as you type; the caseload by what comes next."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Card,
    Cell,
    Change,
    Clear,
    Column,
    Columns,
    DropDown,
    Empty,
    Fixed,
    Flow,
    Page,
    PageAct,
    Params,
    Table,
    TableRow,
    TextField,
    Words,
    chip,
    only,
    outlined,
    row,
    short_day,
    text,
)
from workwell_desktop.desktop.pages.caseload.item_words import due_words, headline
from workwell_desktop.domain.participants import WorkStatus
from workwell_desktop.services.caseload import search
from workwell_desktop.services.caseload.search_views import Among, Found, PersonRow, SortBy

STOPS_MS = 1500
"""Somebody who rests this long on a list has searched it; the event is written down then."""


class ParticipantsPage(Page):
    """Picture 03."""

    route = "participants"
    nav = "participants"
    help_topic = "participants"

    def build(self) -> None:
        self._among = Among.MINE
        self._status: WorkStatus | None = None
        self._sort = SortBy.NEXT
        self._asked = 0
        self._rows: dict[str, PersonRow] = {}
        self.set_title(
            text("participants.title"), "", outlined(text("today.new_referral"), lambda: self.go("referral"), "plus")
        )
        self.search = _Search(self)
        self.search.setAccessibleName(text("participants.search"))
        self.search.setPlaceholderText(text("participants.search"))
        self.search.textEdited.connect(lambda _words: self._ask())
        self._chips: dict[Among, Button] = {
            among: chip(
                text(f"participants.among.{among.value}"), partial(self._choose, among), on=among is self._among
            )
            for among in Among
        }
        only(list(self._chips.values()), self)
        chips = Clear()
        flow = Flow(chips, 10)
        for one in self._chips.values():
            flow.addWidget(one)
        self.add(Columns([(self.search, 1), (chips, Fixed(410))], gap=18))
        self.card = Card(flush=True, gap=0)
        self.said = Words("", "section")
        self.situation = _labelled(
            text("participants.situation"),
            DropDown(
                [(one.value, text(f"participants.status.{one.value}")) for one in WorkStatus],
                empty=text("participants.any"),
            ),
        )
        self.sorting = _labelled(
            text("participants.sort_by"),
            DropDown([(one.value, text(f"participants.sort.{one.value}")) for one in SortBy], self._sort.value),
        )
        self.situation[1].done.connect(self._filter)
        self.sorting[1].done.connect(self._filter)
        self.card.add(self._head())
        columns = [
            Column(text("participants.column.person"), 24, 180),
            Column(text("participants.column.number"), 20, 130),
            Column(text("participants.column.work"), 22, 140),
            Column(text("participants.column.programme"), 15, 130),
            Column(text("participants.column.next"), 20, 160),
        ]
        self.table = Table(columns, name=text("participants.title"))
        self.table.opened.connect(lambda key: self.go("record", participant=key))
        self.nothing = Empty(text("participants.nobody"), text("participants.nobody_line"), icon_name="users")
        self.card.add(self.table, stretch=1)
        self.card.add(self.nothing)
        self.nothing.hide()
        self.first = Empty(text("participants.first"), text("participants.first_line"), icon_name="users")
        self.card.add(self.first)
        self.first.hide()
        self.hint = Words(text("participants.keys"), "note", "soft")
        self.shown = Words("", "note", "soft", wrap=False)
        foot = Clear()
        last = row(foot, (16, 6, 16, 6), 12)
        last.addWidget(self.hint, 1)
        last.addWidget(self.shown)
        self.card.add(foot)
        self.add(self.card, stretch=1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(STOPS_MS)
        self._rest.timeout.connect(self._searched)

    def enter(self, params: Params) -> None:
        if params.get("words"):
            self.search.setText(params["words"])
        self._ask(first=True)

    def changed(self, records: frozenset[Change]) -> None:
        self._ask()

    def first_focus(self) -> QWidget:
        return self.search

    def remember(self) -> dict[str, Any]:
        return {"words": self.search.text(), "among": self._among.value, "sort": self._sort.value}

    def recall(self, memory: dict[str, Any]) -> None:
        self.search.setText(memory.get("words", ""))
        self._among = Among(memory.get("among", Among.MINE.value))
        self._sort = SortBy(memory.get("sort", SortBy.NEXT.value))
        self._chips[self._among].setChecked(True)
        self.sorting[1].set_value(self._sort.value)
        self._ask()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("today.new_referral"), lambda: self.go("referral"), "Ctrl+N"),
            PageAct(text("participants.case_in"), lambda: self.go("case-in"), menu="file"),
        )

    def _head(self) -> QWidget:
        holder = Clear()
        box = row(holder, (16, 0, 12, 6), 10)
        filters = Clear()
        flow = Flow(filters, 10)
        for label, control in (self.situation, self.sorting):
            pair = Clear()
            line = row(pair, (0, 0, 0, 0), 10)
            line.addWidget(label)
            line.addWidget(control)
            flow.addWidget(pair)
        box.addWidget(Columns([(self.said, 1), (filters, Fixed(640))], gap=10))
        return holder

    def _choose(self, among: Among) -> None:
        self._among = among
        self._ask()

    def _filter(self) -> None:
        status = self.situation[1].value()
        self._status = WorkStatus(status) if status else None
        self._sort = SortBy(self.sorting[1].value() or SortBy.NEXT.value)
        self._ask()

    def _ask(self, *, first: bool = False) -> None:
        """Each key asks anew; an answer that a later question has overtaken is not shown."""
        self._asked += 1
        asked, words = self._asked, self.search.text()
        among, status, sort = self._among, self._status, self._sort

        def show(found: Found) -> None:
            if asked == self._asked:
                self._show(found)
            if first:
                self.ready()

        self.run(lambda: search.find(self.context.desk, words, among, status=status, sort=sort), show)
        self._rest.start()

    def _searched(self) -> None:
        if self.search.text():
            self.run(lambda: search.searched(self.context.desk, self._among))

    def _show(self, found: Found) -> None:
        for among, button in self._chips.items():
            words = text(f"participants.among.{among.value}")
            button.say(text("participants.chip", words=words, count=found.counts[among]))
        group = text(f"participants.of.{found.among.value}", count=found.of)
        if found.words:
            self.said.say(text("participants.match", count=len(found.rows), of=group, words=found.words))
        else:
            self.said.say(text("participants.all", of=group))
        self._rows = {row_.participant: row_ for row_ in found.rows}
        self.table.show_rows([self._row(one) for one in found.rows])
        self.table.setVisible(bool(found.rows))
        begun = any(found.counts.values())
        self.nothing.setVisible(begun and not found.rows)
        self.first.setVisible(not begun)
        self.shown.say(text("participants.shown", count=len(found.rows), of=found.of))

    def _row(self, one: PersonRow) -> TableRow:
        marks = {match.field: match.places for match in one.matches}
        called = text("participants.called", name=one.called) if one.called else ""
        second = ". ".join(part for part in (called, one.address if one.like else "") if part)
        lead = len(called) - len(one.called)
        called_marks = tuple((lead + start, lead + end) for start, end in marks.get("called", ()))
        born = (
            text("participants.born", day=short_day(one.birth_date, self.context.today(), weekday=False), age=one.age)
            if one.birth_date
            else ""
        )
        cells = [
            Cell(one.name, second, strong=True, match=marks.get("name", ()), match_second=called_marks),
            Cell(one.nhs_number or text("participants.no_number"), born, match=marks.get("nhs_number", ())),
            Cell(self._work(one), one.employer, match_second=marks.get("employer", ())),
            Cell(clock=(one.programme.week, one.programme.weeks))
            if one.programme.week
            else Cell(text("participants.not_started")),
            self._next(one),
        ]
        return TableRow(one.participant, cells)

    def _work(self, one: PersonRow) -> str:
        if one.work is None:
            return text("participants.work_unknown")
        if one.work is WorkStatus.RETURNED and one.since:
            return text("participants.returned", day=short_day(one.since, self.context.today(), weekday=False))
        if one.work in (WorkStatus.OFF_SICK, WorkStatus.OUT_OF_WORK) and one.work_days is not None:
            weeks = one.work is WorkStatus.OUT_OF_WORK and one.work_days >= 14
            count = one.work_days // 7 if weeks else one.work_days
            return text(f"participants.{one.work.value}_{'weeks' if weeks else 'days'}", count=count)
        return text(f"participants.status.{one.work.value}")

    def _next(self, one: PersonRow) -> Cell:
        if one.next is None:
            return Cell(text("participants.nothing_next"))
        when, tint = due_words(one.next, self.context.today())
        if one.next.kind == "risk":
            when = text("participants.risk")
        return Cell(headline(one.next), when, strong=True, tint=tint)


def _labelled(words: str, control: DropDown) -> tuple[Words, DropDown]:
    label = Words(words, "note", "soft", wrap=False)
    label.setBuddy(control)
    control.setAccessibleName(words)
    return label, control


class _Search(TextField):
    """The field that leads the page; Down goes on into the table."""

    def __init__(self, page: ParticipantsPage) -> None:
        super().__init__()
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._page.table.isVisible():
            self._page.table.setFocus(Qt.FocusReason.TabFocusReason)
            self._page.table.step(0)
            return
        super().keyPressEvent(event)
