"""What an answer says that is an id, or a code of the site or of a list: the name of it, for two answers side by side.

A role, a rule or a programme is data of the site; a change at work or a service is a line of a list; an id is a record
of the store. None of these has words of its own in the catalogue.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.records import FieldType, Id, fields_of
from workwell_desktop.domain.reference import load_adjustments
from workwell_desktop.domain.sessions import Session
from workwell_desktop.domain.site import Site
from workwell_desktop.domain.site_areas import areas
from workwell_desktop.domain.values import Value
from workwell_desktop.services.assessing.shelf import national_services
from workwell_desktop.services.safekeeping._called import named
from workwell_desktop.store import Reader

_OTHER_KIND = {
    "parent": "repeat", "evidence": "absence_evidence", "service": "local_service", "carried_from": "agenda_item",
    "supersedes": "plan", "superseded_by": "document", "teams": "team",
}  # fmt: skip
"""Fields that hold the id of a record of a kind that they are not called by."""


def site_codes(site: Site, kind: str, field: str) -> Mapping[str, str]:
    """By code, the words of what the site or a list says there may be; empty for every other field."""
    match kind, field:
        case ("person", "roles") | ("attendance", "role"):
            return {str(code): role.label for code, role in site.roles.items()}
        case "episode", "clock":
            return {code: clock.label for code, clock in site.clocks.items()}
        case "eligibility_answer", "question":
            return {one.code: one.question for one in site.eligibility}
        case (("erasure" | "kept_longer"), "rule"):
            return {rule.code: rule.label for rule in site.retention.rules}
        case "kept_longer", "reason":
            return {one.code: one.label for one in site.retention.keep}
        case "risk", "steps":
            return {step.code: step.label for step in site.risk.steps}
        case "partnership", "site":
            return dict(areas()) | {site.code: site.name}
        case "adjustment", "code":
            return _adjustments()
        case ("service_loop", "national") | ("national_check", "code") | ("triage", "suggested"):
            return {one.code: one.name for one in national_services()}
    return {}


def names_of(
    site: Site, reader: Reader, people: Mapping[Id, Person], kind: str, field: str, values: Iterable[Value | None]
) -> dict[str, str]:
    """By value, and by member of a set, its name. What nothing is known of is left out."""
    shown = _single(values)
    codes = site_codes(site, kind, field)
    found = {one: codes[one] for one in shown if one in codes}
    found |= {str(person.id): person.name or "" for person in people.values() if str(person.id) in shown}
    if kind in KINDS and _holds_id(kind, field):
        for one in shown - set(found):
            words = _record(reader, _OTHER_KIND.get(field, field), Id(one), people)
            found |= {one: words} if words else {}
    return found


def _single(values: Iterable[Value | None]) -> set[str]:
    every: set[str] = set()
    for value in values:
        every |= {str(one) for one in value} if isinstance(value, frozenset | tuple) else {str(value)}
    return every


def _holds_id(kind: str, field: str) -> bool:
    spec = next((one for one in fields_of(KINDS[kind]) if one.name == field), None)  # type: ignore[arg-type]
    return field in _OTHER_KIND or (spec is not None and spec.holds is FieldType.ID)


def _record(reader: Reader, kind: str, record: Id, people: Mapping[Id, Person]) -> str:
    """What one would call a record that another one names."""
    cls = KINDS.get(kind)
    if cls is None or cls is Participant:
        return ""
    found = reader.find(cls, record)
    if isinstance(found, Session):
        team = reader.find(Team, found.team)
        return team.name or "" if team else ""
    return named(reader, found, people) or str(getattr(found, "name", None) or "")


@cache
def _adjustments() -> dict[str, str]:
    return {one.code: one.text for one in load_adjustments()}


__all__ = ["names_of", "site_codes"]
