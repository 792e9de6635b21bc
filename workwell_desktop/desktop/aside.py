"""Work that waits for a network: on a thread of its own for as long as it takes, so that no store waits behind it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from workwell_desktop.desktop.operations import Operations

_under_way: set[Operations] = set()
"""Kept until they end, also where the page that asked is gone by then."""


def run_aside(
    operations: Operations,
    owner: QObject,
    work: Callable[[], Any],
    done: Callable[[Any], Any],
    failed: Callable[[Exception], Any],
) -> None:
    """As ``Operations.run``, beside the store's thread; what comes of it is told nobody when ``owner`` is gone."""
    beside = operations.beside()
    _under_way.add(beside)

    def ended() -> None:
        beside.close()
        _under_way.discard(beside)

    operation = beside.run(owner, work, done, failed)
    if beside.running:
        operation.ended.connect(ended)
    else:
        ended()
