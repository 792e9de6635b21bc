"""What outlasts a certificate: timestamps, the store of certificates and lists (DSS), and the level that follows.

The levels are PAdES's (ETSI EN 319 142-1), said by our own rules: B-T where a timestamp that we trust follows the
signature; B-LT where the file also brings its issuer's list of that time, on which its certificate does not stand;
B-LTA where a second timestamp covers all of that. A level is never said of what nobody here can check.
"""

# mypy: allow-untyped-calls

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509

from workwell_desktop.documents import revisions, stamp_check
from workwell_desktop.documents.revoked import answers, signed_by


@dataclass(frozen=True, slots=True)
class Stamped:
    """A timestamp of a file: its time, whether a root that we know stands behind it, and its certificates (DER)."""

    time: datetime
    trusted: bool
    certificates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brings along for those who check it later: certificates and lists (DER)."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


def stamps_of(found: Sequence[revisions.Signed], roots: Sequence[bytes], kept: Callable[[int], bool]) -> list[Stamped]:
    """The timestamps, the first one first; one that does not hold is a change and raises Altered.

    No digest covers the bytes of a timestamp: one that is spelt otherwise than we write it holds only where the
    register keeps the very file (``kept``, up to an end), from before that was the rule.
    """
    made: list[Stamped] = []
    for one in found:
        if one.dictionary.get("/SubFilter") != "/ETSI.RFC3161":
            raise revisions.Altered("stamp")
        try:
            digest = hashlib.sha256(one.covered[0] + one.covered[1]).digest()
            said = stamp_check.check(one.contents, digest, roots)
        except (stamp_check.BadStamp, ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise revisions.Altered("stamp") from trouble
        if not said.spelt and not kept(one.end):
            raise revisions.Altered("stamp")
        made.append(Stamped(said.time, said.trusted, said.certificates))
    return made


def brought(root: Any) -> Brought:
    """The store of a file's catalogue; raises Altered for one that holds anything else."""
    if "/DSS" not in root:
        return Brought()
    try:
        return Brought(_streams(root["/DSS"], "/Certs"), _streams(root["/DSS"], "/CRLs"))
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise revisions.Altered("stamp") from trouble


def _streams(store: Any, key: str) -> tuple[bytes, ...]:
    held = store.get(key, ())
    return tuple(bytes(held[index].data) for index in range(len(held)))


def only_what_belongs(
    file: Brought, signers: Sequence[bytes], trust: Sequence[bytes], stamps: Sequence[Stamped]
) -> None:
    """Nothing lies in the store but certificates that signed here or stand behind, and lists that they signed: whoever
    adds a timestamp adds nothing else with it. Raises Altered."""
    known = {*signers, *trust, *(der for one in stamps for der in one.certificates)}
    if any(der not in known for der in file.certificates):
        raise revisions.Altered("stamp")
    above = [x509.load_der_x509_certificate(der) for der in known]
    for crl in file.crls:
        try:
            read = x509.load_der_x509_crl(crl)
        except ValueError as trouble:
            raise revisions.Altered("stamp") from trouble
        if not any(signed_by(read, one) for one in above):
            raise revisions.Altered("stamp")


def level(certificate: bytes, stamps: Sequence[Stamped], file: Brought, trust: Sequence[bytes]) -> str:
    """The level of a signature made with ``certificate`` (DER) that every one of ``stamps`` follows."""
    trusted = [one for one in stamps if one.trusted]
    if not trusted:
        return "B-B"
    if not any(answers(crl, certificate, trusted[0].time, trust) for crl in file.crls):
        return "B-T"
    return "B-LTA" if len(trusted) > 1 else "B-LT"
