"""Service summary: numbers for a period and a team, as charts that are also tables, and as a file."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Clear,
    Columns,
    DateField,
    DropDown,
    Empty,
    Field,
    Page,
    PageAct,
    Params,
    Words,
    announce,
    column,
    date_words,
    filled,
    outlined,
    row,
    text,
)
from workwell_desktop.desktop.operations import Progress
from workwell_desktop.desktop.pages.person.measures import WholeTable
from workwell_desktop.desktop.pages.summary.cards import Cards
from workwell_desktop.desktop.pages.summary.periods import OWN, PRESETS, USUAL
from workwell_desktop.services.reporting import summary, summary_files
from workwell_desktop.services.reporting.summary_hiding import Shown
from workwell_desktop.services.reporting.summary_views import ALL, Summary

SLOW_MS = 400
"""After this long the page says how far the counting has come."""


class SummaryPage(Page):
    """Picture 09."""

    route = "summary"
    nav = "summary"
    help_topic = "summary"

    def build(self) -> None:
        self._found: Summary | None = None
        self._asked: tuple[date, date] | None = None
        self._as_tables = False
        self._team = ALL
        self._save = filled(text("summary.save"), self._choose_place, "download")
        self.set_title(text("summary.title"), "", self._save)
        presets = [(code, text(f"summary.preset.{code}")) for code in (*PRESETS, OWN)]
        self.preset = DropDown(presets, USUAL)
        self.teams = DropDown([(ALL, text("summary.all_teams"))], ALL)
        today = self.context.today()
        self.first = DateField(None, today=today)
        self.last = DateField(None, today=today)
        self.preset.done.connect(self._preset)
        self.teams.done.connect(self._choose_team)
        self._own = Clear()
        line = row(self._own, (0, 0, 0, 0), 12)
        self.days = (Field(text("summary.from"), self.first), Field(text("summary.to"), self.last))
        line.addWidget(Columns([(self.days[0], 1), (self.days[1], 1)]), 1)
        line.addWidget(outlined(text("summary.show"), self._own_days), 0, Qt.AlignmentFlag.AlignBottom)
        chooser = Card()
        chooser.add(
            Columns(
                [
                    (Field(text("summary.period_label"), self.preset), 1),
                    (Field(text("summary.team_label"), self.teams), 1),
                ]
            ),
            self._own,
        )
        self._own.hide()
        self.span = Words("", "note", "soft")
        chooser.add(self.span)
        self.add(chooser)
        self.counting = Words("", "note", "info")
        self.counting.hide()
        self.add(self.counting)
        holder = Clear()
        self._parts = column(holder, (0, 0, 0, 0), 10)
        self.add(holder)
        self.add_end()

    def enter(self, params: Params) -> None:
        self._preset()

    def changed(self, records: frozenset[Change]) -> None:
        if self._asked is not None and any(kind in _KINDS for kind, _record, _scope in records):
            self._ask(*self._asked)

    def first_focus(self) -> QWidget:
        return self.preset

    def acts(self) -> tuple[PageAct, ...]:
        words = text("summary.as_charts" if self._as_tables else "summary.as_tables")
        return (
            PageAct(words, self._turn, "Ctrl+T", menu="go"),
            PageAct(text("summary.save"), self._choose_place, "Ctrl+S", menu="file"),
        )

    def remember(self) -> dict[str, Any]:
        return {"preset": self.preset.value(), "tables": self._as_tables}

    def recall(self, memory: dict[str, Any]) -> None:
        if memory.get("preset") in PRESETS and memory["preset"] != self.preset.value():
            self.preset.set_value(memory["preset"])
            self._preset()
        if memory.get("tables") and not self._as_tables:
            self._turn()

    # Choosing

    def _preset(self) -> None:
        chosen = self.preset.value() or USUAL
        self._own.setVisible(chosen == OWN)
        if chosen == OWN:
            if self._asked is not None:
                self.first.set_day(self._asked[0])
                self.last.set_day(self._asked[1])
            return
        self._ask(*PRESETS[chosen](self.context.today()))

    def _own_days(self) -> None:
        first, last = self.first.day(), self.last.day()
        for field, day in zip(self.days, (first, last), strict=True):
            if field.check() and day is None:
                field.show_error(text("summary.day_missing"))
        if self.errors.show_fields(list(self.days)) and first is not None and last is not None:
            self._ask(first, last)

    def _choose_team(self) -> None:
        self._team = self.teams.value() or ALL
        self._show_parts()

    def _ask(self, first: date, last: date) -> None:
        self._asked = (first, last)
        self.unsay()
        watch = QElapsedTimer()
        watch.start()

        def progress(done: int, of: int) -> None:
            if watch.elapsed() >= SLOW_MS:
                self.counting.say(text("summary.counted", done=done, of=of))
                self.counting.show()

        def show(found: Summary) -> None:
            if self._asked == (first, last):
                self._show(found)

        def failed(error: Exception) -> None:
            self.counting.hide()
            self.fail(error)
            self.ready()

        desk = self.context.desk

        def count(tell: Progress) -> Summary:
            return summary.summarise(desk, first, last, tell)

        work: Any = count  # with progress, work is handed what it tells it by
        self.context.operations.run(self, work, show, failed, progress)

    # Showing

    def _show(self, found: Summary) -> None:
        self.counting.hide()
        self._found = found
        teams = [(code, name or text("summary.no_team")) for code, name in found.teams]
        shown = teams if len(teams) > 1 else []
        if self._team not in dict(shown):
            self._team = ALL
        self.teams.set_options([(ALL, text("summary.all_teams")), *shown], self._team)
        span = found.period
        self.span.say(text("summary.span", first=date_words(span.first), last=date_words(span.last)))
        self._show_parts()
        self.ready()

    def _show_parts(self) -> None:
        found = self._found
        while self._parts.count():
            item = self._parts.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if found is None:
            return
        people = found.people
        self._save.setEnabled(people.value != 0)
        if people.value == 0:
            self._parts.addWidget(
                Empty(
                    text("summary.none"),
                    text("summary.none_line"),
                    outlined(text("summary.none_act"), lambda: self.go("referral"), "plus"),
                    icon_name="chart-column",
                )
            )
            return
        if people.mark is Shown.FEW:
            self._parts.addWidget(
                Empty(text("summary.too_few"), text("summary.too_few_line"), icon_name="chart-column")
            )
            return
        if self._team != ALL and not found.tables["people"].by_team:
            self._parts.addWidget(Alert("", text("summary.no_team_shown"), "info"))
        for part in Cards(found, self._team, tables=self._as_tables).everything():
            self._parts.addWidget(part)

    def _turn(self) -> None:
        """Charts become tables and back; the focus goes to the first table."""
        self._as_tables = not self._as_tables
        self._show_parts()
        self.context.frame.acts_changed()
        announce(text("summary.as_tables" if self._as_tables else "summary.as_charts"), self)
        if self._as_tables:
            # what was added now comes into sight when the events that are waiting are done
            QTimer.singleShot(0, self, self._to_table)

    def _to_table(self) -> None:
        shown = [one for one in self.findChildren(WholeTable) if one.isVisible()]
        if shown:
            shown[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # The file

    def _choose_place(self) -> None:
        if self._asked is None or not self._save.isEnabled():
            return
        folder = QFileDialog.getExistingDirectory(self, text("summary.save_to"))
        if folder:
            self._write(Path(folder), *self._asked)

    def _write(self, folder: Path, first: date, last: date) -> None:
        self.unsay()
        self.run(
            lambda: summary_files.report(self.context.desk, first, last, folder), lambda _found: self._saved(folder)
        )

    def _saved(self, folder: Path) -> None:
        self.say(Alert(text("summary.saved", folder=folder.name), text("summary.saved_note"), "done"))


_KINDS = frozenset({"episode", "referral", "contact", "plan", "work_situation", "action", "obstacle", "team"})
"""Kinds whose change is worth counting again while the page is in front."""
