"""The directory: found as you type, by need, place and wait; the crisis lines stay at the top."""

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
    DropDown,
    Empty,
    Field,
    Flow,
    Foot,
    Page,
    PageAct,
    Params,
    Table,
    TableRow,
    TextField,
    Words,
    filled,
    outlined,
    row,
    text,
    theme,
)
from workwell_desktop.desktop.pages.directory.words import checked_words, first_mark, need_words, wait_words
from workwell_desktop.desktop.pages.person_banner import PersonHead, person_head, show_person
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.directory import OWN_HELPS, LocalService
from workwell_desktop.domain.records import Id
from workwell_desktop.services.signposting import directory, directory_files
from workwell_desktop.services.signposting.directory_files import TakenIn
from workwell_desktop.services.signposting.directory_views import Entry, Looked

WAITS = ("0", "2", "4", "8", "12")
"""Weeks that somebody may want to wait at most."""
LEAST_LIST = 200
MOST_PROBLEMS = 8


class ServicesPage(Page):
    """``participant`` and ``obstacle``: for whom a service is looked for, and against what."""

    route = "services"
    nav = "library"
    help_topic = "services"

    def build(self) -> None:
        self._asked = 0
        self._file: Path | None = None
        self._head: PersonHead | None = None
        self._stands: tuple[str, bool] | None = None
        self._save = outlined(text("directory.write_file"), self._write, "download")
        self._take = outlined(text("directory.take_in"), self._choose_file, "upload")
        self.set_title(text("directory.title"), "", self._save, self._take)
        self.fields = {
            "words": Field(text("directory.find"), TextField(width=260)),
            "need": Field(text("directory.need"), DropDown(_needs(), empty=text("directory.any_need"), width=230)),
            "place": Field(text("directory.place"), TextField(width=150)),
            "wait": Field(text("directory.most_wait"), DropDown(_waits(), empty=text("directory.any_wait"), width=150)),
        }
        for name in ("words", "place"):
            self.fields[name].control.edited.connect(self._ask)
        for name in ("need", "wait"):
            self.fields[name].control.done.connect(self._ask)
        line = Clear()
        flow = Flow(line, 12)
        for field in self.fields.values():
            flow.addWidget(field)
        self.add(line)
        self.card = Card(flush=True, gap=0)
        head = Clear()
        box = row(head, (16, 8, 16, 4), 10)
        self.said = Words("", "section")
        box.addWidget(self.said, 1)
        self.card.add(head)
        self.table = Table(
            [
                Column(text("directory.column.service"), 4, 230),
                Column(text("directory.column.reach"), 3, 170),
                Column(text("directory.column.place"), 2, 130),
                Column(text("directory.column.state"), 3, 170),
            ],
            name=text("directory.title"),
        )
        self.table.setMinimumHeight(theme().px(LEAST_LIST))
        self.table.opened.connect(self._open)
        self.card.add(self.table, stretch=1)
        self.nothing = Empty(text("directory.nothing"), text("directory.nothing_line"), icon_name="search")
        self.card.add(self.nothing)
        self.nothing.hide()
        self.add(self.card, stretch=1)

    def enter(self, params: Params) -> None:
        self.who, self._head = params.get("participant", ""), None
        for name in ("words", "need", "place"):
            if params.get(name):
                self.fields[name].control.set_value(params[name])
        self._ask(first=True)

    def first_focus(self) -> QWidget:
        found: QWidget = self.fields["words"].control
        return found

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in ("local_service", "national_check") for kind, _record, _scope in records):
            self._ask()

    def remember(self) -> dict[str, Any]:
        return {name: field.control.value() for name, field in self.fields.items()}

    def recall(self, memory: dict[str, Any]) -> None:
        for name, field in self.fields.items():
            if memory.get(name):
                field.control.set_value(memory[name])
        self._ask()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("directory.add"), self._add, menu="file", enabled=self._may_manage),
            PageAct(text("directory.take_in"), self._choose_file, menu="file", enabled=self._may_manage),
            PageAct(text("directory.write_file"), self._write, menu="file"),
        )

    def _may_manage(self) -> bool:
        return self.context.desk.may(Act.MANAGE_SERVICES, LocalService)

    def _ask(self, *_values: object, first: bool = False) -> None:
        """Each key asks anew; an answer that a later question has overtaken is not shown."""
        self._asked += 1
        asked, desk, who = self._asked, self.context.desk, self.who
        words, need = self.fields["words"].control.value(), self.fields["need"].control.value() or ""
        place, wait = self.fields["place"].control.value(), self.fields["wait"].control.value()

        def look() -> tuple[Looked, PersonHead | None]:
            most = int(wait) if wait else None
            head = person_head(desk, Id(who)) if who and first else self._head
            return directory.find(desk, words, need=need, place=place, most_wait=most), head

        def show(found: tuple[Looked, PersonHead | None]) -> None:
            if asked == self._asked:
                self._show(*found)
            if first:
                self.ready()

        self.run(look, show)

    def _show(self, found: Looked, head: PersonHead | None) -> None:
        if head is not None and head is not self._head:
            show_person(self, head)
        self._head = head
        self._stand(head.banner.called if head is not None else "", may=self._may_manage())
        today = self.context.today()
        self.table.show_rows([_row(one, *first_mark(one, today)) for one in found.entries])
        others = sum(1 for one in found.entries if not one.pinned)
        self.nothing.setVisible(others == 0)
        self.said.say(text("directory.shown", count=others, of=found.of - (len(found.entries) - others)))

    def _stand(self, called: str, *, may: bool) -> None:
        """For whom a service is looked for, and who looks: at a key neither is another, and nothing is made anew."""
        if (called, may) == self._stands:
            return
        self._stands = (called, may)
        self._save.setVisible(not called)
        self._take.setVisible(not called and may)
        self.heading.say(text("directory.title_for", name=called) if called else text("directory.title"))
        back = [outlined(text("record.back"), self._back, "arrow-left")] if called else []
        more = [filled(text("directory.add"), self._add, "plus")] if may and not called else []
        self.set_foot(Foot(*back, *more))
        if not (back or more) and self.foot is not None:
            self.foot.hide()
        self.context.frame.acts_changed()

    def _open(self, key: str) -> None:
        about = {name: self.params[name] for name in ("participant", "obstacle") if self.params.get(name)}
        self.go("service", service=key, **about)

    def _add(self) -> None:
        self.go("service-edit")

    def _back(self) -> None:
        self.go("record", participant=self.who)

    # Files

    def _write(self) -> None:
        name = text("directory.file_name")
        chosen, _kind = QFileDialog.getSaveFileName(self, text("directory.write_file"), name, text("directory.kinds"))
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """Writes the partnership's own services."""
        desk = self.context.desk

        def done(count: int) -> None:
            self.unsay()
            self.say(Alert(text("directory.written", count=count), path.name, "done", on_close=self.unsay))

        self.run(lambda: directory_files.write(desk, path), done)

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, text("directory.take_in"), "", text("directory.kinds"))
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path, *, good_only: bool = False) -> None:
        """Takes a file in; with a wrong line nothing changes, and the good lines are offered."""
        desk, self._file = self.context.desk, path
        self.run(lambda: directory_files.take_in(desk, path, good_only=good_only), self._taken)

    def _taken(self, found: TakenIn) -> None:
        self.unsay()
        counts = text("directory.taken_counts", new=found.new, changed=found.changed, same=found.same)
        if found.done:
            left = text("directory.left_out", count=len(found.problems)) if found.problems else ""
            self.say(Alert(text("directory.taken"), f"{counts} {left}".strip(), "done", on_close=self.unsay))
            return
        lines = [one.words() for one in found.problems[:MOST_PROBLEMS]]
        if len(found.problems) > MOST_PROBLEMS:
            lines.append(text("directory.more_problems", count=len(found.problems) - MOST_PROBLEMS))
        offer = None
        if found.new + found.changed:
            offer = outlined(text("directory.good_only", count=found.new + found.changed), self._take_good)
        title = text("directory.not_taken", count=len(found.problems))
        self.say(Alert(title, "\n".join(lines), "risk", act=offer, on_close=self.unsay))

    def _take_good(self) -> None:
        if self._file is not None:
            self.take_in(self._file, good_only=True)


def _row(one: Entry, mark: str, tint: str) -> TableRow:
    name = one.name if not one.pinned else text("directory.pinned_name", name=one.name)
    state = Cell(wait_words(one), mark or checked_words(one), tint=tint)
    reach = one.phone or one.email or one.web or one.how
    second = one.web if one.phone else ""
    cells = [
        Cell(name, need_words(one), strong=True),
        Cell(reach, second),
        Cell(one.area or text("directory.everywhere"), ""),
        state,
    ]
    return TableRow(one.key, cells)


def _needs() -> list[tuple[str, str]]:
    return [(code, text(f"directory.helps.{code}")) for code in OWN_HELPS]


def _waits() -> list[tuple[str, str]]:
    return [
        (weeks, text("directory.wait_at_most", count=int(weeks)) if weeks != "0" else text("directory.wait_none"))
        for weeks in WAITS
    ]
