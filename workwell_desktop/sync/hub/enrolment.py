"""One more laptop: an administrator makes a one-time code, and the laptop makes its own login with it.

The code is itself a login that may do nothing but be redeemed, once; so it never crosses the wire, and neither does
the password that the laptop makes: the hub is told its SCRAM verifier.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import psycopg

from workwell_desktop.errors import BadInput, CodeRefused, HubRefused
from workwell_desktop.store.keys.recovery import LETTERS, LOOKALIKES
from workwell_desktop.sync.hub.wire import Address, Hub, connect, trouble

CODE_DAYS = 7
_ID_LETTERS, _SECRET_LETTERS, _GROUP = 8, 20, 4


@dataclass(frozen=True, slots=True)
class Vouched:
    """A person as an administrator vouches for them. Ids are 32 hexadecimal characters, keys 32 bytes; what is None
    stays as the hub has it. ``all_cases``: reads every case of their teams, as a coordinator or a lead does."""

    person: str
    keys: tuple[bytes, ...]
    teams: tuple[str, ...] | None = None
    administrator: bool | None = None
    all_cases: bool | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """``people`` work on the device; ``device`` is given where one that the hub knows needs a new login."""

    people: tuple[str, ...]
    expires: datetime
    label: str = ""
    device: str | None = None
    parcel: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Login:
    """What a laptop needs for good; ``parcel`` is what the administrator packed for it."""

    user: str
    password: str = field(repr=False)
    parcel: bytes | None = field(default=None, repr=False)


def vouch(hub: Hub, people: tuple[Vouched, ...]) -> None:
    """Tells the hub whom it may believe. Again adds what is new. Raises HubTrouble."""
    try:
        with hub.transaction():
            for one in people:
                teams = None if one.teams is None else [UUID(team) for team in one.teams]
                hub.execute(
                    "select workwell.vouch(%s, %s, %s, %s, %s)",
                    (UUID(one.person), list(one.keys), teams, one.administrator, one.all_cases),
                )
    except psycopg.Error as error:
        raise trouble(error) from None


def enrol(hub: Hub, wanted: Enrolment) -> str:
    """A code for one laptop, to be read out or handed over on paper. Raises HubTrouble."""
    code = fresh_code()
    code_id, secret = _parts(code)
    try:
        hub.execute(
            "select workwell.enrol(%s, %s, %s, %s, %s, %s, %s)",
            (
                code_id,
                verifier(hub, f"we_{code_id}", secret),
                [UUID(person) for person in wanted.people],
                UUID(wanted.device) if wanted.device else None,
                wanted.label,
                wanted.expires,
                wanted.parcel,
            ),
        )
    except psycopg.Error as error:
        raise trouble(error) from None
    return code


def fresh_code() -> str:
    """Seven groups of four letters and digits: eight that name it, and a hundred bits that nobody guesses."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(_ID_LETTERS + _SECRET_LETTERS))
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def secret_of(code: str) -> bytes:
    """What a parcel is sealed under. Raises BadInput ``hub_code``."""
    return "".join(_parts(code)).encode()


def begins(code: str) -> str:
    """What a code, or its beginning, is listed by at the hub."""
    return _letters(code)[:_ID_LETTERS].lower()


def fresh_password() -> str:
    """What a laptop signs in with; it never leaves it."""
    return secrets.token_urlsafe(32)


def redeem(address: Address, code: str, device: str, answer: bytes | None = None, password: str | None = None) -> Login:
    """Makes the login of a device (its id) with a code; with ``password``, which the laptop has written down before,
    so that being cut short here loses nothing. Raises BadInput ``hub_code`` for letters that are no code,
    CodeRefused for one that was used, is too old, or never was one; HubTrouble."""
    code_id, secret = _parts(code)
    login = f"wd_{UUID(device).hex}"
    password = password or fresh_password()
    try:
        hub = connect(address, f"we_{code_id}", secret)
    except HubRefused:
        raise CodeRefused from None
    try:
        row = hub.execute(
            "select workwell.redeem(%b, %b, %b)", (UUID(device), verifier(hub, login, password), answer)
        ).fetchone()
    except psycopg.Error as error:
        raise CodeRefused() if error.sqlstate == "WW005" else trouble(error) from None
    finally:
        hub.close()
    parcel = row[0] if row is not None else None
    return Login(login, password, parcel if isinstance(parcel, bytes) else None)


def invitation(address: Address | None, partnership: str, expires: datetime, parcel: bytes | None = None) -> bytes:
    """The file that goes with a code: where the hub is and how to know it, and the ``parcel`` of a laptop that has no
    store yet, which the code alone opens. ``address`` is None where there is no hub, and all goes by file."""
    said = {
        "workwell": "invitation",
        "url": address.url if address else None,
        "root": address.root if address else None,
        "partnership": partnership,
        "expires": expires.isoformat(),
        "parcel": parcel.hex() if parcel else None,
    }
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def invited(source: bytes) -> tuple[Address, str]:
    """Address and the partnership's name. Raises BadInput ``hub_invitation``, ``hub_address``."""
    try:
        said = json.loads(source)
        if said["workwell"] != "invitation" or not isinstance(said["root"], str | None):
            raise BadInput("hub_invitation")
        return Address.of(str(said["url"]), said["root"]), str(said["partnership"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInput("hub_invitation") from None


def packed_in(source: bytes) -> tuple[Address | None, bytes | None]:
    """The address of the hub, if any, and the parcel, if any. Raises BadInput as ``invited``."""
    try:
        said = json.loads(source)
        parcel = said.get("parcel")
        without_hub = said["workwell"] == "invitation" and said["url"] is None
        return None if without_hub else invited(source)[0], bytes.fromhex(parcel) if parcel else None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInput("hub_invitation") from None


def verifier(hub: Hub, user: str, password: str) -> str:
    """What the server keeps of a password (SCRAM-SHA-256), made on this side of the wire."""
    made = hub.pgconn.encrypt_password(password.encode(), user.encode(), b"scram-sha-256")
    return made.decode()


def _parts(code: str) -> tuple[str, str]:
    letters = _letters(code)
    if len(letters) != _ID_LETTERS + _SECRET_LETTERS or not set(letters) <= set(LETTERS):
        raise BadInput("hub_code")
    return letters[:_ID_LETTERS].lower(), letters[_ID_LETTERS:]


def _letters(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum()).translate(LOOKALIKES)
