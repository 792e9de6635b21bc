"""The hub's own log holds nothing of what anybody wrote, also where a push is refused or the server is cut off."""

import psycopg
import pytest

from tests.sync.hubs import TestHub, hex_id

BIRD = "kanariwing"


def test_the_log_of_the_hub_holds_no_words(hub: TestHub) -> None:
    """Whatever somebody wrote goes as the value of a parameter, and the log says neither statement nor parameter."""
    log = hub.server.folder / "log"
    before = log.stat().st_size
    anna = hub.laptop()
    case = hex_id()
    lot = [anna.write(case, value=BIRD) for _ in range(5)]
    assert BIRD.encode() in (lot[0].value or b""), "the words are pushed as they are"
    (good,) = anna.push(lot[:3])
    assert good.accepted == 3
    (refused,) = anna.push(lot[4:])
    assert refused.code == "gap"
    values = [one.value for one in lot]
    with pytest.raises(psycopg.Error):
        anna.hub.execute(b"select workwell.push(null, %s, %s, %s, %s)", (values, values, values, values))
    anna.hub.rollback()
    with pytest.raises(psycopg.Error):
        anna.hub.execute(b"insert into workwell.value (value) values (%s)", (lot[0].value,))
    hub.kill_backends()
    said = log.read_bytes()[before:]
    assert b"no version of a client" in said, "what went wrong stands in the log, or this test proves nothing"
    assert b"permission denied" in said
    assert BIRD.encode() not in said
    assert BIRD.encode().hex().encode() not in said
