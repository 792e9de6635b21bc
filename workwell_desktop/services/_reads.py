"""Reads that several services share; each is handed a reader by an act that has asked already."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.participants import Agreement, AgreementKind, Party, WorkSituation
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.plans import Action, Adjustment, Plan
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.store import Reader

Belongs = TypeVar("Belongs", Action, Adjustment, Plan)


def staff_names(reader: Reader) -> dict[Id, str]:
    """The name of everybody who works or worked here."""
    return {person.id: person.name or "" for person in reader.list(Person)}


def working_here(reader: Reader, person: Id) -> Id:
    """The same id. Raises BadInput ``person_gone`` for somebody who left."""
    if reader.get(Person, person).active is False:
        raise BadInput("person_gone")
    return person


def latest_work(reader: Reader, participant: Id) -> WorkSituation | None:
    """The newest work situation of one person."""
    return newest_work(reader.list(WorkSituation, scope=participant)).get(participant)


def newest_work(situations: Iterable[WorkSituation]) -> dict[Id, WorkSituation]:
    """The newest situation of each person; of two told on one day the one with the greater id, on every computer."""
    newest: dict[Id, WorkSituation] = {}
    for one in situations:
        before = newest.get(one.scope)
        if before is None or _age(one) > _age(before):
            newest[one.scope] = one
    return newest


def _age(one: WorkSituation) -> tuple[str, str]:
    return (one.told_on.isoformat() if one.told_on else "", one.id)


def present_episodes(episodes: Iterable[Episode]) -> dict[Id, Episode]:
    """The episode that counts for each person: the one not closed, else the one that closed last."""
    present: dict[Id, Episode] = {}
    for one in episodes:
        before = present.get(one.scope)
        if before is None or _rank(one) > _rank(before):
            present[one.scope] = one
    return present


def _rank(one: Episode) -> tuple[bool, str, str, str]:
    return (
        one.status != EpisodeStatus.CLOSED,
        one.closed_on.isoformat() if one.closed_on else "",
        one.opened_on.isoformat() if one.opened_on else "",
        one.id,
    )


def present_episode(reader: Reader, participant: Id) -> Episode | None:
    """The episode of one person that counts now."""
    return present_episodes(reader.list(Episode, scope=participant)).get(participant)


def of_now(reader: Reader, found: Iterable[Belongs]) -> list[Belongs]:
    """Those of the episode that counts now for their person, and those of none: what an earlier one left is over."""
    kept = list(found)
    scopes = {one.scope for one in kept}
    present = present_episodes(reader.list(Episode, scope=scopes)) if scopes else {}
    return [one for one in kept if is_of_now(one, present)]


def is_of_now(one: Action | Adjustment | Plan, present: Mapping[Id, Episode]) -> bool:
    """The same, by episodes that were read before."""
    counts = present.get(one.scope)
    return one.episode is None or counts is None or one.episode == counts.id


def standing(agreements: Iterable[Agreement]) -> dict[tuple[AgreementKind, Party, str], Agreement]:
    """The newest answer to each question; a question is a kind, a party and, for a service, its name."""
    newest: dict[tuple[AgreementKind, Party, str], Agreement] = {}
    for one in agreements:
        if one.kind is None or one.party is None:
            continue
        key = (one.kind, one.party, (one.party_name or "") if one.party is Party.SERVICE else "")
        before = newest.get(key)
        if before is None or _said_at(one) > _said_at(before):
            newest[key] = one
    return newest


def _said_at(one: Agreement) -> tuple[str, str]:
    return (one.at.isoformat() if one.at else "", one.id)
