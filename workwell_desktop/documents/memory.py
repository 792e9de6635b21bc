"""Giving memory back that making papers needed for a moment.

The C library of Linux keeps what was freed between pieces that are still in use, so that fifty signed plans would stand
beside the first in memory. Other systems give it back by themselves.
"""

import ctypes
import sys
from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _trim() -> Callable[[int], Any] | None:
    """glibc's own; None with another C library."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None


def give_back() -> None:
    """Returns freed memory to the system; takes a few milliseconds after a paper was made."""
    trim = _trim()
    if trim is not None:
        trim(0)
