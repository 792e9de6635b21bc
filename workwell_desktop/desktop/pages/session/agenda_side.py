"""The agenda at the left with the case in front; below it who is here now."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workwell_desktop.desktop.kit import (
    Clear,
    Heading,
    IconMark,
    Region,
    Scroll,
    Words,
    column,
    quiet,
    row,
    rule,
    text,
    theme,
)
from workwell_desktop.desktop.pages.session.agenda_rows import AgendaList, bring_into_sight
from workwell_desktop.desktop.pages.session.order import drop
from workwell_desktop.desktop.theme.theme import moved
from workwell_desktop.domain.people import Profession
from workwell_desktop.domain.sessions import Presence
from workwell_desktop.services.meeting.session_views import Attendee, SessionView

_WITH_KEY = 84
"""Pixels at 100 % that the button may have beside its key."""


class AgendaSide(Region):
    """The case in front is always in sight; the focus stays on the same case."""

    opened = Signal(str)

    def __init__(
        self, change: Callable[[], object], overdue: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(text("session.agenda"))
        self.setParent(parent)
        self.setProperty("part", "side")
        self._shown: tuple[object, ...] = ()
        self._here: tuple[Attendee, ...] | None = None
        self._front, self._wraps, self._late = "", 0, 0
        box = column(self)
        self._cases_in = scroll = Scroll((0, 10, 0, 10), 0, name="clear")
        scroll.setObjectName("side")
        box.addWidget(scroll, 1)
        head = row(None, (14, 0, 14, 2), 8)
        head.addWidget(Heading(text("session.agenda"), "section"), 1)
        self.place = Words("", "note", "soft", wrap=False)
        head.addWidget(self.place, 0, Qt.AlignmentFlag.AlignVCenter)
        scroll.body.addLayout(head)
        self.overdue = quiet("", overdue, "clock")
        self._overdue = Clear()
        late = row(self._overdue, (4, 0, 10, 0), 4)
        late.addWidget(self.overdue)
        late.addStretch(1)
        late.addWidget(Words(text("session.overdue_key"), "note", "soft", wrap=False))
        self._overdue.hide()
        scroll.body.addWidget(self._overdue)
        self.cases = AgendaList()
        self.cases.opened.connect(self.opened)
        self.cases.fitted.connect(self._show_front)
        scroll.body.addWidget(self.cases)
        scroll.body.addStretch(1)
        self._make_people(change)
        box.addWidget(self._below)
        self._keys = Clear()
        row(self._keys, (14, 2, 10, 8), 0).addWidget(Words(text("session.keys"), "note", "soft"))
        box.addWidget(self._keys)
        self._box, self._alone = box, False
        self.restyle()

    def _make_people(self, change: Callable[[], object]) -> None:
        self._below = Clear()
        below = column(self._below)
        below.addWidget(rule())
        second = row(None, (14, 4, 10, 0), 8)
        second.addWidget(Heading(text("session.here_now"), "section"), 1)
        key = Words(text("session.here_key"), "note", "soft", wrap=False)
        second.addWidget(key)
        self.change = quiet(text("session.change_attendance"), change)
        self.change.setAccessibleName(text("session.change_attendance_whole"))
        second.addWidget(self.change)
        # where the words are longer the key, which the menu names too, makes room for them
        if self.change.sizeHint().width() > theme().px(_WITH_KEY):
            key.hide()
        below.addLayout(second)
        self.people = Scroll((14, 0, 14, 8), 1, name="clear")
        self.people.setObjectName("side")
        self.people.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._people = self.people.body
        below.addWidget(self.people)

    def restyle(self) -> None:
        """Everybody who is here stays in sight, up to ten lines; then the list scrolls."""
        lines = self._people.count() + self._wraps
        line = QFontMetrics(theme().font("note")).lineSpacing() + 2
        most = lines if self._alone else 10
        self.people.setFixedHeight(min(lines * line + theme().space(14), most * line + theme().space(14)))

    def stand_alone(self, alone: bool) -> None:
        """Where the agenda is the only part in sight who is here comes below it, and both scroll as one."""
        if alone == self._alone:
            return
        self._alone = alone
        body = self._cases_in.body
        for part in (self._below, self._keys):
            (self._box if alone else body).removeWidget(part)
            if alone:
                body.insertWidget(body.count() - 1, part)
            else:
                self._box.addWidget(part)
            moved(part)
        self.restyle()

    def show_session(self, view: SessionView, item: str) -> None:
        """Shows the agenda with ``item`` in front."""
        if (view.agenda, item) != self._shown:
            self._shown = (view.agenda, item)
            number = next((line.number for line in view.agenda if line.item == item), 0)
            self.place.say(text("session.place", number=number, count=len(view.agenda)) if number else "")
            self.cases.show_agenda(view.agenda, item, tell_apart=True)
            other, self._front = item != self._front, item
            if other:
                self._show_front()
        if len(view.overdue) != self._late:
            self._late = len(view.overdue)
            self.overdue.say(text("session.overdue_short", count=self._late))
            self.overdue.setAccessibleName(text("session.overdue_actions", count=self._late))
            self._overdue.setVisible(bool(self._late))
        if view.attendees != self._here:
            self._here = view.attendees
            drop(self._people)
            self._show_people(view)
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._show_front()

    def _show_front(self) -> None:
        front = self.cases.row(self._front)
        if front is not None:
            bring_into_sight(self._cases_in, front)

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
