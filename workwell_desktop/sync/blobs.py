"""Papers, ink and forms on their way to the hub and back: in pieces, after the changes that name them."""

from workwell_desktop.errors import HubRefused, HubStopped
from workwell_desktop.store import Store
from workwell_desktop.sync.link import Link


def send_blobs(store: Store, link: Link) -> int:
    """Sends what the hub has not acknowledged; how many it holds now that it did not hold before.

    One that it does not take (a scope that this computer may write in no more) waits for another day.
    """
    waiting = store.unsent_blobs()
    if not waiting:
        return 0
    there = link.blobs(waiting)
    sent = 0
    for one in waiting:
        whole = (one.scope, one.sha256) in there
        if not whole:
            try:
                have = link.pieces(one)
                for piece in [piece for piece in range(one.pieces) if piece not in have] or [one.pieces - 1]:
                    whole = link.put_piece(one, piece, store.blob_piece(one.sha256, piece))
            except (HubRefused, HubStopped):
                continue
            sent += whole
        if whole:
            store.blob_acknowledged(one.scope, one.sha256)
    return sent


def fetch_blobs(store: Store, link: Link) -> tuple[int, int]:
    """Fetches what is referred to and not here; how many came, and how many are still not on this computer."""
    waiting = store.missing_blobs()
    there = link.blobs(waiting) if waiting else set()
    came: set[str] = set()
    for one in waiting:
        if one.sha256 in came or (one.scope, one.sha256) not in there:
            continue
        for piece in sorted(set(range(one.pieces)) - store.pieces_here(one.sha256)):
            data = link.piece(one, piece)
            if data is None:
                break
            if store.put_piece(one, piece, data):
                came.add(one.sha256)
                store.blob_acknowledged(one.scope, one.sha256)
    return len(came), len({one.sha256 for one in waiting} - came)
