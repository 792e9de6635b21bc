"""Where a page takes a file from: a path that was typed or pasted, or the system's own dialog."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from workwell_desktop.desktop.widgets.text_field import TextField


def written_path(field: TextField) -> Path | None:
    """What stands in the field: it may stand in quotation marks, or be an address of a file. A field with nothing in
    it takes the focus, and there is no path."""
    written = field.value().strip("\"'")
    if not written:
        field.setFocus()
        return None
    local = QUrl(written).toLocalFile() if written.startswith("file:") else written
    return Path(local).expanduser()


def asked_path(page: QWidget, field: TextField, title: str, kinds: str) -> Path | None:
    """A file chosen in the dialog, its path written into the field; None where nobody chose."""
    name, _kind = QFileDialog.getOpenFileName(page, title, "", kinds)
    if not name:
        return None
    field.set_value(name)
    return Path(name)
