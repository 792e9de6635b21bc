"""The agenda at the left: numbers, states, the case in front; below it who is here now."""

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QWidget

from workwell_desktop.desktop.kit import (
    Clear,
    Heading,
    IconMark,
    Region,
    Scroll,
    Words,
    column,
    date_words,
    quiet,
    row,
    rule,
    text,
    theme,
)
from workwell_desktop.desktop.widgets.card import empty
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.sessions import Lane, Presence
from workwell_desktop.services.session_views import AgendaLine, Attendee, SessionView


class AgendaRow(QFrame):
    """One case: a click, Return or Space brings it to the table; Up and Down go through the list."""

    opened = Signal(str)

    def __init__(self, line: AgendaLine, *, here: bool, apart: str = "") -> None:
        super().__init__()
        self.item, self._here = str(line.item), here
        box = row(self, (14, 3, 12, 3), 10)
        icon, role = state_icon(line, here=here)
        box.addWidget(IconMark(icon, role, 18), 0, Qt.AlignmentFlag.AlignVCenter)
        words = column(None, (0, 0, 0, 0), 0)
        name = line.name if line.named else text("session.unnamed" if line.known else "session.unknown")
        words.addWidget(Words(f"{line.number}  {name}", "label" if here else "body"))
        asked = line.question or text("session.no_question") if line.named else ""
        second = ". ".join(part for part in (asked, apart) if part)
        if second:
            words.addWidget(Words(second, "note", "soft"))
        if line.late:
            words.addWidget(Words(text("session.late"), "note", "due"))
        box.addLayout(words, 1)
        self.setAccessibleName(
            ", ".join(
                part
                for part in (
                    text("session.agenda_row", number=line.number, name=name),
                    second,
                    text("session.late") if line.late else "",
                    text(f"session.state.{state_of(line, here=here)}"),
                )
                if part
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.restyle()

    def restyle(self) -> None:
        self.setMinimumHeight(theme().measure("agenda_row"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self.opened.emit(self.item)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._neighbour(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._here:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(theme().colour("brand_soft")))
            painter.fillRect(0, 0, theme().px(4), self.height(), QColor(theme().colour("brand")))
            painter.end()
        super().paintEvent(event)

    def _neighbour(self, step: int) -> None:
        parent = self.parentWidget()
        rows = parent.findChildren(AgendaRow) if parent is not None else []
        place = rows.index(self) + step if self in rows else -1
        if 0 <= place < len(rows):
            rows[place].setFocus(Qt.FocusReason.TabFocusReason)


class AgendaSide(Region):
    """Rebuilt when the session changes; the focus stays on the same case."""

    opened = Signal(str)

    def __init__(self, change: Callable[[], object]) -> None:
        super().__init__(text("session.agenda"))
        self.setProperty("part", "side")
        box = column(self)
        scroll = Scroll((0, 10, 0, 10), 0, name="clear")
        scroll.setObjectName("side")
        box.addWidget(scroll, 1)
        head = row(None, (14, 0, 14, 2), 8)
        head.addWidget(Heading(text("session.agenda"), "section"), 1)
        self.place = Words("", "note", "soft", wrap=False)
        head.addWidget(self.place, 0, Qt.AlignmentFlag.AlignVCenter)
        scroll.body.addLayout(head)
        self._cases = column()
        scroll.body.addLayout(self._cases)
        scroll.body.addStretch(1)
        box.addWidget(rule())
        second = row(None, (14, 4, 10, 0), 8)
        second.addWidget(Heading(text("session.here_now"), "section"), 1)
        self.change = quiet(text("session.change_attendance"), change)
        self.change.setAccessibleName(text("session.change_attendance_whole"))
        second.addWidget(self.change)
        box.addLayout(second)
        self.people = Scroll((14, 0, 14, 8), 1, name="clear")
        self.people.setObjectName("side")
        self.people.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._people = self.people.body
        box.addWidget(self.people)
        self._wraps = 0
        self.restyle()
        self._shown: tuple[object, ...] = ()

    def restyle(self) -> None:
        """Everybody who is here stays in sight, up to ten lines; then the list scrolls."""
        lines = self._people.count() + self._wraps
        line = QFontMetrics(theme().font("note")).lineSpacing() + 2
        self.people.setFixedHeight(min(lines * line + theme().space(14), 10 * line))

    def show_session(self, view: SessionView, item: str) -> None:
        """Shows the agenda with ``item`` in front."""
        shown = (view.agenda, view.attendees, item)
        if shown == self._shown:
            return
        self._shown = shown
        held = next((one.item for one in self.findChildren(AgendaRow) if one.hasFocus()), None)
        _clear(self._cases)
        _clear(self._people)
        number = next((line.number for line in view.agenda if line.item == item), 0)
        self.place.say(text("session.place", number=number, count=len(view.agenda)) if number else "")
        for lane, lines in groupby(view.agenda, key=lambda line: line.lane):
            self._cases.addWidget(self._lane(lane))
            for line in lines:
                made = AgendaRow(line, here=line.item == item, apart=_apart(line, view.agenda))
                made.opened.connect(self.opened)
                self._cases.addWidget(made)
                if held == made.item:
                    made.setFocus(Qt.FocusReason.OtherFocusReason)
        if not view.agenda:
            self._cases.addWidget(Words(text("session.no_cases"), "note", "soft"))
        self._show_people(view)
        self.restyle()

    def _lane(self, lane: Lane) -> QWidget:
        holder = Clear()
        row(holder, (14, 4, 14, 2), 0).addWidget(Words(text(f"session.lane.{lane.value}"), "note", "soft", weight=600))
        return holder

    def _show_people(self, view: SessionView) -> None:
        for one in view.attendees:
            if one.here:
                self._people.addWidget(_attendee(one))
        if not any(one.here for one in view.attendees):
            self._people.addWidget(Words(text("session.nobody_here"), "note", "soft"))
        away = [one.name for one in view.attendees if one.presence is Presence.APOLOGIES]
        self._wraps = 1 if len(away) > 2 else 0
        if away:
            self._people.addWidget(Words(text("session.apologies", names=", ".join(away)), "note", "soft"))


def state_of(line: AgendaLine, *, here: bool) -> str:
    """``carried``, ``withdrawn``, ``provisional``, ``done``, ``here`` or ``ahead``."""
    if here:
        return "here"
    if line.withdrawn:
        return "withdrawn"
    if line.carried:
        return "carried"
    if line.decided:
        return "provisional" if line.provisional else "done"
    return "ahead"


def state_icon(line: AgendaLine, *, here: bool) -> tuple[str, str]:
    """The icon of a state and its colour."""
    return {
        "here": ("circle-dot", "brand"),
        "carried": ("history", "text_soft"),
        "withdrawn": ("minus", "text_soft"),
        "provisional": ("circle-dashed", "due"),
        "done": ("circle-check", "done"),
        "ahead": ("circle", "edge"),
    }[state_of(line, here=here)]


def role_words(one: Attendee) -> str:
    """chair, notes, or the profession; a guest's role and organisation."""
    profession = str(one.profession or "")
    parts = [text("session.role_chair") if one.chair else "", text("session.role_notes") if one.note_taker else ""]
    if profession in {kind.value for kind in Profession} and not (one.chair or one.note_taker):
        parts.append(text(f"session.short.{profession}"))
    if one.person is None:
        parts += [text("session.guest"), one.organisation or ""]
    if one.presence is Presence.REMOTE:
        parts.append(text("session.by_video"))
    return ", ".join(part for part in parts if part)


def _attendee(one: Attendee) -> QWidget:
    holder = Clear()
    box = row(holder, (0, 0, 0, 0), 7)
    video = one.presence is Presence.REMOTE
    mark = IconMark("video" if video else "check", "info" if video else "done", 14)
    box.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
    box.addWidget(Words(one.name, "note"), 1)
    box.addWidget(Words(role_words(one), "note", "soft"), 0)
    return holder


def _apart(line: AgendaLine, agenda: tuple[AgendaLine, ...]) -> str:
    """Date of birth and address where somebody else on the agenda has a like name."""
    last = line.name.split(" ")[-1:]
    if not any(other.item != line.item and other.name.split(" ")[-1:] == last for other in agenda):
        return ""
    born = text("session.born", day=date_words(line.born)) if line.born else ""
    return ", ".join(part for part in (born, line.address or "") if part)


def _clear(layout: QLayout) -> None:
    while layout.count():
        empty(layout.takeAt(0))
