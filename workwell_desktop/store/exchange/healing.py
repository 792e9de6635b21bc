"""Two laptops that write as one: a copied folder, or a disk image that was put back beside the laptop it came from.

Whoever the hub hears second is a laptop of its own from then on: what the hub did not take there is written again, by
the same person, as a new incarnation, and what the other one wrote in its place is taken in. Nothing is lost on either
side; a field that both set apart is a question for a person, as ever.

    ours: 1 2 3 a b        hub: 1 2 3 x y        ──▶  old stream: 1 2 3 x y   new stream: a' b'
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from workwell_desktop.store import computer
from workwell_desktop.store.exchange.arrival import Stream
from workwell_desktop.store.exchange.purging import numbers_again
from workwell_desktop.store.identity import Identity
from workwell_desktop.store.log.changes import Place, make
from workwell_desktop.store.log.ledger import Ledger
from workwell_desktop.store.log.streams import cut_off, tail_of
from workwell_desktop.store.prepared import Cursor
from workwell_desktop.store.reading.rebuild import rebuild

_START = "0" * 64


def heal(
    connection: Connection, identity: Identity, forked: Mapping[Stream, int], incarnation: str, lamport: int, now: int
) -> int | None:
    """Writes what stands from these numbers on anew, in streams of ``incarnation``; the highest Lamport counter then.

    None, with nothing done, where it is not this person's alone to sign again, or something signed names it.
    """
    cursor = Cursor(connection)
    rows = [row for (scope, known), number in forked.items() for row in tail_of(cursor, scope, known, number)]
    rows.sort(key=lambda row: row[0])
    old = {change.id for _n, change, _salt, _value in rows}
    named = any(one.encode() in value for *_rest, value in rows if value is not None for one in old)
    if not rows or named or any(change.author != identity.person or value is None for _n, change, _s, value in rows):
        return None
    cut_off(cursor, rows)
    numbers_again(cursor)
    ledger, again, tips = Ledger(cursor), dict[str, str](), dict[str, tuple[int, str]]()
    for _n, change, salt, value in rows:
        number, tip = tips.get(change.scope, (0, _START))
        lamport += 1
        place = Place(identity.person, identity.device, incarnation, number + 1, tip, lamport, change.at)
        written = make(
            place,
            kind=change.kind,
            record=change.record,
            scope=change.scope,
            field=change.field,
            replaces=tuple(again.get(one, one) for one in change.replaces),
            salt=salt,
            value=value,
            key=identity.changes_key,
        )
        ledger.append(written, now, (salt, value))
        again[change.id] = written.id
        tips[change.scope] = (number + 1, written.id)
    computer.set_own(cursor, "incarnation", incarnation.encode())
    rebuild(connection)
    return lamport
