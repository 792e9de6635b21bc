"""The blocks of the column of questions. Each is made when its line is first shown and keeps its identity after that:
what did not change is not touched, so that focus, cursor and scrolling stay."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Clear,
    Heading,
    IconMark,
    Matrix,
    Question,
    Words,
    column,
    date_words,
    outlined,
    quiet,
    row,
    rule,
    safe,
    text,
)
from workwell_desktop.desktop.pages.assessment.lines import Line
from workwell_desktop.desktop.pages.assessment.links import Links, links_of
from workwell_desktop.desktop.pages.assessment.values import same, unit_of, words_of
from workwell_desktop.desktop.widgets.apart import ApartLines
from workwell_desktop.domain.clock import london_day
from workwell_desktop.forms import Row
from workwell_desktop.services.assessing.filling import Previous


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
    left_out: Mapping[str, str] = field(default_factory=dict)
    """By path: why a question has no answer, as a code of ``domain.left_out.Reason``."""
    show_previous: bool = True
    beside: bool = True
    """Whether there is room kept at the right of each question."""
    links: bool = True
    folded: frozenset[str] = frozenset()
    """Paths of the groups that are closed."""
    response: str = ""
    """Which response it is, for what two people answered apart."""


class Hearer(Protocol):
    """Who is told what a person does in the column."""

    def answered(self, path: str, value: object) -> None: ...
    def attached(self, path: str, file: Path, media_type: str) -> None: ...
    def half_typed(self, path: str, words: str) -> None: ...
    def typing(self) -> None: ...
    def add_instance(self, path: str) -> None: ...
    def remove_instance(self, path: str) -> None: ...
    def leave_out(self, path: str, reason: str) -> None: ...
    def onward(self, path: str) -> None: ...


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

    def questions(self) -> list[Any]:
        """The questions in it that have a control of their own."""
        return []

    def reshapes(self, line: Line) -> bool:
        """Whether this line brings other controls, so that the Tab key has to find its way anew."""
        return False

    def set_current(self, current: bool) -> None:
        """Whether the focus is within."""

    def focus(self, path: str) -> None:
        """Puts the focus where this answer goes."""

    def open_target(self, missing: frozenset[str] | None = None) -> QWidget | None:
        """The first control that has no answer yet."""
        return None

    def flush(self) -> None:
        """Hands on what is being typed."""

    def retry(self) -> None:
        """Hands on again what is shown and is no answer of the store."""
        self.flush()


_MARKS = {
    "security": ("shield", "info", ""),
    "legal": ("scale", "text_soft", "soft"),
    "context-display": ("info", "info", "soft"),
}
"""By display category or control: the mark before a text, its colour, and the tone of the words. What the law says or
who sees the answers is told apart from what helps to answer; where somebody is in a form is a small line."""
_GUIDES = frozenset({"instructions", "prompt", "flyover", "help"})
"""What guides in answering; where it hangs on a condition it has a line of its own."""


class TextBlock(Block):
    """A heading of a group, or a text between questions; ``turned`` is told when a group is opened or closed."""

    turned: Callable[[str], None] | None = None

    def __init__(self, line: Line, view: View) -> None:
        super().__init__(line)
        item = line.row.item
        self._rich = bool(item.html) and line.row.text == item.text
        self._turn: Button | None = None
        mark = None
        if line.kind == "group":
            self._words: Words = Heading(line.row.text, "section")
        else:
            mark = _MARKS.get(item.category or "") or _MARKS.get(item.control)
            tone = mark[2] if mark else "soft" if {item.category, item.control} & _GUIDES else ""
            kind = "note" if item.control in ("context-display", "legal", "prompt") else "body"
            self._words = Words(item.html or line.row.text, kind, tone, rich=self._rich, reading=True)
        head = row(None, (0, 0, 0, 0), 10)
        if mark is not None:
            head.addWidget(IconMark(mark[0], mark[1], 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._words, 1)
        if line.kind == "group" and item.collapsible:
            self._turn = quiet("", lambda: self.turned(line.row.path) if self.turned else None, "chevron-down")
            head.addWidget(self._turn)
        self.inner.addLayout(head)
        for said in (item.hint or "", item.help or ""):
            if said:
                self.inner.addWidget(Words(said, "note", "soft"))
        if view.links and links_of(item):
            self.inner.addWidget(Links(links_of(item)))

    def show_line(self, line: Line, view: View) -> None:
        if line.row is not self.line.row:
            rich = self._rich and line.row.text == line.row.item.text
            self._words.say(
                (line.row.item.html or "") if rich else safe(line.row.text) if self._rich else line.row.text
            )
        if self._turn is not None:
            folded = line.row.path in view.folded
            words = text("assessment.unfold" if folded else "assessment.fold")
            self._turn.say(words)
            self._turn.show_icon("chevron-down" if folded else "chevron-up")
            self._turn.setAccessibleName(text("assessment.part_of", label=words, part=line.row.text))
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
        if line.row.item.is_question:
            title = text("assessment.answer_number", number=line.number)
        else:
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
        if view.response:
            self.inner.addWidget(ApartLines([(view.response, f"answer/{one.path}") for one in line.rows]))
        self._left = Words("", "note", "soft")
        self.inner.addWidget(self._left)
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
        self._left_out = view.left_out
        left = [
            text("assessment.left_in_grid", number=number, why=text(f"assessment.left_{reason}"))
            for number, one in enumerate(line.rows, 1)
            if one.value is None and (reason := view.left_out.get(one.path))
        ]
        self._left.say(" ".join(left))
        self._left.setVisible(bool(left))

    def paths(self) -> tuple[str, ...]:
        return tuple(one.path for one in self.line.rows)

    def focus(self, path: str) -> None:
        self.matrix.focus(path)

    def open_target(self, missing: frozenset[str] | None = None) -> QWidget | None:
        waiting = any(one.value is None and one.path not in self._left_out for one in self.line.rows)
        return self.matrix.first() if waiting else None

    def retry(self) -> None:
        for one in self.line.rows:
            code = self.matrix.value(one.path)
            if code is not None and code != _code(one):
                self._answered(one.path, code)

    def path_in_focus(self) -> str | None:
        """The question whose answer holds the focus."""
        return self.matrix.key_in_focus()

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
