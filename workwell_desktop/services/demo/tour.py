"""The tour through the rehearsal store: which pages it shows, of whom, and how far somebody has come with it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode, Response
from workwell_desktop.domain.papers import Document, PaperStatus
from workwell_desktop.domain.plans import Plan, PlanStatus
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import settings
from workwell_desktop.store import Reader

OFFERED, ENDED = -1, -2
"""Where somebody is who has not begun, and who has ended or does not want it; else the number of the stop, from 0."""


class Stop(NamedTuple):
    """A page of the tour: its name in the catalogue, its route, and what the route is opened with."""

    name: str
    route: str
    params: dict[str, str]


class Way(NamedTuple):
    """The whole tour; ``at`` is where this person is."""

    at: int
    stops: tuple[Stop, ...]


def way(desk: Desk) -> Way | None:
    """The tour from a referral to a paper; None in a store of real people, or where the made-up ones are not there."""
    desk.allow(Act.READ, Episode)
    if not desk.rehearsal:
        return None
    with desk.read() as reader:
        stops = tuple(_stops(reader))
    if not all(stop.params or stop.route in _OF_NOBODY for stop in stops):
        return None
    at = settings.of_computer(desk, _key(desk), OFFERED)
    return Way(at if isinstance(at, int) and ENDED <= at < len(stops) else OFFERED, stops)


def keep(desk: Desk, at: int) -> None:
    """Where somebody is stays on this computer, also through a lock."""
    desk.allow(Act.READ, Episode)
    settings.choose_for_computer(desk, _key(desk), at)


_OF_NOBODY = frozenset({"today", "referrals", "referral"})


def _key(desk: Desk) -> str:
    return f"tour:{desk.me}"


def _stops(reader: Reader) -> Iterator[Stop]:
    plans = reader.list(Plan, order_by=("-version", "id"), status=PlanStatus.SIGNING)[:1]
    someone = str(plans[0].scope) if plans else ""
    who = {"participant": someone} if someone else {}
    asked = reader.list(Response, order_by=("-started_at", "id"), scope=someone)[:1] if someone else []
    meetings = [
        one for one in reader.list(Session, order_by=("starts_at", "id")) if one.status is not SessionStatus.LOCKED
    ]
    papers = reader.list(Document, order_by=("-made_at", "id"), status=PaperStatus.COMPLETE)[:1]
    plan = _first({**who, "plan": str(one.id)} for one in plans)
    yield Stop("today", "today", {})
    yield Stop("referrals", "referrals", {})
    yield Stop("referral", "referral", {})
    yield Stop("record", "record", who)
    yield Stop("agreement", "agreement", who)
    yield Stop("assessment", "assessment", _first({**who, "response": str(one.id)} for one in asked))
    yield Stop("session", "session", _first({"session": str(one.id)} for one in meetings))
    yield Stop("plan", "plan", {**plan, "step": "actions"} if plan else {})
    yield Stop("sign", "plan", {**plan, "step": "sign"} if plan else {})
    yield Stop("paper", "paper", _first({"participant": str(one.scope), "paper": str(one.id)} for one in papers))


def _first(found: Iterable[dict[str, str]]) -> dict[str, str]:
    return next(iter(found), {})
