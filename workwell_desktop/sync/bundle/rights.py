"""What may go to another computer by file: what the people who work on it may read, as the hub reckons it.

Who works on a computer is known from what they signed there: a change names its device under its author's signature.
"""

from collections.abc import Collection
from datetime import date

from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import ADMINISTRATOR, Partnership, Person
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Grant
from workwell_desktop.store import Reader


def may_go(reader: Reader, people: Collection[Id], today: date) -> frozenset[str]:
    """The scopes that a computer of these people may hold: the partnership, their own, their teams, the cases that
    they coach or were granted, and those that they opened and that have no coach yet."""
    allowed: set[str] = {one.scope for one in reader.list(Partnership)} | set(people)
    for person in people:
        found = reader.find(Person, person)
        allowed |= found.teams if found is not None and found.active is not False else frozenset()
    administrators = {one.id for one in reader.list(Person) if ADMINISTRATOR in one.roles and one.active is not False}
    teams = {one.id: one.teams for one in reader.list(Person)}
    coached: dict[Id, set[Id]] = {}
    opened: dict[Id, Id] = {}
    for case in reader.list(Participant):
        opened[case.id] = reader.history(case.id)[0].author
    of_teams: dict[Id, set[Id]] = {}
    for episode in reader.list(Episode):
        if episode.team is not None:
            of_teams.setdefault(episode.scope, set()).add(episode.team)
    for episode in reader.list(Episode):
        if episode.coach is None:
            continue
        said_by = reader.history(episode.id, "coach")[-1].author
        # nobody becomes the coach of a case by saying so
        may = {opened.get(episode.scope), *administrators, *coached.get(episode.scope, ())}
        if said_by != episode.coach or said_by in may or of_teams.get(episode.scope, set()) & teams.get(said_by, set()):
            coached.setdefault(episode.scope, set()).add(episode.coach)
    for case in reader.list(Participant):
        if not set(people).isdisjoint(coached.get(case.id) or {opened[case.id]}):
            allowed.add(case.id)
    for grant in reader.list(Grant, ended_at=None):
        given_by = reader.history(grant.id, "person")[-1].author if grant.person in people else None
        if grant.person in people and given_by != grant.person and (grant.ends_on is None or grant.ends_on >= today):
            allowed.add(grant.scope)
    return frozenset(allowed)
