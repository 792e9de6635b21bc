"""A table of questions: a line for each instance or row of the form, a column for each question, heads above."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from workwell_desktop.desktop.kit import Button, Clear, Heading, Words, text
from workwell_desktop.desktop.pages.assessment.blocks import Block, Hearer, View
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.question import QuestionBlock
from workwell_desktop.desktop.widgets.layouts import spaced
from workwell_desktop.forms import Item, Row, around

_SHARES = {"text": 4, "string": 3, "url": 3, "choice": 3, "open-choice": 3, "quantity": 3, "dateTime": 4, "date": 3}
_WIDTH = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-width"
_SHORTER = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-columnWidth"


class TableBlock(Block):
    """Cells keep their identity: a new line moves nothing that somebody is typing in."""

    def __init__(self, line: Line, view: View, hearer: Hearer, typed: Mapping[str, str]) -> None:
        super().__init__(line)
        self._hearer, self._typed = hearer, dict(typed)
        self._cells: dict[str, QuestionBlock] = {}
        self._removes: dict[str, Button] = {}
        self._laid: tuple[Any, ...] = ()
        self._title = Heading(line.row.text, "section")
        self.inner.addWidget(self._title)
        hint = line.row.item.hint or ""
        if hint:
            self.inner.addWidget(Words(hint, "note", "soft"))
        self._holder = Clear()
        self._grid = QGridLayout(self._holder)
        spaced(self._grid, (0, 4, 0, 0), 8)
        self.inner.addWidget(self._holder)
        self._names = not line.row.item.multiple
        self._heads: list[QWidget] = []

    def reshapes(self, line: Line) -> bool:
        return self._laid != _shape(line)

    def show_line(self, line: Line, view: View) -> None:
        super().show_line(line, view)
        columns = [one for one in line.heads[0].item.children if one.is_question and self._asked(one, line)]
        shape = _shape(line)
        if shape != self._laid:
            self._laid = shape
            self._lay(line, columns, view)
        for cell in line.rows:
            made = self._cells[cell.path]
            made.show_line(Line("question", cell.path, cell, ends=(cell.item.lower or "", cell.item.upper or "")), view)
        for head in line.heads:
            remove = self._removes.get(head.path)
            if remove is not None:
                least = max(1, head.item.limits.min_occurs)
                remove.setVisible(len(line.heads) > least and not view.read_only and not head.read_only)

    def paths(self) -> tuple[str, ...]:
        return tuple(one.path for one in self.line.rows)

    def questions(self) -> list[QuestionBlock]:
        return [self._cells[one.path] for one in self.line.rows if one.path in self._cells]

    def focus(self, path: str) -> None:
        if path in self._cells:
            self._cells[path].focus(path)

    def open_target(self, missing: frozenset[str] | None = None) -> QWidget | None:
        return next((target for one in self.questions() if (target := one.open_target()) is not None), None)

    def flush(self) -> None:
        for one in self.questions():
            one.flush()

    def _asked(self, item: Item, line: Line) -> bool:
        """A column stands where at least one of its cells is asked."""
        if not self._names:
            return any(one.item is item for one in line.rows)
        return True

    def _lay(self, line: Line, columns: list[Item], view: View) -> None:
        while self._grid.count():
            taken = self._grid.takeAt(0)
            held = taken.widget() if taken is not None else None
            if held is not None:
                held.hide()
        for old in [*self._heads, *self._removes.values()]:
            old.deleteLater()
        self._heads, self._removes = [], {}
        first = 1 if self._names else 0
        for place, item in enumerate(columns):
            head = Words(item.short_text or item.text, "label")
            head.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            self._heads.append(head)
            self._grid.addWidget(head, 0, place + first)
            self._grid.setColumnStretch(place + first, _share(item))
        if self._names:
            self._grid.setColumnStretch(0, 3)
        for number, head_row in enumerate(line.heads, 1):
            self._line(line, number, head_row, columns, first, view)

    def _line(self, line: Line, number: int, head: Row, columns: list[Item], first: int, view: View) -> None:
        called = head.text if self._names else text("assessment.row", number=number)
        if self._names:
            words = Words(head.text, "body")
            self._heads.append(words)
            self._grid.addWidget(words, number, 0, Qt.AlignmentFlag.AlignVCenter)
        below = _cells_of(line, head)
        for place, item in enumerate(columns):
            cell = below[place] if self._names and place < len(below) else _of(item, below)
            if cell is None:
                continue
            made = self._cells.get(cell.path)
            if made is None:
                name = text("assessment.cell", column=item.short_text or item.text, row=called)
                asked = Line("question", cell.path, cell, ends=(cell.item.lower or "", cell.item.upper or ""))
                made = QuestionBlock(asked, view, self._hearer, self._typed.pop(cell.path, ""), cell=name)
                made.rule.setVisible(False)
                self._cells[cell.path] = made
            self._grid.addWidget(made, number, place + first, Qt.AlignmentFlag.AlignTop)
            made.show()
        if not self._names:
            remove = Button(text("assessment.remove"), lambda: self._hearer.remove_instance(head.path), kind="quiet")
            remove.setAccessibleName(
                text(
                    "assessment.remove_named",
                    title=text("assessment.instance", title=self.line.row.text, number=number),
                )
            )
            self._removes[head.path] = remove
            self._grid.addWidget(remove, number, len(columns), Qt.AlignmentFlag.AlignVCenter)


def _cells_of(line: Line, head: Row) -> list[Row]:
    start = around(head.path)
    return [one for one in line.rows if one.item.parent is head.item and around(one.path) == start]


def _of(item: Item, below: list[Row]) -> Row | None:
    return next((one for one in below if one.item is item), None)


def _shape(line: Line) -> tuple[Any, ...]:
    return tuple(one.path for one in line.heads), tuple(one.path for one in line.rows)


def _share(item: Item) -> int:
    """The column's share: as the form says in percent, else by what is written in it."""
    for one in item.data.get("extension", ()):
        if isinstance(one, dict) and one.get("url") in (_WIDTH, _SHORTER):
            size = one.get("valueQuantity")
            value = size.get("value") if isinstance(size, dict) else None
            if isinstance(value, int | float | Decimal):
                return max(1, round(float(value)))
    return 10 * _SHARES.get(item.type, 2)
