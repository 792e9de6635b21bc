"""A file that only its recipient can read: what opens it, what does not, and what a stranger learns."""

import json
import random
import time
import zlib
from collections.abc import Callable

import pytest
from nacl.signing import SigningKey

from workwell_desktop.errors import BadInput
from workwell_desktop.store import Argon2Profile
from workwell_desktop.store.keys import parcel, seal

CHEAP = Argon2Profile(memory=8, passes=1, lanes=1)
MINE = SigningKey(bytes(range(32)))
SEED = bytes(MINE)
WORDS = b'{"resourceType": "Bundle", "name": "Danielle Marsh"}' * 40
PHRASE = "harbour lantern mosaic"


def by_passphrase() -> bytes:
    return parcel.sealed_by_passphrase(WORDS, PHRASE, CHEAP)


def to_me() -> bytes:
    return parcel.sealed_to_code(WORDS, parcel.receiving_code(bytes(MINE.verify_key)))


def refused(source: bytes, passphrase: str | None = PHRASE, seed: bytes = SEED, most: int = 10**6) -> str:
    with pytest.raises(BadInput) as stopped:
        parcel.opened(source, passphrase, seed, most)
    return stopped.value.reason


@pytest.mark.parametrize("make", [by_passphrase, to_me])
def test_it_opens_for_its_recipient_and_says_nothing_to_others(make: Callable[[], bytes]) -> None:
    made = make()
    assert parcel.opened(made, PHRASE, SEED, 10**6) == WORDS
    assert b"Danielle" not in made
    assert made != make()
    assert parcel.needs_passphrase(made) is (make is by_passphrase)


def test_another_passphrase_or_another_person_opens_nothing() -> None:
    assert refused(by_passphrase(), "harbour lantern mosaics") == "sealed_passphrase"
    assert refused(by_passphrase(), None) == "sealed_passphrase"
    assert refused(to_me(), seed=bytes(32)) == "sealed_other"


@pytest.mark.parametrize("make", [by_passphrase, to_me])
def test_every_changed_byte_and_every_shorter_file_is_refused(make: Callable[[], bytes]) -> None:
    made, chance = make(), random.Random(7)
    header = len(parcel.MAGIC) + 6 + int.from_bytes(made[16:20])
    for at in [*range(header + 40), *(chance.randrange(header, len(made)) for _ in range(60))]:
        changed = bytearray(made)
        changed[at] ^= 1
        assert refused(bytes(changed)).startswith(("sealed_", "file_too_big"))
    for length in [*range(0, header + 60, 7), len(made) - 1]:
        assert refused(made[:length]).startswith("sealed_")
    assert refused(made + b"\0").startswith("sealed_")


def test_a_newer_version_says_so() -> None:
    assert refused(by_passphrase().replace(b"case 1\n", b"case 2\n", 1)) == "sealed_newer"
    assert parcel.is_sealed(b"WorkWell case 9\n")
    assert not parcel.is_sealed(b'{"resourceType": "Bundle"}')


@pytest.mark.parametrize("asked", [{"memory": 2**30}, {"passes": 10**6}, {"lanes": 1000}, {"memory": "8"}])
def test_a_header_that_asks_for_absurd_work_is_refused_at_once(asked: dict[str, object]) -> None:
    made = by_passphrase()
    length = int.from_bytes(made[16:20])
    header = json.loads(made[20 : 20 + length])
    header["kdf"] |= asked
    written = json.dumps(header).encode()
    started = time.process_time()
    assert refused(made[:16] + len(written).to_bytes(4) + written + made[20 + length :]) == "sealed_damaged"
    assert time.process_time() - started < 1


def test_a_bomb_stops_at_the_limit() -> None:
    assert refused(parcel.sealed_by_passphrase(bytes(50_000_000), PHRASE, CHEAP)) == "file_too_big"


def test_the_size_tells_little() -> None:
    chance = random.Random(3)
    sizes = {
        len(parcel.sealed_by_passphrase(chance.randbytes(many), PHRASE, CHEAP)) for many in range(10, 60_000, 5_000)
    }
    assert len(sizes) == 1
    for many in (70_000, 1_000_000, 9_999_999):
        assert many <= parcel._padded(many) <= many * 1.12


def test_a_code_survives_being_read_out_and_not_a_slip() -> None:
    code = parcel.receiving_code(bytes(MINE.verify_key))
    assert len(code.split("-")) == 14
    told = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert parcel.opened(parcel.sealed_to_code(WORDS, told), None, SEED, 10**6) == WORDS
    slips = [code[:-1], code + "A", "", code[:5] + ("A" if code[5] != "A" else "B") + code[6:], "Z" * 56, "é" * 56]
    for slip in slips:
        with pytest.raises(BadInput, match="bad_input"):
            parcel.sealed_to_code(WORDS, slip)


def test_a_low_order_point_is_no_code() -> None:
    with pytest.raises(BadInput):
        parcel.sealed_to_code(WORDS, parcel.receiving_code(bytes(32)))


def test_words_that_are_cut_short_inside_the_seal_are_not_whole() -> None:
    key = bytes(32)
    packed = zlib.compress(WORDS)[:-9]
    with pytest.raises(BadInput):
        parcel._inflated(packed, 10**6)
    assert seal.unseal(key, seal.seal(key, b"x", {}), {}) == b"x"
