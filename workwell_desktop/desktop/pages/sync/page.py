"""Sync: what is only on this computer and why, what came, and the ways in which it goes to others."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Button,
    Card,
    Change,
    Clear,
    Columns,
    Empty,
    Foot,
    Page,
    PageAct,
    Params,
    RowFacts,
    RowList,
    SummaryList,
    Words,
    announce,
    column,
    filled,
    outlined,
    quiet,
    row,
    text,
)
from workwell_desktop.desktop.pages.sync import words
from workwell_desktop.desktop.pages.sync.by_file import ByFile
from workwell_desktop.desktop.pages.sync.joining import Joining
from workwell_desktop.desktop.shell.focus import come_after
from workwell_desktop.desktop.sync_words import NOTHING, only_here, since_words, synced
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Person
from workwell_desktop.services.desk import Desk

if TYPE_CHECKING:
    from workwell_desktop.services.syncing.overview import Overview, Waits


class SyncPage(Page):
    """No parameters."""

    route = "sync"
    nav = ""
    help_topic = "sync"

    def build(self) -> None:
        self._asking = False
        self._stale = False
        self._shown: Overview | None = None
        self._button: Button | None = None
        may = self.context.desk.may(Act.MANAGE_PEOPLE, Person)
        devices = [outlined(text("sync.devices"), partial(self.go, "devices"), "laptop")] if may else []
        self.set_title(text("sync.title"), "", *devices)
        self._state, self._parts = Clear(), Clear()
        self._line: Words | None = None
        left = Clear()
        lines = column(left, (0, 0, 0, 0), 10)
        lines.addWidget(self._state)
        lines.addWidget(self._parts)
        self._joining: Joining | None = None
        if self.context.desk.may(Act.SYNC):
            self._joining = Joining(self, self._joined)
            self._joining.setVisible(False)
            lines.addWidget(self._joining)
        lines.addStretch(1)
        self._state.setVisible(False)
        self._state_box = column(self._state, (0, 0, 0, 0), 8)
        self._parts_box = column(self._parts, (0, 0, 0, 0), 10)
        right = Clear()
        self._beside: QWidget = right
        self._right_box = column(right, (0, 0, 0, 0), 10)
        if self._joining is not None:
            self._right_box.addWidget(ByFile(self))
        self._right_box.addStretch(1)
        self.add(Columns([(left, 3), (right, 2)]))
        self.add_end()
        if self.context.syncing is not None:
            self.context.syncing.moved.connect(self._moved)

    def enter(self, params: Params) -> None:
        self._ask()

    def first_focus(self) -> QWidget | None:
        """Where there is a hub, to sync; a file is rarer."""
        return self._button or super().first_focus()

    def changed(self, records: frozenset[Change]) -> None:
        self._ask()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("sync.conflicts"), partial(self.go, "conflict"), menu="go"),
            PageAct(text("sync.digest"), partial(self.go, "digest"), menu="go"),
        )

    def _ask(self) -> None:
        """Once at a time: while changes come in by the hundred they are counted once more, not a hundred times."""
        if self._asking:
            self._stale = True
            return
        self._asking = True
        desk = self.context.desk
        self.run(lambda: _read(desk), self._show, self._not_read)

    def _not_read(self, error: Exception) -> None:
        self._asking = False
        self.fail(error)

    def _moved(self) -> None:
        """Syncing in the background moved on."""
        self._draw_state()
        if self.context.syncing is not None and not self.context.syncing.now.busy:
            self._ask()

    def _joined(self) -> None:
        if self.context.syncing is not None:
            self.context.syncing.begin()
        self.say(Alert(text("sync.joined"), text("sync.joined_line"), "done", on_close=self.unsay))
        self._ask()

    def _sync_now(self) -> None:
        if self.context.syncing is not None:
            announce(text("standing.syncing"), self)
            self.context.syncing.sync_now()

    # What is shown

    def _show(self, found: "Overview") -> None:
        self._asking = False
        first, self._shown = self._shown is None, found
        here = found.standing.host is not None
        may = self.context.desk.may(Act.SYNC)
        if self._joining is not None:
            self._joining.setVisible(not here)
        if here and may and self._button is None:
            self._button = filled(text("shell.sync_now"), self._sync_now, "refresh-cw")
            self.set_foot(Foot(self._button))
        self._draw_state()
        words.emptied(self._parts_box)
        self._parts_box.addWidget(self._only_here(found))
        if here:
            self._parts_box.addWidget(self._others(found))
        come_after(self._parts, self._joining, self._beside)
        if first:
            self.ready()
        if self._stale:
            self._stale = False
            self._ask()

    def _draw_state(self) -> None:
        """Each trouble in its sentence, above everything else."""
        found = self._shown
        if found is None or found.standing.host is None:
            return
        self._state.setVisible(True)
        now = self.context.syncing.now if self.context.syncing is not None else NOTHING
        before = [one.plain() for one in self._state.findChildren(Alert)]
        alerts = [] if now.busy else words.troubles(found)
        if [one.plain() for one in alerts] == before and not now.busy:
            self._say_line(found)
            return
        words.emptied(self._state_box)
        for one in alerts:
            self._state_box.addWidget(one)
        self._line = Words("", "note", "soft")
        self._state_box.addWidget(self._line)
        self._say_line(found)

    def _say_line(self, found: "Overview") -> None:
        now = self.context.syncing.now if self.context.syncing is not None else NOTHING
        if self._line is None:
            self._line = Words("", "note", "soft")
            self._state_box.addWidget(self._line)
        host, today = found.standing.host or "", self.context.today()
        self._line.say(text("sync.line", host=host, state=synced(found.standing.last, now, today)))

    def _only_here(self, found: "Overview") -> Card:
        if found.standing.host is None:
            card = Card(text("sync.only_here"), gap=8)
            card.add(Words(text("standing.only_here")), Words(text("sync.no_hub"), "note", "soft"))
            card.add_left(outlined(text("sync.backups"), partial(self.go, "settings", section="computer"), "save"))
            return card.end()
        sentence, _short = only_here(found.standing.only_here, self.context.today())
        card = Card(text("sync.only_here"), flush=True)
        if not found.waits:
            card.add(Empty(sentence, text("sync.sent_line"), icon_name="circle-check"))
            return card
        head = Clear()
        row(head, (16, 0, 16, 6), 0).addWidget(Words(sentence, "note", "soft"), 1)
        card.add(head)
        card.add(RowList([("", [self._row(one) for one in found.waits])], name=text("sync.only_here")))
        if found.more:
            card.add(Words(text("sync.more", count=found.more), "note", "soft"))
        return card

    def _row(self, one: "Waits") -> RowFacts:
        go = partial(self.go, "record", participant=str(one.participant)) if one.participant and one.name else None
        since = since_words(one.since, self.context.today()) if one.since else ""
        return RowFacts(
            title=one.name or text(f"sync.where.{one.where}"),
            line=words.what(one),
            icon="user" if one.participant else "users",
            when=text("sync.since", since=since) if since else "",
            act=text("sync.open") if go else "",
            on_act=go,
            on_open=go,
        )

    def _others(self, found: "Overview") -> Card:
        card = Card(text("sync.came"), gap=8)
        last = found.standing.last
        rows = [
            (text("sync.hub"), found.standing.host or ""),
            (
                text("sync.last"),
                words.when(last.astimezone(LONDON), self.context.today()) if last else text("sync.never"),
            ),
        ]
        if found.standing.blobs_missing:
            rows.append((text("sync.papers"), text("sync.papers_missing", count=found.standing.blobs_missing)))
        card.add(SummaryList(rows, ruled=True))
        if found.conflicts:
            choose = outlined(text("sync.conflicts"), partial(self.go, "conflict"), "git-compare-arrows")
            card.add(Alert("", text("sync.conflicts_wait", count=found.conflicts), "due", act=choose))
        card.add_left(quiet(text("sync.digest"), partial(self.go, "digest"), "users"))
        return card.end()


def _read(desk: Desk) -> "Overview":
    # on the worker: what reaches a hub takes long to load
    from workwell_desktop.services.syncing import overview

    return overview.view(desk)
