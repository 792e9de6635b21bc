"""A place to drop a file or a picture on; the clipboard is read in the same way."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.layouts import Clear, column
from workwell_desktop.desktop.widgets.words import Words

Given = Path | bytes


def given_by(mime: QMimeData | None) -> Given | None:
    """The first file of this computer, or the picture, that was dropped or copied; None where there is neither."""
    if mime is None:
        return None
    for url in mime.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    if mime.hasImage():
        image = QImage(mime.imageData())
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not image.isNull() and image.save(buffer, "PNG"):  # type: ignore[call-overload]
            return bytes(buffer.data().data())
    return None


def on_the_clipboard() -> Given | None:
    """What was copied: a file of this computer, or a picture."""
    return given_by(QGuiApplication.clipboard().mimeData())


class DropPlace(Clear):
    """``given`` is told of a file or a picture that was dropped here."""

    given = Signal(object)

    def __init__(self, words: str) -> None:
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)
        self.box = column(self, (20, 20, 20, 20), 10)
        line = Words(words, "body", "soft")
        self.box.addWidget(line)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if any(url.isLocalFile() for url in mime.urls()) or mime.hasImage():
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        found = given_by(event.mimeData())
        if found is not None:
            event.acceptProposedAction()
            self.given.emit(found)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme().colour("brand" if self._over else "line"), theme().px(2))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = theme().px(2)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), theme().px(6), theme().px(6))
        painter.end()

    def _mark(self, over: bool) -> None:
        self._over = over
        self.update()
