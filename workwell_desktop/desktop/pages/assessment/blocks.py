"""The blocks of the column of questions. Each is made when its line is first shown and keeps its identity after that:
what did not change is not touched, so that focus, cursor and scrolling stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Clear,
    Heading,
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
)
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.values import same, unit_of, words_of
from workwell_desktop.domain.clock import london_day
from workwell_desktop.forms import Row
from workwell_desktop.services.filling import Previous


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
    def attached(self, path: str, file: Path, media_type: str) -> None: ...
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


class GridBlock(Block):
    """A group of questions with the same few answers, as a matrix."""

    def __init__(self, line: Line, view: View, hearer: Hearer) -> None:
        super().__init__(line)
        options = line.rows[0].options
        self._codes = [str(place) for place in range(len(options))]
        days = {day_of(found, view.today) for one in line.rows if (found := view.previous.get(one.path)) is not None}
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


def day_of(previous: Previous, today: date) -> str:
    day = london_day(previous.at)
    words = date_words(day)
    return words.rsplit(" ", 1)[0] if day.year == today.year else words
