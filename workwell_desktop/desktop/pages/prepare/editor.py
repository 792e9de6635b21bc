"""One case as it is prepared: question, lane, who presents it and in how long, what happened, what the person said."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from workwell_desktop.desktop.kit import (
    Card,
    Choice,
    Clear,
    Columns,
    DropDown,
    Field,
    Flow,
    LongText,
    NumberField,
    Page,
    Words,
    outlined,
    quiet,
    rule,
    text,
)
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.desktop.pages.session.voice import VoiceFacts, VoiceFields
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane
from workwell_desktop.services.meeting import agenda
from workwell_desktop.services.meeting.session_views import AgendaLine, CaseView


class CaseEditor(Card):
    """Every field is saved when it is left. ``move`` is called with -1 or 1."""

    def __init__(
        self,
        page: Page,
        line: AgendaLine,
        view: CaseView,
        people: Sequence[tuple[str, str]],
        saved: Callable[[Any], Any],
        move: Callable[[int], Any],
        *,
        may: bool,
    ) -> None:
        title = text("session.agenda_row", number=line.number, name=line.name)
        super().__init__(title, text("session.late") if line.late else "", gap=8)
        self._page, self._item, self._saved = page, line.item, saved
        self._words = _words(view)
        desk = page.context.desk
        self.question = LongText(view.question or "", lines=2)
        lane = Choice([(one.value, text(f"session.lane.{one.value}")) for one in Lane], line.lane.value, columns=3)
        presenter = DropDown(people, str(line.presenter) if line.presenter else None, empty=True)
        self.minutes = NumberField(line.minutes, low=1, high=60)
        since = self.since = LongText(view.since_last or "", lines=2)
        self._offer = quiet(text("prepare_record.take_over"), self._take_over, "corner-down-right")
        self._offered = ""
        needed = line.lane is not Lane.NOTE
        put = Field(text("session.question"), self.question, optional=not needed, hint=text("prepare.question_hint"))
        lanes, told = Field(text("prepare.lane"), lane), Field(text("session.since"), since, optional=True)
        presents = Field(text("prepare.presenter"), presenter)
        takes = Field(text("prepare.minutes"), self.minutes, unit=text("prepare.minutes_unit"))
        for field, name in ((put, "question"), (told, "since_last")):
            field.belongs_to(view.discussion, name)
        for field, name in ((lanes, "lane"), (presents, "presenter"), (takes, "minutes")):
            field.belongs_to(line.item, name)
        self.add(put, lanes, Columns([(presents, 3), (takes, 2)], one_below=600), told)
        self.add_left(self._offer)
        self._offer.hide()
        self.add(
            rule(),
        )
        facts = VoiceFacts(view.discussion, view.called, view.topics, view.topics_limits, view.own_words, view.view_how)
        self.voice = VoiceFields(page, facts, saved)
        self.add(self.voice)
        buttons = Clear()
        flow = Flow(buttons, 12)
        for one in (
            outlined(text("prepare.up"), lambda: move(-1), "chevron-up"),
            outlined(text("prepare.down"), lambda: move(1), "chevron-down"),
            quiet(text("prepare.remove"), self._remove, "trash-2"),
        ):
            flow.addWidget(one)
            one.setEnabled(may)
        self.add(rule(), buttons, Words(text("prepare.move_hint"), "note", "soft"))
        self.end()
        if not may:
            for control in (self.question, lane, presenter, self.minutes, since):
                control.set_read_only()
            self.voice.set_read_only()
            self._saving: list[Saving] = []
            return

        def asked() -> Callable[[], Any]:
            words = self.question.value()
            return lambda: agenda.set_question(desk, line.item, words)

        def laned() -> Callable[[], Any] | None:
            value = lane.value()
            return (lambda: agenda.set_lane(desk, line.item, Lane(value))) if value else None

        def presented() -> Callable[[], Any] | None:
            value = presenter.value()
            return (lambda: agenda.set_presenter(desk, line.item, Id(value))) if value else None

        def timed() -> Callable[[], Any] | None:
            number = self.minutes.number()
            if self.minutes.fault():
                return None
            return lambda: agenda.set_minutes(desk, line.item, int(number) if number is not None else None)

        def happened() -> Callable[[], Any]:
            words = since.value()
            return lambda: agenda.set_since_last(desk, line.item, words)

        self._saving = [
            Saving(page, [control], work, saved)
            for control, work in (
                (self.question, asked),
                (lane, laned),
                (presenter, presented),
                (self.minutes, timed),
                (since, happened),
            )
        ]

    def offer_since(self, words: str) -> None:
        """What is new in the record, for a field that is still empty; one press puts it there to be changed."""
        self._offered = words
        self._offer.setVisible(bool(words) and not self.since.value() and not self.since.isReadOnly())

    def _take_over(self) -> None:
        self.since.set_value(self._offered)
        self._offer.hide()
        self.since.setFocus(Qt.FocusReason.OtherFocusReason)
        self.flush()

    def shows(self, view: CaseView) -> bool:
        """Whether these are the words that the store holds, or somebody is writing here."""
        held = self.window().focusWidget()
        writing = held is not None and self.isAncestorOf(held)
        return writing or self.voice.dirty or any(one.dirty for one in self._saving) or _words(view) == self._words

    def flush(self) -> None:
        """Saves what is being typed."""
        for one in self._saving:
            one.flush()
        self.voice.flush()

    def show_line(self, line: AgendaLine) -> None:
        """The number after a move, the minutes that the lane brought."""
        if self.heading is not None:
            self.heading.say(text("session.agenda_row", number=line.number, name=line.name))
        if not self.minutes.hasFocus() and line.minutes is not None:
            self.minutes.set_number(line.minutes)
            for one in self._saving:
                if not one.dirty:
                    continue
                if one.watches(self.minutes):
                    one.known()

    def _remove(self) -> None:
        desk, item = self._page.context.desk, self._item
        self._page.run(lambda: agenda.remove_case(desk, item), self._saved)


def _words(view: CaseView) -> tuple[object, ...]:
    return (view.question, view.lane, view.since_last, view.topics, view.topics_limits, view.own_words, view.view_how)
