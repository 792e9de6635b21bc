"""A timestamp after the last signature: what it adds, what it must not, and a server that does not answer."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import monotonic

import pytest
from asn1crypto import tsp

from tests.documents import stages
from tests.documents.forger import FORGERIES
from tests.documents.forger_known import _appended, _object, _size
from tests.documents.timestamps import StampAuthority
from workwell_desktop import documents
from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.documents.stamping import stamp
from workwell_desktop.errors import BadInput, Locked, SigningRefused
from workwell_desktop.services.paperwork import timestamping

pytestmark = pytest.mark.usefixtures("openssl")


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> StampAuthority:
    return StampAuthority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def stamped(tsa: StampAuthority) -> bytes:
    return stamp(stages.complete(), lambda digest: token(tsa, digest), [stages.CA.der])


def token(tsa: StampAuthority, digest: bytes) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True}).dump()
    return bytes(tsp.TimeStampResp.load(tsa.answer(asked))["time_stamp_token"].dump())


def judged(pdf: bytes, *roots: bytes) -> Verdict:
    return documents.verify(pdf, stages.TRUST, stamps=roots)


def test_a_timestamp_raises_the_level_and_changes_nothing_that_was_signed(tsa: StampAuthority, stamped: bytes) -> None:
    assert stamped.startswith(stages.complete())
    verdict = judged(stamped, tsa.root)
    assert (verdict.status, verdict.present, verdict.expected) == ("complete", 3, 3)
    assert {row.level for row in verdict.signatures} == {"B-T"}
    assert stages.CA.der in stamped


def test_a_timestamp_of_somebody_we_do_not_know_raises_nothing(stamped: bytes) -> None:
    verdict = judged(stamped)
    assert verdict.valid
    assert {row.level for row in verdict.signatures} == {"B-B"}


def test_no_signature_follows_a_timestamp(stamped: bytes) -> None:
    with pytest.raises(Locked):
        documents.sign(
            stamped, "coach", stages.SIGNERS["Maya Okafor"], at=stages.examples.AT, name="Maya Okafor", role="Coach"
        )


def test_a_paper_that_waits_for_somebody_is_not_stamped(tsa: StampAuthority) -> None:
    with pytest.raises(SigningRefused):
        stamp(stages.stages("plan")[2], lambda digest: token(tsa, digest), [])


KINDS = (
    "other_title_in_info",
    "other_xmp",
    "other_alternative_text",
    "swapped_attachment",
    "free_text_over_the_page",
    "page_stream_overwritten",
    "page_added",
    "field_added",
    "one_signature_more",
    "signature_wrapped",
    "padding_of_a_signature",
    "arithmetic_of_a_signature",
    "the_other_signature_that_fits",
    "bytes_after_the_end",
)


@pytest.mark.parametrize("name", KINDS)
def test_a_forgery_of_a_stamped_paper_is_found(name: str, stamped: bytes, tsa: StampAuthority) -> None:
    assert judged(FORGERIES[name](stamped), tsa.root).status in {"changed", "not_trusted"}


def _other_digest(pdf: bytes, tsa: StampAuthority) -> bytes:
    return stamp(pdf, lambda _: token(tsa, bytes(32)), [])


def _no_token(pdf: bytes, _tsa: StampAuthority) -> bytes:
    return stamp(pdf, lambda _: b"0\x03\x02\x01\x01", [])


def _signature_as_token(pdf: bytes, _tsa: StampAuthority) -> bytes:
    """The last signature's own object in the timestamp's place."""
    from tests.documents.forger_bytes import _hole

    start, end = _hole(pdf, 2)
    whole = bytes.fromhex(pdf[start + 1 : end - 1].decode())
    return stamp(pdf, lambda _: whole[: 4 + int.from_bytes(whole[2:4], "big")], [])


def _title_changed_with_it(pdf: bytes, tsa: StampAuthority) -> bytes:
    """A change before a true timestamp is no better for it."""
    changed = _appended(pdf, {2: _object(pdf, 2).replace(b"/Title", b"/Other", 1), _size(pdf): b"<< >>"})
    return stamp(changed, lambda digest: token(tsa, digest), [])


@pytest.mark.parametrize("forge", [_other_digest, _no_token, _signature_as_token, _title_changed_with_it])
def test_a_wrong_timestamp_is_a_change(forge: Callable[[bytes, StampAuthority], bytes], tsa: StampAuthority) -> None:
    assert judged(forge(stages.complete(), tsa), tsa.root).status == "changed"


# The server


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler, bytes], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self, self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the name of its parent
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _say(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_a_server_answers(tsa: StampAuthority) -> None:
    with serving(lambda handler, asked: _say(handler, tsa.answer(asked))) as address:
        made = stamp(
            stages.complete("minutes"),
            lambda digest: timestamping.token(address, digest, (tsa.root,)).token,
            [stages.CA.der],
        )
    assert {row.level for row in judged(made, tsa.root).signatures} == {"B-T"}


@pytest.mark.parametrize("kind", ["hangs", "drips", "refuses", "rubbish", "nobody", "stranger"])
def test_a_server_that_does_not_answer_is_given_up(kind: str, tsa: StampAuthority) -> None:
    over = threading.Event()

    def answer(handler: BaseHTTPRequestHandler, asked: bytes) -> None:
        if kind == "hangs":
            over.wait(5)
        elif kind == "drips":
            handler.send_response(200)
            handler.end_headers()
            while not over.wait(0.05):
                try:
                    handler.wfile.write(b"0")
                except OSError:
                    return
        elif kind == "refuses":
            _say(handler, b"", 500)
        else:
            _say(handler, b"rubbish" if kind == "rubbish" else tsa.answer(asked))

    start = monotonic()
    with serving(answer) as address:
        place = "http://127.0.0.1:1/" if kind == "nobody" else address
        known = () if kind == "stranger" else (tsa.root,)
        with pytest.raises(BadInput) as caught:
            timestamping.token(place, bytes(32), known, seconds=0.3)
        over.set()
    assert caught.value.reason == "timestamp_failed"
    assert monotonic() - start < 5
