"""A server for the whole session, and a hub of its own for each test."""

import os
from collections.abc import Iterator

import pytest

from tests.sync import hubs
from tests.sync.hubs import TestHub
from workwell_desktop.sync.hub import local
from workwell_desktop.sync.hub.local import LocalHub


@pytest.fixture(scope="session")
def hub_server() -> Iterator[LocalHub]:
    """Runs for the whole session; where there is no PostgreSQL the tests are left out, but never where CI runs."""
    if local.programs() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no PostgreSQL: apt-get install postgresql")
        pytest.skip("no PostgreSQL 15 or newer: apt-get install postgresql")
    server = hubs.begun()
    try:
        hubs.make_template(server)
        yield server
    finally:
        hubs.ended(server)


@pytest.fixture
def hub(hub_server: LocalHub) -> Iterator[TestHub]:
    """An empty hub of Testshire WorkWell."""
    made = TestHub.fresh(hub_server)
    try:
        yield made
    finally:
        made.close()
