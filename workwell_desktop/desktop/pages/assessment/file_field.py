"""An answer that is a file: chosen from this computer, kept in the store."""

import mimetypes
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from workwell_desktop.desktop.kit import Clear, Words, outlined, quiet, row, text
from workwell_desktop.domain.values import BlobRef


class FileField(Clear):
    """``chosen`` of the hearer is told which file; the answer itself comes back with the next snapshot."""

    def __init__(self, label: str, chosen: Any, cleared: Any) -> None:
        super().__init__()
        self._chosen = chosen
        self.kept: BlobRef | None = None
        self._words = Words("", "body")
        self._choose = outlined(text("assessment.choose_file"), self._ask, "paperclip")
        self._choose.setAccessibleName(text("assessment.choose_file_named", label=label))
        self._clear = quiet(text("assessment.remove"), cleared, "x")
        self._clear.setAccessibleName(text("assessment.remove_named", title=label))
        box = row(self, (0, 0, 0, 0), 10)
        box.addWidget(self._choose)
        box.addWidget(self._words, 1)
        box.addWidget(self._clear)
        self.show_file(None)

    def show_file(self, value: BlobRef | None) -> None:
        """Says what is kept."""
        self.kept = value
        size = max(1, round(value.size / 1000)) if value is not None else 0
        kept = value is not None
        self._words.say(text("assessment.file_kept", size=size) if kept else text("assessment.no_file"))
        self._clear.setVisible(kept)

    def first(self) -> QWidget:
        """Where the focus goes."""
        return self._choose

    def value(self) -> str:
        """Nothing is typed here."""
        return ""

    def fault(self) -> str | None:
        """Never wrong by itself."""
        return None

    def set_wrong(self, wrong: bool) -> None:
        """The bar of the field group is enough."""

    def set_read_only(self, read_only: bool = True) -> None:
        """Shows without letting change."""
        self._choose.setEnabled(not read_only)
        self._clear.setEnabled(not read_only)

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, text("assessment.choose_file"))
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Hands a file on."""
        self._chosen(file, mimetypes.guess_type(file.name)[0] or "application/octet-stream")
