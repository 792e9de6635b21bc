"""Backups: when the last one was, where they go, one more now, and a copy on another drive."""

import os
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Flow,
    Page,
    SummaryList,
    Words,
    moment_words,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.widgets.words import NO_WIDTH
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.services.safekeeping import backups, upkeep
from workwell_desktop.services.safekeeping.backups import BackupState
from workwell_desktop.store import BackupReport

_KILO = 1024


class BackupCard(Card):
    """Shows a state, and asks for the next one after each act."""

    def __init__(self, page: Page, state: BackupState) -> None:
        super().__init__(text("settings.backup"), gap=8)
        self._page, self._desk = page, page.context.desk
        self._may = self._desk.may(Act.BACKUP)
        self._show(state)

    def _show(self, state: BackupState) -> None:
        self.clear()
        if state.failed or state.late:
            # one bar: that none could be made is why the last one is old
            title = "failed" if state.failed else "late" if state.last else "none"
            why = text(f"errors.{state.failed}") if state.failed else text("settings.backup_late_note")
            self.add(Alert(text(f"settings.backup_{title}"), why, "due", icon_name="circle-alert"))
        self.add(Words(self._last_words(state.last)))
        lines = [(text("settings.backup_folder"), breakable(state.folder))]
        if state.files:
            count = text("settings.backup_count", count=len(state.files), size=size_words(state.size))
            lines.append((text("settings.backup_kept"), count))
        self.add(SummaryList(lines, ruled=True))
        if state.beside:
            self.add(Words(text("settings.backup_beside"), "note"))
        rule = self._desk.site.backups
        note = text("settings.backup_note", days=rule.days, weeks=rule.weeks, months=rule.months)
        self.add(Words(note, "note", "soft"))
        if not self._may:
            self.add(Words(text("settings.backup_asks"), "note"))
            return
        self._now = outlined(text("settings.backup_now"), self._ask_now, "save")
        held = Clear()
        ways = Flow(held, 10)
        ways.addWidget(self._now)
        ways.addWidget(quiet(text("settings.backup_choose"), self._ask_folder, "folder-open"))
        ways.addWidget(quiet(text("settings.backup_copy"), self._ask_copy, "copy"))
        self.add(held)

    def _last_words(self, last: datetime | None) -> str:
        if last is None:
            return text("settings.backup_never")
        when = moment_words(last.astimezone(LONDON), self._page.context.today())
        return text("settings.backup_last", when=when)

    def _ask_now(self) -> None:
        self._begin()
        self._page.run(lambda: backups.now(self._desk), self._made, self._failed)

    def _ask_copy(self) -> None:
        name = text("settings.backup_name", day=self._page.context.today().isoformat())
        file, _ = QFileDialog.getSaveFileName(self._page, text("settings.backup_to"), name, text("settings.backups"))
        if file:
            self._begin()
            self._page.run(lambda: upkeep.backup(self._desk, Path(file)), self._made, self._failed)

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._page, text("settings.backup_choose"))
        if folder:
            self._begin()
            self._page.run(lambda: backups.choose_folder(self._desk, Path(folder)), self._chosen, self._failed)

    def _begin(self) -> None:
        self._now.setEnabled(False)
        self._page.unsay()

    def _made(self, report: BackupReport) -> None:
        words = text("settings.backed_up_note", count=report.changes)
        self._page.say(Alert(text("settings.backed_up", file=report.file.name), words, "done"))
        self._again()

    def _chosen(self, state: BackupState) -> None:
        self._page.say(Alert("", text("settings.backup_chosen"), "done"))
        self._show(state)
        self._now.setFocus()

    def _failed(self, error: Exception) -> None:
        self._page.fail(error)
        self._again()

    def _again(self) -> None:
        def show(state: BackupState) -> None:
            self._show(state)
            if self._may:
                self._now.setFocus()

        self._page.run(lambda: backups.state(self._desk), show)


def size_words(size: int) -> str:
    """Bytes in the unit that people read: at least one kilobyte."""
    amount, unit = max(1.0, size / _KILO), "kilobytes"
    for larger in ("megabytes", "gigabytes"):
        if amount >= _KILO:
            amount, unit = amount / _KILO, larger
    return text(f"settings.size.{unit}", amount=f"{amount:.0f}" if amount >= 10 else f"{amount:.1f}")


def breakable(path: Path) -> str:
    """A path that may go on in the next line after each of its separators, so that a long one widens no page."""
    return str(path).replace(os.sep, f"{os.sep}{NO_WIDTH}")
