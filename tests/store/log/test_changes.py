"""What is a change: the same on a laptop as at a hub, or what one takes in the other would refuse for ever."""

from typing import Any

import cbor2
import pytest
from nacl.signing import SigningKey

from tests.store.conftest import House
from workwell_desktop.domain.participants import Participant
from workwell_desktop.domain.records import new_id
from workwell_desktop.errors import BadInput
from workwell_desktop.store.log.changes import LARGEST, Change, Place, is_storable, make

GOOD = make(
    Place("0a" * 16, "0b" * 16, "0c" * 16, 1, "0" * 64, 1, 1_770_000_000_000),
    kind="contact",
    record="0d" * 16,
    scope="0e" * 16,
    field="note",
    replaces=(),
    salt=bytes(16),
    value=b"\x81aN",
    key=SigningKey(bytes(32)),
)
_VERSION, _KIND, _FIELD = 0, 1, 4


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        (_KIND, "con\0tact"),
        (_FIELD, "\0"),
        (_FIELD, "x" * 66_000),
        (_VERSION, 24),
        (_KIND, b"contact"),
        (None, [None] * 242),
    ],
)
def test_what_no_hub_reads_is_no_change(part: int | None, wrong: Any) -> None:
    assert Change.read(GOOD.header, GOOD.signature) == GOOD
    parts = cbor2.loads(GOOD.header)
    if part is None:
        parts += wrong
    else:
        parts[part] = wrong
    with pytest.raises(ValueError, match="not a change"):
        Change.read(cbor2.dumps(parts, canonical=True), GOOD.signature)


def test_no_entry_is_larger_than_a_hub_keeps(house: House) -> None:
    assert is_storable(bytes(16), bytes(LARGEST))
    assert not is_storable(bytes(16), bytes(LARGEST + 1))
    assert not is_storable(bytes(17), b"")
    kim = new_id()
    with pytest.raises(BadInput) as refusal, house.store.unit(house.anna) as unit:
        unit.add(Participant(id=kim, scope=kim, given_name="Kim", town="x" * LARGEST))
    assert refusal.value.reason == "entry_too_long"
    with house.store.read() as reader:
        assert reader.find(Participant, kim) is None
