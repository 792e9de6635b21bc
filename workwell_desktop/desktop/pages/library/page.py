"""The library: forms on the shelf, changes at work, services for the whole country; crisis lines stand first."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Cell,
    Change,
    Clear,
    Column,
    Empty,
    Field,
    Foot,
    Page,
    PageAct,
    Params,
    Table,
    TableRow,
    Tabs,
    TextField,
    Words,
    column,
    filled,
    outlined,
    text,
    theme,
)
from workwell_desktop.desktop.pages.directory.words import checked_words, need_words
from workwell_desktop.desktop.pages.library.forms_tab import columns, row_of
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormVersion
from workwell_desktop.domain.reference import AdjustmentRow
from workwell_desktop.services.assessing import form_views, library, shelf
from workwell_desktop.services.assessing.form_views import FormRow
from workwell_desktop.services.assessing.library import FormEntry
from workwell_desktop.services.signposting import directory
from workwell_desktop.services.signposting.directory_views import Entry, Looked

TABS = ("forms", "changes", "services")
LINE = 38
"""Letters on a line of what a change helps with."""
LEAST_LIST = 200
"""Pixels at 100 % that the list keeps."""
WAIT = 150
"""Milliseconds between the last letter and the search."""


class LibraryPage(Page):
    """``tab`` is forms, changes or services."""

    route = "library"
    nav = "library"
    help_topic = "library"

    def build(self) -> None:
        self.tab = TABS[0]
        self._was_narrow = False
        self._connected = False
        self.table: Table | None = None
        self._find: TextField | None = None
        self._card: Card | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT)
        self._wait.timeout.connect(self._search)
        self.tabs = Tabs([(code, text(f"library.tab.{code}")) for code in TABS], self.tab, name=text("library.parts"))
        self.tabs.chosen.connect(self._choose)
        below = Clear()
        self._box = column(below, (0, 0, 0, 0), 10)
        self.add(self.tabs)
        self.add(below, stretch=1)

    def enter(self, params: Params) -> None:
        self._open(params.get("tab", self.tab))
        self.ready()
        if self._may_import():
            # a newer program may have brought forms with it: they wait here, so that nobody has to ask for them
            desk = self.context.desk
            self.run(lambda: library.take_in_new(desk), self._came)

    def remember(self) -> dict[str, str]:
        return {"tab": self.tab, "words": self._words()}

    def recall(self, memory: dict[str, str]) -> None:
        if memory.get("tab") in TABS and memory["tab"] != self.tab:
            self._open(memory["tab"])
        if self._find is not None and memory.get("words"):
            self._find.set_value(memory["words"])
            self._search()

    def changed(self, records: frozenset[Change]) -> None:
        """A form came in or went; the lists beside it are files."""
        if self.tab == "forms" and any(kind in ("form", "form_rights") for kind, _record, _scope in records):
            self._search()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("library.take_in"), self._take_in, menu="file", enabled=self._may_import),
            PageAct(text("library.offer_shipped"), self._offer, menu="file", enabled=self._may_offer),
        )

    def _open(self, tab: str) -> None:
        self.tabs.blockSignals(True)
        self.tabs.set_value(tab)
        self.tabs.blockSignals(False)
        self._choose(self.tabs.value())

    def _choose(self, tab: str) -> None:
        self.tab = tab
        self.unsay()
        self._draw()

    def _draw(self) -> None:
        while self._box.count():
            gone = self._box.takeAt(0)
            widget = gone.widget() if gone is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        beside = [outlined(text("library.directory"), lambda: self.go("services"), "search")]
        self.set_title(text("library.title"), "", *(beside if self.tab == "services" else []))
        self.table, self._connected = None, False
        self._find = TextField(width=420)
        self._find.edited.connect(self._wait.start)
        self._box.addWidget(Field(text(f"library.find.{self.tab}"), self._find))
        self._card = Card(flush=True)
        self._box.addWidget(self._card, 1)
        self._search()

    def _words(self) -> str:
        return self._find.value() if self._find is not None else ""

    def _search(self) -> None:
        desk, words, tab = self.context.desk, self._words(), self.tab
        if tab == "forms":
            self.run(lambda: form_views.list_rows(desk, words), self._show_forms)
        elif tab == "changes":
            self.run(lambda: shelf.changes(desk, words), self._show_changes)
        else:
            self.run(lambda: directory.find(desk, words), self._show_services)

    def _show_forms(self, found: tuple[FormRow, ...]) -> None:
        looked = bool(self._words())
        nothing = text("library.nothing" if looked else "library.no_forms")
        note = text("library.nothing_note" if looked else "library.no_forms_note")
        self._fill(columns(), [row_of(one) for one in found], nothing, note)
        if self.table is not None and not self._connected:
            self._connected = True
            self.table.opened.connect(lambda form: self.go("form", form=form))
        buttons = []
        if self._may_import():
            buttons = [filled(text("library.take_in"), self._take_in, "file-plus")]
        self.set_foot(Foot(*buttons))
        if not buttons:
            self._hide_foot()

    def _show_changes(self, found: tuple[tuple[AdjustmentRow, tuple[str, ...]], ...]) -> None:
        columns = [Column(text(f"library.column.{name}"), share, least) for name, share, least in _CHANGES]
        rows = [
            TableRow(
                row.code,
                [
                    Cell(row.text, row.note, strong=True),
                    Cell(*_two_lines(helps or (text("library.anything"),))),
                    Cell(text(f"library.category.{row.category}")),
                ],
            )
            for row, helps in found
        ]
        self._fill(columns, rows, text("library.nothing"), text("library.nothing_note"))
        self.set_foot(Foot())
        self._hide_foot()

    def _show_services(self, found: Looked) -> None:
        columns = [Column(text(f"library.column.{name}"), share, least) for name, share, least in _SERVICES]
        self._fill(
            columns, [_service(one) for one in found.entries], text("library.nothing"), text("library.nothing_note")
        )
        if self.table is not None and not self._connected:
            self._connected = True
            self.table.opened.connect(lambda key: self.go("service", service=key))
        self.set_foot(Foot())
        self._hide_foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.table is not None and self.narrow() != self._was_narrow:
            self._was_narrow = self.narrow()
            self._search()

    def _fill(self, columns: list[Column], rows: list[TableRow], nothing: str, note: str) -> None:
        if self._card is None:
            return
        if self.table is None or not rows:
            self._card.clear()
            self.table, self._connected = None, False
        if not rows:
            self._card.add(Empty(nothing, note, icon_name="library"))
            return
        if self.table is None:
            self.table = Table(columns, rows, name=text(f"library.tab.{self.tab}"))
            # in a low window the whole page scrolls, and the list keeps a few lines
            self.table.setMinimumHeight(theme().px(LEAST_LIST))
            self._card.add(self.table, stretch=1)
            if self.tab == "services" and not self.narrow():
                note_line = Clear()
                column(note_line, (15, 2, 15, 2)).addWidget(Words(text("library.pinned_note"), "note", "soft"))
                self._card.add(note_line)
        else:
            self.table.show_rows(rows)

    def _hide_foot(self) -> None:
        """Lists that are only read need no foot."""
        if self.foot is not None:
            self.foot.hide()

    def _may_import(self) -> bool:
        return self.context.desk.may(Act.IMPORT_FORM, FormVersion)

    def _came(self, entries: tuple[FormEntry, ...]) -> None:
        if not entries:
            return
        offer = outlined(text("library.offer_shipped"), self._offer) if self._may_offer() else None
        # one line: the list below names them, and in large print there is no room for it twice
        self.say(Alert("", text("library.came", count=len(entries)), "info", act=offer, on_close=self.unsay))
        self._search()

    def _offer(self) -> None:
        desk = self.context.desk
        self.run(lambda: library.offer_shipped(desk), self._offered)

    def _offered(self, count: int) -> None:
        self.unsay()
        note = text("library.offered_note")
        self.say(Alert(text("library.offered", count=count), note, "done", on_close=self.unsay))
        self._search()

    def _may_offer(self) -> bool:
        return self.context.desk.may(Act.MANAGE_FORMS, FormVersion)

    def _take_in(self) -> None:
        self.go("form-import")


def _service(one: Entry) -> TableRow:
    """As the directory has it, with what the partnership found out since."""
    name = Cell(one.name, text("library.pinned") if one.pinned else need_words(one), strong=True)
    reach = Cell(one.phone or one.email or one.web, one.web if one.phone else "")
    return TableRow(one.key, [name, reach, Cell(one.how, checked_words(one))])


def _two_lines(parts: Sequence[str]) -> tuple[str, str]:
    """Words on two lines of a cell, so that fewer are cut."""
    first: list[str] = []
    rest = list(parts)
    while rest and (not first or len(", ".join([*first, rest[0]])) <= LINE):
        first.append(rest.pop(0))
    return ", ".join(first) + ("," if rest else ""), ", ".join(rest)


_CHANGES = (("change", 4, 280), ("helps", 3, 200), ("kind", 1, 120))
_SERVICES = (("service", 3, 240), ("reach", 2, 180), ("how", 4, 260))
