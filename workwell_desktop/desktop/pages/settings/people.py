"""The people who work here; adding one and changing what they may do is for whoever may."""

from functools import partial

from PySide6.QtWidgets import QWidget

from workwell_desktop.desktop.kit import Alert, Card, Foot, RowFacts, RowList, filled, long_day, quiet, text
from workwell_desktop.desktop.pages.settings.computers import ComputersCard
from workwell_desktop.desktop.pages.settings.root import RootCard
from workwell_desktop.desktop.pages.settings.section import Section
from workwell_desktop.desktop.pages.settings.words import managers_line, profession_words, role_words
from workwell_desktop.desktop.shell.focus import come_after
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.clock import LONDON
from workwell_desktop.domain.people import ADMINISTRATOR, Person
from workwell_desktop.services.administration import certificates, people
from workwell_desktop.services.administration.certificates import Due


class PeopleSection(Section):
    """Those who work here, then those who did."""

    kinds = frozenset({"person"})

    def show(self) -> None:
        self._may = self.desk.may(Act.MANAGE_PEOPLE, Person)
        self._list = RowList(name=text("settings.part.people"))
        card = Card(text("settings.part.people"), text("settings.people_note"), flush=True)
        card.add(self._list)
        self.page.add(card)
        self._below: list[QWidget] = []
        if self._may:
            machines = ComputersCard(self.page)
            machines.look()
            self._below = [machines, *([RootCard(self.page)] if ADMINISTRATOR in self.desk.person.roles else [])]
            self.page.add(*self._below)
        self.page.add_end()
        if self._may:
            add = filled(text("settings.add_a_person"), lambda: self.page.go("person"), "user-plus")
            self.page.set_foot(Foot(add))
        self.page.run(lambda: people.everyone(self.desk, gone=True), self._show)
        self.page.run(lambda: certificates.due(self.desk), self._due)

    def _due(self, found: tuple[Due, ...]) -> None:
        """A line before certificates run out, and one act that renews them all."""
        if not found:
            return
        first = found[0]
        day = long_day(first.until.astimezone(LONDON).date(), self.page.context.today())
        act = quiet(text("settings.renew_due"), self._renew_due, "file-check") if self._may else None
        line = text(
            "settings.certificates_due", name=first.name or text("settings.a_computer"), day=day, count=len(found)
        )
        self.page.say(Alert("", line, "due", act=act))

    def _renew_due(self) -> None:
        def done(count: int) -> None:
            self.page.unsay()
            self.page.say(Alert("", text("settings.renewed_due", count=count), "done", on_close=self.page.unsay))

        self.page.run(lambda: certificates.renew_due(self.desk), done)

    def refresh(self) -> None:
        self.page.run(lambda: people.everyone(self.desk, gone=True), self._fill)

    def _show(self, found: tuple[Person, ...]) -> None:
        self._fill(found)
        added = next((one for one in found if one.id == self.page.params.get("added")), None)
        if added is not None:
            self.page.say(Alert(text("settings.added", name=added.name), text("settings.added_note"), "done"))
        if not self._may:
            self.page.say(Alert("", text("settings.people_asks", names=managers_line(self.desk, found)), "info"))
        self.page.ready()

    def _fill(self, found: tuple[Person, ...]) -> None:
        here = [self._row(one) for one in found if one.active is not False]
        gone = [self._row(one) for one in found if one.active is False]
        self._list.show_groups([(text("settings.people_here"), here), (text("settings.people_gone"), gone)])
        come_after(self._list, *self._below)

    def _row(self, one: Person) -> RowFacts:
        go = partial(self.page.go, "person", person=str(one.id))
        number = text("settings.number_is", number=one.registration_number) if one.registration_number else ""
        return RowFacts(
            title=one.name or "",
            line=". ".join(part for part in (profession_words(one), number, one.phone or "") if part),
            icon="user",
            when=role_words(self.desk, one),
            act=text("settings.change_person" if self._may else "settings.see_person"),
            on_act=go,
            on_open=go,
        )
