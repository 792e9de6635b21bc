"""First run: begin a store, look around with made-up people, open a store that exists, or bring one back.

ways ──▶ about you ──▶ the recovery code (shown once) ──▶ the code typed back ──▶ Today
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from workwell_desktop.desktop.access import announce
from workwell_desktop.desktop.faults import fault_words
from workwell_desktop.desktop.gate import Begun, Gate, Invited, NewStore
from workwell_desktop.desktop.pages.opening.first_joining import Asking
from workwell_desktop.desktop.pages.opening.gate_page import GatePage
from workwell_desktop.desktop.shell.focus import first_control
from workwell_desktop.desktop.widgets.buttons import Button, filled, outlined, quiet
from workwell_desktop.desktop.widgets.choices import Check
from workwell_desktop.desktop.widgets.dropdown import DropDown
from workwell_desktop.desktop.widgets.fields import TextField
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.layouts import column, row
from workwell_desktop.desktop.widgets.messages import Alert, ErrorSummary
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.desktop.widgets.words import Heading, Words
from workwell_desktop.domain.people import REGISTERED, Profession
from workwell_desktop.domain.screen import text


class FirstRunPage(GatePage):
    """What it asks for is done by the program: ``begin``, ``demo``, ``open_store``, ``restore``; ``go_on`` at the
    end, when the recovery code was typed back."""

    help_topic = "first_run"

    begin = Signal(object)
    demo = Signal()
    open_store = Signal(object)
    restore = Signal(object, object)
    invitation = Signal(object, str)
    """Its file, and the code."""
    join = Signal(object)
    go_on = Signal(object)
    back = Signal()

    def __init__(self, gate: Gate, *, can_go_back: bool = False) -> None:
        super().__init__()
        self._gate, self._can_go_back = gate, can_go_back
        self._begun: Begun | None = None
        self._error: Alert | None = None
        self._buttons: list[Button] = []
        self.show_left((text("first_run.what_1"), text("first_run.what_2")))
        self.show_ways()

    # The steps

    def show_ways(self) -> None:
        """Five ways to begin."""
        self.foot_note.say(text("first_run.no_network"))
        self.begin_step(text("first_run.title"))
        self._way("first_run.new", "first_run.new_note", self.show_about, main=True, icon="plus")
        self._way("first_run.join", "first_run.join_note", self.show_joining, icon="users-round")
        self._way("first_run.demo", "first_run.demo_note", self._ask_demo, icon="users")
        self._way("first_run.open", "first_run.open_note", self._ask_open, icon="folder-open")
        self._way("first_run.restore", "first_run.restore_note", self._ask_restore, icon="history")
        if self._can_go_back:
            self.card.add_left(quiet(text("unlock.back"), self.back.emit, "arrow-left"))
        self.end_step()

    def show_about(self) -> None:
        """Who begins the store."""
        self.begin_step(text("first_run.about_title"))
        self.errors = ErrorSummary()
        self.partnership = Field(text("first_run.partnership"), TextField(), hint=text("first_run.partnership_hint"))
        areas = list(self._gate.areas())
        self.area = Field(
            text("first_run.area"), DropDown(areas, areas[0][0] if areas else None), hint=text("first_run.area_hint")
        )
        self.team = Field(text("first_run.team"), TextField(), hint=text("first_run.team_hint"))
        self.name = Field(text("first_run.name"), TextField(), hint=text("first_run.name_hint"))
        options = [(one.value, text(f"first_run.profession.{one.value}")) for one in Profession]
        self.profession = Field(text("first_run.profession_label"), DropDown(options, empty=True))
        self.number = Field(text("first_run.number"), TextField(width=240), hint=text("first_run.number_hint"))
        self.number.setVisible(False)
        self.profession.control.edited.connect(self._ask_number)
        self.first = Secret(text("first_run.passphrase"), text("unlock.passphrase_hint"))
        self.second = Secret(text("first_run.passphrase_again"))
        self.rehearsal = Check(text("first_run.rehearsal"))
        self.card.add(self.errors, self.partnership, self.area, self.team, self.name, self.profession, self.number)
        self.card.add(self.first, self.second, self.rehearsal)
        self.line(
            filled(text("first_run.make"), self._make, "lock"), quiet(text("unlock.back"), self.show_ways, "arrow-left")
        )
        self.end_step()

    def show_code(self, begun: Begun) -> None:
        """The recovery code, once."""
        self._begun = begun
        self.begin_step(text("first_run.code_title"))
        self.card.add(Words(text("first_run.code_words"), reading=True))
        groups = list(begun.code)
        half = (len(groups) + 1) // 2
        shown = QFrame()
        shown.setProperty("part", "quote")
        box = column(shown, (16, 12, 16, 12), 6)
        for part in (groups[:half], groups[half:]):
            box.addWidget(Words("    ".join(part), "heading", weight=500))
        shown.setAccessibleName(text("first_run.code_spoken", code=", ".join(" ".join(group) for group in groups)))
        self.card.add(shown)
        self.card.add(Alert(text("first_run.code_once"), text("first_run.code_keep"), "due"))
        self.line(filled(text("first_run.code_written"), self.show_typing, "arrow-right"))
        self.end_step()

    def show_typing(self) -> None:
        """The code is to be typed back before it is let go of."""
        self.begin_step(text("first_run.typing_title"))
        self.typed = Field(text("unlock.recover_code"), TextField(), hint=text("unlock.recover_hint"))
        self.card.add(Words(text("first_run.typing_words"), reading=True), self.typed)
        self.line(
            filled(text("first_run.finish"), self._finish, "check"),
            quiet(text("first_run.see_again"), self._see_again, "arrow-left"),
        )
        self.end_step()

    def problem(self, passphrase: str, name: str) -> str | None:
        """Why a new passphrase will not do."""
        return self._gate.problem(passphrase, name)

    def show_joining(self) -> None:
        """The invitation and its code."""
        self.foot_note.say(text("first_run.hub_alone"))
        self.asking = Asking(self)
        self.asking.show_invitation()

    def show_guests(self, found: Invited) -> None:
        """Who joins, and with which passphrase."""
        self.asking.show_guests(found)

    def show_far(self, count: int, _all: int) -> None:
        """How much of the first copy has come."""
        self.asking.show_far(count)

    def _fields(self) -> Sequence[Field]:
        asked = (self.partnership, self.area, self.team, self.name, self.profession)
        return (*asked, self.number, self.first, self.second)

    def refused(self, error: Exception) -> None:
        """Says what went wrong at the top of the card; what was typed stays."""
        self.busy(False)
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
        self._error = Alert("", fault_words(error), "risk", icon_name="circle-alert")
        self.card.body.insertWidget(1, self._error)
        self._error.say_aloud()

    # The parts

    def begin_step(self, title: str) -> None:
        self.card.clear()
        self._buttons = []
        self._error = None
        self._title = title
        self.card.add(Heading(title, "page"))

    def end_step(self) -> None:
        announce(self._title, self.card)
        # what was just put into the card comes in sight with the next turn of the loop, and can take the focus then
        QTimer.singleShot(0, self, self._focus_first)

    def _focus_first(self) -> None:
        target = first_control(self.card)
        if target is not None:
            target.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The first step is laid out before it is in sight, when nothing can take the focus."""
        super().showEvent(event)
        self._focus_first()

    def line(self, *buttons: Button) -> None:
        line = row(None, (0, 10, 0, 0), 12)
        for button in buttons:
            self._buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)
        self.card.body.addLayout(line)

    def _way(self, key: str, note: str, act: object, *, main: bool = False, icon: str) -> None:
        make = filled if main else outlined
        button = make(text(key), act, icon)  # type: ignore[arg-type]
        button.setAccessibleDescription(text(note))
        self._buttons.append(button)
        self.card.add_left(button)
        self.card.add(Words(text(note), "note", "soft"))

    def busy(self, busy: bool) -> None:
        for button in self._buttons:
            button.setEnabled(not busy)

    # What is asked for

    def _ask_number(self) -> None:
        code = self.profession.control.value()
        self.number.setVisible(code is not None and Profession(code) in REGISTERED)

    def _make(self) -> None:
        for field in (self.partnership, self.area, self.team, self.name, self.profession):
            field.show_error("" if field.control.value() else text("first_run.needed"))
        needs_number = not self.number.isHidden()
        missing = needs_number and not self.number.control.value()
        self.number.show_error(text("first_run.needed") if missing else "")
        problem = self._gate.problem(self.first.value(), self.name.control.value())
        self.first.show_error(problem or "")
        same = self.first.value() == self.second.value()
        self.second.show_error("" if same else text("first_run.not_the_same"))
        if not self.errors.show_fields(self._fields()):
            return
        self.busy(True)
        number = self.number.control.value() if needs_number else ""
        new = NewStore(
            self.partnership.control.value(),
            self.team.control.value(),
            self.name.control.value(),
            self.profession.control.value(),
            number,
            self.first.value(),
            self.rehearsal.value(),
            self.area.control.value(),
        )
        self.begin.emit(new)

    def _ask_demo(self) -> None:
        self.busy(True)
        self.demo.emit()

    def _ask_open(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, text("first_run.open"), "", text("first_run.stores"))
        if file:
            self.open_store.emit(Path(file))

    def _ask_restore(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, text("first_run.restore"), "", text("first_run.backups"))
        if not file:
            return
        target, _ = QFileDialog.getSaveFileName(self, text("first_run.restore_to"), "", text("first_run.stores"))
        if target:
            self.busy(True)
            self.restore.emit(Path(file), Path(target))

    def _see_again(self) -> None:
        if self._begun is not None:
            self.show_code(self._begun)

    def _finish(self) -> None:
        if self._begun is None:
            return
        if not self._begun.matches(self.typed.control.value()):
            self.typed.show_error(text("first_run.typing_wrong"))
            self.typed.focus()
            return
        begun, self._begun = self._begun, None
        self.go_on.emit(begun.desk)
