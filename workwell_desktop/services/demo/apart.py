"""Two answers to one question, as two laptops leave them that were apart: what the page "Choose one" is drawn with."""

from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import participants
from workwell_desktop.services.demo import PASSPHRASE
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening, upkeep

HERE, THERE = "07700 900 118", "07700 900 811"
"""Numbers that are kept for stories, and ring nowhere."""


def two_answers(desk: Desk, folder: Path) -> Id:
    """The person whose telephone number two colleagues have written down differently. ``folder`` gets the other
    laptop's store, which is a copy of this one."""
    desk.allow(Act.BACKUP)
    with desk.read() as reader:
        who = reader.list(Participant, order_by="-id")[0].id
        other = next(one.id for one in reader.list(Person, order_by="id") if one.id != desk.me and "coach" in one.roles)
    upkeep.backup(desk, folder / "other.backup")
    upkeep.restore(folder / "other.backup", folder / "other.workwell")
    there = opening.unlock(folder / "other.workwell", other, PASSPHRASE, clock=desk.clock)
    try:
        participants.edit(desk, who, phone=HERE)
        participants.edit(there, who, phone=THERE)
        desk.store.apply(there.store.changes_since(desk.store.vector()))
    finally:
        there.lock()
    return who
