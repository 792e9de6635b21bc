"""What a page is handed: the desk, the operations, the way to other pages, the look."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from workwell_desktop.domain.clock import Clock

if TYPE_CHECKING:
    from workwell_desktop.desktop.operations import Operations
    from workwell_desktop.desktop.shell.navigator import Navigator
    from workwell_desktop.desktop.syncing import Syncing
    from workwell_desktop.desktop.theme.theme import Theme
    from workwell_desktop.services.desk import Desk

Params = Mapping[str, str]
"""What a route is opened with: ids and names of parts, never health data."""


@dataclass(frozen=True)
class PageAct:
    """Something that can be done on the page in front: shown in a menu with its key, and found by Ctrl+K.

    ``menu`` is file, edit, go, participant or session.
    """

    words: str
    run: Callable[[], Any]
    key: str = ""
    menu: str = "participant"
    enabled: Callable[[], bool] = field(default=lambda: True)


class Frame(Protocol):
    """What a page may ask of the window around it."""

    def refresh_rail(self) -> None:
        """Reads counts and sync state again."""
        ...

    def open_window(self, widget: Any) -> None:
        """Shows a second window, such as the projector's, and closes it with this one."""
        ...

    def windows(self) -> tuple[Any, ...]:
        """The second windows that are open."""
        ...

    def rest_after(self, minutes: int | None) -> None:
        """The window locks itself after so many minutes without a key or a click; None is the person's usual time."""
        ...

    def acts_changed(self) -> None:
        """The page's ``acts()`` say something else now."""
        ...

    def hand_over(self, participant: str, response: str) -> None:
        """One form goes into the hands of the person it is about; nothing else is reached until it is given back."""
        ...


@dataclass(frozen=True)
class Context:
    """One for the time that somebody is signed in."""

    desk: "Desk"
    operations: "Operations"
    navigator: "Navigator"
    theme: "Theme"
    clock: Clock
    frame: Frame
    syncing: "Syncing | None" = None
    """Syncing in the background; None where there is no window around the page."""

    def today(self) -> date:
        """The calendar day in London."""
        return self.clock.today()
