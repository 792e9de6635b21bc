"""The end of a session: its chair reads back, locks and signs, at whoever's window the meeting was written down.

Who was there may stand by the record afterwards, each with their own passphrase at the same window.
"""

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import AgendaItem, Session, SessionStatus
from workwell_desktop.errors import BadInput
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.meeting import room, sessions, signing_minutes


def sign_off(desk: Desk, session: Id, passphrase: str) -> Id:
    """Locks the session and signs its minutes as its chair; gives the minutes in the register.

    ``passphrase`` is the chair's own on this computer, whoever sits at it; WrongPassphrase changes nothing.
    A session that is locked already is signed. Raises as ``lock_session`` and ``sign_minutes`` besides.
    """
    desk.allow(Act.READ, Session)
    found, chair = _chaired(desk, session)
    with desk.lent(chair, passphrase) as theirs:
        if found.status is not SessionStatus.LOCKED:
            sessions.lock_session(theirs, session)
        return signing_minutes.sign_minutes(theirs, session, passphrase)


def sign_again(desk: Desk, session: Id, passphrase: str) -> Id:
    """The next version of the minutes, with the addenda and co-signatures that came since; as ``sign_off``."""
    desk.allow(Act.READ, Session)
    _found, chair = _chaired(desk, session)
    with desk.lent(chair, passphrase) as theirs:
        return signing_minutes.sign_minutes(theirs, session, passphrase, again=True)


def case_alone(desk: Desk, item: Id, passphrase: str) -> Id:
    """One case of the minutes as a paper of its own, signed by the chair with their passphrase; its register entry.

    Raises NotApproved for a case that goes by its number alone.
    """
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        line = reader.get(AgendaItem, item)
    if line.session is None:
        raise BadInput("not_found")
    _found, chair = _chaired(desk, line.session)
    with desk.lent(chair, passphrase) as theirs:
        return signing_minutes.sign_case(theirs, item, passphrase)


def cosign(desk: Desk, session: Id, person: Id, passphrase: str) -> Id:
    """Somebody who was there stands by the record at this window, with their own passphrase. Raises as ``room.cosign``
    and WrongPassphrase."""
    desk.allow(Act.READ, Session)
    with desk.lent(person, passphrase) as theirs:
        return room.cosign(theirs, session)


def _chaired(desk: Desk, session: Id) -> tuple[Session, Id]:
    with desk.read() as reader:
        found = reader.get(Session, session)
    if found.chair is None:
        raise BadInput("chair_missing")
    return found, found.chair
