"""The focus ring: one see-through child of the window that goes where the focus goes.

4 px yellow outside a 2 px dark edge; the style sheet cannot draw outside a control, this can.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QCheckBox, QLabel, QRadioButton, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.layouts import reveal

_FOLLOWED = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
    QEvent.Type.ParentChange,
)

_BESIDE_WORDS = 4
"""Pixels between the ring and words that have no edge of their own."""


class FocusRing(QWidget):
    """Lies over ``window`` and takes no events."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("clear")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._clip = QRect()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.follow)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._changed)
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """The control that the ring is around."""
        return self._target if self.isVisible() else None

    def _changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._unwatch()
        inside = new is not None and self._window.isAncestorOf(new) and new.window() is self._window.window()
        self._target = _seen(new) if inside and new is not None else None
        widget = self._target
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._bring_into_view()
        self.follow()

    def _unwatch(self) -> None:
        for widget in self._watched:
            try:
                widget.removeEventFilter(self)
            except RuntimeError:  # Qt has deleted it already
                continue
        self._watched = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._again.start()
        return False

    def follow(self) -> None:
        """Lies around the target again, clipped to what scrolls above it."""
        target = self._target
        try:
            if target is None or not target.isVisible():
                self.hide()
                return
            around = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        except RuntimeError:  # the target went with its page
            self._target = None
            self.hide()
            return
        room = self._window.rect()
        above = target.parentWidget()
        while above is not None and above is not self._window:
            if isinstance(above.parentWidget(), QAbstractScrollArea):
                room &= QRect(above.mapTo(self._window, QPoint(0, 0)), above.size())
            above = above.parentWidget()
        away = _BESIDE_WORDS if _bare(target) else 0
        grown = around.adjusted(-7 - away, -7, 7 + away, 7)
        if not room.intersects(around):
            self.hide()
            return
        self._clip = room.translated(-grown.topLeft())
        self.setGeometry(grown)
        self.show()
        self.raise_()
        self.update()

    def _bring_into_view(self) -> None:
        """A control that gets the focus by key is scrolled into sight with its ring. One that was pressed stays where
        it is: it must not go from under the mouse before it is let go, or under a pen that is about to sign."""
        if self._target is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            reveal(self._target)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._clip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        focus = theme().tokens.table["focus"]
        box = QRectF(self.rect())
        painter.setPen(QPen(theme().colour("focus"), focus["ring"]))
        painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 9, 9)
        painter.setPen(QPen(theme().colour("focus_edge"), focus["edge"]))
        painter.drawRoundedRect(box.adjusted(6, 6, -6, -6), 6, 6)
        painter.end()


def _bare(widget: QWidget) -> bool:
    """Whether words begin at the very edge of ``widget``."""
    return isinstance(widget, QLabel | QRadioButton | QCheckBox) or widget.property("kind") in ("quiet", "link")


def _seen(widget: QWidget) -> QWidget | None:
    """The widget that the ring goes around: a viewport's owner; nothing for the window itself and running text."""
    if widget.inherits("QTextBrowser") or widget.isWindow():
        return None
    return widget
