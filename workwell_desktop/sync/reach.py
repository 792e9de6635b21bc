"""Why a hub is not reached, told apart: a firewall's page, a hotel's welcome, a certificate that ran out.

libpq says one sentence for all of them. So when it has failed, the first bytes of the answer are looked at once more,
without a name or a password: PostgreSQL answers the question for encryption with one letter, and nothing else does.
"""

import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from workwell_desktop.errors import (
    HubCertificate,
    HubExpired,
    HubPlain,
    HubPortal,
    HubProxy,
    HubStopped,
    HubTrouble,
    HubUnreachable,
)
from workwell_desktop.sync.hub.wire import Address

_ASK_TLS = struct.pack(">II", 8, 80877103)
"""SSLRequest of PostgreSQL's protocol."""
_PATIENCE = 3.0
_ENOUGH = 512
_EXPIRED, _NOT_YET = 10, 9
"""X.509 verification codes of OpenSSL."""


@contextmanager
def named(address: Address) -> Iterator[None]:
    """Raises what stands in the way instead of a bare "not reached"."""
    try:
        yield
    except (HubUnreachable, HubPlain, HubCertificate, HubStopped) as trouble:
        if address.is_here:
            raise
        found = looked_at(address)
        raise (found or trouble) from None


def looked_at(address: Address) -> HubTrouble | None:
    """What answered there; None where it looks like a hub, or like nothing."""
    try:
        with socket.create_connection((address.host, address.port), timeout=_PATIENCE) as wire:
            wire.settimeout(_PATIENCE)
            wire.sendall(_ASK_TLS)
            first = wire.recv(1)
            if first == b"S":
                return _certificate(address, wire)
            if first in (b"", b"N", b"E"):
                return None
            return _page(first + _rest(wire))
    except OSError:
        return None


def _rest(wire: socket.socket) -> bytes:
    found = b""
    with suppress(OSError):
        while len(found) < _ENOUGH and (more := wire.recv(_ENOUGH)):
            found += more
    return found


def _page(said: bytes) -> HubTrouble:
    """Something that speaks HTTP: a proxy that says no, or a page that wants to be clicked first."""
    words = said[:64].split()
    if words and words[0].startswith(b"HTTP/") and len(words) > 1 and words[1] in (b"403", b"407", b"405"):
        return HubProxy(status=words[1].decode())
    return HubPortal()


def _certificate(address: Address, wire: socket.socket) -> HubTrouble | None:
    context = ssl.create_default_context(cadata=address.root)
    try:
        with context.wrap_socket(wire, server_hostname=address.host):
            return None
    except ssl.SSLCertVerificationError as trouble:
        return HubExpired() if trouble.verify_code in (_EXPIRED, _NOT_YET) else HubCertificate()
    except OSError:
        # cut in the middle of shaking hands: no certificate was wrong
        return HubStopped(state="")
    except ValueError:
        return None
