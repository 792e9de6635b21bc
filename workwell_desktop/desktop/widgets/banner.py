"""The banner: whose record this is, always in sight on every page about a person."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from workwell_desktop.desktop.days import age, date_words, long_day, nhs_words
from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.clock import ClockBoxes, ProgrammeClock, clock_text
from workwell_desktop.desktop.widgets.flow import Flow
from workwell_desktop.desktop.widgets.layouts import Clear, column, row, spaced
from workwell_desktop.desktop.widgets.tag import Tag
from workwell_desktop.desktop.widgets.words import Heading, IconMark, Words, safe
from workwell_desktop.domain.screen import text


@dataclass(frozen=True, slots=True)
class BannerFacts:
    """``needs``, ``adjustments``, ``pronouns`` are words; ``week`` of ``weeks`` is None before the programme began."""

    name: str
    preferred: str = ""
    born: date | None = None
    nhs_number: str = ""
    pronouns: str = ""
    needs: str = ""
    week: int | None = None
    weeks: int | None = None
    ends: date | None = None
    address: str = ""
    adjustments: str = ""
    """What makes it possible to come and take part; flagged apart from how somebody is told things."""

    def flags(self) -> tuple[tuple[str, str], ...]:
        """Icon and words of each flag."""
        both = (("message-circle", self.needs), ("house", self.adjustments))
        return tuple((icon, words) for icon, words in both if words)

    def initials(self) -> str:
        """Of the first and last name."""
        parts = self.name.split()
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() if parts else ""


def facts_line(facts: BannerFacts, today: date, *, pronouns: bool = True) -> str:
    """ "Born 14 March 1984 (42). NHS number 999 000 0018. She, her."."""
    said = []
    if facts.born:
        said.append(text("parts.born", born=date_words(facts.born), age=age(facts.born, today)))
    said.append(
        text("parts.nhs_number", number=nhs_words(facts.nhs_number))
        if facts.nhs_number
        else text("parts.no_nhs_number")
    )
    if facts.pronouns and pronouns:
        said.append(text("parts.pronouns", pronouns=facts.pronouns))
    return " ".join(said)


class Region(QFrame):
    """A part of the window that F6 reaches, with a name and the role of a grouping."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)


NEED_WIDTH = 224
"""Pixels at 100 % that the words of a need take before they go on in a second line."""


