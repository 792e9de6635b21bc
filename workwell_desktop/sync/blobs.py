"""Papers, ink and forms on their way to the hub and back: in pieces, after the changes that name them."""

from workwell_desktop.errors import HubRefused, HubStopped
from workwell_desktop.store import Store
from workwell_desktop.store.blobs import Wanted
from workwell_desktop.sync import standing
from workwell_desktop.sync.link import Link

_OURS = "WW"
"""With this begins what the hub's own functions say of one paper."""


def send_blobs(store: Store, link: Link) -> int:
    """Sends what the hub has not acknowledged; how many it holds now that it did not hold before.

    One that it does not take (a scope that this computer may write in no more) waits for another day.
    """
    waiting = store.unsent_blobs()
    if not waiting:
        return 0
    sent = 0
    for one in _acknowledged(store, link, waiting):
        if _sent(store, link, one):
            # of a scope that this computer may read no more the hub takes what was written, and tells nothing
            standing.saw_papers(store, link.blobs([one]).values())
            store.blobs_acknowledged([(one.scope, one.sha256)])
            sent += 1
    return sent


def offer_again(store: Store, link: Link) -> None:
    """The hub lost papers that it had acknowledged: it is asked after all of them; what it lacks waits to be sent."""
    standing.forget_papers(store)
    _acknowledged(store, link, store.unsent_blobs())


def _acknowledged(store: Store, link: Link, waiting: list[Wanted]) -> list[Wanted]:
    """Writes down what of these the hub holds; those that it lacks."""
    there = link.blobs(waiting)
    standing.saw_papers(store, there.values())
    store.blobs_acknowledged([(one.scope, one.sha256) for one in waiting if (one.scope, one.sha256) in there])
    return [one for one in waiting if (one.scope, one.sha256) not in there]


def _sent(store: Store, link: Link, one: Wanted) -> bool:
    whole = False
    try:
        have = link.pieces(one)
        for piece in [piece for piece in range(one.pieces) if piece not in have] or [one.pieces - 1]:
            whole = link.put_piece(one, piece, store.blob_piece(one.sha256, piece))
    except HubRefused:
        return False
    except HubStopped as trouble:
        if str(trouble.params["state"]).startswith(_OURS):
            return False
        raise  # the line is gone, or the hub is: nobody is told that all went through
    return whole


def fetch_blobs(store: Store, link: Link) -> tuple[int, int]:
    """Fetches what is referred to and not here; how many came, and how many are still not on this computer."""
    waiting = store.missing_blobs()
    there = link.blobs(waiting) if waiting else {}
    standing.saw_papers(store, there.values())
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
                store.blobs_acknowledged([(one.scope, one.sha256)])
    return len(came), len({one.sha256 for one in waiting} - came)
