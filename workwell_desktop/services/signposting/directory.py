"""The service directory: looked through at every key pressed, kept by those who may, and never without crisis lines.

national.csv + NationalCheck ──┐
                               ├──▶ entries, kept in memory until one of them changes ──▶ find
LocalService ──────────────────┘
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.directory import HELPS, Access, Capacity, LocalService, NationalCheck
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.records import Id, new_id
from workwell_desktop.domain.reference import ServiceRow
from workwell_desktop.errors import BadInput, FieldsInvalid
from workwell_desktop.services.assessing.shelf import national_services
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.lookup import words_or_none
from workwell_desktop.services.signposting import _directory_rules as rules
from workwell_desktop.services.signposting.directory_views import (
    NATIONAL,
    OWN,
    Entry,
    Looked,
    Mark,
    Marked,
    ServiceDetails,
)

KINDS = (LocalService, NationalCheck)


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: Entry
    stops: bool
    said: str
    """All of its words, folded, as they are searched."""


def find(desk: Desk, words: str = "", *, need: str = "", place: str = "", most_wait: int | None = None) -> Looked:
    """The services that hold all of ``words``, help with ``need``, are for ``place`` and take at most ``most_wait``
    weeks; one whose wait nobody knows is kept. The crisis lines stand first, whatever is looked for."""
    desk.allow(Act.READ, LocalService)
    every = _entries(desk)
    wanted = words.casefold().split()
    found = [
        one
        for one in every
        if one.entry.pinned
        or (
            (not need or need in one.entry.helps)
            and _is_for(one.entry, place)
            and (most_wait is None or one.entry.wait_weeks is None or one.entry.wait_weeks <= most_wait)
            and all(word in one.said for word in wanted)
        )
    ]
    return Looked(tuple(one.entry for one in found), len(every), sum(one.stops for one in found))


def entry(desk: Desk, key: str) -> Entry:
    """One entry. Raises BadInput ``not_found``."""
    desk.allow(Act.READ, LocalService)
    found = next((one.entry for one in _entries(desk) if one.entry.key == key), None)
    if found is None:
        raise BadInput("not_found")
    return found


def add(desk: Desk, details: ServiceDetails) -> Id:
    """A service of the partnership's own. Raises FieldsInvalid for what cannot be."""
    desk.allow(Act.MANAGE_SERVICES, LocalService)
    details = rules.checked(details, desk.clock.today())
    with desk.unit() as unit:
        scope = unit.reader.list(Partnership)[0].id
        return unit.add(rules.record_of(details, new_id(), scope, desk.me))


def change(desk: Desk, key: str, details: ServiceDetails) -> None:
    """Other words for one of the partnership's own. Raises FieldsInvalid, BadInput ``national_stays``."""
    desk.allow(Act.MANAGE_SERVICES, LocalService)
    details = rules.checked(details, desk.clock.today())
    with desk.unit() as unit:
        own = unit.reader.get(LocalService, _own(key))
        unit.set(LocalService, own.id, **rules.fields_of(replace(details, code=details.code or own.code or "")))


def looked_at(desk: Desk, key: str) -> None:
    """Somebody looked today, and the entry is right as it stands."""
    desk.allow(Act.MANAGE_SERVICES, LocalService)
    if key.startswith(NATIONAL):
        row = _national(key)
        with desk.unit() as unit:
            rules.put_check(unit, desk, row.code, {})
        return
    with desk.unit() as unit:
        unit.set(LocalService, _own(key), checked_on=desk.clock.today(), checked_by=desk.me)


def correct(desk: Desk, key: str, *, number: str, web: str, how: str) -> None:
    """A newer number, page or way of a national service, checked today; what is as in the list is not kept apart.

    Raises BadInput ``crisis_line_stays`` for a crisis line, FieldsInvalid where nothing to reach it by would be left.
    """
    desk.allow(Act.MANAGE_SERVICES, LocalService)
    row = _national(key)
    if row.pinned:
        raise BadInput("crisis_line_stays")
    if not (number.strip() or web.strip() or how.strip()):
        raise FieldsInvalid((("how", "reach_missing"),))
    given = {
        "number": words_or_none(number) if number.strip() != row.number else None,
        "web": words_or_none(web) if web.strip() != row.web else None,
        "how": words_or_none(how) if how.strip() != row.route else None,
    }
    with desk.unit() as unit:
        rules.put_check(unit, desk, row.code, given)


def remove(desk: Desk, key: str) -> None:
    """Takes one of the partnership's own out; what was chosen of it keeps its name.

    Raises BadInput ``crisis_line_stays`` or ``national_stays`` for one of the national list.
    """
    desk.allow(Act.MANAGE_SERVICES, LocalService)
    if key.startswith(NATIONAL) and _national(key).pinned:
        raise BadInput("crisis_line_stays")
    own = _own(key)
    with desk.unit() as unit:
        unit.reader.get(LocalService, own)
        unit.delete(LocalService, own)


