"""A forgotten passphrase: the recovery code opens the store and gives the person a new one."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from workwell_desktop.desktop.faults import fault_words
from workwell_desktop.desktop.gate import Gate, GateFacts
from workwell_desktop.desktop.pages.opening.gate_page import GatePage
from workwell_desktop.desktop.widgets.buttons import filled, quiet
from workwell_desktop.desktop.widgets.fields import TextField
from workwell_desktop.desktop.widgets.group import Field
from workwell_desktop.desktop.widgets.layouts import row
from workwell_desktop.desktop.widgets.messages import Alert
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.desktop.widgets.words import Heading, Words
from workwell_desktop.domain.screen import text


class RecoverPage(GatePage):
    """``asked(code, person, passphrase)`` is answered with ``refused(error)``, or the page is left."""

    help_topic = "when-something-goes-wrong"

    asked = Signal(str, str, str)
    back = Signal()

    def __init__(self, gate: Gate, facts: GateFacts, person: str) -> None:
        super().__init__()
        self._gate, self._person = gate, person
        self._name = next((one.name for one in facts.people if one.id == person), "")
        self.show_left((text("unlock.support_for"), facts.partnership))
        self.card.add(Heading(text("unlock.recover_title"), "page"), Words(text("unlock.recover_words"), reading=True))
        if self._name:
            self.card.add(Words(text("unlock.recover_for", name=self._name), "label"))
        self._error: Alert | None = None
        self.code = Field(text("unlock.recover_code"), TextField(), hint=text("unlock.recover_hint"))
        self.first = Secret(text("unlock.recover_new"), text("unlock.passphrase_hint"))
        self.second = Secret(text("unlock.recover_again"))
        self.card.add(self.code, self.first, self.second)
        line = row(None, (0, 8, 0, 0), 12)
        self.button = filled(text("unlock.recover_open"), self._ask, "key-round")
        line.addWidget(self.button)
        line.addWidget(quiet(text("unlock.back"), self.back.emit, "arrow-left"))
        line.addStretch(1)
        self.card.body.addLayout(line)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.code.focus()

    def refused(self, error: Exception) -> None:
        """Says why above the button; what was typed stays."""
        self.button.setEnabled(True)
        self.code.show_error(fault_words(error))
        self.code.focus()

    def _ask(self) -> None:
        problem = self._gate.problem(self.first.value(), self._name)
        self.code.show_error("" if self.code.control.value() else text("first_run.code_missing"))
        self.first.show_error(problem or "")
        same = self.first.value() == self.second.value()
        self.second.show_error("" if same else text("first_run.not_the_same"))
        wrong = [field for field in (self.code, self.first, self.second) if field.wrong]
        if wrong:
            wrong[0].focus()
            return
        self.button.setEnabled(False)
        self.asked.emit(self.code.control.value(), self._person, self.first.value())
