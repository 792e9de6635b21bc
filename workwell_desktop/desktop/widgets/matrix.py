"""The matrix: questions down, the same answers across. Arrows move, a figure answers, the whole cell is the target."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QSizePolicy, QWidget

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.choices import Option
from workwell_desktop.desktop.widgets.layouts import Clear, Held, column, rule, spaced
from workwell_desktop.desktop.widgets.marks import ring
from workwell_desktop.desktop.widgets.one_stop import one_stop
from workwell_desktop.desktop.widgets.words import Words
from workwell_desktop.domain.screen import text


@dataclass(frozen=True, slots=True)
class Question:
    """``key`` names it; ``words`` are verbatim; ``last`` is last time's answer in words; ``risk`` tints the row."""

    key: str
    words: str
    last: str = ""
    value: str | None = None
    risk: bool = False


class _Cell(QRadioButton):
    """One answer to one question."""

    moved = Signal(int, int)
    figure = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(theme().measure("matrix_cell"), theme().px(34))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def restyle(self) -> None:
        self.updateGeometry()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        moves = {
            Qt.Key.Key_Left: (0, -on),
            Qt.Key.Key_Right: (0, on),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is not None:
            self.moved.emit(*move)
        elif event.text().isdigit():
            self.figure.emit(int(event.text()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme().measure("radio")
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        ring(painter, box, self.isChecked(), enabled=self.isEnabled())
        painter.end()


class Matrix(QFrame):
    """``answered(key, code)`` comes at each answer. ``lead`` stands above the questions, ``last_head`` above last time.

    In one column last time's answers are left out, so that the cells stay in sight.
    """

    answered = Signal(str, str)

    def __init__(
        self,
        questions: Sequence[Question],
        answers: Sequence[Option],
        *,
        lead: str = "",
        last_head: str = "",
        first_figure: int = 0,
    ) -> None:
        super().__init__()
        self._questions = list(questions)
        self._answers = list(answers)
        self._first_figure = first_figure
        self._cells: list[list[_Cell]] = []
        self._groups: list[QButtonGroup] = []
        self._last: list[QWidget] = []
        self._risk: list[tuple[int, bool]] = []
        self._grid = QGridLayout(self)
        spaced(self._grid, (0, 0, 0, 0), 0)
        self._grid.setColumnStretch(0, 1)
        self._head(lead, last_head)
        for question in self._questions:
            self._row(question)

    def value(self, key: str) -> str | None:
        """The code of the answer to one question."""
        place = self._place(key)
        chosen = self._groups[place].checkedId()
        return self._answers[chosen][0] if chosen >= 0 else None

    def set_value(self, key: str, code: str | None) -> None:
        """Shows an answer, or none."""
        place = self._place(key)
        group = self._groups[place]
        group.setExclusive(False)
        for cell, (own, _words) in zip(self._cells[place], self._answers, strict=True):
            cell.setChecked(own == code)
        group.setExclusive(True)
        self._one_stop(place)

    def set_risk(self, key: str, risk: bool) -> None:
        """Tints a question's row red, or not."""
        ground = self._grounds[self._place(key)]
        ground.setProperty("risk", risk)
        ground.setVisible(risk)

    def focus(self, key: str) -> None:
        """Puts the focus on a question."""
        place = self._place(key)
        chosen = self._groups[place].checkedId()
        self._cells[place][max(chosen, 0)].setFocus(Qt.FocusReason.OtherFocusReason)

    def key_in_focus(self) -> str | None:
        """The question whose answer holds the focus."""
        for question, cells in zip(self._questions, self._cells, strict=True):
            if any(cell.hasFocus() for cell in cells):
                return question.key
        return None

    def first(self) -> QWidget:
        """Where the focus goes: the first question without an answer."""
        for place, group in enumerate(self._groups):
            if group.checkedId() < 0:
                return self._cells[place][0]
        return self._cells[0][max(self._groups[0].checkedId(), 0)]

    def set_read_only(self, read_only: bool = True) -> None:
        """Shows without letting change."""
        for line in self._cells:
            for cell in line:
                cell.setEnabled(not read_only)

    def restyle(self) -> None:
        narrow = self.window().width() / theme().scale.factor < theme().tokens.reflow("two_columns_from")
        for widget in self._last:
            widget.setVisible(not narrow)

    def _head(self, lead: str, last_head: str) -> None:
        self._grounds: list[QFrame] = []
        bottom = Qt.AlignmentFlag.AlignBottom
        self._grid.addWidget(Words(lead, "note"), 0, 0, bottom)
        for place, (_code, words) in enumerate(self._answers):
            head = Words(words, "note", weight=600)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | bottom)
            head.setContentsMargins(0, 0, 0, 6)
            holder = Held(head, "matrix_cell")
            self._grid.addWidget(holder, 0, place + 1, bottom)
        if last_head:
            head = Words(last_head, "note", "soft", weight=600)
            self._grid.addWidget(head, 0, len(self._answers) + 1, bottom)
            self._last.append(head)

    def _row(self, question: Question) -> None:
        place = len(self._cells)
        line = place * 2 + 1
        across = len(self._answers) + 2
        self._grid.addWidget(rule(), line, 0, 1, across)
        ground = QFrame()
        ground.setProperty("part", "message")
        ground.setProperty("tint", "risk_row")
        self._grounds.append(ground)
        # a ground behind a row must be added before what lies on it
        self._grid.addWidget(ground, line + 1, 0, 1, across)
        ground.setVisible(question.risk)
        holder = Clear()
        words = Words(f"<b>{place + 1}</b>&nbsp; {_safe(question.words)}", "note", rich=True)
        column(holder, (8, 6, 8, 6)).addWidget(words)
        self._grid.addWidget(holder, line + 1, 0)
        group = QButtonGroup(self)
        cells = []
        for at, (_code, answer) in enumerate(self._answers):
            name = text("parts.matrix_answer", question=question.words, answer=answer)
            cell = _Cell(name, self)
            cell.setAccessibleDescription(text("parts.matrix_last", answer=question.last) if question.last else "")
            cell.moved.connect(lambda down, side, row=place, col=at: self._move(row + down, col + side))
            cell.figure.connect(lambda number, row=place: self._by_figure(row, number))
            cell.clicked.connect(lambda _on, row=place: self._answer(row))
            group.addButton(cell, at)
            cells.append(cell)
            self._grid.addWidget(cell, line + 1, at + 1)
        if question.last:
            last = Held(Words(question.last, "note", "soft"), 108)
            self._grid.addWidget(last, line + 1, len(self._answers) + 1, Qt.AlignmentFlag.AlignVCenter)
            self._last.append(last)
        self._cells.append(cells)
        self._groups.append(group)
        self.set_value(question.key, question.value)

    def _place(self, key: str) -> int:
        return next(place for place, question in enumerate(self._questions) if question.key == key)

    def _move(self, row: int, col: int) -> None:
        if 0 <= row < len(self._cells) and 0 <= col < len(self._answers):
            self._cells[row][col].setFocus(Qt.FocusReason.TabFocusReason)

    def _by_figure(self, row: int, number: int) -> None:
        col = number - self._first_figure
        if 0 <= col < len(self._answers) and self._cells[row][col].isEnabled():
            self._cells[row][col].click()
            self._move(row + 1, col)

    def _answer(self, row: int) -> None:
        self._one_stop(row)
        code = self.value(self._questions[row].key)
        if code is not None:
            self.answered.emit(self._questions[row].key, code)

    def _one_stop(self, row: int) -> None:
        """Tab goes from question to question; arrows move within."""
        one_stop(self._cells[row])


def _safe(words: str) -> str:
    from workwell_desktop.desktop.widgets.words import safe

    return safe(words)
