"""What must be true of laptops, a hub and files, said in the simplest way: a set of changes, and who replaced whom.

It knows nothing of streams, pages, receipts or tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workwell_desktop.domain.values import BlobRef
from workwell_desktop.store import Change
from workwell_desktop.store.log import fields


class Fact(NamedTuple):
    """One change that somebody was told is saved."""

    id: str
    scope: str
    record: str
    field: str
    lamport: int
    value: Any
    replaces: frozenset[str]
    author: str


class Standing(NamedTuple):
    """Of one field: the ids of its heads, and the value that is shown."""

    heads: frozenset[str]
    values: frozenset[Any]
    shown: Any


def read(header: bytes, signature: bytes, value: bytes | None) -> Fact:
    change = Change.read(header, signature)
    said = fields.content(value)
    place = (change.id, change.scope, change.record, change.field, change.lamport)
    return Fact(*place, said, frozenset(change.replaces), change.author)


@dataclass
class Model:
    """``facts`` is everything that was ever saved anywhere; ``gone`` what no computer, hub or file holds any more,
    because the only one that did was set back to an earlier day."""

    facts: dict[str, Fact] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def saved(self, facts: Iterable[Fact]) -> None:
        self.facts.update((fact.id, fact) for fact in facts)

    def lost(self, held: Iterable[set[str]]) -> None:
        """After something was set back: what nobody holds is gone, unless a file still brings it."""
        self.gone |= set(self.facts).difference(*held)

    def owed(self, scopes: frozenset[str]) -> set[str]:
        """What whoever may read these scopes must hold when everybody has spoken to everybody."""
        return {one.id for one in self.facts.values() if one.scope in scopes and one.id not in self.gone}

    def standing(self, held: set[str]) -> dict[tuple[str, str], Standing]:
        """The heads of every field for one who holds exactly these changes."""
        mine = [self.facts[one] for one in held]
        replaced = {(one, fact.record, fact.field) for fact in mine for one in fact.replaces}
        heads: dict[tuple[str, str], list[Fact]] = {}
        for fact in mine:
            if (fact.id, fact.record, fact.field) not in replaced:
                heads.setdefault((fact.record, fact.field), []).append(fact)
        return {place: _standing(found) for place, found in heads.items()}

    def papers(self, held: set[str]) -> set[str]:
        """Hashes of the papers that these changes name."""
        return {self.facts[one].value.sha256 for one in held if isinstance(self.facts[one].value, BlobRef)}


def _standing(heads: list[Fact]) -> Standing:
    shown = max(heads, key=lambda one: (one.lamport, one.id))
    return Standing(frozenset(one.id for one in heads), frozenset(one.value for one in heads), shown.value)
