"""What each part of Settings is."""

from typing import TYPE_CHECKING

from workwell_desktop.desktop.pages.settings.saving import Saving

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.settings.page import SettingsPage


class Section:
    """Builds its part into the page; made anew each time its tab is chosen."""

    kinds: frozenset[str] = frozenset()
    """Kinds of records that it shows."""

    def __init__(self, page: "SettingsPage") -> None:
        self.page = page
        self.desk = page.context.desk
        self.saving = Saving(page)

    def show(self) -> None:
        """Reads and builds; ends with ``page.ready()``."""
        raise NotImplementedError

    def refresh(self) -> None:
        """One of ``kinds`` changed."""

    def typed(self) -> dict[str, str]:
        """What was typed into a form that is not saved field by field; never a passphrase."""
        return {}

    def type_again(self, typed: dict[str, str]) -> None:
        """The same person is back."""

    def leave(self) -> None:
        """What is being typed is saved."""
        self.saving.leave()
