"""Teams that meet: what each is called, where it meets, who belongs to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workwell_desktop.desktop.kit import Alert, Card, Columns, Empty, Field, TextField, Words, outlined, text
from workwell_desktop.desktop.pages.conflicts.marking import mark_rest
from workwell_desktop.desktop.pages.settings.section import Section
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.people import Person, Team
from workwell_desktop.services.administration import people, teams

if TYPE_CHECKING:
    from workwell_desktop.desktop.pages.settings.page import SettingsPage

_Found = tuple[tuple[Team, ...], tuple[Person, ...]]


class TeamsSection(Section):
    """A card for each, and one to add another."""

    kinds = frozenset({"team"})

    def __init__(self, page: "SettingsPage") -> None:
        super().__init__(page)
        self._of_new: dict[str, Field] = {}

    def show(self) -> None:
        self._may = self.desk.may(Act.MANAGE_TEAMS, Team)
        self.page.run(self._read, self._show)

    def refresh(self) -> None:
        self.page.run(self._read, self._shown_again)

    def typed(self) -> dict[str, str]:
        return {name: field.control.value() for name, field in self._of_new.items()}

    def type_again(self, typed: dict[str, str]) -> None:
        for name, field in self._of_new.items():
            field.control.set_value(typed.get(name, ""))

    def _read(self) -> _Found:
        return teams.everyone(self.desk), people.everyone(self.desk)

    def _show(self, found: _Found) -> None:
        self._known = [one.id for one in found[0]]
        if not self._may:
            self.page.say(Alert("", text("settings.teams_asks"), "info"))
        if not found[0]:
            self.page.add(Empty(text("settings.no_team"), text("settings.no_team_line"), icon_name="users-round"))
        for one in found[0]:
            self.page.add(self._card(one, found[1]))
        if self._may:
            self.page.add(self._new())
        self.page.add_end()
        mark_rest(self.page)
        self.page.ready()

    def _shown_again(self, found: _Found) -> None:
        if [one.id for one in found[0]] != self._known:
            self.page.show_section("teams")
            return
        for one in found[0]:
            self.saving.refresh({f"{one.id}/name": one.name or "", f"{one.id}/place": one.place or ""})

    def _card(self, one: Team, found: Sequence[Person]) -> Card:
        card = Card(one.name or "", gap=10)
        name = Field(text("settings.team_name"), TextField(one.name or ""))
        place = Field(text("settings.team_place"), TextField(one.place or ""))
        for field in (name, place):
            field.control.set_read_only(not self._may)
            field.belongs_to(one.id, "name" if field is name else "place")
            # each team has a field of that name
            field.control.setAccessibleName(text("settings.of_team", field=field.label, team=one.name or ""))
        self.saving.keep(f"{one.id}/name", name, lambda value: teams.change(self.desk, one.id, name=value))
        self.saving.keep(f"{one.id}/place", place, lambda value: teams.change(self.desk, one.id, place=value))
        card.add(Columns([(name, 1), (place, 1)]))
        members = ", ".join(person.name or "" for person in found if one.id in person.teams)
        words = text("settings.team_members", names=members) if members else text("settings.team_nobody")
        card.add(Words(words, "note", "soft"))
        return card

    def _new(self) -> Card:
        card = Card(text("settings.new_team"), gap=10)
        self._name = Field(text("settings.team_name"), TextField(), hint=text("settings.team_name_hint"))
        self._place = Field(text("settings.team_place"), TextField(), hint=text("settings.team_place_hint"))
        self._of_new = {"name": self._name, "place": self._place}
        card.add(Columns([(self._name, 1), (self._place, 1)]))
        card.add_left(outlined(text("settings.add_team"), self._add, "plus"))
        return card

    def _add(self) -> None:
        name, place = self._name.control.value(), self._place.control.value()
        self.page.run(
            lambda: teams.add(self.desk, name, place or None),
            lambda _team: None,
            lambda error: self.page.fail_at({"name": self._name}, error),
        )
