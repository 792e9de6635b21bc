"""Radio buttons and checks whose whole line is the target and whose words wrap, and groups of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.facing import faced
from workwell_desktop.desktop.widgets.layouts import spaced
from workwell_desktop.desktop.widgets.marks import ring, tick_box
from workwell_desktop.desktop.widgets.one_stop import one_stop
from workwell_desktop.desktop.widgets.words import button_words

Option = tuple[str, str]
"""A code and the words that a person reads."""

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    # Qt takes one of its own classes at a time: the button itself comes with QRadioButton or QCheckBox
    _Button = object

_GAP, _APART = 10, 16
"""Pixels at 100 % between the circle and its words, and between columns of options."""
_MOST_FIGURES = 9
"""Options of a group that a figure chooses where nothing else was said: the first is 1."""
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_MEASURED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap  # "~AlignVCenter" would take the wrapping off too


class _Wrapped:
    """Measures and draws an indicator with wrapped words for a button of Qt."""

    def __init__(self, button: QAbstractButton) -> None:
        self._button = button

    def plain(self) -> str:
        return self._button.text().replace("&&", "&")

    def _beside(self) -> int:
        return theme().measure("radio") + theme().px(_GAP)

    def hint(self) -> QSize:
        width = self._beside() + self._button.fontMetrics().horizontalAdvance(self.plain()) + 4
        return QSize(width, self.height(width))

    def least(self) -> QSize:
        metrics = self._button.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in self.plain().split()), default=0)
        return QSize(self._beside() + longest + 4, theme().px(34))

    def height(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._beside()), 100000)
        words = self._button.fontMetrics().boundingRect(room, _MEASURED, self.plain())
        return max(theme().px(34), words.height() + theme().px(8))

    def paint(self, draw: Callable[..., None]) -> None:
        button = self._button
        painter = QPainter(button)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme().measure("radio")
        box = faced(button, QRectF(0, (button.height() - side) / 2, side, side))
        draw(painter, box, button.isChecked(), enabled=button.isEnabled())
        figure = button.property("figure")
        group = button.parent()
        if figure and not button.isChecked() and isinstance(group, Group) and group.entered():
            painter.setPen(theme().colour("text_soft"))
            painter.setFont(theme().font("note", 600))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, figure)
        painter.setPen(theme().colour("text" if button.isEnabled() else "text_soft"))
        painter.setFont(button.font())
        painter.drawText(faced(button, button.rect().adjusted(self._beside(), 0, 0, 0)), _FLAGS, self.plain())
        painter.end()


class _WholeLine(_Button):
    """What a radio button and a check have in common: the whole line is the target, and its words wrap."""

    _mark = staticmethod(ring)

    def _begin(self, words: str) -> None:
        self._wrapped = _Wrapped(self)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme().font("body"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._wrapped.hint()

    def minimumSizeHint(self) -> QSize:
        return self._wrapped.least()

    def heightForWidth(self, width: int) -> int:
        return self._wrapped.height(width)

    def hasHeightForWidth(self) -> bool:
        return True

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._wrapped.paint(self._mark)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._figures_change()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._figures_change()

    def _figures_change(self) -> None:
        """The figures of a group stand in its circles while it has the focus."""
        group = self.parent()
        if isinstance(group, Group) and group.figures:
            group.update()


class Radio(_WholeLine, QRadioButton):
    """One of several; the whole line is the target."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(button_words(words), parent)
        self._begin(words)


class Check(_WholeLine, QCheckBox):
    """Yes or no; ``edited`` comes when the person changes it."""

    edited = Signal()
    _mark = staticmethod(tick_box)

    def __init__(self, words: str, parent: QWidget | None = None, *, on: bool = False) -> None:
        super().__init__(button_words(words), parent)
        self._begin(words)
        self.setChecked(on)
        self.clicked.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        return self.isChecked()


