"""Under the actions: changes at work that others asked for who meet the same obstacle, and the way to all of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from workwell_desktop.desktop.kit import Button, IconMark, Words, row, safe, text
from workwell_desktop.domain.records import Id
from workwell_desktop.services.planning.plan_views import ChangeTip


class TipBar(QFrame):
    """Says what fits the obstacle whose fields hold the focus; ``on_look`` is handed that obstacle."""

    def __init__(self, on_look: Callable[[Id], Any]) -> None:
        self._shown: Id | None = None
        super().__init__()
        self._tips: dict[Id, ChangeTip] = {}
        self._places: Mapping[Id, QWidget] = {}
        self._on_look = on_look
        self.setProperty("part", "message")
        self.setProperty("tint", "info")
        box = row(self, (13, 5, 14, 5), 11)
        box.addWidget(IconMark("lightbulb", "info", 20))
        self._words = Words("", "note", "info", rich=True)
        box.addWidget(self._words, 1)
        box.addWidget(Button(text("plan.tip_look"), self._look, kind="link"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def show_tips(self, tips: Sequence[ChangeTip], order: Sequence[Id], places: Mapping[Id, QWidget]) -> None:
        """``order`` are obstacles, the one to begin with first; ``places`` what holds the fields of each."""
        self._tips = {one.obstacle: one for one in tips}
        self._places = places
        first = next((one for one in order if one in self._tips), None)
        if first is not None:
            self._show(first)
            self._focus_moved(None, QApplication.focusWidget())

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        for obstacle, place in self._places.items():
            if obstacle in self._tips and shiboken6.isValid(place) and place.isAncestorOf(now):
                self._show(obstacle)
                return

    def _show(self, obstacle: Id) -> None:
        tip = self._tips[obstacle]
        self._shown = obstacle
        changes = ", ".join(f"<b>{safe(each)}</b>" for each in tip.changes)
        key = "plan.tip_asked" if tip.asked else "plan.tip_may_help"
        self._words.say(text(key, obstacle=safe(tip.text), changes=changes))
        self._appear()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ParentChange:
            self._appear()
        return super().event(event)

    def _appear(self) -> None:
        """Only within the page: by itself it would come up as a window and take the focus."""
        if self._shown is not None and self.parentWidget() is not None:
            self.show()

    def _look(self) -> None:
        if self._shown is not None:
            self._on_look(self._shown)


__all__ = ["TipBar"]
