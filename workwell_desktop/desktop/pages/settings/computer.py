"""This computer: where the store lies, a backup, proof that it is whole, and the recovery code."""

from functools import partial
from typing import Any

import shiboken6

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Clear,
    Columns,
    SummaryList,
    Words,
    column,
    long_day,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.settings.backups import BackupCard, breakable
from workwell_desktop.desktop.pages.settings.beside import BesideCard
from workwell_desktop.desktop.pages.settings.cards import ModuleCard
from workwell_desktop.desktop.pages.settings.escrow import EscrowCard
from workwell_desktop.desktop.pages.settings.recovery import RecoveryCard
from workwell_desktop.desktop.pages.settings.rescued import RescuedCard
from workwell_desktop.desktop.pages.settings.section import Section
from workwell_desktop.desktop.pages.settings.timestamps import TimestampCard
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Person
from workwell_desktop.services.safekeeping import backups, rescue, upkeep
from workwell_desktop.services.safekeeping.backups import BackupState
from workwell_desktop.services.safekeeping.rescue import Rescued
from workwell_desktop.services.safekeeping.upkeep import CameBack
from workwell_desktop.store import CheckReport


class ComputerSection(Section):
    """What is done for the store as a whole; nothing here leaves this computer by itself."""

    def show(self) -> None:
        self.page.run(
            lambda: (
                backups.state(self.desk),
                upkeep.came_back(self.desk),
                rescue.rescued(self.desk),
                upkeep.has_escrow_key(self.desk),
                upkeep.was_invited(self.desk),
            ),
            self._show,
        )

    def leave(self) -> None:
        """Nothing is typed here but a code that is being compared."""

    def _show(self, found: tuple[BackupState, CameBack | None, Rescued | None, bool, bool]) -> None:
        state, back, saved, escrow, invited = found
        left, right = Clear(), Clear()
        first, second = column(left, (0, 0, 0, 0), 10), column(right, (0, 0, 0, 0), 10)
        if saved is not None:
            first.addWidget(RescuedCard(saved, self.page.context.today()))
        first.addWidget(self._where(back if saved is None else None))
        first.addWidget(self._checking())
        may = self.desk.may(Act.MANAGE_PEOPLE, Person)
        first.addWidget(RecoveryCard(self.page, may=may))
        first.addWidget(EscrowCard(self.page, may=may, there=escrow))
        if invited:
            first.addWidget(BesideCard(self.page))
        first.addStretch(1)
        second.addWidget(BackupCard(self.page, state))
        second.addWidget(TimestampCard(self.page))
        second.addWidget(ModuleCard(self.page))
        second.addStretch(1)
        self.page.add(Columns([(left, 1), (right, 1)]))
        self.page.add_end()
        self.page.ready()

    def _where(self, back: CameBack | None) -> Card:
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
        if back is not None:
            day = long_day(back.at.astimezone(LONDON).date(), self.page.context.today())
            card.add(
                Words(text("settings.restored_whole" if back.whole else "settings.restored_broken", day=day), "note")
            )
        return card

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
        far = Words("", "note")
        self._result_box.addWidget(far)

        def show(done: int, total: int) -> None:
            if total and shiboken6.isValid(far):
                far.say(text("settings.rebuilding_at", percent=done * 100 // total))

        work: Any = partial(upkeep.rebuild, self.desk)
        self.page.context.operations.run(self.page, work, lambda _none: self._check(), self._check_failed, show)

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