class Group(QWidget):
    """Controls with one name; a screen reader says the name when it enters."""

    edited = Signal()
    done = Signal()

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._columns = columns
        self._now = 0
        self._controls: list[QWidget] = []
        self._of_code: dict[QAbstractButton, str] = {}
        self.figures: dict[str, str] = {}
        self._grid = QGridLayout(self)
        spaced(self._grid, (0, 0, 0, 0), 4)

    def fault(self) -> str | None:
        """Never wrong by itself."""
        return None

    def set_figures(self, figures: Mapping[str, str]) -> None:
        """Figures by code: while the group has the focus, a figure typed there chooses its option."""
        self.figures = dict(figures)
        for button, code in self._of_code.items():
            button.setProperty("figure", self.figures.get(code, ""))

    def entered(self) -> bool:
        """Whether one of its options has the focus."""
        now = QApplication.focusWidget()
        return now is not None and now.parent() is self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A figure chooses its option."""
        typed = event.text()
        wanted = next((one for one in self._of_code if typed and one.property("figure") == typed), None)
        if wanted is None or event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
        elif wanted.isEnabled():
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
            wanted.click()

    def set_wrong(self, wrong: bool) -> None:
        """The bar of the field group is enough."""

    def set_read_only(self, read_only: bool = True) -> None:
        """Shows without letting change."""
        for control in self._controls:
            control.setEnabled(not read_only)

    def restyle(self) -> None:
        # so far apart that the ring around one stays off the next
        self._grid.setHorizontalSpacing(theme().space(_APART))
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _changed(self) -> None:
        self.edited.emit()
        self.done.emit()

    def _place(self, controls: Iterable[QWidget]) -> None:
        self._controls = list(controls)
        self._now = 0
        self._lay()

    def _lay(self) -> None:
        """As many columns as asked for, or fewer where the words would not fit."""
        if not self._controls:
            return
        widest = max(control.sizeHint().width() for control in self._controls)
        apart = theme().space(_APART)
        fits = max(1, (self.width() + apart) // max(1, widest + apart)) if self._columns > 1 else 1
        columns = max(1, min(self._columns, fits)) if self.width() > theme().px(100) else self._columns
        if columns == self._now:
            return
        self._now = columns
        for place, control in enumerate(self._controls):
            self._grid.addWidget(control, place // columns, place % columns)


class Choice(Group):
    """One of several options, none chosen for the person; ``value()`` is its code or None. A code that it was given and
    has no option for stays until the person chooses."""

    def __init__(self, options: Sequence[Option], value: str | None = None, *, columns: int = 1) -> None:
        super().__init__(columns)
        self._codes: dict[Radio, str] = {}
        self._given: str | None = None
        self._buttons = QButtonGroup(self)
        for code, words in options:
            radio = Radio(words, self)
            self._codes[radio] = code
            self._of_code[radio] = code
            self._buttons.addButton(radio)
            radio.clicked.connect(lambda _on: self._changed())
        self.set_figures({code: str(place) for place, (code, _words) in enumerate(options[:_MOST_FIGURES], start=1)})
        self._place(self._codes)
        self.set_value(value)

    def value(self) -> str | None:
        """The code of the chosen option."""
        return next((code for radio, code in self._codes.items() if radio.isChecked()), self._given)

    def set_value(self, value: str | None) -> None:
        """Shows a choice, or none."""
        self._given = None if value in self._codes.values() else value
        self._buttons.setExclusive(False)
        for radio, code in self._codes.items():
            radio.setChecked(code == value)
        self._buttons.setExclusive(True)
        one_stop(list(self._codes))

    def first(self) -> QWidget:
        """Where the focus goes: the chosen one, or the first."""
        chosen = next((radio for radio in self._codes if radio.isChecked()), None)
        return chosen or next(iter(self._codes))


class Checks(Group):
    """Any of several options; ``value()`` holds their codes, and those that it was given and has no option for."""

    def __init__(self, options: Sequence[Option], value: Iterable[str] = (), *, columns: int = 1) -> None:
        super().__init__(columns)
        self._codes: dict[Check, str] = {}
        self._beside: frozenset[str] = frozenset()
        for code, words in options:
            check = Check(words, self)
            self._codes[check] = code
            self._of_code[check] = code
            check.clicked.connect(lambda _on: self._changed())
        self._place(self._codes)
        self.set_value(value)

    def value(self) -> frozenset[str]:
        """The codes of what is on."""
        return self._beside.union(code for check, code in self._codes.items() if check.isChecked())

    def set_value(self, value: Iterable[str]) -> None:
        """Shows which are on."""
        on = set(value)
        self._beside = frozenset(on.difference(self._codes.values()))
        for check, code in self._codes.items():
            check.setChecked(code in on)

    def first(self) -> QWidget:
        """Where the focus goes."""
        return next(iter(self._codes))
