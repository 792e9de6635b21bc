"""What may stand in an entry of the service directory, and how an entry becomes a record."""

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

from workwell_desktop.domain.directory import (
    OWN_HELPS,
    Access,
    Capacity,
    LocalService,
    NationalCheck,
    Way,
    national_check_id,
)
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Code, Id
from workwell_desktop.domain.texts import clean
from workwell_desktop.errors import FieldsInvalid
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting.directory_views import Entry, ServiceDetails
from workwell_desktop.store import Unit

LONGEST_WAIT = 260
"""Weeks: five years."""
LONGEST = 1000
"""Letters of one field."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
ON_ONE_LINE = frozenset({"name", "code", "area", "contact", "phone", "email", "web"})


def checked(details: ServiceDetails, today: date) -> ServiceDetails:
    """The same, trimmed. Raises FieldsInvalid."""
    tidy = trimmed(details)
    found = problems(tidy, today)
    if found:
        raise FieldsInvalid(tuple(found))
    return tidy


def trimmed(details: ServiceDetails) -> ServiceDetails:
    """Without blanks around its texts."""
    texts = {one.name: getattr(details, one.name) for one in fields(details)}
    tidy: dict[str, Any] = {name: clean(value).strip() for name, value in texts.items() if type(value) is str}
    return replace(details, **tidy)


def problems(one: ServiceDetails, today: date) -> list[tuple[str, str]]:
    """What is wrong: field and reason."""
    problems: list[tuple[str, str]] = []
    if not one.name:
        problems.append(("name", "name_missing"))
    if not one.helps:
        problems.append(("helps", "helps_missing"))
    if not one.helps <= set(OWN_HELPS):
        problems.append(("helps", "helps_unknown"))
    if not one.access <= {each.value for each in Access}:
        problems.append(("access", "access_unknown"))
    if not (one.phone or one.email or one.web or one.how):
        problems.append(("phone", "reach_missing"))
    if one.wait_weeks is not None and not 0 <= one.wait_weeks <= LONGEST_WAIT:
        problems.append(("wait_weeks", "wait_impossible"))
    if one.closed_until is not None and one.capacity is not Capacity.CLOSED:
        problems.append(("closed_until", "not_closed"))
    if one.checked_on is not None and one.checked_on > today:
        problems.append(("checked_on", "date_in_future"))
    if one.email and not _EMAIL.fullmatch(one.email):
        problems.append(("email", "email_wrong"))
    for each in fields(one):
        value = getattr(one, each.name)
        if type(value) is str and len(value) > LONGEST:
            problems.append((each.name, "too_long"))
        if type(value) is str and each.name in ON_ONE_LINE and "\n" in value:
            problems.append((each.name, "on_one_line"))
    return problems


def fields_of(details: ServiceDetails) -> dict[str, Any]:
    """The fields of the record; an empty text is none."""
    values = {one.name: getattr(details, one.name) for one in fields(details)}
    return {name: None if type(value) is str and not value else value for name, value in values.items()}


def record_of(details: ServiceDetails, own: Id, scope: Id, by: Id) -> LocalService:
    """A new record."""
    return LocalService(id=own, scope=scope, **fields_of(details), checked_by=by)


def details_of(one: Entry | LocalService) -> ServiceDetails:
    """What is written down of it."""
    code = (one.code or "") if isinstance(one, LocalService) else ""
    return ServiceDetails(
        name=one.name or "",
        helps=one.helps,
        code=code,
        area=one.area or "",
        way=one.way or Way.BOTH,
        how=one.how or "",
        eligibility=one.eligibility or "",
        wait_weeks=one.wait_weeks,
        capacity=one.capacity or Capacity.OPEN,
        closed_until=one.closed_until,
        access=one.access,
        contact=one.contact or "",
        phone=one.phone or "",
        email=one.email or "",
        web=one.web or "",
        note=one.note or "",
        checked_on=one.checked_on,
        expires_on=one.expires_on,
    )


def put_check(unit: Unit, desk: Desk, code: str, given: dict[str, Any]) -> None:
    """What was found out about a national service, today."""
    own = national_check_id(code)
    seen: dict[str, Any] = {"checked_on": desk.clock.today(), "checked_by": desk.me}
    if unit.reader.find(NationalCheck, own) is not None:
        unit.set(NationalCheck, own, **given, **seen)
        return
    scope = unit.reader.list(Partnership)[0].id
    unit.add(NationalCheck(id=own, scope=scope, code=Code(code), **given, **seen))
