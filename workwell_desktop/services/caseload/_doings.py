"""What the person who acts has finished, and their own caseload in numbers."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import (
    Contact,
    ContactStatus,
    Episode,
    EpisodeStatus,
    RiskConversation,
    RiskStatus,
)
from workwell_desktop.domain.plans import Action, ActionStatus, Signatory, SignatureOutcome
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Discussion
from workwell_desktop.services.caseload._caseload import Caseload
from workwell_desktop.services.caseload._programme import programme
from workwell_desktop.services.caseload.today_views import DoneItem, MyPeople
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader

NOT_SEEN_DAYS = 14
REVIEW_WEEK = 6
"""The week of the programme at which the card of one's own people looks ahead."""


class _Doing(NamedTuple):
    kind: str
    participant: Id
    at: datetime | None
    words: dict[str, object]


def done_by_me(desk: Desk, reader: Reader, caseload: Caseload, today: date) -> list[DoneItem]:
    """Talks, actions, risk conversations, tellings and signatures of today."""
    begin = datetime.combine(today, time.min, LONDON)
    me = desk.me
    talks = reader.list(Contact, status=ContactStatus.DONE, owner=me, done_at__ge=begin)
    actions = reader.list(Action, status=ActionStatus.DONE, owner=me, done_on=today)
    risks = reader.list(RiskConversation, status=RiskStatus.DONE, done_by=me, done_at__ge=begin)
    told = reader.list(Discussion, told_by=me, told_at__ge=begin)
    signed = reader.list(Signatory, person=me, outcome=SignatureOutcome.SIGNED, at__ge=begin)
    found = [
        *(_Doing("contact", one.scope, one.done_at, {"purpose": one.purpose or ""}) for one in talks),
        *(_Doing("action", one.scope, None, {"text": one.text or ""}) for one in actions),
        *(_Doing("risk", one.scope, one.done_at, {}) for one in risks),
        *(_Doing("tell", one.scope, one.told_at, {}) for one in told),
        *(_Doing("plan_signed", one.scope, one.at, {}) for one in signed),
    ]
    return [
        DoneItem(one.kind, one.participant, caseload.people[one.participant].name, one.at, one.words)
        for one in found
        if one.participant in caseload.people
    ]


def my_people(desk: Desk, reader: Reader, caseload: Caseload, today: date) -> MyPeople:
    """The card. Actions count since the last Friday before today, so that Monday looks over the weekend."""
    clocks = {one: programme(desk.site, caseload.episodes[one], caseload.work.get(one), today) for one in caseload.mine}
    since = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    seen = _seen_lately(reader, today)
    done = reader.list(Action, status=ActionStatus.DONE, done_on__ge=since)
    return MyPeople(
        people=len(caseload.mine),
        week=REVIEW_WEEK,
        weeks=max((one.weeks for one in clocks.values()), default=0),
        reach_week=tuple(sorted(one for one, clock in clocks.items() if clock.week == REVIEW_WEEK)),
        not_seen=tuple(sorted(one for one in caseload.mine - seen if _unseen(caseload.episodes[one], today))),
        not_seen_days=NOT_SEEN_DAYS,
        actions_done=sum(1 for one in done if one.scope in caseload.mine),
        since=since,
    )


def _seen_lately(reader: Reader, today: date) -> frozenset[Id]:
    """Everybody with whom a talk took place in the last fortnight."""
    begin = datetime.combine(today - timedelta(days=NOT_SEEN_DAYS - 1), time.min, LONDON)
    return frozenset(one.scope for one in reader.list(Contact, status=ContactStatus.DONE, done_at__ge=begin))


def _unseen(episode: Episode, today: date) -> bool:
    """Whether a talk was to be expected: the programme has run for a fortnight."""
    begun = episode.opened_on if episode.status is EpisodeStatus.ACTIVE else None
    return begun is not None and (today - begun).days >= NOT_SEEN_DAYS
