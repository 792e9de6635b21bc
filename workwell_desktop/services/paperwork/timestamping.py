"""Timestamps from a server (RFC 3161), where an administrator has set one up. Without one nothing is ever fetched.

A server that hangs is given a few seconds in all, and the paper stays signed as it is.
"""

import secrets
from collections.abc import Callable
from http.client import HTTPException
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from workwell_desktop import documents
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.papers import Document, PaperStatus
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.plans import Signatory
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork._pens import PDF
from workwell_desktop.services.paperwork.papers_outside import STAMP_ROOTS, roots_in, stamp_roots

SECONDS = 5.0
_ADDRESS = "app:timestamp_server"
_LARGEST = 64 * 1024
_PIECE = 4096


def set_up(desk: Desk, address: str, pem: bytes) -> None:
    """Sets the server and the roots (PEM) that its timestamps are held against; an empty address takes it away.

    BadInput ``timestamp_address`` for what is no http or https address, ``not_a_certificate``.
    """
    desk.allow(Act.MANAGE_SITE, Partnership)
    plain = address.strip()
    if not plain:
        desk.store.settings.put(_ADDRESS, None)
        return
    parts = urlsplit(plain)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInput("timestamp_address")
    roots = roots_in(pem)
    if not roots:
        raise BadInput("not_a_certificate")
    desk.store.settings.put(STAMP_ROOTS, [root.hex() for root in roots])
    desk.store.settings.put(_ADDRESS, plain)


def server(desk: Desk) -> str | None:
    """The address of the server, or None: the ordinary case."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = desk.store.settings.get(_ADDRESS)
    return str(found) if found else None


def stamp_paper(desk: Desk, document: Id) -> None:
    """Adds a timestamp to a paper that everybody has signed.

    BadInput ``no_timestamp_server``, ``not_complete_yet``, ``timestamp_failed`` for a server that hangs, refuses or
    answers with what does not hold: the paper stays signed as it was.
    """
    desk.allow(Act.TAKE_SIGNATURE, Signatory)
    from workwell_desktop.documents.stamping import stamp

    address = server(desk)
    if address is None:
        raise BadInput("no_timestamp_server")
    with desk.read() as reader:
        entry = reader.get(Document, document)
        if entry.file is None or entry.status is not PaperStatus.COMPLETE:
            raise BadInput("not_complete_yet")
        pdf = reader.blob(entry.file)
    known = stamp_roots(desk.store.settings.get(STAMP_ROOTS))
    made = stamp(pdf, lambda digest: token(address, digest, known), desk.store.trust())
    if not documents.verify(made, desk.store.trust(), stamps=known).valid:
        raise BadInput("timestamp_failed")
    with desk.unit() as unit:
        unit.undoable = False
        if unit.reader.get(Document, document).file != entry.file:
            raise BadInput("timestamp_failed")
        unit.set(Document, document, file=unit.blob(made, PDF, entry.scope))


def token(address: str, digest: bytes, known: tuple[bytes, ...], seconds: float = SECONDS) -> bytes:
    """The token of a server over ``digest`` (SHA-256), held against the roots. BadInput ``timestamp_failed``."""
    from asn1crypto import tsp

    from workwell_desktop.documents.stamp_check import BadStamp, check

    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}).dump()
    try:
        response = tsp.TimeStampResp.load(_fetched(address, asked, seconds), strict=True)
        if response["status"]["status"].native not in ("granted", "granted_with_mods"):
            raise BadInput("timestamp_failed")
        made: bytes = response["time_stamp_token"].dump()
        if not check(made, digest, known, nonce).trusted:
            raise BadInput("timestamp_failed")
    except (OSError, HTTPException, ValueError, KeyError, TypeError, BadStamp) as trouble:
        raise BadInput("timestamp_failed") from trouble
    return made


class _NoWay(HTTPRedirectHandler):
    """A server that sends us elsewhere is not the one that was set up."""

    def redirect_request(self, *_: object) -> None:
        return None


def _fetched(address: str, body: bytes, seconds: float, clock: Callable[[], float] = monotonic) -> bytes:
    """The answer, within ``seconds`` in all, however slowly a server drips. Raises OSError."""
    until = clock() + seconds
    head = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    request = Request(address, body, head, method="POST")  # noqa: S310 - http and https alone were let in
    found = bytearray()
    try:
        opened = build_opener(_NoWay).open(request, timeout=seconds)
    except HTTPError as refused:
        refused.close()
        raise
    with opened as answer:
        while piece := answer.read1(_PIECE):
            found += piece
            if clock() > until or len(found) > _LARGEST:
                raise TimeoutError
    return bytes(found)
