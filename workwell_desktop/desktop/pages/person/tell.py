"""Telling the person what the team decided about them, and noting what they said to it."""

from typing import Any

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Columns,
    Empty,
    Field,
    Foot,
    LongText,
    SummaryList,
    clock_words,
    filled,
    moment_words,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import discussions
from workwell_desktop.services.person import record_lists
from workwell_desktop.services.person.record_lists import Decided
from workwell_desktop.services.planning import typed

PAUSE = 1500


class TellPage(PersonForm):
    """``participant`` and ``discussion``; without the second, the newest that was not told."""

    route = "tell"
    help_topic = "tell"

    def build(self) -> None:
        super().build()
        self.one: Decided | None = None
        self._kept = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._keep)

    def read(self, desk: Desk, params: Any) -> tuple[Decided | None, dict[str, str]]:
        wanted = params.get("discussion")
        found = record_lists.decisions_of(desk, self.who)
        one = next((each for each in found if str(each.discussion) == wanted), None) if wanted else None
        if one is None:
            one = next((each for each in found if each.decided_at and not each.told_at), None)
        return one, typed.of(desk, one.discussion) if one is not None else {}

    def leave(self) -> None:
        self._keep()

    def lay(self, found: tuple[Decided | None, dict[str, str]]) -> None:
        self.one, kept = found
        self._kept = kept.get("words", "")
        one = self.one
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("tell.title", name=called))
        if one is None or one.decided_at is None:
            self.add(Empty(text("tell.missing"), text("tell.missing_line"), icon_name="message-circle"))
            self.set_foot(Foot(self.back_button()))
            return
        today = self.context.today()
        card = Card(text("tell.decided"), moment_words(one.decided_at.astimezone(LONDON), today))
        rows = [("question", one.question), ("decision", one.decision), ("rationale", one.rationale)]
        card.add(SummaryList([(text(f"record.{name}"), words) for name, words in rows if words], ruled=True))
        if one.told_at is not None:
            self.add(
                Alert("", text("tell.told", when=moment_words(one.told_at.astimezone(LONDON), today)), "done"), card
            )
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        said = Card(gap=8)
        self.fields = {"words": Field(text("tell.words"), LongText(self._kept, lines=4), hint=text("tell.words_hint"))}
        self.fields["words"].control.edited.connect(self._pause.start)
        self.fields["words"].control.done.connect(self._keep)
        said.add(self.fields["words"])
        self.add(Columns([(card.end(), 1), (said.end(), 1)]))
        self.add_end()
        self.set_foot(Foot(self.back_button(), filled(text("tell.record"), self._record, "check")))

    def _keep(self) -> None:
        self._pause.stop()
        if not self.fields or self.one is None or self.fields["words"].control.value() == self._kept:
            return
        self._kept = words = self.fields["words"].control.value()
        desk, about = self.context.desk, self.one.discussion

        def kept(_nothing: object) -> None:
            if self.foot is not None:
                self.foot.waiting(text("tell.kept", time=clock_words(self.context.clock.now().astimezone(LONDON))))

        self.run(lambda: typed.keep(desk, about, "words", words), kept)

    def _record(self) -> None:
        if self.one is None:
            return
        self._keep()
        desk, about, words = self.context.desk, Id(self.one.discussion), self.fields["words"].control.value()

        def work() -> None:
            discussions.record_told(desk, about, own_words=words or None)
            typed.forget(desk, about)

        self.run(work, self._finished, self.refused)

    def _finished(self, _nothing: object) -> None:
        self.fields = {}
        self.to_record()
