"""One question: its control, what is wrong with its answer, and the answer from last time beside it."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from workwell_desktop.desktop.kit import Field, Held, column, text, theme
from workwell_desktop.desktop.pages.assessment.asked import Asked, focus_target
from workwell_desktop.desktop.pages.assessment.beside import WIDTH, Beside
from workwell_desktop.desktop.pages.assessment.blocks import Block, Hearer, View
from workwell_desktop.desktop.pages.assessment.controls import make
from workwell_desktop.desktop.pages.assessment.file_field import FileField
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.links import links_of
from workwell_desktop.desktop.pages.assessment.notes import More, Notes, long_help
from workwell_desktop.desktop.pages.assessment.values import words_of
from workwell_desktop.forms import Issue, Row

_BESIDE_FROM = 620
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuestionBlock(Block):
    """A question with its control, and the answer from last time at its right, or below it where it is narrow.

    As a ``cell`` of a table it has no words of its own in sight: its column and its row are its name.
    """

    def __init__(self, line: Line, view: View, hearer: Hearer, typed: str = "", *, cell: str = "") -> None:
        super().__init__(line)
        self._hearer = hearer
        self._cell = bool(cell)
        item = line.row.item
        self.asked: Asked = self._file(line) if item.type == "attachment" else make(line, view.today, cell=bool(cell))
        label = cell or (f"{item.prefix} {line.row.text}" if item.prefix else line.row.text) or item.link_id
        rich = item.html if item.html and line.row.text == item.text and not cell else ""
        self.field = Field(
            label, self.asked.control, hint="" if cell else _hint(line), unit=self.asked.unit, rich=rich or ""
        )
        if view.response:
            self.field.belongs_to(view.response, f"answer/{line.row.path}")
        if cell:
            self.field.hide_label()
            self.inner.setContentsMargins(0, 0, 0, 0)
        self._main = column(None, (0, 0, 0, 0), 0)
        self._main.addWidget(self.field)
        self._around = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.setSpacing(theme().space(16))
        self._around.addLayout(self._main, 1)
        self.inner.addLayout(self._around)
        helped, links = long_help(item), links_of(item) if view.links else []
        if not cell and (helped or links):
            self._main.addWidget(More(helped, links, label))
        # not aligned at the top: such a layout never grows beyond its size hint, and a long error is cut off
        self._main.addStretch(1)
        self._notes: Notes | None = None
        self._beside: Beside | None = None
        if not cell and view.beside:
            self._beside = Beside(
                self._use_last,
                lambda reason: hearer.leave_out(self.line.row.path, reason),
                {option.label for option in line.row.options},
            )
            self._around.addWidget(Held(self._beside, WIDTH), 0, Qt.AlignmentFlag.AlignTop)
        self._view = view
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
        self.line, self._view = line, view
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
        self.asked.control.set_read_only(view.read_only or now.read_only or not now.enabled)
        self._show_fault(now, view)
        self._show_notes(now, view)
        if self._beside is not None:
            self._beside.show_last(now, view.previous.get(now.path), view)
            self._follow()

    def questions(self) -> list["QuestionBlock"]:
        return [self]

    def takes_answers(self) -> bool:
        """Whether a person can answer it now."""
        now = self.line.row
        return not self._view.read_only and not now.read_only and now.enabled

    def set_current(self, current: bool) -> None:
        """Whether the focus is within."""
        if self._beside is not None:
            now = self.line.row
            may = self.takes_answers() and now.value is None
            self._beside.show_ways(current and may and not self._view.left_out.get(now.path) and self._wide())

    def focus(self, path: str) -> None:
        self.field.focus()

    def caret(self) -> int:
        """Where in what is typed the cursor stands; -1 where nothing is typed."""
        now = self.window().focusWidget()
        place = getattr(now, "cursorPosition", None)
        if callable(place):
            return int(place())
        inside = getattr(now, "textCursor", None)
        return int(inside().position()) if callable(inside) else -1

    def set_caret(self, place: int) -> None:
        """Puts the cursor back."""
        field: Any = focus_target(self.asked.control)
        if place >= 0 and hasattr(field, "setCursorPosition"):
            field.setCursorPosition(place)
        elif place >= 0 and hasattr(field, "textCursor"):
            there = field.textCursor()
            there.setPosition(min(place, len(field.toPlainText())))
            field.setTextCursor(there)

    def open_target(self, missing: frozenset[str] | None = None) -> QWidget | None:
        now = self.line.row
        waits = now.value is None and not now.read_only and now.enabled and now.path not in self._view.left_out
        return focus_target(self.asked.control) if waits else None

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on to the next question, once what follows from this answer is drawn."""
        if event.key() in _RETURN and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.flush()
            self._hearer.onward(self.line.row.path)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wide = self._wide()
        wanted = across if wide else down
        if self._around.direction() is not wanted:
            self._around.setDirection(wanted)
            self._around.setSpacing(theme().space(16 if wide else 2))
            self._follow()

    def _follow(self) -> None:
        now_in = QApplication.focusWidget()
        self.set_current(now_in is not None and self.isAncestorOf(now_in))

    def _wide(self) -> bool:
        return self.width() / theme().scale.factor >= _BESIDE_FROM

    def _file(self, line: Line) -> Asked:
        """A file goes to the store at once; what is kept comes back with the next snapshot."""
        path = line.row.path

        def taken(file: Path, media_type: str) -> None:
            self._hearer.attached(path, file, media_type)

        field = FileField(
            line.row.text, taken, lambda left: self._hearer.answered(path, left), several=line.row.item.several
        )
        return Asked(field, field.kept, field.show_files)

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

    def _show_notes(self, now: Row, view: View) -> None:
        if self._notes is None:
            remarks = any(one.severity != "error" for one in now.issues)
            if not (now.overridden or remarks or now.path in view.left_out):
                return
            path = now.path
            self._notes = Notes(lambda: self._hearer.leave_out(path, ""), lambda: self._hearer.answered(path, None))
            self._main.insertWidget(self._main.count() - 1, self._notes)
        self._notes.show_row(now, view)

    def _use_last(self) -> None:
        previous = self._view.previous.get(self.line.row.path)
        if previous is not None:
            self.asked.show(previous.value)
            self.field.focus()
            self.flush()


