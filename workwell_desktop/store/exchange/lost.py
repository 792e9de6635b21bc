"""A computer that was lost: whose word on that counts, and everything about people going from it.

    an administrator's signed change, device.lost ──by hub, which tells it nothing else · by file──▶ cases, teams, own
    events, papers, drafts and backups go; names of staff stay, so that whoever finds it can be told whose it is

Nobody but an administrator makes it happen: the hub's own word is not enough.
"""

from sqlalchemy import bindparam, func, select

from workwell_desktop.domain.people import Device
from workwell_desktop.domain.records import Id, kind_of
from workwell_desktop.store.exchange.entitled import rights_of
from workwell_desktop.store.exchange.intake import keys_of
from workwell_desktop.store.log import fields, tables
from workwell_desktop.store.log.changes import Change
from workwell_desktop.store.prepared import Statement
from workwell_desktop.store.safekeeping import keeping
from workwell_desktop.store.slots import load
from workwell_desktop.store.store import Store

_LOST = "lost"
_C, _R = tables.change, tables.receipt
_UNSENT = Statement(
    select(_C.c.n)
    .select_from(_C.outerjoin(_R, (_R.c.scope == _C.c.scope) & (_R.c.incarnation == _C.c.incarnation)))
    .where(
        _C.c.kind == kind_of(Device),
        _C.c.record == bindparam("device"),
        _C.c.field == _LOST,
        _C.c.number > func.coalesce(_R.c.number, 0),
    )
    .limit(1)
)


def is_lost(store: Store) -> bool:
    """Whether the records that are here say so of this computer."""
    with store.read() as reader:
        found = reader.find(Device, Id(store.device))
    return found is not None and found.lost is not None


def counts(store: Store, header: bytes, signature: bytes, salt: bytes, value: bytes) -> bool:
    """Whether a change that nobody vouches for but its signature says, by the word of an administrator whom this
    computer knows, that it was lost."""
    try:
        change = Change.read(header, signature)
    except ValueError:
        return False
    with store._reads() as cursor:
        signed = any(change.signed_by(key) for key in keys_of(cursor).get(change.author, ()))
        may = rights_of(cursor, (change,)).administers(change.author, change)
    about = (change.kind, change.record, change.field) == (kind_of(Device), store.device, _LOST)
    return about and signed and may and change.seals(salt, value) and fields.content(value) is not None


def empty(store: Store) -> None:
    """Takes everything about people off this computer, backups and free pages too. Again does no harm."""
    with store.read() as reader:
        ours = reader.partnership()
    store.purge(store.scopes() - {ours or ""})
    name, kept = load(store.path).store, store.settings
    for folder in keeping.folders(store.path, kept.get(keeping.FOLDER_KEY), kept.get(keeping.FORMER_KEY, ())):
        keeping.remove(one.file for one in keeping.listed(folder, name))
        keeping.remove(keeping.cut_short(folder, name))
    store.tidy_later()
    store.tidy()


def waits_for_the_hub(store: Store, device: Id) -> bool:
    """Whether the hub has not taken yet what was said of a computer."""
    with store._reads() as cursor:
        return cursor.row(_UNSENT, device=device) is not None
