"""The domain's own dataclasses, mapped onto the ordinary tables for reading; nothing is ever written through them."""

import threading
from functools import cache

from sqlalchemy.orm import registry

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.store.projection import records

_turn = threading.Lock()


def map_kinds() -> None:
    """Maps every kind, once; whoever comes while another thread maps waits for it. Takes 100 ms the first time."""
    with _turn:
        _map()


@cache
def _map() -> None:
    mapped = registry()
    for kind, cls in KINDS.items():
        mapped.map_imperatively(cls, records[kind])
    mapped.configure()
