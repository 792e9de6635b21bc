"""Somebody who begins here: asked for on one page, added in one act, with a passphrase that they type themselves."""

from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Checks,
    Columns,
    DropDown,
    Field,
    Foot,
    Page,
    TextField,
    filled,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.settings.words import profession_options, role_options
from workwell_desktop.desktop.widgets.secret import Secret
from workwell_desktop.domain.passphrases import passphrase_problem
from workwell_desktop.domain.people import REGISTERED, Profession, Team
from workwell_desktop.domain.records import Id
from workwell_desktop.services.administration import people
from workwell_desktop.services.administration.people import NewPerson


class NewPersonForm:
    """Nothing is kept of it until they are added; a passphrase is never kept anywhere."""

    def __init__(self, page: Page, teams: tuple[Team, ...]) -> None:
        self._page = page
        self._teams = teams
        word = "settings.of_person"
        self.fields: dict[str, Field] = {
            "name": Field(text(f"{word}.name"), TextField(), hint=text("settings.name_hint")),
            "profession": Field(text(f"{word}.profession"), DropDown(profession_options(), empty=True)),
            "registration_number": Field(
                text(f"{word}.registration_number"), TextField(width=240), hint=text("settings.number_hint")
            ),
            "phone": Field(text(f"{word}.phone"), TextField(width=240), optional=True),
            "email": Field(text(f"{word}.email"), TextField(), optional=True),
            "roles": Field(
                text(f"{word}.roles"),
                Checks(role_options(page.context.desk), columns=2),
                hint=text("settings.roles_hint"),
            ),
            "teams": Field(
                text(f"{word}.teams"), Checks([(str(team.id), team.name or "") for team in teams], columns=2)
            ),
            "passphrase": Secret(text("settings.passphrase_theirs"), text("settings.passphrase_hint")),
            "again": Secret(text("settings.passphrase_theirs_again")),
        }

    def show(self) -> None:
        """Into the page."""
        of = self.fields
        of["registration_number"].setVisible(False)
        of["profession"].control.edited.connect(self._ask_number)
        who = Card(text("settings.who"), gap=10)
        who.add(of["name"], of["profession"], of["registration_number"])
        who.add(Columns([(of["phone"], 1), (of["email"], 1)])).end()
        rights = Card(text("settings.rights"), gap=10)
        rights.add(of["roles"])
        if self._teams:
            rights.add(of["teams"])
            if len(self._teams) == 1:
                of["teams"].control.set_value([str(self._teams[0].id)])
        rights.end()
        secret = Card(text("settings.passphrase"), gap=10)
        secret.add(Columns([(of["passphrase"], 1), (of["again"], 1)]))
        self._page.add(Columns([(who, 1), (rights, 1)]), secret)
        self._page.add_end()
        self._button = filled(text("settings.add_person"), self._add, "user-plus")
        back = outlined(text("settings.back"), lambda: self._page.go("settings", section="people"))
        self._page.set_foot(Foot(back, self._button))

    def typed(self) -> dict[str, Any]:
        """What the same person finds again after the window was locked; no passphrase."""
        return {name: self._value(name) for name, field in self.fields.items() if not isinstance(field, Secret)}

    def type_again(self, typed: dict[str, Any]) -> None:
        """Puts it back."""
        for name, value in typed.items():
            self.fields[name].control.set_value(value)
        self._ask_number()

    def wipe(self) -> None:
        """No passphrase waits behind a locked window."""
        for name in ("passphrase", "again"):
            self._secret(name).wipe()

    def _ask_number(self) -> None:
        chosen = self._value("profession")
        self.fields["registration_number"].setVisible(bool(chosen) and Profession(chosen) in REGISTERED)

    def _value(self, name: str) -> Any:
        return self.fields[name].control.value()

    def _add(self) -> None:
        chosen = self._value("profession")
        faults = self._faults()
        for name, field in self.fields.items():
            field.show_error(faults.get(name, ""))
        if not self._page.errors.show_fields(list(self.fields.values())):
            return
        numbered = Profession(chosen) in REGISTERED
        new = NewPerson(
            name=self._value("name"),
            profession=Profession(chosen),
            roles=self._value("roles"),
            passphrase=self._secret("passphrase").value(),
            registration_number=self._value("registration_number") if numbered else None,
            teams=self._value("teams"),
            phone=self._value("phone") or None,
            email=self._value("email") or None,
        )
        self._button.setEnabled(False)
        self._page.run(lambda: people.add(self._page.context.desk, new), self._added, self._refused)

    def _faults(self) -> dict[str, str]:
        """Everything that is missing at once, so that nobody mends one thing after the other."""
        chosen, first = self._value("profession"), self._secret("passphrase").value()
        weak = passphrase_problem(first, self._value("name"))
        reasons = {
            "name": "name_missing" if not self._value("name") else "",
            "profession": "profession_missing" if not chosen else "",
            "roles": "role_missing" if not self._value("roles") else "",
            "passphrase": f"passphrase_{weak}" if weak else "",
        }
        if chosen and Profession(chosen) in REGISTERED and not self._value("registration_number"):
            reasons["registration_number"] = "registration_missing"
        found = {name: text(f"errors.field.{reason}") for name, reason in reasons.items() if reason}
        if first != self._secret("again").value():
            found["again"] = text("settings.not_the_same")
        return found

    def _secret(self, name: str) -> Secret:
        found = self.fields[name]
        if not isinstance(found, Secret):
            raise TypeError(name)
        return found

    def _added(self, person: Id) -> None:
        self.wipe()
        self._page.context.navigator.replace("settings", section="people", added=str(person))

    def _refused(self, error: Exception) -> None:
        self._button.setEnabled(True)
        self._page.fail_at(self.fields, error)
