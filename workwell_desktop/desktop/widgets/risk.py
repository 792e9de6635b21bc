"""The risk bar and the risk panel: they stay until a named person records what was done."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QSizePolicy

from workwell_desktop.desktop.theme.theme import theme
from workwell_desktop.desktop.widgets.buttons import risk_button
from workwell_desktop.desktop.widgets.choices import Check, Option
from workwell_desktop.desktop.widgets.layouts import column, row, rule
from workwell_desktop.desktop.widgets.messages import Alert
from workwell_desktop.desktop.widgets.words import Heading, IconMark, Words
from workwell_desktop.domain.screen import text


class RiskBar(Alert):
    """Who and why in words, with the red button. ``Alert`` so that a screen reader knows it as an alert."""

    def __init__(self, title: str, words: str, on_record: Callable[[], object], act: str = "") -> None:
        button = risk_button(act or text("parts.record_what_was_done"), on_record)
        super().__init__(title, words, "risk", act=button, title_kind="section")
        self.button = button


class RiskPanel(QFrame):
    """Stands beside the measure that gave the sign: what to ask, what can be done, and the red button."""

    def __init__(
        self,
        title: str,
        words: str,
        ask: Sequence[str],
        steps: Sequence[Option],
        on_record: Callable[[], object],
        note: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("part", "message")
        self.setProperty("tint", "risk")
        self.setAccessibleName(title)
        box = column(self, (16, 14, 16, 14), 8)
        head = row(None, (0, 0, 0, 0), 10)
        head.addWidget(IconMark("shield-alert", "risk", 24))
        head.addWidget(Heading(title, "section", "risk"), 1)
        box.addLayout(head)
        box.addWidget(Words(words, reading=True))
        if ask:
            box.addWidget(rule())
            box.addWidget(Words(text("parts.ask_about"), "label"))
            for line in ask:
                box.addWidget(Words(text("parts.bullet", words=line)))
        self.checks: dict[str, Check] = {}
        if steps:
            box.addWidget(rule())
            box.addWidget(Words(text("parts.what_you_can_do"), "label"))
            for code, line in steps:
                self.checks[code] = Check(line)
                box.addWidget(self.checks[code])
        self.button = risk_button(text("parts.record_what_was_done"), on_record)
        box.addWidget(self.button)
        box.addWidget(Words(note or text("parts.risk_stays"), "note", "risk"))
        box.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.restyle()

    def chosen(self) -> frozenset[str]:
        """The codes of what was ticked."""
        return frozenset(code for code, check in self.checks.items() if check.isChecked())

    def restyle(self) -> None:
        self.setMinimumWidth(theme().px(220))
