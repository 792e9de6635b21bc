"""A file that somebody brought, page by page: as wide as there is room, or larger, and then it scrolls both ways."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.buttons import Button, quiet
from workwell_desktop.desktop.widgets.clock import Picture
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.layouts import Clear, column
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import text

STEPS = (50, 75, 100, 150, 200, 300, 400)
"""Per cent of the width that fits."""
REST = 200
"""Milliseconds of rest before a page is asked for in another size."""
HEIGHT = 470


class _Shown(Picture):
    """The page itself; its name says what it is, its description which page."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._image = QImage()

    def show_image(self, image: QImage, size: QSize) -> None:
        self._image = image
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(self.rect(), self._image)
        painter.setPen(QPen(theme().colour("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class ViewerArea(QScrollArea):
    """Scrolls by arrows, Page Up and Page Down when it has the focus; tells when its width is another one."""

    resized = Signal()

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("viewer")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setViewport(QWidget())
        self.setWidget(inside)

    def room(self) -> int:
        """Pixels of width with the upright bar there."""
        return max(120, self.width() - self.verticalScrollBar().sizeHint().width() - 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(240))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(480), theme().px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
            return
        super().keyPressEvent(event)


class Viewer(Clear):
    """``wanted(page, width)`` asks for a page, from 0, in pixels; ``show_page`` is the answer."""

    wanted = Signal(int, int)

    def __init__(self, name: str, pages: int) -> None:
        super().__init__()
        self._page, self._pages, self._per_cent = 0, max(1, pages), 100
        self._image = QImage()
        box = column(self, (0, 0, 0, 0), 6)
        bar = Clear()
        line = Flow(bar, 8)
        self._before: Button = quiet(text("parts.paper_before"), lambda: self.turn(-1), "chevron-left")
        self._next: Button = quiet(text("parts.paper_next"), lambda: self.turn(1), "chevron-right")
        self._smaller: Button = quiet(text("parts.view_smaller"), lambda: self.zoom(-1), "minus")
        self._larger: Button = quiet(text("parts.view_larger"), lambda: self.zoom(1), "plus")
        self._fit: Button = quiet(text("parts.view_fit"), self.fit)
        self._where = Words("", "note", "soft", wrap=False)
        turning = (self._before, self._next) if self._pages > 1 else ()
        for widget in (*turning, self._smaller, self._larger, self._fit, self._where):
            line.addWidget(widget)
        box.addWidget(bar)
        self.shown = _Shown(name)
        self.area = ViewerArea(self.shown)
        self.area.setAccessibleName(name)
        box.addWidget(self.area, 1)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.ask)
        self.area.resized.connect(self._resized)
        self._say()

    @property
    def per_cent(self) -> int:
        """How large it is shown, of the width that fits."""
        return self._per_cent

    def ask(self) -> None:
        """Asks for the page in front at once."""
        self._rest.stop()
        self.wanted.emit(self._page, round(self._width() * self.devicePixelRatioF()))

    def turn(self, by: int) -> None:
        """Another page."""
        self._page = max(0, min(self._page + by, self._pages - 1))
        self.area.verticalScrollBar().setValue(0)
        self._say()
        self.ask()

    def zoom(self, by: int) -> None:
        """One step larger or smaller."""
        place = max(0, min(STEPS.index(self._per_cent) + by, len(STEPS) - 1))
        self._per_cent = STEPS[place]
        self._lay()
        self._say()
        self.ask()

    def fit(self) -> None:
        """As wide as there is room."""
        self._per_cent = 100
        self._lay()
        self._say()
        self.ask()

    def show_page(self, png: bytes, page: int) -> None:
        """A page that was asked for; one that was turned away from meanwhile is not shown."""
        if page == self._page:
            self._image = QImage.fromData(png)
            self._lay()

    def _width(self) -> int:
        return round(self.area.room() * self._per_cent / 100)

    def _lay(self) -> None:
        if self._image.isNull():
            return
        wide = self._width()
        high = max(1, round(self._image.height() * wide / self._image.width()))
        self.shown.show_image(self._image, QSize(wide, high))

    def _resized(self) -> None:
        self._lay()
        if not self._image.isNull():
            self._rest.start()

    def hideEvent(self, event: object) -> None:
        self._rest.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _say(self) -> None:
        page = text("parts.paper_page", page=self._page + 1, pages=self._pages)
        size = text("parts.view_per_cent", percent=self._per_cent)
        self._where.say(f"{page}, {size}" if self._pages > 1 else size)
        self.shown.setAccessibleDescription(page)
        self._before.setEnabled(self._page > 0)
        self._next.setEnabled(self._page + 1 < self._pages)
        self._smaller.setEnabled(self._per_cent > STEPS[0])
        self._larger.setEnabled(self._per_cent < STEPS[-1])
