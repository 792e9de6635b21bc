"""What stands before the pages: whom a store knows, opening it, making one. Told as plain data, so that nothing slow
is imported before the first page is painted; ``app`` hands in the functions behind it.

Named tuples, as in all that the first paint waits for: to make a dataclass takes Python four times as long.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from workwell_desktop.services.desk import Desk


class GatePerson(NamedTuple):
    """One name to choose. ``profession`` is in words; ``opened`` is None for somebody who never unlocked here."""

    id: str
    name: str
    profession: str
    opened: datetime | None = None


class GateFacts(NamedTuple):
    """What may be shown without a key: nobody's record. ``only_here`` and ``synced`` are sentences, or empty."""

    partnership: str
    people: Sequence[GatePerson]
    rehearsal: bool = False
    only_here: str = ""
    synced: str = ""
    offline: bool = False
    lock_minutes: int = 10
    last_person: str = ""


class NewStore(NamedTuple):
    """What the first page asks for to begin a store. ``profession`` is a code of ``domain.people.Profession``."""

    partnership: str
    team: str
    name: str
    profession: str
    registration_number: str
    passphrase: str
    rehearsal: bool = False
    site: str = "generic"
    """The code of the site pack that the store begins with."""

    def __repr__(self) -> str:
        """Without the passphrase."""
        return "NewStore"


class Begun(NamedTuple):
    """A store that was made. The recovery code is shown once and must be typed back."""

    desk: "Desk"
    code: Sequence[str]
    """The groups of letters, as they are printed."""
    matches: Callable[[str], bool]

    def __repr__(self) -> str:
        """Without the code."""
        return "Begun"


class Guest(NamedTuple):
    """Somebody whom an invitation names. ``chooses`` a passphrase here; ``brings`` the file of keys of their other
    computer."""

    id: str
    name: str
    chooses: bool
    brings: bool


class Invited(NamedTuple):
    """What an invitation says once its code has opened it. ``by_hub`` is False where the first copy is a file."""

    partnership: str
    guests: Sequence[Guest]
    by_hub: bool


class Join(NamedTuple):
    """What joining asks for. ``keys`` and ``first_copy`` are files, where they are needed."""

    invitation: Path
    code: str
    person: str
    passphrase: str
    keys: Path | None = None
    first_copy: Path | None = None

    def __repr__(self) -> str:
        """Without code and passphrase."""
        return "Join"


class Gate(Protocol):
    """Handed in by ``app``. All but ``facts`` and ``problem`` may take long and run on the store's thread."""

    def facts(self) -> GateFacts | None:
        """The store that was used last; None when there is none yet. Reads one small file."""
        ...

    def language(self) -> str:
        """What this computer spoke last (BCP 47), for the pages that stand before anybody is signed in."""
        ...

    def spoken(self, language: str) -> None:
        """Somebody has signed in who reads it."""
        ...

    def preload(self) -> None:
        """Imports what unlocking and Today need; runs on a thread of its own once the page is painted."""
        ...

    def problem(self, passphrase: str, name: str) -> str | None:
        """Why a new passphrase will not do, as a sentence."""
        ...

    def areas(self) -> Sequence[tuple[str, str]]:
        """Code and name of every site pack that a store may begin with; the one for any area stands first."""
        ...

    def unlock(self, person: str, passphrase: str) -> "Desk":
        """Opens the store; one that is open is closed before, whoever worked in it."""
        ...

    def close(self) -> None:
        """Closes the store, where one is open; its keys go with it."""
        ...

    def rescue(self, person: str, passphrase: str) -> "Desk":
        """Saves what can be read of a damaged store into a new one beside it, which is the one that is used then."""
        ...

    def recover(self, code: str, person: str, passphrase: str) -> "Desk":
        """Opens with the recovery code and gives the person a new passphrase."""
        ...

    def create(self, new: NewStore) -> Begun:
        """Makes a store with its first person."""
        ...

    def demo(self) -> "Desk":
        """Makes a rehearsal store with made-up people and opens it."""
        ...

    def invited(self, invitation: Path, code: str) -> Invited:
        """Whom an invitation is for."""
        ...

    def join(self, told: Join, progress: Callable[[int, int], None]) -> Begun:
        """Makes the store of a new computer of a partnership; ``progress`` is told how many changes have come."""
        ...

    def choose(self, path: Path) -> GateFacts:
        """Another store becomes the one that is used."""
        ...

    def restore(self, backup: Path, path: Path) -> GateFacts:
        """A store comes back from a backup file into ``path``."""
        ...
