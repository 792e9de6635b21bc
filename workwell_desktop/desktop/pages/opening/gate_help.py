"""Help before anybody is signed in: the guide in a window of its own, since there are no pages yet."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from workwell_desktop import assets
from workwell_desktop.desktop.pages.help.page import Guide
from workwell_desktop.desktop.theme.theme import refresh, theme
from workwell_desktop.desktop.widgets.buttons import outlined
from workwell_desktop.desktop.widgets.layouts import column
from workwell_desktop.domain.screen import text


class GateHelp(QWidget):
    """``topic`` is the guide's page to begin with. Escape closes it."""

    def __init__(self, parent: QWidget, topic: str) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("help.title"))
        box = column(self, (16, 16, 16, 12), 10)
        self.guide = Guide(assets.resource("guide"))
        self.guide.anchorClicked.connect(self._follow)
        self.guide.show_file(topic)
        box.addWidget(self.guide, 1)
        box.addWidget(outlined(text("parts.close"), self.close, "x"), 0, Qt.AlignmentFlag.AlignRight)
        for key in ("Esc", "F1"):
            QShortcut(QKeySequence(key), self).activated.connect(self.close)
        refresh(self)
        self.resize(theme().measure("reading_width") + theme().px(80), theme().px(560))
        self.guide.setFocus()

    def _follow(self, link: QUrl) -> None:
        if link.isRelative() and link.path():
            self.guide.show_file(self.guide.file_of(link))
