"""The record of events: who opened, printed, gave out or was refused what, latest first."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Cell,
    Change,
    Clear,
    Column,
    DateField,
    DropDown,
    Empty,
    Flow,
    Page,
    Params,
    Table,
    TableRow,
    TextField,
    Words,
    clock_words,
    outlined,
    quiet,
    row,
    short_day,
    text,
    theme,
)
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.desktop.widgets.turning import Turning
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.screen import has
from workwell_desktop.services.administration import audit, people
from workwell_desktop.services.administration.audit import AuditView, Sought
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import own_entries

AT_ONCE = 1000
"""Events that are read at a time."""


@dataclass(frozen=True, slots=True)
class _Found:
    events: tuple[AuditView, ...]
    people: tuple[Person, ...] = ()
    head: PersonHead | None = None
    own_only: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    event: AuditView
    cells: tuple[Cell, ...]
    searched: str = field(repr=False)


class EventsPage(Page):
    """Opened with ``person`` (one of us), with ``participant``, or for everybody."""

    route = "events"
    nav = "settings"
    help_topic = "events"

    def build(self) -> None:
        self._lines: tuple[_Line, ...] = ()
        self._limit = AT_ONCE
        self.search = TextField()
        self.search.setAccessibleName(text("audit.search"))
        self.search.setPlaceholderText(text("audit.search_short"))
        self.search.textEdited.connect(lambda _words: self._show_lines())
        kinds = [(kind.value, text(f"audit.kind.{kind.value}")) for kind in AuditKind]
        self.kind = DropDown(kinds, empty=text("audit.any_kind"))
        self.kind.setAccessibleName(text("audit.what"))
        self.kind.done.connect(self._ask)
        self.person = DropDown([], empty=text("audit.anybody"))
        self.person.setAccessibleName(text("audit.who"))
        self.person.done.connect(self._ask)
        today = self.context.today()
        self.first = DateField(None, today=today, past=True)
        self.last = DateField(None, today=today, past=True)
        for day, name in ((self.first, "first"), (self.last, "last")):
            day.setAccessibleName(text(f"audit.{name}"))
            day.done.connect(self._ask)
        self.card = Card(flush=True, gap=0)
        self.said = Words("", "section")
        columns = [
            Column(text("audit.column.when"), 16, 130),
            Column(text("audit.column.who"), 20, 140),
            Column(text("audit.column.what"), 34, 200),
            Column(text("audit.column.whom"), 20, 140),
        ]
        self.table = Table(columns, name=text("audit.title"))
        self.table.opened.connect(self._open)
        self.table.setMinimumHeight(theme().measure("table_head") + 4 * theme().measure("list_row"))
        self.nothing = Empty(text("audit.nothing"), text("audit.nothing_line"), icon_name="history")
        self.older = quiet(text("audit.older"), self._ask_older, "history")

    def enter(self, params: Params) -> None:
        self._desk: Desk = self.context.desk
        self._of = Id(params["participant"]) if params.get("participant") else None
        self._ask()

    def changed(self, records: frozenset[Change]) -> None:
        """An event is no record; the page reads anew when it is opened."""

    def first_focus(self) -> QWidget:
        return self.search

    def remember(self) -> dict[str, Any]:
        return {
            "words": self.search.text(),
            "kind": self.kind.value(),
            "person": self.person.value(),
            "first": self.first.text(),
            "last": self.last.text(),
        }

    def recall(self, memory: dict[str, Any]) -> None:
        self.search.setText(memory.get("words", ""))
        self.kind.set_value(memory.get("kind"))
        self.person.set_value(memory.get("person"))
        self.first.setText(memory.get("first", ""))
        self.last.setText(memory.get("last", ""))
        self._ask()

    def _ask(self) -> None:
        limit, sought = self._limit, self._sought()
        self.run(lambda: self._read(sought, limit), self._show)

    def _sought(self) -> Sought:
        laid = self.table.parentWidget() is not None
        person = self.person.value() if laid else self.params.get("person")
        return Sought(
            person=Id(person) if person else None,
            participant=self._of,
            kind=AuditKind(kind) if (kind := self.kind.value()) else None,
            first=self.first.day(),
            last=self.last.day(),
        )

    def _read(self, sought: Sought, limit: int) -> _Found:
        """What the person may see: everything, or what they did themselves."""
        desk = self._desk
        if not desk.may(Act.READ_AUDIT):
            return _Found(audit.find_own(desk, sought, limit), own_only=True)
        ours = people.everyone(desk, gone=True)
        if self._of is None:
            return _Found(audit.find(desk, sought, limit), ours)
        head = person_head(desk, self._of) if desk.may(Act.READ, Participant) else None
        return _Found(audit.find(desk, sought, limit), ours, head)

    def _ask_older(self) -> None:
        self._limit *= 4
        self._ask()

    def _show(self, found: _Found) -> None:
        first = self.table.parentWidget() is None
        self._lines = tuple(self._line(one) for one in found.events)
        if found.head is not None and first:
            show_person(self, found.head)
        if first:
            self._lay(found)
        self.older.setVisible(len(found.events) >= self._limit)
        self._show_lines()
        if first:
            self.ready()

    def _lay(self, found: _Found) -> None:
        mine = outlined(text("retention.mine_save"), self._ask_place, "download") if self._of is None else None
        acts = (mine,) if mine is not None else ()
        self.set_title(text("audit.title_of_person" if self._of is not None else "audit.title"), "", *acts)
        if found.own_only:
            self.say(Alert("", text("audit.own_only"), "info"))
        self.person.set_options([(str(one.id), one.name or "") for one in found.people], self.params.get("person"))
        line = Clear()
        box = Turning(line)
        box.addWidget(self.search, 3)
        box.addWidget(self.kind, 2)
        if not found.own_only:
            box.addWidget(self.person, 2)
        self.add(line)
        days = Clear()
        between = Flow(days, 12)
        for day, name in ((self.first, "first"), (self.last, "last")):
            pair = Clear()
            one = row(pair, (0, 0, 0, 0), 12)
            one.addWidget(Words(text(f"audit.{name}_short"), "note"))
            one.addWidget(day)
            between.addWidget(pair)
        self.add(days)
        head = Clear()
        row(head, (16, 0, 16, 6), 0).addWidget(self.said)
        self.card.add(head)
        self.card.add(self.table, stretch=1)
        self.card.add(self.nothing)
        foot = Clear()
        last = row(foot, (16, 6, 16, 6), 12)
        last.addWidget(Words(text("audit.foot"), "note", "soft"), 1)
        last.addWidget(self.older)
        self.card.add(foot)
        self.add(self.card, stretch=1)

    def _ask_place(self) -> None:
        title, kinds = text("retention.mine_title"), text("retention.mine_kind")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, text("retention.mine_name"), kinds)
        if chosen:
            self.save_mine(Path(chosen))

    def save_mine(self, place: Path) -> None:
        """Writes everything that whoever acts has written into a file."""
        desk = self._desk

        def saved(count: int) -> None:
            said = text("retention.mine_saved", count=count)
            self.say(Alert(said, text("retention.mine_line"), "done", on_close=self.unsay))

        self.run(lambda: own_entries.save(desk, place), saved, self.fail)

    def _show_lines(self) -> None:
        wanted = self.search.text().casefold().split()
        shown = [line for line in self._lines if all(word in line.searched for word in wanted)]
        self.table.show_rows([TableRow(line.event.event, line.cells) for line in shown])
        self.table.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.said.say(text("audit.count", count=len(shown)))

    def _line(self, one: AuditView) -> _Line:
        at = one.at.astimezone(LONDON)
        day = short_day(at.date(), self.context.today(), weekday=True)
        what, more = event_words(one), detail_words(one)
        tint = {AuditKind.REFUSED: "due", AuditKind.UNLOCK_FAILED: "due"}.get(one.kind, "")
        cells = (
            Cell(day, clock_words(at)),
            Cell(one.person_name),
            Cell(what, more, strong=True, tint=tint if more else ""),
            Cell(one.participant_name),
        )
        return _Line(one, cells, " ".join(cell.spoken() for cell in cells).casefold())

    def _open(self, event: str) -> None:
        """The record that an event is about."""
        one = next((line.event for line in self._lines if line.event.event == event), None)
        if one is not None and one.participant is not None and one.participant_name and self._may_open():
            self.go("record", participant=str(one.participant))

    def _may_open(self) -> bool:
        return self._desk.may(Act.READ, Participant) and "record" in self.context.navigator.routes


def event_words(one: AuditView) -> str:
    """What happened, in words."""
    if one.kind is AuditKind.OPENED and one.record is not None:
        return text("audit.opened_paper")
    return text(f"audit.said.{one.kind.value}")


def detail_words(one: AuditView) -> str:
    """What a code of the event means; nothing for one that this version does not know."""
    group = {AuditKind.REFUSED: "act", AuditKind.SEARCHED: "among"}.get(one.kind, "detail")
    key = f"audit.{group}.{one.detail}"
    return text(key) if one.detail and has(key) else ""
