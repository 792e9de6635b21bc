"""An appointment: booked, moved, called off; its card and calendar file; and "I am back" after a home visit."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Check,
    Choice,
    Clear,
    Columns,
    DateField,
    DropDown,
    Empty,
    Field,
    Flow,
    Foot,
    NumberField,
    RowFacts,
    RowList,
    SummaryList,
    TextField,
    clock_words,
    filled,
    long_day,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.person.appointment_card import AppointmentCard, Shown, shown
from workwell_desktop.desktop.pages.person.contact_fields import MODES, time_of
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.papers import Document
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.paperwork import letters
from workwell_desktop.services.person import appointments, calendar_files, ending
from workwell_desktop.services.person.appointments import AppointmentView, Booking, Clash
from workwell_desktop.services.person.ending import Colleague

LONE = ("knows", "back_by")
Found = tuple[
    AppointmentView | None, tuple[AppointmentView, ...], tuple[bool, str], tuple[Colleague, ...], Shown | None
]


class AppointmentPage(PersonForm):
    """``participant`` and, to look at one, ``contact``."""

    route = "appointment"
    help_topic = "appointment"

    def build(self) -> None:
        super().build()
        self.one: AppointmentView | None = None
        self._warned: tuple[datetime, Id] | None = None

    def read(self, desk: Desk, params: Any) -> Found:
        one = appointments.view(desk, Id(params["contact"])) if params.get("contact") else None
        card = shown(desk, self.who, one.contact.id) if one is not None else None
        here = ending.colleagues(desk) if desk.may(Act.READ, Person) else ()
        booked = appointments.of_participant(desk, self.who)
        return one, booked, appointments.needs(desk, self.who), here, card

    def lay(self, found: Found) -> None:
        self.one, booked, (needs, language), self._colleagues, card = found
        self._warned = None
        called = self.head.banner.called if self.head is not None else ""
        if self.one is not None:
            self._show_one(self.one, card, called)
            return
        self.set_title(text("appointment.title_new", name=called))
        listed = Card(text("appointment.booked"), flush=True)
        if booked:
            listed.add(RowList([("", [self._row(one) for one in booked])], name=text("appointment.booked")))
        else:
            listed.add(Empty(text("appointment.none"), text("appointment.none_line"), icon_name="calendar"))
        self.add(Columns([(self._form(needs, language), 3), (listed.end(), 2)]))
        self.add_end()
        self.set_foot(Foot(self.back_button(), filled(text("appointment.book"), self._book, "check")))

    def _row(self, one: AppointmentView) -> RowFacts:
        at = one.contact.at.astimezone(LONDON) if one.contact.at else None
        when = f"{long_day(at.date(), self.context.today())}, {clock_words(at)}" if at else ""
        return RowFacts(when, one.contact.purpose or "", "calendar", on_open=lambda: self._open(one.contact.id))

    def _form(self, needs: bool, language: str) -> Card:
        card, today = Card(text("appointment.new"), gap=10), self.context.today()
        people = [(str(one.person), one.name) for one in self._colleagues]
        others = [one for one in people if one[0] != str(self.context.desk.me)]
        modes = [(mode, text(f"record.mode.{mode}")) for mode in MODES if mode != "text"]
        self.fields = {
            "purpose": Field(text("contact.purpose"), TextField(self.params.get("purpose", ""))),
            "day": Field(text("contact.when_day"), DateField(None, today=today, earliest=today)),
            "at": Field(text("appointment.time"), TextField(width=120)),
            "minutes": Field(
                text("contact.minutes"), NumberField(30, low=appointments.SHORTEST, high=480), unit=text("contact.unit")
            ),
            "mode": Field(text("contact.mode"), Choice(modes, "room", columns=2)),
            "place": Field(text("contact.place"), TextField()),
            "owner": Field(text("contact.owner"), DropDown(people, str(self.context.desk.me), width=320)),
            "language": Field(text("appointment.language"), TextField(language), optional=True),
            "knows": Field(
                text("appointment.knows"), DropDown(others, empty=True, width=320), hint=text("appointment.knows_hint")
            ),
            "back_by": Field(text("appointment.back_by"), TextField(width=120), hint=text("contact.time_hint")),
        }
        self.interpreter = Check(text("appointment.interpreter"), on=needs)
        names = list(self.fields)
        moment = Clear()
        beside = Flow(moment, 12)
        for name in ("day", "at", "minutes"):
            beside.addWidget(self.fields[name])
        card.add(self.fields["purpose"], moment, *(self.fields[name] for name in names[4:7]), self.interpreter)
        if needs:
            card.add(Alert("", text("appointment.needs_one"), "info"))
        card.add(*(self.fields[name] for name in names[7:]))
        self.fields["mode"].control.done.connect(self._what_changed)
        self._what_changed()
        return card.end()

    def _what_changed(self) -> None:
        mode = self.fields["mode"].control.value()
        self.fields["place"].setVisible(mode in ("room", "home"))
        for name in LONE:
            self.fields[name].setVisible(mode == "home")

    # One that is booked

    def _show_one(self, one: AppointmentView, paper: Shown | None, called: str) -> None:
        self.set_title(text("appointment.title", name=called))
        talk, held, today = one.contact, one.appointment, self.context.today()
        planned = talk.status is not None and talk.status.value == "planned"
        card = Card(talk.purpose or "", gap=10)
        at = talk.at.astimezone(LONDON) if talk.at else None
        rows = [
            ("appointment.when", f"{long_day(at.date(), today)}, {clock_words(at)}" if at else ""),
            ("contact.minutes", text("contact.took", count=held.minutes) if held.minutes else ""),
            ("contact.mode", text(f"record.mode.{talk.mode}") if talk.mode else ""),
            ("contact.place", talk.place or ""),
            ("contact.owner", one.owner),
            ("appointment.interpreter", self._interpreter_words(one)),
            ("appointment.knows", one.knows),
            ("appointment.back_by", clock_words(held.back_by.astimezone(LONDON)) if held.back_by else ""),
            ("appointment.back_at", clock_words(held.back_at.astimezone(LONDON)) if held.back_at else ""),
        ]
        card.add(SummaryList([(text(key), value) for key, value in rows if value], ruled=True))
        if not planned and talk.status is not None:
            card.add(Alert("", text(f"contact.status.{talk.status.value}"), "info"))
        if held.knows is not None and held.back_at is None and planned:
            card.add_left(outlined(text("appointment.i_am_back"), self._back, "house"))
        if held.interpreter and not held.interpreter_booked and planned:
            card.add_left(outlined(text("appointment.interpreter_booked"), self._interpreter, "check"))
        self.fields = {}
        if planned:
            self.fields = {
                "day": Field(text("contact.when_day"), DateField(None, today=today, earliest=today)),
                "at": Field(text("appointment.time"), TextField(width=120), hint=text("contact.time_hint")),
            }
            card.rule().add(*self.fields.values())
            card.add_left(outlined(text("appointment.move"), self._move, "calendar"))
            card.add_left(quiet(text("appointment.cancel"), self._cancel, "x"))
        self.paper = AppointmentCard(self, one.contact.id, paper, self.refused)
        if self.context.desk.may(Act.RELEASE_PAPERS, Document):
            self.paper.add_left(outlined(text("appointment.save_card"), self._save_card, "download"))
        self.add(Columns([(card.end(), 1), (self.paper.end(), 1)]))
        self.add_end()
        buttons = [outlined(text("appointment.calendar_file"), self._calendar, "calendar-days")]
        if self.context.desk.may(Act.PRINT, Document):
            buttons.append(filled(text("appointment.print"), self.paper.print, "printer"))
        self.set_foot(Foot(self.back_button(), *buttons))

    def _interpreter_words(self, one: AppointmentView) -> str:
        if not one.appointment.interpreter:
            return ""
        state = text("appointment.is_booked" if one.appointment.interpreter_booked else "appointment.not_booked")
        return ", ".join(part for part in (one.language, state) if part)

    # Acts

    def _open(self, contact: Id) -> None:
        self.params = {"participant": str(self.who), "contact": str(contact)}
        self._ask()

    def _moment(self, day: date | None, name: str) -> datetime | None:
        """The moment in the fields; None with the fault shown."""
        at = time_of(self.fields[name].control.value())
        if day is None:
            self.fields["day"].show_error(text("errors.field.date_missing"))
        if at is None:
            self.fields[name].show_error(text("contact.time_wrong"))
        if day is None or at is None:
            self.errors.show_fields(list(self.fields.values()))
            return None
        return datetime.combine(day, at, LONDON)

    def booking(self) -> Booking | None:
        """What stands in the form, or None with its faults shown."""
        for field in self.fields.values():
            field.show_error("")
        said = {name: field.control for name, field in self.fields.items()}
        day, home = said["day"].day(), said["mode"].value() == "home"
        at = self._moment(day, "at")
        if at is None:
            return None
        back = self._moment(day, "back_by") if home and said["back_by"].value() else None
        knows, owner = said["knows"].value(), said["owner"].value()
        return Booking(
            said["purpose"].value(),
            at,
            int(said["minutes"].number() or 0),
            said["mode"].value() or "room",
            said["place"].value(),
            owner=Id(owner) if owner else None,
            interpreter=self.interpreter.value(),
            language=said["language"].value(),
            knows=Id(knows) if home and knows else None,
            back_by=back,
        )

    def _book(self) -> None:
        booking = self.booking()
        if booking is None:
            return
        desk, who = self.context.desk, self.who
        owner = booking.owner or desk.me

        def look() -> tuple[Clash, ...]:
            return appointments.clashes(desk, who, booking.at, booking.minutes or 30, owner=owner)

        def looked(found: tuple[Clash, ...]) -> None:
            if found and self._warned != (booking.at, owner):
                self._warned = (booking.at, owner)
                self._say_clash(found[0])
            else:
                self.run(lambda: appointments.book(desk, who, booking), self._open, self.refused)

        self.run(look, looked)

    def _say_clash(self, one: Clash) -> None:
        """Warns once; the same press again books all the same."""
        until = one.at + timedelta(minutes=one.minutes)
        said = {"start": clock_words(one.at.astimezone(LONDON)), "end": clock_words(until.astimezone(LONDON))}
        self.unsay()
        key = "appointment.clash_own" if one.own else "appointment.clash_person"
        self.say(Alert(text(key, name=one.name, **said), text("appointment.clash_line"), "due", on_close=self.unsay))

    def _do(self, act: Any, done: str = "") -> None:
        desk = self.context.desk

        def finished(_nothing: object) -> None:
            self._ask()
            if done:
                self.say(Alert("", text(done), "done", on_close=self.unsay))

        self.run(lambda: act(desk), finished, self.refused)

    def _move(self) -> None:
        at = self._moment(self.fields["day"].control.day(), "at")
        if self.one is not None and at is not None:
            contact = self.one.contact.id
            self._do(lambda desk: appointments.move(desk, contact, at), "appointment.moved")

    def _cancel(self) -> None:
        if self.one is not None:
            contact = self.one.contact.id
            self._do(lambda desk: appointments.cancel(desk, contact), "appointment.cancelled")

    def _back(self) -> None:
        if self.one is not None:
            contact = self.one.contact.id
            self._do(lambda desk: appointments.back(desk, contact), "appointment.welcome_back")

    def _interpreter(self) -> None:
        if self.one is not None:
            contact = self.one.contact.id
            self._do(lambda desk: appointments.interpreter_booked(desk, contact))

    def _calendar(self) -> None:
        self._file("appointment.calendar_file", "appointment.calendar_name", "appointment.calendar_kinds", _write_ics)

    def _save_card(self) -> None:
        tongue = self.paper.language

        def write(desk: Desk, contact: Id, place: Path) -> None:
            letters.save_card(desk, contact, place, tongue)

        self._file("appointment.save_card", "appointment.card_name", "appointment.card_kinds", write)

    def _file(self, title: str, name: str, kinds: str, write: Any) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, text(title), text(name), text(kinds))
        if chosen and self.one is not None:
            contact = self.one.contact.id
            self._do(lambda desk: write(desk, contact, Path(chosen)), "appointment.saved")


def _write_ics(desk: Desk, contact: Id, path: Path) -> None:
    calendar_files.save(desk, contact, path)
