"""The tab Sessions: questions that wait for an agenda, then each session that talked or is to talk about the person."""

from dataclasses import dataclass
from functools import partial

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Empty,
    SummaryList,
    long_day,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.meetings.waiting_questions import waiting_card
from workwell_desktop.desktop.pages.record.sheet import RecordSheet
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import SessionStatus
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import bringing
from workwell_desktop.services.meeting.bringing import Waiting
from workwell_desktop.services.person import record_lists
from workwell_desktop.services.person.record_lists import Decided


@dataclass(frozen=True, slots=True)
class Talked:
    """Newest first."""

    sessions: tuple[Decided, ...]
    waiting: tuple[Waiting, ...]


def read_sessions(desk: Desk, who: Id) -> Talked:
    """Sessions about this person, and questions that wait for one."""
    return Talked(record_lists.decisions_of(desk, who), bringing.waiting_for(desk, who))


def lay_sessions(page: RecordSheet, found: Talked) -> None:
    """A card for each session."""
    if found.waiting:
        page.add(waiting_card(page, found.waiting))
    if not found.sessions and not found.waiting:
        bring = outlined(text("record.act.bring"), partial(page.open_page, "bring"), "users-round")
        page.add(Empty(text("record.no_sessions"), text("record.no_sessions_line"), bring, icon_name="users-round"))
    for one in found.sessions:
        page.add(_card(page, one))
    page.add_end()


def _card(page: RecordSheet, one: Decided) -> Card:
    today = page.context.today()
    day = text("record_sessions.session", day=long_day(one.on, today)) if one.on else ""
    card = Card(_title(one), day)
    rows = [
        ("question", one.question),
        ("decision", one.decision),
        ("rationale", one.rationale),
        ("dissent", one.dissent),
    ]
    shown = [(text(f"record.{name}"), words) for name, words in rows if words]
    if one.carried:
        shown.append((text("record_sessions.carried_why"), one.carried))
    if one.decided_at:
        told = one.told_at.astimezone(LONDON) if one.told_at else None
        heard = moment_words(told, today) if told else text("record.not_told")
        if told and one.told_by:
            heard = text("record.told_by", when=heard, name=one.told_by)
        shown.append((text("record.told"), heard))
    for line in one.addenda:
        when = moment_words(line.at.astimezone(LONDON), today)
        shown.append((text("signoff.addendum_of", when=when, author=line.author), line.text))
    if one.provisional and one.decided_at and not one.told_at:
        card.add(Alert("", text("record_sessions.provisional"), "due"))
    if shown:
        card.add(SummaryList(shown, ruled=True))
    if one.session is not None:
        planned = one.held is SessionStatus.PLANNED and one.item is not None
        where = {"case": str(one.item)} if planned else {}
        opened = partial(page.go, "prepare" if planned else "session", session=str(one.session), **where)
        words = "record_sessions.open_line" if planned else "record.open_session"
        card.add_left(outlined(text(words), opened))
    if one.decided_at and not one.told_at:
        tell = partial(page.open_page, "tell", discussion=str(one.discussion))
        card.add_left(outlined(text("record.tell"), tell, "message-circle"))
    return card


def _title(one: Decided) -> str:
    if one.outcome:
        return text(f"record.outcome.{one.outcome.value}")
    if one.withdrawn:
        return text("record_sessions.withdrawn", why=text(f"session.withdrawn_why.{one.withdrawn.value}"))
    if one.carried:
        return text("record_sessions.carried")
    if one.held is SessionStatus.LOCKED:
        return text("record_sessions.noted")
    return text("record_sessions.running" if one.held is SessionStatus.RUNNING else "record_sessions.planned")
