"""Taking forms in: files or a folder are looked at first, each with what there is to say about it; then what is ready
comes in, and waits to be tried and offered."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Cell,
    Clear,
    Column,
    Columns,
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
    column,
    fault_words,
    filled,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.file_source import written_path
from workwell_desktop.desktop.pages.library.forms_tab import version_words
from workwell_desktop.desktop.pages.library.problems import problem_card
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import FormVersion
from workwell_desktop.services.assessing import form_files
from workwell_desktop.services.assessing.form_files import FoundForm, TakenIn

_COLUMNS = (("title", 4, 220), ("found", 2, 170))
_TINTS = {"ready": "done", "here": "info", "refused": "risk"}
LIST_HEIGHT = 230


class TakeInPage(Page):
    """``path`` (optional) is looked at once the page is open."""

    route = "form-import"
    nav = "library"
    help_topic = "library"

    def build(self) -> None:
        self.found: tuple[FoundForm, ...] = ()
        self.table: Table | None = None
        self._looked = False
        self._beside: Card | None = None
        self.setAcceptDrops(True)
        self.path = TextField()
        self.may = False

    def enter(self, params: Params) -> None:
        self.may = self.context.desk.may(Act.IMPORT_FORM, FormVersion)
        self.setAcceptDrops(self.may)
        self.set_title(text("library.take_in"))
        self.clear_body()
        if not self.may:
            self.add(Empty(text("library.may_not"), text("library.may_not_note"), icon_name="lock"))
            self.add_end()
            self._draw_foot()
            self.ready()
            return
        self._draw_source()
        holder = Clear()
        self._results = column(holder, (0, 0, 0, 0), 10)
        self.add(holder, stretch=1)
        self._draw()
        self.ready()

    def acts(self) -> tuple[PageAct, ...]:
        return (
            PageAct(text("library.choose_files"), self._ask_files, "Ctrl+O", menu="file", enabled=lambda: self.may),
            PageAct(text("library.choose_folder"), self._ask_folder, menu="file", enabled=lambda: self.may),
        )

    # Where to look

    def _draw_source(self) -> None:
        card = Card(gap=8)
        self.path = TextField()
        self.path.returnPressed.connect(self._look_at_path)
        card.add(Field(text("library.path"), self.path, hint=text("library.path_hint")))
        held = Clear()
        ways = Flow(held)
        for button in (
            outlined(text("library.look"), self._look_at_path, "search"),
            quiet(text("library.choose_files"), self._ask_files, "file-plus"),
            quiet(text("library.choose_folder"), self._ask_folder, "folder-open"),
        ):
            ways.addWidget(button)
        card.add(held)
        self.add(card)

    def _look_at_path(self) -> None:
        place = written_path(self.path)
        if place is not None:
            self.look([place])

    def _ask_files(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, text("library.choose_files"), "", text("library.form_files"))
        self.look([Path(name) for name in names])

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, text("library.choose_folder"))
        self.look([Path(name)] if name else [])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def look(self, paths: Sequence[Path]) -> None:
        """Looks at files and folders; nothing comes in."""
        if not paths:
            return
        desk = self.context.desk
        self.unsay()
        self.run(lambda: form_files.look(desk, paths), self._show)

    # What was found

    def _show(self, found: tuple[FoundForm, ...]) -> None:
        self.found, self._looked = found, True
        self._draw()
        if self.table is not None:
            self.table.setFocus()

    def _draw(self) -> None:
        while self._results.count():
            item = self._results.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.table, self._beside = None, None
        if not self._looked:
            self._results.addWidget(
                Empty(text("library.nothing_looked_at"), text("library.drop_here"), icon_name="file-plus")
            )
        else:
            self._results.addWidget(self._summary())
            self.table = Table([Column(text(f"library.column.{name}"), s, w) for name, s, w in _COLUMNS], (), name="")
            self.table.setAccessibleName(text("library.found"))
            self.table.moved.connect(self._front)
            listed = Card(text("library.found"), text("library.found_count", count=len(self.found)), flush=True)
            listed.add(self.table, stretch=1)
            self.table.hold_height(LIST_HEIGHT)
            problems = Clear()
            self._problems = column(problems, (0, 0, 0, 0), 0)
            both = Columns([(listed, 3), (problems, 2)])
            self._results.addWidget(both, 1)
            self.table.show_rows([self._row(one) for one in self.found])
        self._draw_foot()

    def _row(self, one: FoundForm) -> TableRow:
        version = version_words(one.version)
        file = text("library.from_file", file=one.file.name, version=version)
        said = text(f"library.found_status.{one.status}")
        if one.status == "ready" and one.problems:
            said = text("library.with_notes", count=len(one.problems))
        replaces = ""
        if one.newer_than and one.status == "ready":
            replaces = text("library.beside_version", version=one.newer_than)
        return TableRow(one.key, [Cell(one.title, file, strong=True), Cell(replaces, said, tint=_TINTS[one.status])])

    def _summary(self) -> Alert:
        counts = {status: sum(1 for one in self.found if one.status == status) for status in _TINTS}
        said = [text(f"library.counted.{status}", count=count) for status, count in counts.items() if count]
        tint = "due" if counts["refused"] else "info"
        return Alert(text("library.looked"), " ".join(said), tint)

    def _front(self, key: str) -> None:
        """The problems of the row in front, at its side."""
        one = next((each for each in self.found if each.key == key), None)
        if one is None or self.table is None:
            return
        made = problem_card(one.title, one.problems)
        if self._beside is not None:
            self._problems.removeWidget(self._beside)
            self._beside.hide()
            self._beside.deleteLater()
        self._beside = made
        self._problems.addWidget(made)

    def _draw_foot(self) -> None:
        ready = sum(1 for one in self.found if one.status == "ready")
        back = outlined(text("library.back"), lambda: self.go("library", tab="forms"), "arrow-left")
        if ready:
            self.set_foot(Foot(back, filled(text("library.take_in_count", count=ready), self._take_in, "download")))
        else:
            self.set_foot(Foot(back))

    # Taking in

    def _take_in(self) -> None:
        desk, found = self.context.desk, self.found
        self.run(lambda: form_files.take_in(desk, found), self._taken)

    def _taken(self, done: TakenIn) -> None:
        self.unsay()
        count = len(done.entries)
        if done.stopped is not None:
            words = fault_words(done.stopped)
            self.say(Alert(text("library.taken_part", count=count), words, "risk", icon_name="circle-alert"))
        elif count == 1:
            self.context.navigator.replace("form", form=done.entries[0].form, came="1")
            return
        else:
            self.say(Alert(text("library.taken", count=count), text("library.taken_note"), "done"))
        came = {one.digest for one in done.entries}
        self.found = tuple(_here(one) if one.key in came else one for one in self.found)
        self._draw()


def _here(one: FoundForm) -> FoundForm:
    return replace(one, status="here")
