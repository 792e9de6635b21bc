"""Places in a page that are filled anew."""

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Clear, column
from workwell_desktop.desktop.widgets.card import empty


def at_top(widget: QWidget) -> QWidget:
    """Keeps a card at the top of its column."""
    holder = Clear()
    box = column(holder)
    box.addWidget(widget)
    box.addStretch(1)
    return holder


def put_into(place: QWidget, widget: QWidget) -> None:
    """Puts a widget in place of what is there."""
    layout = place.layout()
    assert layout is not None  # noqa: S101 - each place is made with one
    while layout.count():
        empty(layout.takeAt(0))
    layout.addWidget(widget)
