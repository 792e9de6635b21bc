"""The partnership's root: saved for whoever checks papers, and made anew where its key may be in other hands."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import Alert, Card, Clear, Flow, Page, Words, outlined, quiet, text

if TYPE_CHECKING:
    from workwell_desktop.services.administration.new_root import NewRoot


class RootCard(Card):
    """offer ──▶ the question, in its own place ──▶ done."""

    def __init__(self, page: Page) -> None:
        super().__init__(text("settings.root"), gap=10)
        self._page = page
        self._offer()

    def _offer(self, *said: Alert) -> None:
        self.clear()
        ways = Clear()
        flow = Flow(ways, 10)
        self._first = outlined(text("settings.root_save"), self._save, "save")
        flow.addWidget(self._first)
        flow.addWidget(quiet(text("settings.root_make"), self._ask, "key-round"))
        self.add(Words(text("settings.root_note"), "note", "soft"), ways, *said)

    def _back(self) -> None:
        self._offer()
        self._first.setFocus()

    def _ask(self) -> None:
        sure = outlined(text("settings.root_sure"), self._make, "key-round")
        title, line = text("settings.root_ask"), text("settings.root_line")
        self._offer(Alert(title, line, "due", act=sure, on_close=self._back))
        sure.setFocus()

    def _make(self) -> None:
        desk = self._page.context.desk

        def work() -> "NewRoot":
            from workwell_desktop.services.administration import new_root

            return new_root.make(desk)

        def done(made: "NewRoot") -> None:
            names = ", ".join(made.administrators)
            line = text("settings.root_done_line", count=made.certificates, names=names)
            self._offer(Alert(text("settings.root_done"), line, "done", on_close=self._back))
            self._first.setFocus()

        self._page.run(work, done)

    def _save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self._page, text("settings.root_save"), text("settings.root_file"), text("settings.root_kind")
        )
        if not name:
            return
        desk, file = self._page.context.desk, Path(name)

        def work() -> None:
            from workwell_desktop.services import whole_files
            from workwell_desktop.services.administration import new_root

            whole_files.write_chosen(file, lambda: new_root.current(desk))

        def done(_nothing: None) -> None:
            line = text("settings.root_saved", file=file.name)
            self._offer(Alert("", line, "done", on_close=self._back))
            self._first.setFocus()

        self._page.run(work, done)
