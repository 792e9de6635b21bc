"""The key of somebody who works here no more: taken away, with the new recovery code that comes of it."""

from collections.abc import Callable

from workwell_desktop.desktop.kit import Alert, Page, Words, text
from workwell_desktop.desktop.pages.settings.recovery import RecoveryCard
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import removal
from workwell_desktop.store import EscrowKey, RecoveryCode


class TheirKeyCard(RecoveryCard):
    """offer ──▶ everything moves into a new file ──▶ the new code ──▶ typed back ──▶ no key."""

    TITLE, NOTE, ACT = "settings.their_key", "settings.their_key_note", "settings.take_key"
    ICON = "lock"
    KEEP = "settings.key_keep"

    def __init__(self, page: Page, person: Id, *, has_key: bool, on_end: Callable[[], object]) -> None:
        self._person, self._has_key, self._on_end = person, has_key, on_end
        self._older: tuple[str, ...] = ()
        super().__init__(page, may=True)

    def _offer(self) -> None:
        super()._offer()
        if not self._has_key:
            self.clear()
            self.add(Words(text("settings.their_key_gone"), "note", "soft"))

    def _make(self) -> None:
        self._page.say(Alert("", text("settings.taking_key"), "info"))
        super()._make()

    def made(self) -> RecoveryCode:
        done = removal.remove(self._page.context.desk, self._person)
        self._older = tuple(file.name for file in done.older)
        return done.code

    def _show(self, code: RecoveryCode | EscrowKey) -> None:
        self._has_key = False
        self._page.unsay()
        super()._show(code)

    def ended(self) -> None:
        self._offer()
        older = text("settings.key_older", files=", ".join(self._older)) if self._older else ""
        note = older or text("settings.key_older_none")
        self._page.say(Alert(text("settings.key_taken"), note, "done"))
        self._on_end()
