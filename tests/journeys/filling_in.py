"""Somebody who fills in a form by keyboard alone: answers what holds the focus, and goes on with Return or Tab."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton, QSlider

from tests.desktop.pages.at_work import focus
from tests.journeys.hands import Hands
from workwell_desktop.desktop.pages.assessment.blocks import GridBlock
from workwell_desktop.desktop.pages.assessment.question import QuestionBlock
from workwell_desktop.desktop.widgets.matrix import Matrix

MOST = 400
"""Stops on one page, far more than there are."""
WRITTEN = {
    "string": "In my own words",
    "text": "In my own words, and more of them",
    "url": "https://example.org",
    "integer": "3",
    "decimal": "12.5",
    "quantity": "12.5",
    "date": "March 2019",
    "dateTime": "24/11/2026",
    "time": "9.30am",
}
"""What is typed into a field, by the type of its question."""


def fill_page(hands: Hands) -> None:
    """From where the focus is, to the foot of the page."""
    done: set[int] = set()
    for _ in range(MOST):
        now = focus()
        column = hands.page._columns[hands.page.part]
        if not column.isAncestorOf(now):
            return
        if id(now) in done:
            hands.key(Qt.Key.Key_Tab)
            continue
        done.add(id(now))
        answer(hands, now, column.question_in_focus())
    raise AssertionError("the page never ended")


def on_with_return(hands: Hands) -> None:
    """Return goes to the question that a reader would come to next, and from the last one out of the sheet."""
    column = hands.page._columns[hands.page.part]
    here = column.path_in_focus()
    hands.key(Qt.Key.Key_Return)
    read = reading(column)
    after = read[read.index(here) + 1 :] if here in read else [None]
    there = column.path_in_focus() if column.isAncestorOf(focus()) else None
    assert there == next(iter(after), None), (here, there)


def reading(column: Any) -> list[str]:
    """The paths of the questions that can be answered, as they stand on the sheet: from the top, and from the left."""
    spots = []
    for block in column.findChildren(QuestionBlock):
        if block.isVisible() and block.takes_answers():
            spots.append((_spot(column, block), block.line.row.path))
    for grid in column.findChildren(GridBlock):
        if grid.isVisible():
            spots.append((_spot(column, grid), grid.line.rows[0].path))
    return [path for _spot_of, path in sorted(spots)]


def _spot(column: Any, block: Any) -> tuple[int, int]:
    at = block.mapTo(column, block.rect().topLeft())
    return at.y() // 20, at.x()


def answer(hands: Hands, now: Any, question: Any) -> None:
    """Answers what holds the focus as its kind asks for."""
    if isinstance(now, QRadioButton) and isinstance(now.parent(), Matrix):
        hands.write("1")
        if focus() is now:
            hands.key(Qt.Key.Key_Tab)
    elif isinstance(now, QRadioButton | QCheckBox) and question is not None:
        figure = now.property("figure")
        hands.write(figure or "5")
        on_with_return(hands)
    elif isinstance(now, QComboBox):
        QTest.keyClick(now, Qt.Key.Key_Down)
        hands.rest()
        hands.key(Qt.Key.Key_Return)
    elif isinstance(now, QSlider):
        hands.key(Qt.Key.Key_Right, 3)
        hands.key(Qt.Key.Key_Tab)
    elif isinstance(now, QLineEdit | QPlainTextEdit) and question is not None and not now.isReadOnly():
        item = question.line.row.item
        hands.write(WRITTEN[item.type])
        # Return waits for what follows from the answer; within several lines and several answers it makes one more
        alone = isinstance(now, QLineEdit) and not item.several
        if alone:
            on_with_return(hands)
        else:
            hands.key(Qt.Key.Key_Tab)
    else:
        hands.key(Qt.Key.Key_Tab)