def details(found: Entry) -> ServiceDetails:
    """What is written down of an entry, so that a page can begin from it."""
    return rules.details_of(found)


def _own(key: str) -> Id:
    if not key.startswith(OWN):
        raise BadInput("national_stays")
    return Id(key.removeprefix(OWN))


def _national(key: str) -> ServiceRow:
    code = key.removeprefix(NATIONAL)
    found = next((row for row in national_services() if row.code == code), None)
    if found is None or not key.startswith(NATIONAL):
        raise BadInput("not_found")
    return found


def _is_for(one: Entry, place: str) -> bool:
    """Whether an entry is for a place; one without a place is for everywhere."""
    return not place or not one.area or place.strip().casefold() in one.area.casefold()


def _entries(desk: Desk) -> tuple[_Indexed, ...]:
    today = desk.clock.today()
    months = desk.site.pace.service_check_months
    return desk.kept(("directory", today, months), KINDS, lambda: _read(desk, today, months))


def _read(desk: Desk, today: date, months: int) -> tuple[_Indexed, ...]:
    with desk.read() as reader:
        checks = {str(one.code): one for one in reader.list(NationalCheck, order_by="id")}
        own = reader.list(LocalService, order_by="id")
    every = [*(_from_list(row, checks.get(row.code)) for row in national_services()), *map(_from_record, own)]
    marked = (replace(one, months=_months(one, today), marks=tuple(_marks(one, today, months))) for one in every)
    helps = {code: text(f"directory.helps.{code}") for code in HELPS}
    access = {code.value: text(f"directory.access.{code.value}") for code in Access}
    return tuple(
        _Indexed(one, one.stops, _said(one, helps, access))
        for one in sorted(marked, key=lambda one: (not one.pinned, one.stops, not _has_rank(one), one.name.casefold()))
    )


def _has_rank(one: Entry) -> bool:
    """Crisis lines keep the order of their list; of the others, what is near stands before what is national."""
    return one.pinned or one.own is not None


def _from_list(row: ServiceRow, check: NationalCheck | None) -> Entry:
    newer = check is not None and any((check.number, check.web, check.how))
    seen = check.checked_on if check is not None else None
    return Entry(
        key=NATIONAL + row.code,
        name=row.name,
        helps=frozenset({row.area}),
        need=row.need,
        area="",
        way=None,
        how=(check.how if check else None) or row.route,
        eligibility="",
        wait_weeks=None,
        capacity=Capacity.OPEN,
        closed_until=None,
        access=frozenset(),
        contact="",
        phone=(check.number if check else None) or row.number,
        email="",
        web=(check.web if check else None) or row.web,
        note=row.note,
        checked_on=max(seen, row.checked_on) if seen is not None else row.checked_on,
        expires_on=None,
        pinned=row.pinned,
        corrected=newer,
        months=None,
        marks=(Marked(Mark.UNSURE),) if row.confidence == "check" and seen is None else (),
    )


def _from_record(one: LocalService) -> Entry:
    return Entry(
        key=OWN + one.id,
        name=one.name or "",
        helps=one.helps,
        need="",
        area=one.area or "",
        way=one.way,
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
        pinned=False,
        corrected=False,
        months=None,
        marks=(),
    )


def _months(one: Entry, today: date) -> int | None:
    """Whole months since somebody looked."""
    if one.checked_on is None:
        return None
    passed = (today.year - one.checked_on.year) * 12 + today.month - one.checked_on.month
    return max(passed - (today.day < one.checked_on.day), 0)


def _marks(one: Entry, today: date, most: int) -> Iterator[Marked]:
    if one.expires_on is not None and one.expires_on < today:
        yield Marked(Mark.EXPIRED, {"day": one.expires_on})
    if one.capacity is Capacity.CLOSED:
        if one.closed_until is None:
            yield Marked(Mark.CLOSED)
        elif one.closed_until > today:
            yield Marked(Mark.CLOSED_UNTIL, {"day": one.closed_until})
    if one.capacity is Capacity.FULL:
        yield Marked(Mark.FULL)
    months = _months(one, today)
    if months is None or months >= most:
        yield Marked(Mark.OLD, {"count": months})
    yield from one.marks


def _said(one: Entry, helps: Mapping[str, str], access: Mapping[str, str]) -> str:
    codes = [helps.get(code, "") for code in one.helps] + [access.get(code, "") for code in one.access]
    parts = (one.name, one.need, *codes, one.area, one.how, one.eligibility, one.contact, one.phone, one.note)
    return " ".join((*parts, one.email, one.web)).casefold()


__all__ = ["add", "change", "correct", "details", "entry", "find", "looked_at", "remove"]
