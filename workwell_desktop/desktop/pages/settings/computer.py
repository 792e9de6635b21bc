"""This computer: where the store lies, a backup, proof that it is whole, and the recovery code."""

import os
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Columns,
    SummaryList,
    Words,
    column,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.settings.recovery import RecoveryCard
from workwell_desktop.desktop.pages.settings.section import Section
from workwell_desktop.desktop.pages.settings.timestamps import TimestampCard
from workwell_desktop.desktop.widgets.words import NO_WIDTH
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Person
from workwell_desktop.services.safekeeping import upkeep
from workwell_desktop.store import BackupReport, CheckReport


class ComputerSection(Section):
    """What is done for the store as a whole; nothing here leaves this computer by itself."""

    def show(self) -> None:
        self.page.run(lambda: upkeep.last_backup(self.desk), self._show)

    def leave(self) -> None:
        """Nothing is typed here but a code that is being compared."""

    def _show(self, last: datetime | None) -> None:
        left, right = Clear(), Clear()
        first, second = column(left, (0, 0, 0, 0), 10), column(right, (0, 0, 0, 0), 10)
        first.addWidget(self._where())
        first.addWidget(self._checking())
        first.addStretch(1)
        second.addWidget(self._backup(last))
        second.addWidget(TimestampCard(self.page))
        second.addWidget(RecoveryCard(self.page, may=self.desk.may(Act.MANAGE_PEOPLE, Person)))
        second.addStretch(1)
        self.page.add(Columns([(left, 1), (right, 1)]))
        self.page.add_end()
        self.page.ready()

    def _where(self) -> Card:
        card = Card(text("settings.store"))
        minutes = self.desk.site.pace.lock_after_minutes
        card.add(
            SummaryList(
                [
                    (text("settings.store_file"), breakable(self.desk.store.path)),
                    (text("settings.store_sealed"), text("settings.store_sealed_words")),
                    (text("settings.store_locks"), text("settings.minutes", count=minutes)),
                ],
                ruled=True,
            )
        )
        return card

    # Backup

    def _backup(self, last: datetime | None) -> Card:
        card = Card(text("settings.backup"), gap=8)
        self._last = Words("")
        self._say_last(last)
        card.add(self._last, Words(text("settings.backup_note"), "note", "soft"))
        if self.desk.may(Act.BACKUP):
            self._backup_button = outlined(text("settings.backup_now"), self._ask_backup, "save")
            card.add_left(self._backup_button)
        else:
            card.add(Words(text("settings.backup_asks"), "note"))
        return card

    def _say_last(self, last: datetime | None) -> None:
        if last is None:
            self._last.say(text("settings.backup_never"))
            return
        when = moment_words(last.astimezone(LONDON), self.page.context.today())
        self._last.say(text("settings.backup_last", when=when))

    def _ask_backup(self) -> None:
        name = text("settings.backup_name", day=self.page.context.today().isoformat())
        file, _ = QFileDialog.getSaveFileName(self.page, text("settings.backup_to"), name, text("settings.backups"))
        if not file:
            return
        self._backup_button.setEnabled(False)
        self.page.unsay()
        self.page.run(lambda: upkeep.backup(self.desk, Path(file)), self._backed_up, self._backup_failed)

    def _backed_up(self, report: BackupReport) -> None:
        self._backup_button.setEnabled(True)
        self._say_last(self.page.context.clock.now())
        words = text("settings.backed_up_note", count=report.changes)
        self.page.say(Alert(text("settings.backed_up", file=report.file.name), words, "done"))

    def _backup_failed(self, error: Exception) -> None:
        self._backup_button.setEnabled(True)
        self.page.fail(error)

    # Check

    def _checking(self) -> Card:
        card = Card(text("settings.check"), gap=8)
        card.add(Words(text("settings.check_note"), "note", "soft"))
        self._result = Clear()
        self._result_box = column(self._result, (0, 0, 0, 0), 6)
        if self.desk.may(Act.VERIFY_STORE):
            self._check_button = outlined(text("settings.check_now"), self._check, "shield")
            card.add_left(self._check_button)
        else:
            card.add(Words(text("settings.check_asks"), "note"))
        card.add(self._result)
        return card

    def _check(self) -> None:
        self._check_button.setEnabled(False)
        self._say_result(Alert("", text("settings.checking"), "info"))
        self.page.run(lambda: upkeep.check(self.desk), self._checked, self._check_failed)

    def _checked(self, report: CheckReport) -> None:
        self._check_button.setEnabled(True)
        if report.ok:
            words = text("settings.whole_note", changes=report.changes, count=report.participants)
            self._say_result(Alert(text("settings.whole"), words, "done"))
            return
        alerts = [Alert(text("settings.not_whole", count=len(report.problems)), "", "risk", icon_name="circle-alert")]
        for code in dict.fromkeys(problem.code for problem in report.problems):
            act = outlined(text("settings.rebuild"), self._rebuild) if code == "table" else None
            alerts.append(Alert("", text(f"store.problem.{code}"), "due", act=act))
        self._say_result(*alerts)

    def _check_failed(self, error: Exception) -> None:
        self._check_button.setEnabled(True)
        self._say_result()
        self.page.fail(error)

    def _rebuild(self) -> None:
        self._check_button.setEnabled(False)
        self._say_result(Alert("", text("settings.rebuilding"), "info"))
        self.page.run(lambda: upkeep.rebuild(self.desk), lambda _done: self._check(), self._check_failed)

    def _say_result(self, *alerts: Alert) -> None:
        while self._result_box.count():
            item = self._result_box.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in alerts:
            self._result_box.addWidget(one)
        for one in alerts[:1]:
            one.say_aloud()


def breakable(path: Path) -> str:
    """A path that may go on in the next line after each of its separators, so that a long one widens no page."""
    return str(path).replace(os.sep, f"{os.sep}{NO_WIDTH}")
