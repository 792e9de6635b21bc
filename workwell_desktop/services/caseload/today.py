"""Today: the one list of what waits for the person who acts, the sessions of the day, their own people in numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.dates import working_days_after
from workwell_desktop.domain.directory import ServiceLoop
from workwell_desktop.domain.episodes import Contact, Episode
from workwell_desktop.domain.evidence import AbsenceEvidence
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.names import with_likes
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.plans import Action, Adjustment, Plan
from workwell_desktop.domain.records import Id, Record
from workwell_desktop.domain.sessions import AgendaItem, Discussion
from workwell_desktop.services.caseload import _providers as providers
from workwell_desktop.services.caseload._arranging import bundled, in_order, merged
from workwell_desktop.services.caseload._caseload import read_caseload
from workwell_desktop.services.caseload._doings import done_by_me, my_people
from workwell_desktop.services.caseload._duty_items import concerns, glass, red_flags
from workwell_desktop.services.caseload._loop_items import loops
from workwell_desktop.services.caseload.today_views import DoneItem, Focus, Provider, TodayItem, TodayView, Urgency
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting._session_cards import agendas_to_send, session_cards
from workwell_desktop.services.safekeeping._apart import sessions_apart
from workwell_desktop.store import Reader

SOON_WORKING_DAYS = 2
FEW = 50
"""People of whom each is read by themselves."""

PROVIDERS: list[Provider] = [
    providers.risks,
    red_flags,
    concerns,
    glass,
    providers.contacts,
    providers.actions,
    providers.adjustments,
    providers.plans,
    providers.tellings,
    providers.referrals,
    providers.evidence,
    providers.conflicts,
    loops,
    agendas_to_send,
    sessions_apart,
]
"""What fills the list. A part of the product that has something to do appends its own when the program starts."""

OF_KIND: dict[Provider, type[Record]] = {
    providers.contacts: Contact,
    providers.actions: Action,
    providers.adjustments: Adjustment,
    providers.plans: Plan,
    providers.tellings: Discussion,
    providers.evidence: AbsenceEvidence,
    providers.cases: AgendaItem,
    loops: ServiceLoop,
}
"""Providers that read out records of one kind: they are for those who may read it. The others ask themselves."""

NEXT_ONLY: list[Provider] = [providers.cases]
"""What comes next for a person, but stands on Today in a card of its own."""


def view(desk: Desk) -> TodayView:
    """The page of today; the rail asks for the same, so it is worked out once for each state of the store."""
    desk.allow(Act.READ, Episode)
    return desk.kept(("today", desk.clock.today()), tuple(KINDS.values()), lambda: _view(desk))


def _view(desk: Desk) -> TodayView:
    caseload = read_caseload(desk)
    today = desk.clock.today()
    soon = working_days_after(today, SOON_WORKING_DAYS)
    names = caseload.names(caseload.people)
    focus = Focus(today, soon, soon, caseload.mine, desk.me, caseload.open, names)
    with desk.read() as reader:
        items = in_order(merged(_gathered(desk, reader, focus, PROVIDERS)))
        return TodayView(
            day=today,
            soon=soon,
            risks=tuple(one for one in items if one.urgency is Urgency.RISK),
            items=tuple(bundled(one for one in items if one.urgency is not Urgency.RISK)),
            sessions=session_cards(desk, reader, focus),
            mine=my_people(desk, reader, caseload, today),
            done=len(done_by_me(desk, reader, caseload, today)),
        )


def done_today(desk: Desk) -> tuple[DoneItem, ...]:
    """What the person who acts finished today: what has a time first, the latest before the others."""
    desk.allow(Act.READ, Episode)
    caseload = read_caseload(desk)
    with desk.read() as reader:
        found = done_by_me(desk, reader, caseload, desk.clock.today())
    return tuple(sorted(found, key=lambda one: (one.at is None, -one.at.timestamp() if one.at else 0.0, one.name)))


def next_for(desk: Desk, participants: Collection[Id]) -> Mapping[Id, tuple[TodayItem, ...]]:
    """What comes next for each of these people, soonest first, however far ahead; risk before everything."""
    desk.allow(Act.READ, Episode)
    caseload = read_caseload(desk)
    today = desk.clock.today()
    soon = working_days_after(today, SOON_WORKING_DAYS)
    focus = Focus(today, soon, None, frozenset(participants), None, caseload.open, caseload.names(participants))
    with desk.read() as reader:
        # of a few people only what is theirs is read; of many, everything at once is less
        about = reader.about(participants) if len(participants) <= FEW else reader
        items = in_order(merged(_gathered(desk, about, focus, [*PROVIDERS, *NEXT_ONLY])))
    by_person: dict[Id, list[TodayItem]] = defaultdict(list)
    for one in items:
        if one.participant is not None:
            by_person[one.participant].append(one)
    return {one: tuple(by_person.get(one, ())) for one in participants}


def _gathered(desk: Desk, reader: Reader, focus: Focus, from_whom: Iterable[Provider]) -> list[TodayItem]:
    asked = [one for one in from_whom if one not in OF_KIND or desk.may(Act.READ, OF_KIND[one])]
    found = [one for provider in asked for one in provider(desk, reader, focus)]
    people = read_caseload(desk).people
    like = desk.kept("like", (Participant,), lambda: with_likes(read_caseload(desk).names(people)))
    return [
        replace(one, birth_date=people[one.participant].birth_date, address=people[one.participant].address or "")
        if one.participant in like
        else one
        for one in found
    ]
