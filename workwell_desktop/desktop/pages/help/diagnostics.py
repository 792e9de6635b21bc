"""Diagnostics: what went wrong here, for whoever supports this. All of it can be read before it is passed on."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.diagnostics import diagnostics, report
from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Foot,
    Page,
    Params,
    Words,
    filled,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.read_only import ReadOnlyText
from workwell_desktop.services import whole_files


class DiagnosticsPage(Page):
    """Shown and saved as a file; nothing sends it."""

    route = "diagnostics"
    help_topic = "when-something-goes-wrong"

    def build(self) -> None:
        self.set_title(text("diagnostics.title"))
        self.report = ReadOnlyText("", text("diagnostics.report"))
        card = Card(text("diagnostics.report"), text("diagnostics.what"))
        card.add(self.report, stretch=1)
        self.add(Words(text("diagnostics.about"), reading=True), card)
        self.body.setStretch(self.body.count() - 1, 1)
        self.set_foot(
            Foot(
                outlined(text("diagnostics.forget"), self._forget, "trash-2"),
                filled(text("diagnostics.save"), self._save, "save"),
            )
        )

    def enter(self, params: Params) -> None:
        self._fill()
        self.ready()

    def _fill(self) -> None:
        noted = diagnostics().noted
        words = report(noted, lambda name: text(f"diagnostics.head.{name}"))
        self.report.setPlainText(words if noted else f"{words}\n{text('diagnostics.none')}\n")

    def _forget(self) -> None:
        diagnostics().clear()
        self._fill()

    def _save(self) -> None:
        name = text("diagnostics.file", day=self.context.today().isoformat())
        file, _ = QFileDialog.getSaveFileName(self, text("diagnostics.save_to"), name, text("diagnostics.files"))
        if not file:
            return
        self.unsay()
        words = self.report.toPlainText()
        self.run(lambda: whole_files.write_chosen(Path(file), words.encode), lambda _done: self._saved(file))

    def _saved(self, file: str) -> None:
        self.say(Alert(text("diagnostics.saved", file=Path(file).name), text("diagnostics.saved_note"), "done"))
