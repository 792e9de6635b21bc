"""A part of a card that is filled anew while the rest of the card stays, with what has the focus."""

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Clear, column


class Part(Clear):
    """What is added stands below each other; out of sight while there is nothing. ``end`` keeps it at the top."""

    def __init__(self, gap: int = 8, *, end: bool = False) -> None:
        super().__init__()
        self._end = end
        self._box = column(self, (0, 0, 0, 0), gap)
        if not end:
            self.hide()

    def fill(self, *widgets: QWidget) -> None:
        """Takes away what was there and shows these."""
        while self._box.count():
            item = self._box.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for widget in widgets:
            self._box.addWidget(widget)
        if self._end:
            self._box.addStretch(1)
        if self.parentWidget() is not None:  # before, it would flash up as a window of its own
            self.setVisible(bool(widgets))
