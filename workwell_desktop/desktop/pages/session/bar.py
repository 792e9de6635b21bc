"""The bar over a session: which one, who is here and whether that is enough, what is saved, the clock, the end."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from workwell_desktop.desktop.kit import (
    Button,
    Clear,
    IconMark,
    Region,
    SessionTimer,
    Words,
    column,
    long_day,
    row,
    text,
    theme,
)
from workwell_desktop.desktop.widgets.layouts import spaced
from workwell_desktop.desktop.widgets.mark import Mark
from workwell_desktop.desktop.widgets.turning import Turning
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.sessions import SessionStatus
from workwell_desktop.services.meeting.quorum import QuorumView
from workwell_desktop.services.meeting.session_views import SessionView

_ONE_LINE_FROM = 1120


class SessionBar(Region):
    """Stands on the dark ground of the rail."""

    def __init__(self, leave: Callable[[], object], end: Callable[[], object], room: Callable[[], object]) -> None:
        super().__init__(text("session.bar"))
        self.setObjectName("folded")
        self._met = True
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        spaced(self._box, (18, 6, 16, 6), 14)
        left, right = Clear(), Clear()
        self._left = left
        first = row(left, (0, 0, 0, 0), 14)
        first.addWidget(Mark(28, on_rail=True), 0, Qt.AlignmentFlag.AlignVCenter)
        self.title = Words("", "label", "rail", wrap=False)
        self.place = Words("", "note", "rail_soft", wrap=False)
        first.addLayout(_two(self.title, self.place))
        first.addSpacing(theme().space(4))
        self.mark = IconMark("circle-check", "rail_text", 20)
        self.here = Words("", "label", "rail", wrap=False)
        self.missing = Words("", "note", "rail_soft")
        first.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addLayout(_two(self.here, self.missing))
        first.addStretch(1)
        self._second = Turning(right, 10)
        told, acts = row(None, (0, 0, 0, 0), 10), row(None, (0, 0, 0, 0), 10)
        acts.addStretch(1)
        self._second.addLayout(told, 1)
        self._second.addLayout(acts)
        self.saved = Words("", "note", "rail_soft")
        told.addWidget(self.saved, 1, Qt.AlignmentFlag.AlignVCenter)
        self.timer = SessionTimer()
        told.addWidget(self.timer, 0, Qt.AlignmentFlag.AlignVCenter)
        self.leave = Button(text("session.leave"), leave, kind="bar", icon_name="arrow-left")
        self.room = Button(text("projector.bar.off"), room, kind="bar", icon_name="monitor")
        self.end = Button(text("session.end"), end, kind="bar", icon_name="log-out")
        for act in (self.leave, self.room, self.end):
            acts.addWidget(act)
        self._box.addWidget(left, 1)
        self._box.addWidget(right)

    def show_session(self, view: SessionView, today: date) -> None:
        """Which session, and who is here."""
        day = long_day(view.starts_at.astimezone(LONDON).date(), today)
        self.title.say(text("session.title", day=day))
        self.place.say(". ".join(part for part in (view.team_name, view.place or "") if part))
        self.show_quorum(view.quorum, planned=view.status is SessionStatus.PLANNED)

    def show_quorum(self, view: QuorumView, *, planned: bool = False) -> None:
        """7 of 9 here, quorum met; or what is missing, in words."""
        self._met = view.met
        key = "session.quorum_met" if view.met else "session.quorum_not_met"
        if planned:
            key = "session.quorum_expected" if view.met else "session.quorum_not_expected"
        words = text(key, here=view.here, invited=view.invited)
        if words != self.here.plain():
            self.here.say(words)
            self.here.setAccessibleName(words)
        self.mark.show_icon("circle-check" if view.met else "triangle-alert", "rail_text" if view.met else "marigold")
        sent = text("session.apologies_count", count=view.apologies) if view.apologies else ""
        self.missing.say(sent if view.met else lacking_words(view))
        self._turn()

    def say_saved(self, words: str) -> None:
        """When it was saved last; an empty text while something is not."""
        self.saved.say(words)
        self._turn()

    def show_room(self, state: str) -> None:
        """``off``, ``resting``, ``unnamed`` or ``named``."""
        self.room.say(text(f"projector.bar.{state}"))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def restyle(self) -> None:
        self.setMinimumHeight(theme().measure("session_bar"))
        self._turn()

    def _turn(self) -> None:
        # "Saved on this computer, 10:42am" in two lines: a third would push the whole page down
        self.saved.setMinimumWidth(theme().px(104) if self.saved.plain() else 0)
        wide = self.width() / theme().scale.factor >= _ONE_LINE_FROM
        for extra in (self.place, self.leave):
            extra.setVisible(wide)
        for words in (self.title, self.here):
            words.wrap(not wide)
        self.missing.setVisible(bool(self.missing.plain()) and (wide or not self._met))
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(across if wide else down)
        if wide:
            # where the words are long the way back, which the menu and a key know too, makes room for them
            need = self._left.minimumSizeHint().width() + self._second.beside() + theme().space(58)
            self.leave.setVisible(need <= self.width())
            need -= self.leave.sizeHint().width() + theme().space(10)
            self._box.setDirection(across if need <= self.width() else down)


def lacking_words(view: QuorumView) -> str:
    """What the meeting still needs before it may decide more than information."""
    return text("session.lacking", what=", ".join(text(f"session.lacks.{code}") for code in view.lacking))


def _two(first: Words, second: Words) -> QBoxLayout:
    lines = column(None, (0, 0, 0, 0), 0)
    lines.addWidget(first)
    lines.addWidget(second)
    return lines
