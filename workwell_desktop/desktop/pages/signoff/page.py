"""Sign-off: what was not reached rolls on with a reason, the chair reads back, locks and signs; then only addenda."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Clear,
    Columns,
    Field,
    Foot,
    LongText,
    Page,
    PageAct,
    Params,
    Words,
    clock_words,
    column,
    filled,
    long_day,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.session.order import reading_order
from workwell_desktop.desktop.pages.signoff.afterwards import Signing, afterwards_card
from workwell_desktop.desktop.pages.signoff.reading import (
    Ending,
    attendance_card,
    case_card,
    minutes_paper,
    read_ending,
)
from workwell_desktop.desktop.pages.signoff.rolling import Rolling
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.records import Id
from workwell_desktop.domain.sessions import SessionAddendum, SessionStatus
from workwell_desktop.errors import WrongPassphrase
from workwell_desktop.services.meeting import agenda, sessions, sign_off
from workwell_desktop.services.meeting.session_views import SessionLine, SessionView
from workwell_desktop.services.planning import typed

_KINDS = frozenset(
    {
        "session", "attendance", "agenda_item", "discussion", "action", "funding", "advice", "session_addendum",
        "addendum", "cosignature", "team_document",
    }
)  # fmt: skip


class SignOffPage(Page):
    """The filled button locks and signs; a locked session is read, and added to with a date."""

    route = "signoff"
    nav = "sessions"
    help_topic = "signoff"

    def build(self) -> None:
        self._session = Id("")
        self._ending: Ending | None = None
        self._rolling_on: Rolling | None = None
        self._forms: dict[str, Signing] = {}
        self._typed: dict[str, str] = {}
        self._addendum: LongText | None = None
        self.secret: Secret | None = None

    def enter(self, params: Params) -> None:
        self._session = Id(params["session"])
        self._read(first=True)

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind in _KINDS for kind, _record, _scope in records):
            self._read()

    def leave(self) -> None:
        for name, words in self._keep_typed().items():
            self._keep(name, words)

    def first_focus(self) -> QWidget | None:
        if self._rolling_on is not None:
            return self._rolling_on.first()
        return self.secret.field if self.secret is not None else super().first_focus()

    def acts(self) -> tuple[PageAct, ...]:
        forms = ("cosign", "alone", "again")
        return (
            PageAct(text("signoff.back"), self._back, menu="session", enabled=lambda: not self._is_locked()),
            *(
                PageAct(
                    text(f"signoff.{name}"), partial(self._open, name), menu="session", enabled=partial(self._has, name)
                )
                for name in forms
            ),
            PageAct(text("signoff.all_sessions"), lambda: self.go("sessions"), menu="session"),
        )

    def _is_locked(self) -> bool:
        return self._ending is not None and self._ending.session.status is SessionStatus.LOCKED

    def _has(self, form: str) -> bool:
        return form in self._forms

    def _open(self, form: str) -> None:
        self._forms[form].open()

    def _read(self, *, first: bool = False) -> None:
        desk, session = self.context.desk, self._session

        def show(found: Ending) -> None:
            ending = replace(found, typed={})
            if ending == self._ending:
                return
            if first:
                self._typed = dict(found.typed)
            self._show(ending)
            if first:
                self.ready()

        self.run(lambda: read_ending(desk, session), show)

    def _keep(self, name: str, words: str) -> None:
        """What was begun is found again, also after the laptop stopped; on this computer, for this person alone."""
        desk, session = self.context.desk, self._session
        if desk.may(Act.EDIT_OWN_SETTINGS):
            self.run(lambda: typed.keep(desk, session, name, words))

    def _keep_typed(self) -> dict[str, str]:
        """What stands in the fields, a passphrase never."""
        if self._rolling_on is not None:
            self._typed.update(self._rolling_on.typed())
        if self._addendum is not None:
            self._typed["addendum"] = self._addendum.value()
        return self._typed

    def _show(self, ending: Ending) -> None:
        self._keep_typed()
        focus = self.window().focusWidget()
        held = focus.accessibleName() if focus is not None and self.isAncestorOf(focus) else ""
        self._ending = ending
        self._rolling_on, self._addendum, self.secret, self._forms = None, None, None, {}
        self.clear_body()
        view = ending.session
        locked = view.status is SessionStatus.LOCKED
        day = long_day(view.starts_at.astimezone(LONDON).date(), self.context.today())
        self.set_title(
            text("signoff.title_locked" if locked else "signoff.title", day=day),
            ". ".join(part for part in (view.team_name, view.place or "") if part),
            outlined(text("signoff.all_sessions"), lambda: self.go("sessions"), "arrow-left"),
        )
        left, right = Clear(), Clear()
        body, side = column(left, (0, 0, 0, 0), 10), column(right, (0, 0, 0, 0), 10)
        if locked:
            body.addWidget(self._locked(ending))
        elif view.undecided:
            body.addWidget(self._rolling(ending))
        body.addWidget(attendance_card(view))
        for case, line in zip(ending.cases, view.agenda, strict=True):
            if not line.open:  # what is open stands above, to be carried over
                body.addWidget(case_card(case, line, self.context.today()))
        body.addStretch(1)
        if locked:
            side.addWidget(self._addenda(view))
            if ending.minutes is not None:
                card, self._forms = afterwards_card(self, ending, self._followed)
                side.addWidget(card)
        else:
            side.addWidget(self._signing(ending))
        side.addWidget(minutes_paper(self, ending))
        side.addStretch(1)
        self.add(Columns([(left, 3), (right, 2)], first_when_one=left))
        self._set_foot(ending, locked=locked)
        reading_order(self)
        if held:
            again = next((one for one in self.findChildren(QWidget) if one.accessibleName() == held), None)
            if again is not None:
                again.setFocus()

    def _set_foot(self, ending: Ending, *, locked: bool) -> None:
        if locked:
            needed = ending.minutes is None
            if needed:
                self.set_foot(Foot(filled(text("signoff.sign"), self._lock, "pen-line")))
            else:
                self.set_foot(Foot(filled(text("signoff.add_addendum"), self._add, "plus")))
            return
        back = outlined(text("signoff.back"), self._back, "arrow-left")
        if self._ending is not None and self._ending.session.undecided:
            self.set_foot(Foot(back, filled(text("signoff.carry"), self._carry, "arrow-right")))
        else:
            lock = filled(text("signoff.lock"), self._lock, "lock")
            self.set_foot(Foot(back, lock))
            if self.foot is not None:
                self.foot.saved(text("signoff.saved"))

    # Parts

    def _rolling(self, ending: Ending) -> Card:
        view, coming = ending.session, ending.coming
        card = Card(text("signoff.not_reached"), text("signoff.count", count=len(view.undecided)))
        if coming is not None:
            card.add(Words(text("signoff.goes_to", day=self._day(coming)), "note", "soft"))
        else:
            later = view.starts_at + timedelta(days=7)
            day = long_day(later.astimezone(LONDON).date(), self.context.today())
            act = outlined(text("signoff.make_next"), self._make_next, "plus")
            card.add(Alert(text("signoff.no_next"), text("signoff.no_next_words", day=day), "due", act=act))
        lines = [line for line in view.agenda if line.item in view.undecided]
        self._rolling_on = Rolling(self, lines, self._typed, self._keep)
        card.add(self._rolling_on)
        return card.add(Words(text("signoff.reason_hint"), "note", "soft"))

    def _signing(self, ending: Ending) -> Card:
        view = ending.session
        chair = next((one.name for one in view.attendees if one.chair), text("signoff.the_chair"))
        card = Card(text("signoff.read_back"), gap=8)
        card.add(Words(text("signoff.read_back_words", chair=chair)))
        if view.undecided:
            card.add(Words(text("signoff.first_carry"), "note", "soft"))
            return card
        return card.add(self._secret(chair))

    def _secret(self, chair: str) -> Secret:
        self.secret = Secret(text("signoff.passphrase", chair=chair), text("signoff.passphrase_hint"))
        return self.secret

    def _locked(self, ending: Ending) -> QWidget:
        view = ending.session
        when = moment_words(view.locked_at, self.context.today()) if view.locked_at else ""
        words = text("signoff.locked_words", name=view.locked_by or "", when=when)
        if ending.minutes is not None:
            return Alert(text("signoff.locked"), words, "done", icon_name="lock")
        card = Card(text("signoff.unsigned"), gap=8)
        card.add(Words(words))
        return card.add(self._secret(view.locked_by or ""))

    def _addenda(self, view: SessionView) -> Card:
        card = Card(text("signoff.addenda"), gap=8)
        for one in view.addenda:
            when = moment_words(one.at, self.context.today())
            card.add(Words(text("signoff.addendum_of", when=when, author=one.author), "note", "soft"))
            card.add(Words(one.text)).rule()
        if not self.context.desk.may(Act.ADD_ADDENDUM, SessionAddendum):
            return card.add(Words(text("signoff.may_not_add"), "note", "soft"))
        self._addendum = LongText(self._typed.get("addendum", ""), lines=2)
        self._addendum.done.connect(partial(self._field_left, "addendum", self._addendum))
        self._addendum_field = Field(text("signoff.new_addendum"), self._addendum, hint=text("signoff.addendum_hint"))
        return card.add(self._addendum_field)

    # Doing

    def _field_left(self, name: str, control: LongText) -> None:
        self._keep(name, control.value())

    def _day(self, line: SessionLine) -> str:
        at = line.starts_at.astimezone(LONDON)
        return f"{long_day(at.date(), self.context.today())}, {clock_words(at)}"

    def _back(self) -> None:
        self.go("session", session=self._session)

    def _carry(self) -> None:
        rolling = self._rolling_on
        if rolling is None:
            return
        complete = rolling.check()
        self.errors.show_fields(list(rolling.fields.values()))
        if not complete:
            return
        desk, session = self.context.desk, self._session
        own, rest = rolling.reasons()
        names = list(rolling.fields)

        def work() -> None:
            for item, reason in own.items():
                agenda.carry_to_next(desk, item, reason)
            if rest:
                agenda.carry_rest(desk, session, rest)

        def done(_result: Any) -> None:
            self._rolling_on = None
            for name in names:
                self._typed.pop(name, None)
                self._keep(name, "")
            self._read()

        self.run(work, done)

    def _followed(self, what: str) -> None:
        """Something was signed after the lock."""
        self._ending = None
        self._read()
        self.say(Alert(text(f"signoff.{what}"), text(f"signoff.{what}_words"), "done"))

    def _make_next(self) -> None:
        view = self._ending.session if self._ending else None
        if view is None or view.chair is None:
            return
        desk, chair, later = self.context.desk, view.chair, view.starts_at + timedelta(days=7)
        self.run(
            lambda: sessions.create_session(
                desk, view.team, later, place=view.place, chair=chair, note_taker=view.note_taker
            ),
            lambda _made: self._read(),
        )

    def _lock(self) -> None:
        secret = self.secret
        if secret is None:
            return
        if not secret.value():
            secret.show_error(text("signoff.passphrase_missing"))
            self.errors.show_fields([secret])
            return
        desk, session, words = self.context.desk, self._session, secret.value()

        def failed(error: Exception) -> None:
            if isinstance(error, WrongPassphrase) and self.secret is not None:
                self.secret.wipe()
                self.secret.show_error(text("errors.wrong_passphrase"))
                self.errors.show_fields([self.secret])
            else:
                self.fail(error)

        def done(_minutes: Any) -> None:
            self.errors.show_links([])
            self._read()

        self.run(lambda: sign_off.sign_off(desk, session, words), done, failed)

    def _add(self) -> None:
        if self._addendum is None:
            return
        words, desk, session = self._addendum.value(), self.context.desk, self._session
        self._addendum_field.show_error("" if words else text("signoff.addendum_missing"))
        if not words:
            self._addendum_field.focus()
            return

        def done(_line: Any) -> None:
            self._typed.pop("addendum", None)
            self._keep("addendum", "")
            if self._addendum is not None:
                self._addendum.set_value("")
            self._ending = None
            self._read()

        self.run(lambda: sessions.add_session_addendum(desk, session, words), done)
