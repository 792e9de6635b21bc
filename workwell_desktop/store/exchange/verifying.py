"""Looking at the signatures of a page while the page before it is being written.

    lots ──begin──▶ threads ──(a few)──▶ each looks itself
           │           └─────(many)────▶ a program of its own for each (``signatures``), on a processor of its own
           └─(none took it up)─▶ whoever asks what was found looks itself

Whether a key counts is decided when its turn comes (``arrival.judge``); what is not found here is looked at there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from os import cpu_count
from queue import SimpleQueue

from workwell_desktop.store.exchange import signatures
from workwell_desktop.store.exchange.arrival import Lot, Signed, Stream, offered_key
from workwell_desktop.store.log.changes import Change

_AT_ONCE = 500
"""Signatures that one thread looks at before it asks for more."""
_MOST = 4
"""Threads, and programs beside this one."""
_FEW = 50
"""Signatures for which no thread is asked."""
_MANY = 2000
"""Signatures from which on it is worth beginning a program, which takes as long as a thousand of them."""
_SIGNATURE = 64
_Looking = Callable[[Sequence[bytes], Sequence[Change]], list[Signed]]


class Verifier:
    """Looks at signatures ahead of time."""

    def __init__(self, pool: ThreadPoolExecutor, beside: Sequence[signatures.Beside], keys: Mapping[str, set[bytes]]):
        self._pool = pool
        self._keys = {author: set(known) for author, known in keys.items()}
        self._beside: SimpleQueue[signatures.Beside] = SimpleQueue()
        for one in beside:
            self._beside.put(one)

    def begin(self, lot: Lot, tips: Mapping[Stream, int]) -> None:
        """Starts on a lot, with the keys that are known and those that this lot or an earlier one brings; what lies
        before the ``tips`` of its stream is known by its hash."""
        changes = [one for place, some in lot.streams.items() for one in some if one.number > tips.get(place, 0)]
        by_author: dict[str, list[Change]] = {}
        for change in changes:
            key = offered_key(change, lot.values.get(change.id))
            if key is not None:
                self._keys[change.record] = self._keys.get(change.record, set()) | {key}
            if len(change.signature) == _SIGNATURE:
                by_author.setdefault(change.author, []).append(change)
        if len(changes) <= _FEW:
            return
        look = self._elsewhere if len(changes) >= _MANY else _here
        for author, written in by_author.items():
            keys = sorted(self._keys.get(author, ()))
            for at in range(0, len(written) if keys else 0, _AT_ONCE):
                lot.pending.append(_Ahead(self._pool, look, keys, written[at : at + _AT_ONCE]))

    def _elsewhere(self, keys: Sequence[bytes], changes: Sequence[Change]) -> list[Signed]:
        beside = self._beside.get()
        try:
            return _pairs(keys, changes, beside.makers(keys, _pieces(changes)))
        finally:
            self._beside.put(beside)


class _Ahead:
    """A few signatures that wait for a thread, until one takes them up or what it finds is asked for."""

    def __init__(self, pool: ThreadPoolExecutor, look: _Looking, keys: Sequence[bytes], changes: Sequence[Change]):
        self._asked = keys, changes
        self._coming = pool.submit(look, keys, changes)

    def found(self) -> list[Signed]:
        return _here(*self._asked) if self._coming.cancel() else self._coming.result()


def _here(keys: Sequence[bytes], changes: Sequence[Change]) -> list[Signed]:
    return _pairs(keys, changes, signatures.makers(keys, _pieces(changes)))


def _pieces(changes: Sequence[Change]) -> bytes:
    return b"".join(one.signature + bytes.fromhex(one.id) for one in changes)


def _pairs(keys: Sequence[bytes], changes: Sequence[Change], made: bytes) -> list[Signed]:
    return [(one.id, one.signature, keys[number - 1]) for one, number in zip(changes, made, strict=True) if number]


@contextmanager
def verifying(keys: Mapping[str, set[bytes]]) -> Iterator[Verifier]:
    """A verifier whose threads and programs are gone when the block ends. ``keys`` are those that are known by then.

    One processor is left to whoever writes; on a computer with a single one they share it.
    """
    many = max(1, min(_MOST, (cpu_count() or 1) - 1))
    beside = [signatures.Beside() for _ in range(many)]
    try:
        with ThreadPoolExecutor(many, thread_name_prefix="signatures") as pool:
            yield Verifier(pool, beside, keys)
    finally:
        for one in beside:
            one.end()
