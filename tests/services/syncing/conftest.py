"""The hub of the tests of syncing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.conftest import hub, hub_server
from tests.sync.hubs import TestHub
from tests.sync.laptops import Office

__all__ = ["hub", "hub_server", "office"]


@pytest.fixture
def office(tmp_path: Path, hub: TestHub) -> Iterator[Office]:
    made = Office(tmp_path, hub)
    yield made
    made.close()
