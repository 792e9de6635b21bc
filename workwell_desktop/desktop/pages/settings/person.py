"""One of our people: what they are called, what they may do, until when they sign; or somebody new."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Change,
    Checks,
    Clear,
    Columns,
    DropDown,
    Empty,
    Field,
    Page,
    PageAct,
    Params,
    TextField,
    Words,
    column,
    long_day,
    outlined,
    quiet,
    text,
)
from workwell_desktop.desktop.pages.conflicts.marking import mark_rest
from workwell_desktop.desktop.pages.settings.cards import card_lines, read_of
from workwell_desktop.desktop.pages.settings.new_person import NewPersonForm
from workwell_desktop.desktop.pages.settings.saving import Saving, show_saved_foot
from workwell_desktop.desktop.pages.settings.their_entries import entries_button
from workwell_desktop.desktop.pages.settings.their_key import TheirKeyCard
from workwell_desktop.desktop.pages.settings.words import profession_options, role_options
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import Person, Profession, Team
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import certificates, people, removal, teams

_WIDE = "all"
_PLAIN = ("name", "registration_number", "phone", "email")


@dataclass(frozen=True, slots=True)
class _View:
    person: Person
    teams: tuple[Team, ...]
    until: datetime | None
    has_key: bool
    card: tuple[datetime | None, bool]


class PersonPage(Page):
    """Opened with ``person``; without one, for somebody who begins here."""

    route = "person"
    nav = "settings"
    help_topic = "settings"

    def build(self) -> None:
        self._form: NewPersonForm | None = None
        self._first: Field | None = None
        self._saving = Saving(self)
        self._person = Id("")

    def enter(self, params: Params) -> None:
        self._may = self.context.desk.may(Act.MANAGE_PEOPLE, Person)
        if params.get("person"):
            self._person = Id(params["person"])
            self.run(self._read, self._show)
        elif self._may:
            self.run(lambda: teams.everyone(self.context.desk), self._show_new)
        else:
            self.set_title(text("settings.new_person"))
            self.add(Empty(text("settings.no_adding"), text("settings.no_adding_line"), icon_name="lock"))
            self.ready()

    def changed(self, records: frozenset[Change]) -> None:
        if any(kind == "person" and record == self._person for kind, record, _scope in records):
            self.run(self._read, self._shown_again)

    def first_focus(self) -> QWidget | None:
        first = self._form.fields["name"] if self._form is not None else self._first
        return first.control if first is not None else super().first_focus()

    def leave(self) -> None:
        self._saving.leave()
        if self._form is not None:
            self._form.wipe()

    def remember(self) -> dict[str, Any]:
        return {"typed": self._form.typed()} if self._form is not None else {}

    def recall(self, memory: dict[str, Any]) -> None:
        if self._form is not None:
            self._form.type_again(memory.get("typed", {}))

    def acts(self) -> tuple[PageAct, ...]:
        if not self._person:
            return ()
        return (PageAct(text("settings.what_they_did"), self._events, menu="go"),)

    def _read(self) -> _View:
        desk = self.context.desk
        found = next(one for one in people.everyone(desk, gone=True) if one.id == self._person)
        return _View(
            found,
            teams.everyone(desk),
            certificates.until(desk, self._person),
            removal.still_opens(desk, self._person),
            read_of(desk, self._person),
        )

    def _events(self) -> None:
        self.go("events", person=str(self._person))

    # Somebody who is here

    def _show(self, view: _View) -> None:
        self.clear_body()
        self._saving = Saving(self)
        one = view.person
        entries = entries_button(self, self._person, one.name or "")
        self.set_title(one.name or "", "", *entries, outlined(text("settings.what_they_did"), self._events, "history"))
        self._gone = one.active is False
        if self._gone:
            self.say(Alert(text("settings.gone"), text("settings.gone_note"), "info"))
        elif not self._may:
            self.say(Alert("", text("settings.person_asks"), "info"))
        cards = (self._about(one), self._rights(view))
        self.add(Columns([(cards[0], 1), (cards[1], 1)]))
        self.add(
            Columns([(self._signing(view), 1), (self._leaving(view), 1)] if self._may else [(self._signing(view), 1)])
        )
        self.add_end()
        show_saved_foot(self)
        mark_rest(self)
        self.ready()

    def _shown_again(self, view: _View) -> None:
        if (view.person.active is False) != self._gone:
            self.unsay()
            self._show(view)
            return
        mark_rest(self)
        self.heading.say(view.person.name or "")
        self._saving.refresh(_values(view.person))

    def _about(self, one: Person) -> Card:
        said = _values(one)
        made: dict[str, Field] = {}
        for name in ("name", "profession", "registration_number", "phone", "email"):
            control: Any = TextField(said[name])
            if name == "profession":
                control = DropDown(profession_options(), said[name], empty=True)
            field = Field(text(f"settings.of_person.{name}"), control)
            control.set_read_only(not self._may)
            field.belongs_to(self._person, name)
            made[name] = self._saving.keep(name, field, self._saver(name))
        self._first = made["name"]
        card = Card(text("settings.who"), gap=10)
        card.add(made["name"], Columns([(made["profession"], 1), (made["registration_number"], 1)]))
        card.add(Columns([(made["phone"], 1), (made["email"], 1)]))
        return card.end()

    def _rights(self, view: _View) -> Card:
        card = Card(text("settings.rights"), gap=10)
        roles = Field(
            text("settings.of_person.roles"),
            Checks(role_options(self.context.desk), view.person.roles, columns=2),
            hint=text("settings.roles_hint"),
        )
        belongs = Field(
            text("settings.of_person.teams"),
            Checks([(str(team.id), team.name or "") for team in view.teams], view.person.teams, columns=2),
        )
        for name, field in (("roles", roles), ("teams", belongs)):
            field.belongs_to(self._person, name)
        self._saving.keep("roles", roles, self._saver("roles"))
        card.add(roles)
        if view.teams:
            self._saving.keep("teams", belongs, self._saver("teams"))
            card.add(belongs)
            wide = Field(
                text("settings.of_person.all_cases"),
                Checks([(_WIDE, text("settings.all_cases"))], {_WIDE} if view.person.all_cases else ()),
                hint=text("settings.all_cases_hint"),
            )
            self._saving.keep("all_cases", wide, self._saver("all_cases"))
            wide.control.set_read_only(not self._may)
            card.add(wide)
        for field in (roles, belongs):
            field.control.set_read_only(not self._may)
        return card.end()

    def _saver(self, name: str) -> Callable[[Any], object]:
        desk, person = self.context.desk, self._person

        def save(value: Any) -> object:
            if name == "profession":
                return people.change(desk, person, profession=Profession(value) if value else None)
            if name == "all_cases":
                people.set_all_cases(desk, (person,), _WIDE in value)
                return None
            return people.change(desk, person, **{name: value})

        return save

    # Signing, and leaving

    def _signing(self, view: _View) -> Card:
        card = Card(text("settings.signing"), gap=10)
        self._until = Words(self._until_words(view.until))
        card.add(self._until)
        card.add(Words(text("settings.signing_note"), "note", "soft"))
        self._theirs: Secret | None = None
        if self._may and not self._gone:
            if view.until is None and self._person != self.context.desk.me:
                self._theirs = Secret(text("settings.their_passphrase"), text("settings.their_passphrase_hint"))
                card.add(self._theirs)
            self._renew_button = outlined(text("settings.renew"), self._renew, "file-check")
            card.add_left(self._renew_button)
            card.add(*card_lines(self, self._person, view.card))
        return card.end()

    def _until_words(self, until: datetime | None) -> str:
        if until is None:
            return text("settings.signs_not")
        day = until.astimezone(LONDON).date()
        ended = day < self.context.today()
        return text(
            "settings.signed_until" if ended else "settings.signs_until", day=long_day(day, self.context.today())
        )

    def _renew(self) -> None:
        self._renew_button.setEnabled(False)
        passphrase = self._theirs.value() if self._theirs is not None else ""
        desk, person = self.context.desk, self._person
        self.run(lambda: certificates.renew(desk, person, passphrase), self._renewed, self._not_renewed)

    def _renewed(self, until: datetime) -> None:
        self._renew_button.setEnabled(True)
        if self._theirs is not None:
            self._theirs.wipe()
            self._theirs.show_error("")
            self._theirs.hide()
            self._theirs = None
        self._until.say(self._until_words(until))
        note = "settings.renewed_own" if self._person == self.context.desk.me else "settings.renewed_note"
        self.say(Alert(text("settings.renewed"), text(note), "done"))

    def _not_renewed(self, error: Exception) -> None:
        self._renew_button.setEnabled(True)
        self.fail_at({"passphrase": self._theirs} if self._theirs is not None else {}, error)

    def _leaving(self, view: _View) -> QWidget:
        card = Card(text("settings.leaving"), gap=10)
        if self._gone and not view.has_key:
            return self._coming_back(card)
        desk, person = self.context.desk, self._person
        if self._gone:
            card.add(Words(text("settings.back_note"), "note", "soft"))
            card.add_left(
                outlined(
                    text("settings.let_back"), lambda: self.run(lambda: people.activate(desk, person)), "user-plus"
                )
            )
        else:
            card.add(Words(text("settings.leaving_note"), "note", "soft"))
            card.add_left(
                quiet(text("settings.let_go"), lambda: self.run(lambda: people.deactivate(desk, person)), "log-out")
            )
            return card.end()
        both = Clear()
        box = column(both, (0, 0, 0, 0), 10)
        box.addWidget(card)
        box.addWidget(TheirKeyCard(self, person, has_key=True, on_end=card.hide))
        box.addStretch(1)
        return both

    def _coming_back(self, card: Card) -> Card:
        """Whose key was taken away comes back with a new one, and types the passphrase at this window."""
        secret = Secret(text("settings.passphrase_theirs"), text("settings.passphrase_hint"))
        desk, person = self.context.desk, self._person

        def back() -> None:
            given = secret.value()
            self.run(lambda: removal.bring_back(desk, person, given), came, failed)

        def came(_none: object) -> None:
            secret.wipe()

        def failed(error: Exception) -> None:
            self.fail_at({"passphrase": secret}, error)

        card.add(Words(text("settings.their_key_back"), "note", "soft"), secret)
        card.add_left(outlined(text("settings.let_back"), back, "user-plus"))
        return card.end()

    # Somebody new

    def _show_new(self, found: tuple[Team, ...]) -> None:
        self.set_title(text("settings.new_person"))
        self._form = NewPersonForm(self, found)
        self._form.show()
        self.ready()


def _values(one: Person) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(one, name) or "" for name in _PLAIN}
    return {
        **said,
        "profession": one.profession.value if one.profession else None,
        "roles": frozenset(one.roles),
        "teams": frozenset(one.teams),
    }
