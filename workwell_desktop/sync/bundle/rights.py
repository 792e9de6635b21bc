"""What may go to another computer by file: what the people who work on it may read, as the hub reckons it.

Who works on a computer is known from what they signed there: a change names its device under its author's signature.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import ADMINISTRATOR, Partnership, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Grant
from workwell_desktop.store import Reader


def may_go(reader: Reader, people: Collection[Id], today: date) -> frozenset[str]:
    """The scopes that a computer of these people may hold: the partnership, their own, their teams, the cases that
    they coach or were granted, those that they opened and that have no coach yet, and every case of their teams where
    an administrator said that they read these. Whoever works here no more reads nothing, as at the hub."""
    staff = {one.id: one for one in reader.list(Person)}
    people = {one for one in people if one not in staff or staff[one].active is not False}
    allowed: set[str] = {one.scope for one in reader.list(Partnership)} | people
    cases, episodes = [one.id for one in reader.list(Participant)], reader.list(Episode)
    for person in people:
        found = staff.get(person)
        allowed |= found.teams if found is not None else frozenset()
    administrators = {one.id for one in staff.values() if ADMINISTRATOR in one.roles and one.active is not False}
    known = set(cases)

    @cache
    def opener(case: Id) -> Id | None:
        return reader.history(case)[0].author if case in known else None

    coached: dict[Id, set[Id]] = {}
    said = reader.authors_of((one.id for one in episodes), "coach")
    of_teams: dict[Id, set[Id]] = {}
    for episode in episodes:
        if episode.team is not None:
            of_teams.setdefault(episode.scope, set()).add(episode.team)
    for episode in episodes:
        if episode.coach is None:
            continue
        said_by = said[episode.id]
        # nobody becomes the coach of a case by saying so
        if (
            said_by != episode.coach
            or said_by in administrators
            or said_by in coached.get(episode.scope, ())
            or (said_by in staff and of_teams.get(episode.scope, set()) & staff[said_by].teams)
            or said_by == opener(episode.scope)
        ):
            coached.setdefault(episode.scope, set()).add(episode.coach)
    for case in cases:
        if not people.isdisjoint(coached.get(case) or {opener(case)}):
            allowed.add(case)
    leads = [one for who in people if (one := staff.get(who)) is not None and one.all_cases]
    wide = frozenset(team for one in leads for team in one.teams)
    for episode in episodes if wide else ():
        may = {*administrators, *coached.get(episode.scope, ()), opener(episode.scope)}
        if _team_of(reader, episode, may, staff) in wide:
            allowed.add(episode.scope)
    grants = [one for one in reader.list(Grant, ended_at=None) if one.person in people]
    given_by = reader.authors_of((one.id for one in grants), "person")
    for grant in grants:
        if given_by[grant.id] != grant.person and (grant.ends_on is None or grant.ends_on >= today):
            allowed.add(grant.scope)
    return frozenset(allowed)


def _team_of(reader: Reader, episode: Episode, may: Collection[Id | None], staff: Mapping[Id, Person]) -> str | None:
    """The team of a case by the word of those who may give it to one: ``may``, and who reads all cases of the team that
    it had. Nobody draws a case into their own team by saying so."""
    team: str | None = None
    for line in reader.history(episode.id, "team"):
        author = staff.get(line.author)
        if line.author in may or (author is not None and author.all_cases and team in author.teams):
            team = line.value if isinstance(line.value, str) else None
    return team
