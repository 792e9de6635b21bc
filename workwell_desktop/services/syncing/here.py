"""What the rail says at every moment: whether there is a hub, when it was agreed with last, and what is only here.

Asked after every change, by everybody, with or without a hub: it costs about a millisecond, and loads nothing that
reaches a network.
"""

from dataclasses import dataclass
from datetime import datetime

from workwell_desktop.domain.acts import Act
from workwell_desktop.services.desk import Desk
from workwell_desktop.store.exchange.receipts import OnlyHere
from workwell_desktop.sync import standing


@dataclass(frozen=True, slots=True)
class Here:
    """``only_here`` is None without a hub, where everything is only here. ``may`` is whether this person may sync."""

    enrolled: bool
    may: bool
    last: datetime | None
    only_here: OnlyHere | None


def look(desk: Desk) -> Here:
    """Names nobody: how much work is not safe elsewhere yet is for everybody who works here to see."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    store = desk.store
    if not standing.is_enrolled(store):
        return Here(False, False, None, None)
    last = standing.synced_at(store)
    return Here(True, desk.may(Act.SYNC), datetime.fromisoformat(last) if last else None, store.only_here())
