"""Agenda, case and decision beside each other; where there is no room, one of them at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Clear, Tabs, row, text, theme
from workwell_desktop.desktop.pages.session.agenda_side import AgendaSide

_THREE_FROM = 1080
"""Client width over text scale from which the three stand beside each other."""
_WIDER = {"agenda": 304, "decision": 428}
"""On a wide screen, in pixels at 100 %."""
_NO_LIMIT = 16777215


class Panels(Clear):
    """``tabs`` chooses the part where one is shown at a time; ``changed`` comes when it was another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._agenda: AgendaSide | None = None
        self._parts: dict[str, QWidget] = {}
        codes = [(part, text(f"session.part.{part}")) for part in ("case", "agenda", "decision")]
        self.tabs = Tabs(codes, "case", name=text("session.parts"))
        self.tabs.chosen.connect(lambda _part: self.changed.emit())
        self._box = row(self, (0, 0, 0, 0), 0)

    def put(self, agenda: AgendaSide, case: QWidget, decision: QWidget) -> None:
        """The three, which have this as their parent already."""
        self._agenda = agenda
        self._parts = {"agenda": agenda, "case": case, "decision": decision}
        self._box.addWidget(agenda)
        self._box.addWidget(case, 1)
        self._box.addWidget(decision)

    def wide(self) -> bool:
        """Whether all three are in sight."""
        return self.window().width() / theme().scale.factor >= _THREE_FROM

    def arrange(self) -> None:
        """Shows what there is room for."""
        wide, chosen = self.wide(), self.tabs.value()
        self.tabs.setVisible(not wide)
        if self._agenda is not None:
            self._agenda.stand_alone(not wide)
        for name, panel in self._parts.items():
            panel.setVisible(wide or chosen == name)
            if name in _WIDER:
                width = theme().px(_WIDER[name]) if theme().scale.wide else theme().measure(name)
                panel.setMinimumWidth(width if wide else 0)
                panel.setMaximumWidth(width if wide else _NO_LIMIT)
