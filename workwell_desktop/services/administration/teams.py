"""Teams that meet."""

from typing import Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.desk import Desk


def everyone(desk: Desk) -> tuple[Team, ...]:
    """All teams, by name."""
    desk.allow(Act.READ, Team)
    with desk.read() as reader:
        return tuple(reader.list(Team, order_by="name"))


def mine(desk: Desk) -> tuple[Team, ...]:
    """The teams of the person who acts; all of them for somebody who belongs to none."""
    desk.allow(Act.READ, Team)
    with desk.read() as reader:
        found = reader.list(Team, order_by="name")
    return tuple(team for team in found if team.id in desk.person.teams) or tuple(found)


def members(desk: Desk, team: Id) -> tuple[Person, ...]:
    """Who belongs to the team and still works here, by name."""
    desk.allow(Act.READ, Team)
    with desk.read() as reader:
        people = reader.list(Person, order_by="name")
    return tuple(person for person in people if team in person.teams and person.active is not False)


def add(desk: Desk, name: str, place: str | None = None) -> Id:
    """A new team. Its id is its scope. Raises FieldsInvalid without a name."""
    desk.allow(Act.MANAGE_TEAMS, Team)
    _check(name)
    team = new_id()
    with desk.unit() as unit:
        unit.add(Team(id=team, scope=team, name=name.strip(), place=place or None))
    return team


def change(desk: Desk, team: Id, *, name: str | None = None, place: str | None = None) -> None:
    """Changes what is given; an empty place takes it away. Raises FieldsInvalid for an empty name."""
    desk.allow(Act.MANAGE_TEAMS, Team)
    if name is not None:
        _check(name)
    fields: dict[str, Any] = {}
    if name is not None:
        fields["name"] = name.strip()
    if place is not None:
        fields["place"] = place or None
    with desk.unit() as unit:
        unit.reader.get(Team, team)
        unit.set(Team, team, **fields)


def _check(name: str) -> None:
    if not name.strip():
        raise FieldsInvalid((("name", "name_missing"),))
