"""Everything that one of ours wrote, as a table: for whoever leaves, asks for their own data, or is asked about it.

A line an entry: when, in whose record, what kind, which field, and what it said; what was erased is said to be.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workwell_desktop.catalogue import text
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.domain.papers import AuditKind
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services import tables, whole_files
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork.access_copies import said_of
from workwell_desktop.store import WrittenLine

HEAD = ("when", "whose", "kind", "record", "field", "value")


def save(desk: Desk, place: Path, person: Id | None = None) -> int:
    """Writes what ``person`` wrote, or whoever acts, and gives how many entries. Of somebody else, also of who left,
    entries that whoever acts may not read are counted and stand there without their words.

    Raises NoPermission for somebody else's without the right to look at what people did, and either to export or to
    look after people; ReadOnlyFolder, NotFound.
    """
    desk.allow(Act.EDIT_OWN_SETTINGS)
    who = person or desk.me
    if who != desk.me:
        desk.allow(Act.READ_AUDIT)
        if not desk.may(Act.EXPORT):
            desk.allow(Act.MANAGE_PEOPLE, Person)
    count = 0

    def make() -> bytes:
        nonlocal count
        rows = list(_rows(desk, who))
        count = len(rows)
        made = tables.as_csv([HEAD, *rows])
        desk.noted(AuditKind.EXPORTED, record=who, detail="own_entries")
        return made

    whole_files.write_chosen(place, make, private=True)
    return count


def may_save(desk: Desk, person: Id) -> bool:
    """Whether whoever acts may save what this person wrote."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    look_after = desk.may(Act.EXPORT) or desk.may(Act.MANAGE_PEOPLE, Person)
    return person == desk.me or (desk.may(Act.READ_AUDIT) and look_after)


def _rows(desk: Desk, who: Id) -> Iterator[tuple[str, ...]]:
    with desk.read() as reader:
        reader.get(Person, who)
        seen = who == desk.me or desk.may(Act.READ, Participant)
        names = {one.id: one.name for one in reader.list(Participant)} if seen else {}
        for one in reader.written_by(who):
            moment = one.at.isoformat(timespec="seconds")
            words = _words(desk, one, who)
            whose = names.get(one.scope, "")
            yield tuple(tables.plain(cell) for cell in (moment, whose, one.kind, one.record, one.field, words))


def _words(desk: Desk, one: WrittenLine, who: Id) -> str:
    if one.erased:
        return text("retention.cell_erased")
    cls = KINDS.get(one.kind)
    # whoever wrote it may read it, a note under restriction too
    if who != desk.me and (cls is None or not desk.may(Act.READ, cls)):
        return text("retention.cell_apart")
    value: Any = one.value
    return "" if value is None else said_of(one.kind, one.field, value)
