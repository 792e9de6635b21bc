"""What others changed in my cases since I last looked: read by the place in the log, so that it costs what is new.

    log  …──────┬───────────────┬──────────────▶ newest
                │ seen already  │ new to me
               from            until      (and further, case by case, for those that were looked at by themselves)

How far somebody has looked stays on this computer. Another computer received the same changes in another order, and may
lack some that were seen here or hold some that were not: a mark that follows the person would have to name the newest
change of each stream of each of their cases, signed and kept for good at every look, and a mark by time would pass over
what was written before it and comes in later. To be told of a case twice is the lesser harm.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id, is_restricted
from workwell_desktop.services._restricted import may_read_kind
from workwell_desktop.services.caseload._caseload import read_caseload
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader

MOST = 20_000
"""Changes that are looked at, from the newest back: more than weeks of a whole team; a first sync may bring more."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Of one kind of record, how many were changed and which fields; for an answer the field is ``answer``."""

    kind: str
    records: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByWhom:
    """What one colleague did in a case. ``at`` is when the last of it reached this computer."""

    name: str
    profession: str
    at: datetime
    what: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class CaseNews:
    """One of my cases. ``new`` is False for what I have seen; ``waiting`` counts what is to be settled there."""

    participant: Id
    name: str
    new: bool
    first: datetime
    last: datetime
    by: tuple[ByWhom, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The cases with news first, the latest at the top. ``more`` says that there is more than could be looked at,
    ``mine`` how many cases I have."""

    cases: tuple[CaseNews, ...]
    mine: int
    more: bool

    @property
    def new(self) -> tuple[CaseNews, ...]:
        return tuple(one for one in self.cases if one.new)


@dataclass(frozen=True, slots=True)
class _Looked:
    start: int
    until: int
    cases: dict[str, int]

    def at(self, participant: Id) -> int:
        return max(self.until, self.cases.get(participant, 0))


def of_mine(desk: Desk) -> Digest:
    """Who changed what in my cases, and since when."""
    desk.allow(Act.READ, Episode)
    mine = read_caseload(desk).mine
    with desk.read() as reader:
        looked = _looked(desk, reader)
        found = reader.new_changes(looked.start, desk.me, MOST)
        names = read_caseload(desk).names(mine)
        people = {one.id: one for one in reader.list(Person)}
        by_case: defaultdict[tuple[Id, bool], list[Any]] = defaultdict(list)
        for one in found:
            if one.scope in mine and _readable(desk, reader, one.kind, one.record):
                by_case[one.scope, one.n > looked.at(one.scope)].append(one)
        cases = [
            CaseNews(
                participant=who,
                name=names.get(who, ""),
                new=new,
                first=min(one.received for one in changes),
                last=max(one.received for one in changes),
                by=_by(people, changes),
                waiting=len(reader.conflict_places(who)) if new else 0,
            )
            for (who, new), changes in by_case.items()
        ]
    cases.sort(key=lambda one: (not one.new, -one.last.timestamp(), one.name))
    return Digest(tuple(cases), len(mine), len(found) == MOST)


def unread(desk: Desk) -> int:
    """In how many of my cases others changed something that I have not looked at."""
    desk.allow(Act.READ, Episode)
    mine = read_caseload(desk).mine
    if not mine:
        return 0
    with desk.read() as reader:
        looked = _looked(desk, reader)
        found = reader.new_changes(looked.until, desk.me, MOST)
        touched: set[Id] = set()
        for one in found:
            news = one.scope in mine and one.scope not in touched and one.n > looked.at(one.scope)
            if news and _readable(desk, reader, one.kind, one.record):
                touched.add(one.scope)
    return len(touched)


def look_at(desk: Desk, participant: Id) -> None:
    """I have seen what is new in one case."""
    desk.allow(Act.READ, Episode)
    with desk.read() as reader:
        looked, last = _looked(desk, reader), reader.last_change()
    _keep(desk, _Looked(looked.start, looked.until, {**looked.cases, participant: last}))


def look_at_all(desk: Desk) -> None:
    """I have seen everything; what was new until now stays in sight as seen, and what was seen before goes."""
    desk.allow(Act.READ, Episode)
    with desk.read() as reader:
        looked, last = _looked(desk, reader), reader.last_change()
    _keep(desk, _Looked(looked.until, last, {}))


def _by(people: dict[Id, Person], changes: Iterable[Any]) -> tuple[ByWhom, ...]:
    of: defaultdict[Id, list[Any]] = defaultdict(list)
    for one in changes:
        of[one.author].append(one)
    found = []
    for author, theirs in of.items():
        who = people.get(author)
        records: dict[str, set[Id]] = {}
        fields: dict[str, Counter[str]] = {}
        for one in theirs:
            records.setdefault(one.kind, set()).add(one.record)
            name = "answer" if one.field.startswith("answer/") else one.field
            fields.setdefault(one.kind, Counter())[name] += 1
        what = tuple(
            Changed(kind, len(records[kind]), tuple(sorted(fields[kind])))
            for kind in sorted(records, key=lambda kind: (-len(records[kind]), kind))
        )
        profession = who.profession.value if who and who.profession else ""
        last = max(one.received for one in theirs)
        found.append(ByWhom(who.name or "" if who else "", profession, last, what))
    return tuple(sorted(found, key=lambda one: (-one.at.timestamp(), one.name)))


def _readable(desk: Desk, reader: Reader, kind: str, record: Id) -> bool:
    if kind not in KINDS:
        return False
    if is_restricted(kind):
        return may_read_kind(desk, kind, reader.find(KINDS[kind], record))
    return desk.may(Act.READ, KINDS[kind])


def _looked(desk: Desk, reader: Reader) -> _Looked:
    """How far I have looked; whoever never did begins now, because what stood here before they came is no news."""
    last = reader.last_change()
    found = desk.store.settings.get(_key(desk))
    if not isinstance(found, dict):
        started = _Looked(last, last, {})
        _keep(desk, started)
        return started
    # a purge may have taken the end of the log away
    return _Looked(
        min(int(found["from"]), last),
        min(int(found["until"]), last),
        {who: min(int(n), last) for who, n in found["cases"].items()},
    )


def _keep(desk: Desk, looked: _Looked) -> None:
    desk.store.settings.put(_key(desk), {"from": looked.start, "until": looked.until, "cases": looked.cases})


def _key(desk: Desk) -> str:
    return f"digest:{desk.me}"


__all__ = ["ByWhom", "CaseNews", "Changed", "Digest", "look_at", "look_at_all", "of_mine", "unread"]
