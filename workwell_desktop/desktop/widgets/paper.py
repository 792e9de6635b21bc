"""The paper preview: the true page as a picture, redrawn after 400 ms of rest; papers stay white in the dark."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.buttons import Button, quiet
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.desktop.widgets.layouts import Clear, column, row
from workwell_desktop.desktop.widgets.words import Heading, Words
from workwell_desktop.domain.screen import text

REST = 400
"""Milliseconds without a change before the paper is made anew."""

_A4 = 297 / 210

Draw = Callable[[int, int], bytes]
"""Page index from 0 and width in device pixels to a PNG; called on the store's thread."""


class Sheet(Picture):
    """One page, as wide as there is room, at most as wide as it was drawn for."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()

    def show_png(self, png: bytes) -> None:
        """Shows a page; ValueError when the bytes are no picture."""
        image = QImage.fromData(png)
        if image.isNull():
            raise ValueError("not a picture")
        self._image = image
        self.update()

    @property
    def empty(self) -> bool:
        return self._image.isNull()

    def sizeHint(self) -> QSize:
        width = theme().measure("paper_preview")
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(226))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * _A4)

    def restyle(self) -> None:
        self.setMaximumWidth(2 * theme().measure("paper_preview"))
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = min(float(self.width()), self.height() / _A4)
        box = QRectF(0, 0, width, width * _A4).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme().colour("line"), 1))
        painter.setBrush(QColor("#ffffff"))
        painter.drawRect(box)
        if self._image.isNull():
            painter.setPen(QColor(theme().tokens.table["paper"]["soft"]))
            painter.setFont(theme().font("note"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text("parts.paper_making"))
        else:
            painter.drawImage(box.adjusted(1, 1, -1, -1), self._image)
        painter.end()


class PaperPreview(Clear):
    """Title, page and two buttons. ``wanted(page, width)`` asks for a page; ``show_page`` is the answer.

    ``changed()`` tells it that the paper says something else now; it asks again after a rest.
    """

    wanted = Signal(int, int)

    def __init__(self, title: str, *, note: str = "") -> None:
        super().__init__()
        self._page, self._pages, self._note_words = 0, 0, note
        self._asked = 0
        box = column(self, (8, 10, 16, 10), 6)
        head = row(None, (0, 0, 0, 0), 8)
        head.addWidget(Heading(title, "label"), 1)
        self._note = Words("", "note", "soft")
        head.addWidget(self._note, 0, Qt.AlignmentFlag.AlignRight)
        box.addLayout(head)
        self.sheet = Sheet(title)
        box.addWidget(self.sheet)
        line = row(None, (0, 0, 0, 0), 8)
        self._before: Button = quiet(text("parts.paper_before"), lambda: self.turn(-1), "chevron-left")
        self._next: Button = quiet(text("parts.paper_next"), lambda: self.turn(1), "chevron-right")
        line.addWidget(self._before)
        line.addWidget(self._next)
        line.addStretch(1)
        box.addLayout(line)
        box.addStretch(1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.ask)
        self._say()

    def changed(self) -> None:
        """Something that stands on the paper was changed."""
        self._rest.start()

    def ask(self) -> None:
        """Asks for the page in front at once."""
        self._rest.stop()
        self._asked = self._width()
        self.wanted.emit(self._page, round(self._asked * self.devicePixelRatioF()))

    def turn(self, by: int) -> None:
        """Another page."""
        self._page = max(0, min(self._page + by, max(0, self._pages - 1)))
        self._say()
        self.ask()

    def show_page(self, png: bytes, page: int, pages: int) -> None:
        """A page that was asked for."""
        self._page, self._pages = min(page, max(0, pages - 1)), pages
        self.sheet.show_png(png)
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.updateGeometry()
        # a page that was drawn for less room would be blurred
        if self._pages and self._width() > self._asked:
            self._rest.start()

    def _width(self) -> int:
        """Pixels at which a page is sharp: where the sheet stands alone it is wider than beside the work."""
        laid_out = self.sheet.width() if self.sheet.isVisible() else 0
        return max(theme().measure("paper_preview"), laid_out)

    def _say(self) -> None:
        where = text("parts.paper_page", page=self._page + 1, pages=self._pages) if self._pages else ""
        self._note.say(", ".join(part for part in (where, self._note_words) if part))
        self.sheet.setAccessibleDescription(where)
        self._before.setEnabled(self._page > 0)
        self._next.setEnabled(self._page + 1 < self._pages)
