"""The partnership's escrow key: made, shown once and typed back, as the recovery code is."""

from workwell_desktop.desktop.kit import Page, Words, text
from workwell_desktop.desktop.pages.settings.recovery import RecoveryCard
from workwell_desktop.services.safekeeping import upkeep
from workwell_desktop.store import EscrowKey


class EscrowCard(RecoveryCard):
    """Says too whether there is one."""

    TITLE, NOTE, ASKS, ACT = (
        "settings.escrow",
        "settings.escrow_note",
        "settings.escrow_asks",
        "settings.escrow_make",
    )
    KEEP, DONE, DONE_NOTE = "settings.escrow_keep", "settings.escrow_done", "settings.escrow_done_note"
    LABEL, HINT = "settings.escrow", "settings.escrow_hint"

    def __init__(self, page: Page, *, may: bool, there: bool) -> None:
        self._there = there
        super().__init__(page, may=may)

    def _offer(self) -> None:
        super()._offer()
        self.body.insertWidget(1, Words(text("settings.escrow_there" if self._there else "settings.escrow_none")))

    def made(self) -> EscrowKey:
        made = upkeep.new_escrow_key(self._page.context.desk)
        self._there = True
        return made
