"""Help on F1: the guide's page for the page in front, from ``resources/guide``. Nothing is fetched from anywhere."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser

from workwell_desktop import assets
from workwell_desktop.catalogue import text
from workwell_desktop.desktop.shell.context import Params
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.card import Card
from workwell_desktop.desktop.widgets.messages import Empty

_BELOW, _BELOW_LINE, _BELOW_HEADING, _ABOVE_HEADING = 12, 4, 8, 12
"""Pixels at 100 % below a paragraph, a line of a list and a heading, and above a heading."""


class Guide(QTextBrowser):
    """Shows one file of the guide; a link leads to another file of the guide and nowhere else."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSearchPaths([str(folder)])
        self.setAccessibleName(text("help.guide"))
        self._file = ""
        self.restyle()

    def show_file(self, name: str) -> bool:
        """Shows ``name.md``; False when there is none, or when it lies outside the guide."""
        file = (self._folder / f"{name}.md").resolve()
        if not file.is_file() or self._folder.resolve() not in file.parents:
            return False
        self._file = name
        self.setMarkdown(file.read_text(encoding="utf-8"))
        self._space()
        return True

    def file_of(self, link: QUrl) -> str:
        """The name of the guide's file that a link leads to."""
        return Path(link.path()).stem

    def restyle(self) -> None:
        self.document().setDefaultFont(theme().font("body"))
        self.document().setDocumentMargin(theme().space(8))
        if self._file:
            self.show_file(self._file)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hold_width()

    def _hold_width(self) -> None:
        """Lines no longer than one reads with ease, while the bar that scrolls them stands at the edge of the page."""
        whole = self.document().rootFrame()
        shape = whole.frameFormat()
        margin = theme().space(8)
        spare = self.viewport().width() - theme().measure("reading_width") - margin
        if shape.rightMargin() != max(margin, spare):
            shape.setRightMargin(max(margin, spare))
            whole.setFrameFormat(shape)

    def _space(self) -> None:
        """Headings in our sizes, lines far enough apart to read, and air between paragraphs."""
        sizes = {1: "page", 2: "heading", 3: "section"}
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            level = block.blockFormat().headingLevel()
            listed = block.textList() is not None
            spacing = QTextBlockFormat()
            spacing.setLineHeight(116, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            spacing.setTopMargin(theme().space(_ABOVE_HEADING) if level and block.position() else 0)
            spacing.setBottomMargin(theme().space(_BELOW_HEADING if level else _BELOW_LINE if listed else _BELOW))
            if listed and block.next().isValid() and block.next().textList() is None:
                spacing.setBottomMargin(theme().space(_BELOW))
            cursor.mergeBlockFormat(spacing)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                shape = cursor.charFormat()
                font: QFont = theme().font(sizes.get(level, "label"))
                shape.setFont(font)
                cursor.mergeCharFormat(shape)
            block = block.next()
        self._hold_width()


class HelpPage(Page):
    """The route's ``topic`` names the file; without one the contents are shown."""

    route = "help"
    scrolls = False

    def build(self) -> None:
        self.guide = Guide(assets.resource("guide"))
        self.guide.anchorClicked.connect(self._follow)

    def enter(self, params: Params) -> None:
        self.set_title(text("help.title"))
        self.clear_body()
        topic = params.get("topic", "")
        if (topic and self.guide.show_file(topic)) or self.guide.show_file("index"):
            card = Card()
            card.add(self.guide, stretch=1)
            self.add(card, stretch=1)
        else:
            self.add(Empty(text("help.none"), text("help.none_note"), icon_name="circle-question-mark"))
        self.ready()

    def _follow(self, link: QUrl) -> None:
        if link.isRelative() and link.path():
            self.go("help", topic=self.guide.file_of(link))
        elif link.hasFragment():
            self.guide.scrollToAnchor(link.fragment())
