"""What the assessment page draws: the column of questions, the parts beside it, the risk panel, title and foot."""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from workwell_desktop.desktop.kit import (
    Button,
    Clear,
    DropDown,
    Field,
    Held,
    Page,
    Words,
    text,
)
from workwell_desktop.desktop.pages.assessment import finish, scores
from workwell_desktop.desktop.pages.assessment.blocks import View
from workwell_desktop.desktop.pages.assessment.column import QuestionColumn
from workwell_desktop.desktop.pages.assessment.foot import foot_of, next_words, say_saved
from workwell_desktop.desktop.pages.assessment.lines import MOST_COLUMNS, Line, Part, lines_of
from workwell_desktop.desktop.pages.assessment.order import Order, order_of
from workwell_desktop.desktop.pages.assessment.saving import Saving
from workwell_desktop.desktop.pages.assessment.side import Parts, panel, states
from workwell_desktop.desktop.pages.assessment.signatures import Signatures
from workwell_desktop.desktop.pages.assessment.snapshot import Opened, Snapshot
from workwell_desktop.desktop.pages.person_banner import PersonHead, show_person
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Response, ResponseStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.assessing.filling import Filling
from workwell_desktop.services.assessing.risk import RiskView
from workwell_desktop.services.assessing.score_only import asking

PAUSE = 2000
"""Milliseconds of rest after which typed words are saved."""
NARROW_GRID = 4


