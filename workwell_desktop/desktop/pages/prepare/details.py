"""When, where, chair and note-taker; for a new session the team as well."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from workwell_desktop.desktop.kit import Card, Columns, DateField, DropDown, Field, Page, TextField, text
from workwell_desktop.desktop.pages.session.saving import Saving
from workwell_desktop.desktop.pages.session.times import TimeField
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.domain.records import Id
from workwell_desktop.services.meeting import sessions
from workwell_desktop.services.meeting.session_views import SessionView


class Details(Card):
    """Saved field by field once the session stands; before that ``make`` makes it."""

    def __init__(
        self,
        page: Page,
        teams: Sequence[Team],
        people: Sequence[Person],
        view: SessionView | None,
        saved: Callable[[Any], Any],
    ) -> None:
        super().__init__(text("prepare.details"), gap=8)
        self._page, self._view = page, view
        at = view.starts_at.astimezone(LONDON) if view else None
        today = page.context.today()
        team = view.team if view else (teams[0].id if teams else None)
        self.team = DropDown(
            [(str(one.id), one.name or "") for one in teams], str(team) if team else None, empty=not teams
        )
        self.day = DateField(at.date() if at else None, today=today)
        self.hour = TimeField(at.time() if at else None)
        place = view.place if view else next((one.place for one in teams if one.id == team), None)
        self.place = TextField(place or "")
        staff = [(str(one.id), one.name or "") for one in people if one.active is not False]
        self.chair = DropDown(staff, str(view.chair) if view and view.chair else None, empty=True)
        self.notes = DropDown(
            staff, str(view.note_taker) if view and view.note_taker else None, empty=text("prepare.nobody")
        )
        self.fields = {
            "team": Field(text("prepare.team"), self.team),
            "day": Field(text("prepare.day"), self.day, hint=text("prepare.day_hint")),
            "time": Field(text("prepare.time"), self.hour, hint=text("prepare.time_hint")),
            "place": Field(text("prepare.place"), self.place, optional=True),
            "chair": Field(text("prepare.chair"), self.chair),
            "notes": Field(text("prepare.notes"), self.notes, optional=True),
        }
        if view is not None:
            of = {"day": "starts_at", "time": "starts_at", "place": "place", "chair": "chair", "notes": "note_taker"}
            for name, field in of.items():
                self.fields[name].belongs_to(view.session, field)
        if view is None:
            self.add(self.fields["team"])
        else:
            self.fields["team"].setParent(self)
            self.fields["team"].hide()
        self.add(Columns([(self.fields["day"], 1), (self.fields["time"], 1)], one_below=700))
        self.add(self.fields["place"])
        self.add(Columns([(self.fields["chair"], 1), (self.fields["notes"], 1)], one_below=700))
        self._saving: Saving | None = None
        if view is not None:
            controls = [self.day, self.hour, self.place, self.chair, self.notes]
            self._saving = Saving(page, controls, self._change, saved)
        self.end()

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._saving is not None and self._saving.dirty

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._saving is not None:
            self._saving.flush()

    def set_read_only(self) -> None:
        """For somebody who may not prepare."""
        for control in (self.team, self.day, self.hour, self.place, self.chair, self.notes):
            control.set_read_only()

    def make(self, made: Callable[[Id], Any]) -> None:
        """Makes the session, or says at each field what lacks."""
        for name, value in (("day", self.day.value()), ("time", self.hour.value()), ("chair", self.chair.value())):
            self.fields[name].show_error("" if value else text(f"prepare.needs.{name}"))
        if not self.team.value():
            self.fields["team"].show_error(text("prepare.needs.team"))
        if not self._page.check(list(self.fields.values())):
            return
        desk, starts = self._page.context.desk, self._starts()
        team, chair, notes, place = self.team.value(), self.chair.value(), self.notes.value(), self.place.value()
        assert starts is not None and team and chair  # noqa: S101, PT018 - each was checked above

        def work() -> Id:
            return sessions.create_session(
                desk, Id(team), starts, place=place or None, chair=Id(chair), note_taker=Id(notes) if notes else None
            )

        self._page.run(work, made)

    def _starts(self) -> datetime | None:
        day, at = self.day.day(), self.hour.clock()
        return datetime.combine(day, at, LONDON) if day is not None and at is not None else None

    def _change(self) -> Callable[[], Any] | None:
        starts, chair, notes, view = self._starts(), self.chair.value(), self.notes.value(), self._view
        if starts is None or view is None:
            return None
        desk, place = self._page.context.desk, self.place.value()
        return lambda: sessions.change_session(
            desk,
            view.session,
            starts_at=starts,
            place=place,
            chair=Id(chair) if chair else None,
            note_taker=Id(notes) if notes else None,
        )
