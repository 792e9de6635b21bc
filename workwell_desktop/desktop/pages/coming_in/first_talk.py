"""The first talk: how somebody was tried, in two keys; after as many tries as the partnership makes, a letter."""

from collections.abc import Callable
from datetime import date

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Clear,
    Field,
    Flow,
    SummaryList,
    TextField,
    moment_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.coming_in.part import Part
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.screen import has
from workwell_desktop.services.coming_in.tries import WAYS, Reach, Tried, Try

Record = Callable[[str, bool, str], None]


class FirstTalk(Card):
    """``record`` is handed the way, whether the person was reached, and a word about it."""

    def __init__(
        self,
        record: Record,
        write_letter: Callable[[], None],
        end: Callable[[], None] | None,
        *,
        today: date,
        may: bool,
    ) -> None:
        super().__init__(text("referrals.first_talk"), gap=10)
        self._record, self._write_letter, self._end = record, write_letter, end
        self._today = today
        self.way = Field(
            text("referrals.way"), Choice([(one, text(f"record.mode.{one}")) for one in WAYS], WAYS[0], columns=3)
        )
        self.word = Field(text("referrals.try_note"), TextField(), optional=True)
        self.fields = {"mode": self.way, "note": self.word}
        self._enough_part, self._log = Part(), Part()
        self.add(self._enough_part)
        if may:
            self.add(self.way, self.word, self._buttons())
        self.add(self._log).end()

    def show_tries(self, tried: Tried) -> None:
        """What was tried, newest first; after as many as the partnership makes, what may be done."""
        self.word.control.set_value("")
        self._enough_part.fill(*([self._enough(tried)] if tried.reach is Reach.TRIED_ALL else []))
        lines = [self._line(one) for one in tried.tries]
        self._log.fill(*([SummaryList(lines, ruled=True)] if lines else []))

    def note_try(self, *, reached: bool) -> None:
        """Writes down a try by the way that is chosen."""
        self._record(self.way.control.value() or WAYS[0], reached, self.word.control.value())

    def _buttons(self) -> Clear:
        held = Clear()
        flow = Flow(held, 10)
        flow.addWidget(outlined(text("referrals.spoke"), lambda: self.note_try(reached=True), "message-circle"))
        flow.addWidget(outlined(text("referrals.not_reached"), lambda: self.note_try(reached=False), "clock"))
        flow.addWidget(quiet(text("referrals.write_letter"), self._write_letter, "mail"))
        return held

    def _enough(self, tried: Tried) -> Alert:
        end = quiet(text("referrals.end_kindly"), self._end, "flag") if self._end is not None else None
        title = text("referrals.tried_enough", count=tried.count)
        return Alert(title, text("referrals.tried_enough_line"), "info", act=end)

    def _line(self, one: Try) -> tuple[str, str]:
        when = moment_words(one.at.astimezone(LONDON), self._today) if one.at else ""
        way = text(f"record.mode.{one.way}") if has(f"record.mode.{one.way}") else one.way
        name = text("referrals.try_line", when=when, way=way, by=one.by)
        return name, text("referrals.try_reached" if one.reached else "referrals.try_missed", note=one.note).strip()
