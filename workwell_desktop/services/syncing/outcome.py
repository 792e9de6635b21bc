"""How the last sync went, kept on this computer: what did not go and why, and what stood in the way."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workwell_desktop.domain.acts import Act
from workwell_desktop.errors import WorkWellError
from workwell_desktop.services.desk import Desk

if TYPE_CHECKING:
    from workwell_desktop.sync.client import SyncReport

_KEPT = "sync_outcome"


@dataclass(frozen=True, slots=True)
class Outcome:
    """``refused`` counts streams of changes by the code that says why they were not taken. ``trouble`` is the code of
    the error that ended the last try, with ``params`` for its sentence; None where it went through. ``clock_off`` are
    seconds, as in SyncReport; ``at`` is when it first went like this."""

    at: datetime
    refused: tuple[tuple[str, int], ...] = ()
    forks: int = 0
    clock_off: int = 0
    kept_back: int = 0
    healed: bool = False
    """Whether another computer had written as this one, which goes on under a name of its own."""
    restored: bool = False
    """Whether the hub had lost something and was given it back."""
    gone: int = 0
    """How many cases were taken off this computer, because they are no longer shared with it."""
    trouble: str | None = None
    params: tuple[tuple[str, str], ...] = ()


def last(desk: Desk) -> Outcome | None:
    """None before the first sync."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    kept: dict[str, Any] | None = desk.store.settings.get(_KEPT)
    if kept is None:
        return None
    pairs: dict[str, Any] = {name: tuple((a, b) for a, b in kept.pop(name, ())) for name in ("refused", "params")}
    return Outcome(at=datetime.fromisoformat(kept.pop("at")), **pairs, **kept)


def keep(desk: Desk, report: "SyncReport") -> None:
    """One that went through. The same again writes nothing."""
    desk.allow(Act.SYNC)
    _put(
        desk,
        {
            "refused": sorted([code, many] for code, many in report.refused.items()),
            "forks": 0 if report.healed else report.forks,
            "healed": report.healed,
            "restored": report.restored,
            "gone": len(report.revoked),
            # a clock that is wrong is wrong by other seconds each time
            "clock_off": round(report.clock_off / 60) * 60,
            "kept_back": len(report.kept_back),
        },
    )


def keep_trouble(desk: Desk, error: WorkWellError) -> None:
    """One that was ended by ``error``."""
    desk.allow(Act.SYNC)
    params = sorted([name, str(value)] for name, value in error.params.items())
    _put(desk, {"trouble": error.code, "params": params})


def _put(desk: Desk, found: dict[str, Any]) -> None:
    kept: dict[str, Any] = desk.store.settings.get(_KEPT) or {}
    if {**kept, "at": None} != {**found, "at": None}:
        desk.store.settings.put(_KEPT, {**found, "at": desk.clock.now().isoformat()})
