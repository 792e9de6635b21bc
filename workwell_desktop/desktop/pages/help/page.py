"""Help on F1: the guide's page for the page in front, from ``resources/guide``. Nothing is fetched from anywhere."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from workwell_desktop import assets
from workwell_desktop.desktop import guide
from workwell_desktop.desktop.shell.context import Params
from workwell_desktop.desktop.shell.page import Page
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.card import Card
from workwell_desktop.desktop.widgets.messages import Empty
from workwell_desktop.desktop.widgets.text_field import TextField
from workwell_desktop.domain.screen import text

CONTENTS = "index"
_BELOW, _BELOW_LINE, _BELOW_HEADING, _ABOVE_HEADING = 12, 4, 8, 12
"""Pixels at 100 % below a paragraph, a line of a list and a heading, and above a heading."""
_PICTURE = "\ufffc"
"""Stands for a picture in the words of its line."""


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
        self._file = self._asked = ""
        self._drawn_to = 0
        self.restyle()

    def show_file(self, name: str) -> bool:
        """Shows ``name.md``; False when there is none, or when it lies outside the guide."""
        file = guide.file_of(self._folder, name)
        if file is None:
            return False
        self._file, self._asked, self._drawn_to = name, "", 0
        # pictures are named from the page's own folder
        self.setSearchPaths([str(file.parent)])
        self.setMarkdown(file.read_text(encoding="utf-8"))
        self._space()
        return True

    def show_found(self, asked: str) -> int:
        """Shows which pages speak of what was asked, each with a line of it and its link; how many."""
        self._asked = asked
        found = guide.find(self._folder, asked)
        said = _literal(asked)
        title = text("help.found", count=len(found), asked=said) if found else text("help.found_none", asked=said)
        lines = [f"- [{_literal(one.title)}](/{one.name}.md): {_literal(one.says)}" for one in found]
        self.setMarkdown("\n\n".join([f"# {title}", *(lines or [text("help.found_none_note")])]))
        self._space()
        return len(found)

    def file_of(self, link: QUrl) -> str:
        """The name of the guide's file that a link leads to; one from the list of what was found begins at the top."""
        path = link.path()
        return guide.led_to("" if path.startswith("/") else self._file, path.removeprefix("/"))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures no wider than the lines that are read."""
        found = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return found
        picture = QImage.fromData(found)
        self._drawn_to = self._widest()
        if picture.width() <= self._drawn_to:
            return picture
        return picture.scaledToWidth(self._drawn_to, Qt.TransformationMode.SmoothTransformation)

    def _widest(self) -> int:
        return max(1, min(theme().measure("reading_width"), self.viewport().width()) - 2 * theme().space(8))

    def to_first_link(self) -> None:
        """So that Return follows it, and Tab goes to the next one."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self.focusNextPrevChild(True)

    def restyle(self) -> None:
        self.document().setDefaultFont(theme().font("body"))
        self.document().setDocumentMargin(theme().space(8))
        if self._asked:
            self.show_found(self._asked)
        elif self._file:
            self.show_file(self._file)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hold_width()
        if self._drawn_to not in (0, self._widest()):
            at = self.verticalScrollBar().value()
            self.restyle()
            self.verticalScrollBar().setValue(at)

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
            if _PICTURE not in block.text():
                spacing.setLineHeight(116, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            spacing.setTopMargin(theme().space(_ABOVE_HEADING) if level and block.position() else 0)
            spacing.setBottomMargin(theme().space(_BELOW_HEADING if level else _BELOW_LINE if listed else _BELOW))
            if listed and block.next().isValid() and block.next().textList() is None:
                spacing.setBottomMargin(theme().space(_BELOW))
            if _is_code(block) and _is_code(block.next()):
                spacing.setBottomMargin(0)
            cursor.mergeBlockFormat(spacing)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                shape = cursor.charFormat()
                font: QFont = theme().font(sizes.get(level, "label"))
                shape.setFont(font)
                cursor.mergeCharFormat(shape)
            block = block.next()
        self._hold_width()


def _is_code(block: QTextBlock) -> bool:
    """Whether the line is one of several that stand as they were typed."""
    return block.isValid() and block.blockFormat().nonBreakableLines()


class _Search(TextField):
    """Finds pages as one types; Down or Return goes on into what was found, to its first link."""

    def __init__(self, shown: Guide) -> None:
        super().__init__()
        self._shown = shown
        self.setAccessibleName(text("help.search"))
        self.setPlaceholderText(text("help.search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._shown.to_first_link()
            return
        super().keyPressEvent(event)


def _literal(words: str) -> str:
    """Words as they are, whatever marks stand in them."""
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", words)


class HelpPage(Page):
    """The route's ``topic`` names the file; without one the contents are shown."""

    route = "help"
    scrolls = False

    def build(self) -> None:
        self.guide = Guide(assets.resource("guide"))
        self.guide.anchorClicked.connect(self._follow)
        self.search = _Search(self.guide)
        self.search.edited.connect(self._find)
        card = Card()
        card.add(self.guide, stretch=1)
        self.add(self.search)
        self.add(card, stretch=1)

    def enter(self, params: Params) -> None:
        self._topic = params.get("topic", "") or CONTENTS
        self.set_title(text("help.title"))
        if not self._show():
            self.clear_body()
            self.add(Empty(text("help.none"), text("help.none_note"), icon_name="circle-question-mark"))
        self.ready()

    def first_focus(self) -> QWidget | None:
        return self.guide

    def remember(self) -> dict[str, Any]:
        return {"asked": self.search.value()}

    def recall(self, memory: dict[str, Any]) -> None:
        self.search.set_value(memory.get("asked", ""))
        self._find()

    def _show(self) -> bool:
        return self.guide.show_file(self._topic) or self.guide.show_file(CONTENTS)

    def _find(self) -> None:
        asked = self.search.value()
        if asked:
            self.guide.show_found(asked)
        else:
            self._show()

    def _follow(self, link: QUrl) -> None:
        if link.isRelative() and link.path():
            self.go("help", topic=self.guide.file_of(link))
        elif link.hasFragment():
            self.guide.scrollToAnchor(link.fragment())
