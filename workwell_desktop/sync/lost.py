"""What a computer does that was lost, once it hears of it: by the hub's last word to it, or by what its records say."""

from workwell_desktop.errors import ComputerLost, HubTrouble
from workwell_desktop.store import Store
from workwell_desktop.store.exchange import lost as losing
from workwell_desktop.sync import standing
from workwell_desktop.sync.link import Link


def told(store: Store, link: Link) -> None:
    """The hub refuses this computer. Raises ComputerLost where an administrator's signed word says why, and everything
    about people is gone then; where the hub has no such word, or it does not count, nothing happens."""
    try:
        word = link.last_word()
    except HubTrouble:
        return
    if word is None or not losing.counts(store, *word):
        return
    losing.empty(store)
    standing.emptied(store)
    link.followed()
    raise ComputerLost from None


def by_the_records(store: Store) -> None:
    """Raises ComputerLost where the records that came say it, and everything about people is gone then."""
    if losing.is_lost(store):
        losing.empty(store)
        standing.emptied(store)
        raise ComputerLost
