"""An answer that is a file, or several: chosen from this computer, kept in the store."""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from workwell_desktop.desktop.kit import Clear, Words, column, outlined, quiet, row, text
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.values import BlobRef


class FileField(Clear):
    """``chosen`` is told which file, ``left`` what stays when one is taken away; the answer itself comes back with the
    next snapshot."""

    def __init__(
        self, label: str, chosen: Callable[[Path, str], None], left: Callable[[Any], None], *, several: bool = False
    ) -> None:
        super().__init__()
        self._label, self._chosen, self._left, self._several = label, chosen, left, several
        self._kept: tuple[BlobRef, ...] = ()
        self._read_only = False
        box = column(self, (0, 0, 0, 0), 4)
        line = row(None, (0, 0, 0, 0), 10)
        self._choose = outlined(text("assessment.choose_file"), self._ask, "paperclip")
        self._choose.setAccessibleName(text("assessment.choose_file_named", label=label))
        self._none = Words(text("assessment.no_file"), "body", "soft")
        line.addWidget(self._choose)
        line.addWidget(self._none, 1)
        box.addLayout(line)
        self._files = column(None, (0, 0, 0, 0), 2)
        box.addLayout(self._files)

    def kept(self) -> Any:
        """The answer: one file, or a tuple of them."""
        if self._several:
            return self._kept or None
        return self._kept[0] if self._kept else None

    def show_files(self, value: Any) -> None:
        """Says what is kept."""
        self._kept = value if isinstance(value, tuple) else () if value is None else (value,)
        while self._files.count():
            empty(self._files.takeAt(0))
        for number, one in enumerate(self._kept, 1):
            self._files.addWidget(self._line(number, one))
        self._none.setVisible(not self._kept)

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
        if read_only != self._read_only:
            self._read_only = read_only
            self._choose.setEnabled(not read_only)
            self.show_files(self._kept)

    def take(self, file: Path) -> None:
        """Hands a file on."""
        self._chosen(file, mimetypes.guess_type(file.name)[0] or "application/octet-stream")

    def _line(self, number: int, one: BlobRef) -> QWidget:
        holder = Clear()
        line = row(holder, (0, 0, 0, 0), 10)
        line.addWidget(Words(text("assessment.file_kept", size=max(1, round(one.size / 1000))), "body"))
        name = self._label if number == 1 else text("assessment.instance", title=self._label, number=number)
        remove = quiet(text("assessment.remove"), lambda: self._take_away(number - 1), "trash-2")
        remove.setAccessibleName(text("assessment.remove_named", title=name))
        remove.setEnabled(not self._read_only)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        return holder

    def _take_away(self, place: int) -> None:
        rest = (*self._kept[:place], *self._kept[place + 1 :])
        self._choose.setFocus()
        self._left(rest or None)

    def _ask(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, text("assessment.choose_file"))
        if name:
            self.take(Path(name))
