"""What stands at the head of a session's record: chair, confidentiality, recording, interests."""

from collections.abc import Callable, Sequence
from typing import Any

from workwell_desktop.desktop.kit import Check, Clear, Field, Page, TextField, Words, column, text
from workwell_desktop.desktop.pages.session.picking import Pick
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.meeting import room
from workwell_desktop.services.meeting.session_views import SessionView


class MeetingHead(Clear):
    """Saved as it is changed. The chair is offered those of ours who may lock a session."""

    def __init__(self, page: Page, saved: Callable[[Any], Any]) -> None:
        super().__init__()
        self._page, self._saved = page, saved
        self._session: Id | None = None
        box = column(self, (0, 4, 0, 4), 8)
        self.read_out = Check(text("session.confidentiality"))
        self.recorded = Check(text("session.recorded"))
        self.interests = TextField()
        self.chair = Pick([], empty=True, on_leaving=True)
        self._offered: list[tuple[str, str]] = []
        chair = Field(text("session.chair"), self.chair, hint=text("session.chair_hint"))
        self._nobody_else = Words(text("session.chair_alone"), "note", "due")
        self._nobody_else.hide()
        chair.add_below(self._nobody_else)
        box.addWidget(chair)
        box.addWidget(self.read_out)
        box.addWidget(self.recorded)
        box.addWidget(
            Field(text("session.interests"), self.interests, hint=text("session.interests_hint"), optional=True)
        )
        self.read_out.edited.connect(self._save_head)
        self.recorded.edited.connect(self._save_head)
        self._saving = Saving(page, [self.interests], self._head, saved)
        self.chair.done.connect(self._take_chair)

    def show_session(self, view: SessionView, people: Sequence[Person], *, may: bool) -> None:
        """Shows what the record holds; what is being typed stays."""
        self._session = view.session
        site = self._page.context.desk.site
        able = [
            one for one in people if site.allows(one.roles, Act.LOCK_SESSION, "session") and one.active is not False
        ]
        offered = [(str(one.id), one.name or "") for one in able]
        self._nobody_else.setVisible(may and not any(one.id != view.chair for one in able))
        if view.chair and str(view.chair) not in {code for code, _name in offered}:
            offered += [(str(one.id), one.name or "") for one in people if one.id == view.chair]
        if offered != self._offered:
            self._offered = offered
            self.chair.set_options(offered)
        if not self.chair.hasFocus():
            self.chair.set_value(str(view.chair) if view.chair else None)
        self.read_out.setChecked(view.confidentiality_read)
        self.recorded.setChecked(view.recorded)
        if not self.interests.hasFocus() and not self._saving.dirty:
            self.interests.set_value(view.interests or "")
            self._saving.known()
        for control in (self.chair, self.read_out, self.recorded, self.interests):
            control.setEnabled(may)

    def flush(self) -> None:
        """Saves what is being typed."""
        self._saving.flush()

    def _head(self) -> Callable[[], Any] | None:
        session, desk = self._session, self._page.context.desk
        if session is None:
            return None
        read_out, recorded, interests = self.read_out.value(), self.recorded.value(), self.interests.value()
        return lambda: room.open_meeting(
            desk, session, confidentiality_read=read_out, recorded=recorded, interests=interests
        )

    def _save_head(self) -> None:
        work = self._head()
        if work is not None:
            self._page.run(work, self._saved)

    def _take_chair(self) -> None:
        person, session, desk = self.chair.value(), self._session, self._page.context.desk
        if person and session is not None:
            self._page.run(lambda: room.take_chair(desk, session, Id(person)), self._saved)
