"""Bringing one case to the team: a question, and it stands on the next agenda."""

from dataclasses import dataclass
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Field,
    Foot,
    LongText,
    clock_words,
    filled,
    long_day,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.sessions import Lane, Session
from workwell_desktop.services import bringing, typed
from workwell_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class _Found:
    """The session that comes next for this person's team, and what was typed before."""

    coming: Session | None
    kept: dict[str, str]


class BringPage(PersonForm):
    """``participant``. Who may not prepare an agenda asks for it; so does a team with no session planned."""

    route = "bring"
    help_topic = "bring"

    def read(self, desk: Desk, params: Any) -> _Found:
        return _Found(bringing.next_for_person(desk, self.who), typed.of(desk, self.who))

    def leave(self) -> None:
        if self.fields:
            desk, who, words = self.context.desk, self.who, self.fields["question"].control.value()
            self.run(lambda: typed.keep(desk, who, "bring", words), lambda _done: None)

    def lay(self, found: _Found) -> None:
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("bring.title", name=called))
        coming = found.coming
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
        self.add_end()
        self.set_foot(Foot(self.back_button(), filled(text("bring.bring"), self._bring, "users-round")))

    def _bring(self) -> None:
        question = self.fields["question"].control.value()
        self.fields["question"].show_error("" if question else text("bring.needs_question"))
        if not self.check([self.fields["question"]]) or not question:
            return
        desk, who, lane = self.context.desk, self.who, Lane(self.fields["lane"].control.value() or Lane.DISCUSS)

        def work() -> None:
            bringing.bring(desk, who, question, lane=lane)
            typed.keep(desk, who, "bring", "")

        self.run(work, self._finished, self.refused)

    def _finished(self, _nothing: object) -> None:
        self.fields = {}
        self.to_record()
