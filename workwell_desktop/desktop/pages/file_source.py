"""Where a page takes a file from: a path that was typed or pasted, or the system's own dialog."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.text_field import TextField
from workwell_desktop.domain.screen import text


def written_path(field: TextField) -> Path | None:
    """What stands in the field: it may stand in quotation marks, or be an address of a file. A field with nothing in
    it takes the focus, and there is no path."""
    written = field.value().strip("\"'")
    if not written:
        field.setFocus()
        return None
    local = QUrl(written).toLocalFile() if written.startswith("file:") else written
    return Path(local).expanduser()


def filled_in(*fields: Field) -> bool:
    """Whether something stands in each of them; an empty one says that it is needed, and the first has the focus."""
    empty = [one for one in fields if not one.control.value().strip()]
    for one in fields:
        one.show_error(text("first_run.needed") if one in empty else "")
    if empty:
        empty[0].focus()
    return not empty


def asked_path(page: QWidget, field: TextField, title: str, kinds: str) -> Path | None:
    """A file chosen in the dialog, its path written into the field; None where nobody chose."""
    name, _kind = QFileDialog.getOpenFileName(page, title, "", kinds)
    if not name:
        return None
    field.set_value(name)
    return Path(name)
