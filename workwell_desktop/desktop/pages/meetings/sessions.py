"""Sessions: running, to come, and held with what is still open of them."""

from functools import partial

from workwell_desktop.desktop.kit import (
    Card,
    Change,
    Empty,
    Page,
    PageAct,
    Params,
    RowFacts,
    RowList,
    clock_words,
    long_day,
    outlined,
    text,
)
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.services.meeting import session_pages
from workwell_desktop.services.meeting.session_views import SessionLine

_KINDS = frozenset({"session", "attendance", "agenda_item", "discussion", "team", "team_document", "action"})
_ROUTES = {SessionStatus.RUNNING: "session", SessionStatus.PLANNED: "prepare", SessionStatus.LOCKED: "signoff"}


class SessionsPage(Page):
    """Each row opens the page that its session needs next."""

    route = "sessions"
    nav = "sessions"
    help_topic = "sessions"

    def enter(self, params: Params) -> None:
        desk = self.context.desk

        def show(lines: list[SessionLine]) -> None:
            self._show(lines)
            self.ready()

        self.run(lambda: session_pages.list_sessions(desk), show)

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in _KINDS for kind, _record, _scope in records):
            desk = self.context.desk
            self.run(lambda: session_pages.list_sessions(desk), self._show)

    def acts(self) -> tuple[PageAct, ...]:
        desk = self.context.desk
        may, chairs = desk.may(Act.PREPARE_SESSION, Session), desk.may(Act.LOCK_SESSION, Session)
        return (
            PageAct(text("sessions.new"), self._new, menu="session", enabled=lambda: may),
            PageAct(text("sessions.who_came"), self._who_came, menu="session", enabled=lambda: chairs),
        )

    def _who_came(self) -> None:
        self.go("attendance")

    def _new(self) -> None:
        self.go("prepare")

    def _show(self, lines: list[SessionLine]) -> None:
        self.clear_body()
        may = self.context.desk.may(Act.PREPARE_SESSION, Session)
        acts = [outlined(text("sessions.new"), self._new, "plus")] if may else []
        if self.context.desk.may(Act.LOCK_SESSION, Session):
            acts.insert(0, outlined(text("sessions.who_came"), self._who_came, "users-round"))
        self.set_title(text("sessions.title"), "", *acts)
        running = [one for one in lines if one.status is SessionStatus.RUNNING]
        coming = [one for one in reversed(lines) if one.status is SessionStatus.PLANNED]
        past = [one for one in lines if one.status is SessionStatus.LOCKED]
        groups = [
            (text(f"sessions.group.{name}"), [self._row(one) for one in found])
            for name, found in (("running", running), ("coming", coming), ("past", past))
            if found
        ]
        card = Card(flush=True)
        if groups:
            card.add(RowList(groups, name=text("sessions.title")))
        else:
            act = outlined(text("sessions.new"), self._new, "plus") if may else None
            card.add(Empty(text("sessions.none"), text("sessions.none_words"), act, icon_name="calendar-days"))
        self.add(card.end(), stretch=1)

    def _row(self, one: SessionLine) -> RowFacts:
        at = one.starts_at.astimezone(LONDON)
        late = one.status is SessionStatus.PLANNED and at.date() < self.context.today()
        open_words = "" if one.status is SessionStatus.PLANNED else still_open(one)
        when, tint = (open_words, "due") if open_words else (text("sessions.not_held"), "due") if late else ("", "")
        act = partial(self.go, _ROUTES[one.status], session=one.session)
        title = text("sessions.row", team=one.team, day=long_day(at.date(), self.context.today()), time=clock_words(at))
        return RowFacts(
            title=title,
            line=". ".join(part for part in (one.place or "", cases_words(one), self._people(one)) if part),
            icon={"planned": "calendar-days", "running": "users-round", "locked": "lock"}[one.status.value],
            when=when or (unasked_words(one) if one.status is SessionStatus.PLANNED else ""),
            when_tint=tint or ("due" if one.status is SessionStatus.PLANNED and one.unasked else ""),
            act=text(f"sessions.act.{one.status.value}"),
            on_act=act,
            on_open=act,
        )

    def _people(self, one: SessionLine) -> str:
        if one.status is SessionStatus.LOCKED:
            return text("sessions.came", count=one.coming)
        key = "sessions.quorum_met" if one.quorum else "sessions.quorum_not_met"
        return text("sessions.coming", coming=one.coming, invited=one.invited, quorum=text(key))


def cases_words(one: SessionLine) -> str:
    """8 cases: 6 to discuss, 2 to note."""
    return text("sessions.cases", count=one.discuss + one.note, discuss=one.discuss, note=one.note)


def unasked_words(one: SessionLine) -> str:
    """How many cases still need a question."""
    return text("sessions.unasked", count=len(one.unasked)) if one.unasked else ""


def still_open(one: SessionLine) -> str:
    """What is still to be done of a session that was begun."""
    parts = []
    if one.undecided:
        parts.append(text("sessions.undecided", count=one.undecided))
    if one.status is SessionStatus.LOCKED and not one.signed:
        parts.append(text("sessions.unsigned"))
    if one.untold:
        parts.append(text("sessions.untold", count=one.untold))
    if one.waiting:
        parts.append(text("sessions.waiting", count=one.waiting))
    if one.open_actions:
        parts.append(text("sessions.open_actions", count=one.open_actions))
    return ", ".join(parts)
