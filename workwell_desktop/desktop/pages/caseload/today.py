"""Today: risk first, then what is overdue, today and later; each row names its act."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Clear,
    Columns,
    Empty,
    Fixed,
    Page,
    PageAct,
    Params,
    RiskBar,
    RowFacts,
    RowList,
    Words,
    clock_words,
    column,
    date_words,
    long_day,
    moment_words,
    outlined,
    quiet,
    text,
    weekday,
)
from workwell_desktop.desktop.pages.caseload.item_words import ICONS, act_words, due_words, what_words
from workwell_desktop.desktop.pages.caseload.people_card import people_card
from workwell_desktop.desktop.pages.conflicts.fork_words import fork_bar
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.services.caseload import today
from workwell_desktop.services.caseload.today_views import DoneItem, SessionCard, TodayItem, TodayView
from workwell_desktop.services.safekeeping import digest, forks
from workwell_desktop.services.safekeeping.forks import ForkView


class TodayPage(Page):
    """Picture 02."""

    route = "today"
    nav = "today"
    help_topic = "today"
    _way_on: QWidget | None = None

    def enter(self, params: Params) -> None:
        if self._mine():
            self._ask()
            return
        # an administrator or an observer begins here too: that no case is theirs is no fault of anybody
        self.set_title(long_day(self.context.today(), self.context.today()))
        self.add(Empty(text("today.no_cases"), text("today.no_cases_line"), icon_name="info"), stretch=1)
        self.ready()

    def _mine(self) -> bool:
        return self.context.desk.may(Act.READ, Episode)

    def changed(self, records: frozenset[Change]) -> None:
        """Anything may have moved something here; the list is made for being asked again."""
        if self._mine():
            self._ask()

    def first_focus(self) -> QWidget | None:
        """Where nothing waits, the way to somebody new."""
        return self._way_on or super().first_focus()

    def _ask(self) -> None:
        desk = self.context.desk
        self.run(lambda: (today.view(desk), digest.unread(desk), forks.waiting(desk)), lambda all_: self._show(*all_))

    def acts(self) -> tuple[PageAct, ...]:
        if not self._mine():
            return ()
        return (
            PageAct(text("today.show_done"), self._ask_done, menu="go"),
            PageAct(text("conflict.all"), lambda: self.go("conflict"), menu="go"),
            PageAct(text("digest.title"), lambda: self.go("digest"), menu="go"),
        )

    def _show(self, view: TodayView, changed: int = 0, copies: Sequence[ForkView] = ()) -> None:
        self.clear_body()
        new = outlined(text("today.new_referral"), lambda: self.go("referral"), "plus")
        self.set_title(
            long_day(view.day, self.context.today()),
            "",
            new,
        )
        self._way_on = None if view.items or view.risks or copies else new
        for one in view.risks:
            self.add(self._risk(one))
        for fork in copies:
            words = text("conflict.healed_look" if fork.healed else "conflict.fork_look")
            look = outlined(words, lambda: self.go("conflict"))
            self.add(fork_bar(fork, look))
        right = Clear()
        box = column(right, (0, 0, 0, 0), 12)
        if changed:
            box.addWidget(Alert("", text("digest.today", count=changed), "info", icon_name="refresh-cw"))
            box.addWidget(quiet(text("digest.show"), lambda: self.go("digest"), "arrow-right"))
        for card in view.sessions:
            box.addWidget(self._session(card))
        box.addWidget(people_card(view.mine, lambda: self.go("participants")))
        box.addStretch(1)
        self.add(Columns([(self._list(view), 1), (right, Fixed(316))]), stretch=1)
        self.ready()

    def _risk(self, one: TodayItem) -> RiskBar:
        if not one.words:  # somebody who may not read it: that it waits is for everybody to know
            return RiskBar(text("person.risk_title", name=one.name), text("today.risk_apart"), lambda: self._open(one))
        raised = one.words["raised_at"]
        when = moment_words(raised.astimezone(LONDON), self.context.today()) if isinstance(raised, datetime) else ""
        words = text(
            "today.risk_words",
            answer=one.words["answer"],
            form=one.words["form"],
            question=one.words["question"],
            when=when,
        )
        return RiskBar(text("person.risk_title", name=one.name), words, lambda: self._open(one))

    def _list(self, view: TodayView) -> QWidget:
        card = Card(text("today.my_list"), text("today.things", count=len(view.items)), flush=True)
        if view.items:
            groups = [
                (text(f"today.group.{urgency.value}", day=weekday(view.soon)), rows)
                for urgency, rows in (
                    (urgency, [self._row(one) for one in found])
                    for urgency, found in groupby(view.items, key=lambda one: one.urgency)
                )
            ]
            card.add(RowList(groups, name=text("today.my_list")))
        else:
            card.add(Empty(text("today.nothing"), text("today.nothing_line"), icon_name="circle-check"))
        card.end()
        if view.done:
            card.add_left(quiet(text("today.done_so_far", count=view.done), self._ask_done, "circle-check"))
        return card

    def _unnamed(self, one: TodayItem) -> str:
        """How many it is about; or it is about one, who has no name that can be read here."""
        return text(f"today.title.{one.kind}", count=len(one.names)) if one.names else text("case_travel.no_name")

    def _row(self, one: TodayItem) -> RowFacts:
        when, tint = due_words(one, self.context.today())
        return RowFacts(
            title=one.name or self._unnamed(one),
            line=what_words(one),
            icon=ICONS.get(one.kind, "flag"),
            icon_role="due" if tint == "due" else "text_soft",
            when=when,
            when_tint=tint,
            act=act_words(one),
            on_act=lambda: self._open(one),
            on_open=lambda: self._open(one),
            told_apart=_told_apart(one),
        )

    def _open(self, one: TodayItem) -> None:
        self.go(one.route.page, **_as_text(one.route.params))

    def _session(self, card: SessionCard) -> Card:
        made = Card(text("today.session"), clock_words(card.starts_at.astimezone(LONDON)), corner=None)
        made.add(Words(". ".join(part for part in (card.team, card.place) if part), "note", "soft"))
        made.rule()
        quorum = "today.quorum_met" if card.quorum_met else "today.quorum_not_met"
        made.add(
            Words(text("today.cases", count=card.cases, discuss=card.discuss + card.urgent, note=card.note)),
            Words(text("today.coming", coming=card.coming, invited=card.invited, quorum=text(quorum))),
        )
        if card.without_question:
            names = ", ".join(name for _who, name in card.without_question)
            made.add(Alert(text("today.no_question", count=len(card.without_question)), names, "due"))
        route, words = ("session", "today.open_session") if card.running else ("prepare", "today.prepare_session")
        made.add_left(outlined(text(words), lambda: self.go(route, session=card.session)))
        return made

    def _ask_done(self) -> None:
        self.run(lambda: today.done_today(self.context.desk), self._show_done)

    def _show_done(self, done: tuple[DoneItem, ...]) -> None:
        self.unsay()
        lines = [f"{one.name}: {text(f'today.done.{one.kind}', **one.words)}" for one in done]
        self.say(
            Alert(text("today.done_title"), "\n".join(lines) or text("today.done_nothing"), "done", on_close=self.unsay)
        )


def _told_apart(one: TodayItem) -> str:
    """Birth date and first line of address, for somebody whose name is like another's."""
    born = text("today.born", day=date_words(one.birth_date)) if one.birth_date else ""
    return ", ".join(part for part in (born, one.address) if part)


def _as_text(params: Mapping[str, str]) -> dict[str, str]:
    return {name: str(value) for name, value in params.items()}
