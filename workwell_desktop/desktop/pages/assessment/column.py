"""The column of questions of one part: sets its blocks to the lines, touching only what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import shiboken6
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
from workwell_desktop.desktop.pages.assessment.table_block import TableBlock
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
        self._lines: Sequence[Line] = ()
        self._turned: dict[str, bool] = {}
        self._current: Block | None = None

    def show_lines(self, lines: Sequence[Line], view: View) -> None:
        """Shows these lines in this order; what stands in a group that is closed is left out."""
        self._lines = lines
        order: list[Block] = []
        fresh = False
        closed = {line.row.path for line in lines if line.kind == "group" and self._closed(line)}
        view = replace(view, folded=frozenset(closed))
        for line in lines:
            if closed.intersection(line.around):
                continue
            block = self._blocks.get(line.key)
            if block is None or block.line.kind != line.kind:
                block = self._make(line, view)
                self._blocks[line.key] = block
                fresh = True
                block.show_line(line, view)
            elif not self._same(block.line, line) or self._view_matters(block, view):
                fresh = fresh or block.reshapes(line)
                block.show_line(line, view)
            order.append(block)
        self._view = view
        if order != self._order or fresh:
            self._arrange(order)

    def focus(self, path: str) -> None:
        """Puts the focus on an answer; a closed group opens for it."""
        if self._view is not None and not any(path in block.paths() for block in self._order):
            for line in self._lines:
                if path in (line.row.path, *(one.path for one in line.rows)):
                    self._turned |= dict.fromkeys(line.around, True)
            self.show_lines(self._lines, self._view)
        for block in self._order:
            if path in block.paths() and not isinstance(block, RepeatBlock | AddBlock | TextBlock):
                block.focus(path)
                return

    def focus_below(self, path: str) -> None:
        """Puts the focus on the first answer inside an instance."""
        start = around(path)
        for block in self._order:
            for question in block.questions():
                if question.line.row.path.startswith(f"{start}/"):
                    block.focus(question.line.row.path)
                    return

    def focus_after(self, path: str) -> bool:
        """Puts the focus on the next question after an answer; False where it was the last."""
        passed = False
        for block in self._order:
            for question in block.questions():
                if passed and question.takes_answers():
                    question.focus(question.line.row.path)
                    return True
                passed = passed or question.line.row.path == path
            if passed and isinstance(block, GridBlock):
                block.focus(block.line.rows[0].path)
                return True
        return False

    def first_open(self) -> QWidget | None:
        """The first control without an answer, or the first of all."""
        for block in self._order:
            target = block.open_target()
            if target is not None and target.isEnabled():
                return target
        return None

    def flush(self) -> None:
        """Hands on what is being typed."""
        for question in self._questions():
            if question.asked.typed:
                question.flush()

    def retry(self) -> None:
        """Hands on again what is shown and could not be saved."""
        for block in list(self._blocks.values()):
            block.retry()

    def rest(self) -> None:
        """Hands on what is being typed, without calling it wrong."""
        block = self.question_in_focus()
        if block is not None:
            block.rest()

    def settled(self, path: str, value: object) -> None:
        """An answer is durable, or could not be made so."""
        for question in self._questions(everywhere=True):
            if question.line.row.path == path:
                question.settled(value)

    def question_in_focus(self) -> QuestionBlock | None:
        """The question that holds the focus."""
        now = QApplication.focusWidget()
        if now is None or not self.isAncestorOf(now):
            return None
        return next((question for question in self._questions() if question.isAncestorOf(now)), None)

    def path_in_focus(self) -> str | None:
        """The answer that holds the focus."""
        question = self.question_in_focus()
        if question is not None:
            return question.line.row.path
        return next((path for one in self._order if isinstance(one, GridBlock) and (path := one.path_in_focus())), None)

    def find_question(self, path: str) -> QuestionBlock | None:
        """The question of an answer, where it stands by itself or in a table."""
        return next((one for one in self._questions() if one.line.row.path == path), None)

    def follow(self) -> None:
        """The focus moved: the question that it came to shows what can be done with it."""
        now = self.question_in_focus()
        if now is not self._current:
            before, self._current = self._current, now
            if before is not None and shiboken6.isValid(before):
                before.set_current(False)
            if now is not None:
                now.set_current(True)

    def _questions(self, *, everywhere: bool = False) -> list[QuestionBlock]:
        blocks = self._blocks.values() if everywhere else self._order
        return [question for block in blocks for question in block.questions()]

    def _closed(self, line: Line) -> bool:
        collapsible = line.row.item.collapsible
        return bool(collapsible) and not self._turned.get(line.row.path, collapsible != "default-closed")

    def _turn(self, path: str) -> None:
        """Opens or closes a group."""
        line = next((one for one in self._lines if one.row.path == path), None)
        if line is not None and self._view is not None:
            self.flush()
            self._turned[path] = self._closed(line)
            self.show_lines(self._lines, self._view)

    def _make(self, line: Line, view: View) -> Block:
        match line.kind:
            case "question":
                return QuestionBlock(line, view, self._hearer, self._typed.pop(line.row.path, ""))
            case "table":
                return TableBlock(line, view, self._hearer, self._typed)
            case "grid":
                return GridBlock(line, view, self._hearer)
            case "score":
                return ScoreBlock(line)
            case "repeat":
                return RepeatBlock(line, self._hearer)
            case "add":
                return AddBlock(line, self._hearer)
        made = TextBlock(line, view)
        made.turned = self._turn
        return made

    @staticmethod
    def _same(one: Line, other: Line) -> bool:
        return (
            one.row is other.row
            and len(one.rows) == len(other.rows)
            and all(mine is its for mine, its in zip(one.rows, other.rows, strict=True))
            and len(one.heads) == len(other.heads)
            and all(mine is its for mine, its in zip(one.heads, other.heads, strict=True))
            and (one.number, one.may_remove) == (other.number, other.may_remove)
        )

    def _view_matters(self, block: Block, view: View) -> bool:
        """Whether what stands beside the lines changed for this block."""
        before = self._view
        if before is None or before.read_only != view.read_only or isinstance(block, ScoreBlock):
            return True
        if before.show_previous != view.show_previous or before.folded != view.folded:
            return True
        if isinstance(block, GridBlock):
            return before.risky != view.risky or before.left_out != view.left_out
        left = before.left_out.keys() ^ view.left_out.keys()
        paths = set(block.paths())
        return bool((before.marked ^ view.marked) & paths or left & paths)

    def last_stop(self) -> QWidget | None:
        """The last control that the Tab key comes to, where there is one yet."""
        stops = [one for block in self._order for one in block.findChildren(QWidget)]
        return next((one for one in reversed(stops) if one.focusPolicy() is not Qt.FocusPolicy.NoFocus), None)

    def _arrange(self, order: list[Block]) -> None:
        """Puts the blocks in their order, hides the others, and makes the Tab key follow reading."""
        if not self._order:
            self.body.addStretch(1)
        for block in self._order:
            if block not in order:
                block.hide()
                self.body.removeWidget(block)
        # what stands in its place stays there: the whole column would be laid out again for each that is put back
        standing = [block for block in self._order if block in order]
        for place, block in enumerate(order):
            block.rule.setVisible(place > 0 and _ruled(order[place - 1], block))
            if place < len(standing) and standing[place] is block:
                continue
            if block in standing:
                self.body.removeWidget(block)
                standing.remove(block)
            self.body.insertWidget(place, block)
            standing.insert(place, block)
        self.body.setEnabled(False)
        for block in order:
            block.show()
        self.body.setEnabled(True)
        self.body.invalidate()
        self._order = order
        before: QWidget | None = None
        for block in order:
            for stop in block.findChildren(QWidget):
                # the cells of a grid take turns at being a stop: all of them stand in their place
                if stop.focusPolicy() is not Qt.FocusPolicy.NoFocus and stop.isVisibleTo(self):
                    if before is not None:
                        QWidget.setTabOrder(before, stop)
                    before = stop


def _ruled(before: Block, block: Block) -> bool:
    """No line between a heading and what it heads, nor between the last of a kind and the way to one more."""
    if isinstance(block, AddBlock):
        return False
    return not isinstance(before, RepeatBlock) and not (isinstance(before, TextBlock) and before.line.kind == "group")
