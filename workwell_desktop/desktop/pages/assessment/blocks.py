"""The blocks of the column of questions. Each is made when its line is first shown and keeps its identity after that:
what did not change is not touched, so that focus, cursor and scrolling stay."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Clear,
    Field,
    Heading,
    Held,
    Matrix,
    Question,
    Words,
    column,
    date_words,
    outlined,
    quiet,
    row,
    rule,
    text,
    theme,
)
from workwell_desktop.desktop.pages.assessment.controls import Asked, focus_target, make
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.values import same, unit_of, words_of
from workwell_desktop.domain.clock import london_day
from workwell_desktop.forms import Issue, Row
from workwell_desktop.services.filling import Previous

BESIDE = 200
"""Width of the answer from last time."""
_BESIDE_FROM = 620


@dataclass(frozen=True)
class View:
    """What the blocks need beside their lines. ``marked`` are paths whose missing answer may be said now."""

    today: date
    previous: Mapping[str, Previous]
    read_only: bool = False
    marked: frozenset[str] = frozenset()
    scores: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """By link id: the value and what is said of it."""
    risky: frozenset[str] = frozenset()


class Hearer(Protocol):
    """Who is told what a person does in the column."""

    def answered(self, path: str, value: object) -> None: ...
    def half_typed(self, path: str, words: str) -> None: ...
    def typing(self) -> None: ...
    def add_instance(self, path: str) -> None: ...
    def remove_instance(self, path: str) -> None: ...


class Block(Clear):
    """A line of the column with a hairline above it, unless it is the first."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self.box = column(self, (0, 0, 0, 0), 0)
        self.rule = rule()
        self.box.addWidget(self.rule)
        self.inner = column(None, (18 * line.indent, 9, 0, 11), 4)
        self.box.addLayout(self.inner)

    def show_line(self, line: Line, view: View) -> None:
        """Shows the line as it is now."""
        self.line = line

    def paths(self) -> tuple[str, ...]:
        """The answers that it holds."""
        return (self.line.row.path,)

    def focus(self, path: str) -> None:
        """Puts the focus where this answer goes."""

    def open_target(self, missing: frozenset[str] | None = None) -> QWidget | None:
        """The first control that has no answer yet."""
        return None

    def flush(self) -> None:
        """Hands on what is being typed."""


class TextBlock(Block):
    """A heading of a group, or a text between questions."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        if line.kind == "group":
            self._words: Words = Heading(line.row.text, "section")
        else:
            self._words = Words(line.row.text, reading=True)
        self.inner.addWidget(self._words)
        hint = line.row.item.hint or ""
        if hint:
            self.inner.addWidget(Words(hint, "note", "soft"))

    def show_line(self, line: Line, view: View) -> None:
        if line.row is not self.line.row:
            self._words.say(line.row.text)
        super().show_line(line, view)


class RepeatBlock(Block):
    """The head of one instance of a group that may be there several times."""

    def __init__(self, line: Line, hearer: Hearer) -> None:
        super().__init__(line)
        head = row(None, (0, 0, 0, 0), 10)
        self._title = Heading("", "section")
        self._remove = quiet("", lambda: hearer.remove_instance(self.line.row.path), "trash-2")
        head.addWidget(self._title, 1)
        head.addWidget(self._remove)
        self.inner.addLayout(head)
        hint = line.row.item.hint or ""
        if hint and line.number == 1:
            self.inner.addWidget(Words(hint, "note", "soft"))
        self._say(line)

    def show_line(self, line: Line, view: View) -> None:
        self._say(line)
        self._remove.setVisible(line.may_remove and not view.read_only)
        super().show_line(line, view)

    def _say(self, line: Line) -> None:
        title = text("assessment.instance", title=line.row.text or text("assessment.entry"), number=line.number)
        self._title.say(title)
        self._remove.say(text("assessment.remove"))
        self._remove.setAccessibleName(text("assessment.remove_named", title=title))


class AddBlock(Block):
    """One more instance."""

    def __init__(self, line: Line, hearer: Hearer) -> None:
        super().__init__(line)
        title = line.row.text or text("assessment.entry")
        self._button = outlined(text("assessment.add"), lambda: hearer.add_instance(self.line.row.path), "plus")
        self._button.setAccessibleName(text("assessment.add_named", title=title))
        self.inner.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_line(self, line: Line, view: View) -> None:
        self._button.setVisible(not view.read_only)
        super().show_line(line, view)


class ScoreBlock(Block):
    """A calculated value: seen, never typed."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self._name = Words(line.row.text, "label")
        self._value = Words("", "heading")
        self._said = Words("", "note", "soft")
        for widget in (self._name, self._value, self._said):
            self.inner.addWidget(widget)

    def show_line(self, line: Line, view: View) -> None:
        value, said = view.scores.get(line.row.link_id, ("", ""))
        if not value and not said:
            shown = words_of(line.row.value, view.today, line.row.options, unit_of(line.row))
            value = shown or text("parts.not_calculated")
        self._value.say(value)
        self._value.setVisible(bool(value))
        self._said.say(said)
        self._said.setVisible(bool(said))
        super().show_line(line, view)


