"""The domain's own dataclasses, mapped onto the ordinary tables for reading; nothing is ever written through them."""

from functools import cache

from sqlalchemy.orm import registry

from workwell_desktop.domain.kinds import KINDS
from workwell_desktop.store.projection import records


@cache
def map_kinds() -> None:
    """Maps every kind, once."""
    mapped = registry()
    for kind, cls in KINDS.items():
        mapped.map_imperatively(cls, records[kind])
    mapped.configure()
