"""A talk: record one that was planned, record one that nobody had planned, or plan the next."""

from datetime import datetime, time
from typing import Any

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Columns,
    DateField,
    DropDown,
    Empty,
    Field,
    Foot,
    LongText,
    SummaryList,
    TextField,
    Words,
    clock_words,
    filled,
    long_day,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services import contacts, ending, typed
from workwell_desktop.services.contacts import ContactDetails
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.ending import Colleague

MODES = ("phone", "video", "room", "home", "text")
PAUSE = 1500
Found = tuple[tuple[Contact, ...], dict[str, str], tuple[Colleague, ...]]


class ContactPage(PersonForm):
    """``participant`` and, for a planned talk, ``contact``."""

    route = "contact"
    help_topic = "contact"

    def build(self) -> None:
        super().build()
        self.one: Contact | None = None
        self._kept = ""
        self._colleagues: tuple[Colleague, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._keep)

    def read(self, desk: Desk, params: Any) -> Found:
        about = Id(params.get("contact") or self.who)
        here = ending.colleagues(desk) if desk.may(Act.READ, Person) else ()
        return contacts.of_participant(desk, self.who), typed.of(desk, about), here

    def leave(self) -> None:
        self._keep()

    def lay(self, found: Found) -> None:
        talks, kept, self._colleagues = found
        self._kept = kept.get("note", "")
        self.one = next((one for one in talks if str(one.id) == self.params.get("contact")), None)
        called = self.head.banner.called if self.head is not None else ""
        planned = self.one is not None and self.one.status is ContactStatus.PLANNED
        self.set_title(text("contact.title_planned" if planned else "contact.title_new", name=called))
        earlier = self._earlier(talks)
        if self.one is not None and not planned:
            line = text("contact.closed_line", purpose=self.one.purpose or "", note=self.one.note or "")
            self.add(Alert(text("contact.closed"), line, "info"), earlier)
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        card = self._planned_form(self.one) if self.one is not None else self._new_form()
        self.add(Columns([(card, 3), (earlier, 2)]))
        self.add_end()
        if self.one is None:
            self._what_changed()
        else:
            self.set_foot(Foot(self.back_button(), filled(text("contact.record"), self._record, "check")))

    def _note_field(self) -> Field:
        field = Field(
            text("contact.note"), LongText(self._kept, lines=3, use="contact"), hint=text("contact.note_hint")
        )
        field.control.edited.connect(self._pause.start)
        field.control.done.connect(self._keep)
        return field

    def _planned_form(self, one: Contact) -> Card:
        when = moment_words(one.at.astimezone(LONDON), self.context.today()) if one.at else ""
        when = when or (long_day(one.due, self.context.today()) if one.due else "")
        card = Card(one.purpose or text("contact.what"), text("contact.planned_for", when=when), gap=10)
        went = [(name, text(f"contact.went.{name}")) for name in ("done", "missed", "cancelled")]
        self.fields = {
            "went": Field(text("contact.outcome"), Choice(went, "done")),
            "note": self._note_field(),
            "due": Field(text("contact.when_day"), DateField(None, today=self.context.today())),
            "owner": self._owner_field(one.owner),
        }
        card.add(self.fields["went"], self.fields["note"]).rule().add(Words(text("contact.move_title"), "label"))
        card.add(self.fields["due"]).add_left(outlined(text("contact.move"), self._move, "calendar"))
        card.add(self.fields["owner"]).add_left(outlined(text("contact.hand_to"), self._hand_to, "user"))
        return card.end()

    def _owner_field(self, owner: Id | None) -> Field:
        """Who talks: whoever has the next step."""
        people = [(str(one.person), one.name) for one in self._colleagues]
        return Field(text("contact.owner"), DropDown(people, str(owner) if owner else None, width=320))

    def _new_form(self) -> Card:
        card = Card(text("contact.what"), gap=10)
        today = self.context.today()
        kinds = [(name, text(f"contact.kind.{name}")) for name in ("done", "planned")]
        modes = [(mode, text(f"record.mode.{mode}")) for mode in MODES]
        self.fields = {
            "kind": Field(text("contact.outcome"), Choice(kinds, "done", columns=2)),
            "mode": Field(text("contact.mode"), Choice(modes, "phone", columns=3)),
            "purpose": Field(text("contact.purpose"), TextField()),
            "due": Field(text("contact.when_day"), DateField(None, today=today, earliest=today)),
            "at": Field(text("contact.when_time"), TextField(width=120), hint=text("contact.time_hint"), optional=True),
            "place": Field(text("contact.place"), TextField(), optional=True),
            "owner": self._owner_field(self.context.desk.me),
            "note": self._note_field(),
        }
        self.fields["kind"].control.done.connect(self._what_changed)
        return card.add(*self.fields.values()).end()

    def _earlier(self, talks: tuple[Contact, ...]) -> Card:
        card = Card(text("contact.earlier"))
        today = self.context.today()
        rows = []
        for one in talks[:10]:
            day = long_day(one.due, today) if one.due else ""
            status = text(f"contact.status.{one.status.value}") if one.status else ""
            rows.append((day, ". ".join(part for part in (status, one.purpose or "", one.note or "") if part)))
        card.add(SummaryList(rows, ruled=True) if rows else Empty(text("contact.no_earlier"), icon_name="phone"))
        return card.end()

    def _planning(self) -> bool:
        return bool(self.fields["kind"].control.value() == "planned")

    def _what_changed(self) -> None:
        planning = self._planning()
        for name in ("due", "at", "place", "owner"):
            self.fields[name].setVisible(planning)
        self.fields["note"].setVisible(not planning)
        words, act = ("contact.plan", self._plan) if planning else ("contact.record", self._record_new)
        self.set_foot(Foot(self.back_button(), filled(text(words), act, "check")))

    def _keep(self) -> None:
        """Words typed are kept on this computer until the talk is recorded."""
        self._pause.stop()
        if "note" not in self.fields or self.fields["note"].control.value() == self._kept:
            return
        self._kept = words = self.fields["note"].control.value()
        desk, about = self.context.desk, self._about()

        def kept(_nothing: object) -> None:
            if self.foot is not None:
                time_words = clock_words(self.context.clock.now().astimezone(LONDON))
                self.foot.waiting(text("contact.kept", time=time_words))

        self.run(lambda: typed.keep(desk, about, "note", words), kept)

    def _about(self) -> Id:
        return self.one.id if self.one is not None else self.who

    def _finished(self, _nothing: object) -> None:
        self.fields = {}
        self.to_record()

    def _act(self, work: Any) -> None:
        """Does it and forgets the words kept on the side; on error both stay."""
        desk, about = self.context.desk, self._about()
        self._keep()

        def all_of_it() -> None:
            work(desk)
            typed.forget(desk, about)

        self.run(all_of_it, self._finished, self.refused)

    def _record(self) -> None:
        if self.one is None:
            return
        contact, note = self.one.id, self.fields["note"].control.value()
        act = {"done": contacts.done, "missed": contacts.missed, "cancelled": contacts.cancel}
        chosen = act[self.fields["went"].control.value() or "done"]
        self._act(lambda desk: chosen(desk, contact, note))

    def _move(self) -> None:
        day = self.fields["due"].control.day()
        if self.one is None or day is None:
            self.fields["due"].show_error(text("errors.field.date_missing"))
            self.fields["due"].focus()
            return
        self._keep()
        desk, contact = self.context.desk, self.one.id
        self.run(lambda: contacts.move(desk, contact, due=day), self.to_record, self.refused)

    def _owner(self) -> Id | None:
        chosen = self.fields["owner"].control.value()
        return Id(chosen) if chosen else None

    def _hand_to(self) -> None:
        owner = self._owner()
        if self.one is None or owner is None:
            return
        self._keep()
        desk, contact = self.context.desk, self.one.id
        self.run(lambda: contacts.hand_to(desk, contact, owner), self.to_record, self.refused)

    def _record_new(self) -> None:
        note, who = self.fields["note"].control.value(), self.who
        told = ContactDetails(self.fields["purpose"].control.value(), self.fields["mode"].control.value() or "phone")
        self._act(lambda desk: contacts.record(desk, who, told, note))

    def _plan(self) -> None:
        if self.wrong():
            return
        day, typed_time = self.fields["due"].control.day(), self.fields["at"].control.value()
        at = None
        if typed_time:
            moment = time_of(typed_time)
            if moment is None:
                self.fields["at"].show_error(text("contact.time_wrong"))
                self.errors.show_fields(list(self.fields.values()))
                return
            at = datetime.combine(day, moment, LONDON) if day else None
        told = ContactDetails(
            self.fields["purpose"].control.value(),
            self.fields["mode"].control.value() or "phone",
            due=day,
            at=at,
            place=self.fields["place"].control.value() or None,
            owner=self._owner(),
        )
        desk, who = self.context.desk, self.who
        self.run(lambda: contacts.plan(desk, who, told), self._finished, self.refused)


def time_of(words: str) -> time | None:
    """A time of day as people type it: 11:30, 1130, 9.05, 2pm."""
    said = words.strip().lower().replace(".", ":").replace(" ", "")
    later = said.endswith("pm")
    digits = said.removesuffix("am").removesuffix("pm")
    hour, _, minute = (
        digits.partition(":") if ":" in digits else (digits[:-2] or digits, "", digits[-2:] if len(digits) > 2 else "0")
    )
    if not (hour.isdigit() and minute.isdigit()):
        return None
    hours = int(hour) + (12 if later and int(hour) < 12 else 0)
    return time(hours, int(minute)) if hours < 24 and int(minute) < 60 else None
