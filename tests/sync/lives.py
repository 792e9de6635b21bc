"""A life: so many acts of a table, drawn from a seed, on a world that begins anew; then everybody comes to rest.

The same seed gives the same life on any day and any computer. A life that fails says how to live it again.
"""

import os
import random
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple, Protocol

STEPS = 50


class Act(NamedTuple):
    """A method of a world, how often it comes, and between which numbers each of its arguments lies."""

    name: str
    often: int
    given: dict[str, tuple[int, int]]


class Lived(Protocol):
    """What has lives."""

    seen: set[str]

    def finish(self) -> None: ...
    def check(self, at: int) -> None: ...
    def close(self) -> None: ...


Begin = Callable[[str], Lived]
"""A world from its seed."""

_AT, _FEW, _SOME, _YES = (0, 2), (0, 3), (0, 9), (0, 1)
FLAGS = ("redo", "cut", "answered", "told")
"""Arguments that are yes or no."""

ALONE = (
    Act("edit", 14, {"at": _AT, "case": _FEW, "what": (0, 5), "value": _SOME}),
    Act("two_edit", 8, {"at": _AT, "other": _AT, "case": _FEW, "value": _SOME}),
    Act("paper", 3, {"at": _AT, "case": _FEW, "size": _SOME}),
    Act("open_case", 2, {"at": _AT}),
    Act("settle", 6, {"at": _AT, "which": _FEW}),
    Act("turn", 4, {"at": _AT, "redo": _YES}),
    Act("hand_over", 4, {"at": _AT, "case": _FEW, "to": _AT}),
    Act("grant", 5, {"at": _AT, "case": _FEW, "days": _SOME}),
    Act("write_dies", 2, {"at": _AT, "case": _FEW, "after": (1, 30)}),
    Act("by_hand", 5, {"giver": _AT, "taker": _AT, "order": (0, 99)}),
    Act("skew", 1, {"at": _AT, "hours": (-72, 72)}),
    Act("back_up", 2, {"at": _AT}),
    Act("restore", 2, {"at": _AT}),
)
"""What happens with a hub and without one."""

AT_A_HUB = (
    *ALONE,
    Act("sync", 22, {"at": _AT}),
    Act("sync_cut", 5, {"at": _AT, "after": (1, 12), "answered": _YES}),
    Act("sync_dies", 5, {"at": _AT, "after": (1, 120)}),
    Act("stick", 2, {"giver": _AT, "taker": _AT}),
    Act("plug_in", 3, {"which": _SOME, "cut": _YES}),
    Act("hub_backup", 2, {}),
    Act("hub_restored", 2, {"told": _YES}),
)

BY_FILE = (
    *ALONE,
    Act("stick", 5, {"giver": _AT, "taker": _AT}),
    Act("plug_in", 7, {"which": _SOME, "cut": _YES}),
    Act("reading_dies", 2, {"which": _SOME, "after": (1, 60)}),
    Act("by_hand", 15, {"giver": _AT, "taker": _AT, "order": (0, 99)}),
)


def a_seed() -> str:
    """For the long proofs: another one each time, or the one that is to be lived again."""
    return os.environ.get("WORKWELL_SEED") or os.urandom(4).hex()


def live(begin: Begin, acts: Collection[Act], seed: str, lives: Collection[int]) -> set[str]:
    """These lives of a seed, one after the other; gives what happened in them. Each eighth is proved by check-store."""
    seen: set[str] = set()
    for number in lives:
        told: list[str] = []
        try:
            seen |= _one(begin(f"{seed}/{number}"), acts, random.Random(f"{seed}/{number}"), told, number)
        except BaseException as trouble:
            trouble.add_note(f"life {number} of seed {seed}:\n  " + "\n  ".join(told))
            raise
    return seen


def _one(world: Lived, acts: Collection[Act], chance: random.Random, told: list[str], number: int) -> set[str]:
    try:
        for act, given in _drawn(acts, chance):
            told.append(f"{act}({', '.join(f'{name}={value}' for name, value in given.items())})")
            getattr(world, act)(**given)
        told.append("finish()")
        world.finish()
        if number % 8 == 0:
            world.check(number // 8 % 3)
        return world.seen
    finally:
        world.close()


def _drawn(acts: Collection[Act], chance: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    for act in chance.choices(list(acts), [one.often for one in acts], k=STEPS):
        given = {name: chance.randint(*between) for name, between in act.given.items()}
        yield act.name, {name: bool(value) if name in FLAGS else value for name, value in given.items()}
