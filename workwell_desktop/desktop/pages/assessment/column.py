"""The column of questions of one part: sets its blocks to the lines, touching only what changed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from workwell_desktop.desktop.kit import Card
from workwell_desktop.desktop.pages.assessment.blocks import (
    AddBlock,
    Block,
    GridBlock,
    Hearer,
    RepeatBlock,
    ScoreBlock,
    TextBlock,
    View,
)
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.question import QuestionBlock
from workwell_desktop.forms import around


class QuestionColumn(Card):
    """A white sheet with the questions of one part; ``typed`` holds words by path that were no answer yet."""

    def __init__(self, hearer: Hearer, typed: Mapping[str, str]) -> None:
        super().__init__(gap=0)
        self._hearer = hearer
        self._typed = dict(typed)
        self._blocks: dict[str, Block] = {}
        self._order: list[Block] = []
        self._view: View | None = None

    def show_lines(self, lines: Sequence[Line], view: View) -> None:
        """Shows these lines in this order."""
        order: list[Block] = []
        fresh = False
        for line in lines:
            block = self._blocks.get(line.key)
            if block is None or block.line.kind != line.kind:
                block = self._make(line, view)
                self._blocks[line.key] = block
                fresh = True
                block.show_line(line, view)
            elif not self._same(block.line, line) or self._view_matters(block, view):
                block.show_line(line, view)
            order.append(block)
        self._view = view
        if order != self._order or fresh:
            self._arrange(order)

    def focus(self, path: str) -> None:
        """Puts the focus on an answer."""
        for block in self._order:
            if path in block.paths() and not isinstance(block, RepeatBlock | AddBlock | TextBlock):
                block.focus(path)
                return

    def focus_below(self, path: str) -> None:
        """Puts the focus on the first answer inside an instance."""
        start = around(path)
        for block in self._order:
            if isinstance(block, QuestionBlock) and block.line.row.path.startswith(f"{start}/"):
                block.focus(block.line.row.path)
                return

    def first_open(self) -> QWidget | None:
        """The first control without an answer, or the first of all."""
        for block in self._order:
            target = block.open_target()
            if target is not None and target.isEnabled():
                return target
        return None

    def flush(self) -> None:
        """Hands on what is being typed."""
        for block in self._order:
            if isinstance(block, QuestionBlock) and block.asked.typed:
                block.flush()

    def rest(self) -> None:
        """Hands on what is being typed, without calling it wrong."""
        block = self.question_in_focus()
        if block is not None:
            block.rest()

    def settled(self, path: str, value: object) -> None:
        """An answer is durable, or could not be made so."""
        block = self._blocks.get(path)
        if isinstance(block, QuestionBlock):
            block.settled(value)

    def question_in_focus(self) -> QuestionBlock | None:
        """The question that holds the focus."""
        now = QApplication.focusWidget()
        for block in self._order:
            if isinstance(block, QuestionBlock) and now is not None and block.isAncestorOf(now):
                return block
        return None

    def _make(self, line: Line, view: View) -> Block:
        match line.kind:
            case "question":
                return QuestionBlock(line, view, self._hearer, self._typed.pop(line.row.path, ""))
            case "grid":
                return GridBlock(line, view, self._hearer)
            case "score":
                return ScoreBlock(line)
            case "repeat":
                return RepeatBlock(line, self._hearer)
            case "add":
                return AddBlock(line, self._hearer)
        return TextBlock(line)

    @staticmethod
    def _same(one: Line, other: Line) -> bool:
        return (
            one.row is other.row
            and len(one.rows) == len(other.rows)
            and all(mine is its for mine, its in zip(one.rows, other.rows, strict=True))
            and (one.number, one.may_remove) == (other.number, other.may_remove)
        )

    def _view_matters(self, block: Block, view: View) -> bool:
        """Whether what stands beside the lines changed for this block."""
        before = self._view
        if before is None or before.read_only != view.read_only or isinstance(block, ScoreBlock):
            return True
        if isinstance(block, GridBlock):
            return before.risky != view.risky
        return bool((before.marked ^ view.marked) & set(block.paths()))

    def _arrange(self, order: list[Block]) -> None:
        """Puts the blocks in their order, hides the others, and makes the Tab key follow reading."""
        for block in self._order:
            if block not in order:
                block.hide()
        while self.body.count():
            self.body.takeAt(0)
        for place, block in enumerate(order):
            self.body.addWidget(block)
            block.rule.setVisible(place > 0 and _ruled(order[place - 1]))
            block.show()
        self.body.addStretch(1)
        self._order = order
        before: QWidget | None = None
        for block in order:
            for stop in block.findChildren(QWidget):
                if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisibleTo(self):
                    if before is not None:
                        QWidget.setTabOrder(before, stop)
                    before = stop


def _ruled(before: Block) -> bool:
    """No line between a heading and what it heads."""
    return not isinstance(before, RepeatBlock) and not (isinstance(before, TextBlock) and before.line.kind == "group")
