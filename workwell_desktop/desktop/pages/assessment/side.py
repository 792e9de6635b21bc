"""Beside the questions: the parts at the left with how far they are, the risk panel at the right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar

from workwell_desktop.desktop.kit import (
    Button,
    Clear,
    Heading,
    Held,
    PartList,
    RiskPanel,
    Scroll,
    Step,
    Words,
    column,
    moment_words,
    rule,
    text,
)
from workwell_desktop.desktop.pages.assessment.lines import Part
from workwell_desktop.desktop.pages.assessment.snapshot import Snapshot
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import ResponseStatus
from workwell_desktop.domain.site import Site
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.assessing.risk import RiskView

PANEL = 316


@dataclass(frozen=True, slots=True)
class PartState:
    """One part as the list shows it."""

    title: str
    answered: int
    asked: int
    missing: int
    wrong: int

    @property
    def done(self) -> bool:
        """Something is answered, and nothing that must be is missing or wrong."""
        return bool(self.answered) and not self.missing and not self.wrong


def states(parts: Sequence[Part], shot: Snapshot) -> list[PartState]:
    """How far each part is."""
    wrong = shot.wrong()
    of_page = {row.path: row.page for row in shot.rows}
    made = []
    for part in parts:
        pages = [page for page in shot.progress if page.page in part.pages]
        made.append(
            PartState(
                part.title,
                sum(page.answered for page in pages),
                sum(page.questions for page in pages),
                sum(page.missing for page in pages),
                sum(1 for path in wrong if of_page.get(path) in part.pages),
            )
        )
    return made


def steps(found: Sequence[PartState], now: int, completed: bool) -> list[Step]:
    """The list of parts; the last one is where everything is checked."""
    made = []
    for place, one in enumerate(found):
        state = "now" if place == now else "done" if one.done else "ahead"
        note = text("assessment.here") if place == now else text("assessment.done") if one.done else ""
        if place != now and one.answered and not one.done:
            note = text("assessment.to_look_at", count=one.missing + one.wrong)
        made.append(Step(one.title, state, note))
    last = "now" if now == len(found) else "done" if completed else "ahead"
    made.append(Step(text("assessment.check"), last, text("assessment.here") if last == "now" else ""))
    return made


class Parts(QFrame):
    """The column at the left."""

    def __init__(
        self, filling: Filling, today: date, on_open: Callable[[int], object], on_next: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("part", "side")
        self._on_open = on_open
        self._shown: list[Step] = []
        box = column(self, (0, 0, 0, 0), 0)
        scroll = Scroll((0, 12, 0, 12), 0)
        scroll.setObjectName("clear")
        scroll.inside.setObjectName("clear")
        box.addWidget(scroll)
        head = Clear()
        inner = column(head, (16, 0, 16, 8), 4)
        inner.addWidget(Heading(filling.form.title, "section"))
        began = moment_words(filling.started_at.astimezone(LONDON), today)
        inner.addWidget(Words(text("assessment.started", when=began), "note", "soft"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        inner.addWidget(self._bar)
        self._words = Words("", "note", "soft")
        inner.addWidget(self._words)
        self._next = Button(text("assessment.next_open_short"), on_next, kind="link")
        self._next.setAccessibleName(text("assessment.next_open"))
        inner.addWidget(self._next, 0, Qt.AlignmentFlag.AlignLeft)
        scroll.body.addWidget(head)
        self._holder = column(None, (0, 0, 0, 0), 0)
        scroll.body.addLayout(self._holder)
        scroll.body.addStretch(1)
        self._list: PartList | None = None

    def show_states(self, found: Sequence[PartState], now: int, status: ResponseStatus) -> None:
        """Shows where things stand, where it is not shown already; the list is made anew only for other parts."""
        listed = steps(found, now, status is ResponseStatus.COMPLETED)
        done = sum(one.done for one in found)
        said = text("assessment.parts_done", count=done, of=len(found))
        if said != self._words.plain():
            # the bar would paint itself, and all that waits to be painted, before the layout is done
            self._bar.setUpdatesEnabled(False)
            self._bar.setRange(0, len(found))
            self._bar.setValue(done)
            self._bar.setUpdatesEnabled(True)
            self._bar.setAccessibleName(said)
            self._words.say(said)
        waiting = any(one.answered < one.asked for one in found)
        self._next.setVisible(waiting and status is ResponseStatus.IN_PROGRESS)
        if listed == self._shown:
            return
        same = [one.words for one in listed] == [one.words for one in self._shown]
        self._shown = listed
        if self._list is not None and same:
            self._list.show_parts(listed)
            return
        if self._list is not None:
            self._holder.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self._list = PartList(listed, self._on_open, name=text("assessment.parts"))
        self._holder.addWidget(self._list)


def panel(one: RiskView, site: Site, on_record: Callable[[], object]) -> Held:
    """What to ask, and the crisis lines; it stays until a named person records what was done."""
    words = text("assessment.risk_why", called=one.called, answer=one.answer, question=one.question)
    if one.handed_to_name:
        words = f"{words} {text('person.risk_handed', name=one.handed_to_name)}"
    made = RiskPanel(text("assessment.risk_title"), words, (), (), on_record, text("parts.risk_stays"))
    below = column(None, (0, 4, 0, 0), 8)
    below.addWidget(rule())
    below.addWidget(Words(text("parts.ask_about"), "label"))
    for prompt in site.risk.prompts:
        below.addWidget(Words(text("parts.bullet", words=prompt), "note"))
    below.addWidget(rule())
    below.addWidget(Words(text("assessment.crisis_lines"), "label"))
    for line in site.crisis:
        below.addWidget(Words(text("assessment.crisis", label=line.label, number=line.number), "note"))
    box = made.layout()
    if isinstance(box, QBoxLayout):
        box.insertLayout(box.count() - 1, below)
    scroll = Scroll((6, 12, 16, 12), 0)
    scroll.body.addWidget(made)
    return Held(scroll, PANEL)
