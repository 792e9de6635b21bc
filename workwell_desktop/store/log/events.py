"""Audit events: changes of a person's scope that set nothing, written once and never replaced."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import cbor2
from sqlalchemy import bindparam, select

from workwell_desktop.domain.papers import AuditEvent, AuditKind
from workwell_desktop.store.prepared import Cursor, Statement, inserted
from workwell_desktop.store.reading import projection

if TYPE_CHECKING:
    from workwell_desktop.store.log.changes import Change
    from workwell_desktop.store.log.ledger import StoredHead

QUARTER = 15 * 60 * 1000
"""Reads of one record by one person within one quarter of an hour (milliseconds) are one event."""

_LAST = 253_402_300_799_000
"""The last second of the year 9999 (milliseconds)."""

_ABOUT = 3
_E = projection.event
_INSERT = inserted(
    _E, "id", "person", "author", "lamport", "at", "kind", "participant", "record", "detail", ignore=True
)
_LATELY = Statement(
    select(_E.c.id)
    .where(
        _E.c.person == bindparam("person"),
        _E.c.at >= bindparam("since"),
        _E.c.at < bindparam("until"),
        _E.c.kind == AuditKind.OPENED.value,
        _E.c.participant.is_(bindparam("participant")),
        _E.c.record.is_(bindparam("record")),
    )
    .limit(1)
)


def encode_event(event: AuditEvent) -> bytes:
    """As it stands in the log."""
    return cbor2.dumps(["e", event.kind.value, event.participant, event.record, event.detail])


def enter_event(cursor: Cursor, heads: Sequence["StoredHead"], record: str, person: str) -> None:
    """Makes the row of an event; an event in words of a later version waits for that version."""
    cursor.many(_INSERT, [row for head in heads for row in _rows(head, head.value, record, person)])


def enter_events(cursor: Cursor, events: Sequence[tuple["Change", bytes | None]]) -> None:
    """As ``enter_event``, for the events of many records; each with its value."""
    rows = [row for change, value in events for row in _rows(change, value, change.record, change.scope)]
    cursor.many(_INSERT, rows)


def _rows(said: "StoredHead | Change", value: bytes | None, record: str, person: str) -> list[dict[str, Any]]:
    """None for an event in words of a later version, else one."""
    found = _read(value)
    if found is None:
        return []
    kind, participant, about, detail = found
    return [
        {
            "id": record,
            "person": person,
            "author": said.author,
            "lamport": said.lamport,
            "at": said.at,
            "kind": kind.value,
            "participant": participant,
            "record": about,
            "detail": detail,
        }
    ]


def read_lately(cursor: Cursor, person: str, event: AuditEvent, at: int) -> bool:
    """Whether this quarter of an hour (of ``at``, milliseconds) holds the same reading already."""
    since = at - at % QUARTER
    found = cursor.row(
        _LATELY,
        person=person,
        since=since,
        until=since + QUARTER,
        participant=event.participant,
        record=event.record,
    )
    return found is not None


def milliseconds(moment: datetime) -> int:
    """Since 1970, of an aware moment."""
    return round(moment.timestamp() * 1000)


def moment_of(at: int) -> datetime:
    """The counterpart, of a time as a device claimed it; one that no calendar has is the last that it has."""
    return datetime.fromtimestamp(min(at, _LAST) / 1000, UTC)


def _read(written: bytes | None) -> tuple[AuditKind, str | None, str | None, str | None] | None:
    try:
        letter, kind, *about = cbor2.loads(written or b"")
        if letter != "e" or len(about) != _ABOUT or not all(one is None or type(one) is str for one in about):
            return None
        participant, record, detail = about
        return AuditKind(kind), participant, record, detail
    except (cbor2.CBORDecodeError, TypeError, ValueError):
        return None
