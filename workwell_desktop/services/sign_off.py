"""The end of a session: its chair reads back, locks and signs, at whoever's window the meeting was written down."""

from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import Session, SessionStatus
from workwell_desktop.errors import BadInput
from workwell_desktop.services import sessions, signing
from workwell_desktop.services.desk import Desk


def sign_off(desk: Desk, session: Id, passphrase: str) -> Id:
    """Locks the session and signs its minutes as its chair; gives the minutes in the register.

    ``passphrase`` is the chair's own on this computer, whoever sits at it; WrongPassphrase changes nothing.
    A session that is locked already is signed. Raises as ``lock_session`` and ``sign_minutes`` besides.
    """
    desk.allow(Act.READ, Session)
    with desk.read() as reader:
        found = reader.get(Session, session)
    if found.chair is None:
        raise BadInput("chair_missing")
    with desk.lent(found.chair, passphrase) as chair:
        if found.status is not SessionStatus.LOCKED:
            sessions.lock_session(chair, session)
        return signing.sign_minutes(chair, session, passphrase)
