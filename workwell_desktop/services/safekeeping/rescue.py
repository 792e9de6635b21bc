"""Saving what can be read of a damaged store: into a new one beside it, opened at once, with a list of what is lost.

The damaged store is only read and stays where it is. What a backup, the hub or a colleague holds of what is lost comes
back from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import Clock
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import opening
from workwell_desktop.store import Argon2Profile, beside
from workwell_desktop.store.entry import try_slot
from workwell_desktop.store.safekeeping import salvage

_RESCUED = "app:rescued"


@dataclass(frozen=True, slots=True)
class Rescued:
    """``changes`` came over; ``entries`` did not, nor did the values of ``values`` and ``files`` files.

    ``names`` are the participants of whose record something is lost; ``others`` counts records that are nobody's, or
    whose name is lost too.
    """

    at: datetime
    source: str
    changes: int
    damaged_pages: int
    entries: int
    values: int
    files: int
    names: tuple[str, ...]
    others: int
    cut: bool
    """The end of the file was gone: what stood there and is named nowhere else cannot be counted."""

    @property
    def whole(self) -> bool:
        """Whether nothing that is known of was lost."""
        return self.entries == self.values == self.files == 0 and not self.cut


def beside_it(path: Path) -> Path:
    """A free name for the new store, in the folder of the damaged one."""
    stem, number = path.stem, 1
    while True:
        tried = path.with_name(f"{stem}-saved{number if number > 1 else ''}{path.suffix}")
        if not beside.taken(tried):
            return tried
        number += 1


def save(
    path: Path,
    person: Id,
    passphrase: str,
    target: Path,
    *,
    clock: Clock,
    profile: Argon2Profile | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Desk:
    """Saves what can be read of the store at ``path`` into ``target`` and opens that. Raises as ``opening.unlock`` and
    as ``store.salvage``; ``rescued`` then says what came over."""
    tried = try_slot(path, person, passphrase, clock=clock)
    done = salvage.salvage(path, tried.opened.key, target, progress)
    desk = opening.unlock(target, person, passphrase, clock=clock, profile=profile)
    desk.store.settings.put(
        _RESCUED,
        {
            "at": clock.now().isoformat(),
            "source": path.name,
            "changes": done.changes,
            "damaged_pages": done.damaged,
            "cut": done.cut > 0,
            "entries": sum(len(gap.missing) for gap in done.gaps),
            "values": len(done.values),
            "files": len(done.blobs),
            "scopes": sorted(done.scopes),
        },
    )
    return desk


def rescued(desk: Desk) -> Rescued | None:
    """What came over into this store, where it was saved from a damaged one; else None.

    Names are given to whoever may read participants; to others they count among ``others``.
    """
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = desk.store.settings.get(_RESCUED)
    if not isinstance(found, dict):
        return None
    scopes = [Id(one) for one in found["scopes"]]
    names: list[str] = []
    if desk.may(Act.READ, Participant):
        with desk.read() as reader:
            people = reader.list(Participant, id=set(scopes)) if scopes else []
        names = sorted(one.name for one in people if one.name.strip())
    return Rescued(
        at=datetime.fromisoformat(found["at"]),
        source=str(found["source"]),
        changes=int(found["changes"]),
        damaged_pages=int(found["damaged_pages"]),
        entries=int(found["entries"]),
        values=int(found["values"]),
        files=int(found["files"]),
        names=tuple(names),
        others=len(scopes) - len(names),
        cut=bool(found.get("cut")),
    )
