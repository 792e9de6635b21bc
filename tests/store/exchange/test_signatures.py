"""Signatures that a program beside this one looks at: the same answers, whether it lives, dies or never began."""

import io
import os
import signal
import subprocess
import sys

import pytest
from nacl.signing import SigningKey

from tests.store.conftest import House, content
from tests.support.tree import ROOT
from workwell_desktop.domain.participants import Participant
from workwell_desktop.store import Change
from workwell_desktop.store.exchange import signatures, verifying
from workwell_desktop.store.exchange.exchanging import Incoming
from workwell_desktop.store.exchange.pages import Exchange
from workwell_desktop.store.exchange.signatures import Beside, makers, serve

_ONE, _TWO = SigningKey(b"1" * 32), SigningKey(b"2" * 32)
_KEYS = [bytes(_ONE.verify_key), bytes(_TWO.verify_key)]


def piece(key: SigningKey, number: int) -> bytes:
    digest = number.to_bytes(32)
    return key.sign(digest).signature + digest


MIXED = piece(_TWO, 1) + piece(_ONE, 2) + piece(SigningKey(b"3" * 32), 3) + piece(_ONE, 4)[:64] + bytes(32)
ANSWER = b"\x02\x01\x00\x00"


def test_each_signature_is_answered_with_the_key_that_made_it() -> None:
    assert makers(_KEYS, MIXED) == ANSWER
    assert makers([], MIXED) == bytes(4)
    assert makers([b"no key", *_KEYS], MIXED) == b"\x03\x02\x00\x00"


def test_the_other_program_says_the_same_again_and_again() -> None:
    beside = Beside()
    try:
        assert [beside.makers(_KEYS, MIXED * times) for times in (1, 700, 0, 2)] == [
            ANSWER * times for times in (1, 700, 0, 2)
        ]
        assert beside._process is not None
    finally:
        beside.end()
    assert beside._process is None


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system ends programs in another way")
def test_what_a_program_that_dies_did_not_answer_is_looked_at_here() -> None:
    beside = Beside()
    try:
        assert beside.makers(_KEYS, MIXED) == ANSWER
        process = beside._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        assert beside.makers(_KEYS, MIXED * 3) == ANSWER * 3
        assert beside._process is None
        assert process.returncode == -signal.SIGKILL
        assert beside.makers(_KEYS, MIXED) == ANSWER
    finally:
        beside.end()


@pytest.mark.parametrize(
    "command",
    [
        ["/no/such/program"],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "print('hello, and much more than the greeting')"],
        [sys.executable, "-c", "import sys; sys.stdout.write('workwell signatures 1\\n'); print('\\t' * 99)"],
    ],
)
def test_what_cannot_be_begun_or_says_something_else_is_not_believed(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "_command", lambda: command)
    beside = Beside()
    try:
        assert beside.makers(_KEYS, MIXED) == ANSWER
        assert beside.makers(_KEYS, MIXED) == ANSWER
    finally:
        beside.end()


def test_it_ends_when_nobody_asks_any_more() -> None:
    asked = bytes([2]) + (4).to_bytes(4) + b"".join(_KEYS) + MIXED
    said = io.BytesIO()
    serve(io.BytesIO(asked + asked + asked[:3]), said)
    assert said.getvalue() == signatures._GREETING + ANSWER * 2
    process = subprocess.Popen(signatures._command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    out, _err = process.communicate(asked, timeout=30)
    assert (process.returncode, out) == (0, signatures._GREETING + ANSWER)


def test_a_bundled_program_begins_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program, word = signatures._command()
    assert program == sys.executable
    asked = bytes([2]) + (4).to_bytes(4) + b"".join(_KEYS) + MIXED
    said = subprocess.run(
        [program, ROOT / "packaging" / "start.py", word], input=asked, capture_output=True, check=True
    )
    assert said.stdout == signatures._GREETING + ANSWER


def test_a_wrong_signature_among_many_is_found_beside_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    other, _anna = house.twin()
    third, _ = house.twin("third")
    for number in range(40):
        house.participant(f"Kim {number}")
    sent = house.store.changes_since(other.vector())
    at = next(at for at, one in enumerate(sent.changes) if Change.read(*one).kind == "participant")
    header, signature = sent.changes[at]
    wrong = bytes([signature[0] ^ 1]) + signature[1:]
    begun: list[int] = []

    class Counted(Beside):
        def makers(self, keys: object, pieces: bytes) -> bytes:
            begun.append(len(pieces) // signatures.PIECE)
            return super().makers(keys, pieces)  # type: ignore[arg-type]

    monkeypatch.setattr(verifying, "_MANY", 60)
    monkeypatch.setattr(verifying, "_FEW", 10)
    monkeypatch.setattr(signatures, "Beside", Counted)
    monkeypatch.setattr(verifying._Ahead, "found", lambda ahead: ahead._coming.result())
    forged = Exchange((*sent.changes[:at], (header, wrong), *sent.changes[at + 1 :]), sent.values)
    report = other.take([Incoming(forged)])
    assert sum(begun) == len(sent.changes)
    assert (Change.read(header, wrong).id, "signature") in report.refused
    assert {code for _change, code in report.refused} == {"signature", "gap"}
    assert other.take([Incoming(sent)]).refused == ()
    assert content(other) == content(house.store)
    with other.read() as reader:
        assert len(reader.list(Participant)) == 40
    # beside the same change as it was signed, it neither takes its place nor stands in its way
    twice = Exchange((*sent.changes[:at], (header, wrong), *sent.changes[at:]), sent.values)
    assert third.take([Incoming(twice)]).refused == ()
    assert content(third) == content(house.store)
    assert third.check().ok
