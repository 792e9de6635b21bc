"""How the items of Today are grouped, joined and put in order."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.services.caseload.today_views import Focus, Route, TodayItem, Urgency

_ORDER = {urgency: place for place, urgency in enumerate(Urgency)}
_LAST = datetime.combine(date(9998, 12, 31), time.min, LONDON)


def urgency(focus: Focus, due: date | None) -> Urgency:
    """The group of an item; what has no day can be done any time today."""
    if due is None or due == focus.today:
        return Urgency.TODAY
    if due < focus.today:
        return Urgency.OVERDUE
    return Urgency.SOON if due <= focus.soon else Urgency.LATER


def in_order(items: Iterable[TodayItem]) -> list[TodayItem]:
    """Soonest first; within a day by the clock, then what has no time, by name."""
    return sorted(
        items,
        key=lambda one: (
            _ORDER[one.urgency],
            one.due if one.due is not None and one.urgency is not Urgency.TODAY else date.min,
            one.at or _LAST,
            one.name,
            one.kind,
            one.record,
        ),
    )


def merged(items: Iterable[TodayItem]) -> list[TodayItem]:
    """A plan to sign takes time and place from the talk of that day, which then stands for itself no more."""
    found = list(items)
    talks = {
        one.participant: one
        for one in found
        if one.kind == "contact" and one.urgency is Urgency.TODAY and one.at is not None
    }
    taken: set[Id] = set()
    result: list[TodayItem] = []
    for one in found:
        talk = talks.get(one.participant)
        if one.kind == "plan_to_sign" and talk is not None:
            taken.add(talk.record)
            result.append(replace(one, at=talk.at, due=talk.due, words={**one.words, "place": talk.words["place"]}))
        else:
            result.append(one)
    return [one for one in result if not (one.kind == "contact" and one.record in taken)]


def bundled(items: Iterable[TodayItem]) -> list[TodayItem]:
    """Referrals of one group of the list stand as one line with the names of all."""
    result: list[TodayItem] = []
    first: dict[Urgency, int] = {}
    for one in items:
        if one.kind == "referral" and one.urgency in first:
            at = first[one.urgency]
            together = result[at]
            names = (*(together.names or (together.name,)), one.name)
            result[at] = replace(
                together,
                kind="referrals",
                participant=None,
                name="",
                names=names,
                words={"count": len(names)},
                route=Route("referrals", {}),
            )
            continue
        if one.kind == "referral":
            first[one.urgency] = len(result)
        result.append(one)
    return result
