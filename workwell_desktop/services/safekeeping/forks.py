"""One laptop that writes twice under one name: a copy of its disk, or a store that was put back beside itself.

What the second one wrote stands where the first one's stands already. It is kept apart, or the hub refuses it; nothing
is overwritten, and nothing of it is passed over in silence.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.safekeeping import _answers

_AT_HUB = "forks:hub"
_HEALED = "forks:healed"
_SEEN = "forks:seen"


@dataclass(frozen=True, slots=True)
class ForkView:
    """``here`` says that this computer is one of the two, ``at_hub`` that the hub refused what was written here.

    ``changes`` is how many could not be taken in, ``people`` who made them, ``last`` when the last one came. ``seen``
    says that somebody has seen to it since. ``healed``: nothing is to be done, as this computer goes on under a name of
    its own and everything went to the hub.
    """

    device: Id
    device_name: str
    here: bool
    at_hub: bool
    people: tuple[str, ...]
    changes: int
    last: datetime
    seen: bool
    healed: bool = False


def view(desk: Desk) -> tuple[ForkView, ...]:
    """Every laptop of which a second copy writes, the newest first."""
    desk.allow(Act.READ)
    seen = desk.store.settings.get(_SEEN, {})
    with desk.read() as reader:
        found = reader.forks()
        who = _answers.known(reader, desk.identity.device) if found else None
    by_device = defaultdict(list)
    for one in found:
        by_device[one.device].append(one)
    views = []
    for device, mine in by_device.items():
        assert who is not None  # noqa: S101 - read where anything was found
        names = {who.people[one.author].name or "" for one in mine if one.author in who.people}
        last = max(one.received for one in mine)
        views.append(
            ForkView(
                device,
                who.devices.get(device, ""),
                here=device == desk.identity.device,
                at_hub=False,
                people=tuple(sorted(name for name in names if name)),
                changes=len(mine),
                last=last,
                seen=seen.get(device, "") >= last.isoformat(),
            )
        )
    noted = (*_noted(desk, seen, _AT_HUB), *_noted(desk, seen, _HEALED))
    return tuple(sorted([*views, *noted], key=lambda one: one.last, reverse=True))


def waiting(desk: Desk) -> tuple[ForkView, ...]:
    """Those that nobody has seen to."""
    desk.allow(Act.READ)
    return tuple(one for one in view(desk) if not one.seen)


def see_to(desk: Desk) -> None:
    """Somebody has seen to all of them; what comes later is said again."""
    desk.allow(Act.SYNC)
    seen = desk.store.settings.get(_SEEN, {})
    for one in view(desk):
        seen["hub" if one.at_hub else one.device] = one.last.isoformat()
    desk.store.settings.put(_SEEN, seen)
    # what mended itself is said once
    if desk.store.settings.get(_HEALED):
        desk.store.settings.put(_HEALED, None)


def note_refused(desk: Desk, changes: int) -> None:
    """The hub refused so many changes of this computer, because others stand in their place; 0 takes the note away."""
    desk.allow(Act.SYNC)
    known = desk.store.settings.get(_AT_HUB)
    if changes == (known["changes"] if known else 0):
        return
    note = {"changes": changes, "at": desk.clock.now().isoformat()} if changes else None
    desk.store.settings.put(_AT_HUB, note)


def note_healed(desk: Desk, changes: int) -> None:
    """The hub had refused so many changes of this computer; it goes on under a name of its own, and they went."""
    desk.allow(Act.SYNC)
    note_refused(desk, 0)
    desk.store.settings.put(_HEALED, {"changes": changes, "at": desk.clock.now().isoformat()})


def _noted(desk: Desk, seen: dict[str, str], name: str) -> list[ForkView]:
    known = desk.store.settings.get(name)
    if not known:
        return []
    last = datetime.fromisoformat(known["at"])
    return [
        ForkView(
            desk.identity.device,
            "",
            here=True,
            at_hub=name == _AT_HUB,
            people=(),
            changes=known["changes"],
            last=last,
            seen=name == _AT_HUB and seen.get("hub", "") >= last.isoformat(),
            healed=name == _HEALED,
        )
    ]


__all__ = ["ForkView", "note_healed", "note_refused", "see_to", "view", "waiting"]
