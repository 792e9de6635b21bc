"""The second window: the case for a room to read, without identity; a neutral card whenever nothing may be shown.

It is handed a ``ProjectedCase`` and the time, and has no way to anything else: no menu, no search, no message, no page.
Its type grows with the window, and becomes smaller where there is much to read, so that nothing is cut off.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workwell_desktop.desktop.kit import text
from workwell_desktop.desktop.pages.session.glass import Glass
from workwell_desktop.desktop.widgets.layouts import Scroll
from workwell_desktop.services.meeting.projecting import ProjectedCase

DESIGNED_FOR = 1920
"""Width in pixels at which the type has its full size."""
LARGEST = 1.25
"""Where there is little to read the type grows."""
SMALLEST = 0.4
STEP = 0.05


class Projector(QWidget):
    """A window of its own. ``rested`` comes when it put its card up by itself."""

    rested = Signal()

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("shell")
        self.setWindowTitle(text("projector.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._closed: Callable[[], object] | None = None
        self._case: ProjectedCase | None = None
        self._clock, self._today = "", date.min
        self._scroll = Scroll((0, 0, 0, 0), 0)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._scroll)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self.screen_gone)
        self.resize(1280, 720)
        self._lay()

    # What it shows

    def show_case(self, case: ProjectedCase, clock: str, today: date) -> None:
        """Shows this case and nothing of the one before."""
        if (case, clock, today) == (self._case, self._clock, self._today):
            return
        self._case, self._clock, self._today = case, clock, today
        self._lay()

    def rest(self) -> None:
        """The neutral card, at once; it stays until somebody shows a case again."""
        self._case = None
        self._lay()
        self.repaint()

    @property
    def resting(self) -> bool:
        """Whether the neutral card stands there."""
        return self._case is None

    def on_closed(self, act: Callable[[], object] | None) -> None:
        """Who is told when somebody closes it."""
        self._closed = act

    def hidden_lines(self) -> int:
        """Pixels that do not fit even in the smallest type; a bar at the side then leads to them."""
        return self._scroll.verticalScrollBar().maximum()

    # Where it stands

    def take_screen(self, main: QWidget) -> None:
        """Fills another screen than the one of the main window; where there is one alone it is a window to be moved."""
        here = main.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        if others:
            self.setGeometry(QRect(others[-1].availableGeometry()))
            self.showFullScreen()
        else:
            self.show()

    def screen_gone(self, gone: QScreen) -> None:
        """Unplugged: the system moves the window to the screen that is left, where it must not go on showing."""
        if gone is self.screen() or len(QGuiApplication.screens()) < 2:
            self.rest()
            self.showNormal()
            self.rested.emit()

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(1280, 720)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._case = None
        super().closeEvent(event)
        if self._closed is not None:
            self._closed()

    def restyle(self) -> None:
        """The theme has changed: drawn anew once every part has been told, for that takes the old parts away."""
        QTimer.singleShot(0, self, self._lay)

    def _lay(self) -> None:
        """Draws the glass as large as fits."""
        width, height = max(self.width(), 320), max(self.height(), 200)
        size = LARGEST
        while True:
            glass = Glass(self._case, self._clock, self._today, size * width / DESIGNED_FOR)
            if glass.fits(width, height) or size <= SMALLEST:
                break
            size = 1.0 if size > 1.0 else size - STEP
        self._scroll.setWidget(glass)
