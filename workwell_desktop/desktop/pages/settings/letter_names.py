"""What the words of a letter may name, offered by plain names with what each holds, and put in where one writes."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from workwell_desktop.desktop.kit import LongText, text
from workwell_desktop.desktop.widgets.words import button_words
from workwell_desktop.domain.screen import has
from workwell_desktop.domain.templates import Known

_AS = {
    Known.ALWAYS: "{{{name}}}",
    Known.SOMETIMES: "{{if {name}}}{{{name}}}{{end}}",
    Known.LIST: "{{each {name}}}{{item}}{{end}}",
}
"""How a name is written so that the paper is right whether or not it is known."""
_MOST = 48
"""Letters of what a name holds."""


def menu(field: LongText, names: Mapping[str, Known], held: Mapping[str, Any]) -> QMenu:
    """``held`` is what each name holds on the page that is shown; a name that it lacks is offered by itself."""
    made = QMenu(field)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setAccessibleName(text("letters.put_in"))
    for name, known in names.items():
        act = made.addAction(button_words(said(name, held.get(name))))
        act.triggered.connect(partial(_put, field, _AS[known].format(name=name)))
    made.setActiveAction(made.actions()[0])
    return made


def said(name: str, value: Any) -> str:
    """ "Whom to ask: Maya Sample"."""
    key = f"letters.name.{name}"
    plain = text(key) if has(key) else name.replace("_", " ")
    words = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    short = words if len(words) <= _MOST else words[:_MOST].rsplit(" ", 1)[0] + "…"
    return text("letters.put", what=plain, value=short) if short else plain


def _put(field: LongText, written: str) -> None:
    field.insertPlainText(written)
    field.setFocus()
