"""How often Python looks for rings of objects that nobody holds any more.

After every few hundred new objects it looks through all the young ones, and now and then through every one there is.
Thousands of rows that are being read, checked and written hold no rings, and looking for some takes a tenth to a
quarter of the time.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_SELDOM = (100_000, *_USUAL[1:])
_turn = threading.Lock()
_inside = 0


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """For as long as thousands of rows are dealt with. Several threads may be inside at once; the last one that leaves
    brings back what is usual. Rings are still found, for a line to a hub may be slow and the window goes on."""
    _enter(1)
    try:
        yield
    finally:
        _enter(-1)


def _enter(more: int) -> None:
    global _inside  # noqa: PLW0603 - what is counted belongs to the whole program, as the collector does
    with _turn:
        _inside += more
        gc.set_threshold(*(_SELDOM if _inside else _USUAL))
