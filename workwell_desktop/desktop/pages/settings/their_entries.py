"""Saving everything that one of ours wrote: for who left, asks for their own data, or is asked about it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import Alert, Button, Page, outlined, text
from workwell_desktop.domain.records import Id
from workwell_desktop.services.safekeeping import own_entries


def entries_button(page: Page, person: Id, name: str) -> tuple[Button, ...]:
    """Asks for a place and writes the table there; nothing where whoever looks may not."""
    desk = page.context.desk
    if not own_entries.may_save(desk, person):
        return ()

    def ask() -> None:
        title, kinds = text("settings.their_entries_of", name=name), text("retention.mine_kind")
        chosen, _kind = QFileDialog.getSaveFileName(page, title, text("settings.their_entries_file"), kinds)
        if chosen:
            page.run(lambda: own_entries.save(desk, Path(chosen), person), saved, page.fail)

    def saved(count: int) -> None:
        said, line = text("retention.mine_saved", count=count), text("settings.their_entries_line", name=name)
        page.say(Alert(said, line, "done", on_close=page.unsay))

    return (outlined(text("settings.their_entries"), ask, "save"),)
