"""The cards beside a talk: where the programme stands, tries so far, measures that are due, talks before this one."""

from collections.abc import Callable
from datetime import date

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Empty,
    SummaryList,
    Words,
    clock_words,
    column,
    date_words,
    long_day,
    outlined,
    text,
)
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Contact
from workwell_desktop.services.person.follow_up import FollowUpView, OpenAction

SHOWN = 10
"""Talks that are listed."""


def beside(view: FollowUpView, today: date, measure: Callable[[], object]) -> Clear:
    """Everything at the right of the form. ``measure`` opens the forms that are due."""
    holder = Clear()
    box = column(holder, (0, 0, 0, 0), 12)
    programme = clock_line(view)
    if programme is not None:
        box.addWidget(programme)
    if view.missed:
        over = view.missed >= view.tries
        line = text("contact.tries_over" if over else "contact.tries_line", of=view.tries)
        box.addWidget(Alert(text("contact.tried", count=view.missed), line, "info"))
    if view.measures:
        card = Card(text("contact.measures_due"))
        rows = [(one.title, text("contact.last_asked", day=date_words(one.last))) for one in view.measures]
        card.add(SummaryList(rows, ruled=True))
        box.addWidget(card.add_left(outlined(text("contact.open_measures"), measure, "list")))
    box.addWidget(_earlier(view.talks, today))
    box.addStretch(1)
    return holder


def clock_line(view: FollowUpView) -> Alert | None:
    """The programme clock in words: it warns, and never locks."""
    clock = view.clock
    if clock.week is None or not clock.weeks or view.closed:
        return None
    said = {"week": clock.week, "weeks": clock.weeks, "label": view.clock_label}
    if clock.week > clock.weeks:
        return Alert(text("contact.clock_over", **said), text("contact.clock_over_line"), "due")
    ends = text("contact.clock_ends", day=date_words(clock.ends_on)) if clock.ends_on else ""
    last = clock.week == clock.weeks
    return Alert(text("contact.clock", **said), ends, "due" if last else "info")


def went_words(one: Contact) -> str:
    """How a talk went, in a line."""
    status = text(f"contact.status.{one.status.value}") if one.status else ""
    tries = text("contact.tried", count=one.tries) if one.tries else ""
    minutes = text("contact.took", count=one.minutes) if one.minutes else ""
    parts = (status, one.purpose or "", tries, minutes, one.note or "")
    return ". ".join(part for part in parts if part)


def action_words(one: OpenAction) -> str:
    """An action with whose it is."""
    return text("contact.action_of", text=one.text, owner=one.owner) if one.owner else one.text


def _earlier(talks: tuple[Contact, ...], today: date) -> Card:
    card = Card(text("contact.earlier"))
    rows = []
    for one in talks[:SHOWN]:
        day = long_day(one.due, today) if one.due else ""
        at = clock_words(one.at.astimezone(LONDON)) if one.at else ""
        rows.append((", ".join(part for part in (day, at) if part), went_words(one)))
    card.add(SummaryList(rows, ruled=True) if rows else Empty(text("contact.no_earlier"), icon_name="phone"))
    if len(talks) > SHOWN:
        card.add(Words(text("contact.more", count=len(talks) - SHOWN), "note", "soft"))
    return card.end()
