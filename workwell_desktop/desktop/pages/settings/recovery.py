"""A new recovery code: shown once, and typed back from paper before the page lets go of it."""

from PySide6.QtWidgets import QFrame

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Field,
    Page,
    TextField,
    Words,
    column,
    filled,
    outlined,
    quiet,
    text,
)
from workwell_desktop.services.safekeeping import upkeep
from workwell_desktop.store import EscrowKey, RecoveryCode

_IN_A_LINE = 4
"""Groups of letters."""


class RecoveryCard(Card):
    """offer ──▶ the code ──▶ typed back ──▶ done. Leaving the page forgets the code; it still opens the store."""

    TITLE, NOTE, ASKS, ACT = (
        "settings.recovery",
        "settings.recovery_note",
        "settings.recovery_asks",
        "settings.recovery_make",
    )
    ICON = "key-round"
    LABEL, HINT = "unlock.recover_code", "unlock.recover_hint"
    KEEP, DONE, DONE_NOTE = "settings.recovery_keep", "settings.recovery_done", "settings.recovery_done_note"

    def __init__(self, page: Page, *, may: bool) -> None:
        super().__init__(text(self.TITLE), gap=8)
        self._page, self._may = page, may
        self._code: RecoveryCode | EscrowKey | None = None
        self._offer()

    def _offer(self) -> None:
        self.clear()
        self._code = None
        self.add(Words(text(self.NOTE), "note", "soft"))
        if not self._may:
            self.add(Words(text(self.ASKS), "note"))
            return
        self._button = outlined(text(self.ACT), self._make, self.ICON)
        self.add_left(self._button)

    def _make(self) -> None:
        self._button.setEnabled(False)

        def failed(error: Exception) -> None:
            self._button.setEnabled(True)
            self._page.fail(error)

        self._page.run(self.made, self._show, failed)

    def made(self) -> RecoveryCode | EscrowKey:
        """The new code; runs on the store's thread."""
        return upkeep.new_recovery_code(self._page.context.desk)

    def _show(self, code: RecoveryCode | EscrowKey) -> None:
        self.clear()
        self._code = code
        shown = QFrame()
        shown.setProperty("part", "quote")
        box = column(shown, (16, 12, 16, 12), 6)
        groups = list(code.groups)
        for at in range(0, len(groups), _IN_A_LINE):
            box.addWidget(Words("    ".join(groups[at : at + _IN_A_LINE]), "section", weight=500))
        shown.setAccessibleName(text("first_run.code_spoken", code=", ".join(" ".join(group) for group in groups)))
        self.add(shown, Alert(text("first_run.code_once"), text(self.KEEP), "due"))
        button = filled(text("first_run.code_written"), self._ask, "arrow-right")
        self.add_left(button)
        button.setFocus()

    def _ask(self) -> None:
        self.clear()
        self._typed = Field(text(self.LABEL), TextField(), hint=text(self.HINT))
        self.add(Words(text("first_run.typing_words")), self._typed)
        self.add_left(filled(text("settings.recovery_compare"), self._compare, "check"))
        self.add_left(quiet(text("first_run.see_again"), self._see_again, "arrow-left"))
        self._typed.focus()

    def _see_again(self) -> None:
        if self._code is not None:
            self._show(self._code)

    def _compare(self) -> None:
        if self._code is None or not self._code.matches(self._typed.control.value()):
            self._typed.show_error(text("first_run.typing_wrong"))
            self._typed.focus()
            return
        self.ended()

    def ended(self) -> None:
        """The paper is right."""
        self._offer()
        self._page.say(Alert(text(self.DONE), text(self.DONE_NOTE), "done"))
