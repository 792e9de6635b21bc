"""Everybody on this computer, read once and kept until somebody's name, episode or work changes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.participants import Participant, WorkSituation
from workwell_desktop.domain.records import Id
from workwell_desktop.services._reads import newest_work, present_episodes
from workwell_desktop.services.desk import Desk
from workwell_desktop.store import Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Caseload:
    """People by id, with the episode and the work situation that count now."""

    people: dict[Id, Participant]
    episodes: dict[Id, Episode]
    work: dict[Id, WorkSituation]
    mine: frozenset[Id]
    """Open episodes whose coach is the person who acts."""
    team: frozenset[Id]
    """Open episodes of the teams of the person who acts; of every team for somebody who belongs to none."""
    closed: frozenset[Id]
    """Closed episodes, of the same teams."""
    open: frozenset[Id]
    """Everybody whose episode is not closed, of every team."""

    def names(self, among: Collection[Id]) -> dict[Id, str]:
        return {one: self.people[one].name for one in among if one in self.people}


def read_caseload(desk: Desk) -> Caseload:
    """The caseload as it stands; asked by acts that have asked for permission already. After a change the few people
    whom it is about are read again, and not everybody."""
    key = ("caseload", desk.me, desk.person.teams)
    return desk.kept(
        key, (Participant, Episode, WorkSituation), lambda: _read(desk), lambda old, some: _again(desk, old, some)
    )


def _read(desk: Desk) -> Caseload:
    with desk.read() as reader:
        people, episodes, work = _facts(reader)
    return Caseload(people, episodes, work, *_groups(desk, people, episodes, episodes))


def _again(desk: Desk, old: Caseload, some: frozenset[Id]) -> Caseload:
    """The same but for ``some``, who may be new or gone."""
    with desk.read() as reader:
        people, episodes, work = _facts(reader, scope=some)
    everybody, every_episode = _replaced(old.people, people, some), _replaced(old.episodes, episodes, some)
    before = (old.mine, old.team, old.closed, old.open)
    now = _groups(desk, everybody, every_episode, episodes)
    groups = (was - some | is_now for was, is_now in zip(before, now, strict=True))
    return Caseload(everybody, every_episode, _replaced(old.work, work, some), *groups)


_Facts = tuple[dict[Id, Participant], dict[Id, Episode], dict[Id, WorkSituation]]


def _facts(reader: Reader, **conditions: Any) -> _Facts:
    people = {one.id: one for one in reader.list(Participant, **conditions)}
    episodes = present_episodes(reader.list(Episode, **conditions))
    return people, episodes, newest_work(reader.list(WorkSituation, **conditions))


def _replaced(old: dict[Id, T], new: dict[Id, T], some: frozenset[Id]) -> dict[Id, T]:
    return {one: value for one, value in old.items() if one not in some} | new


def _groups(
    desk: Desk, people: Collection[Id], episodes: dict[Id, Episode], among: Iterable[Id]
) -> tuple[frozenset[Id], frozenset[Id], frozenset[Id], frozenset[Id]]:
    """Mine, the team's, the closed and the open ones of ``among``."""
    teams = desk.person.teams
    here = [(one, episodes[one]) for one in among if one in people]
    closed = [(one, episode) for one, episode in here if episode.status is EpisodeStatus.CLOSED]
    running = [(one, episode) for one, episode in here if episode.status is not EpisodeStatus.CLOSED]

    def ours(episode: Episode) -> bool:
        return not teams or episode.team is None or episode.team in teams

    return (
        frozenset(one for one, episode in running if episode.coach == desk.me),
        frozenset(one for one, episode in running if ours(episode)),
        frozenset(one for one, episode in closed if ours(episode)),
        frozenset(one for one, _episode in running),
    )
