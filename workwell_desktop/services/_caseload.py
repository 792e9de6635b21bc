"""Everybody on this computer, read once and kept until somebody's name, episode or work changes."""

from collections.abc import Collection
from dataclasses import dataclass

from workwell_desktop.domain.episodes import Episode, EpisodeStatus
from workwell_desktop.domain.participants import Participant, WorkSituation
from workwell_desktop.domain.records import Id
from workwell_desktop.services._reads import newest_work, present_episodes
from workwell_desktop.services.desk import Desk


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
    """The caseload as it stands; asked by acts that have asked for permission already."""
    key = ("caseload", desk.me, desk.person.teams)
    return desk.kept(key, (Participant, Episode, WorkSituation), lambda: _read(desk))


def _read(desk: Desk) -> Caseload:
    with desk.read() as reader:
        people = {one.id: one for one in reader.list(Participant)}
        episodes = present_episodes(reader.list(Episode))
        work = newest_work(reader.list(WorkSituation))
    teams = desk.person.teams
    closed = frozenset(one for one, episode in episodes.items() if episode.status is EpisodeStatus.CLOSED)
    here = [(one, episode) for one, episode in episodes.items() if one not in closed and one in people]
    return Caseload(
        people=people,
        episodes=episodes,
        work=work,
        mine=frozenset(one for one, episode in here if episode.coach == desk.me),
        team=frozenset(one for one, episode in here if not teams or episode.team is None or episode.team in teams),
        closed=frozenset(
            one
            for one in closed
            if one in people and (not teams or episodes[one].team is None or episodes[one].team in teams)
        ),
        open=frozenset(one for one, _episode in here),
    )
