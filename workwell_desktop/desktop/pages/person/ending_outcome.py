"""The card "From start to now": each measure as it was and is, and the goals as one number."""

from datetime import date, datetime

from workwell_desktop.desktop.kit import Card, SummaryList, Words, short_day, text
from workwell_desktop.desktop.pages.person.measure_words import change_words, direction_words, held_against
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.plans import Goal
from workwell_desktop.services.assessing.outcome import Outcome, goal_attainment


def outcome_card(found: tuple[Outcome, ...], goals: tuple[Goal, ...], today: date) -> Card:
    """For whoever may see scores. What was taken once stands on the page of measures and not here."""
    card = Card(text("ending.outcome"), gap=8)
    lines = SummaryList([(one.measure.name, outcome_words(one, today)) for one in found], ruled=True)
    reached = goal_attainment(goals)
    if reached is not None:
        lines.add(text("ending.goals_reached"), Words(text("ending.t_score", score=f"{reached:.1f}")))
    if not found and reached is None:
        card.add(Words(text("ending.no_outcome"), tone="soft"))
        return card.end()
    card.add(lines)
    return card.end()


def outcome_words(one: Outcome, today: date) -> str:
    """ "14 on 2 September, 8 on 20 November. Down 6. That passes the published number…. Higher is worse." """
    was = text("ending.value_on", value=one.measure.shown(one.first.value), day=_day(one.first.at, today))
    now = text("ending.value_on", value=one.measure.shown(one.last.value), day=_day(one.last.at, today))
    said = (
        change_words(one.measure, one.change) + ".",
        held_against(one.measure, one.passes),
        direction_words(one.measure),
    )
    return " ".join(part for part in (text("ending.was_and_is", was=was, now=now), *said) if part)


def _day(at: datetime, today: date) -> str:
    return short_day(at.astimezone(LONDON).date(), today)
