"""Until when a record is kept: the rules of the site, worked out for one person. Nothing here erases anything."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from workwell_desktop.domain.site import RetentionRule


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules ask about: the day of the last contact, and groups of main condition among others."""

    last: date
    born: date | None = None
    died: bool = False
    conditions: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class KeptUntil:
    """The last day on which a record has to be kept, and the rule that says so."""

    day: date
    rule: RetentionRule


def kept_until(rules: Collection[RetentionRule], facts: Facts) -> KeptUntil | None:
    """Of the rules that hold the one that keeps longest; None where the site has no rule for such a record."""
    found = [KeptUntil(_day(rule, facts), rule) for rule in rules if _holds(rule, facts)]
    return max(found, key=lambda one: one.day, default=None)


def _holds(rule: RetentionRule, facts: Facts) -> bool:
    if rule.conditions and rule.conditions.isdisjoint(facts.conditions):
        return False
    if rule.under is None:
        return True
    return facts.born is not None and facts.last < _years(facts.born, rule.under)


def _day(rule: RetentionRule, facts: Facts) -> date:
    if facts.died and rule.years_after_death is not None:
        return _years(facts.last, rule.years_after_death)
    day = _years(facts.last, rule.years)
    if rule.under is None or rule.birthday is None or facts.born is None:
        return day
    late = facts.last >= _years(facts.born, rule.under - 1)
    birthday = rule.late_birthday if late and rule.late_birthday is not None else rule.birthday
    return max(day, _years(facts.born, birthday))


def _years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # born on 29 February: the birthday of other years is 1 March
        return date(day.year + years, 3, 1)
