"""A labelled field: label, hint, error above the control, and a red bar at the left while it is wrong."""

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.theme.theme import repolish, theme
from workwell_desktop.desktop.widgets.apart import ApartLine, marks_around
from workwell_desktop.desktop.widgets.layouts import Clear, column, reveal, row
from workwell_desktop.desktop.widgets.words import IconMark, Words
from workwell_desktop.domain.screen import text

_ABOVE_CONTROL = 2
"""Place in a field's column: after the label and the hint."""


class _ErrorLine(Clear):
    """What is wrong, beside its sign."""

    def __init__(self) -> None:
        super().__init__()
        box = row(self, (0, 3, 0, 0), 7)
        box.addWidget(IconMark("circle-alert", "risk", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.words = Words("", "label", "risk")
        box.addWidget(self.words, 1)


class Field(QFrame):
    """``control`` is named by ``label``; ``unit`` stands behind it; ``beside`` is a widget at its right.

    ``check()`` shows the control's own fault (called by itself when the person leaves the field); ``show_error``
    shows a sentence of the page's. ``rich`` is the label with simple markup, cleaned already.
    """

    def __init__(
        self,
        label: str,
        control: Any,
        *,
        hint: str = "",
        unit: str = "",
        optional: bool = False,
        beside: QWidget | None = None,
        rich: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("part", "group")
        self.control = control
        self.label = text("fields.optional", label=label) if optional else label
        self._hint = hint
        box = column(self, (0, 0, 0, 0), 0)
        self._title = Words(rich or self.label, "label", rich=bool(rich))
        self._title.setBuddy(control)
        box.addWidget(self._title)
        self._hint_line = Words(hint, "note", "soft")
        box.addWidget(self._hint_line)
        # shown only once it has a parent: before, it would flash up as a window of its own
        self._hint_line.setVisible(bool(hint))
        self._box = box
        self._error: _ErrorLine | None = None
        self._apart: ApartLine | None = None
        self._place: tuple[str, str] | None = None
        line = row(None, (0, 7, 0, 2), 8)
        line.addWidget(control, 100)
        self._after = Words(unit, "body")
        line.addWidget(self._after, 0, Qt.AlignmentFlag.AlignVCenter)
        if beside is not None:
            line.addWidget(beside)
        if control.maximumWidth() < 10000 or hasattr(control, "echoed"):
            line.addStretch(1)
        box.addLayout(line)
        self._after.setVisible(bool(unit))
        if hasattr(control, "echoed"):
            self._after.set_tone("soft")
            control.echoed.connect(self._echo)
            self._echo(control.echo())
        control.setAccessibleName(self.label)
        control.setAccessibleDescription(hint)
        if isinstance(control, QObject) and hasattr(control, "done"):
            control.done.connect(self._left)

    @property
    def wrong(self) -> bool:
        """Whether an error is shown."""
        return self._error is not None and not self._error.isHidden()

    def error(self) -> str:
        """The error shown, or nothing."""
        return self._error.words.plain() if self._error is not None and self.wrong else ""

    def hide_label(self) -> None:
        """In a table the heads of column and row say it; the control keeps its name."""
        self._title.hide()

    def add_below(self, widget: QWidget) -> None:
        """A line about the answer, or an act that fills it."""
        self._box.addWidget(widget)

    def rename(self, label: str) -> None:
        """The same control asks about somebody else."""
        self.label = label
        self._title.say(label)
        self.control.setAccessibleName(label)

    def belongs_to(self, record: str, field: str) -> None:
        """Which field of which record it shows: it then says by itself where that was written in two ways."""
        self._place = (str(record), field)
        if self.isVisible():
            self.mark_apart()

    def mark_apart(self) -> None:
        """Says below the control that two answers stand side by side, or no longer."""
        marks = marks_around(self) if self._place is not None else None
        choose = marks.get(self._place) if marks is not None and self._place is not None else None
        if choose is None:
            if self._apart is not None:
                self._apart.hide()
            return
        if self._apart is None:
            self._apart = ApartLine(self.label)
            self._box.addWidget(self._apart)
        self._apart.leads_to(choose)
        self._apart.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._place is not None:
            self.mark_apart()

    def check(self) -> bool:
        """Shows the control's own fault, or takes the error away; True when all is well."""
        self.show_error(self.control.fault() or "")
        return not self.wrong

    def show_error(self, words: str) -> None:
        """Shows an error above the control and says it; nothing takes it away."""
        changed = words != self.error()
        self._say_error(words)
        self.control.set_wrong(bool(words))
        self.setProperty("wrong", bool(words))
        repolish(self)
        more = " ".join(part for part in (text("fields.problem", fault=words) if words else "", self._hint) if part)
        self.control.setAccessibleDescription(more)
        self._indent(bool(words))
        if words and changed:
            announce(words, self.control, at_once=True)

    def _say_error(self, words: str) -> None:
        """Most fields are never wrong: the line is made for the first error, above the control."""
        if self._error is None:
            if not words:
                return
            self._error = _ErrorLine()
            self._box.insertWidget(_ABOVE_CONTROL, self._error)
        self._error.words.say(words)
        self._error.setVisible(bool(words))

    def focus(self) -> None:
        """Puts the focus where the answer goes."""
        first = getattr(self.control, "first", None)
        target: QWidget = first() if first is not None else self.control
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        # an error above it has moved it, and it may have had the focus already
        QTimer.singleShot(0, self, lambda: reveal(self))

    def restyle(self) -> None:
        self._indent(self.wrong)

    def _indent(self, wrong: bool) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme().space(14) if wrong else 0, 0, 0, 0)

    def _echo(self, words: str) -> None:
        self._after.say(words)
        self._after.setVisible(bool(words))

    def _left(self) -> None:
        """An error goes as soon as it is mended; a fault shows when the field is left."""
        fault = self.control.fault()
        if fault or self.wrong:
            self.show_error(fault or "")