def _hint(line: Line) -> str:
    item = line.row.item
    ends = _ends(line) if line.ruler else []
    helped = "" if long_help(item) else item.help or ""
    parts = [*ends, item.hint or "", helped]
    if item.limits.entry_format:
        parts.append(text("assessment.format", form=item.limits.entry_format))
    if item.signature:
        kinds = ", ".join(name for one in item.signature if (name := one.display or one.code))
        plain = text("assessment.to_be_signed_plain")
        parts.append(text("assessment.to_be_signed", kinds=kinds) if kinds else plain)
    said = ". ".join(words.rstrip(".") for words in parts if words)
    if item.several and item.type in ("choice", "open-choice") and not said:
        said = text("assessment.all_that_fit")
    return f"{said}." if said and said[-1] not in ".?!”" else said


def _ends(line: Line) -> list[str]:
    """What the ends of a ruler mean, each with its number."""
    numbers = (line.row.minimum, line.row.maximum)
    return [
        words if words[0].isdigit() else text("assessment.end", number=number, words=words)
        for number, words in zip(numbers, line.ends, strict=True)
        if words
    ]


def issue_words(issue: Issue, now: Row, today: date) -> str:
    """What is said at the field: bounds in one sentence, the rest as the form says it."""
    if issue.code in ("minValue", "maxValue") and now.minimum is not None and now.maximum is not None:
        low, high = (words_of(limit, today) for limit in (now.minimum, now.maximum))
        return text("fields.between", low=low, high=high)
    return issue.message
