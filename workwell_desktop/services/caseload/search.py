"""Finding a person as one types, and the caseload as a table.

Everybody whom this person may see is held folded in memory, so that a key pressed costs no read of the store;
a change of a name, an episode or a work situation, of whatever source, makes them anew.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from workwell_desktop.domain import intake
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.dates import age
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.names import with_likes
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant, WorkSituation, WorkStatus
from workwell_desktop.domain.records import Id
from workwell_desktop.services.caseload._caseload import Caseload, read_caseload
from workwell_desktop.services.caseload._matching import Words, fold_number
from workwell_desktop.services.caseload._people_index import Entry, PeopleIndex
from workwell_desktop.services.caseload._programme import programme
from workwell_desktop.services.caseload.search_views import Among, Found, Hit, Match, PersonRow, SortBy
from workwell_desktop.services.caseload.today import next_for
from workwell_desktop.services.caseload.today_views import TodayItem, Urgency
from workwell_desktop.services.desk import Desk

_RANK = {urgency: place for place, urgency in enumerate(Urgency)}


def find(
    desk: Desk,
    words: str = "",
    among: Among = Among.MINE,
    *,
    status: WorkStatus | None = None,
    sort: SortBy = SortBy.NEXT,
) -> Found:
    """The rows in which every word is found, in any field; all rows for no words."""
    desk.allow(Act.SEARCH, Participant)
    caseload = read_caseload(desk)
    people = _among(caseload, among)
    rows = [row for row in _rows(desk, caseload, among, people) if status is None or row.work is status]
    wanted = Words.typed(words)
    if wanted.words:
        found = dict(_index(desk, among.value, lambda: people).find(wanted))
        rows = [replace(row, matches=found[row.participant]) for row in rows if row.participant in found]
    counts = {one: len(_among(caseload, one)) for one in Among}
    return Found(words, among, tuple(_sorted(rows, sort)), len(people), counts)


def quick(desk: Desk, words: str, limit: int = 8) -> tuple[Hit, ...]:
    """People for the box on every page: my own first, closed ones last; those whose name begins so before others."""
    desk.allow(Act.SEARCH, Participant)
    wanted = Words.typed(words)
    if not wanted.words:
        return ()
    caseload = read_caseload(desk)
    groups: dict[str, Callable[[], Collection[Id]]] = {
        "mine": lambda: caseload.mine,
        "others": lambda: caseload.team - caseload.mine,
        "closed": lambda: caseload.closed,
    }
    found = (hit for name, people in groups.items() for hit in _index(desk, name, people).find(wanted))
    return tuple(_hit(caseload, caseload.people[who], places) for who, places in islice(found, limit))


def searched(desk: Desk, among: Among = Among.MINE) -> None:
    """Writes down that somebody searched, when they stop on a list of people; never what they typed."""
    desk.allow(Act.SEARCH, Participant)
    desk.noted(AuditKind.SEARCHED, detail=among.value)


def _among(caseload: Caseload, among: Among) -> frozenset[Id]:
    return {Among.MINE: caseload.mine, Among.TEAM: caseload.team, Among.CLOSED: caseload.closed}[among]


def _index(desk: Desk, name: str, people: Callable[[], Collection[Id]]) -> PeopleIndex:
    """Of one group, in the order of names."""
    kinds = (Participant, Episode, WorkSituation)
    return desk.kept(("search", name, desk.person.teams), kinds, lambda: PeopleIndex(_entries(desk, people())))


def _entries(desk: Desk, people: Collection[Id]) -> Iterator[Entry]:
    caseload = read_caseload(desk)
    for one in sorted((caseload.people[who] for who in people), key=lambda one: (one.name, one.id)):
        shown = {"name": one.name, "called": _called(one), "employer": _employer(caseload.work.get(one.id))}
        yield Entry(one.id, shown, fold_number(intake.number_shown(one.nhs_number)))


def _called(one: Participant) -> str:
    return one.preferred_name or "" if one.preferred_name != one.given_name else ""


def _employer(work: WorkSituation | None) -> str:
    return work.employer or "" if work and work.status is not WorkStatus.OUT_OF_WORK else ""


def _rows(desk: Desk, caseload: Caseload, among: Among, people: Collection[Id]) -> tuple[PersonRow, ...]:
    today = desk.clock.today()

    def make() -> tuple[PersonRow, ...]:
        # a closed episode has no next step: nobody is asked about it
        following = next_for(desk, people) if among is not Among.CLOSED else {}
        like = with_likes(caseload.names(people))
        return tuple(
            _row(desk, caseload, one, next(iter(following.get(one, ())), None), like=one in like, today=today)
            for one in people
        )

    return desk.kept(("rows", among, today, desk.person.teams), tuple(KINDS.values()), make)


def _row(desk: Desk, caseload: Caseload, who: Id, following: TodayItem | None, *, like: bool, today: date) -> PersonRow:
    one = caseload.people[who]
    work = caseload.work.get(who)
    return PersonRow(
        participant=who,
        name=one.name,
        called=_called(one),
        nhs_number=intake.number_shown(one.nhs_number),
        birth_date=one.birth_date,
        age=age(one.birth_date, today) if one.birth_date else None,
        address=one.address or "",
        like=like,
        work=work.status if work else None,
        since=work.since if work else None,
        work_days=(today - work.since).days if work and work.since else None,
        employer=_employer(work),
        programme=programme(desk.site, caseload.episodes.get(who), work, today),
        next=following,
        matches=(),
    )


def _sorted(rows: Iterable[PersonRow], sort: SortBy) -> list[PersonRow]:
    if sort is SortBy.NAME:
        return sorted(rows, key=lambda row: (row.name.casefold(), row.participant))
    if sort is SortBy.WEEK:
        return sorted(rows, key=lambda row: (-(row.programme.week or 0), row.name.casefold(), row.participant))
    return sorted(rows, key=_by_next)


def _by_next(row: PersonRow) -> tuple[int, date, bool, float, str, str]:
    one = row.next
    if one is None:
        return (len(_RANK), date.max, True, 0.0, row.name.casefold(), row.participant)
    at = one.at.timestamp() if one.at else 0.0
    return (_RANK[one.urgency], one.due or date.min, one.at is None, at, row.name.casefold(), row.participant)


def _hit(caseload: Caseload, one: Participant, places: tuple[Match, ...]) -> Hit:
    return Hit(
        participant=one.id,
        name=one.name,
        called=_called(one),
        nhs_number=intake.number_shown(one.nhs_number),
        birth_date=one.birth_date,
        address=one.address or "",
        employer=_employer(caseload.work.get(one.id)),
        matches=places,
    )
