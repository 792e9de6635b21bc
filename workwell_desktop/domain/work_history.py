"""Work situations over time: what was told on single days, read as stretches of weeks and months.

told 3 Sept: struggling ─┐
told 1 Oct:  struggling ─┴▶ struggling, 3 Sept to 11 Oct
told 20 Oct: off sick since 12 Oct ──▶ off sick, 12 Oct on
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from workwell_desktop.domain.participants import WorkSituation, WorkStatus


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in one situation. ``until`` is its last day, None where it goes on; ``told`` is the newest telling of it.

    ``exact`` says whether somebody gave the day it began; otherwise it is the day on which it was first told.
    """

    status: WorkStatus
    since: date
    until: date | None
    exact: bool
    told: WorkSituation

    def days(self, today: date) -> int:
        """How many days it has lasted, the first and the last counted."""
        return max(0, ((self.until or today) - self.since).days + 1)


def stretches(tellings: Iterable[WorkSituation]) -> tuple[Stretch, ...]:
    """The stretches, oldest first. A telling that begins before the one told earlier corrects it."""
    found: list[Stretch] = []
    told = [one for one in tellings if one.told_on is not None and one.status is not None]
    for one in sorted(told, key=lambda each: (each.told_on or date.min, each.id)):
        if one.status is None or one.told_on is None:
            continue
        begun = one.since or one.told_on
        last = found[-1] if found else None
        if last is not None and last.status is one.status and (one.since is None or one.since <= _latest(last)):
            since = one.since if one.since is not None else last.since
            found[-1] = replace(last, since=since, exact=last.exact or one.since is not None, told=one)
            continue
        # what is told later knows better what came before
        while found and found[-1].since >= begun:
            found.pop()
        if found:
            found[-1] = replace(found[-1], until=begun - timedelta(days=1))
        found.append(Stretch(one.status, begun, None, one.since is not None, one))
    return tuple(found)


def off_sick(found: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches of being off sick."""
    return tuple(one for one in found if one.status is WorkStatus.OFF_SICK)


def _latest(one: Stretch) -> date:
    """The last day on which this stretch was known to go on: a later beginning is a new one."""
    return one.told.told_on or one.since