class Banner(Region):
    """One row of 66; below 900 (client width over text scale), or where a name has no room in one row, three lines, of
    which a low window keeps the first."""

    def __init__(self, facts: BannerFacts, today: date) -> None:
        super().__init__(text("parts.banner", name=facts.name))
        self.facts, self._today = facts, today
        self.narrow = self._low = False
        self.setProperty("part", "sheet")
        # as high as its lines are at this width, which may be more than one
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._outer = column(self, (24, 10, 24, 8), 4)
        self._broad = self._make_broad(facts, today)
        self._narrow = self._make_narrow(facts, today)
        self._more = self.make_more()
        self._risk: QWidget | None = None
        for part in (self._broad, self._narrow, self._more):
            self._outer.addWidget(part)
        self._choose()

    def set_low(self, low: bool, risk: str = "") -> None:
        """In a low window the page shows ``make_more`` in its body, and here stays who this is; ``risk`` are the words
        that stay in sight while the risk bar may scroll away."""
        if low and risk and self._risk is None:
            self._risk = Tag(risk, "risk")
            self._facts_flow.addWidget(self._risk)
        if self._risk is not None:
            self._risk.setVisible(low)
        if low != self._low:
            self._low = low
            spaced(self._outer, (24, 4, 24, 4) if low else (24, 10, 24, 8), 4)
            self._choose()

    def _make_broad(self, facts: BannerFacts, today: date) -> QWidget:
        whole = Clear()
        box = row(whole, (0, 0, 0, 0), 12)
        box.addWidget(Initials(facts.initials()), 0, Qt.AlignmentFlag.AlignVCenter)
        lines = column(None, (0, 0, 0, 0), 0)
        first = row(None, (0, 0, 0, 0), 12)
        first.addWidget(Heading(facts.name, "heading", wrap=False))
        if facts.preferred:
            first.addWidget(_called(facts), 0, Qt.AlignmentFlag.AlignVCenter)
        first.addStretch(1)
        lines.addLayout(first)
        lines.addWidget(Words(facts_line(facts, today), wrap=False))
        box.addLayout(lines, 1)
        if facts.flags():
            box.addWidget(Need(facts.flags()), 0, Qt.AlignmentFlag.AlignVCenter)
        if facts.week is not None and facts.weeks:
            ends = "" if facts.ends is None else _ends(facts.ends, today)
            clock = ProgrammeClock(facts.week, facts.weeks, ends)
            box.addSpacing(12)
            box.addWidget(clock, 0, Qt.AlignmentFlag.AlignVCenter)
        return whole

    def _make_narrow(self, facts: BannerFacts, today: date) -> QWidget:
        whole = Clear()
        self._facts_flow = box = Flow(whole, 4)
        name = Clear()
        first = row(name, (0, 0, 8, 0), 12)
        first.addWidget(Heading(facts.name, "heading"))
        if facts.preferred:
            first.addWidget(Words(facts.preferred, "body", "soft"), 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(name)
        box.addWidget(Words(facts_line(facts, today, pronouns=False)))
        return whole

    def make_more(self) -> QWidget:
        """What the narrow banner says beyond who this is: the programme's clock and the needs."""
        whole, facts = Clear(), self.facts
        box = column(whole, (0, 0, 0, 0), 4)
        if facts.week is not None and facts.weeks:
            line = row(None, (0, 0, 0, 0), 12)
            line.addWidget(ClockBoxes(facts.week, facts.weeks, width=200))
            said = f"<b>{safe(clock_text(facts.week, facts.weeks))}</b>"
            if facts.ends:
                after = "parts.ended_after" if facts.ends < self._today else "parts.ends_after"
                said += text(after, day=long_day(facts.ends, self._today))
            line.addWidget(Words(said, "body", rich=True), 1)
            box.addLayout(line)
        for icon, words in facts.flags():
            line = row(None, (0, 0, 0, 0), 6)
            line.addWidget(IconMark(icon, "info", 18), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Words(words, "note", "info"), 1)
            box.addLayout(line)
        return whole

    def restyle(self) -> None:
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        at = self._outer.contentsMargins()
        # a long name goes on in a second line: in one it would be cut, and make the page wider than the window
        cut = self._broad.minimumSizeHint().width() > self.width() - at.left() - at.right()
        self.narrow = cut or self.width() / theme().scale.factor < theme().tokens.reflow("two_columns_from") - 80
        self._broad.setVisible(not self.narrow)
        self._narrow.setVisible(self.narrow)
        self._more.setVisible(self.narrow and not self._low)


def _ends(day: date, today: date) -> str:
    """A programme that is over has ended; only one that goes on ends."""
    return text("parts.ended" if day < today else "parts.ends", day=date_short(day, today))


def date_short(day: date, today: date) -> str:
    """ "18 December", the year when it is not this one."""
    words = date_words(day)
    return words.removesuffix(f" {day.year}") if day.year == today.year else words


def _called(facts: BannerFacts) -> Words:
    called = text("parts.called", name=f"<b>{safe(facts.preferred)}</b>")
    return Words(called, "body", "soft", rich=True, wrap=False)


class Initials(QLabel):
    """A round of 44 with the initials; it says nothing to a screen reader that the name does not."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.setProperty("part", "initials")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme().font("body", 600))
        side = theme().px(44)
        self.setFixedSize(side, side)


class Need(QFrame):
    """How this person is best reached and written to, and what helps them to come, in blue, each with its icon; on two
    lines where it would crowd the name."""

    def __init__(self, flags: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setProperty("part", "need")
        lines = column(self, (10, 4 if len(flags) > 1 else 6, 10, 4 if len(flags) > 1 else 6), 2)
        self._words: list[Words] = []
        for icon, words in flags:
            box = row(None, (0, 0, 0, 0), 6)
            box.addWidget(IconMark(icon, "info", 18), 0, Qt.AlignmentFlag.AlignVCenter)
            said = Words(words, "note", "info")
            box.addWidget(said)
            box.addStretch(1)
            self._words.append(said)
            lines.addLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.restyle()

    def restyle(self) -> None:
        for said in self._words:
            one_line = said.fontMetrics().horizontalAdvance(said.text()) + 2
            said.setFixedWidth(min(one_line, theme().px(NEED_WIDTH)))
