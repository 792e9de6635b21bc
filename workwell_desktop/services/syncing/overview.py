"""What the page Sync shows: what is only here, by person and kind; how the last sync went; what waits for a choice."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id, Scope, scope_of
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import erasing
from workwell_desktop.services.safekeeping.erasing import Lately
from workwell_desktop.services.syncing import exchange, outcome
from workwell_desktop.services.syncing.exchange import Standing
from workwell_desktop.services.syncing.outcome import Outcome
from workwell_desktop.store.exchange.receipts import OnlyHereOf

MOST = 50
"""Lines: before a first sync every case of the store is only here."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What of one case, or of what is no case (``where``: team, partnership, person), exists on this computer alone.

    ``kinds`` has how many records of each kind, answers apart; what this person may not read stands together under an
    empty kind. ``papers`` are files. ``name`` is empty for whoever this person may not see."""

    where: str
    participant: Id | None
    name: str
    answers: int
    kinds: tuple[tuple[str, int], ...]
    papers: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """``waits`` has the longest waiting first, ``more`` how many further lines there are; both empty without a hub,
    where all there is exists here alone."""

    standing: Standing
    waits: tuple[Waits, ...]
    more: int
    outcome: Outcome | None
    conflicts: int
    erased: Lately | None = None
    """What went from here because somebody erased it."""


def view(desk: Desk) -> Overview:
    """How this computer stands with its hub, in full."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = exchange.stand(desk)
    with desk.read() as reader:
        conflicts = reader.count_conflicts()
    if found.host is None:
        return Overview(found, (), 0, None, conflicts, erasing.lately(desk))
    lines = _waits(desk)
    more = max(0, len(lines) - MOST)
    return Overview(found, tuple(lines[:MOST]), more, outcome.last(desk), conflicts, erasing.lately(desk))


def _waits(desk: Desk) -> list[Waits]:
    places: dict[tuple[str, Id | None], list[OnlyHereOf]] = defaultdict(list)
    for one in desk.store.only_here_by_kind():
        where = scope_of(one.kind).value if one.kind in KINDS else Scope.PARTNERSHIP.value
        places[where, one.scope if where == Scope.PARTICIPANT else None].append(one)
    papers: dict[Id | None, int] = defaultdict(int)
    known = {who for _where, who in places if who is not None}
    with desk.read() as reader:
        names: dict[Id, str] = {}
        if desk.may(Act.READ, Participant):
            files = {Id(one.scope) for one in desk.store.unsent_blobs()}
            for each in reader.list(Participant, id=known | files):
                names[each.id] = " ".join(part for part in (each.given_name, each.family_name) if part)
    for blob in desk.store.unsent_blobs():
        scope = Id(blob.scope)
        papers[scope if scope in known or scope in names else None] += 1
    lines = [
        Waits(
            where,
            who,
            names.get(who, "") if who is not None else "",
            sum(one.answers for one in found),
            _kinds(desk, found),
            papers.pop(who, 0) if who is not None or where == Scope.PARTNERSHIP else 0,
            min(one.since for one in found),
        )
        for (where, who), found in places.items()
    ]
    for who, many in papers.items():
        # papers alone, whose changes the hub has already
        where = Scope.PARTICIPANT if who else Scope.PARTNERSHIP
        lines.append(Waits(where, who, names.get(who, "") if who else "", 0, (), many, None))
    return lines


def _kinds(desk: Desk, found: list[OnlyHereOf]) -> tuple[tuple[str, int], ...]:
    many: dict[str, int] = defaultdict(int)
    for one in found:
        if one.changes > one.answers:
            many[one.kind if _may_read(desk, one.kind) else ""] += one.records
    return tuple(sorted(many.items(), key=lambda one: (not one[0], one[0])))


def _may_read(desk: Desk, kind: str) -> bool:
    return kind in KINDS and desk.may(Act.READ, KINDS[kind])
