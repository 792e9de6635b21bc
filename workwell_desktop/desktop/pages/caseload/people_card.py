"""The card of one's own caseload in numbers."""

from collections.abc import Callable

from workwell_desktop.desktop.kit import Card, Clear, ClockBoxes, IconMark, Words, quiet, row, text, weekday
from workwell_desktop.services.caseload.today_views import MyPeople


def people_card(mine: MyPeople, on_open: Callable[[], object]) -> Card:
    """ "My 23 people": who reaches the review week, who was not seen for a while, what got done."""
    card = Card(text("today.my_people", count=mine.people))
    reach = Clear()
    box = row(reach, (0, 0, 0, 0), 10)
    if mine.weeks:
        box.addWidget(ClockBoxes(mine.week, min(mine.weeks, 8), width=96))
    box.addWidget(Words(text("today.reach_week", count=len(mine.reach_week), week=mine.week), "note"), 1)
    card.add(reach)
    card.add(_line("hourglass", text("today.not_seen", count=len(mine.not_seen), days=mine.not_seen_days)))
    since = weekday(mine.since)
    card.add(_line("circle-check", text("today.actions_done", count=mine.actions_done, day=since)))
    card.add_left(quiet(text("today.see_my_people"), on_open, "users-round"))
    return card


def _line(icon: str, words: str) -> Clear:
    holder = Clear()
    box = row(holder, (0, 0, 0, 0), 10)
    box.addWidget(IconMark(icon, "text_soft"))
    box.addWidget(Words(words, "note"), 1)
    return holder
