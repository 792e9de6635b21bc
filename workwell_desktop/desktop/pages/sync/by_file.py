"""Exchange by file, where there is no network: one for a colleague's computer, and one of theirs taken in."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Checks,
    Clear,
    DropDown,
    Field,
    Flow,
    Page,
    TextField,
    Words,
    column,
    long_day,
    outlined,
    quiet,
    rule,
    text,
)
from workwell_desktop.desktop.pages.file_source import asked_path, written_path
from workwell_desktop.desktop.pages.sync.words import emptied
from workwell_desktop.desktop.widgets.drop_place import DropPlace
from workwell_desktop.services.administration import people
from workwell_desktop.services.desk import Desk

if TYPE_CHECKING:
    from workwell_desktop.services.syncing.by_file import BundleRead, BundleWritten, OtherComputer

Found = tuple[tuple["OtherComputer", ...], list[tuple[str, str]]]


class ByFile(Card):
    """Stands on the page Sync."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("sync.by_file"), gap=8)
        self._page, self._desk = page, page.context.desk
        self._others: dict[str, OtherComputer] = {}
        self.add(Words(text("sync.by_file_line"), "note", "soft"))
        self._write = Clear()
        self._write_box = column(self._write, (0, 0, 0, 0), 8)
        self.add(self._write)
        self.add(rule())
        drop = DropPlace(text("sync.drop"))
        drop.given.connect(self._dropped)
        self._path = TextField()
        self._path.returnPressed.connect(self._read_path)
        drop.box.addWidget(Field(text("sync.file"), self._path, hint=text("sync.file_hint")))
        ways = Clear()
        flow = Flow(ways, 10)
        self._read_button = outlined(text("sync.read"), self._read_path, "download")
        flow.addWidget(self._read_button)
        flow.addWidget(quiet(text("sync.choose"), self._ask_file, "folder-open"))
        drop.box.addWidget(ways)
        self.add(drop)
        self._result = Clear()
        self._result_box = column(self._result, (0, 0, 0, 0), 6)
        self.add(self._result)
        page.run(partial(_computers, self._desk), self._show)

    def _show(self, found: Found) -> None:
        computers, staff = found
        self._others = {str(one.id): one for one in computers if not one.here}
        emptied(self._write_box)
        if not self._others:
            self._write_box.addWidget(Words(text("sync.no_others"), "note"))
            return
        self._to = DropDown([(str(one.id), _name(one)) for one in self._others.values()], empty=True)
        self._for = Checks(staff, (), columns=1)
        to = Field(text("sync.to"), self._to)
        self._who = Field(text("sync.who"), self._for, hint=text("sync.who_hint"))
        self._who.setVisible(False)
        self._to.edited.connect(self._to_chosen)
        self._write_button = outlined(text("sync.write"), self._ask_where, "save")
        for part in (to, self._who, self._write_button):
            self._write_box.addWidget(part)

    def _to_chosen(self) -> None:
        other = self._others.get(self._to.value() or "")
        self._who.setVisible(other is not None and not other.people)

    def _ask_where(self) -> None:
        other = self._others.get(self._to.value() or "")
        if other is None:
            self._say(Alert("", text("sync.to_missing"), "due"))
            self._to.setFocus()
            return
        name, _kind = QFileDialog.getSaveFileName(
            self._page, text("sync.write"), text("sync.file_name"), text("sync.kinds")
        )
        if name:
            self.write(other, Path(name))

    def write(self, other: "OtherComputer", file: Path) -> None:
        """Writes what that computer lacks."""
        desk, chosen = self._desk, tuple(self._for.value() or ()) if not self._who.isHidden() else ()

        def work(tell: Any) -> "BundleWritten":
            from workwell_desktop.services.syncing import by_file

            return by_file.write(desk, str(other.id), file, chosen, lambda count: tell(count, 0))

        def done(made: "BundleWritten") -> None:
            day = long_day(made.until, self._page.context.today())
            line = text("sync.written_line", name=_name(other), day=day)
            self._say(Alert(text("sync.written", count=made.changes), line, "done"))

        self._run(work, done)

    def read(self, file: Path) -> None:
        """Takes one in."""
        desk = self._desk

        def work(tell: Any) -> "BundleRead":
            from workwell_desktop.services.syncing import by_file

            return by_file.read(desk, file, lambda count: tell(count, 0))

        def done(found: "BundleRead") -> None:
            report = found.report
            nothing = not report.applied and not report.refused
            title = text("sync.file_nothing") if nothing else text("sync.file_read", count=report.applied)
            line = text("sync.file_refused", count=len(report.refused)) if report.refused else ""
            self._say(Alert(title, line, "due" if line else "done"))

        self._run(work, done)

    def _run(self, work: Any, done: Any) -> None:
        self._say(Alert("", text("sync.working"), "info"))
        far = Words("", "note", "soft")
        self._result_box.addWidget(far)
        self._busy(True)

        def ended(found: object) -> None:
            self._busy(False)
            done(found)

        def failed(error: Exception) -> None:
            self._busy(False)
            self._say()
            self._page.fail(error)

        def told(count: int, _all: int) -> None:
            if self._result_box.indexOf(far) >= 0:
                far.say(text("sync.so_far", count=count))

        self._page.unsay()
        self._page.context.operations.run(self, work, ended, failed, told)

    def _busy(self, busy: bool) -> None:
        self._read_button.setEnabled(not busy)
        if self._others:
            self._write_button.setEnabled(not busy)

    def _read_path(self) -> None:
        place = written_path(self._path)
        if place is not None:
            self.read(place)

    def _ask_file(self) -> None:
        place = asked_path(self._page, self._path, text("sync.choose"), text("sync.kinds"))
        if place is not None:
            self.read(place)

    def _dropped(self, given: object) -> None:
        if isinstance(given, Path):
            self._path.set_value(str(given))
            self.read(given)

    def _say(self, *alerts: Alert) -> None:
        emptied(self._result_box)
        for one in alerts:
            self._result_box.addWidget(one)
            one.say_aloud()


def _name(one: "OtherComputer") -> str:
    names = ", ".join(name for _id, name in one.people)
    called = one.name or text("sync.nameless")
    return text("sync.computer_of", name=called, people=names) if names else called


def _computers(desk: Desk) -> Found:
    # on the worker: what reaches a hub takes long to load
    from workwell_desktop.services.syncing import by_file

    staff = [(str(one.id), one.name or "") for one in people.everyone(desk)]
    return by_file.computers(desk), staff
