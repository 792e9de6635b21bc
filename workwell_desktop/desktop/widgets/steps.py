"""The steps of a plan, and the parts of an assessment: a number or a ring, a tick when done; each can be opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy

from workwell_desktop.desktop.theme import icons
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.desktop.widgets.layouts import Clear, column, rule, spaced
from workwell_desktop.domain.screen import text


@dataclass(frozen=True, slots=True)
class Step:
    """``state`` is done, now or ahead; ``note`` stands at the right of a part ("Done", "Here", "2 to look at")."""

    words: str
    state: str = "ahead"
    note: str = ""


class _StepButton(QAbstractButton):
    def __init__(self, step: Step, number: int, count: int, act: Callable[[], object]) -> None:
        super().__init__()
        self.number, self.count = number, count
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_step(step)
        self.clicked.connect(lambda _on: act())

    def show_step(self, step: Step) -> None:
        """Shows how far the step is now."""
        self.step = step
        self.setText(step.words)
        key = {"done": "parts.step_done", "now": "parts.step_now"}.get(step.state, "parts.step")
        name = text(key, number=self.number, count=self.count, words=step.words)
        self.setAccessibleName(f"{name}. {step.note}" if step.note and step.state == "ahead" else name)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class StepButton(_StepButton):
    """A ring of 26 with its number and words beside it."""

    def __init__(self, step: Step, number: int, count: int, act: Callable[[], object]) -> None:
        super().__init__(step, number, count, act)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        font = theme().font("note", 600 if self.step.state == "now" else 400)
        self.setFont(font)
        return QSize(theme().px(36) + self.fontMetrics().horizontalAdvance(self.text()) + 4, theme().px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px, state = theme().colour, theme().px, self.step.state
        side = px(24)
        box = faced(self, QRectF(1, (self.height() - side) / 2, side, side))
        filled = state in ("done", "now")
        painter.setPen(QPen(colours("brand" if filled else "text"), px(2)))
        painter.setBrush(colours("brand" if filled else "card"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if state == "done":
            inset = px(5)
            icons.paint(painter, "check", colours("on_brand"), box.adjusted(inset, inset, -inset, -inset))
        else:
            painter.setFont(theme().font("note", 700))
            painter.setPen(colours("on_brand" if filled else "text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.setFont(theme().font("note", 600 if state == "now" else 400))
        painter.setPen(colours("text_soft" if state == "ahead" else "text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(faced(self, self.rect().adjusted(px(32), 0, 0, 0)), middle, self.text())
        painter.end()


class Stepper(Clear):
    """The steps in a row with lines between them; ``on_open(index)``. In one column they stand below each other."""

    def __init__(self, steps: Sequence[Step], on_open: Callable[[int], object], *, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.buttons = [
            StepButton(step, place + 1, len(steps), lambda place=place: on_open(place))  # type: ignore[misc]
            for place, step in enumerate(steps)
        ]
        self._grid = QGridLayout(self)
        spaced(self._grid, (0, 0, 0, 0), 10)
        self._rules = [rule() for _ in self.buttons[1:]]
        self._across = 0
        self._choose()

    def restyle(self) -> None:
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def minimumSizeHint(self) -> QSize:
        widest = max((button.sizeHint().width() for button in self.buttons), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _choose(self) -> None:
        """All in a row with lines between them, or two columns, or one."""
        needed = sum(button.sizeHint().width() + theme().px(28) for button in self.buttons)
        widest = max((button.sizeHint().width() for button in self.buttons), default=1)
        count = len(self.buttons)
        across = count if self.width() >= needed else 2 if self.width() >= 2 * widest + theme().px(20) else 1
        if across == self._across:
            return
        self._across = across
        for widget in (*self.buttons, *self._rules):
            self._grid.removeWidget(widget)
        middle = Qt.AlignmentFlag.AlignVCenter
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // across, place % across * 2, middle | Qt.AlignmentFlag.AlignLeft)
        for place, line in enumerate(self._rules):
            self._grid.addWidget(line, 0, place * 2 + 1, middle)
            self._grid.setColumnStretch(place * 2 + 1, 1)
            line.setVisible(across == count)


class PartButton(_StepButton):
    """A line of 38 in the list of parts."""

    def __init__(self, step: Step, number: int, count: int, act: Callable[[], object]) -> None:
        super().__init__(step, number, count, act)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        self.setFont(theme().font("body", 600 if self.step.state == "now" else 400))
        return QSize(theme().px(200), max(theme().px(38), self._words_height(theme().px(200)) + theme().px(14)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _words_height(self, width: int) -> int:
        room = self.rect().adjusted(0, 0, 0, 100000)
        note = QFontMetrics(theme().font("note")).horizontalAdvance(self.step.note)
        room.setWidth(max(theme().px(80), max(self.width(), width) - theme().px(58) - note))
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px, state = theme().colour, theme().px, self.step.state
        if state == "now":
            painter.fillRect(self.rect(), colours("selected_row"))
            painter.fillRect(faced(self, QRectF(0, 0, px(4), self.height())), colours("brand"))
        elif self.underMouse():
            painter.fillRect(self.rect(), colours("brand_soft"))
        name, role = {"done": ("circle-check", "done"), "now": ("circle-dot", "brand")}.get(state, ("circle", "edge"))
        side = px(20)
        at = faced(self, QRectF(px(12), (self.height() - side) / 2, side, side))
        icons.paint(painter, name, colours(role), at)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme().font("note"))
        painter.setPen(colours("text_soft"))
        note_width = painter.fontMetrics().horizontalAdvance(self.step.note)
        end = faced(self, self.rect().adjusted(0, 0, -px(13), 0))
        painter.drawText(end, middle | Qt.AlignmentFlag.AlignRight, self.step.note)
        painter.setFont(theme().font("body", 600 if state == "now" else 400))
        painter.setPen(colours("text_soft" if state == "ahead" else "text"))
        box = faced(self, self.rect().adjusted(px(40), 0, -px(18) - note_width, 0))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, self.text())
        painter.end()


class PartList(Clear):
    """The parts of an assessment below each other."""

    def __init__(self, parts: Sequence[Step], on_open: Callable[[int], object], *, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        box = column(self)
        self.buttons = [
            PartButton(part, place + 1, len(parts), lambda place=place: on_open(place))  # type: ignore[misc]
            for place, part in enumerate(parts)
        ]
        for button in self.buttons:
            box.addWidget(button)

    def show_parts(self, parts: Sequence[Step]) -> None:
        """Shows how far the same parts are now; only the lines that say something else are painted again."""
        for button, part in zip(self.buttons, parts, strict=True):
            if button.step != part:
                other = "now" in (button.step.state, part.state) or button.step.note != part.note
                button.show_step(part)
                if other:
                    button.updateGeometry()