class AssessmentSheet(Page):
    """Draws what ``state`` and ``shot`` say; what is done here lies in AssessmentPage."""

    beside: ClassVar[bool] = True
    """Whether room is kept beside each question for the answer from last time."""
    tells_risk: ClassVar[bool] = True
    """Whether what an answer asks for is said aloud here."""
    links: ClassVar[bool] = True
    """Whether pages of further support can be opened."""

    def build(self) -> None:
        self.state: Opened | None = None
        self.shot: Snapshot | None = None
        self.parts: tuple[Part, ...] = ()
        self.part = 0
        self.grids = True
        self.show_previous = True
        self._columns: dict[int, QuestionColumn] = {}
        self._checked: set[int] = set()
        self._side: Parts | None = None
        self._signatures: Signatures | None = None
        self._headed: tuple[PersonHead, bool] | None = None
        self._panelled: tuple[RiskView, ...] | None = None
        self._was_narrow = False
        self._score: scores.ScoreHead | None = None
        self.next_button: Button | None = None
        self._titled: tuple[str, str, str] | None = None
        self._asked_now: tuple[Snapshot, Order] | None = None
        self.saving = Saving(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.rest)

    @property
    def filling(self) -> Filling | None:
        """The response on the page; None while a form is being chosen."""
        return self.state.filling if self.state is not None else None

    def last(self) -> int:
        """The number of the last part; one that checks everything follows where there are several."""
        return len(self.parts) if len(self.parts) > 1 else 0

    def order(self) -> Order:
        """The parts that are asked now."""
        if self.shot is None:
            return Order((), ())
        if self._asked_now is None or self._asked_now[0] is not self.shot:
            self._asked_now = (self.shot, order_of(self.parts, self.shot))
        return self._asked_now[1]

    def _open_place(self, place: int) -> None:
        """Opens a part by its place in the list."""
        self.show_part(self.order().titled()[place][0])

    def draw(self) -> None:
        if self.state is None or self.shot is None:
            return
        self.show_risk()
        self._draw_side()
        self._clear_but_columns()
        if self.part < len(self.parts):
            self._draw_questions()
        else:
            self._draw_finish(self.shot)
        self.redraw_foot()
        self.refresh()

    # What AssessmentPage does

    def show_part(self, part: int, *, focus: bool = True) -> None:
        """Another part; what is being typed is saved first."""

    def turn_grid(self) -> None:
        """Grids become single questions, or grids again."""

    def next_open(self) -> None:
        """The next question without an answer."""

    def next_part(self) -> None:
        """Checks this part and goes on."""

    def part_before(self) -> None:
        """The part before, or the record."""

    def finish_it(self) -> None:
        """Checks everything and completes the response."""

    def may_export(self) -> bool:
        """Whether the form is finished and may go out as a file."""
        done = self.shot is not None and self.shot.status in (ResponseStatus.COMPLETED, ResponseStatus.AMENDED)
        return done and self.context.desk.may(Act.EXPORT, Response)

    def save_file(self) -> None:
        """The finished form as a file."""

    def to_record(self) -> None:
        """The person's record."""

    def talk(self, risk: Id) -> None:
        """The risk conversation."""

    def flush(self) -> None:
        """Hands on what is being typed."""

    def rest(self) -> None:
        """Hands on what is being typed, in the middle of it."""

    def settled(self, path: str, value: object) -> None:
        """An answer is durable, or could not be made so."""
        for made in self._columns.values():
            made.settled(path, value)

    def show_errors(self) -> bool:
        """The summary under the title; whether there is anything in it."""
        return False

    def typing(self) -> None:
        """Somebody types: after a pause it is saved."""

    def focus_instance(self, path: str) -> None:
        """A new instance begins with its first question."""

    def focus_after(self, path: str) -> None:
        """The question after an answer."""

    def retry(self) -> None:
        """Tries again to save what could not be saved."""

    def retry_later(self) -> None:
        """The same, in a while."""

    def risks_changed(self) -> None:
        """A conversation was opened or recorded."""

    def completed(self, response: Id) -> None:
        """The response is complete and durable."""

    def reopened(self, state: Opened) -> None:
        """The store says something else: the page is drawn from it anew, where it was."""

    # Drawing

    def _clear_but_columns(self) -> None:
        """The columns that were made stay, with what they hold."""
        for made in (*self._columns.values(), *([self._signatures] if self._signatures is not None else [])):
            made.setVisible(False)
            self.body.removeWidget(made)  # its parent stays: another one would give its words an earlier size
        self.clear_body()

    def _draw_questions(self) -> None:
        if self.state is None:
            return
        if self.narrow() and len(self.parts) > 1:
            self.add(self._part_box())
        made = self._columns.get(self.part)
        if made is None:
            made = QuestionColumn(self.saving, self.saving.typed)
            self._columns[self.part] = made
        self.add(made)
        made.setVisible(True)
        self._draw_signatures()
        self._draw_records()
        mark = self.state.filling.form.copyright
        if mark and self.part == len(self.parts) - 1:
            self.add(Words(mark, "note", "soft"))
        self.add_end()

    def _part_box(self) -> Field:
        options = [(str(part), title) for part, title in self.order().titled()]
        box = DropDown(options, str(self.part))
        box.done.connect(lambda: self.show_part(int(box.value() or 0)))
        return Field(text("assessment.part"), box)

    def _draw_finish(self, shot: Snapshot) -> None:
        if self.narrow():
            self.add(self._part_box())
        if shot.status is ResponseStatus.IN_PROGRESS:
            self.add(finish.bar(shot))
        for card in finish.summary(self.order(), shot, self.context.today(), self.show_part):
            self.add(card)
        self._draw_signatures()
        self._draw_records()
        self.add_end()

    def _draw_signatures(self) -> None:
        """At the end of the form: who signs has seen the answers."""
        if self.state is None or not self.signs_here():
            return
        if self._signatures is None:
            self._signatures = Signatures(self.saving, self.state.head.banner.name)
        self.add(self._signatures)
        self._show_signatures()  # before the foot is made, so that the Tab key comes there after it

    def _show_signatures(self) -> None:
        if self.shot is None or self._signatures is None or not self.signs_here():
            return
        read_only = self.shot.status is not ResponseStatus.IN_PROGRESS or not self.saving.may_answer
        self._signatures.show_signings(self.shot.signings, self.shot.inks, self.context.today(), read_only=read_only)
        made = self._columns.get(self.part)
        self._signatures.follow(made.last_stop() if made is not None else None)

    def _draw_records(self) -> None:
        if self.state is not None and self.state.records is not None and self.part == self.last():
            self.add(finish.records_card(self.state.records))

    def signs_here(self) -> bool:
        """Whether this part is where the form is signed."""
        return self.state is not None and self.state.filling.form.signed and self.part == self.last()

    def _draw_side(self) -> None:
        if self.state is None or len(self.parts) < 2 or self.narrow():
            if self._side is not None:
                self.set_side(Clear())
                self._side = None
            return
        if self._side is None:
            self._side = Parts(self.state.filling, self.context.today(), self._open_place, self.next_open)
            self.set_side(Held(self._side, "section_list"))

    def show_risk(self) -> None:
        """The panel of the newest conversation that this form asked for; a bar where there is no room for it."""
        if self.state is None:
            return
        own = self.saving.risks[-1:] if not self.narrow() else ()
        beside = {one.risk for one in own}
        others = tuple(one for one in self.saving.all_risks if one.risk not in beside)
        head = replace(self.state.head, risks=others)
        if (head, self.narrow()) != self._headed:
            self._headed = (head, self.narrow())
            show_person(self, head)
        if own != self._panelled:
            self._panelled = own
            made = panel(own[0], self.context.desk.site, lambda: self.talk(own[0].risk)) if own else Clear()
            self.set_side(made, right=True)

    def redraw_foot(self) -> None:
        """The foot as it is now."""
        made = foot_of(self)
        if made is not None:
            self.set_foot(made)
            say_saved(self)

    def refresh(self) -> None:
        """Shows the snapshot: the column, the parts, the totals, the foot."""
        state, shot = self.state, self.shot
        if state is None or shot is None:
            return
        made = self._columns.get(self.part)
        if made is not None:
            head = self._head_score()
            shown = [line for line in self._lines(shot) if line.kind != "score" or line.key != head]
            made.show_lines(shown, self._view(shot, state))
        self._show_signatures()
        if self._side is not None:
            order = self.order()
            asked = [self.parts[part] for part in order.asked]
            self._side.show_states(states(asked, shot), order.place(self.part), shot.status)
        self._draw_title(shot)
        if self.next_button is not None:
            self.next_button.say(next_words(self))
        say_saved(self)
        if self.errors.isVisibleTo(self):
            self.show_errors()
        # laid out before the next turn of the event loop, so that all of it is painted once
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _lines(self, shot: Snapshot) -> list[Line]:
        if self.state is None or self.part >= len(self.parts):
            return []
        pages = self.parts[self.part].pages
        rows = [one for one in shot.rows if one.page in pages]
        most = 0 if not self.grids else NARROW_GRID if self.narrow() else MOST_COLUMNS
        return lines_of(self.state.filling.form, rows, most=most)

    def _draw_title(self, shot: Snapshot) -> None:
        several = len(self.parts) > 1
        title = text("assessment.check") if self.part >= len(self.parts) else self.parts[self.part].title
        order = self.order()
        number, count = order.place(self.part) + 1, len(order.asked) + 1
        note = self._note(number, count) if several else ""
        head = self._head_score()
        if (title, note, head) != self._titled:
            self._titled = (title, note, head)
            self._score = scores.ScoreHead() if head else None
            self.set_title(title, note, *([self._score] if self._score is not None else []), *self._title_acts())
        if self._score is not None and self.state is not None:
            one = scores.measures_of(self.state.filling.form.url, entered=True)[0]
            self._score.say(*scores.said(one, shot, self.state.before, self.context.today()))

    def _note(self, number: int, count: int) -> str:
        return text("assessment.part_of_parts", number=number, count=count)

    def _title_acts(self) -> tuple[QWidget, ...]:
        """Buttons at the right of the title."""
        return ()

    def _head_score(self) -> str:
        """The link id of the total that stands beside the title: a short form with one published measure, worked out or
        entered."""
        if self.state is None or len(self.parts) != 1 or not self.state.may_see_scores or self.narrow():
            return ""
        found = scores.measures_of(self.state.filling.form.url, entered=True)
        return found[0].link_id if len(found) == 1 else ""

    def _view(self, shot: Snapshot, state: Opened) -> View:
        raised = {one.question for one in self.saving.risks}
        # most forms raise none: the whole form is looked through only where one was
        asked = asking(self.context.desk.site, state.filling.form) if raised else ()
        risky = {item.link_id for trigger, item in asked if trigger.question in raised}
        said = scores.lines(state.filling.form.url, shot, state.before, self.context.today())
        return View(
            today=self.context.today(),
            previous=state.filling.previous,
            read_only=shot.status is not ResponseStatus.IN_PROGRESS or not self.saving.may_answer,
            marked=shot.missing if self.part in self._checked else frozenset(),
            scores=said if state.may_see_scores else {},
            risky=frozenset(risky),
            left_out=shot.left_out,
            show_previous=self.show_previous,
            beside=self.beside,
            links=self.links,
            response=str(state.filling.response),
        )

    def has_grid(self) -> bool:
        """Whether this part could be shown as a grid."""
        if self.state is None or self.shot is None or self.part >= len(self.parts):
            return False
        pages = self.parts[self.part].pages
        rows = [one for one in self.shot.rows if one.page in pages]
        most = NARROW_GRID if self.narrow() else MOST_COLUMNS
        return any(line.kind == "grid" for line in lines_of(self.state.filling.form, rows, most=most))
