"""Where somebody stands with work, as told today; each answer is saved when it is left."""

from functools import partial
from typing import Any

from workwell_desktop.desktop.kit import (
    Card,
    Choice,
    Columns,
    DateField,
    DropDown,
    Field,
    Foot,
    NumberField,
    SummaryList,
    TextField,
    Words,
    long_day,
    text,
)
from workwell_desktop.desktop.pages.person_form import PersonForm
from workwell_desktop.domain.acts import Act
from workwell_desktop.domain.participants import EmployerContact, Evidence, WorkSituation, WorkStatus
from workwell_desktop.services import work
from workwell_desktop.services.desk import Desk
from workwell_desktop.services.work_views import WorkDetails, WorkView

LEFT = ("status", "since", "job_title", "employer", "employer_person")
RIGHT = ("usual_hours", "usual_pattern", "evidence", "evidence_until", "employer_contact")
DAYS = ("since", "evidence_until")


class WorkPage(PersonForm):
    """``participant``."""

    route = "work"
    help_topic = "record"

    def read(self, desk: Desk, params: Any) -> tuple[WorkView | None, tuple[WorkSituation, ...]]:
        return work.current(desk, self.who), work.history(desk, self.who)

    def lay(self, found: tuple[WorkView | None, tuple[WorkSituation, ...]]) -> None:
        now, before = found
        told = now.details if now is not None else None
        called = self.head.banner.called if self.head is not None else ""
        self.set_title(text("work.title", name=called), text("work.hint"))
        may = self.context.desk.may(Act.RECORD_WORK, WorkSituation)
        cards = []
        for place, names in enumerate((LEFT, RIGHT)):
            card = Card(text("work.now") if not place else "", gap=10)
            for name in names:
                hint = text("work.pattern_hint") if name == "usual_pattern" else ""
                if name == "evidence":
                    hint = self.context.desk.site.evidence.words
                unit = text("work.hours_unit") if name == "usual_hours" else ""
                control = self._control(name, getattr(told, name) if told else None)
                field = Field(text(f"work.{name}"), control, hint=hint, unit=unit)
                self.fields[name] = field
                if may:
                    field.control.done.connect(partial(self._field_left, name))
                else:
                    field.control.set_read_only(True)
                card.add(field)
            cards.append(card.end())
        self._stored = {name: self._value(name) for name in self.fields}
        self.add(Columns([(cards[0], 1), (cards[1], 1)]))
        if before:
            today = self.context.today()
            earlier = Card(text("work.earlier"))
            rows = []
            for one in before[:12]:
                status = text(f"participants.status.{one.status.value}") if one.status else ""
                said = ", ".join(part for part in (status, one.job_title or "", one.employer or "") if part)
                rows.append((long_day(one.told_on, today) if one.told_on else "", said))
            self.add(earlier.add(SummaryList(rows, ruled=True)))
        else:
            self.add(Words(text("work.status_first"), "note", "soft"))
        self.add_end()
        self.set_foot(Foot(self.back_button()))

    def leave(self) -> None:
        if self.fields:
            self._field_left("")

    def _control(self, name: str, value: Any) -> Any:
        if name in DAYS:
            return DateField(value, today=self.context.today(), past=name == "since")
        if name == "usual_hours":
            return NumberField(value, low=0, high=168, places=2)
        if name == "status":
            return Choice([(one.value, text(f"participants.status.{one.value}")) for one in WorkStatus], value)
        if name == "evidence":
            return DropDown([(one.value, text(f"work.evidence_of.{one.value}")) for one in Evidence], value, empty=True)
        if name == "employer_contact":
            options = [(one.value, text(f"work.contact.{one.value}")) for one in EmployerContact]
            return DropDown(options, value, empty=True)
        return TextField(value or "")

    def _value(self, name: str) -> Any:
        control = self.fields[name].control
        if name in DAYS:
            return control.day()
        return control.number() if name == "usual_hours" else control.value() or None

    def _field_left(self, _name: str) -> None:
        """All of it is one telling of today: one record, told again until it is right."""
        if any(field.control.fault() for field in self.fields.values()):
            return
        values = {name: self._value(name) for name in self.fields}
        if values == self._stored:
            return
        if values["status"] is None:
            self.fields["status"].show_error(text("work.status_first"))
            return
        before, self._stored = self._stored, values
        told = WorkDetails(
            status=WorkStatus(values["status"]),
            since=values["since"],
            job_title=values["job_title"],
            employer=values["employer"],
            employer_person=values["employer_person"],
            usual_hours=values["usual_hours"],
            usual_pattern=values["usual_pattern"],
            evidence=Evidence(values["evidence"]) if values["evidence"] else None,
            evidence_until=values["evidence_until"],
            employer_contact=EmployerContact(values["employer_contact"]) if values["employer_contact"] else None,
        )
        desk, who = self.context.desk, self.who

        def failed(error: Exception) -> None:
            self._stored = before
            self.refused(error)

        def kept(_id: object) -> None:
            for field in self.fields.values():
                field.show_error("")
            self.errors.show_links([])
            self.saved()

        self.run(lambda: work.record(desk, who, told), kept, failed)
