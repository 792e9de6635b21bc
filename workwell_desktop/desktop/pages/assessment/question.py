"""One question: its control, what is wrong with its answer, and the answer from last time beside it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workwell_desktop.desktop.kit import Button, Clear, Field, Held, Words, column, text, theme
from workwell_desktop.desktop.pages.assessment.blocks import Block, Hearer, View, day_of
from workwell_desktop.desktop.pages.assessment.controls import Asked, focus_target, make
from workwell_desktop.desktop.pages.assessment.file_field import FileField
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.values import unit_of, words_of
from workwell_desktop.forms import Issue, Row
from workwell_desktop.services.filling import Previous

BESIDE = 200
"""Width of the answer from last time."""
_BESIDE_FROM = 620


class QuestionBlock(Block):
    """A question with its control, and the answer from last time at its right, or below it where it is narrow."""

    def __init__(self, line: Line, view: View, hearer: Hearer, typed: str = "") -> None:
        super().__init__(line)
        self._hearer = hearer
        self.asked: Asked = self._file(line) if line.row.item.type == "attachment" else make(line, view.today)
        item = line.row.item
        label = f"{item.prefix} {line.row.text}" if item.prefix else line.row.text
        self.field = Field(label or item.link_id, self.asked.control, hint=_hint(line), unit=self.asked.unit)
        self._around = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.setSpacing(theme().space(16))
        self._around.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        self.inner.addLayout(self._around)
        self._use: Button | None = None
        self._beside: QWidget | None = None
        previous = view.previous.get(line.row.path)
        if view.previous:
            self._show_last(line.row, previous, view)
        self._shown: Row | None = None
        self._typed = typed
        self._sent: list[Any] = []
        if hasattr(self.asked.control, "done"):
            self.asked.control.done.connect(self.flush)
        if self.asked.typed:
            self.asked.control.edited.connect(hearer.typing)
        self.show_line(line, view)

    def show_line(self, line: Line, view: View) -> None:
        """Puts the answer in unless it is there already: what is being typed is never replaced by itself."""
        self.line = line
        now = line.row
        before = self._shown
        # what comes back from the store may be older than what was typed since: it is not put over it
        own = any(now.value == sent for sent in self._sent)
        if before is None or (now.value != before.value and not own and self.asked.read() != now.value):
            self.asked.show(now.value)
        if self._typed:
            self.asked.show_words(self._typed)
            self._typed = ""
        self._shown = now
        self.asked.control.set_read_only(view.read_only or now.read_only)
        self._show_fault(now, view)
        if self._use is not None:
            previous = view.previous.get(now.path)
            self._use.setVisible(not view.read_only and previous is not None and previous.value != now.value)

    def focus(self, path: str) -> None:
        self.field.focus()

    def open_target(self, missing: frozenset[str] | None = None) -> QWidget | None:
        return focus_target(self.asked.control) if self.line.row.value is None else None

    def flush(self) -> None:
        """Hands on the answer where it differs, or the words that are no answer yet."""
        fault = self.asked.control.fault()
        if fault:
            self.field.show_error(fault)
        self.rest()

    def rest(self) -> None:
        """The same in the middle of typing: nothing is called wrong yet."""
        path = self.line.row.path
        if self.asked.control.fault():
            self._hearer.half_typed(path, self.asked.words())
            return
        value = self.asked.read()
        last = self._sent[-1] if self._sent else self.line.row.value
        if value != last or type(value) is not type(last):
            self._sent.append(value)
            self._hearer.answered(path, value)
        elif not self._sent:
            self._hearer.half_typed(path, "")

    def settled(self, value: Any) -> None:
        """An answer that was handed on is durable, or could not be made so: then the next flush tries again."""
        if value in self._sent:
            self._sent.remove(value)

    def clear(self) -> None:
        """Takes the answer back."""
        self.asked.show(None)
        self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() / theme().scale.factor >= _BESIDE_FROM
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wanted = across if wide else down
        if self._around.direction() is not wanted:
            self._around.setDirection(wanted)
            self._around.setSpacing(theme().space(16 if wide else 2))

    def _file(self, line: Line) -> Asked:
        """A file goes to the store at once; what is kept comes back with the next snapshot."""
        path = line.row.path

        def taken(file: Path, media_type: str) -> None:
            self._hearer.attached(path, file, media_type)

        field = FileField(line.row.text, taken, lambda: self._hearer.answered(path, None))
        return Asked(field, lambda: field.kept, field.show_file)

    def _show_fault(self, now: Row, view: View) -> None:
        fault = self.asked.control.fault()
        if fault:
            self.field.show_error(fault)
            return
        wrong = next((issue for issue in now.issues if issue.severity == "error"), None)
        words = issue_words(wrong, now, view.today) if wrong is not None else ""
        if not words and now.path in view.marked and now.value is None:
            words = text("assessment.required")
        if words != self.field.error():
            self.field.show_error(words)

    def _show_last(self, now: Row, previous: Previous | None, view: View) -> None:
        holder = Clear()
        box = column(holder, (0, 0, 0, 0), 0)
        if previous is not None:
            when = text("assessment.last", day=day_of(previous, view.today), author=previous.author)
            box.addWidget(Words(when, "note", "soft"))
            said = words_of(previous.value, view.today, now.options, unit_of(now))
            box.addWidget(Words(said, "note"))
            self._use = Button(text("assessment.use"), self._use_last(previous), kind="link")
            self._use.setAccessibleName(text("assessment.use_named", label=now.text, answer=said))
            box.addWidget(self._use, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self._beside = Held(holder, BESIDE)
        self._around.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignTop)

    def _use_last(self, previous: Previous) -> Callable[[], None]:
        def use() -> None:
            self.asked.show(previous.value)
            self.field.focus()
            self.flush()

        return use


def _hint(line: Line) -> str:
    item = line.row.item
    ends = [words for words in line.ends if words]
    said = ". ".join(words.rstrip(".") for words in (*ends, item.hint or "", item.help or "") if words)
    if item.several and item.type in ("choice", "open-choice") and not said:
        said = text("assessment.all_that_fit")
    elif item.several and item.type not in ("choice", "open-choice"):
        said = ". ".join(part for part in (said.rstrip("."), text("assessment.each_line")) if part)
    return f"{said}." if said and said[-1] not in ".?!”" else said


def issue_words(issue: Issue, now: Row, today: date) -> str:
    """What is said at the field: bounds in one sentence, the rest as the form says it."""
    if issue.code in ("minValue", "maxValue") and now.minimum is not None and now.maximum is not None:
        low, high = (words_of(limit, today) for limit in (now.minimum, now.maximum))
        return text("fields.between", low=low, high=high)
    return issue.message
