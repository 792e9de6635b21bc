"""Timestamps from a server (RFC 3161), where an administrator has set one up. Without one nothing is ever fetched.

A server that hangs is given a few seconds in all, and the paper stays signed as it is.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from workwell_desktop.documents.kinds import Verdict
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import looked_at
from workwell_desktop.domain.papers import Document, PaperStatus
from workwell_desktop.domain.people import Partnership
from workwell_desktop.domain.plans import Signatory
from workwell_desktop.domain.records import Id
from workwell_desktop.errors import BadInput
from workwell_desktop.services.administration import revocation
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork._pens import PDF
from workwell_desktop.services.paperwork.papers_outside import STAMP_ROOTS, roots_in, stamp_roots
from workwell_desktop.services.paperwork.register import verify_paper

SECONDS = 5.0
CLOCKS = timedelta(minutes=10)
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
    revocation.begin(desk)


def server(desk: Desk) -> str | None:
    """The address of the server, or None: the ordinary case."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    found = desk.store.settings.get(_ADDRESS)
    return str(found) if found else None


@dataclass(frozen=True, slots=True)
class NewStamp:
    """The level that a paper has now, and whether the server's time and this computer's are far apart."""

    level: str
    clock_wrong: bool


def stamp_paper(desk: Desk, document: Id) -> NewStamp:
    """Adds a timestamp to a paper that everybody has signed, with the list of what the partnership took back. A paper
    that has one already gets another one over it.

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
        pdf, crls = reader.blob(entry.file), revocation.lists(reader)
    known = stamp_roots(desk.store.settings.get(STAMP_ROOTS))
    times: list[datetime] = []

    def ask(digest: bytes) -> bytes:
        given = token(address, digest, known)
        times.append(given.time)
        return given.token

    made = stamp(pdf, ask, desk.store.trust(), crls)
    verdict = verify_paper(desk, made)
    if not verdict.valid:
        raise BadInput("timestamp_failed")
    with desk.unit() as unit:
        unit.undoable = False
        if unit.reader.get(Document, document).file != entry.file:
            raise BadInput("timestamp_failed")
        unit.set(Document, document, file=unit.blob(made, PDF, entry.scope))
    first, last = looked_at(desk.clock)
    wrong = not first - CLOCKS <= times[-1] <= last + CLOCKS
    return NewStamp(min((one.level for one in verdict.signatures), key=LEVELS.index), wrong)


LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
AGAIN = timedelta(days=365)
"""After so long another timestamp is offered, over the lists of its own day."""


def wants_another(desk: Desk, verdict: Verdict) -> bool:
    """Whether a paper would gain by a timestamp now: it has none that counts, or the last list is old."""
    desk.allow(Act.EDIT_OWN_SETTINGS)
    if not verdict.valid or server(desk) is None:
        return False
    shown = [one.proven for one in verdict.signatures if one.level != "B-B" and one.proven is not None]
    if len(shown) < len(verdict.signatures):
        return True
    return verdict.signatures[0].level in ("B-T", "B-LT") and min(shown) < desk.clock.now() - AGAIN


@dataclass(frozen=True, slots=True)
class Token:
    """A token (CMS, DER) and the time that it says."""

    token: bytes
    time: datetime


def token(address: str, digest: bytes, known: tuple[bytes, ...], seconds: float = SECONDS) -> Token:
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
        said = check(made, digest, known, nonce)
        if not said.trusted:
            raise BadInput("timestamp_failed")
    except (OSError, HTTPException, ValueError, KeyError, TypeError, BadStamp) as trouble:
        raise BadInput("timestamp_failed") from trouble
    return Token(made, said.time)


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
