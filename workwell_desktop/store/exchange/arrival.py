"""Judging what another store sent, before any of it enters: in memory, against what the log says of its streams.

    changes ──▶ read ──▶ by stream, in order ──▶ chain, signature, value, home, right ──▶ Taken: what may enter
                                        └──────▶ refused, known already, forks

Statements of the database are asked once for a whole page, however many changes it has. Signatures, which take as long
as everything else together, are looked at ahead of it (``verifying``) while the page before is being written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from workwell_desktop.store.exchange.entitled import Rights
from workwell_desktop.store.log import fields
from workwell_desktop.store.log.changes import FOLLOWED, Change, is_storable
from workwell_desktop.store.log.fields import EVENT, EVENT_KIND

if TYPE_CHECKING:
    from workwell_desktop.store.exchange.erasing import Erased

Stream = tuple[str, str]
"""Scope and incarnation."""
Content = tuple[bytes, bytes]
"""Salt and value."""
Home = tuple[str, str]
"""Kind and scope of a record."""
Signed = tuple[str, bytes, bytes]
"""The id of a change, the signature that came with it, and a key that was found to have made it: the same change may
come twice, once under a signature that is none."""

_START = "0" * 64
_HEX = frozenset("0123456789abcdef")


class Look(Protocol):
    """A look at some signatures, begun ahead of time."""

    def found(self) -> list[Signed]: ...


@dataclass(frozen=True, slots=True)
class ApplyReport:
    """What became of what another store sent.

    ``refused`` are (change id, code): ``gap`` (an earlier change of the stream is missing), ``chain``,
    ``unknown_author``, ``signature``, ``value``, ``home`` (another kind or scope than the record's), ``right``
    (its author may not say that; see ``entitled``), ``event``, ``unreadable``. ``forks`` are ids that stand where
    another change stood already. ``erased`` are scopes that a warrant among it took off this computer; ``bare`` counts
    what entered without its value, being of an erased scope.
    """

    applied: int = 0
    known: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    forks: tuple[str, ...] = ()
    lamport: int = 0
    erased: tuple["Erased", ...] = ()
    bare: int = 0

    def with_more(self, other: "ApplyReport") -> "ApplyReport":
        """This and what became of the next page: what was refused first may have entered since."""
        return ApplyReport(
            self.applied + other.applied,
            self.known + other.known,
            (*self.refused, *other.refused),
            (*self.forks, *other.forks),
            max(self.lamport, other.lamport),
            (*self.erased, *other.erased),
            self.bare + other.bare,
        )


@dataclass(slots=True)
class Ground:
    """What the log says of everything that a page names.

    ``tips`` number and id of the last change of each stream; ``places`` which ids, of those sent, are in the log;
    ``keys`` what each author may sign with; ``homes`` of records that are known.
    """

    tips: dict[Stream, tuple[int, str]]
    places: frozenset[str]
    keys: dict[str, set[bytes]]
    homes: dict[str, Home]
    rights: Rights = field(default_factory=Rights)
    anchor: bytes | None = None
    """The key that the first change of all must be signed with, where this store was told one when it was made."""


@dataclass(slots=True)
class Lot:
    """A page that was read: its changes by stream, in the order of their numbers. ``pending`` are looks at their
    signatures, in the order in which they are taken up; ``signed`` what was found."""

    streams: dict[Stream, list[Change]]
    values: Mapping[str, Content]
    unreadable: bool
    pending: list[Look] = field(default_factory=list)
    signed: set[Signed] = field(default_factory=set)

    def settled(self) -> None:
        """Until all of its signatures are looked at. Whoever would have to wait lends a hand, from the end."""
        while self.pending:
            self.signed.update(self.pending.pop().found())

    def changes(self) -> Iterator[Change]:
        for lot in self.streams.values():
            yield from lot


@dataclass(slots=True)
class Taken:
    """What may enter, in an order in which it may; what is known already and may bring a value that was missing; and
    signed changes that claim a place which another one holds."""

    new: list[Change] = field(default_factory=list)
    again: list[Change] = field(default_factory=list)
    forks: list[Change] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def report(self) -> ApplyReport:
        return ApplyReport(
            len(self.new),
            len(self.again),
            tuple(self.refused.items()),
            tuple(change.id for change in self.forks),
            max((change.lamport for change in self.new if change.lamport < FOLLOWED), default=0),
        )


def read_lot(changes: Iterable[tuple[bytes, bytes]], values: Mapping[str, Content]) -> Lot:
    """Parses a page; what is no change at all is dropped and remembered."""
    streams: defaultdict[Stream, list[Change]] = defaultdict(list)
    unreadable = False
    for header, signature in changes:
        try:
            change = Change.read(header, signature)
        except ValueError:
            unreadable = True
            continue
        streams[change.scope, change.incarnation].append(change)
    for lot in streams.values():
        lot.sort(key=lambda one: one.number)
    return Lot(dict(streams), values, unreadable)


def judge(lot: Lot, ground: Ground) -> Taken:
    """What of a lot may enter. Streams that wait for a key or a record of another stream are looked at again."""
    judging = _Judging(lot, ground)
    waiting = dict(lot.streams)
    progress = True
    while progress and waiting:
        progress = False
        for place, changes in list(waiting.items()):
            left = judging.stream(place, changes)
            progress = progress or len(left) < len(changes)
            if left:
                waiting[place] = left
            else:
                del waiting[place]
    return judging.taken


class _Judging:
    def __init__(self, lot: Lot, ground: Ground) -> None:
        self._values = lot.values
        self._ground = ground
        lot.settled()
        self._signed = lot.signed
        self._entered: set[str] = set()
        self.taken = Taken()
        if lot.unreadable:
            self.taken.refused[""] = "unreadable"

    def stream(self, place: Stream, changes: list[Change]) -> list[Change]:
        """Takes what it can of one stream; the rest waits for what another stream may bring."""
        for at, change in enumerate(changes):
            code = self._one(place, change)
            if code is None:
                self.taken.refused.pop(change.id, None)
                continue
            if at + 1 < len(changes) and changes[at + 1].id == change.id:
                continue  # the same under another signature
            for left in changes[at:]:
                self.taken.refused[left.id] = code if left is change else "gap"
            return changes[at:]
        return []

    def _one(self, place: Stream, change: Change) -> str | None:
        """None when it is dealt with, else the code of what stopped it."""
        ground = self._ground
        number, tip = ground.tips.get(place, (0, _START))
        if change.number <= number:
            return self._again(change)
        content = self._values.get(change.id)
        if change.number != number + 1 or change.previous != tip:
            return "gap" if change.number != number + 1 else "chain"
        code = self._signature_fault(change, content)
        if code is not None:
            return code
        if content is not None and not (change.seals(*content) and is_storable(*content)):
            return "value"
        home = ground.homes.get(change.record)
        if home is not None and home != (change.kind, change.scope):
            return "home"
        if change.kind == EVENT_KIND and (change.replaces or change.field != EVENT or home is not None):
            return "event"
        if not ground.rights.may(change, keyed=bool(ground.keys.get(change.record))):
            return "right"
        ground.rights.note(change, content)
        ground.tips[place] = (change.number, change.id)
        if home is None:
            ground.homes[change.record] = (change.kind, change.scope)
        key = offered_key(change, content)
        if key is not None:
            ground.keys.setdefault(change.record, set()).add(key)
        self.taken.new.append(change)
        self._entered.add(change.id)
        return None

    def _again(self, change: Change) -> str | None:
        if change.id in self._ground.places or change.id in self._entered:
            self.taken.again.append(change)
            return None
        if self._signature_fault(change, None) is not None:
            return "signature"
        self.taken.forks.append(change)
        return None

    def _signature_fault(self, change: Change, content: Content | None) -> str | None:
        keys = self._ground.keys.get(change.author)
        if not keys:
            founding = self._founding_key(change, content)
            if founding is None:
                return "unknown_author"
            keys = {founding}
        for key in keys:
            if (change.id, change.signature, key) in self._signed or change.signed_by(key):
                return None
        return "signature"

    def _founding_key(self, change: Change, content: Content | None) -> bytes | None:
        """In a store that knows nobody yet, the founder's first change brings the founder's own key."""
        if self._ground.keys or change.record != change.author:
            return None
        key = offered_key(change, content)
        return key if self._ground.anchor in (None, key) else None


def offered_key(change: Change, content: Content | None) -> bytes | None:
    """The key that this change lets a person or a computer sign with, or None."""
    if change.field != "verify_key" or content is None or change.kind not in ("person", "device"):
        return None
    key = fields.content(content[1])
    return bytes.fromhex(key) if isinstance(key, str) and len(key) == 64 and set(key) <= _HEX else None
