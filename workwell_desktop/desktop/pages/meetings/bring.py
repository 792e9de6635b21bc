"""Bringing one case to the team: a question, and it stands on the next agenda."""

from dataclasses import dataclass
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Choice,
    Clear,
    Field,
    Foot,
    LongText,
    clock_words,
    column,
    filled,
    long_day,
    text,
)
from workwell_desktop.desktop.pages.meetings.waiting_questions import waiting_card
from workwell_desktop.desktop.pages.person_banner import PersonHead
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.desktop.pages.prepare.places import put_into
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Lane
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import bringing
from workwell_desktop.services.meeting.bringing import Brought, Standing, Waiting
from workwell_desktop.services.planning import typed


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the case stands now, and what was typed before."""

    standing: Standing
    kept: dict[str, str]


class BringPage(PersonForm):
    """``participant``. Who may not prepare an agenda asks for it; so does a team with no session planned.

    Somebody who stands on the next agenda already is not brought again: their line there opens instead.
    """

    route = "bring"
    help_topic = "bring"

    def read(self, desk: Desk, params: Any) -> _Found:
        return _Found(bringing.standing_of(desk, self.who), typed.of(desk, self.who))

    def changed(self, records: frozenset[Change]) -> None:
        super().changed(records)
        if any(kind == "bring_request" and scope == self.who for kind, _record, scope in records):
            desk, who = self.context.desk, self.who
            self.run(lambda: bringing.waiting_for(desk, who), self._show_waiting)

    def _show(self, found: tuple[PersonHead, _Found]) -> None:
        standing = found[1].standing
        if standing.item is not None and standing.coming is not None:
            self._to_line(standing.coming.id, standing.item)
            return
        super()._show(found)

    def _to_line(self, session: Id, item: Id) -> None:
        self.fields = {}
        self.context.navigator.replace("prepare", session=session, case=item, came="bring")

    def leave(self) -> None:
        if self.fields:
            desk, who, words = self.context.desk, self.who, self.fields["question"].control.value()
            self.run(lambda: typed.keep(desk, who, "bring", words), lambda _done: None)

    def lay(self, found: _Found) -> None:
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("bring.title", name=called))
        coming = found.standing.coming
        if coming is not None and coming.starts_at is not None:
            at = coming.starts_at.astimezone(LONDON)
            day = long_day(at.date(), self.context.today())
            words = text("bring.next", day=day, time=clock_words(at))
            self.add(Alert("", words if coming.agenda_sent_at is None else text("bring.late", next=words), "info"))
        else:
            self.add(Alert("", text("bring.waits"), "info"))
        card = Card(gap=8)
        question = LongText(found.kept.get("bring", ""), lines=3)
        lanes = [(one.value, text(f"session.lane.{one.value}")) for one in Lane]
        self.fields = {
            "question": Field(text("bring.question"), question, hint=text("prepare.question_hint")),
            "lane": Field(
                text("bring.lane"), Choice(lanes, Lane.DISCUSS.value, columns=3), hint=text("bring.lane_hint")
            ),
        }
        for field in self.fields.values():
            card.add(field)
        self.add(card.end())
        self._waiting = Clear()
        column(self._waiting)
        self.add(self._waiting)
        self._show_waiting(found.standing.waiting)
        self.add_end()
        self.set_foot(Foot(self.back_button(), filled(text("bring.bring"), self._bring, "users-round")))

    def _bring(self) -> None:
        question = self.fields["question"].control.value()
        self.fields["question"].show_error("" if question else text("bring.needs_question"))
        if not self.check([self.fields["question"]]) or not question:
            return
        desk, who, lane = self.context.desk, self.who, Lane(self.fields["lane"].control.value() or Lane.DISCUSS)

        def work() -> Brought:
            brought = bringing.bring(desk, who, question, lane=lane)
            typed.keep(desk, who, "bring", question if brought.already else "")
            return brought

        self.run(work, self._finished, self.refused)

    def _finished(self, brought: Brought) -> None:
        if brought.already and brought.session is not None and brought.item is not None:
            self._to_line(brought.session, brought.item)
            return
        self.fields = {}
        self.to_record()

    def _show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        """What was asked before and waits for an agenda; one's own can be taken back."""
        put_into(self._waiting, waiting_card(self, waiting) if waiting else Clear())
