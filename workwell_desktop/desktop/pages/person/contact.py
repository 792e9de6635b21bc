"""A talk: record one that was planned, record one that nobody had planned, or plan the next."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Choice,
    Columns,
    DateField,
    DropDown,
    Field,
    Foot,
    LongText,
    NumberField,
    PageAct,
    TextField,
    Words,
    clock_words,
    filled,
    long_day,
    moment_words,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.person.contact_fields import ACTION, said, talked_fields, time_of
from workwell_desktop.desktop.pages.person.contact_parts import beside
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.episodes import Contact, ContactStatus
from workwell_desktop.domain.people import Person
from workwell_desktop.domain.records import Id
from workwell_desktop.services.coming_in import needs
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.person import contacts, ending, follow_up
from workwell_desktop.services.person.contacts import ContactDetails
from workwell_desktop.services.person.ending import Colleague
from workwell_desktop.services.person.follow_up import FollowUpView
from workwell_desktop.services.planning import typed

PAUSE = 1500
Found = tuple[FollowUpView, dict[str, str], tuple[Colleague, ...]]


class ContactPage(PersonForm):
    """``participant`` and, for a planned talk, ``contact``."""

    route = "contact"
    help_topic = "contact"

    def build(self) -> None:
        super().build()
        self.one: Contact | None = None
        self._kept = ""
        self._next_purpose = ""
        self._colleagues: tuple[Colleague, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._keep)

    def read(self, desk: Desk, params: Any) -> Found:
        about = Id(params.get("contact") or self.who)
        here = ending.colleagues(desk) if desk.may(Act.READ, Person) else ()
        talk = Id(params["contact"]) if params.get("contact") else None
        return follow_up.view(desk, self.who, talk), typed.of(desk, about), here

    def acts(self) -> tuple[PageAct, ...]:
        return (PageAct(text("contact.book"), self._book, "Ctrl+Shift+K"),)

    def leave(self) -> None:
        self._keep()

    def lay(self, found: Found) -> None:
        self.view, kept, self._colleagues = found
        self._kept = kept.get("note", "")
        talks = self.view.talks
        self.one = next((one for one in talks if str(one.id) == self.params.get("contact")), None)
        called = self.head.banner.called if self.head is not None else ""
        planned = self.one is not None and self.one.status is ContactStatus.PLANNED
        held = self.one is not None and self.one.at is not None
        book = outlined(text("contact.open_appointment" if held else "contact.book"), self._book, "calendar")
        self.set_title(text("contact.title_planned" if planned else "contact.title_new", name=called), "", book)
        side = beside(self.view, self.context.today(), self._measure)
        if self.one is not None and not planned:
            line = text("contact.closed_line", purpose=self.one.purpose or "", note=self.one.note or "")
            self.add(Alert(text("contact.closed"), line, "info"), side)
            self.add_end()
            self.set_foot(Foot(self.back_button()))
            return
        card = self._planned_form(self.one) if self.one is not None else self._new_form()
        self.add(Columns([(card, 3), (side, 2)]))
        self.add_end()
        self._what_changed()

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
        left = [(code, text(f"contact.left.{code}")) for code in follow_up.LEFT]
        today = self.context.today()
        self.fields = {"went": Field(text("contact.outcome"), Choice(went, "done", columns=2))}
        self.fields["note"] = self._note_field()
        self.fields |= talked_fields(self.context.desk, self.view, str(one.mode or self._first_mode()))
        self.fields["tries"] = Field(text("contact.tries"), NumberField(1, low=1, high=follow_up.MOST_TRIES))
        self.fields["left"] = Field(text("contact.left_label"), Choice(left, "nothing", columns=2))
        again = DateField(self.view.next_try, today=today, earliest=today)
        self.fields["again"] = Field(text("contact.again"), again, hint=text("contact.again_hint"), optional=True)
        self._next_fields(one.purpose or "")
        self._kind_words = Words(text("contact.missed_line"), "note", "soft")
        card.add(*self.fields.values()).add(self._kind_words)
        self.fields["due"] = Field(text("contact.when_day"), DateField(None, today=today))
        self.fields["owner"] = self._owner_field(one.owner)
        card.rule().add(Words(text("contact.move_title"), "label"), self.fields["due"])
        card.add_left(outlined(text("contact.move"), self._move, "calendar"))
        card.add(self.fields["owner"]).add_left(outlined(text("contact.hand_to"), self._hand_to, "user"))
        self.fields["went"].control.done.connect(self._what_changed)
        return card.end()

    def _first_mode(self) -> str:
        """The way of talking that the person can use, where they said so."""
        return needs.first_mode(self.head.banner.needs) if self.head is not None else "phone"

    def _next_fields(self, purpose: str) -> None:
        """The talk after this one stands ready by the rules of the partnership; emptied, none is planned."""
        today, suggested = self.context.today(), self.view.suggestion
        if suggested is None:
            return
        hint = text("contact.next_hint", number=suggested.number, expected=suggested.expected)
        day = DateField(suggested.due, today=today, earliest=today)
        self.fields["next"] = Field(text("contact.next"), day, hint=hint, optional=True)
        self._next_purpose = purpose

    def _owner_field(self, owner: Id | None) -> Field:
        """Who talks: whoever has the next step."""
        people = [(str(one.person), one.name) for one in self._colleagues]
        return Field(text("contact.owner"), DropDown(people, str(owner) if owner else None, width=320))

    def _new_form(self) -> Card:
        card = Card(text("contact.what"), gap=10)
        today = self.context.today()
        kinds = [(name, text(f"contact.kind.{name}")) for name in ("done", "planned")]
        self.fields = {
            "kind": Field(text("contact.outcome"), Choice(kinds, "done", columns=2)),
            "purpose": Field(text("contact.purpose"), TextField()),
            "note": self._note_field(),
        }
        self.fields |= talked_fields(self.context.desk, self.view, self._first_mode())
        self.fields |= {
            "due": Field(text("contact.when_day"), DateField(None, today=today, earliest=today)),
            "at": Field(text("contact.when_time"), TextField(width=120), hint=text("contact.time_hint"), optional=True),
            "place": Field(text("contact.place"), TextField(), optional=True),
            "owner": self._owner_field(self.context.desk.me),
        }
        self._next_fields("")
        self.fields["kind"].control.done.connect(self._what_changed)
        return card.add(*self.fields.values()).end()

    def _what_changed(self) -> None:
        """Only what belongs to how it went is asked."""
        if self.one is None:
            planning = self.fields["kind"].control.value() == "planned"
            talked, missed = not planning, False
            for name in ("due", "at", "place", "owner"):
                self.fields[name].setVisible(planning)
            self.fields["mode"].setVisible(True)
            self.fields["note"].setVisible(not planning)
            words, act = ("contact.plan", self._plan) if planning else ("contact.record", self._record)
        else:
            went = self.fields["went"].control.value()
            talked, missed = went == "done", went == "missed"
            self.fields["mode"].setVisible(talked)
            for name in ("tries", "left", "again"):
                self.fields[name].setVisible(missed)
            self._kind_words.setVisible(missed)
            words, act = "contact.record", self._record
        for name, field in self.fields.items():
            if name in ("minutes", "work", "next") or name.startswith(ACTION):
                field.setVisible(talked)
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
        note = self.fields["note"].control.value()
        went = self.fields["went"].control.value() if self.one is not None else "done"
        if self.one is not None and went == "cancelled":
            cancelled = self.one.id
            self._act(lambda desk: contacts.cancel(desk, cancelled, note))
        elif self.one is not None and went == "missed":
            self._tried(self.one.id, note)
        elif not self.wrong():
            went_so, who = said(self.fields, self.view, note, self._next_purpose), self.who
            talk = self.one.id if self.one is not None else None
            self._act(lambda desk: follow_up.finish(desk, who, went_so, talk))

    def _tried(self, talk: Id, note: str) -> None:
        if self.wrong():
            return
        tries, left = int(self.fields["tries"].control.number() or 1), self.fields["left"].control.value() or "nothing"
        again, who = self.fields["again"].control.day(), self.who
        self._act(lambda desk: follow_up.tried(desk, who, talk, tries=tries, left=left, note=note, again=again))

    def _book(self) -> None:
        held = self.one is not None and self.one.at is not None
        self.go(
            "appointment", participant=str(self.who), **({"contact": str(self.one.id)} if held and self.one else {})
        )

    def _measure(self) -> None:
        form = self.view.measures[0].form if self.view.measures else ""
        self.go("assessment", participant=str(self.who), **({"form": form} if form else {}))

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
