"""What a person may choose instead of two answers, where it is one of a list: colleagues, teams, codes, form options.

What a code of the program itself may be is known by the page that says it in words.
"""

from collections.abc import Mapping, Sequence

from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.values import Value
from workwell_desktop.services.safekeeping._asked import ANSWER, item_of
from workwell_desktop.services.safekeeping._names import site_codes
from workwell_desktop.store import Conflict, Reader

_BY_ROLE = {("episode", "coach"): "coach", ("triage", "coach"): "coach", ("session", "chair"): "chair"}
_COLLEAGUES = frozenset("coach owner chair note_taker presenter handed_to tell_owner knows lead approver".split())
"""Fields that name a colleague who is to do something; who did or wrote something is not chosen from a list."""
_OF_A_LIST = frozenset(
    {("kept_longer", "reason"), ("adjustment", "code"), ("episode", "clock"), ("risk", "steps"), ("person", "roles"),
     ("attendance", "role")}
)  # fmt: skip

Others = tuple[tuple[Value, str], ...]


def others(site: Site, reader: Reader, people: Mapping[Id, Person], one: Conflict) -> Others:
    """By value, its words, in the order of the list; of one answer out of several without those that were given."""
    given = [head.value for head in one.heads]
    return tuple((value, words) for value, words in _listed(site, reader, people, one) if value not in given)


def _listed(site: Site, reader: Reader, people: Mapping[Id, Person], one: Conflict) -> Sequence[tuple[Value, str]]:
    if one.field.startswith(ANSWER):
        item = item_of(reader, one)
        return [(option.value, option.label) for option in item.options] if item is not None else []
    if one.field in _COLLEAGUES:
        role = _BY_ROLE.get((one.kind, one.field))
        able = [each for each in people.values() if each.active is not False and (not role or role in each.roles)]
        return sorted(((each.id, each.name or "") for each in able), key=lambda each: each[1])
    if one.field == "team":
        return [(each.id, each.name or "") for each in reader.list(Team, order_by=("name", "id"))]
    if (one.kind, one.field) in _OF_A_LIST:
        return [(code, words) for code, words in site_codes(site, one.kind, one.field).items()]
    return []


__all__ = ["Others", "others"]
