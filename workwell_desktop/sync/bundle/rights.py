"""What may go to another computer by file: what the people who work on it may read, as the hub reckons it.

Who works on a computer is known from what they signed there: a change names its device under its author's signature.
"""

from collections.abc import Collection
from datetime import date

from workwell_desktop.domain.episodes import Episode
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Partnership, Person
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
    coached: dict[Id, set[Id]] = {}
    for episode in reader.list(Episode):
        if episode.coach is not None:
            coached.setdefault(episode.scope, set()).add(episode.coach)
    for case in reader.list(Participant):
        coaches = coached.get(case.id)
        opened_by = reader.history(case.id)[:1] if not coaches else []
        if not set(people).isdisjoint(coaches or {one.author for one in opened_by}):
            allowed.add(case.id)
    for grant in reader.list(Grant, ended_at=None):
        if grant.person in people and (grant.ends_on is None or grant.ends_on >= today):
            allowed.add(grant.scope)
    return frozenset(allowed)