class QuestionBlock(Block):
    """A question with its control, and the answer from last time at its right, or below it where it is narrow."""

    def __init__(self, line: Line, view: View, hearer: Hearer, typed: str = "") -> None:
        super().__init__(line)
        self._hearer = hearer
        self.asked: Asked = make(line, view.today)
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
        self.asked.control.done.connect(self.flush)
        if self.asked.typed:
            self.asked.control.edited.connect(hearer.typing)
        self.show_line(line, view)

    def show_line(self, line: Line, view: View) -> None:
        """Puts the answer in unless it is there already: what is being typed is never replaced by itself."""
        self.line = line
        now = line.row
        before = self._shown
        if before is None or (now.value != before.value and self.asked.read() != now.value):
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
        path = self.line.row.path
        fault = self.asked.control.fault()
        if fault:
            self.field.show_error(fault)
            self._hearer.half_typed(path, self.asked.words())
            return
        value = self.asked.read()
        if value != self.line.row.value or type(value) is not type(self.line.row.value):
            self._hearer.answered(path, value)
        else:
            self._hearer.half_typed(path, "")

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
            when = text("assessment.last", day=_day(previous, view.today), author=previous.author)
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


class GridBlock(Block):
    """A group of questions with the same few answers, as a matrix."""

    def __init__(self, line: Line, view: View, hearer: Hearer) -> None:
        super().__init__(line)
        options = line.rows[0].options
        self._codes = [str(place) for place in range(len(options))]
        days = {_day(found, view.today) for one in line.rows if (found := view.previous.get(one.path)) is not None}
        questions = [self._question(one, view) for one in line.rows]
        answers = [(code, option.label) for code, option in zip(self._codes, options, strict=True)]
        self.matrix = Matrix(questions, answers, lead=line.row.text, last_head=next(iter(days), ""))
        self.matrix.setAccessibleName(line.row.text)
        self.inner.addWidget(self.matrix)
        self._hearer = hearer
        self.matrix.answered.connect(self._answered)
        self._drawn: dict[str, Row] = {one.path: one for one in line.rows}
        self._risky: frozenset[str] = frozenset()
        self.show_line(line, view)

    def show_line(self, line: Line, view: View) -> None:
        self.line = line
        for one in line.rows:
            if one is not self._drawn.get(one.path):
                self._drawn[one.path] = one
                if self.matrix.value(one.path) != _code(one):
                    self.matrix.set_value(one.path, _code(one))
        if view.risky != self._risky:
            for one in line.rows:
                self.matrix.set_risk(one.path, one.link_id in view.risky)
            self._risky = view.risky
        self.matrix.set_read_only(view.read_only)

    def paths(self) -> tuple[str, ...]:
        return tuple(one.path for one in self.line.rows)

    def focus(self, path: str) -> None:
        self.matrix.focus(path)

    def open_target(self, missing: frozenset[str] | None = None) -> QWidget | None:
        return self.matrix.first() if any(one.value is None for one in self.line.rows) else None

    def _question(self, one: Row, view: View) -> Question:
        previous = view.previous.get(one.path)
        last = words_of(previous.value, view.today, one.options) if previous is not None else ""
        return Question(one.path, one.text, last, _code(one), one.link_id in view.risky)

    def _answered(self, path: str, code: str) -> None:
        one = next(each for each in self.line.rows if each.path == path)
        self._hearer.answered(path, one.options[int(code)].value)


def _code(one: Row) -> str | None:
    return next((str(place) for place, option in enumerate(one.options) if same(option.value, one.value)), None)


def _hint(line: Line) -> str:
    item = line.row.item
    ends = [words for words in line.ends if words]
    said = ". ".join(words.rstrip(".") for words in (*ends, item.hint or "", item.help or "") if words)
    if item.several and item.type in ("choice", "open-choice") and not said:
        said = text("assessment.all_that_fit")
    elif item.several and item.type not in ("choice", "open-choice"):
        said = ". ".join(part for part in (said.rstrip("."), text("assessment.each_line")) if part)
    return f"{said}." if said and said[-1] not in ".?!”" else said


def _day(previous: Previous, today: date) -> str:
    day = london_day(previous.at)
    words = date_words(day)
    return words.rsplit(" ", 1)[0] if day.year == today.year else words


def issue_words(issue: Issue, now: Row, today: date) -> str:
    """What is said at the field: bounds in one sentence, the rest as the form says it."""
    if issue.code in ("minValue", "maxValue") and now.minimum is not None and now.maximum is not None:
        low, high = (words_of(limit, today) for limit in (now.minimum, now.maximum))
        return text("fields.between", low=low, high=high)
    return issue.message
