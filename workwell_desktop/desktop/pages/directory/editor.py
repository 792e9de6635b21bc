"""Writing an entry of the directory: one of the partnership's own, or a newer number of a national one."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from workwell_desktop.desktop.kit import (
    Alert,
    Card,
    Checks,
    Choice,
    Columns,
    DateField,
    Field,
    Foot,
    LongText,
    NumberField,
    Page,
    Params,
    TextField,
    filled,
    outlined,
    text,
)
from workwell_desktop.desktop.pages.conflicts.marking import mark_rest
from workwell_desktop.domain.directory import OWN_HELPS, Access, Capacity, Way
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.signposting import directory
from workwell_desktop.services.signposting.directory_views import OWN, Entry, ServiceDetails


class ServiceEditPage(Page):
    """``service`` to change one; without it a new one of the partnership's own."""

    route = "service-edit"
    nav = "library"
    help_topic = "services"

    def build(self) -> None:
        self.fields: dict[str, Field] = {}
        self.entry: Entry | None = None

    def enter(self, params: Params) -> None:
        key, desk = params.get("service", ""), self.context.desk
        if key:
            self.run(lambda: directory.entry(desk, key), self._show)
        else:
            self._show(None)

    def _show(self, entry: Entry | None) -> None:
        self.entry = entry
        self.clear_body()
        national = entry is not None and entry.national is not None
        self.set_title(
            text("directory.correct_title", name=entry.name)
            if entry and national
            else text("directory.change_title", name=entry.name)
            if entry
            else text("directory.add")
        )
        if entry is not None and entry.pinned:
            self.add(Alert("", text("directory.pinned_line"), "info"))
            self.add_end()
            self.set_foot(Foot(self._back_button()))
        elif entry is not None and national:
            self._national(entry)
            self.set_foot(Foot(self._back_button(), filled(text("directory.correct"), self._correct, "check")))
        else:
            self._own(
                directory.details(entry) if entry is not None else ServiceDetails(checked_on=self.context.today())
            )
            words = text("directory.save" if entry is not None else "directory.add_it")
            self.set_foot(Foot(self._back_button(), filled(words, self._save, "check")))
        self.ready()

    def _back_button(self) -> Any:
        return outlined(text("directory.back"), self._back, "arrow-left")

    def _national(self, entry: Entry) -> None:
        self.fields = {
            "phone": Field(text("directory.field.phone"), TextField(entry.phone)),
            "web": Field(text("directory.field.web"), TextField(entry.web)),
            "how": Field(text("directory.field.how"), LongText(entry.how)),
        }
        card = Card(text("directory.correct_note"), gap=10)
        self.add(card.add(*self.fields.values()).end())
        self.add_end()

    def _own(self, one: ServiceDetails) -> None:
        today = self.context.today()
        ways = [(way.value, text(f"directory.way.{way.value}")) for way in Way]
        states = [(state.value, text(f"directory.capacity.{state.value}")) for state in Capacity]
        helps = [(code, text(f"directory.helps.{code}")) for code in OWN_HELPS]
        access = [(each.value, text(f"directory.access.{each.value}")) for each in Access]
        weeks = None if one.wait_weeks is None else Decimal(one.wait_weeks)
        controls: dict[str, Any] = {
            "name": TextField(one.name),
            "helps": Checks(helps, sorted(one.helps), columns=2),
            "area": TextField(one.area),
            "phone": TextField(one.phone),
            "email": TextField(one.email),
            "web": TextField(one.web),
            "contact": TextField(one.contact),
            "way": Choice(ways, one.way.value),
            "how": LongText(one.how),
            "eligibility": LongText(one.eligibility),
            "capacity": Choice(states, one.capacity.value, columns=3),
            "closed_until": DateField(one.closed_until, today=today),
            "wait_weeks": NumberField(weeks, low=0, high=260, places=0),
            "access": Checks(access, sorted(one.access), columns=2),
            "checked_on": DateField(one.checked_on, today=today, past=True),
            "expires_on": DateField(one.expires_on, today=today),
            "note": LongText(one.note),
        }
        needed = ("name", "helps", "way", "capacity")
        units = {"wait_weeks": text("directory.weeks")}
        self.fields = {
            name: Field(text(f"directory.field.{name}"), control, optional=name not in needed, unit=units.get(name, ""))
            for name, control in controls.items()
        }
        if self.entry is not None:
            for name, field in self.fields.items():
                field.belongs_to(self.entry.key.removeprefix(OWN), name)
            mark_rest(self)
        left, right = Card(text("directory.what_and_how"), gap=10), Card(text("directory.for_whom"), gap=10)
        names = list(self.fields)
        left.add(*(self.fields[name] for name in names[:9]))
        right.add(*(self.fields[name] for name in names[9:]))
        self.add(Columns([(left.end(), 1), (right.end(), 1)]))
        self.add_end()

    def details(self) -> ServiceDetails:
        """What stands in the fields."""
        said = {name: field.control for name, field in self.fields.items()}
        number = said["wait_weeks"].number()
        texts = ("name", "area", "phone", "email", "web", "contact", "how", "eligibility", "note")
        days = ("closed_until", "checked_on", "expires_on")
        return ServiceDetails(
            helps=frozenset(said["helps"].value()),
            access=frozenset(said["access"].value()),
            way=Way(said["way"].value() or Way.BOTH.value),
            capacity=Capacity(said["capacity"].value() or Capacity.OPEN.value),
            wait_weeks=None if number is None else int(number),
            **{name: said[name].value() for name in texts},
            **{name: said[name].day() for name in days},
        )

    def _save(self) -> None:
        if not self._well():
            return
        details, entry = self.details(), self.entry
        if entry is None:
            self._do(lambda desk: directory.add(desk, details))
        else:
            key = entry.key
            self._do(lambda desk: directory.change(desk, key, details))

    def _correct(self) -> None:
        if self.entry is None or not self._well():
            return
        key = self.entry.key
        phone, web, how = (self.fields[name].control.value() for name in ("phone", "web", "how"))
        self._do(lambda desk: directory.correct(desk, key, number=phone, web=web, how=how))

    def _well(self) -> bool:
        """Whether each field holds what it can; what a service said of them before is looked at anew."""
        for field in self.fields.values():
            field.show_error("")
        return self.check(list(self.fields.values()))

    def _do(self, act: Callable[[Desk], Any]) -> None:
        desk = self.context.desk
        self.run(lambda: act(desk), lambda _no: self._back(), self._refused)

    def _refused(self, error: Exception) -> None:
        self.fail_at(self.fields, error)

    def _back(self) -> None:
        if self.entry is not None:
            self.context.navigator.replace("service", service=self.entry.key)
        else:
            self.context.navigator.replace("services")
